"""Parquet files of strangers: sizes are checked first, rows come a few at a time."""

from collections.abc import Collection, Iterator
from os import SEEK_END
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from annotator.formats.errors import FormatError
from annotator.formats.parts.archives import MAX_RATIO, MAX_UNPACKED

Row = dict[str, Any]

MAX_VALUES = 10_000_000
"""Most values of a column in one group of rows."""
MAX_BATCH = 64
"""Most rows that are unpacked at once."""
_MARK = b"PAR1"
"""What every file begins and ends with."""
_BATCH_BYTES = 200_000_000

_UNREADABLE = (pa.ArrowException, OSError, ValueError, LookupError, RuntimeError, MemoryError)


class ParquetFile:
    """One file: what it says of itself, the names of its columns, and its rows."""

    def __init__(self, path: Path) -> None:
        self._path = path
        try:
            with pq.ParquetFile(path) as file:
                self.columns: tuple[str, ...] = tuple(file.schema_arrow.names)
                self.about = _decoded(file.schema_arrow.metadata or {})
                self._rows_at_once = self._weighed(file.metadata)
        except _UNREADABLE as error:
            raise self._damaged(error) from error

    def rows(self, columns: Collection[str]) -> Iterator[tuple[int, Row | None]]:
        """Yield each row, by its number from 1, with those of the columns that are there.

        None is a row with text that isn't UTF-8.
        """
        wanted = [name for name in self.columns if name in columns]
        try:
            with pq.ParquetFile(self._path) as file:
                number = 0
                for batch in file.iter_batches(self._rows_at_once, columns=wanted, use_threads=False):
                    for index in range(batch.num_rows):
                        number += 1
                        yield number, _row(batch, index)
        except _UNREADABLE as error:
            raise self._damaged(error) from error

    def _weighed(self, about: Any) -> int:
        """Refuse what is small in the file and endless in memory; say how many rows to take at once."""
        largest = 1
        for group in map(about.row_group, range(about.num_row_groups)):
            for column in map(group.column, range(group.num_columns)):
                unpacked, packed = column.total_uncompressed_size, column.total_compressed_size
                if column.num_values > MAX_VALUES or unpacked > MAX_UNPACKED:
                    raise FormatError(
                        f"{self._path.name} has groups of rows that are too large; save it in smaller ones"
                    )
                if unpacked > MAX_RATIO * max(packed, 0) + 1_000_000:
                    raise FormatError(f"{self._path.name} unpacks to far too much; it was not read")
                largest = max(largest, unpacked)
        return max(1, min(MAX_BATCH, _BATCH_BYTES // largest))

    def _damaged(self, error: BaseException) -> FormatError:
        return (
            error
            if isinstance(error, FormatError)
            else FormatError(f"{self._path.name} {_fault(self._path)}")
        )


def _fault(path: Path) -> str:
    """Say what is wrong with a file that can't be read, as far as its first and last bytes show."""
    try:
        with path.open("rb") as file:
            first = file.read(len(_MARK))
            file.seek(-min(len(_MARK), path.stat().st_size), SEEK_END)
            last = file.read()
    except OSError as error:
        return f"can't be read ({error.strerror}); check that it is a file you may open"
    if first != _MARK:
        return "is not a Parquet file, whatever its name says; save it anew"
    if last != _MARK:
        return "is cut off, as its end is not that of a Parquet file; copy or save it anew"
    return "can't be read as Parquet: it is damaged, or written in a way that is not known here; save it anew"


def _row(batch: pa.RecordBatch, index: int) -> Row | None:
    try:
        row: Row = batch.slice(index, 1).to_pylist()[0]
    except UnicodeDecodeError:
        return None
    return row


def _decoded(metadata: dict[bytes, bytes]) -> dict[str, str]:
    return {k.decode("utf-8", "replace"): v.decode("utf-8", "replace") for k, v in metadata.items()}
