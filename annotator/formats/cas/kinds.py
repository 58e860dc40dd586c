"""What the types of a stranger's CAS stand for: labels, links, or nothing that is read."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from cassis.typesystem import Feature as UimaFeature
from cassis.typesystem import Type, TypeSystem

from annotator.formats.cas.declaring import BASE, declare, original, unspelled
from annotator.formats.cas.names import spelled
from annotator.formats.cas.types import ANNOTATION, DOCUMENT, METADATA, PACKAGE, SOURCE, TARGET
from annotator.formats.cas.values import (
    BOOLEAN,
    FLOAT,
    FRAGMENTS,
    INTEGER,
    NOTE,
    STRING,
    AttributeFeatures,
    Feature,
    described_attributes,
)
from annotator.model.scheme import Attribute, AttributeKind, EntityKind, Label, Scheme, SchemeError

MAX_NAMES = 5_000
"""Most types and features that one file may use; a large type system has some hundred."""

_SEGMENTS = ("Token", "Sentence")
_OF_INCEPTION = (PACKAGE, f"webanno.{PACKAGE}")
_OF_DOCUMENTS = (
    "de.tudarmstadt.ukp.clarin.webanno.api.type.",
    "de.tudarmstadt.ukp.dkpro.core.api.metadata.type.",
    "org.dkpro.core.api.pdf.type.",
    "org.dkpro.core.api.xml.type.",
)
"""Packages of types that describe a document and say nothing of what is in it."""

_GENERIC = ("Annotation", "NamedEntity", "Relation", "Span")
_NAMING = ("label", "value")
"""Features that name each annotation of a generic type."""

_FIXED = ("sofa", "begin", "end", SOURCE, TARGET)
_NUMBERS = (INTEGER, FLOAT, *(f"uima.cas.{name}" for name in ("Byte", "Short", "Long", "Double")))
_KINDS: dict[str, AttributeKind] = {STRING: "text", BOOLEAN: "flag", **dict.fromkeys(_NUMBERS, "number")}


@dataclass(frozen=True, slots=True)
class Kind:
    """What the annotations of one type are.

    `named_by` is the feature that says the label or type of link of each, where it isn't `name` for all.
    `plain` maps further features with values to the names of attributes; `references` lead to others.
    """

    role: Literal["span", "link", "none"]
    name: str
    named_by: str
    attributes: AttributeFeatures
    plain: tuple[tuple[str, str], ...] = ()
    references: tuple[str, ...] = ()
    declared: tuple[Attribute, ...] = ()
    """What the type system tells of the attributes."""
    is_ours: bool = False
    """Spans of it may have a note and further fragments."""


@dataclass(frozen=True, slots=True)
class Shape:
    """What structures of a type need: a text, a place in it, and others that its features refer to."""

    has_text: bool
    has_place: bool
    references: frozenset[str]


_NOTHING = Kind("none", "", "", AttributeFeatures(()))


class Kinds:
    """The kinds of one type system, each found out when it is met."""

    def __init__(self, types: TypeSystem, scheme: Scheme) -> None:
        self.types = types
        self._scheme = scheme
        self._kinds: dict[str, Kind] = {}
        self._shapes: dict[str, Shape] = {}
        self._guessed: dict[str, Label] = {}

    @property
    def guessed(self) -> tuple[Label, ...]:
        """The labels that were met, as the type system tells of them."""
        return tuple(self._guessed.values())

    def of(self, type_: Type) -> Kind:
        if type_.name not in self._kinds:
            self._kinds[type_.name] = self._found(type_)
        return self._kinds[type_.name]

    def declare(self, used: Mapping[str, Mapping[str, str]]) -> None:
        """Add to the type system the types and features that a file uses and it lacks."""
        if sum(1 + len(features) for features in used.values()) > MAX_NAMES:
            raise ValueError(f"it has more than {MAX_NAMES:,} types and features")
        new = [name for name, features in used.items() if declare(self.types, name, features)]
        if new:
            self._kinds.clear()
            self._shapes.clear()

    def shape(self, name: str) -> Shape:
        if name not in self._shapes:
            is_of = self.types.is_instance_of
            features = () if self.types.is_primitive_array(name) else self.types.get_type(name).all_features
            references = {unspelled(f.name) for f in features if f.name != "sofa" and not self._is_plain(f)}
            self._shapes[name] = Shape(is_of(name, BASE), is_of(name, ANNOTATION), frozenset(references))
        return self._shapes[name]

    def is_document(self, type_: Type) -> bool:
        """Say whether a type tells the title or the language of a document."""
        return bool(type_.name == METADATA or self.types.is_instance_of(type_, DOCUMENT))

    def meet(self, label: str, kind: Kind) -> None:
        """Note a label; the first type that it was met with tells of its attributes."""
        if label not in self._guessed:
            self._guessed[label] = Label(label, label, attributes=kind.declared)

    def _found(self, type_: Type) -> Kind:
        if not self.types.is_instance_of(type_, ANNOTATION) or self._describes_document(type_):
            return _NOTHING
        features = {f.name: f for f in type_.all_features if f.name not in _FIXED}
        is_link = all(type_.get_feature(end) for end in (SOURCE, TARGET))
        holders = {h.id: h.attributes for h in (self._scheme.links if is_link else self._scheme.labels)}
        name = _own_id(type_, holders)
        described = _sound(described_attributes(map(_described, features.values())))
        attributes = described or holders.get(name, ())
        return self._kind("link" if is_link else "span", name, attributes, features)

    def _kind(
        self,
        role: Literal["span", "link"],
        name: str,
        attributes: tuple[Attribute, ...],
        features: Mapping[str, UimaFeature],
    ) -> Kind:
        is_ours = role == "span" and self._has_fragments(features)
        held = AttributeFeatures(attributes)
        claimed = {feature.name for feature in held} | ({NOTE, FRAGMENTS} if is_ours else set())
        rest = {n: f for n, f in features.items() if n not in claimed}
        naming = (n for n in _NAMING if name in _GENERIC and n in rest and _range(rest[n]) == STRING)
        named_by = next(naming, "")
        plain = [n for n, f in rest.items() if n != named_by and self._is_plain(f)]
        guessed = [
            Attribute(original(n), _KINDS[_range(rest[n])]) for n in plain if _range(rest[n]) in _KINDS
        ]
        return Kind(
            role,
            name,
            named_by,
            held,
            tuple((n, original(n)) for n in plain),
            tuple(n for n, f in rest.items() if not self._is_plain(f)),
            (*attributes, *guessed),
            is_ours,
        )

    def _has_fragments(self, features: Mapping[str, UimaFeature]) -> bool:
        link = features[FRAGMENTS].elementType if FRAGMENTS in features else None
        # What cassis holds there, after loading, has the name only.
        return bool(link and self.types.get_type(link.name).get_feature("target"))

    def _describes_document(self, type_: Type) -> bool:
        is_known = is_segment(type_.name) or type_.name.startswith(_OF_DOCUMENTS)
        return is_known or self.is_document(type_)

    def _is_plain(self, feature: UimaFeature) -> bool:
        range_ = feature.rangeType
        return bool(self.types.is_primitive(range_) or self.types.is_primitive_collection(range_))


def is_segment(name: str) -> bool:
    """Say whether a type is of tokens or sentences, and no layer of that name."""
    package, _, short = name.rpartition(".")
    return short in _SEGMENTS and package not in _OF_INCEPTION


def _own_id(type_: Type, ids: Iterable[str]) -> str:
    """Return the id that a type's description begins with, that is spelled as the type, or its own name."""
    said, short = _words(type_.description).partition(":")[0], type_.short_name
    if said and re.fullmatch(re.escape(spelled(said)) + r"(_\d*)?", short):
        return said
    return next((own_id for own_id in ids if spelled(own_id) == short), short)


def _words(description: Any) -> str:
    return description if isinstance(description, str) else ""


def _described(feature: UimaFeature) -> Feature:
    return Feature(feature.name, _range(feature), _words(feature.description))


def _range(feature: UimaFeature) -> str:
    return str(feature.rangeType.name)


def _sound(attributes: tuple[Attribute, ...]) -> tuple[Attribute, ...]:
    """Return attributes as a scheme can have them; none of a type system that makes no sense."""
    kinds = {a.entity for a in attributes if a.kind == "entity"}
    label = Label("trial", "trial", attributes=attributes)
    trial = Scheme("trial", 1, "", (label,), entities=tuple(EntityKind(kind, kind) for kind in kinds))
    try:
        Scheme.from_body(trial.to_body())
    except SchemeError:
        return ()
    return attributes
