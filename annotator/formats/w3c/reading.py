"""Read Web Annotations: our own, and others' in the shapes of the standard or of Hypothesis."""

import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from annotator.formats.dataset import ArticleRecord, Dataset, Header, Remark
from annotator.formats.errors import FormatError
from annotator.formats.parts import bodies
from annotator.formats.parts.bodies import BadRecord
from annotator.formats.parts.headers import header_of
from annotator.formats.parts.json_files import json_text
from annotator.formats.parts.plain_values import Shelf
from annotator.formats.parts.rulers import Ruler
from annotator.formats.parts.strict_json import parsed
from annotator.formats.w3c.bodies import Said, address_of, layer_of, motivations, said_of
from annotator.formats.w3c.format import own_id
from annotator.formats.w3c.selectors import Pick, listed, picked
from annotator.formats.w3c.sources import Mark, Source, Sources
from annotator.model.records import Annotation
from annotator.model.scheme import Scheme

MAX_FILE = 1_000_000_000
MAX_PAGES = 10_000

Item = Mapping[str, Any]
T = TypeVar("T")
R = TypeVar("R")

_IDS = re.compile(r'"@?id"\s*:\s*("(?:[^"\\]|\\.)*")')
_LIFE = ("created", "modified", "generated", "generator", "rights", "canonical", "via", "updated")
"""What others say of an annotation's life, which is kept."""


def read(path: Path, _scheme: Scheme, remark: Remark) -> Dataset:
    """Read a file whole: texts, spans and links may stand in any order in it."""
    text = json_text(path, MAX_FILE)
    try:
        value = parsed(text, "the file")
    except BadRecord as error:
        raise FormatError(f"{path.name} can't be read: {error}") from error
    items = list(_items(value))
    if not items:
        raise FormatError(f"{path.name} holds no Web Annotations; choose a file that does")
    header = _header(value, lambda message: remark(None, message))
    reading = _Reading(header, _lines(text), remark)
    reading.take(items)
    return Dataset(reading.header(), tuple(reading.records()))


def _items(value: Any) -> Iterator[Item]:
    """Yield the annotations of a file: one, a list, pages of a collection, a graph, or Hypothesis's rows."""
    waiting, pages = [value], 0
    while waiting and pages < MAX_PAGES:
        thing = waiting.pop(0)
        if isinstance(thing, list):
            yield from (item for item in thing if isinstance(item, dict) and "target" in item)
            waiting.extend(item for item in thing if isinstance(item, dict) and "target" not in item)
        elif isinstance(thing, dict):
            pages += 1
            if "target" in thing:
                yield thing
            inner = (thing.get(key) for key in ("items", "@graph", "annotations", "rows", "first", "next"))
            waiting.extend(part for part in inner if isinstance(part, list | dict))


def _header(value: Any, say: Callable[[str], None]) -> Header:
    row = value.get("project") if isinstance(value, dict) else None
    if row is None:
        label = value.get("label", "") if isinstance(value, dict) else ""
        return Header(label if isinstance(label, str) else "")
    try:
        return header_of(row, say)
    except BadRecord as error:
        say(f"the project's own details were left out: {error}")
        return Header()


def _lines(text: str) -> dict[str, int]:
    """Map each id in a file to the line that it first stands in."""
    lines: dict[str, int] = {}
    number, at = 1, 0
    for match in _IDS.finditer(text):
        number += text.count("\n", at, match.start())
        at = match.start()
        lines.setdefault(match[1], number)
    return {json.loads(name, strict=False): number for name, number in lines.items()}


