"""Read Parquet back: our own, or what a script wrote in the same columns."""

from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import date
from functools import partial
from math import isfinite
from pathlib import Path
from typing import Any

from annotator.formats.dataset import ArticleRecord, Dataset, Remark
from annotator.formats.errors import FormatError
from annotator.formats.parts import bodies
from annotator.formats.parts.article_rows import record_of
from annotator.formats.parts.bodies import BadRecord
from annotator.formats.parts.plain_values import Shelf, other_parts
from annotator.formats.tables.about import NAME, header_of
from annotator.formats.tables.article_table import articles
from annotator.formats.tables.parquet_fields import value_of
from annotator.formats.tables.parquet_files import ParquetFile
from annotator.formats.tables.parquet_rows import ANCHOR, ANNOTATION, ARTICLE, ENTITY, LINK, PROGRESS
from annotator.model.records import Annotation, Entity, Link, Progress
from annotator.model.scheme import Scheme

_LISTS = ("annotations", "links", "progress")


def read(path: Path, _scheme: Scheme, remark: Remark) -> Dataset:
    """Read the header and the entities at once, and the articles as they are asked for.

    What isn't ours and has no annotations is a table with a row for each article.
    """
    file = ParquetFile(path)
    if file.about.get("format") != NAME and "annotations" not in file.columns:
        return articles(path, _plain_rows(file), file.columns, remark)
    if "text" not in file.columns:
        raise FormatError(f"{path.name} has no column “text”; choose the file with a row for each article")
    header = header_of(file.about, path.name, remark)
    beside = path.with_name(f"{path.stem}.entities{path.suffix}")
    if beside.is_file():
        entities = tuple(_entities(ParquetFile(beside), partial(remark, file=beside)))
        return Dataset(replace(header, entities=entities), _Reader(remark).records(file))
    # Entities are named where spans refer to them and nowhere else, so all of it is read now.
    reader = _Reader(remark)
    records = tuple(reader.records(file))
    return Dataset(replace(header, entities=reader.shelf.entities), records)


class _Reader:
    """Turns rows into records, and gathers the entities that they name."""

    def __init__(self, remark: Remark) -> None:
        self.shelf = Shelf()
        self._remark = remark

    def records(self, file: ParquetFile) -> Iterator[ArticleRecord]:
        for number, row in file.rows((*ARTICLE, "text", *_LISTS, "other")):
            try:
                if row is None:
                    raise BadRecord("it holds text that is not UTF-8")
                say = partial(self._remark, number)
                yield record_of(_shaped(row), number, say, self._annotation, self._link, _progress)
            except BadRecord as error:
                self._remark(number, f"the article was left out: {error}")

    def _annotation(self, item: Any, article: str) -> Annotation:
        other, row = _opened(item, ANNOTATION)
        values = self._values(item, row.get("label"), other)
        placed = {"fragments": _fragments(item), "exact": _listed(item, "exact"), "attributes": values}
        placed |= {"sources": sources} if (sources := _listed(item, "sources")) else {}
        anchored = {name: item[name] for name in ANCHOR if item.get(name) is not None}
        return bodies.annotation(row | anchored | placed, article)

    def _link(self, item: Any) -> Link:
        other, row = _opened(item, LINK)
        return bodies.link(row | {"attributes": self._values(item, row.get("type"), other)})

    def _values(self, item: Mapping[str, Any], holder: Any, other: Mapping[str, Any]) -> dict[str, Any]:
        return {**_typed(item, holder, self.shelf), **other.get("attributes", {})}


def _entities(file: ParquetFile, remark: Remark) -> Iterator[Entity]:
    shelf = Shelf()
    for number, row in file.rows((*ENTITY, "attributes", "other")):
        try:
            other, body = _opened(row, ENTITY)
            values = {**_typed(row or {}, body.get("kind"), shelf), **other.get("attributes", {})}
            yield bodies.entity(body | {"attributes": values})
        except BadRecord as error:
            remark(number, f"the entity was left out: {error}")


def _progress(item: Any, article: str) -> Progress:
    _, row = _opened(item, PROGRESS)
    return bodies.progress(row, article)


def _plain_rows(file: ParquetFile) -> Iterator[tuple[int, Mapping[str, Any] | BadRecord]]:
    """Yield the rows of somebody's table without what an article can't keep, such as pictures."""
    for number, row in file.rows(file.columns):
        yield number, BadRecord("it holds text that is not UTF-8") if row is None else _keepable(row)


def _keepable(row: Mapping[str, Any]) -> dict[str, Any]:
    kept = {}
    for name, value in row.items():
        with suppress(BadRecord):
            kept[name] = _plain(value)
    return kept


def _shaped(row: Mapping[str, Any]) -> dict[str, Any]:
    """Bring a row into the form of a line of JSON Lines."""
    _, article = _opened(row, ARTICLE)
    lists = {name: _listed(row, name) for name in _LISTS if name in row}
    return {"article": article, "text": row["text"], **lists}


def _opened(item: Any, names: tuple[str, ...]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return what "other" holds, and the body of an object as far as it has names of its own."""
    if not isinstance(item, dict):
        raise BadRecord("it is not an object, or its text is not UTF-8")
    other = other_parts(bodies.text_of({"other": item.get("other") or ""}, "other"))
    named = {name: _plain(item[name]) for name in names if item.get(name) is not None}
    return other, {**other.get("keys", {}), **named}


def _typed(item: Mapping[str, Any], holder: Any, shelf: Shelf) -> dict[str, Any]:
    """Read the values of an object from the struct of its label, link type or kind."""
    structs = item.get("attributes")
    fields = structs.get(holder) if isinstance(structs, dict) and isinstance(holder, str) else None
    if not isinstance(fields, dict):
        return {}
    present = {name: _plain(value) for name, value in fields.items() if value is not None}
    return {name: value_of(value) for name, value in shelf.values(present).items()}


def _fragments(item: Mapping[str, Any]) -> list[Any]:
    """Read offsets from a list of structs, or from the columns start and stop."""
    fragments = _listed(item, "fragments") or [item]
    return [[f.get("start"), f.get("stop")] if isinstance(f, dict) else f for f in fragments]


def _listed(item: Mapping[str, Any], name: str) -> list[Any]:
    return bodies.rows_of(item, name)


def _plain(value: Any) -> Any:
    """Bring a value into JSON; a point in time becomes its day."""
    match value:
        case None | bool() | str() | int():
            return value
        case float() if isfinite(value):
            return value
        case date():
            return f"{value:%Y-%m-%d}"
        case list():
            return [_plain(item) for item in value]
        case dict():
            return {str(key): _plain(item) for key, item in value.items()}
    raise BadRecord(f"“{str(value)[:40]}” is no value that can be kept")
