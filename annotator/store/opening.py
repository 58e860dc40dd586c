"""Verify a project file before anything in it is used, and make a new one."""

import os
import sqlite3
import stat
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from annotator.model.change import new_id
from annotator.store import schema
from annotator.store.connection import APPLICATION_ID, Connection
from annotator.store.errors import BROKEN, MovedError, ProjectError, code, reason, sentence

_SMALLEST = 512
"""Bytes of SQLite's smallest page."""
_SIDE_FILES = ("-journal", "-wal")


def connect(path: Path, read_only: bool) -> tuple[Connection, str]:
    """Open a project file once it is known to be one; return why it is read-only, or ""."""
    must_be_a_file(path)
    is_writable = os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)
    with told(path):
        connection = Connection.to_file(path, "rw" if is_writable else "ro")
        try:
            why = verified(connection)
            if read_only:
                why = "was opened for reading only"
            elif not is_writable:
                why = "or its folder may not be written; allow writing to both"
            if why:
                connection.raw.execute("PRAGMA query_only=ON")
            else:
                connection.allow_writing()
        except BaseException:
            connection.close()
            raise
    return connection, why


def _nothing(_path: Path) -> None:
    """Look at nothing more."""


@contextmanager
def made(path: Path, project: str = "", look: Callable[[Path], None] = _nothing) -> Iterator[Connection]:
    """Make a new project file that the caller fills, whole or not at all.

    It has the id of a project, or a new one. `look` may raise before the finished file gets its name.
    """
    unfinished = path.with_name(f".{path.name}.{new_id()}")
    with told(path):
        must_be_free(path)
        try:
            with make(unfinished, project) as file:
                yield file
            look(unfinished)
            put_in_place(unfinished, path)
        finally:
            unfinished.unlink(missing_ok=True)


@contextmanager
def make(path: Path, project: str = "") -> Iterator[Connection]:
    """Make a new project file and let the caller write its first change in the same transaction."""
    connection = Connection.to_file(path, "rwc")
    try:
        with connection.transaction():
            connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            schema.migrate(connection.raw)
            connection.execute("INSERT INTO meta VALUES ('project', ?)", (project or new_id(),))
            yield connection
    finally:
        connection.close()


def project_id(connection: Connection) -> str:
    """Return the id that all copies of a project share."""
    return str(connection.value("SELECT value FROM meta WHERE key = 'project'") or "")


def id_of_file(path: Path) -> str:
    """Return the id of the project that a file holds, "" if it holds none that can be read."""
    try:
        connection, _ = connect(path, read_only=True)
    except ProjectError:
        return ""
    with closing(connection):
        return project_id(connection)


def schema_cookie(connection: Connection) -> int:
    """Return the number SQLite raises when tables, triggers or the like are altered."""
    return int(connection.value("PRAGMA schema_version"))


def must_still_be(connection: Connection, project: str, cookie: int) -> int:
    """Raise unless the file is still the project that was verified; return its schema cookie."""
    connection.must_be_in_place()
    if project_id(connection) != project:
        raise MovedError(f"another project has taken the place of “{connection.path.name}”; open it again")
    found = schema_cookie(connection)
    if found != cookie and (why := verified(connection)):
        raise ProjectError(f"“{connection.path.name}” {why}.")
    return found


def is_old(connection: Connection) -> bool:
    """Say whether the file has an older schema than this program writes."""
    return int(connection.value("PRAGMA user_version")) < schema.VERSION


def bring_up_to_date(connection: Connection) -> None:
    """Add what newer schemas have."""
    with connection.telling(), connection.transaction():
        schema.migrate(connection.raw)


def must_be_free(path: Path) -> None:
    """Raise ProjectError unless a new project can be made under this name."""
    if not path.parent.is_dir():
        raise ProjectError(f"There is no folder {path.parent}; make it or choose another.")
    if os.path.lexists(path):
        raise ProjectError(f"“{path.name}” exists already; choose another name.")
    for ending in _SIDE_FILES:
        # SQLite would take a journal left by a vanished project for this one's and undo it into ruin.
        if path.with_name(path.name + ending).exists():
            raise ProjectError(
                f"“{path.name}{ending}” was left here by another project; move it or choose another name."
            )


