"""Long CSV: one row a span; articles, links and entities in files beside it.

The guide's page `formats-csv.md` documents the columns. UTF-8 with a byte order mark, for Excel; rows end
in CR LF.
"""

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from annotator.formats.dataset import ArticleRecord, Dataset, Header, OpenPart, Remark
from annotator.formats.errors import FormatError
from annotator.formats.losses import Lost, quoted
from annotator.formats.parts.cells import MAX_CELL, Cell, guarded, units_of
from annotator.formats.parts.sheets import Sheet
from annotator.formats.tables import reading as tables_reading
from annotator.formats.tables import tables
from annotator.formats.tables.reading import Source
from annotator.model.records import Annotation
from annotator.model.scheme import Scheme

BESIDE = ("articles", "links", "entities")


def read(path: Path, scheme: Scheme, remark: Remark) -> Dataset:
    """Read the spans, and the tables of articles, links and entities beside them if they are there."""
    if _is_empty(path):
        raise FormatError(f"{path.name} is empty; there is nothing to import in it")
    sources = {"spans": Source(Sheet(path, "article", "label"), remark)}
    for name in BESIDE:
        beside = path.with_name(f"{path.stem}.{name}{path.suffix}")
        if beside.is_file():
            sources[name] = Source(Sheet(beside), partial(remark, file=beside))
    return tables_reading.read(sources, Header(), scheme)


def write(dataset: Dataset, open_part: OpenPart) -> None:
    """Write the table of spans and those beside it."""
    opened: list[_Table] = []

    def open_table(name: str, columns: Sequence[str]) -> _Table:
        opened.append(_Table(open_part("" if name == "spans" else name), columns))
        return opened[-1]

    tables.write(dataset, open_table)
    for table in opened:
        table.flush()


def lost_of_header(header: Header) -> Iterator[Lost]:
    """Name what no column holds of the project."""
    if header.scheme:
        yield "scheme with its rules, examples, colours and keys", header.scheme.title


def lost_of_record(record: ArticleRecord) -> Iterator[Lost]:
    """Name the cells that Excel would cut; the file itself holds them whole."""
    for a in record.annotations:
        if max(len(a.words), len(a.note)) > MAX_CELL // 2 and _longest(a) > MAX_CELL:
            yield f"cells longer than {MAX_CELL:,} characters, which Excel cuts", quoted(a)


class _Table:
    """One CSV file."""

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


def _longest(a: Annotation) -> int:
    return max(units_of(a.words), units_of(a.note))


def _is_empty(path: Path) -> bool:
    try:
        return path.stat().st_size == 0
    except OSError:
        return False  # Reading it says why.
