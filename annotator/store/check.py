"""Everything that can be wrong with a project, listed."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from annotator.model.change import ObjectKey, chain_hash
from annotator.model.records import Annotation, Article, Entity
from annotator.model.text import fingerprint
from annotator.store import journal, projections, queries, schema
from annotator.store.bodies import is_sound, parsed
from annotator.store.connection import Connection, Row
from annotator.store.errors import BROKEN, ProjectError, is_lock

ProblemKind = Literal[
    "database", "schema", "text-hash", "chain", "gap", "body", "span", "entity", "projection"
]


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong, where it can be said in which article and annotation."""

    kind: ProblemKind
    message: str
    article: str | None = None
    annotation: str | None = None


def problems(db: Connection) -> list[Problem]:
    """List what is wrong with the file, its journal, its texts and every span."""
    found: list[Problem] = []
    try:
        for part in (_database, _schema, _texts, _feeds, _bodies, _spans, _entities, _projections):
            found += part(db)
    except (ProjectError, *BROKEN) as error:
        if is_lock(error.__cause__ or error):
            raise
        found.append(Problem("database", f"the file can't be read to its end: {error}"))
    return found


def file_problems(db: Connection) -> list[Problem]:
    """List what is wrong with the file and its journal, not with what stands in it."""
    return [problem for part in (_database, _schema, _feeds) for problem in part(db)]


def article_problems(db: Connection, article: str) -> list[Problem]:
    """List what is wrong with one article's text and spans."""
    return [*_texts(db, article), *_spans(db, article)]


def _database(db: Connection) -> Iterator[Problem]:
    for (message,) in db.rows("PRAGMA integrity_check(20)"):
        if message != "ok":
            yield Problem("database", f"the file is damaged: {message}")


def _schema(db: Connection) -> Iterator[Problem]:
    version = db.value("PRAGMA user_version")
    if version > schema.VERSION:
        yield Problem(
            "schema", "the file was made by a newer version of Annotator, which this one can't check"
        )
        return
    for name in sorted(schema.unknown(schema.objects(db.raw))):
        yield Problem("schema", f"“{name}” is not of a project; another program added it")


def _texts(db: Connection, article: str | None = None) -> Iterator[Problem]:
    """Compare each article's text with its fingerprint, one text in memory at a time."""
    rows = db.rows(
        "SELECT a.id, a.title, a.sha256, x.pos FROM article a LEFT JOIN article_text x ON x.sha256 = a.sha256"
        " WHERE ? IS NULL OR a.id = ? ORDER BY a.id",
        (article, article),
    )
    for article_id, title, sha256, pos in rows:
        if pos is None:
            yield Problem("text-hash", f"the text of “{title}” is missing", article_id)
            continue
        text = db.value("SELECT text FROM article_text WHERE pos = ?", (pos,))
        if fingerprint(text) != sha256:
            yield Problem("text-hash", f"the text of “{title}” is not the one that was imported", article_id)


def _feeds(db: Connection) -> Iterator[Problem]:
    """Follow each feed from its first change: numbers without a gap, hashes that chain."""
    feed, n, before = "", 0, ""
    missing = 0
    for (change_id,) in db.rows("SELECT id FROM change ORDER BY feed, n"):
        change = journal.outline(db, change_id)
        if change is None:
            yield Problem("database", f"the file is damaged: the change {change_id} can't be found by its id")
            continue
        if change.feed != feed:
            feed, n, before = change.feed, 0, ""
        what = f"“{change.action}” by {change.actor or 'the program'} at {change.at}"
        if change.n != n + 1:
            missing += change.n - n - 1
            yield Problem("gap", f"{change.n - n - 1} change(s) before {what} are missing")
        elif chain_hash(before, change, journal.stored_bodies(db, change_id)) != change.hash:
            yield Problem("chain", f"{what} was altered after it was saved")
        n, before = change.n, change.hash
    if (last := _orphans(db) - missing) > 0:
        yield Problem("gap", f"{last} change(s) are missing, of which only what they wrote is left")


