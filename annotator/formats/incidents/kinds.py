"""What a scheme calls an incident, and which of its labels count the dead of one."""

from collections.abc import Iterator
from dataclasses import dataclass

from annotator.model.scheme import Attribute, EntityKind, Label, Scheme

PLACE = "place"
PRECISION = "place precision"
TYPE = "type"
HARM = "harm"
VICTIMS = "victims"
SOURCE = "source"
KILLED = "killed"
PART_OF = "part-of"


@dataclass(frozen=True, slots=True)
class IncidentKind:
    """A kind of entity that has a place and a date."""

    kind: EntityKind
    date: str

    def values(self, name: str) -> tuple[str, ...]:
        """List the choices of one of its attributes."""
        return next((a.values for a in self.kind.attributes if a.name == name), ())


@dataclass(frozen=True, slots=True)
class Counting:
    """Which attributes of a label say what of a count."""

    figure: str
    incident: str
    has_harm: bool


def incident_kinds(scheme: Scheme) -> dict[str, IncidentKind]:
    """Map the kinds of entities that have a place and a date by their ids."""
    found = ((kind, _date(kind)) for kind in scheme.entities)
    return {kind.id: IncidentKind(kind, date) for kind, date in found if date}


def counting_labels(scheme: Scheme) -> dict[str, Counting]:
    """Map the labels that have a figure and an incident by their ids."""
    kinds = incident_kinds(scheme)
    return {label.id: counting for label in scheme.labels for counting in _counting(label, kinds)}


def _counting(label: Label, kinds: dict[str, IncidentKind]) -> Iterator[Counting]:
    figure = _first(a for a in label.attributes if a.kind == "figure")
    incident = _first(a for a in label.attributes if a.kind == "entity" and a.entity in kinds)
    if figure and incident:
        yield Counting(figure, incident, label.attribute(HARM) is not None)


def _date(kind: EntityKind) -> str:
    has_place = any(a.name == PLACE for a in kind.attributes)
    return _first(a for a in kind.attributes if a.kind == "date") if has_place else ""


def _first(attributes: Iterator[Attribute]) -> str:
    return next((a.name for a in attributes), "")
