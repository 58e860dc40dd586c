"""Which characters the offsets of a REFI-QDA source count.

The standard says code points. ATLAS.ti counts CR LF as one, others as two; some programs count UTF-16
units. Programs mostly name a selection by its first words, which tells.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from annotator.formats.refi.codes import ORIGIN
from annotator.model.text import Utf16Offsets

MAX_LOOKED_AT = 200
_SHORTEST, _LONGEST = 3, 100


@dataclass(frozen=True, slots=True)
class Counted:
    """A text as its offsets count it, and how to bring them to its code points."""

    text: str
    offset: Callable[[int], int]
    is_utf16: bool = False


def counted(raw: str, named: Iterable[tuple[str, int, int]], origin: str) -> Counted:
    """Choose how offsets count, by the names, starts and ends of selections."""
    ways = list(_ways(raw, "atlas" in origin.lower()))
    if len(ways) == 1 or origin == ORIGIN:
        return ways[0]
    quotes = [(quote, start, stop) for name, start, stop in named if (quote := _quote(name))]
    # The first of the best: the way that the standard says where the names don't tell.
    return max(ways, key=lambda way: _agreement(way, quotes[:MAX_LOOKED_AT]))


def _ways(raw: str, one_line_end: bool) -> Iterable[Counted]:
    texts = [raw]
    if "\r\n" in raw:
        texts.insert(0 if one_line_end else 1, raw.replace("\r\n", "\n"))
    yield from (Counted(text, int) for text in texts)
    if max(raw, default="") > "\uffff":
        yield from (Counted(text, Utf16Offsets(text).from_utf16, True) for text in texts)


def _quote(name: str) -> str:
    """Return the words that a selection must begin with; "" where a name is too short to tell."""
    words = " ".join(name.split()).rstrip(".…").rstrip()
    return words[:_LONGEST] if len(words) >= _SHORTEST else ""


def _agreement(way: Counted, quotes: list[tuple[str, int, int]]) -> tuple[int, int]:
    """Count the selections that begin with their names, and those that begin and end with no space."""
    begun = whole = 0
    for quote, start, stop in quotes:
        first, last = max(0, way.offset(start)), max(0, way.offset(stop) - 1)
        begun += " ".join(way.text[first : min(last + 1, first + 4 * _LONGEST)].split()).startswith(quote)
        whole += not any(edge.isspace() for edge in (way.text[first : first + 1], way.text[last : last + 1]))
    return begun, whole
