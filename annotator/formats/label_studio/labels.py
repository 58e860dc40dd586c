"""The labels and attributes that a labelling configuration of Label Studio declares."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from xml.etree.ElementTree import Element

from annotator.formats.label_studio.config import DATE_HINT, ENTITY_HINT, NO, YES
from annotator.formats.parts.foreign_labels import checked_label, colour_of
from annotator.model.scheme import Label

_FIGURE = ("words", "qualifier", "low", "best", "high")
_KINDS = {"Number": "number", "Rating": "number", "TextArea": "text", "DateTime": "text"}


@dataclass(frozen=True, slots=True)
class _Control:
    """A control that belongs to regions: of some labels, or of all where none is named."""

    element: Element
    labels: tuple[str, ...]

    @property
    def name(self) -> str:
        return self.element.get("name", "")


@dataclass(slots=True)
class Configuration:
    """What a configuration says: labels, the fields of a task that are texts, controls of several choices."""

    labels: tuple[Label, ...] = ()
    texts: list[str] = field(default_factory=list)
    several: set[str] = field(default_factory=set)


def configuration_of(root: Element) -> Configuration:
    """Read a configuration."""
    controls = [c for c in _controls(root, ()) if c.name]
    named = [tag for holder in root.iter() if holder.tag.endswith("Labels") for tag in holder.iter("Label")]
    labels = {label.id: label for tag in reversed(named) if (label := _label(tag, controls))}
    return Configuration(
        tuple(reversed(labels.values())),
        [text.get("value", "").removeprefix("$") for text in root.iter("Text")],
        {c.name for c in controls if c.element.get("choice") == "multiple"},
    )


def _controls(element: Element, labels: tuple[str, ...]) -> Iterator[_Control]:
    when = element.get("whenLabelValue")
    labels = tuple(name.strip() for name in when.split(",")) if when else labels
    if element.get("perRegion") == "true":
        yield _Control(element, labels)
    for below in element:
        yield from _controls(below, labels)


def _label(tag: Element, controls: list[_Control]) -> Label | None:
    name = tag.get("alias") or tag.get("value") or ""
    own = [c for c in controls if not c.labels or name in c.labels]
    key, rule = tag.get("hotkey", ""), tag.get("hint", "")
    shown = {"title": tag.get("value") or name, "colour": colour_of(tag.get("background", "")), "rule": rule}
    attributes = {a["name"]: a for a in _attributes(name, own)}
    said = {**shown, "attributes": list(attributes.values())}
    if not name.strip():
        return None
    keyed = checked_label({**said, "key": key}, name) if len(key) == 1 else None
    return keyed or checked_label(said, name) or checked_label(shown, name)


def _attributes(label: str, controls: list[_Control]) -> Iterator[dict[str, Any]]:
    """Yield the attributes as a scheme's body has them; five controls of a figure are one."""
    names = {c.name.removeprefix(f"{label}.") for c in controls}
    figures = [
        stem for name in sorted(names) if (stem := name.removesuffix(".words")) != name
        and all(f"{stem}.{part}" in names for part in _FIGURE)
    ]  # fmt: skip
    parts = {f"{stem}.{part}" for stem in figures for part in _FIGURE}
    for control in controls:
        name = control.name.removeprefix(f"{label}.")
        attribute = _attribute(control.element, control.name != name)
        if name in parts:
            yield {"name": name.rpartition(".")[0], "kind": "figure"}
        elif attribute:
            yield {"name": name, **attribute, "required": control.element.get("required") == "true"}


def _attribute(control: Element, is_ours: bool) -> dict[str, Any] | None:
    """Say of what kind a control is; ours tell dates, people and flags by what they show."""
    hint = control.get("placeholder", "")
    if control.tag == "Choices":
        values = [c.get("alias") or c.get("value") or "" for c in control.iter("Choice")]
        values = [value for value in dict.fromkeys(values) if value]
        if is_ours and values == [YES, NO]:
            return {"kind": "flag"}
        kind = "choices" if control.get("choice") == "multiple" else "choice"
        return {"kind": kind, "values": values} if values else None
    if is_ours and hint.startswith(ENTITY_HINT):
        return {"kind": "entity", "entity": hint.removeprefix(ENTITY_HINT)}
    if is_ours and hint == DATE_HINT:
        return {"kind": "date"}
    return {"kind": _KINDS[control.tag]} if control.tag in _KINDS else None
