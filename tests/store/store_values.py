"""Values that the store's tests write, made short."""

import sqlite3
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from annotator.model.anchor import anchor
from annotator.model.change import Change, Draft, Revision, new_id
from annotator.model.records import Annotation, Article, Entity, Link, Progress
from annotator.model.review import Reviewing
from annotator.model.span import Span
from annotator.model.text import article_id, canonical, fingerprint
from annotator.store import Project, schema

TEXT = (
    "Fighting in Aleppo further buries hopes for Syria truce.\n"
    "The medics said an air strike killed four medical workers and at least nine opposition fighters. "
    "مقتل تسعة مقاتلين في حلب 😀 قال المسعفون.\n"
    "“The U.S. still insists”, he said, “that efforts to salvage the truce are not dead.”"
)

Record = Article | Annotation | Link | Entity | Progress | Reviewing


def revision(record: Record) -> Revision:
    return Revision(record.KIND, record.id, record.to_body())


def gone(record: Record) -> Revision:
    return Revision(record.KIND, record.id, None)


def write(project: Project, *records: Record, actor: str = "mina", action: str = "write") -> Change:
    return project.commit(Draft(action, actor, tuple(revision(record) for record in records)))


def remove(project: Project, *records: Record, actor: str = "mina") -> Change:
    return project.commit(Draft("delete", actor, tuple(gone(record) for record in records)))


def new_article(text: str = TEXT, title: str = "Aleppo", **more: str) -> tuple[Article, str]:
    text = canonical(text)
    sha256 = fingerprint(text)
    return Article(article_id(sha256, more.get("url", "")), sha256, title, **more), text


def add_article(project: Project, text: str = TEXT, title: str = "Aleppo", **more: str) -> Article:
    article, text = new_article(text, title, **more)
    project.commit(Draft("import", "mina", (revision(article),), texts=(text,)))
    return article


def marked(
    article: Article,
    words: str = "truce",
    label: str = "claim",
    layer: str = "mina",
    text: str = TEXT,
    attributes: Mapping[str, Any] | None = None,
    note: str = "",
) -> Annotation:
    """Make an annotation on the first place of some words."""
    start = text.index(words)
    fragments = (Span(start, start + len(words)),)
    return Annotation(
        new_id(), article.id, layer, label, fragments, anchor(text, fragments), attributes or {}, note
    )


def add_span(project: Project, article: Article, words: str = "truce", **more: Any) -> Annotation:
    annotation = marked(article, words, **more)
    write(project, annotation, actor=annotation.layer, action=f"tag as {annotation.label}")
    return annotation


def tamper(path: Path, sql: str, *parameters: object) -> None:
    """Alter a project file behind its guards, as a stranger or a dying disk does."""
    guards = {name: made for name, made in schema.expected(1).items() if made.startswith("CREATE TRIGGER")}
    raw = sqlite3.connect(path, isolation_level=None)
    for name in guards:
        raw.execute(f"DROP TRIGGER {name}")
    raw.execute(sql, parameters)
    for guard in guards.values():
        raw.execute(guard)
    raw.close()
