"""Bring other projects, or copies of one, into a project: first a plan of what comes, then the merge."""

import logging
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import TracebackType

from annotator.model.change import Change, Draft, ObjectKey, Revision
from annotator.model.records import Annotation, Link, Progress
from annotator.model.review import GOLD, Reply, Ruling, Verdict
from annotator.model.settlement import Settlement
from annotator.services import forking
from annotator.services.errors import Refused
from annotator.services.forking import Forked
from annotator.services.importing import rows_ticker
from annotator.services.looking import NO_CHOICES, Tell, quiet
from annotator.services.many_values import many_values
from annotator.services.naming import LEFT_OUT, Choices, Unknown, check_choices
from annotator.services.remarks import Remark, Remarks
from annotator.services.scheme_meeting import Meeting, met
from annotator.services.scheme_sides import NO_SIDES, Contrast, Sides
from annotator.store.bodies import PROJECT, SCHEME
from annotator.store.errors import Stale
from annotator.store.incoming import Brought, Coming, Fate, Incoming
from annotator.store.project import Project

log = logging.getLogger(__name__)

MOST_SHOWN = 200
"""Changes of both sides that a plan tells one by one; of further ones only the number is told."""
TRIES = 5


@dataclass(frozen=True, slots=True)
class Share:
    """What is new of one person's work, or of the gold layer; `articles` are those that it is in."""

    articles: int = 0
    annotations: int = 0
    links: int = 0
    verdicts: int = 0
    replies: int = 0
    rulings: int = 0
    progress: int = 0


@dataclass(frozen=True, slots=True)
class Plan:
    """What a merge will do; nothing is written before `apply`. Close it when it is no longer needed.

    `new` counts new objects by kind, `people` tells whose they are. `changed` counts by kind those of ours
    that are changed, and `small` what nobody asks for unless nothing else comes: by kind, and what is the
    "same" here or gives way ("behind"). `updated` counts objects that follow on what is here, `over` those
    that win over a change of ours that their maker didn't know, `behind` those that lose to one; `clashes`
    tells of these two. `scheme` and `differing` say in words what the scheme gets, and where two versions of
    it don't agree, `contrasts` those differences that can be chosen between; `unknown` are labels and links
    that ours lacks.
    """

    paths: tuple[Path, ...]
    choices: Choices
    sides: Sides
    brought: tuple[Brought, ...]
    new: Mapping[str, int]
    changed: Mapping[str, int]
    small: Mapping[str, int]
    people: Mapping[str, Share]
    updated: int
    over: int
    behind: int
    clashes: tuple[Forked, ...]
    scheme: tuple[str, ...]
    differing: tuple[str, ...]
    contrasts: tuple[Contrast, ...]
    unknown: tuple[Unknown, ...]
    remarks: tuple[Remark, ...]
    incoming: Incoming = field(repr=False)

    @property
    def changes(self) -> int:
        """How many changes come in."""
        return sum(brought.new for brought in self.brought)

    @property
    def is_empty(self) -> bool:
        """Say whether there is nothing to merge."""
        return not self.changes

    def close(self) -> None:
        self.incoming.close()

    def __enter__(self) -> "Plan":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


@dataclass(frozen=True, slots=True)
class Report:
    """What a merge did: its plan, what is now to be settled by hand, and the change that fitted labels."""

    plan: Plan
    forks: tuple[Forked, ...]
    fitted: Change | None


def planned(
    project: Project,
    paths: Sequence[Path],
    *,
    choices: Choices = NO_CHOICES,
    sides: Sides = NO_SIDES,
    tell: Tell = quiet,
) -> Plan:
    """Read other project files, and say what merging them would do; all of them, or none.

    What can't be believed of a file is left out and remarked upon; refused when a file can't be read.
    """
    _check(project, paths, choices)
    project.refresh()
    with many_values():
        incoming = project.incoming(_distinct(paths), _counter(tell))
        try:
            return _plan(project, tuple(paths), choices, sides, incoming)
        except BaseException:
            incoming.close()
            raise


def apply(project: Project, plan: Plan, *, actor: str, tell: Tell = quiet) -> Report:
    """Carry out a plan as one transaction, after a backup.

    When something of it has come meanwhile by another way, the files are read again. The plan is used up.
    """
    if not plan.is_empty:
        project.backup("merge")
    for _ in range(TRIES):
        with plan:
            try:
                fitted = None if plan.is_empty else _merge(project, plan, actor, tell)
                return Report(plan, forking.forks(project, plan.incoming.has), fitted)
            except Stale:
                log.info("the files are read again, for something of them has come meanwhile")
        plan = planned(project, plan.paths, choices=plan.choices, sides=plan.sides)
    raise Refused(f"“{project.path.name}” is being changed all the time; close its other windows")


def _merge(project: Project, plan: Plan, actor: str, tell: Tell) -> Change | None:
    project.refresh()
    meeting = met(project, plan.incoming, plan.choices, plan.sides)

    def fit(merged: Project) -> Draft | None:
        """Make the change that follows: the scheme that both have, and labels as they were chosen."""
        revisions = tuple(_fitting(merged, plan.incoming, meeting))
        return Draft(f"fit what came from {_named(plan.paths)}", actor, revisions) if revisions else None

    with many_values(), project.ticking(rows_ticker(plan.incoming.size(), tell)):
        return project.merge(plan.incoming, fit)


