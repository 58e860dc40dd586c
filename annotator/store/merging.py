"""Merge: the union of journals, written in the caller's transaction, with projections brought up to date."""

from annotator.model.change import ObjectKey
from annotator.store import journal, projections
from annotator.store.bodies import parsed
from annotator.store.connection import Connection
from annotator.store.incoming import Incoming


def merge(db: Connection, incoming: Incoming) -> None:
    """Write everything that comes in; it must fit."""
    for changes in incoming.changes():
        db.executemany(journal.INSERT_CHANGE, changes)
    for revisions in incoming.revisions():
        db.executemany(journal.INSERT_REVISION, revisions)
    last = db.value("SELECT coalesce(max(pos), 0) FROM article_text")
    db.executemany("INSERT OR IGNORE INTO article_text (sha256, text) VALUES (?, ?)", incoming.texts())
    projections.index_texts(db, last)
    for keys in incoming.pages():
        _bring_up_to_date(db, incoming, keys)


def _bring_up_to_date(db: Connection, incoming: Incoming, keys: list[ObjectKey]) -> None:
    """Let what comes in win where it is the later."""
    before = journal.winners(db, keys)
    ranks = {(kind, own_id): (seq, change) for kind, own_id, seq, change in db.rows_for(keys, _RANKS)}
    won = {key: best for key, best in incoming.best(keys).items() if best[:2] > ranks.get(key, (0, ""))}
    db.executemany(
        "INSERT OR REPLACE INTO winner (kind, id, change, seq) VALUES (?, ?, ?, ?)",
        [(*key, change, seq) for key, (seq, change, _) in won.items()],
    )
    known = {key: before[key] for key in won if key in before}
    projections.project(db, {key: parsed(text) for key, (_, _, text) in won.items()}, known)


_RANKS = (
    "SELECT w.kind, w.id, w.seq, w.change FROM wanted CROSS JOIN winner w"
    " ON w.kind = column1 AND w.id = column2"
)
