"""Long CSV: one row a span; articles, links and entities in files beside it.

The guide's page `formats-csv.md` documents the columns. UTF-8 with a byte order mark, for Excel; rows end
in CR LF. Reading is in `long_csv_reading.py`.
"""

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from annotator.formats import bodies
from annotator.formats.cells import MAX_CELL, Cell, guarded, list_cell
from annotator.formats.csv_columns import (
    ARTICLES,
    ENTITIES,
    LINKS,
    SPANS,
    SPANS_END,
    UNIT,
    entity_columns,
    link_columns,
    span_columns,
)
from annotator.formats.dataset import ArticleRecord, Dataset, Header, OpenPart, Remark
from annotator.formats.losses import Lost, quoted
from annotator.formats.plain_values import Shelf
from annotator.model.change import to_json
from annotator.model.records import Annotation, Article, Entity, Link, Progress
from annotator.model.scheme import Scheme
from annotator.model.span import Fragments
from annotator.model.text import Utf16Offsets

PART_UNITS = 32_000
"""UTF-16 units of article text in one cell; a longer text goes on in further rows."""


def read(path: Path, scheme: Scheme, remark: Remark) -> Dataset:
    """Read spans and what stands beside them."""
    from annotator.formats import long_csv_reading

    return long_csv_reading.read(path, scheme, remark)


def write(dataset: Dataset, open_part: OpenPart) -> None:
    """Write the table of spans and those beside it."""
    _Tables(dataset.header, open_part).write(dataset)


def lost_of_header(header: Header) -> Iterator[Lost]:
    """Name what no column holds of the project."""
    if header.scheme:
        yield "scheme with its rules, examples, colours and keys", header.scheme.title


def lost_of_record(record: ArticleRecord) -> Iterator[Lost]:
    """Name the cells that Excel would cut; the file itself holds them whole."""
    for a in record.annotations:
        if max(len(a.words), len(a.note)) > MAX_CELL // 2 and max(_units(a.words), _units(a.note)) > MAX_CELL:
            yield f"cells longer than {MAX_CELL:,} characters, which Excel cuts", quoted(a)


def fragments_cell(fragments: Fragments) -> str:
    """Write fragments as "12..20;25..30", which no spreadsheet takes for a date."""
    return ";".join(f"{f.start}..{f.stop}" for f in fragments)


class _Tables:
    """The tables of one export; all are there, even with a head only, so none is left from an older one."""

    def __init__(self, header: Header, open_part: OpenPart) -> None:
        scheme = header.scheme or Scheme("", 1, "")
        self._shelf = Shelf(header.entities)
        self._span_values = span_columns(scheme)
        self._link_values = link_columns(scheme)
        self._entity_values = entity_columns(scheme)
        self._spans = _Table(open_part(""), (*SPANS, *self._span_values.names, *SPANS_END))
        self._articles = _Table(open_part("articles"), ARTICLES)
        self._links = _Table(open_part("links"), (*LINKS, *self._link_values.names, "other"))
        self._kinds = _Table(open_part("entities"), (*ENTITIES, *self._entity_values.names, "other"))

    def write(self, dataset: Dataset) -> None:
        for record in dataset:
            for row in _article_rows(record):
                self._articles.write(row)
            for annotation in record.annotations:
                self._spans.write(self._span_row(record.article, annotation))
            words = {a.id: a.words for a in record.annotations}
            for link in record.links:
                self._links.write(self._link_row(link, words))
        for entity in self._shelf.entities:
            self._kinds.write(self._entity_row(entity))
        for table in (self._spans, self._articles, self._links, self._kinds):
            table.flush()

    def _span_row(self, article: Article, a: Annotation) -> dict[str, Cell]:
        cells, rest = self._span_values.fill(a.label, a.attributes, self._shelf.name_of)
        return cells | {
            "annotation": a.id,
            "article": a.article,
            "title": article.title,
            "outlet": article.outlet,
            "published": article.published,
            "url": article.url,
            "layer": a.layer,
            "label": a.label,
            "start": a.hull.start,
            "stop": a.hull.stop,
            "unit": UNIT,
            "fragments": fragments_cell(a.fragments),
            "words": a.words,
            "note": a.note,
            "origin": a.origin,
            "scheme": a.scheme,
            "other": _other(attributes=rest, keys=a.extra),
        }

    def _link_row(self, link: Link, words: Mapping[str, str]) -> dict[str, Cell]:
        cells, rest = self._link_values.fill(link.type, link.attributes, self._shelf.name_of)
        return cells | {
            "link": link.id,
            "layer": link.layer,
            "type": link.type,
            "source": link.source,
            "target": link.target,
            "source words": words.get(link.source, ""),
            "target words": words.get(link.target, ""),
            "other": _other(attributes=rest, keys=link.extra),
        }

    def _entity_row(self, entity: Entity) -> dict[str, Cell]:
        cells, rest = self._entity_values.fill(entity.kind, entity.attributes, self._shelf.name_of)
        return cells | {
            "entity": entity.id,
            "kind": entity.kind,
            "name": entity.name,
            "merged into": entity.merged_into,
            "note": entity.note,
            "other": _other(attributes=rest, keys=entity.extra),
        }


class _Table:
    """One CSV file; a column that a row doesn't name is left empty."""

    def __init__(self, out: Any, columns: Sequence[str]) -> None:
        self._text = io.TextIOWrapper(out, "utf-8-sig", errors="replace", newline="", write_through=False)
        self._columns = columns
        self._writer = csv.writer(self._text)
        self._writer.writerow([guarded(name) for name in columns])

    def write(self, row: Mapping[str, Cell]) -> None:
        self._writer.writerow([guarded(row.get(name, "")) for name in self._columns])

    def flush(self) -> None:
        """Hand everything on; the file stays open, for whoever opened it to close."""
        self._text.detach()


def _article_rows(record: ArticleRecord) -> Iterator[dict[str, Cell]]:
    article, (first, *further) = record.article, _cut(record.text)
    known, odd = _recorded(record.progress or ())
    yield {
        "article": article.id,
        "part": 1,
        **{name: getattr(article, name) for name in ARTICLES[2:9]},
        **{state: list_cell(names) for state, names in known.items()},
        "other": _other(progress=odd, keys=article.extra),
        "text": first,
    }
    for number, text in enumerate(further, 2):
        yield {"article": article.id, "part": number, "text": text}


def _recorded(progress: Sequence[Progress]) -> tuple[dict[str, list[str]], list[dict[str, Any]]]:
    """Sort progress into names by state, and bodies that say more than that."""
    known: dict[str, list[str]] = {"done": [], "skipped": []}
    odd = []
    for p in progress:
        if p.state in known and not p.extra:
            known[p.state].append(p.annotator)
        else:
            odd.append(bodies.without(p.to_body(), "article"))
    return known, odd


def _cut(text: str) -> list[str]:
    """Cut a text into pieces that fit a cell."""
    units = Utf16Offsets(text)
    ends = [units.from_utf16(n) for n in range(PART_UNITS, units.to_utf16(len(text)), PART_UNITS)]
    return [text[start:stop] for start, stop in zip([0, *ends], [*ends, len(text)], strict=True)]


def _other(**parts: Any) -> str:
    """Hold as JSON what no column holds."""
    kept = {name: value for name, value in parts.items() if value}
    return to_json(kept) if kept else ""


def _units(text: str) -> int:
    return Utf16Offsets(text).to_utf16(len(text))
