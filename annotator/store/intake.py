"""Laying aside what a stranger's file holds and a project lacks, change by change."""

from collections.abc import Callable

from annotator.model.change import Change, Revision
from annotator.model.records import Annotation, Article, Link, Progress
from annotator.model.review import Reply, Ruling, Verdict
from annotator.store import journal
from annotator.store.check import Problem
from annotator.store.connection import Connection, Row
from annotator.store.feeds import Head, head_of
from annotator.store.foreign import Stranger, Unsound, not_the_text

WHO = {
    Annotation.KIND: "layer",
    Link.KIND: "layer",
    Progress.KIND: "annotator",
    Verdict.KIND: "reviewer",
    Reply.KIND: "annotator",
    Ruling.KIND: "adjudicator",
}
"""Of each kind of work, the key of its body that says whose it is."""

_NAME = {Annotation.KIND: "label", Link.KIND: "type"}

Tick = Callable[[int], None]


class Intake:
    """One pass over a stranger's file."""

    def __init__(self, db: Connection, ours: Connection, stranger: Stranger, tick: Tick) -> None:
        self._db, self._ours, self._stranger, self._tick = db, ours, stranger, tick
        self.problems: list[Problem] = []
        self._new = 0

    @property
    def project_id(self) -> str:
        return self._stranger.project_id

    def all(self) -> tuple[int, int]:
        """Read everything; return how many changes there are, and how many of them were laid aside."""
        self._read_texts()
        for feed, last in self._stranger.heads():
            self._read_feed(str(feed), last)
        return self._stranger.count(), self._new

    def _read_texts(self) -> None:
        for sha256 in self._stranger.hashes():
            if self._has_text(sha256):
                continue
            text = self._stranger.text(sha256)
            self._tick(0)
            if text is None:
                self.problems.append(not_the_text())
            else:
                self._db.execute("INSERT INTO text (sha256, text) VALUES (?, ?)", (sha256, text))

    def _has_text(self, sha256: str) -> bool:
        return any(
            db.row(f"SELECT 1 FROM {table} WHERE sha256 = ?", (sha256,))
            for db, table in ((self._db, "text"), (self._ours, "article_text"))
        )

    def _read_feed(self, feed: str, last: int) -> None:
        """Read a feed from where what we have of it ends."""
        known = head_of(self._ours, feed)
        head = _later(head_of(self._db, feed), known)
        if self._is_forked(head, last):
            return
        for change in self._stranger.changes(feed, head.n):
            self._db.execute("SAVEPOINT change")
            try:
                self._take(change, head)
            except Unsound as error:
                self._db.execute("ROLLBACK TO change")
                self.problems.append(error.told(change))
                return
            finally:
                self._db.execute("RELEASE change")
            head = Head(feed, change.n, change.hash)
            self._db.execute("INSERT OR IGNORE INTO head VALUES (?, ?, ?)", (feed, known.n, known.hash))
            self._new += 1

    def _is_forked(self, head: Head, last: int) -> bool:
        """Say whether a feed went on in another way in their file; name what is left out of it then."""
        at = min(head.n, last)
        theirs = self._stranger.hash_at(head.feed, at)
        if at == 0 or theirs is None or theirs == self._hash_at(head.feed, at):
            return False
        for change in self._stranger.changes(head.feed, 0):
            if change.n > head.n or change.hash != self._hash_at(head.feed, change.n):
                reason = "it was made in a copy of the file that another copy here knows nothing of"
                self.problems.append(Unsound("chain", reason).told(change))
                break
        return True

    def _hash_at(self, feed: str, n: int) -> str | None:
        sql = "SELECT hash FROM change WHERE feed = ? AND n = ?"
        return next((found for db in (self._ours, self._db) if (found := db.value(sql, (feed, n)))), None)

    def _take(self, change: Change, head: Head) -> None:
        """Lay one change aside; raise Unsound when it can't be believed."""
        if journal.has(self._ours, change.id) or journal.has(self._db, change.id):
            raise Unsound("chain", "another change has its id")
        for stored in self._stranger.revisions(change, head):
            for revision, _ in stored:
                self._must_have_text(revision)
            self._db.executemany(
                "INSERT INTO revision VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                [_row(change, *one) for one in stored],
            )
            self._tick(len(stored))
        journal.insert_change(self._db, change)

    def _must_have_text(self, revision: Revision) -> None:
        if revision.kind == Article.KIND and revision.body and not self._has_text(revision.body["sha256"]):
            raise Unsound("text-hash", "the file lacks the text of an article")


def _later(one: Head, other: Head) -> Head:
    return one if one.n > other.n else other


def _row(change: Change, revision: Revision, text: str | None) -> Row:
    """Return what is laid aside of a revision; the body was found sound."""
    body = revision.body or {}
    who = body.get(WHO.get(revision.kind, "")) or change.actor
    article = revision.id if revision.kind == Article.KIND else body.get("article")
    name = body.get(_NAME.get(revision.kind, ""))
    place = (article if isinstance(article, str) else None, name)
    return (change.id, revision.kind, revision.id, text, revision.parent, who, *place)
