"""Parquet: one row an article with its annotations and links as lists; beside it, one long table of spans.

The guide's page `formats-parquet.md` documents the columns. Their types depend on the scheme alone, so that
a file without a row is as good as any. Reading is in `parquet_reading.py`.
"""

from contextlib import ExitStack
from pathlib import Path
from typing import Any, BinaryIO

import pyarrow as pa
import pyarrow.parquet as pq

from annotator.formats.dataset import Dataset, OpenPart, Remark
from annotator.formats.tables.about import about
from annotator.formats.tables.parquet_rows import Row, Rows
from annotator.model.scheme import Scheme

MAX_GROUP = 8_000_000
"""Characters, or thereabouts, of the rows that wait in memory until they are written as one group."""

_ROW = 800
"""Characters that a row counts at least."""


def read(path: Path, scheme: Scheme, remark: Remark) -> Dataset:
    """Read the articles, and the entities beside them."""
    from annotator.formats.tables import parquet_reading

    return parquet_reading.read(path, scheme, remark)


def write(dataset: Dataset, open_part: OpenPart) -> None:
    """Write the articles, the spans and the entities."""
    rows, said = Rows(dataset.header), about(dataset.header)
    with ExitStack() as stack:

        def table(part: str, fields: list[pa.Field]) -> _Table:
            return stack.enter_context(_Table(open_part(part), pa.schema(fields, said)))

        articles = table("", rows.article_fields)
        spans = table("spans", rows.span_fields)
        entities = table("entities", rows.entity_fields)
        for record in dataset:
            article, marked = rows.of_record(record)
            articles.add(article, len(record.text) + _ROW * len(marked))
            for span in marked:
                spans.add(span, len(span["words"]))
        for entity in rows.of_entities():
            entities.add(entity, 0)


class _Table:
    """One file, written group by group."""

    def __init__(self, out: BinaryIO, schema: pa.Schema) -> None:
        self._schema = schema
        self._writer = pq.ParquetWriter(out, schema)
        self._rows: list[Row] = []
        self._weight = 0

    def __enter__(self) -> "_Table":
        return self

    def __exit__(self, error: object, *_: object) -> None:
        """Write what is left, and the end of the file, which stays open for whoever opened it."""
        try:
            if error is None:
                self._flush()
        finally:
            self._writer.close()

    def add(self, row: Row, weight: int) -> None:
        self._rows.append(row)
        self._weight += _ROW + weight
        if self._weight >= MAX_GROUP:
            self._flush()

    def _flush(self) -> None:
        if not self._rows:
            return  # Hugging Face's datasets can't read a group without rows.
        try:
            table = pa.Table.from_pylist(self._rows, schema=self._schema)
        except UnicodeEncodeError:
            table = pa.Table.from_pylist(_holdable(self._rows), schema=self._schema)
        self._writer.write_table(table)
        self._rows, self._weight = [], 0


def _holdable(value: Any) -> Any:
    """Put a question mark in place of lone surrogates, which no UTF-8 holds."""
    match value:
        case str():
            return value.encode("utf-8", "replace").decode("utf-8")
        case list():
            return [_holdable(item) for item in value]
        case dict():
            return {key: _holdable(item) for key, item in value.items()}
    return value
