"""The journal: changes appended one after another, each chained to the one before it in its feed."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from annotator.model.change import Change, Draft, ObjectKey, Revision, chain_hash, new_id, to_json
from annotator.model.text import fingerprint
from annotator.store import projections
from annotator.store.bodies import parsed, storable
from annotator.store.connection import Connection, Row
from annotator.store.feeds import Head

CHANGE_COLUMNS = "c.id, c.feed, c.n, c.seq, c.actor, c.at, c.action, c.undoes, c.hash"

INSERT_CHANGE = (
    "INSERT INTO change (id, feed, n, seq, actor, at, action, undoes, hash)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
)
INSERT_REVISION = "INSERT INTO revision (change, kind, id, body, parent) VALUES (?, ?, ?, ?, ?)"


@dataclass(frozen=True, slots=True)
class Entry:
    """A draft with the identity it gets in the journal, whenever it can be written."""

    id: str
    at: str
    draft: Draft

    @classmethod
    def of(cls, draft: Draft) -> "Entry":
        return cls(draft.id or new_id(), datetime.now(UTC).isoformat(timespec="milliseconds"), draft)


def append(db: Connection, head: Head, entry: Entry) -> Change:
    """Write one change and its projections, within the caller's transaction."""
    draft = entry.draft
    drafted = {revision.key: revision for revision in draft.revisions}
    before = winners(db, drafted)
    stored = [_stored(drafted[key], before.get(key)) for key in sorted(drafted)]
    change = Change(
        entry.id,
        head.feed,
        head.n + 1,
        db.value("SELECT coalesce(max(seq), 0) + 1 FROM change"),
        storable(draft.actor),
        entry.at,
        storable(draft.action),
        draft.undoes,
        "",
        tuple(revision for revision, _ in stored),
    )
    change = replace(change, hash=chain_hash(head.hash, change, _hashed(text for _, text in stored)))
    _insert(db, change, stored)
    _insert_texts(db, draft.texts)
    projections.project(db, {r.key: r.body for r, _ in stored}, before)
    return change


def winners(db: Connection, keys: Iterable[ObjectKey]) -> dict[ObjectKey, str]:
    """Map each object that has a current revision to the change that wrote it."""
    rows = db.rows_for(
        list(keys),
        "SELECT w.kind, w.id, w.change FROM wanted CROSS JOIN winner w"
        " ON w.kind = column1 AND w.id = column2",
    )
    return {(kind, object_id): change for kind, object_id, change in rows}


def has(db: Connection, change_id: str) -> bool:
    """Say whether a change is in the journal."""
    return db.row("SELECT 1 FROM change WHERE id = ?", (change_id,)) is not None


def changed_since(db: Connection, mark: int) -> set[ObjectKey]:
    """Collect the objects that were changed after a mark."""
    rows = db.rows(
        "SELECT r.kind, r.id FROM change c JOIN revision r ON r.change = c.id WHERE c.arrival > ?", (mark,)
    )
    return {(kind, object_id) for kind, object_id in rows}


def change(db: Connection, change_id: str) -> Change | None:
    """Read one change with its revisions; bodies that aren't JSON read as deleted."""
    row = db.row(f"SELECT {CHANGE_COLUMNS} FROM change c WHERE c.id = ?", (change_id,))
    return replace(Change(*row), revisions=_revisions(db, change_id)) if row else None


def outline(db: Connection, change_id: str) -> Change | None:
    """Read one change and what its revisions are of, without their bodies."""
    row = db.row(f"SELECT {CHANGE_COLUMNS} FROM change c WHERE c.id = ?", (change_id,))
    keys = db.rows("SELECT kind, id, parent FROM revision WHERE change = ? ORDER BY kind, id", (change_id,))
    revisions = tuple(Revision(kind, object_id, None, parent) for kind, object_id, parent in keys)
    return replace(Change(*row), revisions=revisions) if row else None


def stored_bodies(db: Connection, change_id: str) -> Iterator[str]:
    """Read the JSON of a change's bodies as it was hashed."""
    rows = db.rows("SELECT body FROM revision WHERE change = ? ORDER BY kind, id", (change_id,))
    return _hashed(row[0] for row in rows)


def _hashed(bodies: Iterable[str | None]) -> Iterator[str]:
    return ("null" if body is None else body for body in bodies)


def body_at(db: Connection, change_id: str, key: ObjectKey) -> dict[str, Any] | None:
    """Read the body that a change gave an object; a copy of the change, if it is here, says the same."""
    return parsed(
        db.value(
            # Copies' ids go on with a dot, and a slash comes next.
            "SELECT body FROM revision WHERE change >= ?1 AND change < ?1 || '/' AND kind = ?2 AND id = ?3",
            (change_id, *key),
        )
    )


def _revisions(db: Connection, change_id: str) -> tuple[Revision, ...]:
    rows = db.rows(
        "SELECT kind, id, body, parent FROM revision WHERE change = ? ORDER BY kind, id", (change_id,)
    )
    return tuple(Revision(kind, object_id, parsed(body), parent) for kind, object_id, body, parent in rows)


def _stored(revision: Revision, parent: str | None) -> tuple[Revision, str | None]:
    """Give a revision its parent and the JSON that is stored of it."""
    body = revision.body
    if body is None:
        return Revision(revision.kind, revision.id, None, parent), None
    text = to_json(body)
    if not text.isascii():
        cleaned = storable(text)
        body, text = (body, text) if cleaned is text else (json.loads(cleaned), cleaned)
    if parent == revision.parent and body is revision.body:
        return revision, text
    return Revision(revision.kind, revision.id, body, parent), text


def insert_change(db: Connection, change: Change) -> None:
    """Write the row of a change."""
    db.execute(
        INSERT_CHANGE,
        (
            *(change.id, change.feed, change.n, change.seq, change.actor),
            *(change.at, change.action, change.undoes, change.hash),
        ),
    )


def _insert(db: Connection, change: Change, stored: list[tuple[Revision, str | None]]) -> None:
    insert_change(db, change)
    db.executemany(INSERT_REVISION, ((change.id, r.kind, r.id, text, r.parent) for r, text in stored))
    db.executemany(
        "INSERT OR REPLACE INTO winner (kind, id, change, seq) VALUES (?, ?, ?, ?)",
        ((r.kind, r.id, change.id, change.seq) for r, _ in stored),
    )


def _insert_texts(db: Connection, texts: Iterable[str]) -> None:
    rows: list[Row] = [(fingerprint(text), text) for text in texts]
    if rows:
        last = db.value("SELECT coalesce(max(pos), 0) FROM article_text")
        db.executemany("INSERT OR IGNORE INTO article_text (sha256, text) VALUES (?, ?)", rows)
        projections.index_texts(db, last)
