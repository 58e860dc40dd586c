"""Bring articles and annotations into a project: first a plan of what will come, then one change."""

from collections.abc import Callable, Sequence, Set
from dataclasses import replace
from itertools import count
from pathlib import Path

from annotator.formats.errors import FormatError
from annotator.formats.registry import Format
from annotator.model.change import Change, Draft, ObjectKey, Revision
from annotator.model.scheme import Scheme
from annotator.services.errors import Refused
from annotator.services.gathering import Gathering
from annotator.services.import_files import Source, chosen_format, in_no_format, sources
from annotator.services.joining import joined
from annotator.services.looking import NO_CHOICES, Look, Plan, Tell, quiet
from annotator.services.many_values import many_values
from annotator.services.naming import Choices, check_choices
from annotator.services.remarks import Remark, brief
from annotator.store.bodies import SCHEME
from annotator.store.errors import Stale
from annotator.store.project import Project

ROWS_OF_OBJECT = 3
"""In the journal, among the winners, and in its own table."""


def look(
    project: Project,
    paths: Sequence[Path],
    *,
    actor: str,
    format_id: str | None = None,
    articles_only: bool = False,
    tell: Tell = quiet,
    astray: Callable[[Path], str] = in_no_format,
) -> Look:
    """Read files and folders, so that it can be said what importing them would do.

    Refused when a single file, or every file, can't be read. `astray` says what to do with a file that is in
    no known format.
    """
    files = sources(paths, chosen_format(format_id, articles_only=articles_only))
    mark = project.refresh()
    gathering = Gathering(project)
    tick = _ticker(files, tell)
    with many_values():
        read = (_read(gathering, file, how, tick, astray) for file, how in files)
        failures = [failure for failure in read if failure]
        if len(failures) == len(files):
            more = f" ({len(failures)} files like it)" if len(failures) > 1 else ""
            raise Refused(brief(failures[0]) + more)
        gathering.settle()
    action = f"import “{files[0][0].name}”" if len(files) == 1 else f"import {len(files):,} files"
    return Look(gathering, actor, action, mark)


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
    seen = look(project, paths, actor=actor, format_id=format_id, articles_only=articles_only, tell=tell)
    return seen.plan(project, layer=layer, choices=choices)


def apply(project: Project, plan: Plan, tell: Tell = quiet, *, keep: bool = True) -> Change | None:
    """Carry out a plan as one change, after a backup; None when there is nothing to write.

    An import that can't be written leaves nothing behind: its files are still there to import again, and the
    plan too unless it need not be kept.
    """
    if plan.is_empty:
        return None
    with many_values():
        draft = plan.draft(project, keep=keep, tell=tell)
        project.backup("import")
        with project.ticking(rows_ticker(len(draft.revisions), tell)):
            return _commit(project, draft, plan.mark)


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


def _ticker(files: Sequence[Source], tell: Tell) -> Callable[[], None]:
    """Count articles; how many there will be is known where each file is one."""
    is_known = all(how and how.articles_only and not how.tabular for _, how in files)
    total = len(files) if is_known else 0
    done = count(1)
    return lambda: tell(next(done), total)


def _read(
    gathering: Gathering,
    file: Path,
    how: Format | None,
    tick: Callable[[], None],
    astray: Callable[[Path], str],
) -> str | None:
    """Take in one file; return why it could not be read at all, if it could not."""
    try:
        if how is None:
            raise FormatError(astray(file))
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
