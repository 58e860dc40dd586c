"""WebAnno TSV 3.3, which INCEpTION reads: a folder for each article, a file for each layer.

The guide's page `formats-webanno-tsv.md` documents it. Spans are one layer of WebAnno, links another; what
has no feature there stands in comments, which other programs pass over. Offsets count UTF-16 units. Reading
is in `webanno_tsv_reading.py`.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from annotator.formats.dataset import ArticleRecord, Dataset, Header, OpenPart, Remark
from annotator.formats.losses import Lost
from annotator.formats.parts.bodies import keys_of, without
from annotator.formats.parts.cells import NameOf
from annotator.formats.parts.file_names import FileNames
from annotator.formats.parts.many_files import layers_of, lost_blanks, of_layer
from annotator.formats.parts.plain_values import Shelf
from annotator.formats.parts.strict_json import one_line
from annotator.formats.webanno.columns import (
    COMMENT,
    FORMAT,
    LABEL,
    LINK,
    LINK_TYPE,
    NOTE,
    NOTHING,
    NULL,
    OF_LINK,
    OF_SPAN,
    SPAN,
    escaped,
    escaped_text,
)
from annotator.formats.webanno.features import Features, is_plain
from annotator.formats.webanno.units import Layout, Unit, Units
from annotator.model.records import Annotation, Entity, Link
from annotator.model.scheme import Attribute, Label, LinkType, Scheme


def read(path: Path, scheme: Scheme, remark: Remark) -> Dataset:
    """Read one file, or all those in a folder."""
    from annotator.formats.webanno import reading as webanno_tsv_reading

    return webanno_tsv_reading.read(path, scheme, remark)


def write(dataset: Dataset, open_part: OpenPart) -> None:
    """Write each article for each layer that has read it or has spans in it."""
    folders, files = FileNames(), FileNames()
    project = _Project(dataset.header)
    for record in dataset:
        folder = folders.name(record.article.id, record.article.title or record.article.id)
        layout = Layout(record.text)
        for layer in layers_of(record):
            name = files.name(layer, layer or "unread")
            with open_part(f"{folder}/{name}.tsv") as out:
                lines = _File(project, record, layer, layout).lines()
                out.write("\n".join(lines).encode("utf-8", "replace") + b"\n")


def lost_of_header(header: Header) -> Iterator[Lost]:
    """Name what no file holds of the project."""
    if header.scheme:
        yield "scheme with its rules, examples, colours and keys", header.scheme.title


def lost_of_record(record: ArticleRecord) -> Iterator[Lost]:
    """Name the spans that no row can show."""
    return lost_blanks(record)


class _Project:
    """What all files draw on."""

    def __init__(self, header: Header) -> None:
        self.scheme = header.scheme or Scheme("", 1, "")
        self.name_of = Shelf(header.entities).name_of
        self._entities = {entity.id: entity for entity in header.entities}

    def entities(self, values: Iterable[Mapping[str, Any]]) -> list[Entity]:
        """List the entities that values name, and those that they were merged into."""
        open_ = [value for each in values for value in each.values() if isinstance(value, str)]
        found: dict[str, Entity] = {}
        while open_:
            name = open_.pop()
            if name in self._entities and name not in found:
                found[name] = self._entities[name]
                open_.append(found[name].merged_into)
        return [found[key] for key in sorted(found)]


class _Table:
    """The features of some spans or links, and what of them has no feature."""

    def __init__(self, attributes: Sequence[Attribute], fixed: Sequence[str]) -> None:
        self.attributes, self._fixed = attributes, fixed
        self._features = Features(attributes, fixed)
        self._cells: list[dict[str, str]] = []

    def add(self, fixed: Mapping[str, str], values: Mapping[str, Any], name_of: NameOf) -> dict[str, Any]:
        """Add a row; return the values that it can't hold."""
        cells, rest = self._features.fill(values, name_of)
        self._cells.append({name: escaped(cell) for name, cell in {**fixed, **cells}.items() if cell})
        return rest

    def names(self) -> list[str]:
        """List the features that are used."""
        used = {name for cells in self._cells for name in cells}
        return [name for name in (*self._fixed, *self._features.names) if name in used]

    def cell(self, name: str, numbers: Sequence[int], mark: str = "") -> str:
        """Write one feature of the rows with some numbers, which count from 1."""
        items = (self._cells[n - 1].get(name, NULL) + mark.format(n) for n in numbers)
        return "|".join(items) or NOTHING


