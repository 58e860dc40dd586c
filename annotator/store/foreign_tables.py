"""Reading tables of another program's SQLite file, of which nothing is believed and nothing is run."""

import sqlite3
import stat
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from pathlib import Path
from typing import Any, Protocol

from annotator.store.confining import MAX_VALUE, bound, confine
from annotator.store.connection import Connection
from annotator.store.errors import ProjectError, code

MAX_FILE = 4_000_000_000
MAX_ROWS = 2_000_000
MAX_READ = 1_000_000_000
"""Characters and bytes that are read of one file."""

_MAGIC = b"SQLite format 3\0"
_WRITE_AHEAD = 2
_PATIENCE = 1000


class TablesError(Exception):
    """Tables that can't be read; str() says what, why and what to do, without a full stop."""


class Wanted(Protocol):
    """A table to read: columns that it must have, and more that older files lack."""

    @property
    def name(self) -> str: ...
    @property
    def columns(self) -> tuple[str, ...]: ...
    @property
    def more(self) -> tuple[str, ...]: ...
    @property
    def is_needed(self) -> bool: ...


Rows = list[Mapping[str, Any]]


def read_tables(path: Path, wanted: Iterable[Wanted], what: str) -> dict[str, Rows]:
    """Read rows by table, in the order they were written; what the file lacks is None, or no rows.

    `what` names the kind of file that this should be.
    """
    path = path.absolute()
    try:
        with closing(Connection.to_file(path, _mode(path, what))) as db:
            db.wait(_PATIENCE)
            return _Reading(db.raw, path.name, what).rows(tuple(wanted))
    except OSError as error:
        raise TablesError(
            f"{path.name} can't be read ({error.strerror}); check that you may open it"
        ) from error
    except ProjectError as error:
        raise TablesError(str(error).removesuffix(".")) from error
    except (sqlite3.Error, UnicodeDecodeError) as error:
        raise TablesError(_reason(error, path.name)) from error


def _mode(path: Path, what: str) -> str:
    """Check that a file is a database at rest, and say how to open it without touching it."""
    found = path.stat()
    if not stat.S_ISREG(found.st_mode):
        raise TablesError(f"{path.name} is not a file; choose a {what}")
    if found.st_size > MAX_FILE:
        raise TablesError(f"{path.name} is larger than {MAX_FILE / 1e9:,.0f} GB; it was not read")
    with path.open("rb") as file:
        head = file.read(100)
    if not head.startswith(_MAGIC) or len(head) < 100:
        raise TablesError(f"{path.name} is not a {what}: it is no database; check which program made it")
    log = path.with_name(f"{path.name}-wal")
    if log.exists() and log.stat().st_size:
        raise TablesError(
            f"the last changes to {path.name} stand beside it in {log.name}; close it in the program that"
            " made it, which puts them in"
        )
    # A database that can have such a log would get an empty one beside it, unless we say that nobody writes.
    return "ro&immutable=1" if _WRITE_AHEAD in head[18:20] else "ro"


def _reason(error: Exception, name: str) -> str:
    if isinstance(error, UnicodeDecodeError):
        return f"{name} is damaged; choose a copy of it"
    match code(error):
        case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED:
            return f"another program has locked {name}; close it there"
        case sqlite3.SQLITE_CORRUPT | sqlite3.SQLITE_NOTADB:
            return f"{name} is damaged; choose a copy of it"
        case sqlite3.SQLITE_TOOBIG:
            return f"{name} holds a value of more than {MAX_VALUE / 1e6:,.0f} MB; it was not read"
        case sqlite3.SQLITE_READONLY | sqlite3.SQLITE_CANTOPEN:
            return f"the last change to {name} was cut short; open and close it in the program that made it"
        case _:
            why = " ".join(str(error).split())
            return f"{name} can't be read ({why[:200]}); open it in the program that made it"


_DECLARED = (
    "SELECT type, name, sql FROM sqlite_schema WHERE name = ? COLLATE NOCASE AND type IN ('table', 'view')"
)


class _Reading:
    """One pass over a file that was opened."""

    def __init__(self, raw: sqlite3.Connection, name: str, what: str) -> None:
        self._raw, self._name, self._what = raw, name, what
        self._rows_left, self._left = MAX_ROWS, MAX_READ
        raw.text_factory = lambda content: content.decode("utf-8", "replace").replace("\0", "\ufffd")

    def rows(self, wanted: tuple[Wanted, ...]) -> dict[str, Rows]:
        bound(self._raw)
        self._raw.execute("BEGIN")  # So that all tables are of one moment.
        plans = {table.name: self._columns(table) for table in wanted}
        confine(self._raw, [table.name for table in wanted])
        return {table.name: list(self._read(table, plans[table.name])) for table in wanted}

    def _columns(self, table: Wanted) -> list[str]:
        """List the columns of a table that can be read; none when it isn't there and needn't be."""
        found = self._raw.execute(_DECLARED, (table.name,)).fetchone()
        if found is None and table.is_needed:
            raise TablesError(self._not_one(f"it has no table “{table.name}”"))
        if found is None:
            return []
        kind, name, sql = found
        if kind != "table" or name != table.name or not str(sql).upper().startswith("CREATE TABLE"):
            raise TablesError(
                f"“{table.name}” in {self._name} is no plain table: somebody altered it; it was not read"
            )
        stored = {row[1] for row in self._raw.execute(f'PRAGMA table_xinfo("{table.name}")') if row[6] == 0}
        lacking = [column for column in table.columns if column not in stored]
        if lacking:
            raise TablesError(self._not_one(f"its table “{table.name}” has no column “{lacking[0]}”"))
        return [column for column in (*table.columns, *table.more) if column in stored]

    def _read(self, table: Wanted, columns: list[str]) -> Iterator[Mapping[str, Any]]:
        if not columns:
            return
        absent = dict.fromkeys(table.more)
        listed = ", ".join(f'"{column}"' for column in columns)
        # Not by an index, which would give another order.
        for row in self._raw.execute(f'SELECT {listed} FROM "{table.name}" NOT INDEXED'):
            self._rows_left -= 1
            self._left -= sum(len(value) for value in row if isinstance(value, str | bytes))
            if self._rows_left < 0 or self._left < 0:
                raise TablesError(f"{self._name} holds more than is taken; export a part of it")
            yield absent | dict(zip(columns, row, strict=True))

    def _not_one(self, why: str) -> str:
        return f"{self._name} is not a {self._what}, or one of another version: {why}"
