"""Attributes as typed fields of Parquet: what they are is fixed by the scheme, not by the values.

A scheme gives each label, link type and entity kind a struct with a field for each of its attributes. What
a field can't give back unchanged stands as JSON in the column "other" as well.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import pyarrow as pa

from annotator.formats.parts.bodies import MAX_WHOLE_NUMBER
from annotator.formats.parts.cells import columns_of
from annotator.formats.parts.plain_values import Shelf
from annotator.model.change import to_json
from annotator.model.figure import figure_problem
from annotator.model.scheme import Attribute, AttributeKind

Holders = Sequence[tuple[str, Sequence[Attribute]]]
"""Ids of labels, link types or entity kinds, each with its attributes."""

SPAN = pa.struct({"start": pa.int64(), "stop": pa.int64()})
_FIGURE = {
    "words": pa.string(),
    "qualifier": pa.string(),
    "low": pa.int64(),
    "best": pa.int64(),
    "high": pa.int64(),
}
_ENTITY = {"id": pa.string(), "kind": pa.string(), "name": pa.string()}
_TYPES: Mapping[AttributeKind, pa.DataType] = {
    "choice": pa.string(),
    "choices": pa.list_(pa.string()),
    "text": pa.string(),
    "number": pa.float64(),
    "flag": pa.bool_(),
    "date": pa.string(),
    "figure": pa.struct(_FIGURE),
    "entity": pa.struct(_ENTITY),
}
_EXACT = 2**53
"""Whole numbers up to here are the same as floating point numbers."""


class TypedFields:
    """The structs of all holders, for values that are written."""

    def __init__(self, holders: Holders, shelf: Shelf) -> None:
        self._holders = {holder: attributes for holder, attributes in holders if attributes}
        self._shelf = shelf

    @property
    def fields(self) -> list[pa.Field]:
        """The one field "attributes", or none where no holder has any."""
        structs = {
            holder: pa.struct({a.name: _TYPES[a.kind] for a in attributes})
            for holder, attributes in self._holders.items()
        }
        return [pa.field("attributes", pa.struct(structs))] if structs else []

    def fill(self, holder: str, values: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
        """Return the fields of an object's values, and the values that they can't give back."""
        fields: dict[str, Any] = {}
        rest = dict(values)
        for attribute in self._holders.get(holder, ()):
            typed = _typed(attribute, values.get(attribute.name), self._shelf)
            if typed is not None:
                fields[attribute.name] = typed
                if to_json(value_of(typed)) == to_json(values[attribute.name]):
                    del rest[attribute.name]
        return fields, rest


class FlatColumns:
    """The same fields as columns of their own, called as in long CSV: "casualty.count.low"."""

    def __init__(self, holders: Holders) -> None:
        self.fields: list[pa.Field] = []
        self._columns: dict[str, list[tuple[Attribute, tuple[str, ...]]]] = {}
        taken: set[str] = set()
        for holder, attribute in ((h, a) for h, attributes in holders for a in attributes):
            names = columns_of(holder, attribute)
            if not taken & set(names):  # Two attributes can spell the same name.
                taken.update(names)
                self.fields += map(pa.field, names, _flat_types(attribute.kind))
                self._columns.setdefault(holder, []).append((attribute, names))

    def row(self, holder: str, fields: Mapping[str, Any]) -> tuple[dict[str, Any], set[str]]:
        """Spread the fields of an object over its columns; name those that have none."""
        row: dict[str, Any] = {}
        left = set(fields)
        for attribute, names in self._columns.get(holder, ()):
            if attribute.name in fields:
                row.update(zip(names, _flat(attribute.kind, fields[attribute.name]), strict=True))
                left.remove(attribute.name)
        return row, left


def value_of(typed: Any) -> Any:
    """Read a value from its field; an entity is known by its id."""
    if isinstance(typed, dict) and set(typed) == set(_ENTITY):
        return typed["id"]
    is_whole = isinstance(typed, float) and typed.is_integer() and abs(typed) < _EXACT
    return int(typed) if is_whole else typed


def holders_of(things: Iterable[Any]) -> Holders:
    """List the attributes of labels, link types or entity kinds."""
    return [(thing.id, thing.attributes) for thing in things]


def _typed(attribute: Attribute, value: Any, shelf: Shelf) -> Any:
    """Return what stands in an attribute's field; None for a value of another kind."""
    match attribute.kind, value:
        case "figure", {**figure} if set(figure) == set(_FIGURE) and not figure_problem(figure):
            bounds = [figure[bound] for bound in ("low", "best", "high")]
            return figure if all(map(_fits, bounds)) else None
        case "entity", str():
            named = shelf.plain([attribute], {attribute.name: value})[attribute.name]
            return named if isinstance(named, dict) else {"id": value, "kind": attribute.entity, "name": ""}
        case "choices", [*items] if all(isinstance(item, str) for item in items):
            return items
        case "flag", bool():
            return value
        case "number", int() | float() if not isinstance(value, bool) and _fits(value):
            return float(value)
        case "choice" | "text" | "date", str():
            return value
    return None


def _fits(number: Any) -> bool:
    """Say whether a number is none that only Python holds."""
    return not isinstance(number, int) or abs(number) <= MAX_WHOLE_NUMBER


def _flat_types(kind: AttributeKind) -> list[pa.DataType]:
    match kind:
        case "figure":
            return list(_FIGURE.values())
        case "entity":
            return [_ENTITY["name"], _ENTITY["id"]]
    return [_TYPES[kind]]


def _flat(kind: AttributeKind, value: Any) -> list[Any]:
    match kind:
        case "figure":
            return [value[part] for part in _FIGURE]
        case "entity":
            return [value["name"], value["id"]]
    return [value]
