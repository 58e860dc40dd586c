"""A feed: one installation writing to one copy of a project file, numbered 1, 2, 3 …

A feed is continued only when the file's head of it is the one remembered at the last clean close, so a
copied or restored file, a second window, and a process that was killed each begin a new one.
"""

from dataclasses import asdict, dataclass
from pathlib import Path

from annotator.model.change import Change, new_id
from annotator.store.connection import Connection
from annotator.store.home import Home


@dataclass(frozen=True, slots=True)
class Head:
    """The last change of a feed; n is 0 before the first."""

    feed: str
    n: int = 0
    hash: str = ""


class Feed:
    """What this open project writes to; claimed at its first change, given back when it closes."""

    def __init__(self, home: Home, project_id: str, path: Path) -> None:
        self._home, self._project_id, self._path = home, project_id, path
        self._head: Head | None = None
        self.own: set[str] = set()

    def head(self, db: Connection) -> Head:
        """Return the head to write after, within a transaction."""
        if self._head is None:
            self._head = self._claimed() or Head(new_id())
        if head_of(db, self._head.feed) != self._head:
            self._head = Head(new_id())
        self.own.add(self._head.feed)
        return self._head

    def advance(self, change: Change) -> None:
        """Move the head onto a change that is on disk."""
        self._head = Head(change.feed, change.n, change.hash)

    def close(self) -> None:
        """Remember the head, so that the next window continues this feed."""
        if self._head is not None:
            self._home.remember_head(self._project_id, self._path, asdict(self._head))
            self._head = None

    def _claimed(self) -> Head | None:
        match self._home.claim_head(self._project_id, self._path):
            case {"feed": str() as feed, "n": int() as n, "hash": str() as known}:
                return Head(feed, n, known)
            case _:
                return None


def head_of(db: Connection, feed: str) -> Head:
    """Return the last change of a feed that a database has."""
    row = db.row("SELECT n, hash FROM change WHERE feed = ? ORDER BY n DESC LIMIT 1", (feed,))
    return Head(feed, *row) if row else Head(feed)
