"""Rows of a CSV file that somebody may have saved from a spreadsheet."""

import csv
import re
from collections.abc import Generator, Iterator, Mapping
from contextlib import closing
from pathlib import Path
from typing import TextIO

from annotator.formats.errors import FormatError
from annotator.formats.parts.cells import unguarded

Row = Mapping[str, str]

MAX_CELL_READ = 40_000_000
MAX_LINE = 50_000_000

_HEAD = 1_000_000
_SEPARATOR_LINE = re.compile(r"sep=([,;\t|])\r?\n")
"""What Excel takes for a statement of the separator."""


class CsvFile:
    """One file with a header line, separated by commas, semicolons, tabs or bars."""

    def __init__(self, path: Path, encoding: str = "utf-8-sig", errors: str = "strict") -> None:
        self._name = path.name
        self._path, self._encoding, self._errors = path, encoding, errors
        # The limit is the csv module's own, for all readers; its default is below one long article.
        csv.field_size_limit(MAX_CELL_READ)
        try:
            with self._open() as file:
                head = file.read(_HEAD)
        except (OSError, UnicodeDecodeError) as error:
            raise self._unreadable(error) from error
        stated = _SEPARATOR_LINE.match(head)
        self._skipped = len(stated[0]) if stated else 0
        head = head[self._skipped :]
        first = head.partition("\n")[0]
        self._delimiter = stated[1] if stated else max(",;\t|", key=first.count)
        self._is_unquoted = self._delimiter == "\t" and _has_plain_quotes(head)

    def lines(self) -> Generator[tuple[int, list[str]], None, None]:
        """Yield the cells of each row, the header first, with the line it begins in."""
        try:
            with self._open() as file:
                file.read(self._skipped)
                before = bool(self._skipped)
                rows = csv.reader(
                    _bounded_lines(file),
                    delimiter=self._delimiter,
                    quoting=csv.QUOTE_NONE if self._is_unquoted else csv.QUOTE_MINIMAL,
                )
                line = 1
                for cells in rows:
                    yield line + before, [cell.replace("\x00", "\ufffd") for cell in cells]
                    line = rows.line_num + 1
        except (OSError, UnicodeDecodeError, csv.Error) as error:
            raise self._unreadable(error) from error

    def _open(self) -> TextIO:
        return self._path.open(encoding=self._encoding, errors=self._errors, newline="")

    def _unreadable(self, error: Exception) -> FormatError:
        if isinstance(error, OSError):
            return FormatError(f"{self._name} can't be read ({error.strerror})")
        if isinstance(error, UnicodeDecodeError):
            return FormatError(f"{self._name} is not UTF-8; save it as “CSV UTF-8”")
        return FormatError(f"{self._name} is not a CSV file ({error})")


class Sheet:
    """One table of a dataset in a CSV file, whose texts may be guarded against spreadsheets."""

    def __init__(self, path: Path, *needed: str) -> None:
        self._file = CsvFile(path)
        with closing(self._file.lines()) as lines:
            _, head = next(lines, (1, []))
        self.columns = tuple(map(unguarded, head))
        missing = [name for name in needed if name not in self.columns]
        if missing:
            raise FormatError(f"{path.name} has no column “{missing[0]}”; see the guide for what it needs")

    def rows(self) -> Iterator[tuple[int, Row]]:
        """Yield each row that says something, with the line it begins in."""
        with closing(self._file.lines()) as lines:
            next(lines, None)
            for line, cells in lines:
                if any(cells):
                    yield line, dict(zip(self.columns, map(unguarded, cells), strict=False))


def _has_plain_quotes(head: str) -> bool:
    """Say whether quotation marks are no more than that, although a cell begins with one."""
    lines = head.split("\n")
    rows = [line.rstrip("\r").split("\t") for line in (lines[:-1] if len(head) == _HEAD else lines) if line]
    is_even = len({len(row) for row in rows}) == 1
    return is_even and any(c.startswith('"') and not c.endswith('"') for row in rows for c in row)


def _bounded_lines(file: TextIO) -> Iterator[str]:
    """Yield lines as a file does, but never take in a line without end."""
    while line := file.readline(MAX_LINE):
        if len(line) == MAX_LINE:
            raise csv.Error(f"a line is longer than {MAX_LINE:,} characters")
        yield line
