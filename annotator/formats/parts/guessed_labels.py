"""Guess the attributes of labels that a scheme lacks from the values that a file has for them."""

from collections.abc import Mapping
from typing import Any

from annotator.formats.parts.foreign_labels import checked_label
from annotator.formats.parts.plain_values import entity_kind_of
from annotator.model.figure import figure_problem
from annotator.model.scheme import AttributeKind, Label, Scheme

MAX_CHOICES = 200
"""More different words than these are no choice."""


class GuessedLabels:
    """Sees values as a file holds them, in which named things stand with their names."""

    def __init__(self, scheme: Scheme) -> None:
        self._scheme = scheme
        self._seen: dict[str, dict[str, list[Any]]] = {}

    def see(self, label: str, plain: Mapping[str, Any]) -> None:
        """Take note of the values of one span."""
        if self._scheme.label(label) is None:
            values = self._seen.setdefault(label, {})
            for name, value in plain.items():
                values.setdefault(name, []).append(value)

    @property
    def labels(self) -> tuple[Label, ...]:
        """The labels that the scheme lacks, in the order they were seen."""
        return tuple(_label(name, values) for name, values in self._seen.items())


def _label(name: str, values: Mapping[str, list[Any]]) -> Label:
    guesses = (_attribute(attribute, found) for attribute, found in values.items())
    body = {"title": name, "attributes": [guess for guess in guesses if guess]}
    return checked_label(body, name) or Label(name, name)


def _attribute(name: str, values: list[Any]) -> dict[str, Any]:
    """Guess an attribute; none when its values are of several kinds, or of none that a scheme knows."""
    kinds = {_kind(value) for value in values if value is not None}
    kind = kinds.pop() if len(kinds) == 1 else None
    if kind == "choices":
        words = sorted({word for value in values for word in value or ()})
        return {"name": name, "kind": kind, "values": words} if 0 < len(words) <= MAX_CHOICES else {}
    if kind == "entity":
        entities = {entity_kind_of(value) for value in values if value is not None}
        return {"name": name, "kind": kind, "entity": entities.pop()} if len(entities) == 1 else {}
    return {"name": name, "kind": kind} if kind else {}


def _kind(value: Any) -> AttributeKind | None:
    match value:
        case bool():
            return "flag"
        case int() | float():
            return "number"
        case str():
            return "text"
        case [*words] if all(isinstance(word, str) and word for word in words):
            return "choices"
        case {"low": _, "best": _, "high": _} if figure_problem(value) is None:
            return "figure"
        case {} if entity_kind_of(value):
            return "entity"
    return None
