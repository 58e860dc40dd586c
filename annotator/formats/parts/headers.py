"""What a dataset says once, as JSON: its title, scheme and entities."""

from collections.abc import Callable, Iterator
from typing import Any

from annotator.formats.dataset import Header
from annotator.formats.parts import bodies
from annotator.formats.parts.bodies import BadRecord
from annotator.model.records import Entity
from annotator.model.scheme import Scheme, SchemeError

Say = Callable[[str], None]


def header_row(header: Header) -> dict[str, Any]:
    """Write a header."""
    return {
        "title": header.title,
        "scheme": header.scheme.to_body() if header.scheme else None,
        "entities": [{**entity.to_body(), "id": entity.id} for entity in header.entities],
    }


def header_of(row: Any, say: Say) -> Header:
    """Read a header; a scheme or an entity that can't be used is left out and said."""
    checked = bodies.row_of(row, "the header")
    return Header(
        bodies.text_of(checked, "title"), _scheme(checked, say), entities=tuple(_entities(checked, say))
    )


def _scheme(row: dict[str, Any], say: Say) -> Scheme | None:
    body = row.get("scheme")
    try:
        return Scheme.from_body(body) if isinstance(body, dict) else None
    except SchemeError as error:
        say(f"the scheme was left out: {error}")
        return None


def _entities(row: dict[str, Any], say: Say) -> Iterator[Entity]:
    for item in bodies.rows_of(row, "entities"):
        try:
            yield bodies.entity(item)
        except BadRecord as error:
            say(f"an entity was left out: {error}")
