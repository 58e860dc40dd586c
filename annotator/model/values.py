"""Attribute values: what is missing or illegal, in words that stand beside the field."""

from collections.abc import Mapping
from typing import Any

from annotator.model.dates import date_problem
from annotator.model.figure import figure_problem
from annotator.model.scheme import Attribute, Label

Attributes = Mapping[str, Any]


def is_empty(value: Any) -> bool:
    """Say whether a value says nothing; false and 0 do say something."""
    return value is None or value == "" or value == [] or value == {}


def value_problem(attribute: Attribute, value: Any) -> str | None:
    """Say in a few words what is wrong with a value, or None."""
    if is_empty(value):
        return "needs a value" if attribute.required else None
    match attribute.kind:
        case "choice":
            return None if value in attribute.values else f"“{value}” is not one of the choices"
        case "choices":
            return _choices_problem(attribute, value)
        case "number":
            is_number = isinstance(value, int | float) and not isinstance(value, bool)
            return None if is_number else f"“{value}” is not a number"
        case "flag":
            return None if isinstance(value, bool) else f"“{value}” is neither yes nor no"
        case "date":
            return date_problem(value)
        case "figure":
            return figure_problem(value)
        case "text" | "entity":
            return None if isinstance(value, str) else f"“{value}” is not text"


def _choices_problem(attribute: Attribute, value: Any) -> str | None:
    if not isinstance(value, list):
        return f"“{value}” is not a list of choices"
    unknown = [item for item in value if item not in attribute.values]
    return f"“{unknown[0]}” is not one of the choices" if unknown else None


def problems(label: Label, attributes: Attributes) -> dict[str, str]:
    """Map each attribute of the label that is missing or illegal to what is wrong with it."""
    found = {a.name: value_problem(a, attributes.get(a.name)) for a in label.attributes}
    return {name: problem for name, problem in found.items() if problem}


def defaults(label: Label) -> dict[str, Any]:
    """Return the values a new span of the label begins with."""
    return {a.name: a.default for a in label.attributes if a.default is not None}
