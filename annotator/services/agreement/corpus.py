"""The spans that are compared, read from a project once."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from typing import Any

from annotator.formats.parts.tokenizing import token_edges
from annotator.model.review import GOLD
from annotator.model.scheme import Scheme
from annotator.model.span import Fragments, Span
from annotator.services.agreement.answers import Asked, Pair, Tell
from annotator.services.errors import Refused
from annotator.services.many_values import many_values
from annotator.store.lists import ArticleQuery
from annotator.store.project import Project


@dataclass(frozen=True, slots=True)
class Mark:
    """One annotation as it is compared."""

    id: str
    label: str
    fragments: Fragments
    attributes: Mapping[str, Any] = field(default_factory=dict)
    words: str = ""


@dataclass(frozen=True, slots=True)
class ArticleMarks:
    """What each layer marked in one article, for those that have read it; none is "read, nothing here".

    `tokens` are the offsets at which tokens begin and end: begin, end, begin, end …
    """

    id: str
    size: int
    marks: Mapping[str, Sequence[Mark]]
    tokens: Sequence[int] = ()
    done: Mapping[str, str] = field(default_factory=dict)
    """When each layer marked the article as done (UTC, ISO 8601)."""


@dataclass(frozen=True, slots=True)
class Corpus:
    """What agreement is measured on. `entities` maps those that were merged to what they became."""

    asked: Asked
    layers: tuple[str, ...]
    labels: tuple[str, ...]
    scheme: Scheme
    articles: tuple[ArticleMarks, ...]
    entities: Mapping[str, str] = field(default_factory=dict)

    @property
    def pairs(self) -> tuple[Pair, ...]:
        return tuple(combinations(self.layers, 2))


@many_values()
def gathered(project: Project, asked: Asked, tell: Tell) -> Corpus:
    """Read what is asked for from a project (in a thread, from a snapshot); nothing stays open."""
    layers = _layers(project, asked.layers)
    read = _read(project, layers)
    wanted = _articles(project, asked.articles, read)
    labels = _labels(project, asked.labels)
    of_texts = project.wholes(wanted, layers=layers or ("",), labels=asked.labels)
    articles = []
    for number, whole in enumerate(of_texts, 1):
        articles.append(_article(project.text(whole.body["sha256"]), whole, read.get(whole.id, {})))
        tell(number, len(wanted))
    return Corpus(asked, layers, labels, project.scheme, tuple(articles), _merged(project))


def _article(text: str, whole: Any, done: Mapping[str, str]) -> ArticleMarks:
    marks: dict[str, list[Mark]] = {layer: [] for layer in done}
    for a in whole.annotations:
        # A span beyond the end of the text stands nowhere.
        if a.layer in marks and a.fragments[-1][1] <= len(text):
            fragments = tuple([Span(start, stop) for start, stop in a.fragments])
            marks[a.layer].append(Mark(a.id, a.label, fragments, a.attributes, " … ".join(a.exact)))
    return ArticleMarks(whole.id, len(text), marks, token_edges(text), done)


def _layers(project: Project, asked: Sequence[str]) -> tuple[str, ...]:
    there = project.layers()
    _must_be_there("annotator", asked, there, also=(GOLD,))
    return tuple(dict.fromkeys(asked)) or tuple(layer for layer in there if layer != GOLD)


def _labels(project: Project, asked: Sequence[str]) -> tuple[str, ...]:
    used = {label for by_label in project.counts().layers.values() for label in by_label}
    there = tuple(dict.fromkeys([*(label.id for label in project.scheme.labels), *sorted(used)]))
    _must_be_there("label", asked, there)
    return tuple(label for label in there if not asked or label in asked)


def _articles(
    project: Project, asked: Sequence[str] | None, read: Mapping[str, Mapping[str, str]]
) -> list[str]:
    there = project.article_ids()
    if asked is None:
        return [article for article in there if len(read.get(article, ())) > 1]
    _must_be_there("article", asked, there, hint=False)
    return [article for article in there if article in set(asked)]


def _must_be_there(
    what: str, asked: Iterable[str], there: Sequence[str], also: Sequence[str] = (), hint: bool = True
) -> None:
    for name in asked:
        if name not in there and name not in also:
            known = f"; choose from {', '.join(there)}" if hint and there else ""
            raise Refused(f"the project has no {what} “{name}”{known}")


def _read(project: Project, layers: Sequence[str]) -> dict[str, dict[str, str]]:
    """Map each article to the layers that have read it, each with when it was marked as done.

    Gold has read what it was ruled on and what it marked.
    """
    read: dict[str, dict[str, str]] = {}
    for article, annotator, at in project.finished():
        if annotator in layers:
            read.setdefault(article, {})[annotator] = at
    if GOLD in layers:
        ruled = {ruling.article for ruling in project.rulings()} | _marked_by_gold(project)
        for article in ruled:
            read.setdefault(article, {}).setdefault(GOLD, "")
    return read


def _marked_by_gold(project: Project) -> set[str]:
    return {row.id for row in project.articles(ArticleQuery(annotator=GOLD, mine=True))}


def _merged(project: Project) -> dict[str, str]:
    """Map each entity that was merged into another to what it became at last."""
    into = {entity.id: entity.merged_into for entity in project.entities(merged=True) if entity.merged_into}
    found = {}
    for start in into:
        end, seen = start, set[str]()
        while end in into and end not in seen:
            seen.add(end)
            end = into[end]
        # Entities merged in a ring are one all the same.
        found[start] = min(seen) if end in seen else end
    return found
