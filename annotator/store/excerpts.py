"""A part of a project as a project file of its own: a journal written anew of what some objects are now.

A journal can't be thinned out, because its changes are chained. So each change that gave a wanted object
its present body is written again with those bodies alone, in a feed of its own. Its number `seq` stays, so
whatever was done before or after it still stands before or after its copy when the files are merged.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import NamedTuple

from annotator.model.change import Change, ObjectKey, Revision, chain_hash, new_id
from annotator.model.excerpts import FEED, copied_id, followed, lineage, original_id
from annotator.model.records import Article
from annotator.store import check, journal, opening, projections, queries
from annotator.store.bodies import Body, is_sound, parsed
from annotator.store.connection import Connection, Row
from annotator.store.errors import ProjectError
from annotator.store.journal import CHANGE_COLUMNS

Tell = Callable[[int, int], None]
"""Is told how many objects are written, of how many; may raise to cancel."""

_BATCH = 5000
_COPY = 12
"""Digits that tell the copies of one change apart."""


class Thing(NamedTuple):
    """An object as it stands: its body, or the last one that it had before it was deleted."""

    id: str
    body: Body
    is_deleted: bool
    actor: str
    """Who changed it last."""

    def of(self, kind: str) -> ObjectKey:
        return kind, self.id


def kinds(db: Connection) -> tuple[str, ...]:
    """List of which kinds there are objects, those of newer versions too."""
    return tuple(row[0] for row in db.rows("SELECT DISTINCT kind FROM winner ORDER BY kind"))


def things(db: Connection, kind: str) -> Iterator[Thing]:
    """Read the objects of a kind that have or had a sound body, a part of them in memory at a time."""
    from annotator.store.bulk import decoded  # Its library takes 15 ms to load.

    last = ""
    while rows := db.rows(_THINGS, (kind, last)):
        for own_id, text, actor in rows:
            body = decoded(text if text is not None else _last_body(db, kind, own_id))
            if body is not None and is_sound(kind, body):
                yield Thing(own_id, body, text is None, actor)
        last = rows[-1][0]


_THINGS = (
    "SELECT w.id, r.body, c.actor FROM winner w"
    " CROSS JOIN revision r ON r.change = w.change AND r.kind = w.kind AND r.id = w.id"
    " CROSS JOIN change c ON c.id = w.change"
    f" WHERE w.kind = ? AND w.id > ? ORDER BY w.id LIMIT {_BATCH}"
)


def _last_body(db: Connection, kind: str, own_id: str) -> str | None:
    text: str | None = db.value(
        "SELECT r.body FROM revision r JOIN change c ON c.id = r.change"
        " WHERE r.kind = ? AND r.id = ? AND r.body IS NOT NULL ORDER BY c.seq DESC, c.id DESC LIMIT 1",
        (kind, own_id),
    )
    return text


def bodies_ever(db: Connection, keys: Sequence[ObjectKey]) -> Iterator[Body]:
    """Read every body that some objects have had."""
    for start in range(0, len(keys), _BATCH):
        for (text,) in db.rows_for(
            list(keys[start : start + _BATCH]),
            "SELECT r.body FROM wanted CROSS JOIN revision r ON r.kind = column1 AND r.id = column2",
        ):
            body = parsed(text)
            if body is not None:
                yield body


def write(db: Connection, path: Path, wanted: Collection[ObjectKey], tell: Tell) -> None:
    """Write a new project file with some objects and the texts they need, checked, whole or not at all."""
    wanted = {*wanted} - {(Article.KIND, row[0]) for row in db.rows(_TEXTLESS)}
    with (
        opening.made(path, opening.project_id(db), _must_be_sound) as file,
        file.ticking(_ticker(tell, len(wanted))),
    ):
        for change, texts in _copies(db, wanted):
            _insert(file, change, texts)
        _insert_texts(file, db, wanted)
        projections.rebuild(file)


def _ticker(tell: Tell, total: int) -> Callable[[int], None]:
    """Count rows up to the number of objects; there are more, which are made of these."""
    done = 0

    def tick(rows: int) -> None:
        nonlocal done
        done = min(done + rows, total)
        tell(done, total)

    return tick


# Whoever merges the file would believe nothing that comes after such an article.
_TEXTLESS = (
    "SELECT a.id FROM article a LEFT JOIN article_text x ON x.sha256 = a.sha256 WHERE x.sha256 IS NULL"
)


def _copies(db: Connection, wanted: Collection[ObjectKey]) -> Iterator[tuple[Change, list[str | None]]]:
    """Yield the changes of the new feed, each with its bodies as JSON, which nobody needs to read."""
    copy = new_id()
    before = Change("", FEED + copy, 0, 0, "", "", "", None, "")
    for change_id, keys in _by_change(db, wanted):
        rows = sorted(db.rows_for([(change_id, *key) for key in keys], _BODIES))
        texts = [text for _, _, text, _ in rows]
        is_whole = None not in texts and len(texts) == queries.change_size(db, change_id)
        original = Change(*db.rows(f"SELECT {CHANGE_COLUMNS} FROM change c WHERE c.id = ?", (change_id,))[0])
        change = replace(
            original,
            id=copied_id(change_id, copy[-_COPY:]),
            feed=before.feed,
            n=before.n + 1,
            action=original.action if is_whole else _unnamed(original.action),
            undoes=None,  # The change that was undone is not there.
            revisions=tuple(
                Revision(kind, own_id, None, _lineage(db, (kind, own_id), parent))
                for kind, own_id, _, parent in rows
            ),
        )
        hashed = ("null" if text is None else text for text in texts)
        before = replace(change, hash=chain_hash(before.hash, change, hashed))
        yield before, texts


def _lineage(db: Connection, key: ObjectKey, parent: str | None) -> str | None:
    """Name all the changes that a revision follows: whoever has one of them sees that this one is later."""
    if parent is None:
        return None
    rows = db.rows("SELECT change, parent FROM revision WHERE kind = ? AND id = ? ORDER BY change DESC", key)
    parents = {original_id(change): followed(before) for change, before in rows}
    found: dict[str, None] = {}
    waiting = list(followed(parent))
    while waiting:
        change = waiting.pop(0)
        if change not in found:
            found[change] = None
            waiting += parents.get(change, ())
    return lineage(found)


def _unnamed(action: str) -> str:
    """Take away the names in an action, which may be those of things that are not there."""
    return action.partition("“")[0].strip() or "change"


_BODIES = (
    "SELECT r.kind, r.id, r.body, r.parent FROM wanted CROSS JOIN revision r"
    " ON r.change = column1 AND r.kind = column2 AND r.id = column3"
)


def _by_change(db: Connection, wanted: Collection[ObjectKey]) -> Iterator[tuple[str, list[ObjectKey]]]:
    """Group objects by the change that gave each its present body, in the order of the journal."""
    rows = db.rows_for(
        list(wanted),
        "SELECT c.seq, c.id, w.kind, w.id FROM wanted CROSS JOIN winner w ON w.kind = column1"
        " AND w.id = column2 CROSS JOIN change c ON c.id = w.change",
    )
    for (_, change_id), group in groupby(sorted(rows), key=itemgetter(0, 1)):
        yield change_id, [(kind, own_id) for _, _, kind, own_id in group]


def _insert(file: Connection, change: Change, texts: list[str | None]) -> None:
    journal.insert_change(file, change)
    rows = [
        (change.id, r.kind, r.id, text, r.parent) for r, text in zip(change.revisions, texts, strict=True)
    ]
    file.executemany(journal.INSERT_REVISION, rows)


def _insert_texts(file: Connection, db: Connection, wanted: Collection[ObjectKey]) -> None:
    articles = [(own_id,) for kind, own_id in wanted if kind == Article.KIND]
    hashes = {row[0] for row in db.rows_for(articles, _HASHES)}
    for sha256, *_ in db.rows("SELECT sha256 FROM article_text ORDER BY pos"):
        if sha256 in hashes:
            file.executemany("INSERT INTO article_text (sha256, text) VALUES (?, ?)", _text(db, sha256))


_HASHES = "SELECT a.sha256 FROM wanted CROSS JOIN article a ON a.id = column1"


def _text(db: Connection, sha256: str) -> Iterable[Row]:
    return db.rows("SELECT sha256, text FROM article_text WHERE sha256 = ?", (sha256,))


def _must_be_sound(path: Path) -> None:
    connection, _ = opening.connect(path, read_only=True)
    try:
        found = check.file_problems(connection)
    finally:
        connection.close()
    if found:
        raise ProjectError(f"The copy was not made: it would be damaged ({found[0].message}); try again.")
