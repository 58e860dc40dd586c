"""What deciding a case writes: the ruling, its gold annotation, and what they replace."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace

from annotator.model.change import Revision, new_id
from annotator.model.records import Annotation
from annotator.model.review import GOLD, Ruling, Way
from annotator.services.reviewing.cases import Case
from annotator.services.reviewing.rulings import derived_id
from annotator.store.project import Project


@dataclass(frozen=True, slots=True)
class Decision:
    """What is to be gold of a case: an annotation that looks like `content`, or None for nothing."""

    case: Case
    content: Annotation | None
    way: Way
    comment: str = ""


@dataclass(frozen=True, slots=True)
class Ruled:
    """A ruling, its gold annotation, and the rulings and gold annotations that they replace."""

    ruling: Ruling
    gold: Annotation | None
    rulings_gone: tuple[str, ...]
    gold_gone: tuple[str, ...]

    def revisions(self) -> Iterator[Revision]:
        yield Revision.of(self.ruling)
        if self.gold is not None:
            yield Revision.of(self.gold)
        yield from gone(Ruling.KIND, self.rulings_gone)
        yield from gone(Annotation.KIND, self.gold_gone)


def gone(kind: str, ids: Iterable[str]) -> Iterator[Revision]:
    """Delete objects of one kind."""
    return (Revision(kind, own_id, None) for own_id in ids)


def ruled(decision: Decision, *, actor: str, taken: Collection[str]) -> Ruled:
    """Work out what a decision writes; `taken` are the ids of all rulings on the article.

    What was decided before keeps its id, so that its history shows both.
    """
    case, content = decision.case, decision.content
    own_id = case.ruling.id if case.ruling else derived_id("ruling", case.article, case.key)
    if case.ruling is None and own_id in taken:
        own_id = new_id()
    gold = None if content is None else _gold(decision, content, own_id)
    ruling = Ruling(
        own_id,
        case.article,
        actor,
        case.sources,
        gold.id if gold else "",
        decision.way,
        decision.comment,
    )
    # Also gold that isn't here: somebody may accept in another copy what is rejected in this one.
    own_gold = case.gold.id if case.gold else derived_id("gold", own_id)
    before = {r.gold for r in case.overtaken if r.gold} - {own_gold}
    return Ruled(
        ruling,
        gold,
        tuple(r.id for r in case.overtaken if r.id in taken),
        (*sorted(before), *([] if gold else [own_gold])),
    )


def taken_ids(project: Project, article: str) -> frozenset[str]:
    """Collect the ids of the rulings on an article."""
    return frozenset(ruling.id for ruling in project.rulings(article))


def _gold(decision: Decision, content: Annotation, ruling: str) -> Annotation:
    """Make the gold annotation; its first source is the one whose version was taken."""
    case = decision.case
    taken: tuple[str, ...] = (content.id,)
    if content.layer == GOLD:  # Where its sources are gone it still says what they were.
        taken = content.sources[:1] if case.sources else content.sources
    others = [own_id for own_id in case.sources if own_id not in taken]
    return replace(
        content,
        id=case.gold.id if case.gold else derived_id("gold", ruling),
        layer=GOLD,
        origin=f"gold: {decision.way}",
        sources=(*taken, *others),
    )
