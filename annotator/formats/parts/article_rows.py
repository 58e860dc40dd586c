"""One article and what is said of it, from JSON in the shape of our own JSON Lines."""

from collections.abc import Callable
from typing import Any, TypeVar

from annotator.formats.dataset import ArticleRecord
from annotator.formats.parts import bodies
from annotator.formats.parts.bodies import BadRecord
from annotator.formats.parts.canonical import Canonical, identified
from annotator.formats.parts.decoding import MAX_TEXT
from annotator.model.records import Annotation, Article, Link, Progress
from annotator.model.text import says_nothing

T = TypeVar("T")


def record_of(
    row: Any,
    number: int,
    say: Callable[[str], None],
    annotation: Callable[[Any, str], Annotation] = bodies.annotation,
    link: Callable[[Any], Link] = bodies.link,
    progress: Callable[[Any, str], Progress] = bodies.progress,
) -> ArticleRecord:
    """Read an article and what is said of it; raise BadRecord when there is none to be read.

    The last three read the items of its lists, for formats that spell them in another way.
    """
    if not isinstance(row, dict):
        raise BadRecord("the line is not an object")
    article = bodies.article(row.get("article", {}))
    text = Canonical("") if _is_textless(row, article) else _text(row)
    if text.text:
        article = identified(article, text.text, say)
    annotations = each(row, "annotations", lambda item: annotation(item, article.id), say)
    return ArticleRecord(
        article,
        text.text,
        tuple(placed for a in annotations if (placed := text.placed(a, say))),
        tuple(each(row, "links", link, say)),
        tuple(each(row, "progress", lambda item: progress(item, article.id), say))
        if "progress" in row
        else None,
        line=number,
        verdicts=tuple(each(row, "verdicts", lambda item: bodies.verdict(item, article.id), say)),
        replies=tuple(each(row, "replies", lambda item: bodies.reply(item, article.id), say)),
    )


def _is_textless(row: dict[str, Any], article: Article) -> bool:
    """Say whether an article came without its text on purpose: its hash stands for it."""
    return row.get("text", "") == "" and bool(article.id and article.sha256)


def _text(row: dict[str, Any]) -> Canonical:
    raw = bodies.text_of(row, "text", None)
    if says_nothing(raw):
        raise BadRecord("its text holds nothing but characters that can't be seen")
    if len(raw) > MAX_TEXT:
        raise BadRecord(f"its text has {len(raw):,} characters, at most {MAX_TEXT:,} are taken; split it")
    return Canonical(raw)


def each(row: dict[str, Any], name: str, reader: Callable[[Any], T], say: Callable[[str], None]) -> list[T]:
    """Read the items of a list, leaving out the bad ones with a remark."""
    values = []
    for number, item in enumerate(bodies.rows_of(row, name), 1):
        try:
            values.append(reader(item))
        except BadRecord as error:
            say(f"item {number} of “{name}” was left out: {error}")
    return values
