"""Pick from a project what an export asks for, article by article, verifying every span."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from annotator.formats.dataset import ArticleRecord
from annotator.formats.losses import Lost, quoted
from annotator.model.records import Article, ArticleState, Entity, Link, Progress
from annotator.model.scheme import Attribute, Scheme
from annotator.model.text import fingerprint
from annotator.services.wanted import Wanted, check
from annotator.store.errors import ProjectError
from annotator.store.project import Project

Lose = Callable[[Iterable[Lost]], None]


def nowhere(_lost: Iterable[Lost]) -> None:
    """Take no account of what is left out, where it was taken before."""


class Picker:
    """Reads the records of an export from a project that nobody writes to meanwhile."""

    def __init__(self, project: Project, wanted: Wanted) -> None:
        self._project, self._wanted = project, wanted
        check(project, wanted)
        self._layer = wanted.layers[0] if len(wanted.layers) == 1 else None
        self.layers = wanted.layers or project.layers()
        ids = sorted(project.article_ids())
        self.article_ids = tuple(filter(self._is_picked, ids) if wanted.picks_articles else ids)
        self._picked = frozenset(self.article_ids)

    def records(self, article_ids: Iterable[str], lose: Lose = nowhere) -> Iterator[ArticleRecord]:
        """Yield the records of some articles; `lose` is told what had to be left out."""
        for article_id in article_ids:
            article = self._project.article(article_id)
            text = self._sound_text(article, lose) if article else None
            if article and text is not None:
                yield self._record(article, text, lose)

    def entities(self, used: set[str]) -> tuple[Entity, ...]:
        """Return the entities of the export: all, or those the picked annotations lead to."""
        every = {e.id: e for e in self._project.entities(merged=True)}
        if self._wanted.is_whole:
            return tuple(every[key] for key in sorted(every))
        return tuple(every[key] for key in sorted(_reached(self._project.scheme, every, used)))

    def _is_picked(self, article_id: str) -> bool:
        article = self._project.article(article_id)
        return article is not None and self._wanted.has_article(article, self._states(article_id))

    def _states(self, article_id: str) -> Iterator[ArticleState]:
        for annotator in self.layers:
            recorded = self._project.progress(article_id, annotator)
            if recorded:
                yield recorded.state
            else:
                yield "reading" if self._project.annotations(article_id, annotator) else "to do"

    def _sound_text(self, article: Article, lose: Lose) -> str | None:
        try:
            text = self._project.text(article.sha256)
        except ProjectError:
            lose([("articles left out because their text is missing", article.title)])
            return None
        if fingerprint(text) != article.sha256:
            lose([("articles left out because their text is damaged", article.title)])
            return None
        return text

    def _record(self, article: Article, text: str, lose: Lose) -> ArticleRecord:
        wanted = [a for a in self._project.annotations(article.id, self._layer) if self._wanted.has(a)]
        sound = tuple(a for a in wanted if a.stands_in(text))
        if len(sound) < len(wanted):
            unsound = (a for a in wanted if not a.stands_in(text))
            lose(("spans left out because they no longer stand on their words", quoted(a)) for a in unsound)
        return ArticleRecord(
            article,
            text,
            sound,
            tuple(self._links(article, {a.id for a in sound}, lose)),
            tuple(self._progress(article)),
        )

    def _links(self, article: Article, picked: set[str], lose: Lose) -> Iterator[Link]:
        for link in self._project.links(article.id, self._layer):
            if self._wanted.layers and link.layer not in self._wanted.layers:
                continue
            if link.source in picked and (link.target in picked or self._elsewhere(link.target, article)):
                yield link
            elif link.source in picked or self._is_in(link.source, article):
                lose([("links left out because a span of theirs is not in the export", link.type)])

    def _elsewhere(self, annotation: str, article: Article) -> bool:
        """Say whether an annotation is exported with another article."""
        found = self._project.annotation(annotation)
        return (
            found is not None
            and found.article != article.id
            and self._wanted.has(found)
            and found.article in self._picked
        )

    def _is_in(self, annotation: str, article: Article) -> bool:
        found = self._project.annotation(annotation)
        return found is not None and found.article == article.id

    def _progress(self, article: Article) -> Iterator[Progress]:
        for annotator in self.layers:
            recorded = self._project.progress(article.id, annotator)
            if recorded:
                yield recorded


def used_entities(scheme: Scheme, record: ArticleRecord) -> Iterator[str]:
    """Yield the ids of the entities that a record's annotations and links refer to."""
    for a in record.annotations:
        label = scheme.label(a.label)
        yield from _references(label.attributes if label else (), a.attributes)
    for link in record.links:
        kind = scheme.link(link.type)
        yield from _references(kind.attributes if kind else (), link.attributes)


def _references(attributes: Iterable[Attribute], values: Mapping[str, Any]) -> Iterator[str]:
    for attribute in attributes:
        value = values.get(attribute.name)
        if attribute.kind == "entity" and isinstance(value, str) and value:
            yield value


def _reached(scheme: Scheme, every: Mapping[str, Entity], used: set[str]) -> set[str]:
    """Follow merges and references from the entities that are used."""
    reached: set[str] = set()
    waiting = list(used)
    while waiting:
        entity = every.get(waiting.pop())
        if entity and entity.id not in reached:
            reached.add(entity.id)
            kind = scheme.entity_kind(entity.kind)
            waiting += [entity.merged_into, *_references(kind.attributes if kind else (), entity.attributes)]
    return reached
