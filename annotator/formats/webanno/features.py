"""Attributes as features of a layer of WebAnno, which are text."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from annotator.formats.parts.cells import AttributeColumns, NameOf
from annotator.model.change import to_json
from annotator.model.scheme import Attribute

_OTHERS = ("begin", "end", "sofa")
"""Features that everything in WebAnno has."""

_ODD = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029]")
_ODD_IN_JSON = re.compile(r"\\(?:[rbf]|u00)")


class Features:
    """The features for some attributes: a figure has five, an entity two, any other one."""

    def __init__(self, attributes: Sequence[Attribute], fixed: Iterable[str]) -> None:
        """Take the attributes, and the names of the features that are there anyway."""
        self._columns = AttributeColumns([("", attributes)])
        self._names = _feature_names(self._columns.names, {*_OTHERS, *fixed})

    def fill(self, values: Mapping[str, Any], name_of: NameOf) -> tuple[dict[str, str], dict[str, Any]]:
        """Return the features of an object's values, and the values that have no place in them."""
        odd = {name: value for name, value in values.items() if _is_odd(to_json(value))}
        plain = {name: value for name, value in values.items() if name not in odd}
        cells, rest = self._columns.fill("", plain, lambda entity: _ODD.sub(" ", name_of(entity)))
        features = {self._names[column]: str(cell) for column, cell in cells.items()}
        return {name: cell for name, cell in features.items() if cell}, rest | odd

    def values(
        self, features: Mapping[str, str], say: Callable[[str], None]
    ) -> tuple[dict[str, Any], dict[str, str]]:
        """Read the values of an object, and return the features that are none of its attributes."""
        row = {column: features[name] for column, name in self._names.items() if name in features}
        others = {name: cell for name, cell in features.items() if name not in self._names.values()}
        return self._columns.values("", row, say), others

    @property
    def names(self) -> list[str]:
        return list(self._names.values())


def is_plain(text: str) -> bool:
    """Say whether a text can stand in a cell: nothing in it ends a line but what is escaped."""
    return not _ODD.search(text)


def _is_odd(json: str) -> bool:
    return bool(_ODD.search(json) or _ODD_IN_JSON.search(json))


def _feature_names(columns: Iterable[str], taken: set[str]) -> dict[str, str]:
    """Name a feature for each column: of letters, digits and “_”, as UIMA wants them."""
    names: dict[str, str] = {}
    for column in columns:
        stem = re.sub(r"\W+", "_", column).strip("_")
        stem = stem if stem[:1].isalpha() and not stem.startswith(("ROLE_", "BT_")) else f"x_{stem}"
        name, number = stem, 1
        while name.lower() in taken:
            number += 1
            name = f"{stem}_{number}"
        taken.add(name.lower())
        names[column] = name
    return names
