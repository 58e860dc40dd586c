"""The lines of our own JSON Lines: from values to bytes, and back where a line is known to be ours."""

import json
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from typing import Any

import msgspec

from annotator.formats.dataset import ArticleRecord, Tag, tags_of
from annotator.formats.parts.bodies import without
from annotator.formats.parts.json_lines import line_of
from annotator.model.records import Annotation, Article, Entity, Link, Progress
from annotator.model.review import Reply, Verdict

Row = dict[str, Any]

_DECODER = msgspec.json.Decoder(Row)


def encoded(record: ArticleRecord) -> bytes:
    """Return the line of a record: the one it is kept as, if there is one."""
    return (record.encoded if isinstance(record, KeptRecord) else b"") or line_of(_row(record))


def row_of(value: Article | Annotation | Link | Entity) -> Row:
    """Return what a line says of one thing."""
    return {**value.to_body(), "id": value.id}


def row_of_progress(progress: Progress) -> Row:
    return without(progress.to_body(), "article")


class KeptRecord(ArticleRecord):
    """A record that is kept as its line; its values are made when somebody asks for them.

    A copy with anything replaced is no longer that line, and has none.
    """

    __slots__ = ("_row", "encoded", "size", "tags")

    encoded: bytes
    size: int
    tags: Counter[Tag]
    _row: Row

    @classmethod
    def of(cls, encoded: bytes, **made: Any) -> "KeptRecord":
        """Make a record of its line, and of the values that are at hand already."""
        record = object.__new__(cls)
        for name, value in {"encoded": encoded, **made}.items():
            object.__setattr__(record, name, value)
        return record

    def __getattr__(self, name: str) -> Any:
        """Make a value that nobody has asked for before."""
        value = _MAKERS[name](self) if name in _MAKERS else getattr(_NOTHING_MORE, name)
        object.__setattr__(self, name, value)
        return value


def _row(record: ArticleRecord) -> Row:
    return {
        "article": row_of(record.article),
        "text": record.text,
        "annotations": [without(row_of(a), "article") for a in record.annotations],
        "links": [row_of(link) for link in record.links],
        "progress": [row_of_progress(p) for p in record.progress or ()],
        **rows_of_reviews(record.verdicts, record.replies),
    }


def rows_of_reviews(verdicts: Iterable[Verdict], replies: Iterable[Reply]) -> dict[str, list[Row]]:
    """Return what a line says of verdicts and the answers to them, if there are any."""
    rows = {
        "verdicts": [{**without(v.to_body(), "article"), "id": v.id} for v in verdicts],
        "replies": [without(r.to_body(), "article") for r in replies],
    }
    return {name: found for name, found in rows.items() if found}


def _decoded(line: bytes) -> Row:
    try:
        return _DECODER.decode(line)
    except ValueError:
        row: Row = json.loads(line)
        return row


def _article(row: Row) -> Article:
    return Article.from_body(row["article"]["id"], without(row["article"], "id"))


def _annotations(row: Row) -> tuple[Annotation, ...]:
    article = row["article"]["id"]
    return tuple(
        Annotation.from_body(a["id"], {**without(a, "id"), "article": article}) for a in row["annotations"]
    )


def _links(row: Row) -> tuple[Link, ...]:
    return tuple(Link.from_body(link["id"], without(link, "id")) for link in row["links"])


def _progress(row: Row) -> tuple[Progress, ...]:
    article = row["article"]["id"]
    return tuple(Progress.from_body("", {**p, "article": article}) for p in row["progress"])


def _verdicts(row: Row) -> tuple[Verdict, ...]:
    article = row["article"]["id"]
    found = row.get("verdicts", ())
    return tuple(Verdict.from_body(v["id"], {**without(v, "id"), "article": article}) for v in found)


def _replies(row: Row) -> tuple[Reply, ...]:
    article = row["article"]["id"]
    return tuple(Reply.from_body("", {**r, "article": article}) for r in row.get("replies", ()))


_MAKERS: Mapping[str, Callable[[KeptRecord], Any]] = {
    "_row": lambda record: _decoded(record.encoded),
    "article": lambda record: _article(record._row),
    "text": lambda record: record._row["text"],
    "annotations": lambda record: _annotations(record._row),
    "links": lambda record: _links(record._row),
    "progress": lambda record: _progress(record._row),
    "verdicts": lambda record: _verdicts(record._row),
    "replies": lambda record: _replies(record._row),
    "size": lambda record: len(record.annotations),
    "tags": lambda record: tags_of(record.annotations),
    "encoded": lambda _: b"",
}
_NOTHING_MORE = ArticleRecord(Article("", ""), "")
"""Has what only readers of files say of a record."""
