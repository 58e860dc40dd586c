"""What annotators said of a span, as data that can be compared: on which scale, and where on it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from annotator.model.change import to_json
from annotator.model.dates import date_problem, first_day, last_day
from annotator.model.scheme import Attribute, Label
from annotator.model.values import is_empty

Level = Literal["nominal", "ordinal", "interval"]

UNSTATED = ""
"""The category of a value that an annotator left empty."""

BOUNDS = ("low", "best", "high")

_LEVELS: Mapping[str, Level] = {"number": "interval", "date": "interval", "figure": "interval"}


@dataclass(frozen=True, slots=True)
class Aspect:
    """One thing that values of an attribute are compared by. `name` is "killed:best" for a figure's best."""

    name: str
    attribute: Attribute
    level: Level
    bound: str = ""

    def data(self, spans: Iterable[Mapping[str, Any]], entities: Mapping[str, str]) -> list[Any]:
        """Return the values of spans, given by their attributes, as categories or numbers.

        None is a value that has no place on the scale.
        """
        name, known = self.attribute.name, dict[Any, Any]()
        found = []
        for value in (attributes.get(name) for attributes in spans):
            # The same few words come again and again; what isn't text is always another object.
            if value.__class__ is not str and value is not None:
                found.append(self._datum(value, entities))
                continue
            if value not in known:
                known[value] = self._datum(value, entities)
            found.append(known[value])
        return found

    def _datum(self, value: Any, entities: Mapping[str, str]) -> Any:
        if self.level == "nominal":
            return _category(self.attribute, value, entities)
        if self.level == "ordinal":
            return self.attribute.values.index(value) if value in self.attribute.values else None
        if self.bound:
            value = value.get(self.bound) if isinstance(value, Mapping) else None
        elif self.attribute.kind == "date":
            value = _middle(value)
        return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else None


def aspects(label: Label | None) -> tuple[Aspect, ...]:
    """List what the values of a label's spans are compared by; multiple choices are compared otherwise."""
    return tuple(aspect for attribute in _attributes(label) for aspect in _aspects(attribute))


def multiple_choices(label: Label | None) -> tuple[Attribute, ...]:
    """List the attributes of a label that take several choices."""
    return tuple(attribute for attribute in _attributes(label) if attribute.kind == "choices")


def chosen(attribute: Attribute, attributes: Mapping[str, Any]) -> frozenset[str]:
    """Return what was chosen for a span."""
    value = attributes.get(attribute.name)
    return frozenset(map(str, value)) if isinstance(value, list) else frozenset()


def _attributes(label: Label | None) -> tuple[Attribute, ...]:
    return label.attributes if label else ()


def _aspects(attribute: Attribute) -> tuple[Aspect, ...]:
    match attribute.kind:
        case "choices":
            return ()
        case "figure":
            return tuple(Aspect(f"{attribute.name}:{b}", attribute, "interval", b) for b in BOUNDS)
        case "choice" if attribute.extra.get("ordered") is True:
            return (Aspect(attribute.name, attribute, "ordinal"),)
    return (Aspect(attribute.name, attribute, _LEVELS.get(attribute.kind, "nominal")),)


def _category(attribute: Attribute, value: Any, entities: Mapping[str, str]) -> str:
    if is_empty(value):
        return UNSTATED
    if not isinstance(value, str):
        return to_json(value)
    return entities.get(value, value) if attribute.kind == "entity" else " ".join(value.split())


def _middle(value: Any) -> float | None:
    """Return the day in the middle of a date, month, year or range, as its number."""
    if not value or date_problem(value) is not None:
        return None
    first, *rest = value.split("/")
    days = first_day(first), last_day(rest[0] if rest else first)
    return sum(date.fromisoformat(day).toordinal() for day in days) / 2
