"""Join two schemes: nothing that either has is lost; where they contradict one another, one stays."""

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from typing import TypeVar

from annotator.model.scheme import Attribute, EntityKind, Label, LinkType, Scheme
from annotator.services.naming import LEFT_OUT, Name

_GUIDELINE = {"rule": "rule", "good": "good example", "bad": "bad example"}
Holder = TypeVar("Holder", Label, LinkType, EntityKind)


@dataclass(frozen=True, slots=True)
class Joined:
    """What comes of two schemes; `scheme` is None when the one lacks nothing of the other.

    `added` and `differing` say in words what the scheme gets, and on what the two don't agree.
    """

    scheme: Scheme | None
    added: tuple[str, ...]
    differing: tuple[str, ...]


@dataclass(slots=True)
class _Notes:
    added: list[str] = field(default_factory=list)
    differing: list[str] = field(default_factory=list)


def joined(base: Scheme, other: Scheme) -> Joined:
    """Give a scheme what another has and it lacks."""
    notes = _Notes()
    both = replace(
        base,
        labels=tuple(_labels(base, other, notes)),
        links=tuple(_links(base, other, notes)),
        entities=tuple(_kinds(base, other, notes)),
        extra={**other.extra, **base.extra},
        head_extra={**other.head_extra, **base.head_extra},
    )
    said = tuple(notes.added), tuple(notes.differing)
    if both == base:
        return Joined(None, *said)
    version = max(base.version, other.version) + 1
    return Joined(Scheme.from_body(replace(both, version=version).to_body()), *said)


def led(
    scheme: Scheme,
    becomes: Mapping[Name, str],
    into: Scheme,
    used: Mapping[str, Set[str]] | None = None,
) -> Scheme:
    """Take away labels and links that become those of another scheme, or nothing.

    A label that one becomes gets its attributes, of those in `used` only what stands there, and links may
    then run from and to that one. A link whose every label goes is taken away too.
    """
    labels = {name.name: target for name, target in becomes.items() if name.kind == "label"}
    gone = {name.name for name in becomes if name.kind == "link"}
    kept = {label.id: label for label in scheme.labels if label.id not in labels}
    for label in scheme.labels:
        target = kept.get(labels.get(label.id, "")) or into.label(labels.get(label.id, ""))
        if target:
            wanted = (used or {}).get(label.id)
            asked = tuple(
                replace(attribute, required=False)
                for attribute in label.attributes
                if wanted is None or attribute.name in wanted
            )
            kept[target.id] = _with_attributes(target, replace(label, attributes=asked), _Notes())
    links = tuple(
        replace(link, sources=sources, targets=targets)
        for link in scheme.links
        for sources, targets in ((_led(link.sources, labels), _led(link.targets, labels)),)
        if bool(sources) == bool(link.sources) and bool(targets) == bool(link.targets)
    )
    return replace(
        scheme, labels=tuple(kept.values()), links=tuple(link for link in links if link.id not in gone)
    )


def _led(labels: Sequence[str], becomes: Mapping[str, str]) -> tuple[str, ...]:
    targets = (becomes.get(label, label) for label in labels)
    return tuple(dict.fromkeys(label for label in targets if label != LEFT_OUT))


def _labels(base: Scheme, other: Scheme, notes: _Notes) -> Iterator[Label]:
    for label in base.labels:
        twin = other.label(label.id)
        yield _filled(label, twin, notes) if twin else label
    keys = {label.key.upper() for label in base.labels}
    for label in other.labels:
        if base.label(label.id) is None:
            notes.added.append(f"the label “{label.title}”")
            yield replace(label, key="" if label.key.upper() in keys else label.key)
            keys.add(label.key.upper())


def _filled(label: Label, twin: Label, notes: _Notes) -> Label:
    """Give a label the attributes of its twin, and the guideline that it has none of."""
    told = {}
    for name, words in _GUIDELINE.items():
        mine, theirs = getattr(label, name), getattr(twin, name)
        if theirs and not mine:
            told[name] = theirs
            notes.added.append(f"the {words} of {label.title}")
        elif theirs and mine != theirs:
            notes.differing.append(f"the {words} of {label.title}")
    if label.title != twin.title:
        notes.differing.append(f"the title of {label.title} (also “{twin.title}”)")
    if label.helper != twin.helper:
        notes.differing.append(f"whether {label.title} is a helper label")
    extra = {**twin.extra, **label.extra}
    return replace(_with_attributes(label, twin, notes), extra=extra, **told)


def _links(base: Scheme, other: Scheme, notes: _Notes) -> Iterator[LinkType]:
    for link in base.links:
        twin = other.link(link.id)
        yield _widened_link(_with_attributes(link, twin, notes), twin, notes) if twin else link
    for link in other.links:
        if base.link(link.id) is None:
            notes.added.append(f"the link “{link.title}”")
            yield link


def _widened_link(link: LinkType, twin: LinkType, notes: _Notes) -> LinkType:
    """Let a link run wherever its twin may."""
    sources, targets = _either(link.sources, twin.sources), _either(link.targets, twin.targets)
    if (sources, targets) != (link.sources, link.targets):
        notes.added.append(f"more labels for the link “{link.title}”")
    if (link.same_label, link.symmetric) != (twin.same_label, twin.symmetric):
        notes.differing.append(f"what the link “{link.title}” may run between")
    return replace(link, sources=sources, targets=targets)


def _either(mine: tuple[str, ...], theirs: tuple[str, ...]) -> tuple[str, ...]:
    """Join label ids, none of which means any."""
    return tuple(dict.fromkeys((*mine, *theirs))) if mine and theirs else ()


def _kinds(base: Scheme, other: Scheme, notes: _Notes) -> Iterator[EntityKind]:
    for kind in base.entities:
        twin = other.entity_kind(kind.id)
        yield _with_attributes(kind, twin, notes) if twin else kind
    for kind in other.entities:
        if base.entity_kind(kind.id) is None:
            notes.added.append(f"the kind “{kind.title}”")
            yield kind


def _with_attributes(holder: Holder, twin: Holder, notes: _Notes) -> Holder:
    """Add the attributes and the values that only the twin has."""
    theirs = {attribute.name: attribute for attribute in twin.attributes}
    kept: list[Attribute] = [
        _widened(a, theirs[a.name], holder.title, notes) if a.name in theirs else a for a in holder.attributes
    ]
    known = {attribute.name for attribute in holder.attributes}
    new: list[Attribute] = [a for a in twin.attributes if a.name not in known]
    notes.added += [f"the attribute “{attribute.name}” of {holder.title}" for attribute in new]
    return replace(holder, attributes=(*kept, *new))


def _widened(mine: Attribute, theirs: Attribute, of: str, notes: _Notes) -> Attribute:
    """Add the values of a choice that only the other has."""
    if (mine.kind, mine.entity) != (theirs.kind, theirs.entity):
        notes.differing.append(f"the kind of “{mine.name}” of {of} ({mine.kind} or {theirs.kind})")
        return mine
    if mine.required != theirs.required:
        notes.differing.append(f"whether “{mine.name}” of {of} is required")
    more = [value for value in theirs.values if value not in mine.values]
    notes.added += [f"the value “{value}” of “{mine.name}” of {of}" for value in more]
    return replace(mine, values=(*mine.values, *more))
