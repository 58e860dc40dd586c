"""Paint what lies beneath the text: tints, underlines in lanes, the selection, handles."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from annotator.model.span import Fragments, Span
from annotator.ui.article.boxes import Box, Boxes
from annotator.ui.article.inks import Ink, Inks
from annotator.ui.article.marks import Mark, Marks

LANE = 4.0
"""Pixels from one underline to the next, when there is room."""
LINE, THIN = 2.0, 1.0
RADIUS = 3.0
KNOB = 4.0
FLAG = 5.0
DEEPEST = 60
"""Lanes below this one are drawn only when selected."""
_TINTS = (1.0, 1.0, 0.7, 0.4, 0.0)
"""How much the tint of each lane counts, so that words on deep stacks stay readable."""
_POINTED_AT = 1.8


@dataclass
class Look:
    """What the reader is doing, as far as it is seen."""

    selected: str = ""
    hovered: str = ""
    preview: Fragments | None = None
    """Where the selected span would lie while its handle is dragged."""
    passage: tuple[Span, ...] = ()
    armed: str = ""
    """The label whose colour the selected words take."""
    matches: Sequence[Span] = ()
    match: int = -1
    links: Sequence[tuple[str, str]] = ()
    linking: str = ""
    target: str = ""
    """The span that would be linked to."""
    washes: Sequence[tuple[Fragments, QColor]] = ()
    """Words that the page tints beneath everything else, the later over the earlier."""
    flagged: frozenset[str] = frozenset()
    """The spans with a verdict that is not settled."""
    missing: tuple[Fragments, ...] = ()
    """Words that a reviewer says should have been marked."""


@dataclass(frozen=True)
class Page:
    """What is visible: blocks from first to last, code points, and the rectangle in the document."""

    blocks: tuple[int, int]
    span: tuple[int, int]
    rect: QRectF
    gap: Callable[[int], float]
    """Pixels between the lines of a block."""


class Painter:
    """Paints one page; the painter given is in the document's coordinates."""

    def __init__(self, painter: QPainter, page: Page, boxes: Boxes, inks: Inks, marks: Marks) -> None:
        self.painter = painter
        self.page = page
        self.inks = inks
        self._boxes = boxes
        self._marks = marks
        self._rooms: dict[int, tuple[float, Mapping[int, int]]] = {}
        """For each block pixels from lane to lane, and in which row a lane lies."""

    def paint(self, look: Look) -> None:
        """Paint everything, outer spans first."""
        shown = [m for m in self._marks.between(*self.page.span) if m.lane < DEEPEST or m.id == look.selected]
        placed = [(mark, self.on_page(_fragments(mark, look))) for mark in shown]
        self.painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_washes(look)
        self._paint_matches(look)
        for mark, boxes in placed:
            self._paint_tint(mark, boxes, look)
        self._paint_passage(look)
        self.painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        for mark, boxes in placed:
            self._paint_underline(mark, boxes, look)
        self.painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for mark, boxes in placed if look.flagged else ():
            if mark.id in look.flagged and boxes:
                self._paint_flag(boxes[-1], self.lane(mark.lane, boxes[-1])[0])
        for fragments in look.missing:
            self._paint_missing(self.on_page(fragments))
        self._paint_selected(look)

    def on_page(self, spans: Iterable[Span]) -> list[Box]:
        """Return where spans lie, as far as it can be seen."""
        page = self.page
        top, bottom = page.rect.top(), page.rect.bottom() + KNOB
        boxes = self._boxes.all_of(spans, page.blocks)
        return [box for box in boxes if box.bottom + page.gap(box.block) > top and box.top < bottom]

    def fill(self, boxes: Iterable[Box], colour: QColor) -> None:
        self.painter.setPen(Qt.PenStyle.NoPen)
        self.painter.setBrush(colour)
        for box in boxes:
            self.painter.drawRoundedRect(box.rect().adjusted(-1, 0, 1, 0), RADIUS, RADIUS)

    def outline(self, boxes: Iterable[Box], pen: QPen) -> None:
        self.painter.setPen(pen)
        self.painter.setBrush(Qt.BrushStyle.NoBrush)
        for box in boxes:
            self.painter.drawRoundedRect(box.rect().adjusted(-1.5, -0.5, 1.5, 0.5), RADIUS, RADIUS)

    def _paint_washes(self, look: Look) -> None:
        for spans, colour in look.washes:
            self.fill(self.on_page(spans), colour)

    def _paint_matches(self, look: Look) -> None:
        theme = self.inks.theme
        for number, span in enumerate(look.matches):
            if span.start < self.page.span[1] and span.stop > self.page.span[0]:
                colour = theme.match_current if number == look.match else theme.match
                self.fill(self.on_page([span]), QColor(colour))

    def _paint_tint(self, mark: Mark, boxes: list[Box], look: Look) -> None:
        ink = self.inks.on(mark.annotation)
        if mark.id == look.selected:
            self.fill(boxes, ink.strong)
            return
        pointed_at = mark.id in (look.hovered, look.target)
        if not (ink.resting or pointed_at):
            return
        share = _POINTED_AT if pointed_at else _TINTS[min(mark.lane, len(_TINTS) - 1)]
        if share:
            self.fill(boxes, _thinned(ink.tint, share))

    def _paint_passage(self, look: Look) -> None:
        if not look.passage:
            return
        plain = _thinned(QColor(self.inks.theme.selection), 0.8)
        self.fill(self.on_page(look.passage), self.inks.of(look.armed).strong if look.armed else plain)

    def _paint_underline(self, mark: Mark, boxes: list[Box], look: Look) -> None:
        ink = self.inks.on(mark.annotation)
        for box in boxes:
            y, width = self.lane(mark.lane, box)
            double = ink.pattern.double and width == LINE and not ink.helper
            self.painter.setPen(ink.pen(THIN if double or ink.helper else width))
            self._line(box, y)
            if double:
                self._line(box, y + 2)
        if len(mark.fragments) > 1 and mark.id in (look.selected, look.hovered):
            self._paint_connector(mark, _fragments(mark, look), ink)

    def _line(self, box: Box, y: int) -> None:
        self.painter.drawLine(round(box.left), y, round(box.right), y)

    def lane(self, lane: int, box: Box) -> tuple[int, float]:
        """Return height and width of an underline; deep stacks are pressed together to fit the gap."""
        known = self._rooms.get(box.block)
        if known is None:
            bounds = self._boxes.bounds(box.block)
            pitch = min(LANE, (self.page.gap(box.block) - 2) / max(1, self._marks.depth(*bounds)))
            known = self._rooms[box.block] = (pitch, self._marks.rows(*bounds))
        pitch, rows = known
        return round(box.bottom + 2 + rows.get(lane, lane) * pitch), LINE if pitch >= LINE + 1 else THIN

    def _paint_connector(self, mark: Mark, fragments: Fragments, ink: Ink) -> None:
        """Join fragments by fine dots along their lane."""
        between = [Span(a.stop, b.start) for a, b in pairwise(fragments)]
        pen = QPen(ink.line, THIN)
        pen.setDashPattern([1, 3])
        self.painter.setPen(pen)
        for box in self.on_page(between):
            self._line(box, self.lane(mark.lane, box)[0])

    def _paint_flag(self, box: Box, y: int) -> None:
        """Paint a small diamond at the end of an underline: there is a verdict on this span."""
        self.painter.setPen(QPen(QColor(self.inks.theme.surface), 1.5))
        self.painter.setBrush(QColor(self.inks.theme.note_text))
        self.painter.drawPolygon(diamond(QPointF(box.right - FLAG, y), FLAG))

    def _paint_missing(self, boxes: list[Box]) -> None:
        """Dot a line under all lanes of words that should be marked, with the same sign at its end."""
        pen = QPen(QColor(self.inks.theme.note_text), THIN + 0.5, Qt.PenStyle.DotLine)
        for box in boxes:
            y = round(box.bottom + self.page.gap(box.block) - FLAG)
            self.painter.setPen(pen)
            self._line(box, y)
            if box is boxes[-1]:
                self._paint_flag(box, y)

    def _paint_selected(self, look: Look) -> None:
        mark = self._marks.get(look.selected)
        if mark is None:
            return
        ink, boxes = self.inks.on(mark.annotation), self.on_page(_fragments(mark, look))
        self.outline(boxes, QPen(ink.line, 1.5))
        for box in boxes:
            self._paint_handle(box.start_x, box, box.top, ink)
            self._paint_handle(box.stop_x, box, box.bottom, ink)

    def _paint_handle(self, x: float | None, box: Box, knob: float, ink: Ink) -> None:
        if x is None:
            return
        x += -1.5 if x <= box.left else 1.5
        self.painter.setPen(QPen(ink.line, LINE))
        self.painter.drawLine(QPointF(x, box.top), QPointF(x, box.bottom))
        self.painter.setPen(QPen(QColor(self.inks.theme.surface), 1))
        self.painter.setBrush(ink.line)
        self.painter.drawEllipse(QPointF(x, knob), KNOB, KNOB)


def diamond(middle: QPointF, size: float) -> QPolygonF:
    """Return the sign of a verdict, as high and wide as twice its size."""
    sides = ((0, -size), (size, 0), (0, size), (-size, 0))
    return QPolygonF([middle + QPointF(x, y) for x, y in sides])


def _fragments(mark: Mark, look: Look) -> Fragments:
    return look.preview if look.preview and mark.id == look.selected else mark.fragments


def _thinned(colour: QColor, share: float) -> QColor:
    thinned = QColor(colour)
    thinned.setAlphaF(min(1.0, colour.alphaF() * share))
    return thinned
