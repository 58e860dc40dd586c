"""Tables that a format wants of a database; the store reads them, for no format may."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Row = Mapping[str, Any]
Tables = Mapping[str, Sequence[Row]]
"""Rows by the name of their table, in the order they were written."""


@dataclass(frozen=True, slots=True)
class Table:
    """A table to read: columns that it must have, and more that older files lack and that are None then."""

    name: str
    columns: tuple[str, ...]
    more: tuple[str, ...] = ()
    is_needed: bool = True


def tell_apart(names: Iterable[str], nobody: str) -> bool:
    """Say whether names tell people apart: a program's own word for whoever uses it tells nothing."""
    return bool({*names} - {"", nobody})


def words(row: Row, name: str) -> str:
    """Take a text; anything else says nothing."""
    value = row[name]
    return value if isinstance(value, str) else ""


def number(row: Row, name: str) -> int | None:
    """Take a whole number."""
    value = row[name]
    return value if isinstance(value, int) else None
