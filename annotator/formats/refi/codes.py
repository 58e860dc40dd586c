"""Codes of REFI-QDA and the labels they stand for, for projects and codebooks.

A label is a code. An attribute with choices is a code below it that can't be used, with a code for each
value. The rest of a label stands as JSON at the end of its code's description.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from uuid import UUID, uuid5
from xml.etree.ElementTree import Element

from annotator.formats.parts.descriptions import described, parted
from annotator.formats.parts.foreign_labels import checked_label, colour_of
from annotator.formats.parts.xml_writing import child, comes_back, legal
from annotator.model.scheme import Attribute, Label, Scheme

_NAMESPACE = UUID("6a0d3c1e-5b52-5e0c-9a43-0c2f7e6d1b88")
_YES_NO = {True: "yes", False: "no"}
_GOOD, _BAD = "Good example: ", "Bad example: "

ORIGIN = "Annotator"
"""The program that a file of ours names as its origin."""

SEPARATOR = " / "
"""Stands between the names of a code and of those it lies in."""


@lru_cache(4096)
def guid(*parts: str) -> str:
    """Derive a GUID, always the same for the same thing."""
    return str(uuid5(_NAMESPACE, "\n".join(parts).encode("utf-8", "backslashreplace").decode()))


def plain_guid(value: str | None) -> str:
    """Bring a GUID to one spelling: programs differ in case and braces."""
    return (value or "").strip().strip("{}").lower()


def is_coded(attribute: Attribute) -> bool:
    """Say whether the values of an attribute are codes."""
    return bool(_values(attribute))


def code_guid(label: str) -> str:
    return guid("code", label)


def value_guids(label: Label, values: Mapping[str, Any]) -> tuple[list[str], dict[str, Any]]:
    """Return the codes of an annotation's values, and the values that have none."""
    codes: list[str] = []
    rest = dict(values)
    for attribute in label.attributes:
        names = _coded(attribute, rest[attribute.name]) if attribute.name in rest else None
        if names:
            codes += [guid("code", label.id, attribute.name, name) for name in names]
            del rest[attribute.name]
    return codes, rest


def write_codes(parent: Element, labels: Iterable[Label]) -> None:
    """Add a code for each label."""
    codes = child(parent, "Codes")
    for label in labels:
        name = legal(label.title or label.id)
        code = _code(codes, code_guid(label.id), name, {"color": label.colour})
        description = _description(label, name)
        if description:
            child(code, "Description", text=description)
        for attribute in label.attributes:
            _write_values(code, label, attribute)


def _code(parent: Element, own: str, name: str, more: Mapping[str, str], codable: str = "true") -> Element:
    return child(parent, "Code", {"guid": own, "name": name, "isCodable": codable, **more})


def _write_values(parent: Element, label: Label, attribute: Attribute) -> None:
    values = [value for value in _values(attribute) if _is_name(value)]
    if values and _is_name(attribute.name):
        group = _code(parent, guid("code", label.id, attribute.name), attribute.name, {}, "false")
        for value in values:
            _code(group, guid("code", label.id, attribute.name, value), value, {})


def _values(attribute: Attribute) -> tuple[str, ...]:
    """List what a value can be; nothing for an attribute without choices."""
    if attribute.kind == "flag":
        return tuple(_YES_NO.values())
    return attribute.values if attribute.kind in ("choice", "choices") else ()


def _coded(attribute: Attribute, value: Any) -> list[str] | None:
    """Name the codes of a value; None where they would not give it back."""
    match attribute.kind, value:
        case "flag", bool():
            names = [_YES_NO[value]]
        case "choice", str():
            names = [value]
        case "choices", [*items] if all(isinstance(item, str) for item in items):
            names = items
        case _:
            return None
    known = _is_name(attribute.name) and all(n in _values(attribute) and _is_name(n) for n in names)
    return names if known and len(set(names)) == len(names) else None


