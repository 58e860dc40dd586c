"""What other files hold and a project lacks: read, proved, and laid aside until it is merged."""

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Literal

from annotator.model.change import Change, ObjectKey
from annotator.store.bodies import parsed
from annotator.store.check import Problem
from annotator.store.connection import Connection, Row
from annotator.store.feeds import Head, head_of
from annotator.store.foreign import opened
from annotator.store.intake import WHO, Intake, Tick
from annotator.store.journal import CHANGE_COLUMNS

Fate = Literal["new", "newer", "over", "behind", "same"]
"""What becomes of an object that comes in: it is new; it follows on ours; it wins over a change of ours that
its maker didn't know; it loses to one; or nothing is to be seen of it, for both are equal."""

_TABLES = (
    "CREATE TABLE change (id TEXT PRIMARY KEY, feed TEXT, n INTEGER, seq INTEGER, actor TEXT, at TEXT,"
    " action TEXT, undoes TEXT, hash TEXT, UNIQUE (feed, n)) STRICT",
    "CREATE TABLE revision (change TEXT, kind TEXT, id TEXT, body TEXT, parent TEXT, who TEXT, article TEXT,"
    " name TEXT, PRIMARY KEY (change, kind, id)) STRICT, WITHOUT ROWID",
    "CREATE INDEX revision_object ON revision (kind, id)",
    "CREATE TABLE text (pos INTEGER PRIMARY KEY, sha256 TEXT UNIQUE, text TEXT) STRICT",
    "CREATE TABLE head (feed TEXT PRIMARY KEY, n INTEGER, hash TEXT) STRICT",
    "CREATE TABLE best (kind TEXT, id TEXT, change TEXT, seq INTEGER, fate TEXT, PRIMARY KEY (kind, id))"
    " STRICT, WITHOUT ROWID",
)
_CACHE = "PRAGMA cache_size=-65536"
"""Kilobytes; what is more waits in the temporary file."""
_BEST = (
    "INSERT INTO best SELECT kind, id, change, seq, 'new' FROM (SELECT r.kind, r.id, r.change, c.seq,"
    " row_number() OVER (PARTITION BY r.kind, r.id ORDER BY c.seq DESC, c.id DESC) AS place"
    " FROM revision r JOIN change c ON c.id = r.change) WHERE place = 1"
)
_GONE = (
    "UPDATE best SET fate = 'same' WHERE EXISTS (SELECT 1 FROM revision r WHERE r.change = best.change"
    " AND r.kind = best.kind AND r.id = best.id AND r.body IS NULL)"
)
_PAGE = 5_000


@dataclass(frozen=True, slots=True)
class Brought:
    """What one file brings: how many changes it holds, how many of them are new, what was left out."""

    path: Path
    project_id: str
    changes: int
    new: int
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Coming:
    """How many objects of one kind and person come in that have one fate, and in how many articles."""

    kind: str
    who: str
    fate: Fate
    objects: int
    articles: int


