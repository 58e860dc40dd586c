"""Bring articles and annotations into a project: first a plan of what will come, then one change."""

from collections.abc import Callable, Sequence, Set
from dataclasses import dataclass, field, replace
from itertools import count
from pathlib import Path

from annotator.formats.errors import FormatError
from annotator.formats.registry import Format
from annotator.model.change import Change, Draft, ObjectKey, Revision
from annotator.model.records import Article
from annotator.model.review import GOLD, Reply
from annotator.model.scheme import Scheme
from annotator.services.errors import Refused
from annotator.services.gathering import Gathering
from annotator.services.import_files import Source, chosen_format, in_no_format, sources
from annotator.services.joining import joined
from annotator.services.many_values import many_values
from annotator.services.naming import Choices, Unknown, check_choices
from annotator.services.person import checked
from annotator.services.remarks import Remark, brief
from annotator.store.bodies import SCHEME
from annotator.store.errors import Stale
from annotator.store.project import Project

Tell = Callable[[int, int], None]
"""Is told how much is done, of how much; may raise to cancel."""


@dataclass(frozen=True, slots=True)
class Preview:
    """A new article as it will come in."""

    article: Article
    text: str
    annotations: int
    file: str


@dataclass(frozen=True, slots=True)
class Plan:
    """What an import will do; nothing is written before `apply`.

    `progress` counts articles that an annotator has done or skipped, each annotator by themselves.
    `entities` counts people, organisations and incidents that are new; `incidents` are those of them that
    come from tables of incidents. `skipped` counts articles that the project knows, `known` annotations and
    `known_incidents` such incidents that it has. `scheme` names, in
    words, what the scheme will get, `unknown` the names that it lacked. `mark` is where the project stood
    when the plan was made.
    """

    articles: tuple[Preview, ...]
    annotations: int
    links: int
    verdicts: int
    replies: int
    progress: int
    entities: int
    incidents: int
    skipped: int
    known: int
    known_incidents: int
    scheme: tuple[str, ...]
    unknown: tuple[Unknown, ...]
    remarks: tuple[Remark, ...]
    mark: int
    draft: Draft | None = field(repr=False)

    @property
    def is_empty(self) -> bool:
        """Say whether there is nothing to write."""
        return self.draft is None


NO_CHOICES: Choices = {}
ROWS_OF_OBJECT = 3
"""In the journal, among the winners, and in its own table."""


def quiet(_done: int, _total: int) -> None:
    """Tell nobody."""


def plan(
    project: Project,
    paths: Sequence[Path],
    *,
    actor: str,
    format_id: str | None = None,
    layer: str | None = None,
    articles_only: bool = False,
    choices: Choices = NO_CHOICES,
    tell: Tell = quiet,
) -> Plan:
    """Read files and folders, and say what importing them would do.

    Bad records are left out and remarked upon; refused when a single file, or every file, can't be read.
    """
    check_choices(project.scheme, choices)
    files = sources(paths, chosen_format(format_id, articles_only=articles_only))
    mark = project.refresh()
    gathering = Gathering(project, actor, _layer(layer), choices)
    tick = _ticker(files, tell)
    with many_values():
        failures = [failure for file, how in files if (failure := _read(gathering, file, how, tick))]
        if len(failures) == len(files):
            more = f" ({len(failures)} files like it)" if len(failures) > 1 else ""
            raise Refused(brief(failures[0]) + more)
        return _planned(gathering, actor, files, mark)


def apply(project: Project, plan: Plan, tell: Tell = quiet) -> Change | None:
    """Carry out a plan as one change, after a backup; None when there is nothing to write.

    An import that can't be written leaves nothing behind: its files are still there to import again.
    """
    if plan.draft is None:
        return None
    project.backup("import")
    with many_values(), project.ticking(rows_ticker(len(plan.draft.revisions), tell)):
        return _commit(project, plan.draft, plan.mark)