class _File:
    """One article with the work of one layer."""

    def __init__(self, project: _Project, record: ArticleRecord, layer: str, layout: Layout) -> None:
        self._project, self._record, self._layer, self._layout = project, record, layer, layout
        self._annotations = of_layer(record, layer)
        self._numbers = {a.id: n for n, a in enumerate(self._annotations, 1)}
        self._links = [link for link in record.links if link.source in self._numbers]
        self._units = Units(layout, [a.hull for a in self._annotations])
        self._spans = _Table(_used(project.scheme.labels, self._annotations), OF_SPAN)
        self._relations = _Table(_used(project.scheme.links, self._links), OF_LINK)
        self._ends: list[tuple[int, int]] = []

    def lines(self) -> Iterator[str]:
        comments = [*map(self._of_span, self._annotations), *map(self._of_link, self._links)]
        features = self._spans.names()
        links = self._relations.names()
        yield f"{FORMAT}3.3"
        if self._annotations:
            yield f"#T_SP={'|'.join((SPAN, *features))}"
        if self._ends:
            yield f"#T_RL={'|'.join((LINK, *links))}|BT_{SPAN}"
        yield from ("", "", _comment("", self._of_article()), *comments)
        before: tuple[str, ...] = ()
        for text, sentence in zip(self._layout.texts(), self._units.sentences, strict=True):
            yield from before
            before = ("",)
            yield from (f"#Text={escaped_text(line)}" for line in text.split("\n"))
            yield from (self._row(unit, features, links) for unit in sentence)

    def _row(self, unit: Unit, features: Sequence[str], links: Sequence[str]) -> str:
        nothing = NOTHING * (len(features) + (len(links) + 1 if self._ends else 0))
        start, stop = self._layout.in_utf16(unit.place)
        cells = [unit.id, f"{start}-{stop}", self._layout.text[unit.place.start : unit.place.stop]]
        if not (unit.spans or unit.links):
            return "\t".join((*cells, *nothing, ""))
        if self._annotations:
            cells += (self._spans.cell(name, unit.spans, "[{}]") for name in features)
        if self._ends:
            cells += (self._relations.cell(name, unit.links) for name in links)
            cells.append("|".join(map(self._source, unit.links)) or NOTHING)
        return "\t".join((*cells, ""))

    def _source(self, link: int) -> str:
        source, target = self._ends[link - 1]
        return f"{self._units.first(source).id}[{source}_{target}]"

    def _of_span(self, a: Annotation) -> str:
        """Add a span to the table; return the comment on it."""
        note = a.note if is_plain(a.note) else ""
        rest = self._spans.add({LABEL: a.label, NOTE: note}, a.attributes, self._project.name_of)
        number = self._numbers[a.id]
        said = {
            "n": number,
            "offsets": self._layout.in_utf16(a.hull) if self._units.shown(number) != a.hull else (),
            "attributes": rest,
            "note": "" if note else a.note,
            "keys": keys_of(a),
        }
        return _comment(".span", {**said, "id": a.id, "origin": a.origin, "scheme": a.scheme})

    def _of_link(self, link: Link) -> str:
        """Add a link to the table, if both its ends are in the file; return the comment on it."""
        rest, target = link.attributes, self._numbers.get(link.target)
        if target:
            rest = self._relations.add({LINK_TYPE: link.type}, link.attributes, self._project.name_of)
            self._ends.append((self._numbers[link.source], target))
            self._units.first(target).links.append(len(self._ends))
        return _comment(
            ".link",
            {**without(link.to_body(), *link.extra), "id": link.id, "attributes": rest, "keys": link.extra},
        )

    def _of_article(self) -> dict[str, Any]:
        article, progress = self._record.article, self._record.progress or ()
        values = [*(a.attributes for a in self._annotations), *(link.attributes for link in self._links)]
        return {
            "article": {**article.to_body(), "id": article.id},
            "layer": self._layer,
            "progress": [without(p.to_body(), "article") for p in progress if p.annotator == self._layer],
            "before": self._layout.before,
            "attributes": [_described(a) for a in self._spans.attributes],
            "link attributes": [_described(a) for a in self._relations.attributes],
            "entities": [{**e.to_body(), "id": e.id} for e in self._project.entities(values)],
        }


def _comment(name: str, said: Mapping[str, Any]) -> str:
    """Write a line that other programs pass over; what is empty is left out."""
    return f"{COMMENT}{name}={one_line({key: value for key, value in said.items() if value})}"


def _described(attribute: Attribute) -> dict[str, str]:
    return {"name": attribute.name, "kind": attribute.kind}


def _used(holders: Sequence[Label | LinkType], objects: Sequence[Annotation | Link]) -> list[Attribute]:
    """List the attributes that some objects have, each name once."""
    names = {name for thing in objects for name in thing.attributes}
    kinds = {thing.label if isinstance(thing, Annotation) else thing.type for thing in objects}
    found: dict[str, Attribute] = {}
    for attribute in (a for holder in holders if holder.id in kinds for a in holder.attributes):
        if attribute.name in names:
            found.setdefault(attribute.name, attribute)
    return list(found.values())
