"""Reading a project: its objects, by id and by article."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from annotator.model.change import Change, ObjectKey, Revision
from annotator.model.excerpts import FEED, followed, original_id
from annotator.model.records import Annotation, Entity, Link, Progress, progress_id
from annotator.model.review import Assignment, Reply, Round, Ruling, Verdict
from annotator.store import journal
from annotator.store.bodies import is_sound, parsed
from annotator.store.connection import Connection, Parameters
from annotator.store.errors import ProjectError
from annotator.store.journal import CHANGE_COLUMNS

T = TypeVar("T")
R = TypeVar("R", Verdict, Reply, Ruling, Round, Assignment)
# CROSS JOIN keeps SQLite from beginning with all winners of a kind, of which there may be a million.
_BODY = (
    "SELECT t.id, r.body FROM {table} t {more} CROSS JOIN winner w ON w.kind = '{table}' AND w.id = t.id"
    " CROSS JOIN revision r ON r.change = w.change AND r.kind = w.kind AND r.id = w.id {where}"
)
# A merged entity stands for the one it leads to; UNION ends at a circle.
_MERGED = (
    "WITH RECURSIVE same (id) AS (SELECT ? UNION"
    " SELECT e.id FROM entity e JOIN same ON e.merged_into = same.id)"
)


_REVIEWS = (
    "FROM review t CROSS JOIN winner w ON w.kind = t.kind AND w.id = t.id"
    " CROSS JOIN revision r ON r.change = w.change AND r.kind = w.kind AND r.id = w.id"
)
_SETTLED = (
    "WITH RECURSIVE settled (id) AS (SELECT id FROM entity WHERE merged_into = '' UNION"
    " SELECT e.id FROM entity e JOIN settled ON e.merged_into = settled.id) SELECT id FROM settled"
)
"""The entities whose merges lead to one that wasn't merged, and that one."""


@dataclass(frozen=True, slots=True)
class Step:
    """One step in the history of an object: the change (without its revisions) and the body it gave."""

    change: Change
    body: Mapping[str, Any] | None


def body(db: Connection, kind: str, object_id: str) -> dict[str, Any] | None:
    """Read the current body of an object; None when there is none, or none that can be read."""
    text = db.value(
        "SELECT r.body FROM winner w JOIN revision r"
        " ON r.change = w.change AND r.kind = w.kind AND r.id = w.id WHERE w.kind = ? AND w.id = ?",
        (kind, object_id),
    )
    found = parsed(text)
    return found if found is not None and is_sound(kind, found) else None


def text(db: Connection, sha256: str) -> str:
    """Read an article's text; raise ProjectError when the project lacks it."""
    found = db.value("SELECT text FROM article_text WHERE sha256 = ?", (sha256,))
    if not isinstance(found, str):
        raise ProjectError(
            f"“{db.path.name}” lacks the text of this article; open a backup or remove the article."
        )
    return found


def annotations(db: Connection, article: str, layer: str | None) -> tuple[Annotation, ...]:
    """Read the annotations of an article, in order of place: earlier first, then longer first."""
    return _read(
        db,
        Annotation,
        "JOIN article a ON a.id = t.article",
        "WHERE t.article = ? AND (? IS NULL OR t.layer = ?) ORDER BY t.start, t.stop DESC, t.id",
        (article, layer, layer),
    )


def links(db: Connection, article: str, layer: str | None) -> tuple[Link, ...]:
    """Read the links with an end in an article, both ends existing."""
    return _read(
        db,
        Link,
        _ENDS,
        f"WHERE t.id IN ({_TOUCHING}) AND (? IS NULL OR t.layer = ?) ORDER BY t.id",
        (article, article, layer, layer),
    )


def links_of(db: Connection, annotation: str) -> tuple[Link, ...]:
    """Read the links from or to an annotation, both ends existing."""
    return _read(
        db, Link, _ENDS, "WHERE t.source = ? OR t.target = ? ORDER BY t.id", (annotation, annotation)
    )


_ENDS = (
    "JOIN annotation s ON s.id = t.source JOIN article sa ON sa.id = s.article"
    " JOIN annotation g ON g.id = t.target JOIN article ga ON ga.id = g.article"
)


_TOUCHING = (
    "SELECT l.id FROM annotation n JOIN link l ON l.source = n.id WHERE n.article = ?"
    " UNION SELECT l.id FROM annotation n JOIN link l ON l.target = n.id WHERE n.article = ?"
)