class Incoming:
    """Changes of other files in a database of their own, which memory may spill to a temporary file."""

    def __init__(self) -> None:
        raw = sqlite3.connect("", isolation_level=None, check_same_thread=False)
        self._db = Connection(raw, Path("what comes in"))
        for statement in (_CACHE, *_TABLES):
            self._db.execute(statement)
        self.brought: tuple[Brought, ...] = ()

    def __enter__(self) -> "Incoming":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        self._db.close()

    def read(self, ours: Connection, paths: Sequence[Path], tick: Tick) -> None:
        """Lay aside what some files hold and a project lacks; what can't be believed is left out and said."""
        with self._db.transaction():
            for path in paths:
                with opened(path) as stranger:
                    self.brought += (_brought(path, Intake(self._db, ours, stranger, tick)),)
            self._db.execute(_BEST)
            self._db.execute(_GONE)
            for keys in self.pages():
                self._decide(ours, keys)

    @property
    def is_empty(self) -> bool:
        return self._db.row("SELECT 1 FROM change LIMIT 1") is None

    def size(self) -> int:
        """Count the revisions."""
        return int(self._db.value("SELECT count(*) FROM revision"))

    def coming(self) -> list[Coming]:
        """Count what comes in."""
        rows = self._db.rows(
            "SELECT b.kind, r.who, b.fate, count(*), count(DISTINCT r.article) FROM best b JOIN revision r"
            " ON r.change = b.change AND r.kind = b.kind AND r.id = b.id GROUP BY 1, 2, 3 ORDER BY 1, 2, 3"
        )
        return [Coming(*row) for row in rows]

    def articles_of(self) -> dict[str, int]:
        """Count for each person the articles in which work of theirs is new."""
        rows = self._db.rows(
            "SELECT r.who, count(DISTINCT r.article) FROM best b JOIN revision r"
            " ON r.change = b.change AND r.kind = b.kind AND r.id = b.id"
            f" WHERE b.fate = 'new' AND b.kind IN ({', '.join('?' * len(WHO))}) GROUP BY 1",
            tuple(WHO),
        )
        return dict(rows)

    def names(self, kind: str) -> dict[str, int]:
        """Count the objects of a kind by label, or by type of link, of those that come in."""
        rows = self._db.rows(
            "SELECT r.name, count(*) FROM best b JOIN revision r ON r.change = b.change AND r.kind = b.kind"
            " AND r.id = b.id WHERE b.kind = ? AND r.body IS NOT NULL GROUP BY 1 ORDER BY 1",
            (kind,),
        )
        return dict(rows)

    def ends(self, kind: str) -> list[tuple[str, Mapping[str, Any]]]:
        """Read the bodies of a kind that none of those that come in follows, each with its object's id."""
        rows = self._db.rows(
            "SELECT r.id, r.body FROM revision r JOIN change c ON c.id = r.change WHERE r.kind = ?"
            " AND NOT EXISTS (SELECT 1 FROM revision f WHERE f.kind = r.kind AND f.id = r.id"
            " AND f.parent = r.change) ORDER BY c.seq DESC, c.id DESC",
            (kind,),
        )
        return [(own_id, body) for own_id, text in rows if (body := parsed(text)) is not None]

    def has(self, key: ObjectKey) -> bool:
        """Say whether something of an object comes in."""
        return self._db.row("SELECT 1 FROM best WHERE kind = ? AND id = ?", key) is not None

    def pages(self) -> Iterator[list[ObjectKey]]:
        """List the objects that come in, a part of them at a time."""
        last: Row = ("", "")
        sql = "SELECT kind, id FROM best WHERE (kind, id) > (?, ?) ORDER BY kind, id LIMIT ?"
        while rows := self._db.rows(sql, (*last, _PAGE)):
            yield [(kind, object_id) for kind, object_id in rows]
            last = rows[-1]

    def best(self, keys: Sequence[ObjectKey]) -> dict[ObjectKey, tuple[int, str, str | None]]:
        """Map objects to the seq, the change and the JSON of the revision that wins of those that come in."""
        rows = self._db.rows_for(keys, _BEST_OF)
        return {(kind, object_id): (seq, change, text) for kind, object_id, seq, change, text in rows}

    def bodies(self, kind: str) -> Iterator[tuple[str, Mapping[str, Any]]]:
        """Read the bodies that win, of one kind, of those that come in."""
        last = ""
        sql = (
            "SELECT b.id, r.body FROM best b JOIN revision r ON r.change = b.change AND r.kind = b.kind"
            " AND r.id = b.id WHERE b.kind = ? AND b.id > ? ORDER BY b.id LIMIT ?"
        )
        while rows := self._db.rows(sql, (kind, last, _PAGE)):
            yield from ((own_id, body) for own_id, text in rows if (body := parsed(text)) is not None)
            last = rows[-1][0]

    def step(self, key: ObjectKey) -> tuple[Change, Mapping[str, Any] | None]:
        """Read the revision that wins of those that come in, and its change without the others."""
        row = self._db.rows_for([key], _STEP)[0]
        return Change(*row[1:]), parsed(row[0])

    def keys(self, fate: Fate) -> list[ObjectKey]:
        """List the objects that have one fate."""
        rows = self._db.rows("SELECT kind, id FROM best WHERE fate = ? ORDER BY kind, id", (fate,))
        return [(kind, object_id) for kind, object_id in rows]

    # What is written into the project

    def fits(self, ours: Connection) -> bool:
        """Say whether the project still lacks what is here, and has what it follows."""
        for feed, n, known in self._db.rows("SELECT feed, n, hash FROM head"):
            if head_of(ours, feed) != Head(feed, n, known):
                return False
        ids = self._db.rows("SELECT id FROM change")
        return not ours.rows_for(ids, "SELECT 1 FROM wanted JOIN change c ON c.id = column1 LIMIT 1")

    def changes(self) -> Iterator[list[Row]]:
        """Read the rows of changes, feed by feed."""
        last: Row = ("", 0)
        sql = (
            "SELECT id, feed, n, seq, actor, at, action, undoes, hash FROM change WHERE (feed, n) > (?, ?)"
            " ORDER BY feed, n LIMIT ?"
        )
        while rows := self._db.rows(sql, (*last, _PAGE)):
            yield rows
            last = rows[-1][1:3]

    def revisions(self) -> Iterator[list[Row]]:
        """Read the rows of revisions."""
        last: Row = ("", "", "")
        sql = (
            "SELECT change, kind, id, body, parent FROM revision WHERE (change, kind, id) > (?, ?, ?)"
            " ORDER BY change, kind, id LIMIT ?"
        )
        while rows := self._db.rows(sql, (*last, _PAGE)):
            yield rows
            last = rows[-1][:3]

    def texts(self) -> Iterator[Row]:
        """Read the texts, one at a time, each with its SHA-256."""
        for (pos,) in self._db.rows("SELECT pos FROM text ORDER BY pos"):
            yield from self._db.rows("SELECT sha256, text FROM text WHERE pos = ?", (pos,))

    # What becomes of it

    def _decide(self, ours: Connection, keys: list[ObjectKey]) -> None:
        theirs = self.best(keys)
        fates: list[Row] = [
            (self._fate(ours, (kind, own_id), theirs[kind, own_id], own), kind, own_id)
            for kind, own_id, *own in ours.rows_for(keys, _OURS)
        ]
        self._db.executemany("UPDATE best SET fate = ? WHERE kind = ? AND id = ?", fates)

    def _fate(
        self, ours: Connection, key: ObjectKey, theirs: tuple[int, str, str | None], own: list[Any]
    ) -> Fate:
        """Compare changes, and bodies too, because an excerpt holds copies under changes of its own."""
        seq, change, text = own
        if text == theirs[2]:
            return "same"
        if (seq, change) > theirs[:2]:
            return "same" if ours.row(_HAD, (*key, theirs[2])) else "behind"
        follows = any(known == change or body == text for known, body in self._chain(key, theirs[1]))
        return "newer" if follows else "over"

    def _chain(self, key: ObjectKey, change: str | None) -> Iterator[tuple[str, str | None]]:
        """Yield the changes and bodies that a revision follows, up to the first change that isn't here."""
        seen: set[str] = set()
        while change and change not in seen:
            seen.add(change)
            row = self._db.row(_FOLLOWED, (change, *key))
            yield change, row[1] if row else ""
            change = row[0] if row else None