class _Reading:
    """Gathers what annotations say."""

    def __init__(self, header: Header, lines: Mapping[str, int], remark: Remark) -> None:
        self._header, self._lines, self._remark = header, lines, remark
        self._shelf = Shelf(header.entities)
        self._sources = Sources(partial(remark, None))
        self._homes: dict[str, Source] = {}

    def take(self, items: list[Item]) -> None:
        """Take in all annotations: first the texts they carry, then spans, then links that join these."""
        named = [(_id(item) or f"#{number}", item) for number, item in enumerate(items, 1)]
        rest = [pair for pair in named if self._attempted(lambda _, item: not self._sources.add(item), pair)]
        names = {name for name, _ in rest}
        links = [_is_link(item, names) for _, item in rest]
        for pair, is_link in zip(rest, links, strict=True):
            if not is_link:
                self._attempted(self._take_span, pair)
        for pair, is_link in zip(rest, links, strict=True):
            if is_link:
                self._attempted(self._take_link, pair)

    def header(self) -> Header:
        """Return what the file says once, with the entities that its annotations name."""
        return replace(self._header, entities=self._shelf.entities)

    def records(self) -> Iterator[ArticleRecord]:
        """Yield the record of each text, with its spans put in their places."""
        for source in self._sources:
            place = partial(_placed, source, self._sources.ruler(source))
            pairs = [(m, a) for m in source.marks if (a := self._attempted(place, (m.name, m)))]
            yield ArticleRecord(
                source.article,
                source.text.stored,
                tuple(a for _, a in pairs),
                tuple(source.links),
                source.progress,
                lines={a.id: line for mark, a in pairs if (line := self._lines.get(mark.name))},
                local={a.id for mark, a in pairs if mark.is_local},
            )

    def _attempted(self, act: Callable[[str, T], R], pair: tuple[str, T]) -> R | None:
        """Do something with an annotation, or say why it is left out."""
        name, thing = pair
        try:
            return act(name, thing)
        except BadRecord as error:
            self._remark(self._lines.get(name), f"the annotation “{name[:80]}” was left out: {error}")
            return None

    def _take_span(self, name: str, item: Item) -> None:
        """Mark what an annotation selects: a mark for each label in each text, with all its fragments."""
        said = said_of(item)
        row = self._row(item, said)
        selected: dict[int, list[tuple[Pick, str]]] = {}
        sources: dict[int, Source] = {}
        for target in listed(item.get("target")):
            source = self._sources.get(address_of(target), item)
            sources[id(source)] = source
            selected.setdefault(id(source), []).append(_selected(target))
        places = [(source, label) for source in sources.values() for label in said.labels]
        for number, (source, label) in enumerate(places, 1):
            own = own_id("annotation", name) if number == 1 else f"{name}#{number}"
            is_local = number > 1 or name.startswith(("_:", "#"))
            picks, beginnings = zip(*selected[id(source)], strict=True)
            source.marks.append(Mark({**row, "id": own, "label": label}, picks, beginnings, name, is_local))
            self._homes.setdefault(name, source)

    def _row(self, item: Item, said: Said) -> dict[str, Any]:
        """Say of an annotation or a link what isn't its place."""
        attributes = self._shelf.values(item.get("attributes", {}))
        if said.references:
            attributes["reference"] = " ".join(said.references)
        keys = item.get("keys", {})
        if not isinstance(keys, dict):
            raise BadRecord("“keys” is not an object")
        return {
            **{name: item[name] for name in _LIFE if name in item},
            **keys,
            "layer": layer_of(item),
            "attributes": attributes,
            "note": "\n".join(said.notes),
            "origin": bodies.text_of(item, "origin"),
            "scheme": bodies.text_of(item, "schemeVersion"),
        }

    def _take_link(self, name: str, item: Item) -> None:
        said = said_of(item)
        row = bodies.without(self._row(item, said), "origin", "scheme", *([] if said.notes else ["note"]))
        if not said.linked:
            raise BadRecord("it links to nothing")
        ends = [
            (address_of(source), target) for source in listed(item.get("target")) for target in said.linked
        ]
        for number, (source, target) in enumerate(ends, 1):
            home = self._homes.get(source)
            if home is None:
                raise BadRecord(f"“{source[:80]}” is not there")
            own = own_id("link", name) if number == 1 and not name.startswith(("_:", "#")) else ""
            both = {"source": own_id("annotation", source), "target": own_id("annotation", target)}
            home.links.append(bodies.link({**row, **both, "id": own, "type": said.labels[0]}))


def _placed(source: Source, ruler: Ruler, _name: str, mark: Mark) -> Annotation:
    return mark.placed(source, ruler)


def _id(item: Item) -> str:
    name = item.get("id", item.get("@id"))
    return name if isinstance(name, str) else ""


def _is_link(item: Item, names: set[str]) -> bool:
    """Say whether an annotation links others."""
    targets = listed(item.get("target"))
    return "linking" in motivations(item) and bool(targets) and all(address_of(t) in names for t in targets)


def _selected(target: Any) -> tuple[Pick, str]:
    """Return what a target selects, and the beginning of its words where a release has no more."""
    address = address_of(target)
    row = target if isinstance(target, dict) else {}
    pick = picked(row.get("selector"), address)
    if pick.says_nothing:
        raise BadRecord("it selects no part of a text that could be found by a place or by words")
    beginning = row.get("beginning", "")
    return pick, beginning if isinstance(beginning, str) else ""