def entity(db: Connection, entity_id: str) -> Entity | None:
    """Read an entity, or the one it was merged into at last; in a circle, the one that closes it."""
    seen: dict[str, Entity] = {}
    found: Entity | None = None
    while entity_id and entity_id not in seen:
        body_found = body(db, Entity.KIND, entity_id)
        if body_found is None:
            return found
        found = seen[entity_id] = Entity.from_body(entity_id, body_found)
        entity_id = found.merged_into
    return seen.get(entity_id, found)


def entities(db: Connection, kind: str | None, merged: bool = False) -> tuple[Entity, ...]:
    """Read the entities by name: those that weren't merged into another, or with `merged` all.

    One whose merges lead nowhere (to a missing one, round a circle) wasn't merged.
    """
    return _read(
        db,
        Entity,
        "",
        f"WHERE (? OR t.merged_into = '' OR t.id NOT IN ({_SETTLED}))"
        " AND (? IS NULL OR t.kind = ?) ORDER BY t.name_key, t.id",
        (merged, kind, kind),
    )


def unsettled_entities(db: Connection) -> tuple[Entity, ...]:
    """Read the entities whose merges lead nowhere: to a missing one, or round a circle."""
    return _read(db, Entity, "", f"WHERE t.id NOT IN ({_SETTLED}) ORDER BY t.name_key, t.id", ())


def entity_uses(db: Connection, entity_id: str) -> int:
    """Count the annotations that refer to an entity or to one merged into it."""
    return int(
        db.value(
            f"{_MERGED} SELECT count(DISTINCT t.id) FROM same JOIN entity_use u ON u.entity = same.id"
            " JOIN annotation t ON t.id = u.annotation JOIN article a ON a.id = t.article",
            (entity_id,),
        )
    )


def mentions(db: Connection, entity_id: str) -> tuple[Annotation, ...]:
    """Read the annotations that refer to an entity or to one merged into it."""
    return _read(
        db,
        Annotation,
        "JOIN article a ON a.id = t.article",
        f"WHERE t.id IN ({_MERGED} SELECT u.annotation FROM same JOIN entity_use u ON u.entity = same.id)"
        " ORDER BY a.title_key, a.id, t.start, t.stop DESC, t.id",
        (entity_id,),
    )


def progress(db: Connection, article: str, annotator: str) -> Progress | None:
    """Read what an annotator has recorded of an article."""
    found = body(db, Progress.KIND, progress_id(article, annotator))
    return None if found is None else Progress.from_body("", found)


_DECISION = "CASE WHEN json_valid(r.body) THEN json_extract(r.body, '$.decision') END"
"""What a verdict decides; nothing where a stranger's body is no JSON."""
_THERE = "t.article IN (SELECT id FROM article)"
ASKING = f" AND {_DECISION} <> 'accept'"
"""Narrows the reading of verdicts to those that ask for something: most accept, and take long to read."""


def reviews(
    db: Connection, of: "type[R]", article: str | None, who: str | None, more: str = ""
) -> "tuple[R, ...]":
    """Read what reviewing added, of one kind; of an article or all, about a person or all."""
    # Each condition by itself, so that SQLite finds by its index what may be one of a million.
    wanted = {"t.kind": of.KIND, "t.article": article, "t.who": who}
    asked = {column: value for column, value in wanted.items() if value is not None}
    rows = db.rows(
        f"SELECT t.id, r.body {_REVIEWS}"
        f" WHERE {' AND '.join(f'{column} = ?' for column in asked)}{more} ORDER BY t.id",
        tuple(asked.values()),
    )
    return tuple(_records(of.from_body, of.KIND, rows))


def acceptances(db: Connection, layer: str) -> int:
    """Count the verdicts that leave a layer's annotations as they are, in articles that are there."""
    where = f"WHERE t.kind = ? AND t.who = ? AND {_THERE} AND {_DECISION} = 'accept'"
    return int(db.value(f"SELECT count(*) {_REVIEWS} {where}", (Verdict.KIND, layer)))


def judged(db: Connection) -> tuple[str, ...]:
    """List the layers that got a verdict in an article that is there, by name."""
    sql = f"SELECT DISTINCT t.who FROM review t WHERE t.kind = ? AND {_THERE} ORDER BY t.who"
    rows = db.rows(sql, (Verdict.KIND,))
    return tuple(who for (who,) in rows)


