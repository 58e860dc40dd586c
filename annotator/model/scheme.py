"""The annotation scheme: which labels, attributes, links and entities a project has."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Literal, get_args

AttributeKind = Literal["choice", "choices", "text", "number", "flag", "date", "figure", "entity"]
ATTRIBUTE_KINDS: tuple[AttributeKind, ...] = get_args(AttributeKind)

_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")
_ID = re.compile(r"[^\W_][\w-]{0,63}")
# Keys the window itself answers to while an article has the focus.
RESERVED_KEYS = frozenset("0L?[]")


class SchemeError(ValueError):
    """A scheme that can't be used; the message is one sentence for the user."""


@dataclass(frozen=True, slots=True)
class Attribute:
    """One thing that can be said of a span, an entity or a link."""

    name: str
    kind: AttributeKind
    values: tuple[str, ...] = ()
    entity: str = ""
    required: bool = False
    default: Any = None
    extra: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Label:
    """What a span can be, with its guideline and its attributes. Helper labels are drawn thinner."""

    id: str
    title: str
    key: str = ""
    colour: str = "#6b7484"
    helper: bool = False
    rule: str = ""
    good: str = ""
    bad: str = ""
    attributes: tuple[Attribute, ...] = ()
    extra: Mapping[str, Any] = field(default_factory=dict)

    def attribute(self, name: str) -> Attribute | None:
        return next((a for a in self.attributes if a.name == name), None)


@dataclass(frozen=True, slots=True)
class LinkType:
    """A relation between two annotations; `sources` and `targets` are label ids, empty means any."""

    id: str
    sources: tuple[str, ...] = ()
    targets: tuple[str, ...] = ()
    same_label: bool = False
    symmetric: bool = False
    attributes: tuple[Attribute, ...] = ()
    extra: Mapping[str, Any] = field(default_factory=dict)

    @property
    def title(self) -> str:
        return self.id.replace("-", " ")

    def allows(self, source: str, target: str) -> bool:
        """Say whether the link may run from one label to another."""
        return (
            (not self.sources or source in self.sources)
            and (not self.targets or target in self.targets)
            and (not self.same_label or source == target)
        )


@dataclass(frozen=True, slots=True)
class EntityKind:
    """A kind of named thing that annotations refer to, such as actors and incidents."""

    id: str
    title: str
    attributes: tuple[Attribute, ...] = ()
    extra: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Scheme:
    """A versioned scheme. Build one with `from_body`, which checks it."""

    id: str
    version: int
    title: str
    labels: tuple[Label, ...] = ()
    links: tuple[LinkType, ...] = ()
    entities: tuple[EntityKind, ...] = ()
    extra: Mapping[str, Any] = field(default_factory=dict)
    head_extra: Mapping[str, Any] = field(default_factory=dict)

    @property
    def stamp(self) -> str:
        """Name scheme and version as annotations record it."""
        return f"{self.id}@{self.version}"

    @cached_property
    def _labels(self) -> dict[str, Label]:
        return {label.id: label for label in self.labels}

    def label(self, label_id: str) -> Label | None:
        return self._labels.get(label_id)

    def label_by_key(self, key: str) -> Label | None:
        return next((label for label in self.labels if label.key and label.key.upper() == key.upper()), None)

    def link(self, link_id: str) -> LinkType | None:
        return next((link for link in self.links if link.id == link_id), None)

    def entity_kind(self, kind_id: str) -> EntityKind | None:
        return next((kind for kind in self.entities if kind.id == kind_id), None)

    def links_between(self, source: str, target: str) -> tuple[LinkType, ...]:
        """List the link types that may run from one label to another, in the scheme's order."""
        return tuple(link for link in self.links if link.allows(source, target))

    def are_alike(self, label: str, other: str) -> bool:
        """Say whether two labels are of one family, so that annotators may confuse them.

        Labels that are alike mark statements, or parts of them (helper labels); a label that the scheme
        lacks is only like itself.
        """
        one, another = self.label(label), self.label(other)
        if one is None or another is None:
            return label == other
        return one.helper == another.helper

    def to_body(self) -> dict[str, Any]:
        return {
            **self.extra,
            "scheme": {**self.head_extra, "id": self.id, "version": self.version, "title": self.title},
            "entity": [_entity_body(kind) for kind in self.entities],
            "label": [_label_body(label) for label in self.labels],
            "link": [_link_body(link) for link in self.links],
        }

    @classmethod
    def from_body(cls, body: Mapping[str, Any]) -> "Scheme":
        """Read and check a scheme, shaped as its TOML file; raise SchemeError with one sentence."""
        head = _table(body.get("scheme"), "the table [scheme]")
        scheme = cls(
            id=_identifier(head, "the table [scheme]"),
            version=_typed(head, "version", int, 1, "the table [scheme]"),
            title=_typed(head, "title", str, "", "the table [scheme]") or head["id"],
            labels=tuple(_read_label(row) for row in _rows(body, "label")),
            links=tuple(_read_link(row) for row in _rows(body, "link")),
            entities=tuple(_read_entity(row) for row in _rows(body, "entity")),
            extra=_extra(body, "scheme", "label", "link", "entity"),
            head_extra=_extra(head, "id", "version", "title"),
        )
        _check(scheme)
        return scheme


