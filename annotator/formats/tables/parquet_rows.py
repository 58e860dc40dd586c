"""The rows of Parquet files and the types of their columns."""

from collections.abc import Iterable
from typing import Any

import pyarrow as pa

from annotator.formats.dataset import ArticleRecord, Header
from annotator.formats.parts.plain_values import Shelf, other_text
from annotator.formats.tables.columns import SPANS, SPANS_END
from annotator.formats.tables.parquet_fields import SPAN, FlatColumns, TypedFields, holders_of
from annotator.model.records import Annotation, Article, Entity, Link, Progress
from annotator.model.scheme import Scheme

ARTICLE = ("id", "title", "outlet", "author", "published", "url", "language", "sha256")
ANNOTATION = ("id", "layer", "label", "note", "origin", "scheme")
ANCHOR = ("prefix", "suffix")
LINK = ("id", "layer", "type", "source", "target")
PROGRESS = ("annotator", "state")
ENTITY = ("id", "kind", "name", "merged_into", "note")

Row = dict[str, Any]

_TEXT = pa.string()
_TYPES = {
    "start": pa.int64(),
    "stop": pa.int64(),
    "fragments": pa.list_(SPAN),
    "exact": pa.list_(_TEXT),
    "sources": pa.list_(_TEXT),
}
_LONG = tuple(name for name in SPANS if name != "unit")


class Rows:
    """Makes the rows of one dataset, whose types depend on its scheme alone."""

    def __init__(self, header: Header) -> None:
        scheme = header.scheme or Scheme("", 1, "")
        self._shelf = Shelf(header.entities)
        self._labels = TypedFields(holders_of(scheme.labels), self._shelf)
        self._links = TypedFields(holders_of(scheme.links), self._shelf)
        self._entities = TypedFields(holders_of(scheme.entities), self._shelf)
        self._columns = FlatColumns(holders_of(scheme.labels))

    @property
    def article_fields(self) -> list[pa.Field]:
        annotation = [
            *_fields((*ANNOTATION, "fragments", "exact", "sources")),
            *self._labels.fields,
            *_fields(["other"]),
        ]
        link = [*_fields(LINK), *self._links.fields, *_fields(["other"])]
        lists = {"annotations": annotation, "links": link, "progress": _fields((*PROGRESS, "other"))}
        listed = [pa.field(name, pa.list_(pa.struct(fields))) for name, fields in lists.items()]
        return [*_fields((*ARTICLE, "text")), *listed, *_fields(["other"])]

    @property
    def span_fields(self) -> list[pa.Field]:
        return [*_fields(_LONG), *self._columns.fields, *_fields(SPANS_END)]

    @property
    def entity_fields(self) -> list[pa.Field]:
        return [*_fields(ENTITY), *self._entities.fields, *_fields(["other"])]

    def of_record(self, record: ArticleRecord) -> tuple[Row, list[Row]]:
        """Return the row of an article, and those of its spans."""
        marked = [self._marked(record.article, a) for a in record.annotations]
        article = {
            **{name: getattr(record.article, name) for name in ARTICLE},
            "text": record.text,
            "annotations": [annotation for annotation, _ in marked],
            "links": [self._link(link) for link in record.links],
            "progress": [_progress(p) for p in record.progress or ()],
            "other": other_text(keys=record.article.extra) or None,
        }
        return article, [span for _, span in marked]

    def of_entities(self) -> Iterable[Row]:
        return map(self._entity, self._shelf.entities)

    def _marked(self, article: Article, a: Annotation) -> tuple[Row, Row]:
        """Return what the article's list and what the long table say of one annotation."""
        values, rest = self._labels.fill(a.label, a.attributes)
        columns, unplaced = self._columns.row(a.label, values)
        fragments = [{"start": f.start, "stop": f.stop} for f in a.fragments]
        annotation = {name: getattr(a, name) for name in ANNOTATION} | {
            "prefix": a.anchor.prefix,
            "suffix": a.anchor.suffix,
            "fragments": fragments,
            "exact": list(a.anchor.exact),
            "sources": list(a.sources),
            "attributes": {a.label: values} if values else None,
            "other": other_text(attributes=rest, keys=a.extra) or None,
        }
        rest = rest | {name: a.attributes[name] for name in unplaced}
        span = {name: getattr(article, name) for name in ("title", "outlet", "published", "url")} | {
            "annotation": a.id,
            "start": a.hull.start,
            "stop": a.hull.stop,
            "fragments": fragments,
            "words": a.words,
            "sources": list(a.sources),
            "other": other_text(attributes=rest, keys=a.extra) or None,
        }
        span |= {name: getattr(a, name) for name in ("article", "layer", "label", "note", "origin", "scheme")}
        return annotation, span | columns

    def _link(self, link: Link) -> Row:
        values, rest = self._links.fill(link.type, link.attributes)
        return {
            **{name: getattr(link, name) for name in LINK},
            "attributes": {link.type: values} if values else None,
            "other": other_text(attributes=rest, keys=link.extra) or None,
        }

    def _entity(self, entity: Entity) -> Row:
        values, rest = self._entities.fill(entity.kind, entity.attributes)
        return {
            **{name: getattr(entity, name) for name in ENTITY},
            "attributes": {entity.kind: values} if values else None,
            "other": other_text(attributes=rest, keys=entity.extra) or None,
        }


def _progress(p: Progress) -> Row:
    return {"annotator": p.annotator, "state": p.state, "other": other_text(keys=p.extra) or None}


def _fields(names: Iterable[str]) -> list[pa.Field]:
    return [pa.field(name, _TYPES.get(name, _TEXT)) for name in names]
