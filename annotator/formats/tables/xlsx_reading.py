"""Read workbooks: our own, or what a person or a script wrote in the same columns."""

import re
import warnings
import zipfile
import zlib
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from openpyxl import load_workbook

from annotator.formats.dataset import Dataset, Remark
from annotator.formats.errors import FormatError
from annotator.formats.parts.archives import Archive
from annotator.formats.parts.cells import list_cell
from annotator.formats.parts.sheets import Row
from annotator.formats.tables import reading as tables_reading
from annotator.formats.tables.about import header_of
from annotator.formats.tables.article_columns import ArticleColumns
from annotator.formats.tables.article_table import articles, told_apart
from annotator.formats.tables.reading import Source
from annotator.formats.tables.xlsx_cells import MAX_COLUMNS, MAX_ROWS, text_of
from annotator.model.scheme import Scheme

MAX_TAGS = 8_000_000
"""Most tags of what is held whole, such as the texts that cells share."""
MAX_ROW = 16_000_000
"""Most bytes of one row."""

_SHEETS = "xl/worksheets/"
_TABLES = ("spans", "articles", "links", "entities")
_GOING_ON = re.compile(r"(.*?)(?: \d+)?")
# openpyxl doesn't check what it reads, so a damaged file makes it stumble over anything.
_STUMBLES = (
    *(ArithmeticError, AssertionError, AttributeError, EOFError, LookupError, MemoryError, OSError),
    *(RuntimeError, SyntaxError, TypeError, ValueError, zipfile.BadZipFile, zlib.error),
)

Further = Mapping[tuple[str, str, str], str]
"""What a cell could not hold, by the sheet, the first two cells of the row, and the column."""


def read(path: Path, scheme: Scheme, remark: Remark) -> Dataset:
    """Read the sheet of spans, and those of articles, links and entities if they are there.

    A workbook without spans is a table with a row for each article.
    """
    with Archive(path, streamed=_SHEETS) as archive:
        if "word/document.xml" in archive.names:
            raise FormatError(f"{path.name} is a Word document, not a workbook; rename it to end in .docx")
        for name in archive.names:
            _weigh(archive, name, path.name)
    with path.open("rb") as file, warnings.catch_warnings():
        # It warns of what it doesn't keep: colours, charts, lists to choose from.
        warnings.filterwarnings("ignore", module="openpyxl")
        book = _Book(file, path.name)
        sources = _sources(book, remark)
        if sources is None:
            return _articles(book, path, remark)
        return tables_reading.read(sources, header_of(_said(book), path.name, remark), scheme)


def _weigh(archive: Archive, name: str, file: str) -> None:
    """Refuse XML that reaches beyond its file, or is small in it and endless in memory."""
    tags = rows = since_row = 0
    for piece in archive.pieces(name):
        if b"<!DOCTYPE" in piece:
            raise FormatError(f"{file} declares a document type in {name}, which is not read; save it anew")
        tags, rows, row = tags + piece.count(b"<"), rows + piece.count(b"<row"), piece.rfind(b"<row")
        since_row = since_row + len(piece) if row < 0 else len(piece) - row
        is_sheet = name.startswith(_SHEETS)
        if (since_row > MAX_ROW or rows > 2 * MAX_ROWS) if is_sheet else tags > MAX_TAGS:
            raise FormatError(f"{file} holds more in {name} than a workbook ever does; it was not read")


