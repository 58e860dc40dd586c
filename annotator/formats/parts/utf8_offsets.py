"""Offsets that count the bytes of a text in UTF-8."""

from bisect import bisect_right
from itertools import accumulate


class Utf8Offsets:
    """Convert offsets of one text between code points and bytes of UTF-8."""

    def __init__(self, text: str) -> None:
        """Note where each character begins; a text of ASCII needs no notes."""
        self._length = len(text)
        self._starts = None if text.isascii() else [0, *accumulate(map(_size, text))]

    def to_utf8(self, offset: int) -> int:
        """Return the byte at which a character begins."""
        return offset if self._starts is None else self._starts[min(offset, self._length)]

    def from_utf8(self, offset: int) -> int:
        """Return the character that a byte belongs to; what lies after the text stays after it."""
        if self._starts is None:
            return offset
        if offset > self._starts[-1]:
            return self._length + offset - self._starts[-1]
        return bisect_right(self._starts, offset) - 1


def _size(character: str) -> int:
    """Count the bytes of a character; half a surrogate pair has three, as in browsers."""
    return 1 + (character > "\x7f") + (character > "\u07ff") + (character > "\uffff")
