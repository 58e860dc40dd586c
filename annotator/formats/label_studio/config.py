"""The labelling configuration of Label Studio: which control holds which attribute of which label.

A control is called "label.attribute" and belongs to regions of that label; a figure has five. What a
control can't give back unchanged is not written in it but handed back, to be kept elsewhere.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any
from xml.etree.ElementTree import Element, indent

from annotator.formats.parts.cells import columns_of
from annotator.formats.parts.xml_writing import child, comes_back, markup
from annotator.model.change import to_json
from annotator.model.figure import QUALIFIERS, figure_problem
from annotator.model.scheme import Attribute, Label, LinkType

LABELS, TEXT = "label", "text"
"""What the control of labels and the object are called."""

YES, NO = "yes", "no"
DATE_HINT = "2016-09-20, 2016-09 or 2016"
ENTITY_HINT = "name of: "

Value = Mapping[str, Any]
"""What a result says: {"choices": [...]}, {"number": 3} or {"text": [...]}."""

_FIGURE = ("words", "qualifier", "low", "best", "high")


class Controls:
    """The controls for the attributes of labels."""

    def __init__(self, labels: Iterable[Label]) -> None:
        self.names: dict[str, tuple[str, Attribute, str]] = {}
        """The label, the attribute and the part of it (of a figure) by the name of the control."""
        self.labels = {label.id: label for label in labels}
        self._held = {
            label.id: [a for a in label.attributes if self._claim(label.id, a)]
            for label in self.labels.values()
        }

    def held(self, label: str) -> Sequence[Attribute]:
        """List the attributes of a label that have controls."""
        return self._held.get(label, ())

    def fill(
        self, label: str, values: Mapping[str, Any], name_of: Callable[[str], str]
    ) -> tuple[dict[str, Value], dict[str, Any]]:
        """Return what the controls say, by their names, and the values that have none."""
        said: dict[str, Value] = {}
        rest = dict(values)
        for attribute in self.held(label):
            if attribute.name in rest:
                filled = _filled(label, attribute, rest[attribute.name], name_of)
                if filled:
                    said |= filled
                    del rest[attribute.name]
        return said, rest

    def _claim(self, label: str, attribute: Attribute) -> bool:
        """Take names unless one is taken; two attributes can spell the same name."""
        names = control_names(label, attribute)
        words = (attribute.name, *attribute.values)
        if set(names) & {*self.names, LABELS, TEXT} or not all(comes_back(w) and w.strip() for w in words):
            return False
        parts = _FIGURE if attribute.kind == "figure" else ("",)
        self.names |= {name: (label, attribute, part) for name, part in zip(names, parts, strict=True)}
        return True


def control_names(label: str, attribute: Attribute) -> tuple[str, ...]:
    """Name the controls of one attribute."""
    names = columns_of(label, attribute)
    return names if attribute.kind == "figure" else names[:1]


def words_of(value: Value) -> Any:
    """Return what a result says: words, a list of words for choices, or a number; None for nothing."""
    for key in ("choices", "taxonomy"):
        items = value.get(key)
        if isinstance(items, list):
            return [" / ".join(map(str, item)) if isinstance(item, list) else str(item) for item in items]
    for key in ("number", "rating", "datetime"):
        if isinstance(value.get(key), int | float | str):
            return value[key]
    text = value.get("text")
    return "\n".join(map(str, text)) if isinstance(text, list) else text


def value_of(attribute: Attribute, words: Mapping[str, Any]) -> Any:
    """Return the value of an attribute by what its controls say, by part; as it is if it fits no kind."""
    if attribute.kind == "figure":
        return _figure(words)
    said = words[""]
    match attribute.kind, said:
        case "flag", ["yes" | "no" as answer]:
            return answer == YES
        case "choices", [*items]:
            return items
        case _, [item]:
            return item
    return said


def _figure(words: Mapping[str, Any]) -> dict[str, Any]:
    qualifier = words.get("qualifier")
    bounds = {part: words.get(part) for part in ("low", "best", "high")}
    return {
        "words": words.get("words", ""),
        "qualifier": qualifier[0] if isinstance(qualifier, list) and qualifier else "not stated",
        **{part: int(n) if isinstance(n, float) and n.is_integer() else n for part, n in bounds.items()},
    }


def _filled(
    label: str, attribute: Attribute, value: Any, name_of: Callable[[str], str]
) -> dict[str, Value] | None:
    """Say a value by controls; None where they would not give it back."""
    parts = _said(attribute, value, name_of)
    back = value_of(attribute, {part: words_of(said) for part, said in parts.items()}) if parts else None
    named = name_of(value) or value if attribute.kind == "entity" and isinstance(value, str) else value
    if not parts or to_json(back) != to_json(named):
        return None
    names = dict(
        zip(_FIGURE if attribute.kind == "figure" else ("",), control_names(label, attribute), strict=True)
    )
    return {names[part]: said for part, said in parts.items()}


def _said(attribute: Attribute, value: Any, name_of: Callable[[str], str]) -> dict[str, Value]:
    match attribute.kind, value:
        case "choice", str() if value in attribute.values:
            return {"": {"choices": [value]}}
        case "choices", [*items] if items and _are_choices(attribute, items):
            return {"": {"choices": items}}
        case "flag", bool():
            return {"": {"choices": [YES if value else NO]}}
        case "number", int() | float() if not isinstance(value, bool):
            return {"": {"number": value}}
        case "figure", {**figure} if not figure_problem(figure):
            return _figure_said(figure)
        case "entity", str() if value:
            return {"": {"text": [name_of(value) or value]}}
        case "text" | "date", str() if value:
            return {"": {"text": [value]}}
    return {}


def _are_choices(attribute: Attribute, items: list[Any]) -> bool:
    return all(isinstance(item, str) and item in attribute.values for item in items) and (
        len(set(items)) == len(items)
    )


def _figure_said(figure: Mapping[Any, Any]) -> dict[str, Value]:
    said: dict[str, Value] = {"qualifier": {"choices": [figure.get("qualifier", "not stated")]}}
    if figure.get("words"):
        said["words"] = {"text": [figure["words"]]}
    return said | {
        part: {"number": figure[part]} for part in ("low", "best", "high") if figure.get(part) is not None
    }


def config(controls: Controls, links: Iterable[LinkType], link_types: Iterable[str]) -> bytes:
    """Write the configuration; without a declaration, as Label Studio wants it pasted."""
    view = Element("View")
    relations = [*(link.id for link in links), *link_types]
    if relations:
        holder = child(view, "Relations")
        for name in relations:
            child(holder, "Relation", {"value": name})
    labels = child(view, "Labels", {"name": LABELS, "toName": TEXT})
    for label in controls.labels.values():
        child(labels, "Label", dict(_label_attributes(label)))
    child(view, "Text", {"name": TEXT, "value": f"${TEXT}", "granularity": "symbol"})
    for label in controls.labels.values():
        _write_controls(view, label.id, controls.held(label.id))
    indent(view)
    return f"{markup(view)}\n".encode()


def _label_attributes(label: Label) -> Iterator[tuple[str, str]]:
    yield "value", label.id
    yield "background", label.colour
    if label.key:
        yield "hotkey", label.key.lower()
    if label.rule:
        yield "hint", label.rule


def _write_controls(view: Element, label: str, attributes: Sequence[Attribute]) -> None:
    if not attributes:
        return
    shown = child(view, "View", {"visibleWhen": "region-selected", "whenLabelValue": label})
    for attribute in attributes:
        for name in control_names(label, attribute):
            child(shown, "Header", {"value": name.removeprefix(f"{label}."), "size": "5"})
            _write_control(shown, name, label, attribute)


def _write_control(view: Element, name: str, label: str, attribute: Attribute) -> None:
    named = {"name": name, "toName": TEXT, "perRegion": "true", "whenLabelValue": label}
    named |= {"required": "true"} if attribute.required and attribute.kind != "figure" else {}
    part = name.rpartition(".")[2] if attribute.kind == "figure" else attribute.kind
    choices = {
        "choice": attribute.values,
        "choices": attribute.values,
        "flag": (YES, NO),
        "qualifier": QUALIFIERS,
    }
    if part in choices:
        kind = "multiple" if part == "choices" else "single"
        holder = child(view, "Choices", {**named, "choice": kind, "visibleWhen": "region-selected"})
        for value in choices[part]:
            child(holder, "Choice", {"value": value})
    elif part in ("number", "low", "best", "high"):
        child(view, "Number", named if part == "number" else {**named, "min": "0", "step": "1"})
    else:
        hints = {"date": DATE_HINT, "entity": ENTITY_HINT + attribute.entity}
        hint = {"placeholder": hints[part]} if part in hints else {}
        child(view, "TextArea", {**named, **hint, "editable": "true", "maxSubmissions": "1"})
