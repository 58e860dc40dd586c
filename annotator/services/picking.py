"""Pick from a project what an export asks for, article by article, verifying every span."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Set
from dataclasses import replace
from operator import attrgetter
from typing import Any

from annotator.formats.dataset import ArticleRecord
from annotator.formats.losses import Lost, quoted, unreadable
from annotator.formats.parts.json_lines import line_of
from annotator.formats.parts.kept import KeptRecord, row_of, row_of_progress, rows_of_reviews
from annotator.model.anchor import marks
from annotator.model.records import Annotation, Article, ArticleState, Entity, Link, Progress
from annotator.model.review import GOLD, Reply, Verdict
from annotator.model.scheme import Attribute, Scheme
from annotator.model.text import fingerprint
from annotator.services.releasing import shortened
from annotator.services.spool import Spool
from annotator.services.staleness import Staleness
from annotator.services.wanted import Wanted, check
from annotator.store.bulk import Mark, OddMark, Whole
from annotator.store.errors import ProjectError
from annotator.store.project import Project

Lose = Callable[[Iterable[Lost]], None]

_TAG = attrgetter("layer", "label")


def nowhere(_lost: Iterable[Lost]) -> None:
    """Take no account of what is left out, where it was taken before."""


class Picker:
    """Reads the records of an export from a project that nobody writes to meanwhile, and keeps them."""

    def __init__(self, project: Project, wanted: Wanted, spool: Spool) -> None:
        self._project, self._wanted, self._spool = project, wanted, spool
        check(project, wanted)
        self.layers = wanted.layers or project.layers()
        # Beside those who read, gold says nothing; alone, how far deciding is.
        self._readers = [layer for layer in self.layers if layer != GOLD] or self.layers
        ids = project.articles_as_stored()
        self.article_ids = tuple(filter(self._is_picked, ids) if wanted.picks_articles else ids)
        self._picked = frozenset(self.article_ids)
        self._staleness = Staleness(project)
        # Under pseudonyms and without texts, what reviewers wrote and quoted would give them away.
        self._is_open = not wanted.stand_ins and wanted.words is None
        self._takes_verdicts = wanted.format.verdicts and self._is_open and bool(project.judged())

    def look_over(self, lose: Lose) -> Iterator[tuple[str, ArticleRecord]]:
        """Verify and keep all records, each with its article's id; `lose` is told what is left out.

        They come as they are stored, which may be another order in a copy of the project.
        """
        wanted = self._wanted
        chosen = {"layers": wanted.layers, "labels": wanted.labels, "annotators": self.layers}
        lose(unreadable(self._project.left_out()))
        if not self._takes_verdicts:
            lose(self._lost_verdicts())
        for whole in self._project.wholes(self.article_ids, **chosen):
            article = Article.from_body(whole.id, whole.body)
            text = self._sound_text(article, lose)
            if text is not None:
                record = self._record(whole, article, text, lose)
                self._spool.keep(article.id, record)
                yield article.id, record

    def _lost_verdicts(self) -> Iterator[Lost]:
        """Name the verdicts on picked work: they stay in the project."""
        if self._wanted.format.labels_only or self._wanted.format.incidents_only:
            return
        for verdict in self._project.verdicts():
            if verdict.article in self._picked and self._concerns(verdict):
                yield _left_out(verdict if self._is_open else replace(verdict, comment=""))

    def _concerns(self, verdict: Verdict) -> bool:
        """Say whether a verdict is about work that the export asks for."""
        labels = self._wanted.labels
        if not labels or not verdict.annotation:
            is_label = not labels or verdict.proposed.get("label") in labels
        else:
            own = self._project.annotation(verdict.annotation)
            is_label = own is not None and own.label in labels
        return is_label and self._wanted.has_layer(verdict.layer)

    def _reviews(
        self, article: str, picked: Set[str], lose: Lose
    ) -> tuple[tuple[Verdict, ...], tuple[Reply, ...]]:
        """Return the verdicts on picked spans and on what was missed, and the answers to them."""
        given = [v for v in self._project.verdicts(article) if self._concerns(v)]
        kept = [v for v in given if not v.annotation or v.annotation in picked]
        lose(_left_out(v) for v in given if v.annotation and v.annotation not in picked)
        if not kept:
            return (), ()
        is_stale = self._staleness.in_article(article)
        ids = {v.id for v in kept}
        verdicts = (replace(v, revision="") if is_stale(v) else v for v in kept)
        return tuple(verdicts), tuple(r for r in self._project.replies(article) if r.verdict in ids)

    def records(self, article_ids: Iterable[str]) -> Iterator[tuple[str, ArticleRecord]]:
        """Yield the records of some articles that were looked over."""
        return self._spool.records(article_ids)

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
        for annotator in self._readers:
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

    def _record(self, whole: Whole, article: Article, text: str, lose: Lose) -> KeptRecord:
        sound = self._sound(whole, text, lose)
        reviewed = self._takes_verdicts
        picked = {mark.id for mark in sound} if whole.links or reviewed else set()
        reviews = self._reviews(whole.id, picked, lose) if reviewed else ((), ())
        progress = tuple(Progress.from_body("", body) for body in whole.progress)
        row = {
            "article": row_of(article),
            "text": text,
            "annotations": sound,
            "links": [row_of(link) for link in self._links(whole, picked, lose)],
            "progress": [row_of_progress(p) for p in progress],
            **rows_of_reviews(*reviews),
        }
        made = {"article": article, "text": text, "progress": progress}
        tags = Counter(map(_TAG, sound))
        return KeptRecord.of(line_of(row), **made, size=len(sound), tags=tags)

    def _sound(self, whole: Whole, text: str, lose: Lose) -> list[Mark | OddMark]:
        """Return the annotations that stand on their words."""
        lose(unreadable((Annotation.KIND, own_id) for own_id in whole.unreadable))
        sound = [mark for mark in whole.annotations if marks(text, mark.fragments, mark.exact)]
        if len(sound) < len(whole.annotations):
            unsound = (mark for mark in whole.annotations if not marks(text, mark.fragments, mark.exact))
            found = filter(None, (self._project.annotation(mark.id) for mark in unsound))
            words = self._wanted.words
            lose(
                ("spans left out because they no longer stand on their words", quoted(shortened(a, words)))
                for a in found
            )
        return sound

    def _links(self, whole: Whole, picked: set[str], lose: Lose) -> Iterator[Link]:
        for own_id, body in whole.links:
            link = Link.from_body(own_id, body)
            if self._wanted.layers and link.layer not in self._wanted.layers:
                continue
            if link.source in picked and (link.target in picked or self._elsewhere(link.target, whole.id)):
                yield link
            else:
                lose([("links left out because a span of theirs is not in the export", link.type)])

    def _elsewhere(self, annotation: str, article: str) -> bool:
        """Say whether an annotation is exported with another article."""
        found = self._project.annotation(annotation)
        return (
            found is not None
            and found.article != article
            and self._wanted.has(found)
            and found.article in self._picked
        )


def _left_out(verdict: Verdict) -> Lost:
    return "verdicts of reviewers, which are left out", verdict.comment or verdict.decision


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
