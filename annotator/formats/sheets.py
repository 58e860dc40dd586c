"""Rows of a CSV file that somebody may have saved from a spreadsheet."""

import csv
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TextIO

from annotator.formats.cells import unguarded
from annotator.formats.errors import FormatError

Row = Mapping[str, str]

MAX_CELL_READ = 40_000_000
MAX_LINE = 50_000_000


class Sheet:
    """One CSV file with a header line, separated by commas, semicolons or tabs."""

    def __init__(self, path: Path, *needed: str) -> None:
        self.name = path.name
        self._path = path
        # The limit is the csv module's own, for all readers; its default is below one long article.
        csv.field_size_limit(MAX_CELL_READ)
        self._delimiter, self.columns = self._head()
        missing = [name for name in needed if name not in self.columns]
        if missing:
            raise FormatError(f"{self.name} has no column “{missing[0]}”; see the guide for what it needs")

    def rows(self) -> Iterator[tuple[int, Row]]:
        """Yield each row that says something, with the line it begins in."""
        for line, cells in self._lines():
            if any(cells):
                yield line, dict(zip(self.columns, map(_text, cells), strict=False))

    def _head(self) -> tuple[str, tuple[str, ...]]:
        try:
            with self._path.open(encoding="utf-8-sig", newline="") as file:
                first = file.readline(1_000_000)
        except (OSError, UnicodeDecodeError) as error:
            raise self._unreadable(error) from error
        delimiter = max(",;\t", key=first.count)
        columns = next(csv.reader([first], delimiter=delimiter), [])
        return delimiter, tuple(unguarded(name) for name in columns)

    def _lines(self) -> Iterator[tuple[int, list[str]]]:
        try:
            with self._path.open(encoding="utf-8-sig", newline="") as file:
                reader = csv.reader(_bounded_lines(file), delimiter=self._delimiter)
                next(reader, None)
                line = reader.line_num + 1
                for cells in reader:
                    yield line, cells
                    line = reader.line_num + 1
        except (OSError, UnicodeDecodeError, csv.Error) as error:
            raise self._unreadable(error) from error

    def _unreadable(self, error: Exception) -> FormatError:
        if isinstance(error, OSError):
            return FormatError(f"{self.name} can't be read ({error.strerror})")
        if isinstance(error, UnicodeDecodeError):
            return FormatError(f"{self.name} is not UTF-8; save it as “CSV UTF-8”")
        return FormatError(f"{self.name} is not a CSV file ({error})")


def _bounded_lines(file: TextIO) -> Iterator[str]:
    """Yield lines as a file does, but never take in a line without end."""
    while line := file.readline(MAX_LINE):
        if len(line) == MAX_LINE:
            raise csv.Error(f"a line is longer than {MAX_LINE:,} characters")
        yield line


def _text(cell: str) -> str:
    return unguarded(cell.replace("\x00", "\ufffd"))
