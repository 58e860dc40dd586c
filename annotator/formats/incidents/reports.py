"""Which spans of an article are reports of an incident's dead, which count, and which don't and why."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from annotator.formats.dataset import ArticleRecord, Header
from annotator.formats.incidents.kinds import (
    HARM,
    KILLED,
    PART_OF,
    SOURCE,
    VICTIMS,
    Counting,
    counting_labels,
)
from annotator.formats.losses import Lost, quoted
from annotator.model.figure import Figure, figure_problem
from annotator.model.records import Annotation, Article
from annotator.model.span import intersection

GOLD = "gold"
_UNSTATED = ("vague", "not stated")


@dataclass(frozen=True, slots=True)
class Report:
    """One count of an incident's dead, with the counts that are a part of it."""

    annotation: str
    incident: str
    article: Article
    low: int
    best: int
    high: int
    victims: str
    source: str
    """The id of who says so, if that is known."""
    parts: tuple["Report", ...] = ()


class Named:
    """What reports refer to: the labels that count, and the entities by their ids."""

    def __init__(self, header: Header) -> None:
        self.labels: Mapping[str, Counting] = counting_labels(header.scheme) if header.scheme else {}
        self.entities = {entity.id: entity for entity in header.entities}

    def final(self, entity_id: str) -> str:
        """Follow an entity to the one that it was merged into."""
        seen: set[str] = set()
        while (entity := self.entities.get(entity_id)) and entity.merged_into and entity_id not in seen:
            seen.add(entity_id)
            entity_id = entity.merged_into
        return entity_id


class ReportsOf:
    """The reports of one article, taken apart once; `lost` says what became of all other work in it."""

    def __init__(self, record: ArticleRecord, named: Named) -> None:
        self._record, self._named, self._labels = record, named, named.labels
        self.lost: list[Lost] = []
        self.reports: tuple[Report, ...] = tuple(self._counted())

    def _counted(self) -> Iterator[Report]:
        pool = self._of_gold_if_any()
        wholes, parts = self._told_apart(self._killed(pool), pool)
        taken = self._once(self._stated(wholes))
        of_whole: dict[str, list[Annotation]] = {a.id: [] for a in taken}
        for a in self._stated([a for a, _ in parts]):
            whole = next(whole for part, whole in parts if part is a)
            if whole in of_whole:
                of_whole[whole].append(a)
            else:
                self._lose("parts of counts that are not in the table", a)
        for a in taken:
            yield self._report(a, [self._report(part) for part in self._once(of_whole[a.id])])

    def _of_gold_if_any(self) -> list[Annotation]:
        """Take the spans that count somebody: where some are adjudicated, only those."""
        counts = []
        for a in self._record.annotations:
            if a.label in self._labels:
                counts.append(a)
            else:
                self._lose("spans that count nobody in an incident", a)
        if not any(a.layer == GOLD for a in counts):
            return counts
        for a in counts:
            if a.layer != GOLD:
                self._lose("counts of annotators in articles where gold counts", a)
        return [a for a in counts if a.layer == GOLD]

    def _killed(self, counts: Iterable[Annotation]) -> list[Annotation]:
        """Take the counts of people killed in an incident."""
        taken = []
        for a in counts:
            if not self._incident(a):
                self._lose("counts without an incident", a)
            elif self._labels[a.label].has_harm and a.attributes.get(HARM) != KILLED:
                self._lose("counts of other harm than death", a)
            else:
                taken.append(a)
        return taken

    def _told_apart(
        self, chosen: Sequence[Annotation], pool: Iterable[Annotation]
    ) -> tuple[list[Annotation], list[tuple[Annotation, str]]]:
        """Tell wholes from parts of another count; a part comes with the id of its whole."""
        by_id = {a.id: a for a in pool}
        whole_of = {link.source: link.target for link in self._record.links if link.type == PART_OF}
        parts = [
            (a, whole_of[a.id])
            for a in chosen
            if a.id in whole_of and not self._stands_alone(a, by_id.get(whole_of[a.id]))
        ]
        ids = {a.id for a, _ in parts}
        return [a for a in chosen if a.id not in ids], parts

    def _stands_alone(self, part: Annotation, whole: Annotation | None) -> bool:
        """Say whether a part is all of the killed: its whole counts other harm too, or another incident."""
        if whole is None:
            return False
        harm, incident = whole.attributes.get(HARM), self._incident(whole)
        is_other_harm = self._labels[whole.label].has_harm and harm not in (None, KILLED)
        return whole is part or is_other_harm or incident not in ("", self._incident(part))

    def _stated(self, annotations: Iterable[Annotation]) -> list[Annotation]:
        """Take those whose figure is a number, and say which upper bounds are open."""
        taken = []
        for a in annotations:
            figure = self._figure(a)
            if figure is None or not figure.is_stated() or figure.qualifier in _UNSTATED:
                self._lose("counts that are vague or not stated", a)
            else:
                taken.append(a)
        return taken

    def _once(self, annotations: Iterable[Annotation]) -> list[Annotation]:
        """Count once what several annotators have marked: the first of them by name counts."""
        taken: list[Annotation] = []
        for a in sorted(annotations, key=lambda a: (a.layer, a.hull.start, a.hull.stop, a.id)):
            if any(a.layer != b.layer and self._is_same(a, b) for b in taken):
                self._lose("counts that another annotator has marked too, counted once", a)
                continue
            figure = self._figure(a)
            if figure and figure.high is None:
                self._lose("open upper bounds, counted as the best estimate", a)
            taken.append(a)
        return sorted(taken, key=lambda a: (a.hull.start, a.hull.stop, a.id))

    def _is_same(self, a: Annotation, b: Annotation) -> bool:
        same_incident = self._incident(a) == self._incident(b)
        return same_incident and intersection(a.fragments, b.fragments) > 0

    def _report(self, a: Annotation, parts: Iterable[Report] = ()) -> Report:
        figure = self._figure(a) or Figure()
        best = next(n for n in (figure.best, figure.low, figure.high, 0) if n is not None)
        return Report(
            annotation=a.id,
            incident=self._incident(a),
            article=self._record.article,
            low=best if figure.low is None else figure.low,
            best=best,
            high=best if figure.high is None else figure.high,
            victims=_text(a.attributes.get(VICTIMS)),
            source=self._named.final(_text(a.attributes.get(SOURCE))),
            parts=tuple(parts),
        )

    def _incident(self, a: Annotation) -> str:
        return self._named.final(_text(a.attributes.get(self._labels[a.label].incident)))

    def _figure(self, a: Annotation) -> Figure | None:
        body = a.attributes.get(self._labels[a.label].figure)
        return Figure.from_body(body) if isinstance(body, Mapping) and not figure_problem(body) else None

    def _lose(self, what: str, a: Annotation) -> None:
        self.lost.append((what, f"{quoted(a)} by {a.layer}"))


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""
