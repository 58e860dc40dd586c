"""Reading somebody else's project file, of which nothing is believed."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from annotator.model.change import ChainHash, Change, Revision
from annotator.model.text import canonical, fingerprint
from annotator.store import opening, schema
from annotator.store.bodies import PROJECT, SCHEME, is_sound, parsed
from annotator.store.check import Problem, ProblemKind
from annotator.store.confining import confine
from annotator.store.connection import APPLICATION_ID, Connection
from annotator.store.errors import ProjectError
from annotator.store.feeds import Head
from annotator.store.journal import CHANGE_COLUMNS

_TABLES = ("meta", "change", "revision", "article_text")
_CHANGE_TYPES = (str, str, int, int, str, str, str, str | None, str)
_TEXT = (str, type(None))
_CHANGES, _REVISIONS = 500, 2_000
"""Rows that are read at once."""

Stored = tuple[Revision, str | None]
"""A revision, and its body as JSON."""


class Unsound(Exception):
    """A change that can't be believed; str() says why, without a full stop."""

    def __init__(self, kind: ProblemKind, why: str) -> None:
        super().__init__(why)
        self.kind: ProblemKind = kind

    def told(self, change: Change) -> Problem:
        who = change.actor or "the program"
        day, _, time = change.at.partition("T")
        what = f"“{change.action}” by {who} on {day} at {time[:5]} UTC, and what follows it, was left out"
        return Problem(self.kind, f"{what}: {self}")


@dataclass(frozen=True, slots=True)
class Foreign:
    """What a stranger's file holds that can be believed, and what was left out."""

    project_id: str
    changes: tuple[Change, ...]
    texts: tuple[str, ...]
    problems: tuple[Problem, ...]


class Stranger:
    """A file that is being read, as it stood when it was opened; a part of it in memory at a time."""

    def __init__(self, db: Connection) -> None:
        self._db = db
        self.project_id = opening.project_id(db)

    def hashes(self) -> list[str]:
        """List what the file says are the SHA-256 of its texts, in the order they were stored."""
        return [str(row[0]) for row in self._db.rows("SELECT sha256 FROM article_text ORDER BY pos")]

    def text(self, sha256: str) -> str | None:
        """Read a text; None when it isn't the one that was imported."""
        text = self._db.value("SELECT text FROM article_text WHERE sha256 = ?", (sha256,))
        is_it = isinstance(text, str) and canonical(text) == text and fingerprint(text) == sha256
        return text if is_it else None

    def heads(self) -> list[tuple[str, int]]:
        """List the feeds, each with the number of its last change."""
        return self._db.rows("SELECT feed, max(n) FROM change GROUP BY feed ORDER BY feed")

    def size(self, feed: str, after: int) -> int:
        """Count the revisions of a feed after a number."""
        sql = "SELECT count(*) FROM change c JOIN revision r ON r.change = c.id WHERE c.feed = ? AND c.n > ?"
        return int(self._db.value(sql, (feed, after)))

    def count(self) -> int:
        """Count the changes."""
        return int(self._db.value("SELECT count(*) FROM change"))

    def hash_at(self, feed: str, n: int) -> str | None:
        """Return what the file says is the hash of a change; None when it lacks that change."""
        found = self._db.value("SELECT hash FROM change WHERE feed = ? AND n = ?", (feed, n))
        return None if found is None else str(found)

    def changes(self, feed: str, after: int) -> Iterator[Change]:
        """Read the changes of a feed after a number, without their revisions."""
        sql = (
            f"SELECT {CHANGE_COLUMNS} FROM change c WHERE c.feed = ? AND c.n > ?"
            f" ORDER BY c.n LIMIT {_CHANGES}"
        )
        while rows := self._db.rows(sql, (feed, after)):
            for row in rows:
                if not all(map(isinstance, row, _CHANGE_TYPES)):
                    raise ProjectError(f"“{self._db.path.name}” is damaged; ask for another copy of it.")
                yield Change(*row)
            after = rows[-1][2]

    def revisions(self, change: Change, head: Head) -> Iterator[list[Stored]]:
        """Read a change that follows a head, some revisions at a time.

        Raise Unsound at the latest at the end: until then, nothing of it can be believed.
        """
        if change.n != head.n + 1:
            raise Unsound("gap", "a change before it is missing")
        chain = ChainHash(head.hash, change)
        for rows in self._rows(change.id):
            stored = [_stored(*row) for row in rows]
            for revision, text in stored:
                chain.add(revision, "null" if text is None else text)
            yield stored
        if chain.value() != change.hash:
            raise Unsound("chain", "it was altered after it was saved")
        if not 0 < change.seq < schema.LAST_SEQ:
            raise Unsound("body", "it has an impossible number")

    def _rows(self, change: str) -> Iterator[list[Any]]:
        last = ("", "")
        sql = (
            "SELECT kind, id, body, parent FROM revision WHERE change = ? AND (kind, id) > (?, ?)"
            f" ORDER BY kind, id LIMIT {_REVISIONS}"
        )
        while rows := self._db.rows(sql, (change, *last)):
            yield rows
            last = rows[-1][:2]


