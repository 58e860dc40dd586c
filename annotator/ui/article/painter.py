"""Paint what lies beneath the text: tints, underlines in lanes, the selection, handles, links."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from annotator.model.span import Fragments, Span
from annotator.ui.article.boxes import Box, Boxes
from annotator.ui.article.inks import Ink, Inks
from annotator.ui.article.marks import Mark, Marks

LANE = 4.0
LINE, THIN = 2.0, 1.0
RADIUS = 3.0
KNOB = 3.5
DEEPEST = 60
"""Lanes below this one are drawn only when selected."""
_TINTS = (1.0, 1.0, 0.7, 0.45)
"""How much the tint of each lane counts, so that words on deep stacks stay readable."""


@dataclass
class Look:
    """What the reader is doing, as far as it is seen."""

    selected: str = ""
    hovered: str = ""
    preview: Fragments | None = None
    """Where the selected span would lie while its handle is dragged."""
    passage: tuple[Span, ...] = ()
    passage_label: str = ""
    """The armed label, whose colour the selection takes."""
    matches: Sequence[Span] = ()
    match: int = -1
    links: Sequence[tuple[str, str]] = ()
    linking: str = ""
    target: str = ""
    """The span that would be linked to."""


@dataclass
class Page:
    """What is visible: blocks from first to last, code points, and the rectangle in the document."""

    blocks: tuple[int, int]
    span: tuple[int, int]
    rect: QRectF
    gap: float
    """Pixels between the lines."""
    depths: dict[int, int] = field(default_factory=dict)
    """Lanes in use for each block."""


class Painter:
    """Paints one page; the painter given is in the document's coordinates."""

    def __init__(self, painter: QPainter, page: Page, boxes: Boxes, inks: Inks) -> None:
        self._painter = painter
        self._page = page
        self._boxes = boxes
        self._inks = inks

    def paint(self, marks: Marks, look: Look) -> None:
        """Paint everything, outer spans first."""
        shown = [m for m in marks.between(*self._page.span) if m.lane < DEEPEST or m.id == look.selected]
        placed = [(mark, self._visible(mark, look)) for mark in shown]
        self._painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_matches(look)
        for mark, boxes in placed:
            self._paint_tint(mark, boxes, look)
        self._paint_passage(look)
        self._painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        for mark, boxes in placed:
            self._paint_underline(mark, boxes)
        self._painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_selected(marks, look)

    def _visible(self, mark: Mark, look: Look) -> list[Box]:
        moved = look.preview if mark.id == look.selected else None
        return self._on_page(moved or mark.fragments)

    def _on_page(self, spans: Iterable[Span]) -> list[Box]:
        top, bottom = self._page.rect.top() - self._page.gap, self._page.rect.bottom()
        boxes = self._boxes.all_of(spans, self._page.blocks)
        return [box for box in boxes if box.bottom > top and box.top < bottom]

    def _fill(self, boxes: Iterable[Box], colour: QColor) -> None:
        self._painter.setPen(Qt.PenStyle.NoPen)
        self._painter.setBrush(colour)
        for box in boxes:
            self._painter.drawRoundedRect(box.rect().adjusted(-1, 0, 1, 0), RADIUS, RADIUS)

    def _paint_matches(self, look: Look) -> None:
        theme = self._inks.theme
        for number, span in enumerate(look.matches):
            if span.start < self._page.span[1] and span.stop > self._page.span[0]:
                colour = theme.match_current if number == look.match else theme.match
                self._fill(self._on_page([span]), QColor(colour))

    def _paint_tint(self, mark: Mark, boxes: list[Box], look: Look) -> None:
        ink = self._inks.of(mark.annotation.label)
        if mark.id == look.selected:
            self._fill(boxes, ink.strong)
            return
        colour = QColor(ink.tint)
        share = _TINTS[min(mark.lane, len(_TINTS) - 1)]
        colour.setAlphaF(
            min(1.0, colour.alphaF() * (1.8 if mark.id in (look.hovered, look.target) else share))
        )
        self._fill(boxes, colour)

    def _paint_passage(self, look: Look) -> None:
        if not look.passage:
            return
        colour = QColor(self._inks.theme.selection)
        if look.passage_label:
            colour = QColor(self._inks.of(look.passage_label).strong)
        else:
            colour.setAlphaF(0.8)
        self._fill(self._on_page(look.passage), colour)

    def _paint_underline(self, mark: Mark, boxes: list[Box]) -> None:
        ink = self._inks.of(mark.annotation.label)
        for box in boxes:
            y, width = self._lane(mark.lane, box)
            self._painter.setPen(ink.pen(min(width, THIN) if ink.helper else width))
            self._painter.drawLine(QPointF(box.left, y), QPointF(box.right, y))

    def _lane(self, lane: int, box: Box) -> tuple[float, float]:
        """Return height and width of an underline; deep stacks are pressed together to fit the gap."""
        pitch = min(LANE, (self._page.gap - 3) / self._page.depths.get(box.block, 1))
        return round(box.bottom + 2 + lane * pitch), min(LINE, max(1.0, pitch - 1))

    def _paint_selected(self, marks: Marks, look: Look) -> None:
        mark = marks.get(look.selected)
        if mark is None:
            return
        fragments = look.preview or mark.fragments
        ink = self._inks.of(mark.annotation.label)
        boxes = self._on_page(fragments)
        self._outline(boxes, QPen(ink.line, 1.5))
        self._paint_handles(boxes, ink)

    def _outline(self, boxes: Iterable[Box], pen: QPen) -> None:
        self._painter.setPen(pen)
        self._painter.setBrush(Qt.BrushStyle.NoBrush)
        for box in boxes:
            self._painter.drawRoundedRect(box.rect().adjusted(-1, -0.5, 1, 0.5), RADIUS, RADIUS)

    def _paint_handles(self, boxes: Iterable[Box], ink: Ink) -> None:
        painter = self._painter
        for box in boxes:
            for x, y in ((box.start_x, box.top), (box.stop_x, box.bottom)):
                if x is None:
                    continue
                painter.setPen(QPen(ink.line, 2))
                painter.drawLine(QPointF(x, box.top), QPointF(x, box.bottom))
                painter.setPen(QPen(QColor(self._inks.theme.surface), 1.5))
                painter.setBrush(ink.line)
                painter.drawEllipse(QPointF(x, y), KNOB, KNOB)
