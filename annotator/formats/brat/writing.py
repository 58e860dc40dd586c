"""One `.ann` file: the spans of one layer in one article, as brat has them."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from annotator.formats.brat.conf import is_equivalence, listed_values
from annotator.formats.brat.names import word
from annotator.formats.parts.bodies import keys_of
from annotator.formats.parts.plain_values import Shelf
from annotator.formats.parts.strict_json import one_line
from annotator.model.records import Annotation, Link
from annotator.model.scheme import Attribute, Scheme
from annotator.model.span import Fragments, Span

NOTE = "AnnotatorNotes"
"""brat's own type of note, which people can edit in it."""
VALUES = "Attributes"
"""The type of the notes that hold, as JSON, the values no attribute's line can hold."""

_LINE = re.compile(r"[^\n]+")
_LINE_ENDS = re.compile("[\t\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029]+")


class AnnFile:
    """Gathers the lines of a file, and what brat has no place for, under their ids."""

    def __init__(self, scheme: Scheme, shelf: Shelf, text: str) -> None:
        self._scheme, self._shelf, self._text = scheme, shelf, text
        self._last: Counter[str] = Counter()
        self._ids: dict[str, str] = {}
        self.lines: list[str] = []
        self.spans: dict[str, Any] = {}
        self.links: dict[str, Any] = {}

    def add(self, a: Annotation) -> None:
        """Add a span; one of nothing but white space has no line."""
        places = brat_fragments(self._text, a.fragments)
        if not places:
            return
        own_id = self._ids[a.id] = self._next("T")
        fields = f"{word(a.label)} {';'.join(f'{p.start} {p.stop}' for p in places)}"
        self.lines.append(f"{own_id}\t{fields}\t{' '.join(self._text[p.start : p.stop] for p in places)}")
        label = self._scheme.label(a.label)
        self._values(own_id, label.attributes if label else (), a.attributes)
        shown = shown_note(a.note)
        if shown:
            self.lines.append(f"{self._next('#')}\t{NOTE} {own_id}\t{shown}")
        exact = {} if rejoined(self._text, places) == a.fragments else {"fragments": _pairs(a.fragments)}
        note = {} if shown == a.note else {"note": a.note}
        known = {"id": a.id, "origin": a.origin, "scheme": a.scheme, "keys": keys_of(a)}
        self.spans[own_id] = _said({"line": fields, **known, **exact, **note})

    def link(self, link: Link) -> bool:
        """Add a link; return false when its ends are not both in this file."""
        if not {link.source, link.target} <= self._ids.keys():
            return False
        source, target = self._ids[link.source], self._ids[link.target]
        kind = self._scheme.link(link.type)
        kept = {"id": link.id, "keys": dict(link.extra)}
        group = f"{word(link.type)} {source} {target}"
        if is_equivalence(kind) and not link.attributes and group not in self.links:
            self.lines.append(f"*\t{group}")
            self.links[group] = _said({"line": group, **kept})
            return True
        own_id, fields = self._next("R"), f"{word(link.type)} Arg1:{source} Arg2:{target}"
        self.lines.append(f"{own_id}\t{fields}")
        self._note(own_id, kind.attributes if kind else (), link.attributes)
        self.links[own_id] = _said({"line": fields, **kept})
        return True

    def _values(self, own_id: str, attributes: Sequence[Attribute], values: Mapping[str, Any]) -> None:
        rest = dict(values)
        for attribute in attributes:
            value = rest.get(attribute.name)
            is_listed = isinstance(value, str) and value in listed_values(attribute)
            if is_listed or (attribute.kind == "flag" and value is True):
                shown = f" {value}" if is_listed else ""
                self.lines.append(f"{self._next('A')}\t{word(attribute.name)} {own_id}{shown}")
                del rest[attribute.name]
        self._note(own_id, attributes, rest)

    def _note(self, own_id: str, attributes: Sequence[Attribute], values: Mapping[str, Any]) -> None:
        if values:
            held = one_line(self._shelf.plain(attributes, values))
            self.lines.append(f"{self._next('#')}\t{VALUES} {own_id}\t{held}")

    def _next(self, kind: str) -> str:
        self._last[kind] += 1
        return f"{kind}{self._last[kind]}"


def brat_fragments(text: str, fragments: Fragments) -> Fragments:
    """Break fragments at line ends, which no line of brat's can hold; blank pieces go."""
    pieces = (
        Span(f.start + match.start(), f.start + match.end())
        for f in fragments
        for match in _LINE.finditer(text[f.start : f.stop])
        if match[0].strip()
    )
    return tuple(pieces)


def rejoined(text: str, fragments: Sequence[Span]) -> Fragments:
    """Join fragments again that have nothing but white space with a line end between them."""
    result: list[Span] = []
    for f in fragments:
        gap = text[result[-1].stop : f.start] if result else ""
        if gap.isspace() and "\n" in gap:
            result[-1] = Span(result[-1].start, f.stop)
        else:
            result.append(f)
    return tuple(result)


def shown_note(note: str) -> str:
    """Bring a note to one line."""
    return _LINE_ENDS.sub(" ", note).strip()


def _pairs(fragments: Fragments) -> list[list[int]]:
    return [[f.start, f.stop] for f in fragments]


def _said(details: dict[str, Any]) -> dict[str, Any]:
    """Leave out what says nothing."""
    return {name: value for name, value in details.items() if value not in ("", {}) or name == "note"}
