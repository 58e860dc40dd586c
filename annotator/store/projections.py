"""The tables that are searched and sorted by: a function of the journal, rebuilt at any time."""

import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Any

from annotator.model.change import ObjectKey
from annotator.model.records import Annotation, Article, Entity, Link, Progress
from annotator.model.review import Assignment, Reply, Round, Ruling, Verdict
from annotator.model.scheme import Scheme
from annotator.store.bodies import SCHEME, Body, is_sound, parsed, sort_key
from annotator.store.connection import Connection, Row

TABLES = ("winner", "article", "annotation", "link", "entity", "entity_use", "progress", "tally", "review")
SEARCHES = ("text_search", "annotation_search")
_BATCH = 5000

_WHO = {
    Verdict.KIND: "layer",
    Reply.KIND: "annotator",
    Ruling.KIND: "adjudicator",
    Round.KIND: "",
    Assignment.KIND: "annotator",
}
"""Of each kind of review, the key of its body that says whom it is about."""

Bodies = Mapping[ObjectKey, Body | None]


def rebuild(db: Connection) -> None:
    """Make every projection anew from the journal, within the caller's transaction."""
    for table in TABLES:
        db.execute(f"DELETE FROM {table}")
    db.execute("INSERT INTO annotation_search (annotation_search) VALUES ('delete-all')")
    db.execute("INSERT INTO text_search (text_search) VALUES ('rebuild')")
    db.execute(
        "INSERT INTO winner SELECT kind, id, change, seq FROM ("
        " SELECT r.kind, r.id, r.change, c.seq, row_number() OVER"
        " (PARTITION BY r.kind, r.id ORDER BY c.seq DESC, c.id DESC) AS place"
        " FROM revision r JOIN change c ON c.id = r.change) WHERE place = 1"
    )
    entity_names = _entity_attributes(db)
    for batch in _winning_bodies(db):
        _insert(db, batch, entity_names)
    _tally_all(db)


def project(db: Connection, bodies: Bodies, known: Mapping[ObjectKey, str]) -> None:
    """Bring the projections up to date with winning bodies.

    `known` are the objects that had one before, each with the change that gave it.
    """
    if any(key[0] == SCHEME and _refers_otherwise(db, key, known.get(key)) for key in bodies):
        rebuild(db)
        return
    gone = list(known)
    touched = _articles_of(db, gone) | {
        body["article"]
        for (kind, _), body in bodies.items()
        if kind == Annotation.KIND and body and isinstance(body.get("article"), str)
    }
    _remove(db, gone)
    _insert(db, bodies, _entity_attributes(db))
    _tally(db, touched)


def index_texts(db: Connection, after: int) -> None:
    """Make the texts stored since a position searchable."""
    db.execute(
        "INSERT INTO text_search (rowid, text) SELECT pos, text FROM article_text WHERE pos > ?", (after,)
    )


def _winning_bodies(db: Connection) -> Iterator[Bodies]:
    last: Row = ("", "")
    while True:
        rows = db.rows(
            "SELECT w.kind, w.id, r.body FROM winner w"
            " JOIN revision r ON r.change = w.change AND r.kind = w.kind AND r.id = w.id"
            " WHERE (w.kind, w.id) > (?, ?) ORDER BY w.kind, w.id LIMIT ?",
            (*last, _BATCH),
        )
        if not rows:
            return
        yield {(kind, object_id): parsed(body) for kind, object_id, body in rows}
        last = rows[-1][:2]


def _entity_attributes(db: Connection) -> dict[str, list[str]]:
    """Map each label of the scheme to its attributes that hold entities."""
    return _entity_names(
        db.value(
            "SELECT r.body FROM winner w JOIN meta m ON m.key = 'project' AND m.value = w.id"
            " JOIN revision r ON r.change = w.change AND r.kind = w.kind AND r.id = w.id WHERE w.kind = ?",
            (SCHEME,),
        )
    )


def _refers_otherwise(db: Connection, scheme: ObjectKey, before: str | None) -> bool:
    """Say whether annotations that are there refer to entities by other attributes than before."""
    if scheme[1] != db.value("SELECT value FROM meta WHERE key = 'project'"):
        return False  # It came with another project's file.
    sql = "SELECT body FROM revision WHERE change = ? AND kind = ? AND id = ?"
    old, new = _entity_names(db.value(sql, (before, *scheme))), _entity_attributes(db)
    changed = [(label,) for label in old | new if old.get(label, []) != new.get(label, [])]
    return bool(db.rows_for(changed, "SELECT 1 FROM wanted JOIN tally t ON t.label = column1 LIMIT 1"))


@lru_cache(maxsize=8)
def _entity_names(scheme: str | None) -> dict[str, list[str]]:
    """Read the attributes that hold entities from a scheme's JSON; cached, for every commit asks."""
    body = parsed(scheme)
    if body is None or not is_sound(SCHEME, body):
        return {}
    labels = Scheme.from_body(body).labels
    return {label.id: [a.name for a in label.attributes if a.kind == "entity"] for label in labels}