_FOLLOWED = "SELECT parent, body FROM revision WHERE change = ? AND kind = ? AND id = ?"
_HAD = "SELECT 1 FROM revision WHERE kind = ? AND id = ? AND body IS ?"
_STEP = (
    f"SELECT r.body, {CHANGE_COLUMNS} FROM wanted CROSS JOIN best b ON b.kind = column1 AND b.id = column2"
    " CROSS JOIN revision r ON r.change = b.change AND r.kind = b.kind AND r.id = b.id"
    " CROSS JOIN change c ON c.id = b.change"
)
_BEST_OF = (
    "SELECT b.kind, b.id, b.seq, b.change, r.body FROM wanted CROSS JOIN best b ON b.kind = column1"
    " AND b.id = column2 CROSS JOIN revision r ON r.change = b.change AND r.kind = b.kind AND r.id = b.id"
)
_OURS = (
    "SELECT w.kind, w.id, w.seq, w.change, r.body FROM wanted CROSS JOIN winner w ON w.kind = column1"
    " AND w.id = column2 CROSS JOIN revision r ON r.change = w.change AND r.kind = w.kind AND r.id = w.id"
)


def _brought(path: Path, intake: Intake) -> Brought:
    total, new = intake.all()
    return Brought(path, intake.project_id, total, new, tuple(intake.problems))
