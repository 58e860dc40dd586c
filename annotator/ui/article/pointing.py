"""Which code point is nearest to a point of the document.

Qt's own answer is wrong beside stacked combining marks and may lie inside a grapheme; it is used only to
find the block.
"""

from itertools import pairwise
from typing import NamedTuple

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QTextBlock, QTextDocument, QTextLayout, QTextLine

from annotator.ui.article.boundaries import Kind, edges
from annotator.ui.article.boxes import block_origin
from annotator.ui.article.places import Places


class _Cluster(NamedTuple):
    """One grapheme on a line: its code points and where it is painted."""

    start: int
    stop: int
    left: float
    right: float
    leftward: bool

    def nearer(self, x: float) -> int:
        """Return the end that is nearer to x."""
        before_middle = x < (self.left + self.right) / 2
        return self.start if before_middle != self.leftward else self.stop

    def distance(self, x: float) -> float:
        return max(self.left - x, x - self.right, 0.0)


class Pointing:
    """Finds code points; the line asked about last is remembered, for the mouse stays on it for a while."""

    def __init__(self, document: QTextDocument, places: Places) -> None:
        self._document = document
        self._places = places
        self._last: tuple[tuple[int, int], list[_Cluster]] = ((-1, -1), [])

    def forget(self) -> None:
        """Measure anew: the text was laid out anew."""
        self._last = ((-1, -1), [])

    def offset_at(self, point: QPointF) -> int:
        layout = self._document.documentLayout()
        position = max(0, layout.hitTest(point, Qt.HitTestAccuracy.FuzzyHit))
        block = self._document.findBlock(position)
        origin = block_origin(self._document, block)
        if point.y() < origin.y() and block.previous().isValid():
            block = block.previous()
            origin = block_origin(self._document, block)
        line = line_at(block.layout(), point.y() - origin.y())
        clusters = self._clusters(block, line) if line else []
        if line is None or not clusters:
            return self._places.offset(block.position() + (line.textStart() if line else 0))
        x = point.x() - origin.x()
        return min(clusters, key=lambda cluster: cluster.distance(x)).nearer(x)

    def _clusters(self, block: QTextBlock, line: QTextLine) -> list[_Cluster]:
        key = (block.blockNumber(), line.lineNumber())
        if self._last[0] != key:
            self._last = (key, self._measured(block.position(), line))
        return self._last[1]

    def _measured(self, base: int, line: QTextLine) -> list[_Cluster]:
        places = self._places
        begin = places.offset(base + line.textStart())
        words = places.text[begin : places.offset(base + line.textStart() + line.textLength())].rstrip("\n ")
        cuts = [begin + cut for cut in edges(words, Kind.Grapheme)]
        found = []
        for start, stop in pairwise(cuts):
            low, high = (places.position(at) - base for at in (start, stop))
            runs = line.glyphRuns(low, high - low)
            if runs:
                rect = runs[0].boundingRect()
                found.append(_Cluster(start, stop, rect.left(), rect.right(), runs[0].isRightToLeft()))
        return found


def line_at(layout: QTextLayout, y: float) -> QTextLine | None:
    """Return the line at a height of a block; the gap below a line belongs to it. None when there is none."""
    low, high = 0, layout.lineCount()
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if layout.lineAt(middle).y() <= y else (low, middle)
    return layout.lineAt(low) if layout.lineCount() else None
