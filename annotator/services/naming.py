"""Names in a file that the scheme lacks: each becomes one of the scheme's own, a new one, or nothing."""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from hashlib import sha256
from pathlib import Path
from typing import Any, Literal

from annotator.model.scheme import Attribute, AttributeKind, Label, LinkType, Scheme
from annotator.model.values import is_empty
from annotator.services.errors import Refused
from annotator.services.growing import Growth, folded_name
from annotator.services.sorts import KINDS, Incoming, Sort, Values
from annotator.store.home import Home, write_whole

NameKind = Literal["label", "attribute", "link"]

LEFT_OUT = ""
"""What a name becomes that is not wanted."""

MAX_CHOICES = 50
"""Values of a new list of choices; more of them are words at will."""


@dataclass(frozen=True, slots=True, order=True)
class Name:
    """A name as a file has it; `label` is the label in the scheme whose attribute it is."""

    kind: NameKind
    name: str
    label: str = ""


Choices = Mapping[Name, str | None]
"""What names become: ids in the scheme (of an attribute, its name), LEFT_OUT, or None for adding them.

One that is not here becomes what is spelled alike, else it is added.
"""


@dataclass(frozen=True, slots=True)
class Unknown:
    """A name that the scheme lacked, how often it came, and what it becomes; None when it is added.

    `proposed` is what it becomes unless something else is chosen.
    """

    name: Name
    count: int
    becomes: str | None
    proposed: str | None = None


@dataclass(slots=True)
class _Seen:
    """The values of an attribute that no label has yet."""

    label: Label
    name: str
    declared: Attribute | None
    tallies: list[tuple[Path, Values]] = field(default_factory=list)

    def each(self) -> list[tuple[Incoming, Any, Path, int]]:
        """List the values in order, with the first span that has each, its file, and how often it came."""
        found = [(span, value, file, n) for file, values in self.tallies for value, n, span in values.each()]
        return sorted(found, key=lambda one: one[0].number)

    def kind(self) -> AttributeKind | None:
        """Return the narrowest kind that all values fit."""
        fitting = frozenset.intersection(*(values.kinds() for _, values in self.tallies))
        return next((kind for kind in KINDS if kind in fitting), None)


class Naming:
    """Leads the names of files to those of the scheme that is growing."""

    def __init__(self, growth: Growth, choices: Choices) -> None:
        self._growth, self._choices = growth, choices
        self._counts: dict[Name, int] = {}
        self._becomes: dict[Name, str | None] = {}
        self._proposed: dict[Name, str | None] = {}
        self._seen: dict[tuple[str, str], _Seen] = {}
        self._known: dict[str, frozenset[str]] = {}

    def label(self, name: str, times: int) -> Label | None:
        """Return the label of annotations; None when they are left out, or it can be none."""
        key = Name("label", name)
        if key not in self._becomes and self._growth.has_label(name):
            return self._growth.label(name)
        becomes = self._settled(key, times, lambda: self._growth.label_like(folded_name(name)))
        return None if becomes == LEFT_OUT else self._growth.label(name if becomes is None else becomes)

    def link(self, name: str, times: int) -> LinkType | None:
        """Return the type of links; None when they are left out, or it can be none."""
        key = Name("link", name)
        if key not in self._becomes and self._growth.has_link(name):
            return self._growth.link(name)
        becomes = self._settled(key, times, lambda: self._growth.link_like(folded_name(name)))
        return None if becomes == LEFT_OUT else self._growth.link(name if becomes is None else becomes)

    def is_left_out(self, kind: NameKind, name: str) -> bool:
        """Say whether a label or a link was chosen to be left out."""
        return self._becomes.get(Name(kind, name), None) == LEFT_OUT

    def renamed(self, label: Label, sort: Sort, file: Path) -> dict[str, str]:
        """Map those attributes of a sort that change their names, or are left out, to what they become."""
        known = self._known.get(label.id)
        if known is None:
            known = self._known[label.id] = frozenset(a.name for a in label.attributes)
        found = {n: self._attribute(label, sort, n, file) for n in sort.names if n not in known}
        return {name: new for name, new in found.items() if new != name}

    def grow(self, is_entity: Mapping[str, str]) -> Iterator[tuple[Path, int | None, str]]:
        """Add the attributes that were met; yield file, line and why where one could not be.

        `is_entity` maps the ids of all named things to their kinds.
        """
        for seen in self._seen.values():
            kind = seen.declared or _guessed(seen, is_entity)
            # Work that was done before can't have what is only now asked for.
            if kind is None or not self._growth.attribute(seen.label.id, replace(kind, required=False)):
                key = Name("attribute", seen.name, seen.label.id)
                self._becomes.pop(key)
                span, value, file, _ = seen.each()[0]
                yield span.file or file, span.line, _misfits(seen, value, self._counts[key])

    def unknown(self) -> tuple[Unknown, ...]:
        """List what the scheme lacked: labels, then their attributes, then links."""
        order = {"label": 0, "attribute": 1, "link": 2}
        names = sorted(self._becomes, key=lambda n: (order[n.kind], n.label, n.name))
        return tuple(
            Unknown(name, self._counts[name], self._becomes[name], self._proposed[name]) for name in names
        )

    def _attribute(self, label: Label, sort: Sort, name: str, file: Path) -> str:
        key = Name("attribute", name, label.id)
        becomes = self._settled(key, len(sort.spans), lambda: _attribute_like(label, name))
        if becomes is not None:
            return becomes
        seen = self._seen.get((label.id, name))
        if seen is None:
            declared = self._growth.declared(sort.label, name)
            seen = self._seen[label.id, name] = _Seen(label, name, declared)
        seen.tallies.append((file, sort.values[name]))
        return name

    def _settled(self, name: Name, times: int, like: Callable[[], str | None]) -> str | None:
        """Decide once what a name becomes: as chosen, else what is spelled alike, else a new one."""
        self._counts[name] = self._counts.get(name, 0) + times
        if name not in self._becomes:
            self._proposed[name] = like()
            self._becomes[name] = self._choices.get(name, self._proposed[name])
        return self._becomes[name]


