"""What goes wrong with a project file, in one sentence for the person at the window."""

import sqlite3
from pathlib import Path

from annotator.model.change import ObjectKey


class ProjectError(Exception):
    """A project that can't be opened, read or written; str() says what, why and what to do."""


class NotSaved(ProjectError):  # it says what happened; nobody erred
    """A change that could not be written; it is kept aside and comes back when the file does."""


class Stale(ProjectError):
    """What a change was planned on was changed meanwhile; `keys` names the objects."""

    def __init__(self, message: str, keys: frozenset[ObjectKey] = frozenset()) -> None:
        super().__init__(message)
        self.keys = keys


class MovedError(OSError):
    """The project file was moved, deleted or replaced; str() says which, and what to do."""


BROKEN = (sqlite3.DatabaseError, UnicodeDecodeError)
"""What reading a broken file raises; SQLite's message may quote bytes of it that are no text."""

DEFECTS = (sqlite3.IntegrityError, sqlite3.ProgrammingError)
"""SQLite's errors that only a mistake in this program can cause."""

_FAILED_READS = (sqlite3.SQLITE_IOERR, sqlite3.SQLITE_IOERR_READ, sqlite3.SQLITE_IOERR_SHORT_READ)

_PRIMARY = 0xFF
"""SQLite's extended result codes hold the plain one in their low byte."""


def reason(error: Exception, path: Path) -> str:
    """Say what happened to which file and what to do, as a clause without a full stop."""
    name = f"“{path.name}”"
    cause = error.__cause__ if isinstance(error, ProjectError) and error.__cause__ else error
    if isinstance(cause, ProjectError | MovedError):
        return str(cause).removesuffix(".")
    if isinstance(cause, UnicodeDecodeError) or "decode to UTF-8" in str(cause):
        return f"{name} is damaged; open one of its backups"
    match code(cause):
        case sqlite3.SQLITE_FULL:
            return f"the disk that holds {name} is full; free some space"
        case sqlite3.SQLITE_READONLY | sqlite3.SQLITE_PERM | sqlite3.SQLITE_CANTOPEN:
            return f"{name} or its folder can't be written; allow writing to both"
        case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED:
            return f"another program has locked {name}; close it there"
        case sqlite3.SQLITE_CORRUPT | sqlite3.SQLITE_NOTADB:
            return f"{name} is damaged; open one of its backups"
        case sqlite3.SQLITE_IOERR if getattr(cause, "sqlite_errorcode", 0) not in _FAILED_READS:
            return f"{name} or its folder can't be written; allow writing to both and check their disk"
        case _:
            return f"{name} can't be read or written ({cause}); check its disk and connection"


def is_lock(error: BaseException) -> bool:
    """Say whether another program's lock caused an error."""
    return code(error) in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)


def code(error: BaseException | None) -> int:
    """Return SQLite's plain result code of an error."""
    extended: int = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR)
    return extended & _PRIMARY


def sentence(clause: str) -> str:
    """Turn a clause into a sentence."""
    return clause[:1].upper() + clause[1:] + "."