def put_in_place(draft: Path, path: Path) -> None:
    """Give a finished file its final name, unless somebody took that name meanwhile."""
    try:
        os.link(draft, path)
    except FileExistsError:
        raise ProjectError(f"“{path.name}” exists already; choose another name.") from None
    except OSError:  # This disk knows no hard links.
        must_be_free(path)
        draft.rename(path)
    with suppress(FileNotFoundError):
        draft.unlink()


def must_be_a_file(path: Path) -> None:
    """Raise ProjectError unless a path leads to a file that may be read and could hold a project."""
    try:
        found = path.stat()
    except FileNotFoundError:
        raise ProjectError(
            f"There is no file “{path.name}” in {path.parent}; choose another project."
        ) from None
    except OSError as error:
        raise ProjectError(f"“{path.name}” can't be reached ({error.strerror}); check its folder.") from error
    if stat.S_ISDIR(found.st_mode):
        raise ProjectError(f"“{path.name}” is a folder; choose a file that ends in .annotator.")
    if found.st_size == 0 and stat.S_ISREG(found.st_mode):
        raise ProjectError(f"“{path.name}” is empty; open one of its backups or choose another project.")
    if found.st_size < _SMALLEST or not stat.S_ISREG(found.st_mode):
        raise ProjectError(f"“{path.name}” is not a project file; choose a file that ends in .annotator.")
    if not os.access(path, os.R_OK):
        raise ProjectError(f"“{path.name}” may not be read; allow reading it or choose another project.")


def verified(connection: Connection) -> str:
    """Raise ProjectError unless the file is a project; return why it can only be read, or ""."""
    name, raw = connection.path.name, connection.raw
    if raw.execute("PRAGMA application_id").fetchone()[0] != APPLICATION_ID:
        raise not_ours(connection.path)
    version = raw.execute("PRAGMA user_version").fetchone()[0]
    known = min(version, schema.VERSION)
    if known < 1 or _is_cut_short(connection):
        raise ProjectError(f"“{name}” is damaged; open one of its backups.")
    found, wanted = schema.objects(raw), schema.expected(known)
    for object_name, sql in wanted.items():
        if found.get(object_name) != sql:
            raise altered(connection.path, object_name)
    if version > schema.VERSION:
        return "was made by a newer version of Annotator; update Annotator to change it"
    for object_name, sql in schema.unknown(found).items():
        if not sql.startswith("CREATE TABLE"):  # A table that nobody reads can't act on its own.
            raise altered(connection.path, object_name)
    return _why_full(connection)


def _why_full(connection: Connection) -> str:
    """Say why no change can follow those that are there, "" if one can."""
    # Two questions, because SQLite answers only a lone max() from its index.
    last = [connection.value(f"SELECT max({number}) FROM change") or 0 for number in ("seq", "arrival")]
    if max(last) < schema.LAST_NUMBER:
        return ""
    return "holds a change with an impossible number, so nothing can follow it; open one of its backups"


def _is_cut_short(connection: Connection) -> bool:
    """Say whether the last page is incomplete, which SQLite reads as zeros; it sees when more is missing."""
    pages = connection.value("SELECT page_count * page_size FROM pragma_page_count, pragma_page_size")
    return connection.path.stat().st_size < int(pages)


def altered(path: Path, part: str) -> ProjectError:
    return ProjectError(
        f"“{path.name}” was altered by another program (“{part}”) and is not safe; open one of its backups."
    )


def not_ours(path: Path) -> ProjectError:
    return ProjectError(
        f"“{path.name}” is a database of another program; choose a file that ends in .annotator."
    )


@contextmanager
def told(path: Path) -> Iterator[None]:
    """Tell what goes wrong while a file is opened as a sentence."""
    try:
        yield
    except BROKEN as error:
        if code(error) == sqlite3.SQLITE_NOTADB:
            raise ProjectError(
                f"“{path.name}” is not a project file; choose a file that ends in .annotator."
            ) from error
        raise ProjectError(sentence(reason(error, path))) from error
    except OSError as error:
        raise ProjectError(f"“{path.name}” can't be reached ({error.strerror}); check its folder.") from error