@contextmanager
def opened(path: Path) -> Iterator[Stranger]:
    """Open a project file that is neither written nor obeyed, and close it."""
    path = path.absolute()
    opening.must_be_a_file(path)
    with opening.told(path):
        db = Connection.to_file(path, "ro")
        try:
            db.raw.execute("BEGIN")  # So that everything is of one moment.
            _confine(db)
            yield Stranger(db)
        finally:
            db.close()


def read_foreign(path: Path) -> Foreign:
    """Read everything that can be believed of a project file."""
    problems: list[Problem] = []
    with opened(path) as stranger:
        texts = tuple(_texts(stranger, problems))
        changes = tuple(_changes(stranger, problems))
        return Foreign(stranger.project_id, changes, texts, tuple(problems))


def not_the_text() -> Problem:
    return Problem("text-hash", "a text is not the one that was imported")


def _confine(db: Connection) -> None:
    """Make sure of our tables, and let nothing but them be read."""
    if db.value("PRAGMA application_id") != APPLICATION_ID:
        raise opening.not_ours(db.path)
    wanted, found = schema.expected(1), schema.objects(db.raw)
    for table in _TABLES:
        if found.get(table) != wanted[table]:
            raise opening.altered(db.path, table)
    confine(db.raw, _TABLES)


def _texts(stranger: Stranger, problems: list[Problem]) -> Iterator[str]:
    for sha256 in stranger.hashes():
        text = stranger.text(sha256)
        if text is None:
            problems.append(not_the_text())
        else:
            yield text


def _changes(stranger: Stranger, problems: list[Problem]) -> Iterator[Change]:
    """Read each feed up to the first change that is missing, altered or malformed."""
    for feed, _ in stranger.heads():
        head = Head(feed)
        for change in stranger.changes(feed, 0):
            try:
                stored = [one for batch in stranger.revisions(change, head) for one in batch]
            except Unsound as error:
                problems.append(error.told(change))
                break
            head = Head(feed, change.n, change.hash)
            yield replace(change, revisions=tuple(revision for revision, _ in stored))


def _stored(kind: Any, object_id: Any, text: Any, parent: Any) -> Stored:
    """Read a revision; raise Unsound when it can't be read."""
    if not (type(kind) is type(object_id) is str and isinstance(text, _TEXT) and isinstance(parent, _TEXT)):
        raise Unsound("body", "it can't be read")
    if text is None:
        if kind in (PROJECT, SCHEME):  # Without either, no project can be opened.
            raise Unsound("body", f"it removes the {kind}")
        return Revision(kind, object_id, None, parent), None
    body = parsed(text)
    if body is None:
        raise Unsound("chain", "it was altered after it was saved")
    if not is_sound(kind, body):
        raise Unsound("body", "it can't be read")
    return Revision(kind, object_id, body, parent), text
