"""What a search over the project finds, ready to be shown."""

import re

from annotator.model.span import Span
from annotator.services.assigning import seen_by
from annotator.store.project import Project
from annotator.store.search import Hit
from annotator.ui.models.articles import ArticleListModel
from annotator.ui.models.hits import Find

MOST_TITLES = 8
MOST = 60
LEAD = 36
"""Code points shown before a find."""


def finds(project: Project, model: ArticleListModel, words: str, person: str) -> list[Find]:
    """Find articles by title and outlet, then passages and tagged spans that a person may see."""
    hits = [
        _find(project, hit, words) for hit in project.search(words, MOST) if _is_seen(project, hit, person)
    ]
    seen = {find.article for find in hits}
    titled = model.named(" ".join(words.split()), MOST_TITLES)
    return [Find(row.id, row.title) for row in titled if row.id not in seen] + hits


def _is_seen(project: Project, hit: Hit, person: str) -> bool:
    annotation = project.annotation(hit.annotation) if hit.annotation else None
    return annotation is None or bool(seen_by(project, person, [annotation]))


def _find(project: Project, hit: Hit, words: str) -> Find:
    span = Span(hit.start, hit.stop)
    annotation = project.annotation(hit.annotation) if hit.annotation else None
    if annotation is None:
        return Find(hit.article, hit.title, *_passage(hit), span=span)
    label = project.scheme.label(annotation.label)
    colour, title = (label.colour, label.title) if label else ("#808080", annotation.label)
    snippet = _flat(hit.snippet)
    marked = _first(words, snippet)
    return Find(hit.article, hit.title, snippet, marked, span, annotation.id, colour, title)


def _first(words: str, snippet: str) -> Span | None:
    """Return where the first of the typed words stands in a span's words, at the beginning of a word."""
    typed = "|".join(re.escape(word) for word in words.replace('"', " ").split())
    found = re.search(rf"\b(?:{typed})", snippet, re.IGNORECASE) if typed else None
    return Span(*found.span()) if found and found[0] else None


def _passage(hit: Hit) -> tuple[str, Span | None]:
    """Cut a passage so that the find stands near its beginning, and say where."""
    stop = hit.offset + hit.stop - hit.start
    before, found, after = hit.snippet[: hit.offset], hit.snippet[hit.offset : stop], hit.snippet[stop:]
    head = _flat(before)
    if len(head) > LEAD:
        head = "…" + head[-LEAD:].partition(" ")[2]
    head += " " if before[-1:].isspace() and head else ""
    words = _flat(found)
    tail = (" " if after[:1].isspace() else "") + _flat(after)
    return f"{head}{words}{tail}", Span(len(head), len(head) + len(words)) if words else None


def _flat(words: str) -> str:
    return " ".join(words.split())
