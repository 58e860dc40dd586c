"""Attribute values in typed features of UIMA, and back.

A figure has five features, a named thing two: its name and its id. The description of each feature says of
which attribute it is ("count (figure, low)"), so that a reader without the scheme can tell.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, get_args

from annotator.formats.cas.names import RESERVED, UimaNames
from annotator.formats.parts.cells import items_of, list_cell
from annotator.model.change import to_json
from annotator.model.scheme import Attribute, AttributeKind

STRING = "uima.cas.String"
STRINGS = "uima.cas.StringArray"
INTEGER = "uima.cas.Integer"
FLOAT = "uima.cas.Float"
BOOLEAN = "uima.cas.Boolean"

NOTE = "note"
FRAGMENTS = "fragments"

NameOf = Callable[[str], str]
"""Gives the name of an entity by its id."""

_PARTS: dict[str, dict[str, str]] = {
    "figure": {"words": STRING, "qualifier": STRING, "low": INTEGER, "best": INTEGER, "high": INTEGER},
    "entity": {"": STRING, "id": STRING},
    "choices": {"": STRINGS},
    "number": {"": FLOAT},
    "flag": {"": BOOLEAN},
}
_ONE_TEXT = {"": STRING}
_MAX_INTEGER = 2**31 - 1
_MAX_FLOAT = 3e38

_ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_DESCRIPTION = re.compile(r"(?s)(.+) \(([a-z]+)(?: of (.+?))?(?:, [a-z]+)?\)")


@dataclass(frozen=True, slots=True)
class Feature:
    """One feature of a type."""

    name: str
    range: str
    description: str = ""


class AttributeFeatures:
    """The features that hold the attributes of one label or link type.

    A value that its features can't give back unchanged is not written in them but handed back.
    """

    def __init__(self, attributes: Sequence[Attribute]) -> None:
        names = UimaNames((*RESERVED, NOTE, FRAGMENTS))
        self._held = [(a, tuple(_features(a, names))) for a in attributes]

    def __iter__(self) -> Iterator[Feature]:
        return (feature for _, features in self._held for feature in features)

    def fill(self, values: Mapping[str, Any], name_of: NameOf) -> tuple[dict[str, Any], dict[str, Any]]:
        """Return the features of an object's values, and the values that have no place in them."""
        filled: dict[str, Any] = {}
        rest = dict(values)
        for attribute, features in self._held:
            written = _written(attribute, rest.get(attribute.name), name_of)
            if written is not None:
                filled.update(zip((f.name for f in features), written, strict=True))
                del rest[attribute.name]
        return filled, rest

    def values(self, features: Mapping[str, Any]) -> dict[str, Any]:
        """Read the values back from features, of which those that were not set are None or missing."""
        values = {}
        for attribute, own in self._held:
            parts = [features.get(feature.name) for feature in own]
            if any(part is not None for part in parts):
                values[attribute.name] = _value(attribute, parts)
        return values


def described_attributes(described: Iterable[Feature]) -> tuple[Attribute, ...]:
    """Read from the descriptions of features which attributes they hold; none unless all fit together."""
    features = tuple(described)
    attributes: dict[str, Attribute] = {}
    for feature in features:
        match = _DESCRIPTION.fullmatch(feature.description)
        if match and match[2] in get_args(AttributeKind):
            attributes.setdefault(match[1], _attribute(match[1], match[2], match[3] or ""))
    there = {feature.name for feature in features}
    fits = there.issuperset(f.name for f in AttributeFeatures(tuple(attributes.values())))
    return tuple(attributes.values()) if fits else ()


def is_legal(text: str) -> bool:
    """Say whether XML holds a text as it is."""
    return not _ILLEGAL.search(text)


def legal(text: str) -> str:
    """Put U+FFFD in place of what XML doesn't hold."""
    return _ILLEGAL.sub("\ufffd", text)


def json_of(value: Any) -> str:
    """Write JSON that XML holds as it is."""
    return _ILLEGAL.sub(lambda match: f"\\u{ord(match[0]):04x}", to_json(value))


def _features(attribute: Attribute, names: UimaNames) -> Iterator[Feature]:
    of = list_cell(attribute.values) or attribute.entity
    kind = f"{attribute.kind} of {of}" if of else attribute.kind
    for part, range_ in _PARTS.get(attribute.kind, _ONE_TEXT).items():
        name = names.name(f"{attribute.name}_{part}" if part else attribute.name)
        said = f"{kind}, {part}" if part else kind
        yield Feature(name, range_, legal(f"{attribute.name} ({said})"))


def _attribute(name: str, kind: Any, of: str) -> Attribute:
    if kind in ("choice", "choices"):
        return Attribute(name, kind, values=tuple(items_of(of)))
    return Attribute(name, kind, entity=of)


def _written(attribute: Attribute, value: Any, name_of: NameOf) -> tuple[Any, ...] | None:
    """Write a value in its features, or None where reading them would not give it back."""
    parts = _parts(attribute, value, name_of)
    if not parts or not all(map(_is_held, parts)):
        return None
    return parts if to_json(_value(attribute, parts)) == to_json(value) else None


def _parts(attribute: Attribute, value: Any, name_of: NameOf) -> tuple[Any, ...]:
    match attribute.kind, value:
        case "figure", {**figure}:
            parts = tuple(figure.get(part) for part in _PARTS["figure"])
            return parts if all(map(_fits, parts, _PARTS["figure"].values())) else ()
        case "entity", str():
            return legal(name_of(value)) or None, value
        case "choices", [*items] if all(isinstance(item, str) for item in items):
            return (items,)
        case "flag", bool():
            return (value,)
        case "number", int() | float() if not isinstance(value, bool) and abs(value) < _MAX_FLOAT:
            return (float(value),)
        case "choice" | "text" | "date", str():
            return (value,)
    return ()


def _is_held(part: Any) -> bool:
    """Say whether XML gives a value back; items of lists are text in elements, where CR becomes LF."""
    if isinstance(part, list):
        return all(is_legal(item) and "\r" not in item for item in part)
    return not isinstance(part, str) or is_legal(part)


def _fits(part: Any, range_: str) -> bool:
    if range_ == STRING:
        return isinstance(part, str)
    return part is None or (type(part) is int and abs(part) <= _MAX_INTEGER)


def _value(attribute: Attribute, parts: Sequence[Any]) -> Any:
    match attribute.kind:
        case "figure":
            figure = dict(zip(_PARTS["figure"], parts, strict=True))
            unset = {"words": "", "qualifier": "not stated"}
            return {part: unset.get(part) if said is None else said for part, said in figure.items()}
        case "entity":
            name, own_id = parts
            return name if own_id is None else own_id
        case "number":
            number = parts[0]
            return int(number) if isinstance(number, float) and number.is_integer() else number
    return parts[0]
