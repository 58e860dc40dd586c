"""Where a text's code points lie in the document that shows it.

A document has one block for each line of the text; absurdly long lines are shown as several blocks, for
Qt takes quadratic time over them. Positions in a document count UTF-16 units.
"""

from bisect import bisect_left, bisect_right
from itertools import pairwise

from annotator.model.span import Span
from annotator.model.text import Utf16Offsets
from annotator.ui.article.boundaries import grapheme_start

LONGEST = 20_000
"""Code points in a line above which it is shown in pieces."""
PIECE = 8_000


class Places:
    """Convert between code points of a text, positions in its document, and blocks."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._utf16 = Utf16Offsets(text)
        self._starts, self._cuts = _blocks(text)
        self._cut_positions = [self._utf16.to_utf16(cut) + n for n, cut in enumerate(self._cuts)]

    @property
    def shown(self) -> str:
        """The text as it is put into the document."""
        if not self._cuts:
            return self.text
        edges = [0, *self._cuts, len(self.text)]
        return "\n".join(self.text[a:b] for a, b in pairwise(edges))

    def position(self, offset: int) -> int:
        """Return the document position of a code point."""
        return self._utf16.to_utf16(offset) + bisect_right(self._cuts, offset)

    def offset(self, position: int) -> int:
        """Return the code point at a document position."""
        return self._utf16.from_utf16(position - bisect_left(self._cut_positions, position))

    def __len__(self) -> int:
        """Count the blocks."""
        return len(self._starts)

    def block_at(self, offset: int) -> int:
        """Return the number of the block that a code point lies in."""
        return bisect_right(self._starts, offset) - 1

    def bounds(self, block: int) -> tuple[int, int]:
        """Return start and stop of a block's text, without the line feed; they are equal when blank."""
        start = self._starts[block]
        if block + 1 == len(self._starts):
            return start, len(self.text)
        stop = self._starts[block + 1]
        return start, stop - (self.text[stop - 1] == "\n")

    def words_of(self, block: int) -> str:
        start, stop = self.bounds(block)
        return self.text[start:stop]

    def paragraph(self, block: int) -> Span | None:
        """Return what a block shows; None when it is blank."""
        start, stop = self.bounds(block)
        return Span(start, stop) if self.text[start:stop].strip() else None


def _blocks(text: str) -> tuple[list[int], list[int]]:
    """Return where blocks start, and which of these starts aren't starts of lines."""
    starts, cuts, at = [], [], 0
    for line in text.split("\n"):
        starts.append(at)
        if len(line) > LONGEST:
            inside = _cuts(text, at, at + len(line))
            starts += inside
            cuts += inside
        at += len(line) + 1
    return starts, cuts


def _cuts(text: str, start: int, stop: int) -> list[int]:
    """Choose where to break a long line: after a space if there is one nearby."""
    cuts = []
    while stop - start > PIECE:
        space = text.rfind(" ", start + PIECE // 2, start + PIECE)
        start = space + 1 if space >= 0 else grapheme_start(text, start + PIECE)
        cuts.append(start)
    return cuts
