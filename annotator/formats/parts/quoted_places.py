"""Where a span stands whose offsets a browser counted: by its words, whatever became of their spaces.

Browsers and what builds on them collapse white space, show no-break spaces as spaces, count CR LF as one
character, and some count UTF-16 units.
"""

import re
from collections.abc import Callable, Iterator
from functools import cached_property

from annotator.formats.parts.canonical import Canonical
from annotator.model.text import Utf16Offsets, canonical

Place = tuple[int, int, str]
"""Start and end in the stored text, and the words that stand, or should stand, there."""


class Places:
    """A text as stored, and what offsets of others mean in it."""

    def __init__(self, raw: str) -> None:
        self._raw = raw
        self._stored = Canonical(raw)
        self.text = self._stored.text

    def place(self, start: int, stop: int, words: str) -> Place:
        """Find where a span stands; where its words are not there, the offsets are handed on as they are."""
        if not words.strip():
            return self._stored.offset(start), self._stored.offset(stop), ""
        # Newlines arrive spelled out in some exports.
        said = (words if self._has(words) else words.replace("\\n", "\n")).split()
        for way in self._ways():
            begin, end = way(start), way(stop)
            if 0 <= begin < end <= len(self.text) and self.text[begin:end].split() == said:
                return begin, end, self.text[begin:end]
        like = re.compile(r"\s+".join(map(re.escape, said)))
        found = [m[0] for m, _ in zip(like.finditer(self.text), range(2), strict=False)]
        wanted = found[0] if len(found) == 1 else canonical(f".{words}")[1:]
        return self._stored.offset(start), self._stored.offset(stop), wanted

    def _has(self, words: str) -> bool:
        return words in self.text or "\\n" not in words

    def _ways(self) -> Iterator[Callable[[int], int]]:
        """Yield what offsets can count, the likeliest first."""
        yield self._stored.offset
        yield int
        if max(self._raw, default="") > "\uffff":
            yield lambda offset: self._stored.offset(self._in_raw.from_utf16(offset))
            yield self._in_stored.from_utf16

    @cached_property
    def _in_raw(self) -> Utf16Offsets:
        return Utf16Offsets(self._raw)

    @cached_property
    def _in_stored(self) -> Utf16Offsets:
        return Utf16Offsets(self.text)
