"""An Excel workbook with the tables of long CSV, a sheet for each, and one about itself.

The guide's page `formats-xlsx.md` documents the sheets. Every text is typed as text, so that none can be a
formula. Reading is in `xlsx_reading.py`.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from datetime import datetime
from errno import ENOSPC
from pathlib import Path
from typing import Any, BinaryIO

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.writer.excel import ExcelWriter

from annotator.formats.dataset import Dataset, Header, OpenPart, Remark
from annotator.formats.parts.archives import ClocklessZip
from annotator.formats.parts.cells import PART_UNITS, Cell, cut, list_cell, needs_guard
from annotator.formats.tables import tables
from annotator.formats.tables.about import NAME, about
from annotator.formats.tables.columns import ABOUT, CONTINUED
from annotator.formats.tables.xlsx_cells import MAX_ROWS, escaped, pieces_of
from annotator.model.scheme import Scheme

try:
    from lxml.etree import LxmlError
except ImportError:  # openpyxl does without it, and then files raise what they always do.
    LxmlError = ()

_EPOCH = datetime(1980, 1, 1)


def read(path: Path, scheme: Scheme, remark: Remark) -> Dataset:
    """Read the sheets of a workbook."""
    from annotator.formats.tables import xlsx_reading

    return xlsx_reading.read(path, scheme, remark)


def write(dataset: Dataset, open_part: OpenPart) -> None:
    """Write the sheets as the records come, then pack them."""
    out = open_part("")
    with _filling(_Book()) as book:
        tables.write(dataset, book.table)
        _tell(book, dataset.header)
        book.pack(out)


@contextmanager
def _filling(book: "_Book") -> Iterator["_Book"]:
    """Let a workbook be filled; what it holds on the disk goes with it."""
    try:
        yield book
    except LxmlError as error:
        raise OSError(ENOSPC, "there is no room for temporary files") from error
    finally:
        book.clear()


class _Book:
    """Sheets on the disk, until they are packed into one file."""

    def __init__(self) -> None:
        self._book = Workbook(write_only=True)
        self._book.properties.creator = NAME
        self._book.properties.created = self._book.properties.modified = _EPOCH
        self._continued: _Table | None = None

    def table(self, name: str, columns: Sequence[str]) -> "_Table":
        return _Table(self, name, columns)

    def sheet(self, title: str) -> Any:
        sheet = self._book.create_sheet(title)
        sheet.freeze_panes = "A2"
        return sheet

    def go_on(self, table: str, row: str, column: str, pieces: Sequence[str]) -> None:
        """Write what a cell could not hold; a row is known by its first two cells."""
        self._continued = self._continued or self.table("continued", CONTINUED)
        for number, piece in enumerate(pieces, 2):
            cells: dict[str, Cell] = {"sheet": table, "row": row, "column": column, "part": number}
            self._continued.write(cells | {"text": piece})

    def pack(self, out: BinaryIO) -> None:
        # Saving it the usual way would write the time into it.
        ExcelWriter(self._book, ClocklessZip(out)).save()

    def clear(self) -> None:
        for sheet in self._book.worksheets:
            if not sheet.closed:
                for end in (sheet.close, sheet._writer.close, sheet._writer.xf.close):
                    with suppress(LxmlError, OSError):  # What can't be ended goes with its file.
                        end()
                sheet._writer.cleanup()


class _Table:
    """One table, in one sheet or, when that is full, in several."""

    def __init__(self, book: _Book, name: str, columns: Sequence[str]) -> None:
        self._book, self._name, self._columns = book, name, columns
        self._sheets = 0
        self._begin_sheet()

    def write(self, row: Mapping[str, Cell], /) -> None:
        if self._rows == MAX_ROWS:
            self._begin_sheet()
        self._rows += 1
        self._sheet.append([self._cell(row, name) for name in self._columns])

    def _begin_sheet(self) -> None:
        self._sheets, self._rows = self._sheets + 1, 1
        self._sheet = self._book.sheet(self._name if self._sheets == 1 else f"{self._name} {self._sheets}")
        self._sheet.append([_text(self._sheet, escaped(name)) for name in self._columns])

    def _cell(self, row: Mapping[str, Cell], column: str) -> Any:
        value = row.get(column, "")
        if not isinstance(value, str):
            return _number(self._sheet, value)
        first, *further = pieces_of(value)
        if further:
            key = list_cell(str(row.get(name, "")) for name in self._columns[:2])
            self._book.go_on(self._name, key, column, further)
        return _text(self._sheet, escaped(first))


def _tell(book: _Book, header: Header) -> None:
    """Say what the workbook is; what is long takes several rows."""
    table = book.table("about", ABOUT)
    for what, value in about(header).items():
        for piece in cut(value, PART_UNITS):
            table.write({"what": what, "value": piece})


def _text(sheet: Any, text: str) -> Any:
    """Make a cell that is text whatever it begins with, and stays text when somebody edits it."""
    if not (needs_guard(text) or text.startswith("#")):
        return text or None  # openpyxl takes for a formula or an error only what begins like one.
    cell = WriteOnlyCell(sheet, text)
    cell.data_type = "s"
    cell.quotePrefix = True
    return cell


def _number(sheet: Any, number: int | float) -> Any:
    """Make a cell of a number with all its digits, where openpyxl would write sixteen."""
    if isinstance(number, int) and abs(number) < 10**15:
        return number
    cell = WriteOnlyCell(sheet, repr(number))
    cell.data_type = "n"
    return cell
