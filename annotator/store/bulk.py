"""Reading many articles with everything on them, some hundred at a time: for exports of a million spans."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import Any

from msgspec import UNSET, Struct, UnsetType
from msgspec.json import Decoder

from annotator.model.records import Annotation, Article, Link, Progress, progress_id
from annotator.store.bodies import LAST_OFFSET, are_fragments, is_sound, parsed
from annotator.store.connection import Connection, Row

Stored = tuple[str, dict[str, Any]]
"""The id of an object, and its body."""

_ARTICLES = 50
"""Articles of a batch, of which bodies, links and progress are read at once."""

_BODY = (
    " CROSS JOIN winner w ON w.kind = '{kind}' AND w.id = {id}"
    " CROSS JOIN revision r ON r.change = w.change AND r.kind = w.kind AND r.id = w.id"
)
_ANNOTATION = (
    "SELECT t.id, r.body FROM annotation t"
    + _BODY.format(kind=Annotation.KIND, id="t.id")
    + " WHERE t.article = ?{chosen} ORDER BY t.start, t.stop DESC, t.id"
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


@dataclass(frozen=True, slots=True)
class Whole:
    """One article and what is on it: annotations in order of place, and the links that begin in it.

    `unreadable` are the ids of annotations that are there but have no sound body.
    """

    id: str
    body: dict[str, Any]
    annotations: list[Mark | OddMark]
    unreadable: list[str]
    links: list[Stored]
    progress: list[dict[str, Any]]


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
    for at in range(0, len(article_ids), _ARTICLES):
        batch = article_ids[at : at + _ARTICLES]
        bodies = _bodies(db, Article.KIND, batch)
        links = _links(db, batch) if has_links else {}
        progress = _progress(db, batch, annotators)
        for own_id in filter(bodies.__contains__, batch):
            marks, unreadable = _annotations(db.rows(sql, (own_id, *names)))
            yield Whole(own_id, bodies[own_id], marks, unreadable, links.get(own_id, []), progress[own_id])


def decoded(text: str | None) -> dict[str, Any] | None:
    """Read a body's JSON like `parsed`, and faster."""
    try:
        body = _DECODER.decode(text or "")
    except (ValueError, RecursionError):
        return parsed(text)  # which takes what JSON doesn't know, such as NaN
    return body if isinstance(body, dict) else None


def _selecting(layers: Sequence[str], labels: Sequence[str]) -> tuple[str, list[str]]:
    """Return the query for the annotations of an article, and the values that it asks for besides."""
    wanted = (("layer", layers), ("label", labels))
    conditions = [f" AND t.{column} IN ({', '.join('?' * len(names))})" for column, names in wanted if names]
    return _ANNOTATION.format(chosen="".join(conditions)), [*layers, *labels]


def _annotations(rows: Iterable[Row]) -> tuple[list[Mark | OddMark], list[str]]:
    """Read annotations; return them, and the ids of those that can't be read."""
    marks: list[Mark | OddMark] = []
    unreadable = []
    decode, unset = _MARK_DECODER.decode, UNSET
    for own_id, text in rows:
        found: Mark | OddMark | None
        try:
            found = mark = decode(text or "")
        except (ValueError, RecursionError):
            found = _odd_mark(own_id, text)
        else:
            mark.id, mark.article = own_id, unset
            fragments = mark.fragments
            # One fragment, as nearly all have, is looked at here: a million calls take longer.
            is_one = len(fragments) == 1 and 0 <= fragments[0][0] < fragments[0][1] < LAST_OFFSET
            found = mark if is_one or are_fragments(fragments) else None
        if found is None:
            unreadable.append(own_id)
        else:
            marks.append(found)
    return marks, unreadable


def _odd_mark(own_id: str, text: str | None) -> OddMark | None:
    body = decoded(text)
    if body is None or not is_sound(Annotation.KIND, body):
        return None
    return OddMark({**_UNSAID, **{key: body[key] for key in body if key != "article"}, "id": own_id})


def _links(db: Connection, article_ids: Sequence[str]) -> dict[str, list[Stored]]:
    """Map articles to the links that begin in them."""
    found: dict[str, list[Stored]] = {}
    for article, own_id, text in sorted(db.rows_for([(own_id,) for own_id in article_ids], _LINK)):
        body = decoded(text)
        if body is not None and is_sound(Link.KIND, body):
            found.setdefault(article, []).append((own_id, body))
    return found


def _progress(
    db: Connection, article_ids: Sequence[str], annotators: Sequence[str]
) -> dict[str, list[dict[str, Any]]]:
    """Map each article to what annotators recorded of it."""
    ids = {own_id: [progress_id(own_id, annotator) for annotator in annotators] for own_id in article_ids}
    bodies = _bodies(db, Progress.KIND, [key for keys in ids.values() for key in keys])
    return {own_id: [bodies[key] for key in keys if key in bodies] for own_id, keys in ids.items()}


def _bodies(db: Connection, kind: str, ids: Sequence[str]) -> dict[str, dict[str, Any]]:
    """Map each object that has a sound body to it."""
    sql = "SELECT w.id, r.body FROM wanted" + _BODY.format(kind=kind, id="column1")
    found = {}
    for own_id, text in db.rows_for([(own_id,) for own_id in ids], sql):
        body = decoded(text)
        if body is not None and is_sound(kind, body):
            found[own_id] = body
    return found
