"""What several annotators say of one thing: versions, differences, and what was decided."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from annotator.model.matching import groups
from annotator.model.records import Annotation
from annotator.model.review import GOLD, Ruling
from annotator.model.scheme import Scheme
from annotator.model.span import Fragments, Span, hull, joined
from annotator.services.reviewing.explaining import (
    Difference,
    Settle,
    differences,
    sentence,
    settling,
    stretches,
)
from annotator.services.reviewing.rulings import assigned, implied, is_live
from annotator.store.project import Project


@dataclass(frozen=True, slots=True)
class Version:
    """What one annotator says: an annotation with the change that gave its body, or nothing.

    Without an annotation, that annotator has read the article and has nothing here.
    """

    layer: str
    annotation: Annotation | None = None
    change: str = ""


@dataclass(frozen=True, slots=True)
class Case:
    """What several annotators say of one thing.

    `ruling` is the latest about it, also one that later work has overtaken, and `gold` the annotation that
    it gave; `overtaken` are further rulings about some of the same annotations, which the next replaces.
    """

    article: str
    versions: tuple[Version, ...]
    differences: tuple[Difference, ...] = ()
    ruling: Ruling | None = None
    gold: Annotation | None = None
    overtaken: tuple[Ruling, ...] = ()
    is_decided: bool = False
    """Whether there is a ruling on what stands now: each annotation with the body that was read."""

    @property
    def annotations(self) -> tuple[Annotation, ...]:
        return tuple(v.annotation for v in self.versions if v.annotation is not None)

    @property
    def sources(self) -> dict[str, str]:
        """Map each annotation to the change that gave it the body that is looked at."""
        return {v.annotation.id: v.change for v in self.versions if v.annotation is not None}

    @property
    def key(self) -> str:
        """Name the case, the same as long as the same annotations are in it."""
        return ",".join(sorted(self.sources)) or f"gold:{self.gold.id if self.gold else ''}"

    @property
    def is_single(self) -> bool:
        """Say whether only one annotator has read the article, so that nobody can disagree."""
        return len(self.versions) == 1 and not self.differences

    @property
    def is_agreed(self) -> bool:
        """Say whether two or more annotators say the same."""
        return not self.differences and len(self.versions) > 1

    @property
    def is_open(self) -> bool:
        """Say whether annotators differ and nobody has decided."""
        return bool(self.differences) and not self.is_decided

    @property
    def is_reopened(self) -> bool:
        """Say whether it was decided, and an annotator changed something since."""
        return self.ruling is not None and not self.is_decided

    @property
    def explanation(self) -> str:
        """Say in one sentence, which names nobody, in what the versions differ."""
        n = len(self.versions)
        same = "both annotators say the same" if n == 2 else f"all {n} annotators say the same"
        return sentence(self.differences, "only one annotator has read this article" if n == 1 else same)

    @property
    def fragments(self) -> Fragments:
        """Everything that any version marks."""
        marked = self.annotations or ((self.gold,) if self.gold else ())
        return joined(span for a in marked for span in a.fragments)

    @property
    def hull(self) -> Span:
        return hull(self.fragments)

    @property
    def differing_attributes(self) -> frozenset[str]:
        return frozenset(d.attribute for d in self.differences if d.kind == "value")

    def version(self, layer: str) -> Version | None:
        return next((v for v in self.versions if v.layer == layer), None)


def cases(project: Project, article: str, layers: Sequence[str] = ()) -> tuple[Case, ...]:
    """Compare the annotators of an article, in order of place.

    Compared are the layers named, gold too, or all but gold, as far as they have read the article: marked
    something in it, or marked it as done.
    """
    return compared(gathered(project, article, layers), project.scheme, settling(project))


def marked(version: Version, others: Iterable[Version]) -> tuple[tuple[str, bool], ...]:
    """Cut a version's words into stretches, each with whether any other version that is there lacks it."""
    if version.annotation is None:
        return ()
    return stretches(version.annotation, [v.annotation for v in others if v.annotation is not None])


