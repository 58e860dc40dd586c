"""Articles of a project: add, describe, remove."""

from dataclasses import fields, replace
from typing import Any

from annotator.model.change import Change, Draft, Revision
from annotator.model.dates import date_problem
from annotator.model.records import Article
from annotator.model.text import article_id, canonical, fingerprint, says_nothing
from annotator.services.errors import Refused
from annotator.store.project import Project

DESCRIBED = ("title", "outlet", "author", "published", "url", "language")
"""What a person can say of an article; its text never changes."""

MAX_CHARACTERS = 20_000_000
"""Longest text accepted, in code points: a book is one million."""


def described(raw: str, **description: str) -> tuple[Article, str]:
    """Make an article and its stored text from raw text, or refuse text that is none."""
    text = canonical(raw)
    if says_nothing(text):
        raise Refused("the article is empty; paste or choose one that has text")
    if len(text) > MAX_CHARACTERS:
        raise Refused(
            f"the article has {len(text):,} characters, more than {MAX_CHARACTERS:,}; cut it into articles"
        )
    sha256 = fingerprint(text)
    description.setdefault("title", heading(text))
    known: dict[str, Any] = {**description}
    return Article(article_id(sha256, description.get("url", "")), sha256, **known), text


def heading(text: str) -> str:
    """Take an article's title from its text: the first line with words in it, cut at 200 characters."""
    line = next((line.strip() for line in text.split("\n") if line.strip()), "")
    return line if len(line) <= 200 else line[:199].rstrip() + "…"


def add(project: Project, *, actor: str, raw: str, **description: str) -> Article:
    """Add an article from raw text; one the project knows is returned as it is."""
    article, text = described(raw, **description)
    known = project.article(article.id)
    if known:
        return known
    revision = Revision.of(article)
    project.commit(Draft(f"add “{article.title}”", actor, (revision,), texts=(text,)))
    return article


def describe(project: Project, *, actor: str, article: str, **description: str) -> Article:
    """Change what is said of an article: title, outlet, author, published, url, language."""
    unknown = set(description) - set(DESCRIBED)
    if unknown:
        raise TypeError(f"an article has no {unknown}; it has {[f.name for f in fields(Article)]}")
    old = _article(project, article)
    published = description.get("published", "")
    problem = date_problem(published) if published else None
    if problem:
        raise Refused(problem)
    said: dict[str, Any] = {**description}
    new = replace(old, **said)
    if new != old:
        revision = Revision("article", article, new.to_body())
        project.commit(Draft(f"describe “{new.title}”", actor, (revision,)))
    return new


def remove(project: Project, *, actor: str, article: str) -> Change:
    """Remove an article from the project; its spans go with it, and undo brings both back."""
    old = _article(project, article)
    return project.commit(Draft(f"remove “{old.title}”", actor, (Revision("article", article, None),)))


def _article(project: Project, article: str) -> Article:
    found = project.article(article)
    if found is None:
        raise Refused("this article is not in the project; it may have been removed, undo brings it back")
    return found