def _read_label(row: Mapping[str, Any]) -> Label:
    name = _identifier(row, "a label")
    where = f"the label “{name}”"
    label = Label(
        id=name,
        title=_typed(row, "title", str, "", where) or name,
        key=_typed(row, "key", str, "", where),
        colour=_typed(row, "colour", str, "#6b7484", where),
        helper=_typed(row, "helper", bool, False, where),
        rule=_typed(row, "rule", str, "", where),
        good=_typed(row, "good", str, "", where),
        bad=_typed(row, "bad", str, "", where),
        attributes=_read_attributes(row, where),
        extra=_extra(row, "id", "title", "key", "colour", "helper", "rule", "good", "bad", "attributes"),
    )
    if not _COLOUR.fullmatch(label.colour):
        raise SchemeError(f"{where} has the colour “{label.colour}”; write it as #rrggbb")
    if len(label.key) > 1 or label.key.upper() in RESERVED_KEYS or label.key.isspace():
        raise SchemeError(f"{where} has the key “{label.key}”; choose one digit from 1 to 9 or a free letter")
    return label


def _read_link(row: Mapping[str, Any]) -> LinkType:
    name = _identifier(row, "a link")
    where = f"the link “{name}”"
    return LinkType(
        id=name,
        sources=_strings(row, "from", where),
        targets=_strings(row, "to", where),
        same_label=_typed(row, "same_label", bool, False, where),
        symmetric=_typed(row, "symmetric", bool, False, where),
        attributes=_read_attributes(row, where),
        extra=_extra(row, "id", "from", "to", "same_label", "symmetric", "attributes"),
    )


def _read_entity(row: Mapping[str, Any]) -> EntityKind:
    name = _typed(row, "kind", str, "", "an entity")
    if not _ID.fullmatch(name):
        raise SchemeError(f"an entity has the kind “{name}”; use letters, digits and hyphens")
    return EntityKind(
        id=name,
        title=_typed(row, "title", str, "", f"the entity “{name}”") or name,
        attributes=_read_attributes(row, f"the entity “{name}”"),
        extra=_extra(row, "kind", "title", "attributes"),
    )


def _read_attributes(row: Mapping[str, Any], where: str) -> tuple[Attribute, ...]:
    attributes = tuple(_read_attribute(item, where) for item in _rows(row, "attributes"))
    _no_twins((a.name for a in attributes), f"{where} has the attribute")
    return attributes


def _read_attribute(row: Mapping[str, Any], where: str) -> Attribute:
    name = _typed(row, "name", str, "", where)
    if not name.strip():
        raise SchemeError(f"{where} has an attribute without a name; give it one")
    here = f"the attribute “{name}” of {where}"
    kind = row.get("kind")
    if kind not in ATTRIBUTE_KINDS:
        raise SchemeError(f"{here} has the unknown kind “{kind}”; use one of {', '.join(ATTRIBUTE_KINDS)}")
    attribute = Attribute(
        name=name,
        kind=kind,
        values=_strings(row, "values", here),
        entity=_typed(row, "entity", str, "", here),
        required=_typed(row, "required", bool, False, here),
        default=row.get("default"),
        extra=_extra(row, "name", "kind", "values", "entity", "required", "default"),
    )
    if kind in ("choice", "choices") and not attribute.values:
        raise SchemeError(f"{here} offers nothing to choose; list its values")
    _no_twins(attribute.values, f"{here} has the value")
    if kind == "choice" and attribute.default is not None and attribute.default not in attribute.values:
        raise SchemeError(f"{here} has the default “{attribute.default}”, which is not one of its values")
    return attribute


