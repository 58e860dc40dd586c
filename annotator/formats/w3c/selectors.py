"""Where a Web Annotation says its target stands: positions, quotes, and one inside another."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from annotator.formats.parts.bodies import BadRecord
from annotator.formats.parts.rulers import Ruler, Text
from annotator.model.anchor import Anchor, reanchored
from annotator.model.span import Span

MAX_DEPTH = 16

_CHARACTERS = re.compile(r"(?:^|[#&;])char=(\d{1,18}),(\d{1,18})\b")
"""A place in plain text by RFC 5147."""


@dataclass(frozen=True, slots=True)
class Pick:
    """What selects a part of a text: a place, a quote, or both; `within` is picked first, and this in it."""

    start: int | None = None
    stop: int | None = None
    exact: str = ""
    prefix: str = ""
    suffix: str = ""
    within: "Pick | None" = None

    @property
    def has_place(self) -> bool:
        """Say whether it has a place in the whole text."""
        return self.start is not None and self.within is None

    @property
    def says_nothing(self) -> bool:
        return self.start is None and not self.exact


def listed(value: Any) -> list[Any]:
    """Take one or several."""
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def kinds_of(row: Mapping[str, Any]) -> set[str]:
    """Return the types of a thing, without their prefixes."""
    return {local(kind) for kind in listed(row.get("type", row.get("@type"))) if isinstance(kind, str)}


def local(name: str) -> str:
    """Drop the prefix of a name: "oa:tagging" is "tagging"."""
    return name if name.isalnum() else re.split(r"[:#/]", name)[-1]


def picked(selectors: Any, source: str = "") -> Pick:
    """Make one pick of selectors that are alternatives; a place may also stand in the address itself."""
    picks = [_picked(item, MAX_DEPTH) for item in listed(selectors) if isinstance(item, dict)]
    plain = [pick for pick in picks if pick.within is None and not pick.says_nothing]
    place = next((p for p in plain if p.start is not None), _by_address(source))
    words = next((p for p in plain if p.exact), Pick())
    if place.start is None and not words.exact:
        return next((pick for pick in picks if pick.within is not None), Pick())
    return Pick(place.start, place.stop, words.exact, words.prefix, words.suffix)


def found(pick: Pick, text: Text, ruler: Ruler) -> Span:
    """Find what is picked in a text; raise BadRecord when it is in no one place."""
    first, last = 0, len(text.stored)
    if pick.within is not None and not pick.within.says_nothing:
        window = found(pick.within, text, ruler)
        first, last = window.start, window.stop
    if pick.start is not None and pick.stop is not None:
        places = (
            ruler.places([(pick.start, pick.stop)])[0] if pick.within is None else (pick.start, pick.stop)
        )
        return _span(first + places[0], first + places[1])
    again = reanchored(text.stored[first:last], Anchor((pick.exact,), pick.prefix, pick.suffix))
    if again is None:
        raise BadRecord(f"its words “{pick.exact[:40]}” stand in no one place of the text")
    return Span(first + again[0].start, first + again[0].stop)


def _picked(row: Mapping[str, Any], depth: int) -> Pick:
    if not depth:
        raise BadRecord("its selectors are nested too deeply")
    base = _alone(row)
    inner = next((item for item in listed(row.get("refinedBy")) if isinstance(item, dict)), None)
    if inner is None:
        return base
    pick = _picked(inner, depth - 1)
    return Pick(pick.start, pick.stop, pick.exact, pick.prefix, pick.suffix, pick.within or base)


def _alone(row: Mapping[str, Any]) -> Pick:
    kinds = kinds_of(row)
    if "TextPositionSelector" in kinds:
        start, stop = row.get("start"), row.get("end")
        if type(start) is not int or type(stop) is not int:
            raise BadRecord("its position is not a pair of whole numbers")
        span = _span(start, stop)
        return Pick(span.start, span.stop)
    if "TextQuoteSelector" in kinds:
        exact, prefix, suffix = (row.get(name, "") for name in ("exact", "prefix", "suffix"))
        if not (isinstance(exact, str) and isinstance(prefix, str) and isinstance(suffix, str)):
            raise BadRecord("its quote is not text")
        return Pick(None, None, exact, prefix, suffix)
    value = row.get("value")
    return _by_address(f"#{value}") if "FragmentSelector" in kinds and isinstance(value, str) else Pick()


def _by_address(source: str) -> Pick:
    match = _CHARACTERS.search(source)
    start, stop = (int(match[1]), int(match[2])) if match else (0, 0)
    return Pick(start, stop) if start < stop else Pick()


def _span(start: int, stop: int) -> Span:
    if not 0 <= start < stop:
        raise BadRecord(f"the span from {start} to {stop} is empty or runs backwards")
    return Span(start, stop)
