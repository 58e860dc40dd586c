"""Where spans lie: rectangles in the document's own coordinates, one for each run of text on a line."""

from collections.abc import Iterable
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QTextBlock, QTextDocument, QTextLine

from annotator.model.span import Span
from annotator.ui.article.places import Places

_CACHED = 50_000
_TOUCHING = 0.75
"""Pixels between runs that are drawn as one."""


class Box(NamedTuple):
    """One run of a span on one line: the text's rectangle, without the gap below it."""

    left: float
    top: float
    right: float
    bottom: float
    start_x: float | None = None
    """Where the span begins, if it begins in this box: on the right of Arabic."""
    stop_x: float | None = None
    block: int = 0

    def rect(self) -> QRectF:
        return QRectF(self.left, self.top, self.right - self.left, self.bottom - self.top)


class Boxes:
    """Measure spans by their glyphs, which is right for mixed Arabic and Latin; remembered for each block."""

    def __init__(self, document: QTextDocument, places: Places) -> None:
        self._document = document
        self._places = places
        self._cache: dict[tuple[int, int, int], tuple[Box, ...]] = {}

    def forget(self) -> None:
        """Measure anew: the text was laid out anew."""
        self._cache.clear()

    def of(self, span: Span, within: tuple[int, int] | None = None) -> list[Box]:
        """Return the boxes of a span, of the blocks from first to last if `within` says so."""
        places = self._places
        first, last = places.block_at(span.start), places.block_at(span.stop - 1)
        if within:
            first, last = max(first, within[0]), min(last, within[1])
        found: list[Box] = []
        for block in range(first, last + 1):
            low, high = places.bounds(block)
            start, stop = max(low, span.start), min(high, span.stop)
            if start < stop:
                ends = (start == span.start, stop == span.stop)
                found += self._cached(block, start, stop, ends)
        return found

    def block_at(self, offset: int) -> int:
        """Return the number of the block that a code point lies in."""
        return self._places.block_at(offset)

    def bounds(self, block: int) -> tuple[int, int]:
        """Return start and stop of a block's text."""
        return self._places.bounds(block)

    def all_of(self, spans: Iterable[Span], within: tuple[int, int] | None = None) -> list[Box]:
        return [box for span in spans for box in self.of(span, within)]

    def _cached(self, block: int, start: int, stop: int, ends: tuple[bool, bool]) -> tuple[Box, ...]:
        key = (start, stop, ends[0] * 2 + ends[1])
        known = self._cache.get(key)
        if known is None:
            if len(self._cache) > _CACHED:
                self._cache.clear()
            known = self._cache[key] = tuple(self._measured(block, start, stop, ends))
        return known

    def _measured(self, number: int, start: int, stop: int, ends: tuple[bool, bool]) -> list[Box]:
        block = self._document.findBlockByNumber(number)
        origin = block_origin(self._document, block)
        layout, base = block.layout(), block.position()
        found: list[Box] = []
        line = layout.lineForTextPosition(self._places.position(start) - base)
        for index in range(line.lineNumber(), layout.lineCount()):
            line = layout.lineAt(index)
            low, high = self._on_line(base + line.textStart(), line.textLength(), start, stop)
            if low >= stop:
                break
            opens, closes = ends[0] and low == start, ends[1] and high == stop
            inked = low + len(self._places.text[low:high].rstrip())
            if inked > low:
                boxes = self._line_boxes(line, origin, base, (low, inked), (opens, closes))
                found += [box._replace(block=number) for box in boxes]
        return found

    def _on_line(self, position: int, length: int, start: int, stop: int) -> tuple[int, int]:
        """Return the part of a range of code points that lies on a line, given as document positions."""
        places = self._places
        return max(start, places.offset(position)), min(stop, places.offset(position + length))

    def _line_boxes(
        self, line: QTextLine, origin: QPointF, base: int, part: tuple[int, int], ends: tuple[bool, bool]
    ) -> list[Box]:
        low, high = (self._places.position(offset) - base for offset in part)
        runs = _runs(line, low, high)
        start = _edge(line, low, self._places.position(part[0] + 1) - base, 0) if ends[0] else None
        stop = _edge(line, self._places.position(part[1] - 1) - base, high, 1) if ends[1] else None
        x, top = origin.x(), origin.y() + line.y()
        return [
            Box(
                x + left,
                top,
                x + right,
                top + line.height(),
                x + start if start is not None and left - 1 <= start <= right + 1 else None,
                x + stop if stop is not None and left - 1 <= stop <= right + 1 else None,
            )
            for left, right in runs
        ]


def block_origin(document: QTextDocument, block: QTextBlock) -> QPointF:
    """Return a block's top left corner, laying out the text as far as it if need be."""
    return document.documentLayout().blockBoundingRect(block).topLeft()


def _runs(line: QTextLine, start: int, stop: int) -> list[tuple[float, float]]:
    """Return left and right of each visual run of a range, those that touch as one."""
    rects = (run.boundingRect() for run in line.glyphRuns(start, stop - start))
    runs: list[tuple[float, float]] = []
    for left, right in sorted((rect.left(), rect.right()) for rect in rects):
        if runs and left <= runs[-1][1] + _TOUCHING:
            runs[-1] = (runs[-1][0], max(right, runs[-1][1]))
        elif right > left:
            runs.append((left, right))
    return runs


def _edge(line: QTextLine, start: int, stop: int, side: int) -> float | None:
    """Return the x at which one character begins (side 0) or ends (1), as it is read."""
    runs = line.glyphRuns(start, stop - start)
    if not runs:
        return None
    rect = runs[0].boundingRect()
    return rect.right() if runs[0].isRightToLeft() == (side == 0) else rect.left()