def _check(scheme: Scheme) -> None:
    if not scheme.labels:
        raise SchemeError("the scheme has no labels; add at least one [[label]]")
    _no_twins((label.id for label in scheme.labels), "the scheme has the label")
    _no_twins((link.id for link in scheme.links), "the scheme has the link")
    _no_twins((kind.id for kind in scheme.entities), "the scheme has the entity kind")
    _no_clashing_keys(scheme.labels)
    known = {label.id for label in scheme.labels}
    for link in scheme.links:
        for unknown in (*link.sources, *link.targets):
            if unknown not in known:
                raise SchemeError(f"the link “{link.id}” names the label “{unknown}”, which the scheme lacks")
    kinds = {kind.id for kind in scheme.entities}
    holders: list[Label | LinkType | EntityKind] = [*scheme.labels, *scheme.links, *scheme.entities]
    for attribute in (a for holder in holders for a in holder.attributes):
        if attribute.kind == "entity" and attribute.entity not in kinds:
            raise SchemeError(
                f"the attribute “{attribute.name}” refers to the entity kind “{attribute.entity}”,"
                " which the scheme lacks"
            )


def _no_clashing_keys(labels: tuple[Label, ...]) -> None:
    held: dict[str, str] = {}
    for label in labels:
        key = label.key.upper()
        if key and key in held:
            raise SchemeError(
                f"the labels “{held[key]}” and “{label.id}” share the key “{label.key}”; give one another key"
            )
        held[key] = label.id


def _no_twins(names: Iterable[str], what: str) -> None:
    seen: set[str] = set()
    for name in names:
        if name in seen:
            raise SchemeError(f"{what} “{name}” twice; rename or remove one")
        seen.add(name)


def _table(value: Any, what: str) -> Mapping[str, Any]:
    if not isinstance(value, Mapping):
        raise SchemeError(f"{what} is missing; a scheme file begins with it")
    return value


def _rows(body: Mapping[str, Any], name: str) -> list[Mapping[str, Any]]:
    rows = body.get(name, [])
    if not isinstance(rows, list) or not all(isinstance(row, Mapping) for row in rows):
        raise SchemeError(f"“{name}” must be a list of tables")
    return rows


def _strings(row: Mapping[str, Any], name: str, where: str) -> tuple[str, ...]:
    values = row.get(name, [])
    if not isinstance(values, list) or not all(isinstance(value, str) and value for value in values):
        raise SchemeError(f"“{name}” of {where} must be a list of words")
    return tuple(values)


def _typed(row: Mapping[str, Any], name: str, kind: type, default: Any, where: str) -> Any:
    value = row.get(name, default)
    if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
        raise SchemeError(f"“{name}” of {where} must be {_KINDS[kind]}, not “{value}”")
    return value


_KINDS = {str: "text", int: "a whole number", bool: "true or false"}


def _identifier(row: Mapping[str, Any], where: str) -> str:
    value = row.get("id", "")
    if not isinstance(value, str) or not _ID.fullmatch(value):
        raise SchemeError(f"{where} has the id “{value}”; use letters, digits and hyphens")
    return value


def _extra(row: Mapping[str, Any], *known: str) -> dict[str, Any]:
    return {key: value for key, value in row.items() if key not in known}


def _kept(**pairs: Any) -> dict[str, Any]:
    """Leave out what says nothing: empty words and lists, false, None."""
    return {
        key: list(value) if isinstance(value, tuple) else value
        for key, value in pairs.items()
        if value not in ("", (), [], None) and value is not False
    }


def _attribute_body(a: Attribute) -> dict[str, Any]:
    body = _kept(name=a.name, kind=a.kind, values=a.values, entity=a.entity, required=a.required)
    return {**a.extra, **body, **({} if a.default is None else {"default": a.default})}


def _attributes_body(attributes: tuple[Attribute, ...]) -> list[dict[str, Any]]:
    return [_attribute_body(a) for a in attributes]


def _label_body(label: Label) -> dict[str, Any]:
    return {
        **label.extra,
        **_kept(
            id=label.id,
            title=label.title,
            key=label.key,
            helper=label.helper,
            colour=label.colour,
            rule=label.rule,
            good=label.good,
            bad=label.bad,
            attributes=_attributes_body(label.attributes),
        ),
    }


def _link_body(link: LinkType) -> dict[str, Any]:
    body = _kept(
        id=link.id,
        same_label=link.same_label,
        symmetric=link.symmetric,
        attributes=_attributes_body(link.attributes),
    )
    return {**link.extra, **body, "from": list(link.sources), "to": list(link.targets)}


def _entity_body(kind: EntityKind) -> dict[str, Any]:
    body = _kept(kind=kind.id, title=kind.title, attributes=_attributes_body(kind.attributes))
    return {**kind.extra, **body}
