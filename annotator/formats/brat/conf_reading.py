"""Read brat's configuration files: what types there are, and what may be said of them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from annotator.formats.brat.names import named
from annotator.formats.errors import FormatError
from annotator.formats.parts.decoding import read_text

_SECTION = re.compile(r"\s*\[(.*)\]\s*")
_MACRO = re.compile(r"(<[a-zA-Z_-]+>)=\s*(.*?)\s*")
_ARGUMENT = re.compile(r"(\S*?):(\S*)")
_COLOUR = re.compile(r"bgColor:(#[0-9a-fA-F]{6})\b")
_ANY = {"<ENTITY>", "<EVENT>", "<ANY>"}
MAX_LINES = 20_000


@dataclass(slots=True)
class Relation:
    """A relation, or a role in an event; no labels at an end are any."""

    sources: set[str] = field(default_factory=set)
    targets: set[str] = field(default_factory=set)
    symmetric: bool = False
    transitive: bool = False


@dataclass(slots=True)
class Configuration:
    """What the configuration files of a folder say."""

    labels: dict[str, None] = field(default_factory=dict)
    relations: dict[str, Relation] = field(default_factory=dict)
    roles: set[str] = field(default_factory=set)
    attributes: dict[str, tuple[set[str], tuple[str, ...]]] = field(default_factory=dict)
    """Labels that have it (none: all), and its values (none: a flag)."""
    titles: dict[str, str] = field(default_factory=dict)
    colours: dict[str, str] = field(default_factory=dict)

    def take(self, path: Path) -> None:
        """Take in an `annotation.conf` or `visual.conf`; one that can't be read says nothing."""
        try:
            content, _ = read_text(path)
        except FormatError:
            return
        readers = {
            "entities": self._entity,
            "events": self._event,
            "relations": self._relation,
            "attributes": self._attribute,
            "labels": self._title,
            "drawing": self._drawing,
        }
        for section, line in _lines(content):
            if section in readers:
                readers[section](line)

    def _entity(self, line: str) -> None:
        label, _ = _item(line)
        self.labels[label] = None

    def _event(self, line: str) -> None:
        label, arguments = _item(line)
        self.labels[label] = None
        for role, types in arguments:
            name = named(role.rstrip("?*+").partition("{")[0])
            if name and not role.startswith("<"):
                self.roles.add(name)
                relation = self.relations.setdefault(name, Relation())
                relation.sources.add(label)
                relation.targets |= set(map(named, types))

    def _relation(self, line: str) -> None:
        name, arguments = _item(line)
        if name.startswith("<") or name == "ENTITY-NESTING":
            return
        relation = self.relations.setdefault(name, Relation())
        ends = [types for role, types in arguments if not role.startswith("<")]
        kinds = {kind for role, types in arguments if role == "<REL-TYPE>" for kind in types}
        is_group = name == "Equiv" and not kinds
        relation.symmetric |= is_group or any("symmetric" in kind for kind in kinds)
        relation.transitive |= is_group or any("transitive" in kind for kind in kinds)
        if len(ends) == 2:
            relation.sources |= set(map(named, ends[0]))
            relation.targets |= set(map(named, ends[1]))

    def _attribute(self, line: str) -> None:
        name, arguments = _item(line)
        held = {named(label) for role, types in arguments if role == "Arg" for label in types}
        listed = [types for role, types in arguments if role != "Arg" and not role.startswith("<")]
        labels, known = self.attributes.get(name, (held, ()))
        values = dict.fromkeys((*known, *(value for values in listed for value in values)))
        self.attributes[name] = (labels | held, tuple(values))

    def _title(self, line: str) -> None:
        label, *titles = (part.strip() for part in line.split("|"))
        if titles and titles[0]:
            self.titles[named(label)] = titles[0]

    def _drawing(self, line: str) -> None:
        label, _ = _item(line)
        colour = _COLOUR.search(line)
        if colour:
            self.colours[label] = colour[1]


def any_of(types: set[str]) -> bool:
    """Say whether types stand for all there are."""
    return bool(types & _ANY)


def _lines(content: str) -> Iterator[tuple[str, str]]:
    """Yield each line that says something, with its section; placeholders are filled in."""
    section, macros = "", {}
    for line in content.splitlines()[:MAX_LINES]:
        head, macro = _SECTION.fullmatch(line), _MACRO.fullmatch(line)
        if head:
            section = head[1]
        elif macro:
            macros[macro[1]] = macro[2][:10_000]
        elif line.strip(" \t-") and not line.lstrip().startswith("#"):
            for name, value in macros.items():
                line = line.replace(name, value)[:100_000]
            yield section, line


def _item(line: str) -> tuple[str, list[tuple[str, list[str]]]]:
    """Part a line into the name that it tells of, and its arguments with their types or values."""
    name, _, rest = line.strip().partition("\t")
    if not rest:
        name, _, rest = line.strip().partition(" ")
    first = name.split("|")[0].strip().removeprefix("!")
    matches = (_ARGUMENT.fullmatch(part.strip()) for part in rest.split(","))
    return named(first), [(m[1], [kind for kind in m[2].split("|") if kind]) for m in matches if m]