def renamed_values(values: Mapping[str, Any], renamed: Mapping[str, str]) -> Mapping[str, Any]:
    """Return an annotation's values under the names they will have."""
    if not renamed:
        return values
    result: dict[str, Any] = {}
    for name, value in values.items():
        new = name if is_empty(value) else renamed.get(name, name)
        # Of two that become one, the first that says something stays.
        if new != LEFT_OUT and is_empty(result.get(new)):
            result[new] = value
    return result


def _attribute_like(label: Label, name: str) -> str | None:
    return next((a.name for a in label.attributes if folded_name(a.name) == folded_name(name)), None)


def _guessed(seen: _Seen, is_entity: Mapping[str, str]) -> Attribute | None:
    """Guess an attribute from its values; None when they are of different kinds."""
    kind = seen.kind()
    if kind is None:
        return None
    attribute = Attribute(seen.name, kind)
    if kind == "choices":
        items = tuple(dict.fromkeys(item for _, value, *_ in seen.each() for item in value))
        return replace(attribute, values=items) if len(items) <= MAX_CHOICES else None
    if kind in ("text", "date"):
        entities = {is_entity.get(value, "") for _, value, *_ in seen.each()}
        if len(entities) == 1 and entities != {""}:
            return replace(attribute, kind="entity", entity=entities.pop())
    return attribute


def _misfits(seen: _Seen, value: Any, count: int) -> str:
    words = str(value)
    example = words if len(words) <= 40 else words[:39] + "…"
    is_one = count == 1
    values = "1 value" if is_one else f"{count:,} values"
    what = "has no place in the scheme" if is_one else "have no place in the scheme"
    kept = "kept as it is" if is_one else "kept as they are"
    return f"{values} of “{seen.name}” of {seen.label.title} {what} (“{example}”); {kept}"


def check_choices(scheme: Scheme, choices: Choices) -> None:
    """Refuse choices that lead to what the scheme lacks too."""
    for name, target in choices.items():
        if not _fits(scheme, name, target):
            raise Refused(
                f"“{name.name}” can't become “{target}”, which the scheme lacks; choose one of"
                f" {', '.join(_targets(scheme, name)) or 'its own, it has none'}"
            )


def fitting(scheme: Scheme, choices: Choices) -> dict[Name, str | None]:
    """Return those choices that lead to what the scheme has."""
    return {name: target for name, target in choices.items() if _fits(scheme, name, target)}


def _fits(scheme: Scheme, name: Name, target: str | None) -> bool:
    return target in (None, LEFT_OUT) or target in _targets(scheme, name)


def _targets(scheme: Scheme, name: Name) -> list[str]:
    """List what of the scheme a name can become."""
    if name.kind == "label":
        return [known.id for known in scheme.labels]
    if name.kind == "link":
        return [known.id for known in scheme.links]
    label = scheme.label(name.label)
    return [known.name for known in label.attributes] if label else []


def parsed_choice(words: str) -> tuple[Name, str]:
    """Read "ORG=source", "attribute:claim.mood=type" or "link:ref=repeats"; ValueError says what is wrong.

    Nothing behind the sign of equality leaves the name out.
    """
    what, equals, target = words.partition("=")
    kind, colon, name = what.partition(":")
    if not colon or kind not in ("label", "attribute", "link"):
        kind, name = "label", what
    label, dot, attribute = name.partition(".")
    if not equals or not name.strip() or (kind == "attribute" and not (dot and attribute)):
        raise ValueError(
            f"“{words}” maps nothing; write ORG=source, attribute:claim.mood=type or link:ref=repeats"
        )
    if kind == "attribute":
        return Name("attribute", attribute, label), target
    return Name("link" if kind == "link" else "label", name), target


def remembered(home: Home, scheme: str) -> dict[Name, str | None]:
    """Return what was chosen in earlier imports into projects with this scheme."""
    try:
        rows = json.loads(_file(home, scheme).read_bytes())
        return {Name(kind, name, label): becomes for kind, name, label, becomes in rows}
    except (OSError, ValueError, TypeError):
        return {}


def remember(home: Home, scheme: str, choices: Choices) -> None:
    """Keep what is chosen now, earlier choices included, for the next file."""
    rows = [[name.kind, name.name, name.label, becomes] for name, becomes in sorted(choices.items())]
    target = _file(home, scheme)
    target.parent.mkdir(parents=True, exist_ok=True)
    write_whole(target, json.dumps(rows, ensure_ascii=False, indent=1).encode())


def _file(home: Home, scheme: str) -> Path:
    return home.folder / "names" / f"{sha256(scheme.encode()).hexdigest()[:16]}.json"