def standing(db: Connection, article: str) -> dict[str, str]:
    """Map each annotation of an article to the change that gave it its current body."""
    rows = db.rows(
        "SELECT n.id, w.change FROM annotation n CROSS JOIN winner w"
        " ON w.kind = 'annotation' AND w.id = n.id WHERE n.article = ?",
        (article,),
    )
    # So that what a review says of a change also holds where only a copy of the change has come.
    return {own_id: original_id(change) for own_id, change in rows}


def history(db: Connection, kind: str, object_id: str) -> tuple[Step, ...]:
    """Read every body an object has had, oldest first."""
    rows = db.rows(
        f"SELECT {CHANGE_COLUMNS}, r.body FROM revision r JOIN change c ON c.id = r.change"
        " WHERE r.kind = ? AND r.id = ? ORDER BY c.seq, c.id",
        (kind, object_id),
    )
    return tuple(Step(Change(*row[:-1]), parsed(row[-1])) for row in rows)


def changes(db: Connection, limit: int | None, article: str | None) -> tuple[Change, ...]:
    """Read the changes without their revisions, newest first; of one article or all.

    Of a change and its copies, which a merge may have brought, only the first is read.
    """
    where, parameters = ("", ()) if article is None else (f"AND {_TOUCHES_ARTICLE}", (article,))
    rows = db.rows(
        f"SELECT {CHANGE_COLUMNS} FROM change c WHERE {_NO_COPY} {where}"
        " ORDER BY c.seq DESC, c.id DESC LIMIT ?",
        (*parameters, -1 if limit is None else limit),
    )
    return tuple(Change(*row) for row in rows)


# A copy's id begins with that of its original and a dot, and nothing else ranks between the two.
_NO_COPY = f"""(c.feed NOT GLOB '{FEED}*' OR NOT EXISTS (
  SELECT 1 FROM change o WHERE o.id >= substr(c.id, 1, instr(c.id, '.') - 1) AND o.id < c.id
))"""
# Bodies of deleted annotations say which article they were in; a stranger's may not be JSON.
_TOUCHES_ARTICLE = """c.id IN (
  WITH place (kind, id) AS (
    SELECT DISTINCT kind, id FROM revision WHERE kind IN ('annotation', 'progress')
    AND CASE WHEN json_valid(body) THEN json_extract(body, '$.article') END = ?1
    UNION SELECT 'article', ?1
  )
  SELECT r.change FROM revision r JOIN place p ON p.kind = r.kind AND p.id = r.id
)"""


def change_size(db: Connection, change_id: str) -> int:
    """Count the objects that a change touched."""
    return int(db.value("SELECT count(*) FROM revision WHERE change = ?", (change_id,)))


def own_actions(db: Connection, actor: str) -> list[tuple[str, str | None, str]]:
    """List what a person did, oldest first: change id, what it undoes, and its action.

    What only came as a copy is not in it: what it was before is not known here.
    """
    return db.rows(
        f"SELECT id, undoes, action FROM change WHERE actor = ? AND feed NOT GLOB '{FEED}*' ORDER BY seq, id",
        (actor,),
    )


def parent_bodies(db: Connection, change: Change) -> dict[ObjectKey, Mapping[str, Any] | None]:
    """Map each object of a change to the body it had before."""
    return {r.key: _before(db, r) for r in change.revisions}


def _before(db: Connection, revision: Revision) -> dict[str, Any] | None:
    before = followed(revision.parent)
    return journal.body_at(db, before[0], revision.key) if before else None


def _read(
    db: Connection,
    record: "type[Annotation] | type[Link] | type[Entity]",
    more: str,
    where: str,
    parameters: Parameters,
) -> tuple[Any, ...]:
    """Read the records whose thin rows a condition picks, leaving out bodies that aren't sound."""
    sql = _BODY.format(table=record.KIND, more=more, where=where)
    return tuple(_records(record.from_body, record.KIND, db.rows(sql, parameters)))


def _records(build: Callable[[str, Any], T], kind: str, rows: Iterable[tuple[Any, ...]]) -> Iterable[T]:
    for object_id, stored in rows:
        found = parsed(stored)
        if found is not None and is_sound(kind, found):
            yield build(object_id, found)
