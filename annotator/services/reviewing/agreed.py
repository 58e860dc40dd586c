"""Decide many cases by a rule, as one change: what all say, what most say, or one annotator first."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, partial

from annotator.model.change import Change, Draft, Revision
from annotator.model.records import Annotation
from annotator.model.review import Way
from annotator.services.errors import Refused
from annotator.services.looking import Tell, quiet
from annotator.services.many_values import many_values
from annotator.services.reviewing.cases import Case, compared, gathered
from annotator.services.reviewing.decisions import Decision, ruled, taken_ids
from annotator.services.reviewing.ending import progress_of_gold
from annotator.services.reviewing.explaining import differences, settling
from annotator.services.reviewing.gold_links import link_revisions
from annotator.store.errors import Stale
from annotator.store.project import Project

Same = Callable[[Annotation, Annotation], bool]
"""Says whether two annotations differ in nothing that counts."""


@dataclass(frozen=True, slots=True)
class Unanimous:
    """Accept what all who read the article say, two at least."""

    words = "unanimous"

    def decide(self, case: Case, _same: Same) -> Decision | None:
        return Decision(case, case.annotations[0], "unanimous") if case.is_agreed else None

    def covers(self, readers: Sequence[str]) -> bool:
        return len(readers) > 1


@dataclass(frozen=True, slots=True)
class Majority:
    """Accept what `least` annotators say, or more than half where none is given, and no more say otherwise.

    That they have nothing here counts as well: then the others' versions are rejected.
    """

    least: int | None = None

    def decide(self, case: Case, same: Same) -> Decision | None:
        if case.is_agreed:
            return Decision(case, case.annotations[0], "unanimous")
        camps = sorted(_camps(case, same), key=len, reverse=True)
        needed = self.least if self.least is not None else len(case.versions) // 2 + 1
        if len(camps) < 2 or len(camps[0]) < max(needed, 2) or len(camps[0]) == len(camps[1]):
            return None
        return Decision(case, camps[0][0], "majority")

    def covers(self, readers: Sequence[str]) -> bool:
        return len(readers) > 1


@dataclass(frozen=True, slots=True)
class First:
    """Follow one annotator wherever they have read the article, also where they have nothing."""

    layer: str

    def decide(self, case: Case, _same: Same) -> Decision | None:
        version = case.version(self.layer)
        if version is None:
            return None
        way: Way = "unanimous" if case.is_agreed else "single"
        return Decision(case, version.annotation, way)

    def covers(self, readers: Sequence[str]) -> bool:
        return self.layer in readers


Rule = Unanimous | Majority | First
"""Decides a case, or leaves it; `covers` says whether it decides what nobody marked of an article."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What a rule decides: how many cases are accepted and rejected, and the change that says so.

    `ended` counts the articles that are done in gold by it, those in which nobody found anything too.
    """

    accepted: int
    rejected: int
    ended: int
    draft: Draft | None
    mark: int


def _camps(case: Case, same: Same) -> list[list[Annotation | None]]:
    """Gather the versions that say the same; those with nothing are one camp."""
    camps: list[list[Annotation | None]] = []
    for version in case.versions:
        mine = version.annotation
        for camp in camps:
            theirs = camp[0]
            if mine is theirs or (mine is not None and theirs is not None and same(mine, theirs)):
                camp.append(mine)
                break
        else:
            camps.append([mine])
    return camps


def planned(
    project: Project,
    *,
    actor: str,
    articles: Sequence[str],
    rule: Rule,
    layers: Sequence[str] = (),
    tell: Tell = quiet,
) -> Plan:
    """Say what a rule decides of the cases that nobody has decided; nothing is written before `apply`."""
    mark = project.mark()
    settle = settling(project)
    decisions: list[Decision] = []
    endings: list[Revision] = []

    def same(one: Annotation, other: Annotation) -> bool:
        is_there = one.fragments == other.fragments and one.label == other.label
        return is_there and not differences(project.scheme, (one, other), 0, settle)

    with many_values():
        for i, article in enumerate(articles):
            tell(i, len(articles))
            work = gathered(project, article, layers)
            found = compared(work, project.scheme, settle) if work.readers else ()
            undecided = [case for case in found if not case.is_decided]
            decided = [d for case in undecided if case.annotations and (d := rule.decide(case, same))]
            is_over = work.is_whole and rule.covers(work.readers) and len(decided) == len(undecided)
            if decided or is_over:
                endings += progress_of_gold(project, article, is_over=is_over)
            decisions += decided
        tell(len(articles), len(articles))
    accepted = sum(decision.content is not None for decision in decisions)
    draft = _draft(project, actor, decisions, endings)
    ended = sum(ending.body is not None for ending in endings)
    return Plan(accepted, len(decisions) - accepted, ended, draft, mark)


def apply(project: Project, plan: Plan) -> Change | None:
    """Carry out a plan as one change; None when the rule decides nothing."""
    if plan.draft is None:
        return None
    try:
        return project.commit(plan.draft, since=plan.mark)
    except Stale as error:
        raise Refused("others decided some of these cases meanwhile; look at them again") from error


def accept_agreed(
    project: Project,
    *,
    actor: str,
    articles: Sequence[str],
    rule: Rule,
    layers: Sequence[str] = (),
    tell: Tell = quiet,
) -> Change | None:
    """Decide by a rule, over articles, the cases that nobody has decided, as one change."""
    return apply(
        project, planned(project, actor=actor, articles=articles, rule=rule, layers=layers, tell=tell)
    )


def _draft(
    project: Project, actor: str, decisions: Sequence[Decision], endings: Sequence[Revision]
) -> Draft | None:
    if not decisions and not endings:
        return None
    accepted = sum(decision.content is not None for decision in decisions)
    action = _action(accepted, len(decisions)) if decisions else _action_of_endings(len(endings))
    return Draft(action, actor, (*_revisions(project, actor, decisions), *endings))


def _action_of_endings(articles: int) -> str:
    return f"mark {articles:,} {'article' if articles == 1 else 'articles'} as done in gold"


def _action(accepted: int, decided: int) -> str:
    if not accepted:
        return f"reject {decided:,} {'case' if decided == 1 else 'cases'} by rule"
    return f"accept {accepted:,} {'span' if accepted == 1 else 'spans'} into gold by rule"


def _revisions(project: Project, actor: str, decisions: Sequence[Decision]) -> Iterator[Revision]:
    gold: list[Annotation] = []
    removed: list[str] = []
    taken = cache(partial(taken_ids, project))
    for decision in decisions:
        done = ruled(decision, actor=actor, taken=taken(decision.case.article))
        yield from done.revisions()
        gold += [done.gold] if done.gold else []
        removed += done.gold_gone
    yield from link_revisions(project, gold, removed)