def _fitting(project: Project, incoming: Incoming, meeting: Meeting) -> Iterator[Revision]:
    scheme = meeting.grown(project.scheme)
    if scheme:
        yield Revision(SCHEME, project.id, scheme.to_body())
    for kind, key in ((Annotation.KIND, "label"), (Link.KIND, "type")):
        called = "label" if kind == Annotation.KIND else "link"
        becomes = {name.name: target for name, target in meeting.becomes.items() if name.kind == called}
        for own_id, _ in incoming.bodies(kind) if becomes else ():
            body = project.body(kind, own_id)
            target = becomes.get(body[key]) if body else None
            if body and target is not None:
                yield Revision(kind, own_id, {**body, key: target} if target != LEFT_OUT else None)


def _check(project: Project, paths: Sequence[Path], choices: Choices) -> None:
    check_choices(project.scheme, choices)
    attribute = next((name for name in choices if name.kind == "attribute"), None)
    if attribute:
        raise Refused(
            f"“{attribute.name}” can't become another attribute in a merge; only labels and links can"
        )
    for path in paths:
        if path.exists() and path.samefile(project.path):
            raise Refused(
                f"“{path.name}” is this project itself; choose a colleague's copy or another project"
            )


def _distinct(paths: Sequence[Path]) -> tuple[Path, ...]:
    return tuple({path.resolve(): path for path in paths}.values())


def _counter(tell: Tell) -> Callable[[int], None]:
    """Tell how many objects were read; how many there are isn't known before."""
    done = 0

    def tick(rows: int) -> None:
        nonlocal done
        done += rows
        tell(done, 0)

    return tick


def _plan(
    project: Project, paths: tuple[Path, ...], choices: Choices, sides: Sides, incoming: Incoming
) -> Plan:
    everything = incoming.coming()
    coming = [one for one in everything if one.kind not in _SILENT]
    fates = Counter[str]()
    for one in coming:
        fates[one.fate] += one.objects
    meeting = met(project, incoming, choices, sides)
    clashing = [key for fate in _CLASHING for key in incoming.keys(fate) if key[0] != SCHEME][:MOST_SHOWN]
    return Plan(
        paths=paths,
        choices=choices,
        sides=sides,
        brought=incoming.brought,
        new=_by_kind(coming, "new"),
        changed=_by_kind(coming, "newer", "over"),
        small=_small(everything),
        people=_people(coming, incoming.articles_of()),
        updated=fates["newer"],
        over=fates["over"],
        behind=fates["behind"],
        clashes=tuple(_clash(project, incoming, key) for key in clashing),
        scheme=meeting.added,
        differing=meeting.differing,
        contrasts=meeting.contrasts,
        unknown=meeting.unknown,
        remarks=_remarks(project, incoming.brought),
        incoming=incoming,
    )


def _by_kind(coming: Sequence[Coming], *fates: Fate) -> Counter[str]:
    counts = Counter[str]()
    for one in coming:
        counts[one.kind] += one.objects if one.fate in fates else 0
    return +counts


def _small(coming: Sequence[Coming]) -> Counter[str]:
    counts = Counter[str]()
    for one in coming:
        # That another project has a title of its own is a remark.
        if one.kind != PROJECT or one.fate != "new":
            counts[one.fate if one.fate in ("same", "behind") else one.kind] += one.objects
    return counts


_CLASHING: tuple[Fate, ...] = ("over", "behind")
_SILENT = (PROJECT, SCHEME, Settlement.KIND)
"""Kinds that are told of otherwise, or not at all."""
_SHARES = {
    Annotation.KIND: "annotations",
    Link.KIND: "links",
    Verdict.KIND: "verdicts",
    Reply.KIND: "replies",
    Ruling.KIND: "rulings",
    Progress.KIND: "progress",
}


def _people(coming: Sequence[Coming], articles: Mapping[str, int]) -> dict[str, Share]:
    shares: dict[str, Share] = {}
    for one in coming:
        if one.fate == "new" and one.kind in _SHARES:
            known = shares.get(one.who, Share(articles.get(one.who, 0)))
            shares[one.who] = replace(known, **{_SHARES[one.kind]: one.objects})
    # The gold layer is nobody's, so it stands last.
    return dict(sorted(shares.items(), key=lambda item: (item[0] == GOLD, item[0].casefold())))


def _clash(project: Project, incoming: Incoming, key: ObjectKey) -> Forked:
    ours = project.history(*key)[-1]
    versions = [incoming.step(key), (ours.change, ours.body)]
    return forking.told(project, key, sorted(versions, key=lambda version: version[0].rank, reverse=True))


def _remarks(project: Project, brought: Sequence[Brought]) -> tuple[Remark, ...]:
    remarks = Remarks()
    for one in brought:
        if one.project_id != project.id:
            said = "a project of its own: its articles and work come in, its title and settings don't"
            remarks.add(str(one.path), None, said)
        for problem in one.problems:
            remarks.add(str(one.path), None, problem.message)
    return remarks.all()


def _named(paths: Sequence[Path]) -> str:
    return f"“{paths[0].stem}”" if len(paths) == 1 else f"{len(paths):,} projects"