@dataclass(frozen=True, slots=True)
class Work:
    """What there is on one article; `annotations` are those of all layers, gold too, in order of place."""

    article: str
    readers: tuple[str, ...]
    annotations: Sequence[Annotation]
    standing: Mapping[str, str]
    rulings: Sequence[Ruling] = field(default=())
    is_whole: bool = True
    """Whether all who have read the article are compared."""


def gathered(project: Project, article: str, layers: Sequence[str] = ()) -> Work:
    """Read what there is on an article; of the layers named, or all, those that have read it are compared."""
    there = project.readers(article)
    readers = [name for name in there if name != GOLD]
    wanted = tuple(name for name in layers or readers if name in there)
    return Work(
        article,
        wanted,
        project.annotations(article),
        project.standing(article),
        project.rulings(article),
        is_whole=bool(wanted) and set(wanted).issuperset(readers),
    )


def compared(work: Work, scheme: Scheme, settle: Settle) -> tuple[Case, ...]:
    """Match what the readers of an article marked, and find what was decided of it."""
    by_layer: dict[str, list[Annotation]] = {reader: [] for reader in work.readers}
    for annotation in work.annotations:
        if annotation.layer in by_layer:
            by_layer[annotation.layer].append(annotation)
    lists = list(by_layer.values())
    placed = [[(a.fragments, a.label) for a in annotations] for annotations in lists]
    found = []
    for group in groups(placed, scheme.are_alike):
        own = {who: lists[who][i] for who, i in group}
        versions = tuple(_version(work, who, own.get(i)) for i, who in enumerate(work.readers))
        present = [own[i] for i in sorted(own)]
        told = differences(scheme, present, len(versions) - len(present), settle)
        found.append(Case(work.article, versions, told))
    # Beside its own sources, gold is one version of them, and none of it is to be decided.
    return tuple(found) if GOLD in work.readers else with_rulings(work, found)


def _version(work: Work, layer: str, annotation: Annotation | None) -> Version:
    return Version(layer, annotation, work.standing.get(annotation.id, "") if annotation else "")


def with_rulings(work: Work, found: Sequence[Case]) -> tuple[Case, ...]:
    """Tell each case what was decided of it; what was decided of work that is gone is a case of its own."""
    gold = {a.id: a for a in work.annotations if a.layer == GOLD}
    if not gold and not work.rulings:
        return tuple(found)
    rulings = [*work.rulings, *implied(work.rulings, gold, work.standing)]
    live = {ruling.id for ruling in rulings if is_live(ruling, gold, work.standing)}
    by_case = assigned(rulings, [case.sources for case in found], live)
    told = [_with_ruling(case, by_case.get(i, ()), gold, live) for i, case in enumerate(found)]
    left = [
        _left_over(work, ruling, gold, live) for ruling in by_case.get(-1, ()) if _is_left(work, ruling, gold)
    ]
    return tuple(sorted((*told, *left), key=lambda case: (case.hull.start, -case.hull.stop)))


def _with_ruling(
    case: Case, rulings: Sequence[Ruling], gold: Mapping[str, Annotation], live: Collection[str]
) -> Case:
    if not rulings:
        return case
    first, *others = rulings
    is_decided = first.id in live and case.sources.keys() <= first.sources.keys()
    return replace(
        case, ruling=first, gold=gold.get(first.gold), overtaken=tuple(others), is_decided=is_decided
    )


def _is_left(work: Work, ruling: Ruling, gold: Mapping[str, Annotation]) -> bool:
    """Say whether a ruling's gold annotation is there while all that it came from is gone."""
    is_gone = not ruling.sources.keys() & work.standing.keys()
    return ruling in work.rulings and ruling.gold in gold and is_gone


def _left_over(work: Work, ruling: Ruling, gold: Mapping[str, Annotation], live: Collection[str]) -> Case:
    told = Difference("one-sided", "only gold has it, no annotator has it any more")
    versions = tuple(Version(reader) for reader in work.readers)
    return Case(work.article, versions, (told,), ruling, gold[ruling.gold], (), ruling.id in live)