def _remove(db: Connection, keys: list[ObjectKey]) -> None:
    of = {kind: [(key[1],) for key in keys if key[0] == kind] for kind in {key[0] for key in keys}}
    annotations = of.get(Annotation.KIND, [])
    db.executemany(
        "INSERT INTO annotation_search (annotation_search, rowid, words)"
        " SELECT 'delete', pos, words FROM annotation WHERE id = ?",
        annotations,
    )
    db.executemany("DELETE FROM entity_use WHERE annotation = ?", annotations)
    for kind in (Article.KIND, Annotation.KIND, Link.KIND, Entity.KIND, Progress.KIND):
        db.executemany(f"DELETE FROM {kind} WHERE id = ?", of.get(kind, []))
    reviews = [key for key in keys if key[0] in _WHO]
    db.executemany("DELETE FROM review WHERE kind = ? AND id = ?", reviews)


def _insert(db: Connection, bodies: Bodies, entity_names: Mapping[str, list[str]]) -> None:
    of: dict[str, list[tuple[str, Body]]] = {}
    for (kind, object_id), body in bodies.items():
        if body is not None and is_sound(kind, body):
            of.setdefault(kind, []).append((object_id, body))
    _insert_annotations(db, of.get(Annotation.KIND, []), entity_names)
    db.executemany(
        "INSERT INTO article VALUES (?, ?, ?, ?, ?, ?, ?)",
        (_article(*row) for row in of.get(Article.KIND, [])),
    )
    db.executemany(
        "INSERT INTO link VALUES (?, ?, ?, ?)",
        ((key, b["layer"], b["source"], b["target"]) for key, b in of.get(Link.KIND, [])),
    )
    db.executemany(
        "INSERT INTO entity VALUES (?, ?, ?, ?)",
        (
            (key, b["kind"], sort_key(b["name"]), b.get("merged_into", ""))
            for key, b in of.get(Entity.KIND, [])
        ),
    )
    db.executemany(
        "INSERT INTO progress VALUES (?, ?, ?, ?)",
        ((key, b["article"], b["annotator"], b["state"]) for key, b in of.get(Progress.KIND, [])),
    )
    db.executemany(
        "INSERT INTO review VALUES (?, ?, ?, ?)",
        (
            (kind, key, b.get("article", ""), b.get(who, ""))
            for kind, who in _WHO.items()
            for key, b in of.get(kind, [])
        ),
    )


def _insert_annotations(
    db: Connection, annotations: list[tuple[str, Body]], entity_names: Mapping[str, list[str]]
) -> None:
    if not annotations:
        return
    last = db.value("SELECT coalesce(max(pos), 0) FROM annotation")
    db.executemany(
        "INSERT INTO annotation (id, article, layer, label, start, stop, words) VALUES (?, ?, ?, ?, ?, ?, ?)",
        (_annotation(*row) for row in annotations),
    )
    db.execute(
        "INSERT INTO annotation_search (rowid, words) SELECT pos, words FROM annotation WHERE pos > ?",
        (last,),
    )
    db.executemany(
        "INSERT OR IGNORE INTO entity_use (entity, annotation, attribute) VALUES (?, ?, ?)",
        (use for row in annotations for use in _entity_uses(*row, entity_names)),
    )


def _article(article_id: str, body: Body) -> Row:
    title, outlet = body.get("title", ""), body.get("outlet", "")
    published = body.get("published", "")
    return article_id, body["sha256"], title, outlet, published, sort_key(title), sort_key(outlet)


def _annotation(annotation_id: str, body: Body) -> Row:
    fragments = body["fragments"]
    words = " … ".join(body["exact"])
    searched = f"{words}\n{body['note']}" if body.get("note") else words
    place = (fragments[0][0], fragments[-1][1])
    return annotation_id, body["article"], body["layer"], body["label"], *place, searched


def _entity_uses(annotation_id: str, body: Body, names: Mapping[str, list[str]]) -> Iterator[Row]:
    attributes: Mapping[str, Any] = body.get("attributes", {})
    for name in names.get(body["label"], ()):
        entity = attributes.get(name)
        if entity and isinstance(entity, str):
            yield entity, annotation_id, name


def _articles_of(db: Connection, keys: list[ObjectKey]) -> set[str]:
    ids = [(object_id,) for kind, object_id in keys if kind == Annotation.KIND]
    rows = db.rows_for(ids, "SELECT n.article FROM wanted CROSS JOIN annotation n ON n.id = column1")
    return {row[0] for row in rows}


def _tally(db: Connection, articles: Iterable[str]) -> None:
    """Count the annotations of some articles again."""
    ids = [(article,) for article in articles]
    db.executemany("DELETE FROM tally WHERE article = ?", ids)
    db.executemany(
        "INSERT INTO tally SELECT layer, article, label, count(*) FROM annotation"
        " WHERE article = ? GROUP BY layer, label",
        ids,
    )


def _tally_all(db: Connection) -> None:
    db.execute(
        "INSERT INTO tally SELECT layer, article, label, count(*) FROM annotation"
        " GROUP BY article, layer, label"
    )


def content(db: Connection, table: str) -> list[Row]:
    """Read a projection in an order of its own, without what only this file counts (row numbers)."""
    columns = [name for (name,) in db.rows(f"SELECT name FROM pragma_table_info('{table}')") if name != "pos"]
    listed = ", ".join(columns)
    return db.rows(f"SELECT {listed} FROM {table} ORDER BY {listed}")


def unsound_searches(db: Connection) -> list[str]:
    """List the search indexes that don't hold what their tables hold."""
    unsound = []
    for table in SEARCHES:
        try:
            db.execute(f"INSERT INTO {table} ({table}, rank) VALUES ('integrity-check', 1)")
        except sqlite3.DatabaseError:
            unsound.append(table)
    return unsound
