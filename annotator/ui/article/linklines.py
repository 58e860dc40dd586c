"""Paint the links of the selected span: brackets beside the column, never across words."""

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QPainterPath, QPen

from annotator.ui.article.boxes import Box, Boxes
from annotator.ui.article.marks import Mark, Marks
from annotator.ui.article.painter import Look, Painter

_AWAY, _STEP, _BRACKETS = 12.0, 6.0, 4
"""Pixels from the column to the first bracket, from one to the next, and how many fit beside it."""
_BEND = 5.0
_ARROW = 4.0


def paint_links(brush: Painter, marks: Marks, boxes: Boxes, look: Look, left: float) -> None:
    """Outline the spans that are linked to the selected one, or could be, and draw the brackets."""
    accent = QColor(brush.inks.theme.accent)
    if look.linking:
        _outline(brush, marks.get(look.linking), QPen(accent, 1.5, Qt.PenStyle.DashLine))
        _outline(brush, marks.get(look.target), QPen(accent, 2))
        return
    for number, (source, target) in enumerate(_pairs(marks, look)):
        other = target if source.id == look.selected else source
        _outline(brush, other, QPen(accent, 1, Qt.PenStyle.DashLine))
        ends = boxes.of(source.fragments[0])[:1] + boxes.of(target.fragments[0])[:1]
        if len(ends) == 2:
            _bracket(brush, ends[0], ends[1], left - _AWAY - _STEP * (number % _BRACKETS), left - 4)


def _pairs(marks: Marks, look: Look) -> list[tuple[Mark, Mark]]:
    chosen = [pair for pair in look.links if look.selected and look.selected in pair]
    found = [(marks.get(source), marks.get(target)) for source, target in chosen]
    return [(source, target) for source, target in found if source and target]


def _outline(brush: Painter, mark: Mark | None, pen: QPen) -> None:
    if mark:
        brush.outline(brush.on_page(mark.fragments), pen)


def _bracket(brush: Painter, source: Box, target: Box, x: float, right: float) -> None:
    """Draw a line from the source's row to the target's, with an arrow at the target."""
    begin, end = ((box.top + box.bottom) / 2 for box in (source, target))
    if abs(end - begin) < _BEND:
        return
    bend = _BEND if end > begin else -_BEND
    path = QPainterPath(QPointF(right, begin))
    path.lineTo(x + _BEND, begin)
    path.quadTo(x, begin, x, begin + bend)
    path.lineTo(x, end - bend)
    path.quadTo(x, end, x + _BEND, end)
    path.lineTo(right, end)
    path.moveTo(right - _ARROW, end - _ARROW * 0.8)
    path.lineTo(right, end)
    path.lineTo(right - _ARROW, end + _ARROW * 0.8)
    brush.painter.setBrush(Qt.BrushStyle.NoBrush)
    brush.painter.setPen(QPen(QColor(brush.inks.theme.accent), 1.25))
    brush.painter.drawPath(path)
