"""Reading many articles with everything on them, some hundred at a time: for exports of a million spans."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from operator import itemgetter
from typing import Any

from msgspec import UNSET, Struct, UnsetType
from msgspec.json import Decoder

from annotator.model.records import Annotation, Article, Link, Progress, progress_id
from annotator.store.bodies import LAST_OFFSET, are_fragments, is_sound, parsed
from annotator.store.connection import Connection, Row

Stored = tuple[str, dict[str, Any]]
"""The id of an object, and its body."""

_ARTICLES = 200
_ANNOTATIONS = 1_000
"""Most articles of a batch, and most annotations unless one article has more."""

_BODY = (
    " CROSS JOIN winner w ON w.kind = '{kind}' AND w.id = {id}"
    " CROSS JOIN revision r ON r.change = w.change AND r.kind = w.kind AND r.id = w.id"
)
_ANNOTATION = (
    "SELECT t.article, t.start, -t.stop, t.id, r.body FROM wanted CROSS JOIN annotation t"
    " ON t.article = column1" + _BODY.format(kind=Annotation.KIND, id="t.id")
)
_LINK = (
    "SELECT s.article, t.id, r.body FROM wanted CROSS JOIN annotation s ON s.article = column1"
    " CROSS JOIN link t ON t.source = s.id"
    " CROSS JOIN annotation g ON g.id = t.target CROSS JOIN article a ON a.id = g.article"
    + _BODY.format(kind=Link.KIND, id="t.id")
)
_UNSAID = {"attributes": {}, **dict.fromkeys(("note", "origin", "prefix", "scheme", "suffix"), "")}


class Mark(Struct, kw_only=True, forbid_unknown_fields=True, gc=False):
    """An annotation with its id and without its article: with the keys of a body and no others, sorted."""

    attributes: dict[str, Any] = {}
    exact: list[str]
    fragments: list[tuple[int, int]]
    id: str = ""
    label: str
    layer: str
    note: str = ""
    origin: str = ""
    prefix: str = ""
    scheme: str = ""
    sources: list[str] | UnsetType = UNSET
    suffix: str = ""
    article: str | UnsetType


class OddMark(dict[str, Any]):
    """The same as a mapping, of an annotation that has other keys too, as a newer version may write them."""

    attributes = property(itemgetter("attributes"))
    id = property(itemgetter("id"))
    exact = property(itemgetter("exact"))
    fragments = property(itemgetter("fragments"))
    label = property(itemgetter("label"))
    layer = property(itemgetter("layer"))


_DECODER = Decoder()
_MARK_DECODER = Decoder(Mark)


@dataclass(slots=True)
class Whole:
    """One article and what is on it: annotations in order of place, and the links that begin in it.

    `unreadable` are the ids of annotations that are there but have no sound body.
    """

    id: str
    body: dict[str, Any]
    annotations: list[Mark | OddMark] = field(default_factory=list)
    unreadable: list[str] = field(default_factory=list)
    links: list[Stored] = field(default_factory=list)
    progress: list[dict[str, Any]] = field(default_factory=list)


def wholes(
    db: Connection,
    article_ids: Sequence[str],
    layers: Sequence[str],
    labels: Sequence[str],
    annotators: Sequence[str],
) -> Iterator[Whole]:
    """Read articles as `Reads.wholes` says, leaving out those that aren't there or can't be read."""
    sql, names = _selecting(layers, labels)
    has_links = db.row("SELECT 1 FROM link LIMIT 1") is not None
    for batch in _batches(db, article_ids):
        bodies = _bodies(db, Article.KIND, batch)
        found = {own_id: Whole(own_id, bodies[own_id]) for own_id in batch if own_id in bodies}
        keys = [(own_id,) for own_id in found]
        _add_annotations(found, db.rows_for(keys, sql, names))
        _add_links(found, db.rows_for(keys, _LINK) if has_links else ())
        _add_progress(db, found, annotators)
        yield from found.values()


def decoded(text: str | None) -> dict[str, Any] | None:
    """Read a body's JSON like `parsed`, and faster."""
    try:
        body = _DECODER.decode(text or "")
    except (ValueError, RecursionError):
        return parsed(text)  # which takes what JSON doesn't know, such as NaN
    return body if isinstance(body, dict) else None


def _batches(db: Connection, article_ids: Sequence[str]) -> Iterator[list[str]]:
    sizes: dict[str, int] = dict(db.rows("SELECT article, sum(n) FROM tally GROUP BY article"))
    batch: list[str] = []
    annotations = 0
    for article in article_ids:
        annotations += sizes.get(article, 0)
        if batch and (annotations > _ANNOTATIONS or len(batch) == _ARTICLES):
            yield batch
            batch, annotations = [], sizes.get(article, 0)
        batch.append(article)
    if batch:
        yield batch


def _selecting(layers: Sequence[str], labels: Sequence[str]) -> tuple[str, list[str]]:
    """Return the query for annotations, and the values that it asks for."""
    wanted = (("layer", layers), ("label", labels))
    conditions = [f"t.{column} IN ({', '.join('?' * len(names))})" for column, names in wanted if names]
    where = f" WHERE {' AND '.join(conditions)}" if conditions else ""
    return _ANNOTATION + where, [*layers, *labels]


def _add_annotations(found: dict[str, Whole], rows: Iterable[Row]) -> None:
    for article, _, _, own_id, text in sorted(rows):
        mark = _mark(own_id, text)
        if mark is not None:
            found[article].annotations.append(mark)
        else:
            found[article].unreadable.append(own_id)


def _mark(own_id: str, text: str | None) -> Mark | OddMark | None:
    try:
        mark = _MARK_DECODER.decode(text or "")
    except (ValueError, RecursionError):
        return _odd_mark(own_id, text)
    mark.id, mark.article = own_id, UNSET
    return mark if _are_in_order(mark.fragments) else None


def _are_in_order(fragments: list[tuple[int, int]]) -> bool:
    """Say the same as `are_fragments`, of what are pairs for certain; nearly all are one."""
    if len(fragments) != 1:
        return are_fragments(fragments)
    ((start, stop),) = fragments
    return 0 <= start < stop < LAST_OFFSET


def _odd_mark(own_id: str, text: str | None) -> OddMark | None:
    body = decoded(text)
    if body is None or not is_sound(Annotation.KIND, body):
        return None
    return OddMark({**_UNSAID, **{key: body[key] for key in body if key != "article"}, "id": own_id})


def _add_links(found: dict[str, Whole], rows: Iterable[Row]) -> None:
    for article, own_id, text in sorted(rows):
        body = decoded(text)
        if body is not None and is_sound(Link.KIND, body):
            found[article].links.append((own_id, body))


def _add_progress(db: Connection, found: dict[str, Whole], annotators: Sequence[str]) -> None:
    ids = {own_id: [progress_id(own_id, annotator) for annotator in annotators] for own_id in found}
    bodies = _bodies(db, Progress.KIND, [key for keys in ids.values() for key in keys])
    for own_id, keys in ids.items():
        found[own_id].progress += [bodies[key] for key in keys if key in bodies]


def _bodies(db: Connection, kind: str, ids: Sequence[str]) -> dict[str, dict[str, Any]]:
    """Map each object that has a sound body to it."""
    sql = "SELECT w.id, r.body FROM wanted" + _BODY.format(kind=kind, id="column1")
    found = {}
    for own_id, text in db.rows_for([(own_id,) for own_id in ids], sql):
        body = decoded(text)
        if body is not None and is_sound(kind, body):
            found[own_id] = body
    return found