def rows_ticker(objects: int, tell: Tell) -> Callable[[int], None]:
    """Tell of objects as their rows are written; what has no more to tell of is not over yet."""
    written = 0

    def tick(rows: int) -> None:
        nonlocal written
        written += rows
        tell(min(written // ROWS_OF_OBJECT, objects - 1), objects)

    return tick


def _commit(project: Project, draft: Draft, mark: int) -> Change | None:
    """Write a draft, fitted to what others wrote since it was planned; None when they wrote all of it."""
    if draft.id and project.change(draft.id) is not None:
        draft = replace(draft, id="")  # It was carried out once, and undone: now it is another change.
    while draft.revisions:
        try:
            return project.commit(draft, keep_aside=False, since=mark)
        except Stale as stale:
            mark = project.refresh()
            draft = _fitted(project, draft, stale.keys)
    return None


def _fitted(project: Project, draft: Draft, late: Set[ObjectKey]) -> Draft:
    """Join the scheme with what it has become, and leave out what others have brought meanwhile."""
    kept = [
        revision
        for revision in draft.revisions
        if revision.key not in late or project.body(*revision.key) is None
    ]
    planned = next((r.body for r in draft.revisions if r.kind == SCHEME and r.key in late), None)
    scheme = joined(project.scheme, Scheme.from_body(planned)).scheme if planned else None
    if scheme:
        kept.insert(0, Revision(SCHEME, project.id, scheme.to_body()))
    return replace(draft, revisions=tuple(kept))


def _layer(name: str | None) -> str | None:
    """Check the layer that is to take all work; adjudicated work may come in too."""
    return name if name in (None, GOLD) else checked(name)


def _ticker(files: Sequence[Source], tell: Tell) -> Callable[[], None]:
    """Count articles; how many there will be is known where each file is one."""
    is_known = all(how and how.articles_only and not how.tabular for _, how in files)
    total = len(files) if is_known else 0
    done = count(1)
    return lambda: tell(next(done), total)


def _read(gathering: Gathering, file: Path, how: Format | None, tick: Callable[[], None]) -> str | None:
    """Take in one file; return why it could not be read at all, if it could not."""
    try:
        if how is None:
            raise FormatError(in_no_format(file))
        taken = gathering.take(file, how, tick)
    except FormatError as error:
        gathering.remarks.add(str(file), None, f"the file was left out: {error}")
        return str(error)
    said = gathering.remarks.of(str(file))
    if not taken and said:
        return f"nothing in {file.name} can be used: {_where(said[0])}{said[0].message}"
    return None


def _where(remark: Remark) -> str:
    return "" if remark.line is None else f"line {remark.line}, "


def _planned(gathering: Gathering, actor: str, files: Sequence[Source], mark: int) -> Plan:
    gathering.settle()
    links = tuple(gathering.links())
    homes = gathering.homes()
    said = gathering.remarks.all()
    incidents = gathering.incidents + gathering.known_incidents
    if not homes and not gathering.growth.added and not incidents and said:
        others = len(said) - 1
        more = f" (and {others:,} more {'remark' if others == 1 else 'remarks'})" if others else ""
        raise Refused(f"there is nothing to import: {said[0].message}{more}")
    new = [home for home in homes if home.is_new]
    articles = tuple(Preview(home.article, home.text, len(home.annotations), home.file) for home in new)
    annotations = sum(len(home.annotations) for home in homes)
    replies = sum(isinstance(review, Reply) for home in homes for review in home.reviews.values())
    progress = sum(len(home.progress) for home in homes)
    entities = gathering.entities
    revisions = gathering.hand_over(links)
    action = f"import “{files[0][0].name}”" if len(files) == 1 else f"import {len(files):,} files"
    texts = tuple(home.text for home in new)
    return Plan(
        articles=articles,
        annotations=annotations,
        links=len(links),
        verdicts=gathering.verdicts.new,
        replies=replies,
        progress=progress,
        entities=entities,
        incidents=gathering.incidents,
        skipped=gathering.skipped,
        known=gathering.known,
        known_incidents=gathering.known_incidents,
        scheme=gathering.growth.added,
        unknown=gathering.naming.unknown(),
        remarks=gathering.remarks.all(),
        mark=mark,
        draft=Draft(action, actor, revisions, texts=texts, id=gathering.verdicts.change)
        if revisions
        else None,
    )
