"""Attributes as plain JSON, for formats whose records take any: a named thing stands with its name.

An entity is written as {"id", "kind", "name"}; every other value as it is.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from annotator.formats.dataset import Header
from annotator.formats.losses import Lost
from annotator.formats.parts import bodies
from annotator.formats.parts.bodies import MAX_NAME, BadRecord, check_value, row_of
from annotator.formats.parts.canonical import Say
from annotator.formats.parts.strict_json import parsed
from annotator.model.change import to_json
from annotator.model.records import Entity, Link
from annotator.model.scheme import Attribute

_REFERENCE = {"id", "kind", "name"}


class Shelf:
    """The entities of a dataset: to be named when writing, or gathered when reading."""

    def __init__(self, entities: Sequence[Entity] = ()) -> None:
        self._entities = {entity.id: entity for entity in entities}

    def plain(self, attributes: Sequence[Attribute], values: Mapping[str, Any]) -> dict[str, Any]:
        """Return an object's values with its entities named."""
        references = {a.name for a in attributes if a.kind == "entity"}
        return {
            name: self._named(value) if name in references and isinstance(value, str) else value
            for name, value in values.items()
        }

    def values(self, plain: Any) -> dict[str, Any]:
        """Read an object's values back, keeping the entities that they name."""
        if not isinstance(plain, dict):
            raise BadRecord("its attributes are not an object")
        check_value(plain, 16)
        return {str(name): self._taken(value) for name, value in plain.items()}

    @property
    def entities(self) -> tuple[Entity, ...]:
        """The entities, by id."""
        return tuple(self._entities[key] for key in sorted(self._entities))

    def name_of(self, entity_id: str) -> str:
        """Name an entity, or the one that it was merged into; "" when nobody knows it."""
        seen: set[str] = set()
        entity = self._entities.get(entity_id)
        while entity and entity.merged_into in self._entities and entity.id not in seen:
            seen.add(entity.id)
            entity = self._entities[entity.merged_into]
        return entity.name if entity else ""

    def keep(self, entity_id: str, kind: str, name: str) -> None:
        """Take in an entity that a record names; the first word on it counts."""
        self._entities.setdefault(entity_id, Entity(entity_id, kind, name))

    def _named(self, entity_id: str) -> Any:
        name = self.name_of(entity_id)
        return {"id": entity_id, "kind": self._entities[entity_id].kind, "name": name} if name else entity_id

    def _taken(self, value: Any) -> Any:
        if not entity_kind_of(value):
            return value
        self.keep(value["id"], value["kind"], value["name"])
        return value["id"]


def other_text(**parts: Any) -> str:
    """Hold as JSON what no column of a table holds: "attributes", "keys"."""
    kept = {name: value for name, value in parts.items() if value}
    return to_json(kept) if kept else ""


def other_parts(text: str) -> dict[str, Any]:
    """Read what no column holds."""
    if not text:
        return {}
    found = row_of(parsed(text, "“other”"), "“other”")
    for name in ("attributes", "keys"):
        row_of(found.get(name, {}), f"“{name}” in “other”")
    return found


def links_of(rows: Iterable[Any], shelf: Shelf, say: Say) -> Iterator[Link]:
    """Read links whose values are plain, leaving out the bad ones with a remark."""
    for row in rows:
        try:
            body = bodies.row_of(row, "it")
            values = shelf.values(body.get("attributes", {}))
            yield bodies.link({**body, "attributes": values})
        except BadRecord as error:
            say(f"a link was left out: {error}")


def entity_kind_of(value: Any) -> str:
    """Return the kind of an entity that stands with its name; "" when the value is none."""
    if not isinstance(value, dict) or set(value) != _REFERENCE:
        return ""
    if not all(isinstance(part, str) and 0 < len(part) <= MAX_NAME for part in value.values()):
        return ""
    return str(value["kind"])


def lost_of_names(header: Header) -> Iterator[Lost]:
    """Name what is lost of a project where entities are only named, and the scheme has no place."""
    if header.scheme:
        yield "scheme with its rules, examples, colours and keys", header.scheme.title
    for entity in header.entities:
        if entity.attributes or entity.note or entity.merged_into or entity.extra:
            yield "people, organisations and incidents of which only the name is kept", entity.name