def _is_name(words: str) -> bool:
    return comes_back(words) and bool(words.strip())


def _description(label: Label, name: str) -> str:
    parts = (label.rule, _led(_GOOD, label.good), _led(_BAD, label.bad))
    words = "\n\n".join(part for part in parts if part)
    body = Scheme("", 1, "", labels=(label,)).to_body()["label"][0]
    shown = {"id": name, "title": name, "colour": label.colour}
    if _guideline(words) == {"rule": label.rule, "good": label.good, "bad": label.bad}:
        shown |= {"rule": label.rule, "good": label.good, "bad": label.bad}
    return described(words, {key: value for key, value in body.items() if shown.get(key) != value})


def _led(lead: str, words: str) -> str:
    return lead + words if words else ""


def _guideline(words: str) -> dict[str, str]:
    """Part the words of a code into rule and examples."""
    before, _, bad = f"\n\n{words}".partition(f"\n\n{_BAD}")
    rule, _, good = before.partition(f"\n\n{_GOOD}")
    return {"rule": rule.removeprefix("\n\n"), "good": good, "bad": bad}


@dataclass(frozen=True, slots=True)
class Code:
    """What a code stands for: a label, or one value of an attribute of it."""

    label: str
    attribute: Attribute | None = None
    value: str = ""

    def put(self, values: dict[str, Any]) -> None:
        """Add the value to those of an annotation."""
        if self.attribute is None:
            return
        if self.attribute.kind == "choices":
            values.setdefault(self.attribute.name, []).append(self.value)
        else:
            flag = self.attribute.kind == "flag"
            values[self.attribute.name] = self.value == _YES_NO[True] if flag else self.value


class Codes:
    """The codes of a file by GUID, and the labels that can be used."""

    def __init__(self, codes: Element | None, scheme: Scheme) -> None:
        self._scheme = scheme
        self._codes: dict[str, Code] = {}
        self._labels: dict[str, Label] = {}
        for element in () if codes is None else codes.findall("Code"):
            self._take(element, ())

    @property
    def labels(self) -> tuple[Label, ...]:
        return tuple(self._labels.values())

    def get(self, target: str | None) -> Code | None:
        return self._codes.get(plain_guid(target))

    def _take(self, element: Element, path: tuple[str, ...]) -> None:
        path = (*path, _name(element))
        label = _label(element, SEPARATOR.join(path))
        self._codes[plain_guid(element.get("guid"))] = Code(label.id)
        if _is_codable(element):
            self._labels.setdefault(label.id, label)
        attributes = {a.name: a for a in label.attributes or self._known(label)}
        for below in element.findall("Code"):
            attribute = attributes.get(_name(below))
            if attribute and not _is_codable(below):
                self._take_values(below, label.id, attribute)
            else:
                self._take(below, path)

    def _take_values(self, group: Element, label: str, attribute: Attribute) -> None:
        for element in group.findall("Code"):
            self._codes[plain_guid(element.get("guid"))] = Code(label, attribute, _name(element))

    def _known(self, label: Label) -> tuple[Attribute, ...]:
        """Return the attributes that the project's scheme has for a label of that name."""
        same = (known for known in self._scheme.labels if label.title in (known.id, known.title))
        return next((known.attributes for known in same), ())


def _name(element: Element) -> str:
    return element.get("name", "") if element.get("name", "").strip() else "(no name)"


def _is_codable(element: Element) -> bool:
    return element.get("isCodable", "true").strip().lower() not in ("false", "0")


def _label(element: Element, name: str) -> Label:
    words, kept = parted(element.findtext("Description") or "")
    kept_id = kept.pop("id", "")
    label_id = kept_id if isinstance(kept_id, str) and kept_id.strip() else name
    shown = {"title": name, "colour": colour_of(element.get("color", "")), **_guideline(words)}
    return (
        checked_label({**shown, **kept}, label_id) or checked_label(shown, label_id) or Label(label_id, name)
    )
