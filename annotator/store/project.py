"""A project: the one door to its file."""

import logging
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import TypeVar

from annotator.model.change import Change, Draft, ObjectKey, Revision, new_id
from annotator.model.scheme import Scheme
from annotator.store import backups, check, feeds, journal, merging, opening, projections
from annotator.store.bodies import PROJECT, SCHEME
from annotator.store.check import Problem
from annotator.store.connection import COMMIT_PATIENCE, Connection
from annotator.store.errors import BROKEN, DEFECTS, NotSaved, ProjectError, Stale, reason
from annotator.store.home import Home
from annotator.store.incoming import Incoming
from annotator.store.journal import Entry
from annotator.store.pending import Aside
from annotator.store.reads import Reads

T = TypeVar("T")
log = logging.getLogger(__name__)

BACKUP_EVERY = 200
"""Changes after which a backup is made."""

_FAILURES = (*BROKEN, OSError, ProjectError)


class Project(Reads):
    """One open project file. Threads don't share one: each opens its own, or reads a snapshot."""

    def __init__(self, file: Connection, home: Home, read_only_reason: str = "") -> None:
        self._file = file
        self._shadow: Connection | None = None
        self._home = home
        self.path = file.path
        self.read_only_reason = read_only_reason
        self.id = opening.project_id(file)
        self._schema = opening.schema_cookie(file)
        self._feed = feeds.Feed(home, self.id, self.path)
        self._aside = Aside(home, self.id, self.path)
        self._seen = (-1, -1)
        self._not_backed_up = 0
        self.heard: Callable[[Change], None] = lambda _change: None
        """Told of each change that this project wrote or kept aside."""
        self._read_heading()

    @classmethod
    def create(cls, path: Path, *, scheme: Scheme, title: str, home: Home) -> "Project":
        """Make a new project file, whole or not at all, and open it."""
        path = path.absolute()
        unfinished = path.with_name(f".{path.name}.{new_id()}")
        with opening.told(path):
            opening.must_be_free(path)
            try:
                with opening.make(unfinished) as file:
                    journal.append(file, feeds.Head(new_id()), _first_entry(file, scheme, title))
                opening.put_in_place(unfinished, path)
            finally:
                unfinished.unlink(missing_ok=True)
        return cls.open(path, home=home)

    @classmethod
    def open(cls, path: Path, *, home: Home, read_only: bool = False) -> "Project":
        """Open a project file after verifying it; what was kept aside for it is written first."""
        file, why = opening.connect(path.absolute(), read_only)
        try:
            if not why and opening.is_old(file):
                backups.make(file, home.backups / opening.project_id(file), "before migration")
                opening.bring_up_to_date(file)
            project = cls(file, home, why)
            project._bring_back()
        except BaseException:
            file.close()
            raise
        return project

    def close(self) -> None:
        """Back the file up if it changed, remember how far its feed went, and let go of the file."""
        if self._not_backed_up:
            self._back_up_if_due("closed")
            self._not_backed_up = 0
        self._feed.close()
        if self._shadow:
            self._shadow.close()
        self._file.close()

    def __enter__(self) -> "Project":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def read_only(self) -> bool:
        return bool(self.read_only_reason)

    @property
    def _db(self) -> Connection:
        """What is read: the file, or while changes wait to be written, its copy in memory that has them."""
        return self._shadow or self._file

    # Writing

    def commit(self, draft: Draft, *, keep_aside: bool = True, since: int | None = None) -> Change:
        """Write one change durably; raise NotSaved when it had to be kept aside.

        Without `keep_aside` a change that can't be written is given up, and ProjectError says so. `since` is
        the mark of what the change was made from: raise Stale when its objects were changed after that.
        """
        self._must_be_writable()
        if not draft.revisions:
            raise ProjectError("There is nothing to save.")
        entry = Entry.of(draft)
        try:
            self._write_pending()
            change = self._mending(partial(self._write, entry, since))
        except (Stale, *DEFECTS):
            raise
        except _FAILURES as error:
            if not keep_aside:
                raise ProjectError(f"Nothing was saved: {reason(error, self.path)}.") from error
            raise self._keep_aside(entry, error) from error
        self._written(change)
        self.heard(change)
        return change

    def incoming(self, paths: Sequence[Path], tick: Callable[[int], None]) -> Incoming:
        """Lay aside what other project files hold and this one lacks; `tick` is told of revisions read."""
        incoming = Incoming()
        try:
            with self._db.telling():
                incoming.read(self._db, paths, tick)
        except BaseException:
            incoming.close()
            raise
        return incoming

    def merge(self, incoming: Incoming, then: "Callable[[Project], Draft | None]") -> Change | None:
        """Write what comes in and, in the same transaction, the change that `then` wants on top.

        Raise Stale when it no longer fits, because something of it has come here meanwhile.
        """
        self._must_be_writable()
        try:
            self._write_pending()
            change = self._mending(partial(self._merge, incoming, then))
        except (Stale, *DEFECTS):
            raise
        except _FAILURES as error:
            raise ProjectError(f"Nothing was merged: {reason(error, self.path)}.") from error
        finally:
            self._read_heading()
        self._not_backed_up += 1
        if change:
            self.heard(change)
        return change

    def ticking(self, tick: Callable[[int], None]) -> AbstractContextManager[None]:
        """Tell `tick` again and again how many rows were written; where it raises, nothing of it is kept."""
        return self._file.ticking(tick)

    @property
    def pending(self) -> tuple[Draft, ...]:
        """The changes that wait until the file can be written, oldest first."""
        return tuple(entry.draft for entry in self._aside.entries)

    def retry_pending(self) -> int:
        """Write what was kept aside, in order, and return how many; raise NotSaved if it still can't be."""
        waiting = self._aside.entries[:]
        try:
            self._write_pending()
        except DEFECTS:
            raise
        except _FAILURES as error:
            raise NotSaved(_not_saved(waiting[0], reason(error, self.path))) from error
        return len(waiting)

    def rebuild(self) -> None:
        """Make every projection anew from the journal."""
        self._must_be_writable()
        with self._file.telling(), self._file.transaction():
            projections.rebuild(self._file)

    def backup(self, reason: str) -> Path:
        """Copy the project into the app-data folder and return the copy's path."""
        made = backups.make(self._file, self._backups, reason)
        self._not_backed_up = 0
        return made

    # What other windows wrote

    def mark(self) -> int:
        """Return the place in the file after which `changed_since` looks."""
        return int(self._file.value("SELECT coalesce(max(arrival), 0) FROM change"))

    def refresh(self) -> int:
        """Read title and scheme again, which others may have changed; return a mark that is no newer."""
        mark = self.mark()
        self._read_heading()
        return mark

    def changed_since(self, mark: int) -> tuple[int, frozenset[ObjectKey]]:
        """Return the new mark and the objects that others changed since the old one; cheap when none did."""
        if self._shadow or not self._file.is_free():
            return mark, frozenset()
        version = self._file.value("PRAGMA data_version")
        if self._seen == (version, mark):
            return mark, frozenset()
        newest = self.mark()
        own = sorted(self._feed.own)
        rows = self._file.rows(
            "SELECT DISTINCT r.kind, r.id FROM change c JOIN revision r ON r.change = c.id"
            f" WHERE c.arrival > ? AND c.arrival <= ? AND c.feed NOT IN ({', '.join('?' * len(own))})",
            (mark, newest, *own),
        )
        self._seen = (version, newest)
        self._read_heading()
        return newest, frozenset(rows)

    # Checking and copying

    def problems(self, article: str | None = None) -> list[Problem]:
        """List everything wrong with the file, or only with one article's text and spans."""
        return check.problems(self._db) if article is None else check.article_problems(self._db, article)

    def left_out(self) -> tuple[ObjectKey, ...]:
        """List the objects that every read leaves out, because what is stored of them can't be read.

        Annotations whose body turns out to be unsound only when it is read are not among them; `wholes`
        names those.
        """
        with self._db.telling():
            return tuple(check.left_out(self._db))

    @contextmanager
    def snapshot(self) -> "Iterator[Project]":
        """Read the project as it stands now, whatever is written meanwhile; usable in another thread."""
        copy = Project(self._db.copy(""), self._home, "is a snapshot")
        try:
            yield copy
        finally:
            copy.close()

    def _must_be_writable(self) -> None:
        if self.read_only:
            raise ProjectError(f"“{self.path.name}” {self.read_only_reason}.")

    def _read_heading(self) -> None:
        project, scheme = self.body(PROJECT, self.id), self.body(SCHEME, self.id)
        if scheme is None:
            raise ProjectError(
                f"“{self.path.name}” holds no scheme that can be read; open one of its backups."
            )
        self.title = str((project or {}).get("title") or self.path.stem)
        self.scheme = Scheme.from_body(scheme)

    def _mending(self, write: Callable[[], T]) -> T:
        """Write something, mending projections that a dying disk left in contradiction to it."""
        try:
            return write()
        except sqlite3.IntegrityError:
            log.warning("the projections disagree with the journal and are made anew", exc_info=True)
            self.rebuild()
            return write()

    def _write(self, entry: Entry, since: int | None) -> Change:
        """Write an entry unless an earlier attempt did."""
        with self._file.transaction(COMMIT_PATIENCE):
            self._schema = opening.must_still_be(self._file, self.id, self._schema)
            written = journal.change(self._file, entry.id)
            if written is not None:
                return written
            if since is not None:
                self._must_be_fresh(entry, since)
            change = journal.append(self._file, self._feed.head(self._file), entry)
        self._feed.advance(change)
        return change

    def _merge(self, incoming: Incoming, then: "Callable[[Project], Draft | None]") -> Change | None:
        with self._file.transaction(COMMIT_PATIENCE):
            self._schema = opening.must_still_be(self._file, self.id, self._schema)
            if not incoming.fits(self._file):
                raise Stale(f"“{self.path.name}” was changed meanwhile by another window; try again.")
            merging.merge(self._file, incoming)
            self._read_heading()
            draft = then(self)
            if draft is None:
                return None
            change = journal.append(self._file, self._feed.head(self._file), Entry.of(draft))
        self._feed.advance(change)
        return change

    def _must_be_fresh(self, entry: Entry, since: int) -> None:
        changed = journal.changed_since(self._file, since)
        late = frozenset(r.key for r in entry.draft.revisions if r.key in changed)
        if late:
            raise Stale(f"“{self.path.name}” was changed meanwhile by another window; try again.", late)

    def _written(self, change: Change) -> None:
        if any(r.kind in (PROJECT, SCHEME) for r in change.revisions):
            self._read_heading()
        self._not_backed_up += 1
        if self._not_backed_up >= BACKUP_EVERY:
            self._back_up_if_due(f"{BACKUP_EVERY} changes")

    def _write_pending(self) -> None:
        waiting = self._aside.entries
        if not waiting:
            return
        for entry in waiting[:]:
            change = self._mending(partial(self._write, entry, None))
            self._written(change)
            if self._shadow is None:  # It could not be shown before, so nobody has heard of it.
                self.heard(change)
        self._aside.settle()
        if self._shadow:
            self._shadow.close()
            self._shadow = None
        self._read_heading()

    def _keep_aside(self, entry: Entry, error: Exception) -> NotSaved:
        is_safe = self._aside.keep(entry)
        self._try_to_show(entry)
        return NotSaved(_not_saved(entry, reason(error, self.path), is_safe))

    def _try_to_show(self, entry: Entry) -> None:
        try:
            self._show(entry)
        except (sqlite3.Error, ProjectError):
            log.warning("a change kept aside can't be shown yet", exc_info=True)

    def _show(self, entry: Entry) -> None:
        """Apply an entry that can't be written to a copy in memory, which is read from now on."""
        waiting = [entry]
        if self._shadow is None:
            shadow, waiting = self._file.copy(), self._aside.entries
        else:
            shadow = self._shadow
        with shadow.transaction():
            shown = [
                journal.append(shadow, feeds.Head(new_id()), one)
                for one in waiting
                if not journal.has(shadow, one.id)
            ]
        self._shadow = shadow
        for change in shown:
            self.heard(change)

    def _bring_back(self) -> None:
        """Write what earlier windows kept aside for this file; show it when that isn't possible yet."""
        self._aside.take_back()
        try:
            if not self.read_only:
                self._write_pending()
        except DEFECTS:
            raise
        except _FAILURES:
            log.warning("changes kept aside can't be written yet", exc_info=True)
        if self._aside.entries:
            self._try_to_show(self._aside.entries[-1])

    @property
    def _backups(self) -> Path:
        return self._home.backups / self.id

    def _back_up_if_due(self, occasion: str) -> None:
        """Back up by ourselves; that it fails must not stop anybody's work."""
        try:
            if backups.is_due(self._file, self._backups):
                self.backup(occasion)
        except ProjectError:
            log.warning("no backup could be made", exc_info=True)


def _first_entry(file: Connection, scheme: Scheme, title: str) -> Entry:
    project_id = opening.project_id(file)
    revisions = (
        Revision(PROJECT, project_id, {"title": title}),
        Revision(SCHEME, project_id, scheme.to_body()),
    )
    return Entry.of(Draft("create the project", "", revisions))


def _not_saved(entry: Entry, why: str, is_safe: bool = True) -> str:
    action = f"“{entry.draft.action}”"
    if is_safe:
        return f"{action} is kept aside and not yet saved: {why}."
    return f"{action} is not saved and kept only while this window is open: {why}."