def _orphans(db: Connection) -> int:
    """Count the changes of which only the revisions are left."""
    return int(
        db.value(
            "SELECT count(DISTINCT r.change) FROM revision r LEFT JOIN change c ON c.id = r.change"
            " WHERE c.id IS NULL"
        )
    )


def _bodies(db: Connection) -> Iterator[Problem]:
    for kind, object_id in unreadable(db):
        article = object_id if kind == Article.KIND else None
        annotation = object_id if kind == Annotation.KIND else None
        yield Problem("body", f"the {kind} {object_id} can't be read", article, annotation)


def unreadable(db: Connection) -> Iterator[ObjectKey]:
    """Find the objects whose current body is there and can't be read, a part of them in memory at a time."""
    return _unsound(db, _BODIES.format(which="TRUE"))


def left_out(db: Connection) -> Iterator[ObjectKey]:
    """Find the same, but of annotations only those that are not among the thin rows.

    There may be a million, and whoever reads the others sees which of them can't be read.
    """
    yield from ((Annotation.KIND, row[0]) for row in db.rows(_NOT_THERE))
    yield from _unsound(db, _BODIES.format(which=f"w.kind <> '{Annotation.KIND}'"))


def _unsound(db: Connection, bodies: str) -> Iterator[ObjectKey]:
    last: Row = ("", "")
    while rows := db.rows(bodies, last):
        for kind, object_id, text, revised in rows:
            body = parsed(text)
            is_deleted = text is None and revised is not None
            if not is_deleted and (body is None or not is_sound(kind, body)):
                yield kind, object_id
        last = rows[-1][:2]


_BODIES = (
    "SELECT w.kind, w.id, r.body, r.change FROM winner w"
    " LEFT JOIN revision r ON r.change = w.change AND r.kind = w.kind AND r.id = w.id"
    " WHERE {which} AND (w.kind, w.id) > (?, ?) ORDER BY w.kind, w.id LIMIT 5000"
)
_NOT_THERE = (
    "SELECT w.id FROM winner w LEFT JOIN annotation t ON t.id = w.id"
    " LEFT JOIN revision r ON r.change = w.change AND r.kind = w.kind AND r.id = w.id"
    " WHERE w.kind = 'annotation' AND t.id IS NULL AND (r.body IS NOT NULL OR r.change IS NULL)"
    " ORDER BY w.id"
)


def _spans(db: Connection, article: str | None = None) -> Iterator[Problem]:
    for article_id, sha256 in db.rows(
        "SELECT a.id, a.sha256 FROM article a JOIN article_text x ON x.sha256 = a.sha256"
        " WHERE ? IS NULL OR a.id = ? ORDER BY a.id",
        (article, article),
    ):
        text = queries.text(db, sha256)
        for annotation in queries.annotations(db, article_id, None):
            if not annotation.stands_in(text):
                yield Problem(
                    "span",
                    f"“{annotation.words}” does not stand where its span is",
                    article_id,
                    annotation.id,
                )


def _entities(db: Connection) -> Iterator[Problem]:
    for entity in queries.unsettled_entities(db):
        is_missing = queries.body(db, Entity.KIND, entity.merged_into) is None
        where = "one that is missing" if is_missing else "one that leads back, in a circle"
        yield Problem("entity", f"“{entity.name}” was merged into {where}")


def _projections(db: Connection) -> Iterator[Problem]:
    copy = db.copy("")
    try:
        for table in projections.unsound_searches(copy):
            yield Problem("projection", f"the search in {table} disagrees with the journal")
        with copy.transaction():
            projections.rebuild(copy)
        for table in projections.TABLES:
            if projections.content(copy, table) != projections.content(db, table):
                yield Problem("projection", f"the table of each {table} disagrees with the journal")
    finally:
        copy.close()
