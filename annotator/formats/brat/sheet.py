"""Read one `.ann` file: its lines become spans and links, and what is wrong with a line is said."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

from annotator.formats.brat.kept import Layer
from annotator.formats.brat.lines import Line, ann_lines
from annotator.formats.brat.marks import Arc, Mark, Marks, Say
from annotator.formats.brat.names import named
from annotator.formats.brat.scheme import converted
from annotator.formats.brat.writing import NOTE, VALUES, rejoined
from annotator.formats.parts import bodies
from annotator.formats.parts.bodies import BadRecord
from annotator.formats.parts.plain_values import Shelf
from annotator.formats.parts.rulers import Claim, Place, Ruler, Text
from annotator.formats.parts.strict_json import parsed
from annotator.model.scheme import Attribute, Scheme
from annotator.model.span import Fragments, Span

_FIELDS = re.compile(r"(.+?)\s+(\d{1,18}\s+\d{1,18}(?:\s*;\s*\d{1,18}\s+\d{1,18})*)")
_ATTRIBUTE = re.compile(r"(\S+)\s+(\S+)(?:\s+(.+))?", re.DOTALL)
_REFERENCE = re.compile(r"(\S+)\s+(?:Annotation:)?(\S+)\s+(?:Referent:)?(\S+)")
_NUMBERED = re.compile(r"(.*\D)\d+")


@dataclass(frozen=True, slots=True)
class Setting:
    """What is known before an `.ann` file is read; `roles` are names in events that may end in a digit."""

    scheme: Scheme
    roles: set[str]
    shelf: Shelf


class Sheet:
    """Reads what one `.ann` file says of a text."""

    def __init__(self, name: str, text: Text, kept: Layer, setting: Setting, say: Say) -> None:
        self._text, self._setting, self._say = text, setting, say
        self.found = Marks(name, text, kept)
        self._homes: dict[str, str] = {}

    def read(self, content: str) -> None:
        """Read all lines: spans first, as the others speak of them, whatever the order in the file."""
        lines = ann_lines(content, self._say)
        self._spans([line for line in lines if line.kind == "T"])
        readers: tuple[tuple[str, Callable[[Line], None]], ...] = (
            ("E", self._event),
            ("E", self._event_roles),
            ("R", self._relation),
            ("*", self._group),
            ("AM", self._attribute),
            ("N", self._reference),
            ("#", self._note),
        )
        for kinds, reader in readers:
            for line in lines:
                if line.kind in kinds:
                    self._attempt(reader, line)
        for line in lines:
            if line.kind not in "TERAMN*#":
                self._say(line.number, f"{line.id} was left out: it is no kind of record that is read")
            elif line.is_last and line.kind != "T":
                self._say(line.number, f"{line.id} may be cut off: the file ends in it, without a line end")

    def _attempt(self, reader: Callable[[Line], None], line: Line) -> None:
        try:
            reader(line)
        except BadRecord as error:
            self._say(line.number, f"{line.id} was left out: {error}")

    def _spans(self, lines: list[Line]) -> None:
        """Read spans, with offsets that count what fits their words best."""
        claims: dict[int, tuple[str, Claim]] = {}
        for line in lines:
            self._attempt(lambda line: claims.update({line.number: _claim(line)}), line)
        ruler = self._text.ruler([claim for _, claim in claims.values()])
        if ruler.name:
            self._say(None, f"its offsets count {ruler.name}; they were converted to code points")
        for line in lines:
            if line.number in claims:
                self._attempt(lambda line: self._span(line, *claims[line.number], ruler), line)

    def _span(self, line: Line, label: str, claim: Claim, ruler: Ruler) -> None:
        if line.is_last and self._text.has_more(ruler.places(claim[0]), claim[1]):
            raise BadRecord("the file is cut off in it")
        places, exact, mended = self._text.placed(ruler.places(claim[0]), claim[1])
        if mended:
            self._say(line.number, f"{line.id}: {mended}")
        spans, exact = _in_order(places, exact)
        if len(spans) > 1 and exact in ([], self.found.slices(spans)):
            spans = rejoined(self._text.stored, spans)
            exact = self.found.slices(spans) if exact else []
        key = line.id
        if key in self.found.spans:
            key = f"{line.id} in line {line.number}"
            self._say(line.number, f"{line.id} was there before; further lines that name it mean the first")
        self.found.spans[key] = Mark(line, label, spans, exact)
        self._homes.setdefault(line.id, key)

    def _event(self, line: Line) -> None:
        """Take the trigger for the event; a further event with the same trigger gets a span of its own."""
        kind, _, trigger = line.fields.split(" ")[0].partition(":")
        if line.id in self._homes:
            raise BadRecord("its id was there before")
        mark = self.found.spans.get(trigger)
        if mark is None:
            raise BadRecord(f"its trigger “{trigger[:40]}” is not there")
        if named(kind) != mark.label:
            self._say(line.number, f"{line.id} is a {kind}, but its trigger a {mark.label}; that was kept")
        if mark.event:
            self.found.spans[line.id] = replace(mark, line=line, attributes={}, notes=[], event=line.id)
            self._homes[line.id] = line.id
        else:
            mark.event = line.id
            self._homes[line.id] = trigger

    def _event_roles(self, line: Line) -> None:
        """Make a link of each argument; digits that only count arguments of one role are dropped."""
        if line.id not in self._homes:
            return
        for number, part in enumerate(line.fields.split()[1:], 1):
            role, _, target = part.partition(":")
            match = None if role in self._setting.roles else _NUMBERED.fullmatch(role)
            self._arc(f"{line.id}:{number}", line, match[1] if match else role, line.id, target)

    def _relation(self, line: Line) -> None:
        kind, *rest = line.fields.split() or [""]
        ends = [part.partition(":") for part in rest]
        if len(ends) != 2:
            raise BadRecord("it has not two ends")
        if {role for role, _, _ in ends} == {"Arg1", "Arg2"}:
            ends.sort()
        key = line.id if line.id not in self.found.links else f"{line.id} in line {line.number}"
        self._arc(key, line, kind, ends[0][2], ends[1][2])

    def _group(self, line: Line) -> None:
        """Make links of a group of equivalent spans, from each to the next."""
        kind, *members = line.fields.split() or [""]
        if len(members) < 2:
            raise BadRecord("it has not two members")
        for number, (source, target) in enumerate(pairwise(members)):
            key = line.fields if len(members) == 2 else f"{line.fields}:{number}"
            self._arc(key, line, kind, source, target, is_equivalence=True)

    def _arc(
        self, key: str, line: Line, kind: str, source: str, target: str, *, is_equivalence: bool = False
    ) -> None:
        missing = [end for end in (source, target) if end not in self._homes]
        if missing:
            name = "its link" if line.kind in "R*" else f"its “{kind[:40]}”"
            self._say(line.number, f"{line.id}: {name} was left out, as “{missing[0][:40]}” is not there")
            return
        self.found.links[key] = Arc(
            line, named(kind), self._homes[source], self._homes[target], is_equivalence=is_equivalence
        )

    def _thing(self, own_id: str) -> Mark | Arc:
        """Return what a line speaks of."""
        thing = self.found.spans.get(self._homes.get(own_id, "")) or self.found.links.get(own_id)
        if thing is None:
            raise BadRecord(f"“{own_id[:40]}” is not there")
        return thing

    def _attribute(self, line: Line) -> None:
        match = _ATTRIBUTE.fullmatch(line.fields)
        if not match:
            raise BadRecord("it names no span")
        thing, name = self._thing(match[2]), named(match[1])
        words = match[3] or line.tail.strip()
        value = converted(self._foreseen(thing, name), words) if words else True
        if name in thing.attributes:
            value = [*_listed(thing.attributes[name]), *_listed(value)]
        thing.attributes[name] = value

    def _foreseen(self, thing: Mark | Arc, name: str) -> Attribute | None:
        scheme = self._setting.scheme
        holder = scheme.label(thing.label) if isinstance(thing, Mark) else scheme.link(thing.type)
        return next((a for a in holder.attributes if a.name == name), None) if holder else None

    def _reference(self, line: Line) -> None:
        """Keep what a span was normalised to as an attribute: “Wikipedia:534366 Barack Obama”."""
        match = _REFERENCE.fullmatch(line.fields)
        if not match:
            raise BadRecord("it is no normalisation of a span")
        attributes, name = self._thing(match[2]).attributes, named(match[1])
        value = f"{match[3]} {line.tail.strip()}".strip()
        attributes[name] = f"{attributes[name]}; {value}" if name in attributes else value

    def _note(self, line: Line) -> None:
        kind, _, own_id = line.fields.partition(" ")
        if not own_id:
            raise BadRecord("it is a note on nothing")
        thing = self._thing(own_id.strip())
        values = _values(line.tail) if kind == VALUES else None
        if values is None:
            thing.notes.append(line.tail if kind == NOTE else f"{named(kind)}: {line.tail}")
        else:
            thing.attributes.update(self._setting.shelf.values(values))


def _claim(line: Line) -> tuple[str, Claim]:
    match = _FIELDS.fullmatch(line.fields)
    if not match:
        raise BadRecord(f"“{line.fields[:40]}” is not a label with offsets")
    pairs = [pair.split() for pair in match[2].split(";")]
    places = [(int(start), int(stop)) for start, stop in pairs]
    if len(places) > bodies.MAX_FRAGMENTS or any(start >= stop for start, stop in places):
        raise BadRecord(f"its offsets {match[2][:40]} are empty or run backwards")
    return named(match[1]), (places, line.tail)


def _in_order(places: list[Place], words: list[str]) -> tuple[Fragments, list[str]]:
    """Sort fragments with their words, which may stand in any order."""
    if any(start >= stop for start, stop in places):
        raise BadRecord("its offsets mark half a line end and nothing else")
    if len(places) == 1:
        return (Span(*places[0]),), words
    order = sorted(range(len(places)), key=places.__getitem__)
    return tuple(Span(*places[i]) for i in order), [words[i] for i in order] if words else []


def _values(tail: str) -> dict[str, Any] | None:
    """Read values from a note; None for a note in words."""
    try:
        value = parsed(tail, "the note")
    except BadRecord:
        return None
    return value if isinstance(value, dict) else None


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]
