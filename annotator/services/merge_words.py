"""What a merge brings, in numbers and words."""

from dataclasses import asdict

from annotator.model.records import Annotation, Article, Entity, Link, Progress
from annotator.model.review import GOLD, Assignment, Reply, Round, Ruling, Verdict
from annotator.model.settlement import Settlement
from annotator.services.merging import Plan, Share
from annotator.store.bodies import PROJECT, SCHEME

STAYS = "of copies of one project what was changed last stays, of another project yours"
"""What becomes of a scheme's parts that two files say otherwise."""

_COUNTED: dict[str, tuple[str, str, str]] = {
    "articles": (Article.KIND, "article", "articles"),
    "annotations": (Annotation.KIND, "annotation", "annotations"),
    "links": (Link.KIND, "link", "links"),
    "entities": (Entity.KIND, "entity", "entities"),
    "verdicts": (Verdict.KIND, "verdict", "verdicts"),
    "replies": (Reply.KIND, "answer to a verdict", "answers to verdicts"),
    "rulings": (Ruling.KIND, "ruling", "rulings"),
    "assignments": (Assignment.KIND, "assignment", "assignments"),
}
_PROGRESS = (Progress.KIND, "mark as done or skipped", "marks as done or skipped")
_ROUND = (Round.KIND, "round of work", "rounds of work")
_SMALL = (
    *(_PROGRESS, _ROUND),
    (Settlement.KIND, "settled difference", "settled differences"),
    (SCHEME, "version of the scheme", "versions of the scheme"),
    (PROJECT, "change to the project's title or settings", "changes to the project's title or settings"),
    ("behind", "change that gives way to a later one here", "changes that give way to later ones here"),
    ("same", "thing that is the same here or was deleted", "things that are the same here or were deleted"),
)
"""What is only told where nothing else comes."""
_UNKNOWN = (
    "thing that only a newer version of Annotator knows",
    "things that only a newer version of Annotator knows",
)
_SHARED = {
    "annotations": ("annotation", "annotations"),
    "links": ("link", "links"),
    "verdicts": ("verdict", "verdicts"),
    "replies": ("answer", "answers"),
    "rulings": ("ruling", "rulings"),
    "progress": ("article marked as done or skipped", "articles marked as done or skipped"),
}


def counts(plan: Plan) -> dict[str, int]:
    """Count what is new, as scripts read it; gold annotations are counted among the annotations, too."""
    gold = plan.people.get(GOLD, Share()).annotations
    return {**{name: plan.new.get(kind, 0) for name, (kind, _, _) in _COUNTED.items()}, "gold": gold}


def amounts(plan: Plan, span: str = "annotation") -> list[str]:
    """Say what is new, and what is changed of what was there; `span` is the word for annotations."""
    words = {**_COUNTED, "annotations": (Annotation.KIND, span, f"{span}s")}
    told = [(plan.new.get(kind, 0), one, many) for kind, one, many in words.values()]
    for kind, one, many in (*words.values(), _PROGRESS, _ROUND):
        told.append((plan.changed.get(kind, 0), f"{one} changed or deleted", f"{many} changed or deleted"))
    return [_counted(*amount) for amount in told if amount[0]] or _small(plan)


def _small(plan: Plan) -> list[str]:
    """Say what comes where nothing of more weight does."""
    told = [(plan.small.get(kind, 0), one, many) for kind, one, many in _SMALL]
    unknown = plan.small.keys() - {kind for kind, _, _ in _SMALL}
    told.append((sum(plan.small[kind] for kind in unknown), *_UNKNOWN))
    return [_counted(*amount) for amount in told if amount[0]]


def share_words(share: Share) -> list[str]:
    """Say what is new of one person."""
    told = asdict(share)
    where = f" in {_counted(share.articles, 'article', 'articles')}" if share.articles else ""
    said = [_counted(told[name], one, many) for name, (one, many) in _SHARED.items() if told[name]]
    return [said[0] + where, *said[1:]] if share.annotations else said


def _counted(n: int, one: str, many: str) -> str:
    return f"{n:,} {one if n == 1 else many}"
