"""One connection to a project file: how it is opened, read, and written in a transaction."""

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from itertools import islice
from os import fsencode
from pathlib import Path
from typing import Any
from urllib.parse import quote

from annotator.store.errors import BROKEN, DEFECTS, MovedError, ProjectError, is_lock, reason, sentence

APPLICATION_ID = 0x414E4E54
"""“ANNT” in the file's header."""

_PRAGMAS = (
    "trusted_schema=OFF",
    "cell_size_check=ON",
    "mmap_size=0",
    "foreign_keys=ON",
    "recursive_triggers=ON",  # else INSERT OR REPLACE would slip past the triggers that keep the journal
    "fullfsync=ON",
    "locking_mode=NORMAL",
    "synchronous=EXTRA",
    "cache_spill=65536",  # pages: up to 256 MB of a large import wait in memory, so that others can read
)
_OLDEST_SQLITE = (3, 37, 0)
_PATIENCE = 5000
COMMIT_PATIENCE = 400
"""Milliseconds to wait for another program's lock: in general, and when a window waits for a commit."""

_KEYS_AT_ONCE = 500
_ROWS_AT_ONCE = 1000

Row = tuple[Any, ...]
Parameters = Sequence[Any] | Mapping[str, Any]


class Connection:
    """A project file (or a copy of one in memory) with its failures told as sentences."""

    def __init__(self, raw: sqlite3.Connection, path: Path) -> None:
        self.raw = raw
        self.path = path
        self._identity: tuple[int, int] | None = None
        self._is_locked_out = False
        self._tick: Callable[[int], None] | None = None

    @classmethod
    def to_file(cls, path: Path, mode: str) -> "Connection":
        """Open an existing file (mode "ro" or "rw") or a new one ("rwc") with the pragmas it needs."""
        if sqlite3.sqlite_version_info < _OLDEST_SQLITE:
            raise ProjectError(
                f"This Python comes with SQLite {sqlite3.sqlite_version}, which is too old for project files;"
                " install a newer Python."
            )
        raw = sqlite3.connect(_uri(path, mode), uri=True, isolation_level=None)
        connection = cls(raw, path)
        try:
            connection.wait(_PATIENCE)
            for pragma in _PRAGMAS:
                raw.execute(f"PRAGMA {pragma}")
            connection._identity = _identity(path)
        except BaseException:
            raw.close()
            raise
        return connection

    def allow_writing(self) -> None:
        """Turn a verified file to the rollback journal; a write-ahead log is not safe beside copies."""
        self.raw.execute("PRAGMA journal_mode=DELETE")

    def copy(self, place: str = ":memory:") -> "Connection":
        """Copy the whole database as it stands; place "" is memory that may spill to a temporary file."""
        target = sqlite3.connect(place, isolation_level=None, check_same_thread=False)
        try:
            self.copy_into(target)
        except BaseException:
            target.close()
            raise
        return Connection(target, self.path)

    def copy_into(self, target: sqlite3.Connection) -> None:
        """Copy the whole database into an empty one, holding a read lock while it lasts."""
        # sqlite3's backup() waits for locks without end; a transaction begun first gives up in time.
        with self.telling():
            self.raw.execute("BEGIN")
            try:
                self.raw.execute("SELECT count(*) FROM sqlite_schema").fetchall()
                self.raw.backup(target)
            finally:
                self._roll_back()

    def close(self) -> None:
        self.raw.close()

    def rows(self, sql: str, parameters: Parameters = ()) -> list[Row]:
        """Read all rows of a query."""
        with self.telling():
            try:
                return self.raw.execute(sql, parameters).fetchall()
            except sqlite3.OperationalError as error:
                if "decode" not in str(error):
                    raise
                return self._rows_of_broken_text(sql, parameters)

    def _rows_of_broken_text(self, sql: str, parameters: Parameters) -> list[Row]:
        """Read rows of which some hold bytes that aren't UTF-8, as only another program writes them."""
        self.raw.text_factory = lambda raw: raw.decode("utf-8", "replace")
        try:
            return self.raw.execute(sql, parameters).fetchall()
        finally:
            self.raw.text_factory = str

    def row(self, sql: str, parameters: Parameters = ()) -> Row | None:
        """Read the only row of a query, if there is one."""
        return next(iter(self.rows(sql, parameters)), None)

    def value(self, sql: str, parameters: Parameters = ()) -> Any:
        """Read the only value of a query, None when there is no row."""
        row = self.row(sql, parameters)
        return row[0] if row else None

    def rows_for(self, keys: Sequence[Row], sql: str, more: Sequence[Any] = ()) -> list[Row]:
        """Read all rows of a query over `wanted (column1, …)`, a table of keys, however many there are.

        `more` are the values that the query asks for besides.
        """
        found: list[Row] = []
        for i in range(0, len(keys), _KEYS_AT_ONCE):
            some = keys[i : i + _KEYS_AT_ONCE]
            places = ", ".join([f"({', '.join('?' * len(some[0]))})"] * len(some))
            values = [*(value for key in some for value in key), *more]
            found += self.rows(f"WITH wanted AS (VALUES {places}) {sql}", values)
        return found

    def execute(self, sql: str, parameters: Parameters = ()) -> None:
        """Run a statement within a transaction; errors stay SQLite's, for the transaction to tell."""
        self.raw.execute(sql, parameters)

    def executemany(self, sql: str, rows: Iterable[Parameters]) -> None:
        """Run a statement for many rows within a transaction."""
        if self._tick is None:
            self.raw.executemany(sql, rows)
            return
        # Telling of each row by itself takes a fifth of the time of writing them.
        left = iter(rows)
        while some := list(islice(left, _ROWS_AT_ONCE)):
            self.raw.executemany(sql, some)
            self._tick(len(some))

    @contextmanager
    def ticking(self, tick: Callable[[int], None]) -> Iterator[None]:
        """Tell `tick` how many rows were written, again and again; where it raises, none is kept."""
        self._tick = tick
        try:
            yield
        finally:
            self._tick = None

    @contextmanager
    def telling(self) -> Iterator[None]:
        """Tell SQLite's errors as sentences.

        A lock that outlasted our patience once is not waited for again until it is gone, else a window
        that reads ten things would stand still for ten times as long.
        """
        try:
            yield
        except DEFECTS:
            raise
        except BROKEN as error:
            self._lock_out(error)
            raise ProjectError(sentence(reason(error, self.path))) from error
        if self._is_locked_out:
            self._is_locked_out = False
            self.wait(_PATIENCE)

    @contextmanager
    def transaction(self, patience: int = _PATIENCE) -> Iterator[None]:
        """Write everything in the block, durably, or nothing of it."""
        self.wait(0 if self._is_locked_out else patience)
        try:
            self.raw.execute("BEGIN IMMEDIATE")
            yield
            self.raw.execute("COMMIT")
            self._is_locked_out = False
        except BROKEN as error:
            self._lock_out(error)
            raise
        finally:
            self._roll_back()
            self.wait(0 if self._is_locked_out else _PATIENCE)

    def wait(self, patience: int) -> None:
        """Set for how many milliseconds other programs' locks are waited for."""
        self.raw.execute(f"PRAGMA busy_timeout={patience}")

    def is_free(self) -> bool:
        """Say at once whether the database can be read now, or somebody else's lock prevents it."""
        self.wait(0)
        try:
            self.raw.execute("SELECT 1 FROM meta").fetchone()
        except sqlite3.DatabaseError as error:
            if is_lock(error):
                return False
        finally:
            self.wait(0 if self._is_locked_out else _PATIENCE)
        return True

    def _lock_out(self, error: Exception) -> None:
        if is_lock(error):
            self._is_locked_out = True
            self.wait(0)

    def must_be_in_place(self) -> None:
        """Raise MovedError unless the path still leads to the file that was opened."""
        if self._identity is None:
            return
        try:
            found = _identity(self.path)
        except OSError as error:
            raise MovedError(
                f"“{self.path.name}” is no longer in the folder {self.path.parent}; put it back there"
            ) from error
        if found != self._identity:
            raise MovedError(
                f"another file has taken the place of “{self.path.name}”; open the project again"
            )

    def _roll_back(self) -> None:
        # After some errors SQLite has rolled back by itself; a hot journal is rolled back at the next read.
        with suppress(sqlite3.Error):
            if self.raw.in_transaction:
                self.raw.execute("ROLLBACK")


def _identity(path: Path) -> tuple[int, int]:
    found = path.stat()
    return found.st_dev, found.st_ino


def _uri(path: Path, mode: str) -> str:
    place = quote(fsencode(path.absolute().as_posix()))
    return f"file://{place if place.startswith('/') else '/' + place}?mode={mode}"
