"""Spans and links as they are put together from the lines of one `.ann` file."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from annotator.formats.brat.kept import Layer
from annotator.formats.brat.lines import Line
from annotator.formats.brat.writing import brat_fragments, rejoined, shown_note
from annotator.formats.parts import bodies
from annotator.formats.parts.bodies import BadRecord
from annotator.formats.parts.rulers import Text
from annotator.model.records import Annotation, Link
from annotator.model.span import Fragments, Span

Say = Callable[[int | None, str], None]


@dataclass(slots=True)
class Mark:
    """One span as it is put together from its lines; `event` is the id of the event that it triggers."""

    line: Line
    label: str
    spans: Fragments
    exact: list[str]
    attributes: dict[str, Any] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    event: str = ""


@dataclass(slots=True)
class Arc:
    """One link between two spans, by their keys."""

    line: Line
    type: str
    source: str
    target: str
    is_equivalence: bool = False
    attributes: dict[str, Any] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)


class Marks:
    """What one file marks in a text; `name` tells its ids apart from those of other files."""

    def __init__(self, name: str, text: Text, kept: Layer) -> None:
        self._name, self._text, self._kept = name, text, kept
        self.spans: dict[str, Mark] = {}
        self.links: dict[str, Arc] = {}

    def annotations(self, article: str, say: Say) -> Iterator[tuple[Annotation, int, bool]]:
        """Yield each span with its line, and whether its id counts in the file only."""
        for key, mark in self.spans.items():
            details = _details(self._kept.spans, key, mark.line)
            exact = self._kept_fragments(details, mark)
            row = {
                **_keys(details),
                **{name: details[name] for name in ("origin", "scheme") if name in details},
                "id": self._id(key),
                "layer": self._kept.name,
                "label": mark.label,
                "fragments": [[s.start, s.stop] for s in exact or mark.spans],
                "exact": self.slices(exact) if exact else mark.exact,
                "attributes": mark.attributes,
                "note": _noted(mark.notes, details),
            }
            try:
                yield bodies.annotation(row, article), mark.line.number, "id" not in details
            except BadRecord as error:
                say(mark.line.number, f"{mark.line.id} was left out: {error}")

    def made_links(self, say: Say) -> Iterator[Link]:
        """Yield each link."""
        for key, arc in self.links.items():
            details = _details(self._kept.links, key, arc.line)
            row = {
                **({"note": "\n".join(arc.notes)} if arc.notes else {}),
                **_keys(details),
                "id": details.get("id", ""),
                "type": arc.type,
                "layer": self._kept.name,
                "source": self._id(arc.source),
                "target": self._id(arc.target),
                "attributes": arc.attributes,
            }
            try:
                yield bodies.link(row)
            except BadRecord as error:
                say(arc.line.number, f"{arc.line.id} was left out: {error}")

    def slices(self, spans: Fragments) -> list[str]:
        """Return the words of fragments."""
        return self._text.slices([(s.start, s.stop) for s in spans])

    def _id(self, key: str) -> str:
        mark = self.spans[key]
        return str(_details(self._kept.spans, key, mark.line).get("id") or f"{self._name}#{key}")

    def _kept_fragments(self, details: Mapping[str, Any], mark: Mark) -> Fragments:
        """Return the fragments as they were before brat's lines broke them; none if they don't fit these."""
        pairs = details.get("fragments")
        try:
            spans = tuple(Span(int(start), int(stop)) for start, stop in pairs) if pairs else ()
        except (TypeError, ValueError):
            return ()
        broken = rejoined(self._text.stored, brat_fragments(self._text.stored, spans))
        return spans if broken == mark.spans else ()


def _details(kept: Mapping[str, Any], key: str, line: Line) -> Mapping[str, Any]:
    """Return what is kept of a line, if it stands as it stood then."""
    found = kept.get(key, {})
    return found if found.get("line") == line.fields else {}


def _keys(details: Mapping[str, Any]) -> Mapping[str, Any]:
    keys = details.get("keys", {})
    return keys if isinstance(keys, dict) else {}


def _noted(notes: list[str], details: Mapping[str, Any]) -> Any:
    """Join notes; one that brat shows in one line comes back as it was, unless it was changed since."""
    note, kept = "\n".join(notes), details.get("note")
    return kept if isinstance(kept, str) and shown_note(kept) == note else note
