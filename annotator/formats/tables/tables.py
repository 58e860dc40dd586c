"""A dataset as tables of spans, articles, links and entities: long CSV and workbooks are written from them.

The guide's page `formats-csv.md` documents the columns. Reading is in `tables_reading.py`.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Protocol

from annotator.formats.dataset import ArticleRecord, Dataset, Header
from annotator.formats.parts import bodies
from annotator.formats.parts.cells import PART_UNITS, Cell, cut, list_cell
from annotator.formats.parts.plain_values import Shelf, other_text
from annotator.formats.tables.columns import (
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
from annotator.model.records import Annotation, Article, Entity, Link, Progress
from annotator.model.scheme import Scheme
from annotator.model.span import Fragments


class Table(Protocol):
    """Takes the rows of one table; a column that a row doesn't name stays empty."""

    def write(self, row: Mapping[str, Cell], /) -> None: ...


OpenTable = Callable[[str, Sequence[str]], Table]
"""Begins a table by its name, one of "spans", "articles", "links" and "entities", and its columns."""


def write(dataset: Dataset, open_table: OpenTable) -> None:
    """Write every table as the records come; all are there, even without rows."""
    _Tables(dataset.header, open_table).write(dataset)


def fragments_cell(fragments: Fragments) -> str:
    """Write fragments as "12..20;25..30", which no spreadsheet takes for a date."""
    return ";".join(f"{f.start}..{f.stop}" for f in fragments)


def recorded(progress: Sequence[Progress]) -> tuple[dict[str, list[str]], list[dict[str, Any]]]:
    """Sort progress into names by state, and bodies that say more than that."""
    known: dict[str, list[str]] = {"done": [], "skipped": []}
    odd = []
    for p in progress:
        if p.state in known and not p.extra:
            known[p.state].append(p.annotator)
        else:
            odd.append(bodies.without(p.to_body(), "article"))
    return known, odd


class _Tables:
    def __init__(self, header: Header, open_table: OpenTable) -> None:
        scheme = header.scheme or Scheme("", 1, "")
        self._shelf = Shelf(header.entities)
        self._span_values = span_columns(scheme)
        self._link_values = link_columns(scheme)
        self._entity_values = entity_columns(scheme)
        self._spans = open_table("spans", (*SPANS, *self._span_values.names, *SPANS_END))
        self._articles = open_table("articles", ARTICLES)
        self._links = open_table("links", (*LINKS, *self._link_values.names, "other"))
        self._entities = open_table("entities", (*ENTITIES, *self._entity_values.names, "other"))

    def write(self, records: Dataset) -> None:
        for record in records:
            for row in _article_rows(record):
                self._articles.write(row)
            for annotation in record.annotations:
                self._spans.write(self._span_row(record.article, annotation))
            words = {a.id: a.words for a in record.annotations}
            for link in record.links:
                self._links.write(self._link_row(link, words))
        for entity in self._shelf.entities:
            self._entities.write(self._entity_row(entity))

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
            "sources": list_cell(a.sources),
            "other": other_text(attributes=rest, keys=a.extra),
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
            "other": other_text(attributes=rest, keys=link.extra),
        }

    def _entity_row(self, entity: Entity) -> dict[str, Cell]:
        cells, rest = self._entity_values.fill(entity.kind, entity.attributes, self._shelf.name_of)
        return cells | {
            "entity": entity.id,
            "kind": entity.kind,
            "name": entity.name,
            "merged into": entity.merged_into,
            "note": entity.note,
            "other": other_text(attributes=rest, keys=entity.extra),
        }


def _article_rows(record: ArticleRecord) -> Iterator[dict[str, Cell]]:
    article, (first, *further) = record.article, cut(record.text, PART_UNITS)
    known, odd = recorded(record.progress or ())
    yield {
        "article": article.id,
        "part": 1,
        **{name: getattr(article, name) for name in ARTICLES[2:9]},
        **{state: list_cell(names) for state, names in known.items()},
        "other": other_text(progress=odd, keys=article.extra),
        "text": first,
    }
    for number, text in enumerate(further, 2):
        yield {"article": article.id, "part": number, "text": text}