class _Book:
    """The sheets of a workbook by name; one that goes on in further sheets is one table."""

    def __init__(self, file: Any, name: str) -> None:
        self.name = name
        try:
            book = load_workbook(file, read_only=True, data_only=True, keep_links=False)
            self._sheets = {sheet.title: sheet for sheet in book.worksheets}
        except _STUMBLES as error:
            raise self._damaged() from error
        self._further: Further = {}
        self._further = self._continued()

    def table(self, name: str) -> "_Table | None":
        """Return a table, or None when there is no sheet of its name."""
        titles = [title for title in self._sheets if _table_of(title) == name]
        return _Table(self, titles, self._further) if titles else None

    def tables(self) -> "Iterator[_Table]":
        """Yield each sheet as a table, whatever its name."""
        for title in self._sheets:
            yield _Table(self, [title], self._further)

    def rows(self, title: str, first: int, last: int, width: int) -> Iterator[tuple[str, ...]]:
        """Yield the rows of a sheet as texts."""
        sheet = self._sheets[title]
        try:
            sheet.reset_dimensions()  # What a file says of them is often wrong.
            rows = sheet.iter_rows(min_row=first, max_row=last, max_col=width, values_only=True)
            for cells in rows:
                # One stray cell at the very end of a sheet makes a million empty rows before it.
                is_empty = cells.count(None) == len(cells)
                yield () if is_empty else tuple(map(text_of, cells))
        except _STUMBLES as error:
            raise self._damaged() from error

    def _continued(self) -> Further:
        pieces: dict[tuple[str, str, str], list[tuple[int, str]]] = {}
        table = self.table("continued")
        for _, row in table.rows() if table else ():
            part, text = row.get("part", ""), row.get("text", "")
            if part.isdecimal():
                key = (row.get("sheet", ""), row.get("row", ""), row.get("column", ""))
                pieces.setdefault(key, []).append((int(part), text))
        return {key: "".join(text for _, text in sorted(found)) for key, found in pieces.items()}

    def _damaged(self) -> FormatError:
        return FormatError(f"{self.name} is not a workbook, or is damaged; save it anew as .xlsx")


class _Table:
    """One table of a workbook, whose head is that of its first sheet."""

    def __init__(self, book: _Book, titles: Sequence[str], further: Further) -> None:
        self._book, self._titles, self._further = book, titles, further
        self._name = _table_of(titles[0])
        head = next(book.rows(titles[0], 1, 1, MAX_COLUMNS), ())
        filled = max((number for number, name in enumerate(head, 1) if name), default=0)
        self.columns = head[:filled]

    def rows(self) -> Iterator[tuple[int, Row]]:
        """Yield each row that says something, with its number in its sheet."""
        for title in self._titles if self.columns else ():
            for number, cells in enumerate(self._book.rows(title, 2, MAX_ROWS, len(self.columns)), 2):
                if any(cells):
                    yield number, self._row(cells)

    def _row(self, cells: tuple[str, ...]) -> Row:
        row = dict(zip(self.columns, cells, strict=False))
        if self._further:
            key = list_cell(cells[:2])
            row = {c: cell + self._further.get((self._name, key, c), "") for c, cell in row.items()}
        return row


def _table_of(title: str) -> str:
    """Name the table that a sheet holds, or goes on with: "spans 2"."""
    match = _GOING_ON.fullmatch(title.strip().lower())
    return match[1] if match else ""


def _sources(book: _Book, remark: Remark) -> dict[str, Source] | None:
    """Find the tables of a dataset; None when none is one of spans."""
    found = {name: table for name in _TABLES if (table := book.table(name))}
    candidates = (found["spans"],) if "spans" in found else book.tables()
    spans = next((t for t in candidates if _has_spans(t.columns)), None)
    if spans is None:
        return None
    beside = {name: Source(t, partial(_of_sheet, remark, name)) for name, t in found.items()}
    return beside | {"spans": Source(spans, remark)}


def _has_spans(columns: Sequence[str]) -> bool:
    return {"article", "label"} <= set(columns) and bool({"fragments", "stop"} & set(columns))


def _articles(book: _Book, path: Path, remark: Remark) -> Dataset:
    """Read the first sheet that has a column of text, at once: the file is closed afterwards."""
    table = next((t for t in book.tables() if ArticleColumns(t.columns).has_text), None)
    if table is None:
        needed = "the columns “article”, “label”, “start” and “stop”, nor one with text"
        raise FormatError(f"{path.name} has no sheet with {needed}; see the guide for what is read")
    table.columns = told_apart(table.columns)
    dataset = articles(path, table.rows(), table.columns, remark)
    return Dataset(dataset.header, tuple(dataset))


def _of_sheet(remark: Remark, sheet: str, line: int | None, message: str, /, **_: Any) -> None:
    remark(line, f"in the sheet “{sheet}”, {message}")


def _said(book: _Book) -> dict[str, str]:
    """Read what the workbook says of itself."""
    said: dict[str, str] = {}
    table = book.table("about")
    for _, row in table.rows() if table else ():
        what = row.get("what", "")
        said[what] = said.get(what, "") + row.get("value", "")
    return said
