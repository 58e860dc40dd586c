"""Where graphemes, words and sentences begin and end, in code points of the text.

Unicode's rules (UAX 29) by way of Qt, looked for in a window around the offset and never across a line
end, so that a text of a megabyte answers as fast as a short one.
"""

import re
from collections.abc import Iterator

from PySide6.QtCore import QTextBoundaryFinder

from annotator.model.span import Span, trimmed
from annotator.model.text import Utf16Offsets

Kind = QTextBoundaryFinder.BoundaryType

_REACH = {Kind.Grapheme: 64, Kind.Word: 256, Kind.Sentence: 4000}
"""Code points looked at on either side of an offset."""

_ABBREVIATION = re.compile(
    r"(?:\b(?:[^\W\d_]|Mr|Mrs|Ms|Dr|St|Gen|Col|Lt|Capt|Maj|Sgt|Sen|Rep|Gov|Jr|Sr|vs|No"
    r"|Jan|Feb|Mar|Apr|Aug|Sept?|Oct|Nov|Dec))\.\s*$"
)


def grapheme_start(text: str, offset: int) -> int:
    """Return where the grapheme at an offset begins: the offset itself when it is a boundary."""
    return _floor(text, offset, Kind.Grapheme)


def word_at(text: str, offset: int) -> Span | None:
    """Return the word at an offset, or the one that ends there; None among white space."""
    for at in (offset, offset - 1):
        if 0 <= at < len(text) and not text[at].isspace():
            return Span(_floor(text, at, Kind.Word), _ceiling(text, at + 1, Kind.Word))
    return None


def sentence_at(text: str, offset: int) -> Span | None:
    """Return the sentence at an offset, without the white space around it."""
    line, base = _window(text, offset, _REACH[Kind.Sentence])
    if not line.strip():
        return None
    cuts = [
        0,
        *(e for e in edges(line, Kind.Sentence) if not _ABBREVIATION.search(line[:e][-12:])),
        len(line),
    ]
    at = min(offset - base, len(line) - 1)
    start = max(e for e in cuts if e <= at)
    stop = min(e for e in cuts if e > at)
    return trimmed(text, Span(base + start, base + stop))


def snapped(text: str, start: int, stop: int, *, exact: bool = False) -> Span | None:
    """Widen a range to whole words, or to whole graphemes; None when only white space is in it."""
    if start >= stop:
        return None
    inner = trimmed(text, Span(start, stop))
    if inner is None:
        return None
    kind = Kind.Grapheme if exact else Kind.Word
    return Span(_floor(text, inner.start, kind), _ceiling(text, inner.stop, kind))


def step_back(text: str, offset: int, kind: Kind) -> int:
    """Return where the word or grapheme before an offset begins, white space skipped."""
    at = len(text[max(0, offset - 4000) : offset].rstrip()) + max(0, offset - 4000)
    return _floor(text, at - 1, kind) if at > 0 else 0


def step_on(text: str, offset: int, kind: Kind) -> int:
    """Return where the word or grapheme after an offset ends, white space skipped."""
    ahead = text[offset : offset + 4000]
    at = offset + len(ahead) - len(ahead.lstrip())
    return _ceiling(text, at + 1, kind) if at < len(text) else len(text)


def _floor(text: str, offset: int, kind: Kind) -> int:
    line, base = _window(text, offset, _REACH[kind])
    return base + max((e for e in edges(line, kind) if e <= offset - base), default=0)


def _ceiling(text: str, offset: int, kind: Kind) -> int:
    line, base = _window(text, offset, _REACH[kind])
    return base + min((e for e in edges(line, kind) if e >= offset - base), default=len(line))


def _window(text: str, offset: int, reach: int) -> tuple[str, int]:
    """Return the line around an offset, at most `reach` to either side, and where it begins.

    A cut line begins behind white space if there is any, so that the window's edge is a boundary.
    """
    low = max(0, offset - reach)
    start = text.rfind("\n", low, offset) + 1
    if not start and low:
        space = text.find(" ", low, max(low, offset - reach // 4))
        start = space + 1 if space >= 0 else low
    stop = text.find("\n", offset, offset + reach)
    return text[start : stop if stop >= 0 else offset + reach], start


def edges(line: str, kind: Kind) -> Iterator[int]:
    """Run through the boundaries of a line, both ends included, in code points of the line."""
    finder = QTextBoundaryFinder(kind, line)
    units = Utf16Offsets(line)
    at = 0
    while at >= 0:
        yield units.from_utf16(at)
        at = finder.toNextBoundary()
