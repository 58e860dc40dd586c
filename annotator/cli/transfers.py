"""Commands that bring work in and out: import and export."""

from argparse import Namespace
from contextlib import ExitStack
from dataclasses import asdict
from pathlib import Path

from annotator.cli.failures import DONE
from annotator.cli.output import counted, listed, progress, put, put_aside, put_json
from annotator.cli.stopping import unstoppable_once_done
from annotator.formats.fitting import Fitting
from annotator.formats.losses import Loss
from annotator.formats.registry import Format
from annotator.services import exporting, importing, person
from annotator.services.disguising import chosen_stand_ins
from annotator.services.exporting import Exported
from annotator.services.import_words import amounts
from annotator.services.looking import Plan
from annotator.services.naming import LEFT_OUT
from annotator.services.wanted import Wanted
from annotator.store.home import Home
from annotator.store.project import Project

SHOWN = 20
"""Warnings shown to people; --json lists all."""


def bring_in(args: Namespace) -> int:
    """Import files and folders."""
    home = Home.default()
    actor = person.acting(home)
    with unstoppable_once_done() as done:
        with Project.open(args.project, home=home, read_only=args.dry_run) as project:
            with progress("Reading") as tell:
                plan = importing.plan(
                    project,
                    args.paths,
                    actor=actor,
                    format_id=args.format,
                    layer=args.layer,
                    choices=dict(args.map),
                    tell=tell,
                )
            if not args.dry_run:
                _apply(project, plan)
                done()
        if args.json:
            put_json(_plan_json(plan, is_dry=args.dry_run))
        else:
            _put_plan(plan, is_dry=args.dry_run)
    return DONE


def bring_out(args: Namespace) -> int:
    """Export a project's work; losses are told before anything is written."""
    how = exporting.written_format(args.format)
    with ExitStack() as stack:
        project = stack.enter_context(Project.open(args.project, home=Home.default(), read_only=True))
        wanted = _wanted(how, project, args)
        exporting.check_place(args.out, wanted, project)
        with progress("Checking") as tell:
            export = stack.enter_context(exporting.prepared(project, wanted, tell))
        _put_losses(export.losses, how.id)
        with progress("Writing") as tell:
            done = export.write(args.out, tell)
    if args.json:
        put_json(
            {
                "articles": done.articles,
                "annotations": done.annotations,
                "files": [str(file) for file in done.files],
                "losses": [asdict(loss) for loss in done.losses],
                **(asdict(done.clusters) if done.clusters else {}),
            }
        )
    else:
        put(f"Exported {_amount(how, done)} to {args.out}{_beside(args.out, done.files)}.")
        if done.clusters:
            put(done.clusters.told)
    return DONE


def _wanted(how: Format, project: Project, args: Namespace) -> Wanted:
    return Wanted(
        how,
        layers=() if "all" in args.layer else tuple(dict.fromkeys(args.layer)),
        labels=tuple(args.label),
        states=tuple(args.state),
        outlets=tuple(args.outlet),
        since=args.since,
        until=args.until,
        split=args.split,
        seed=args.seed,
        fitting=Fitting(args.overlaps, args.fragments),
        per_label=args.file_per_label,
        words=args.without_texts,
        stand_ins=chosen_stand_ins(project, args.pseudonym),
    )


def _apply(project: Project, plan: Plan) -> None:
    """Write a plan; Ctrl+C that comes after the change was written is too late."""
    before = project.mark()
    try:
        importing.apply(project, plan, keep=False)
    except KeyboardInterrupt:
        if project.mark() == before:
            raise


def _plan_json(plan: Plan, *, is_dry: bool) -> dict[str, object]:
    return {
        "articles": len(plan.articles),
        "annotations": plan.annotations,
        "links": plan.links,
        "verdicts": plan.verdicts,
        "replies": plan.replies,
        "progress": plan.progress,
        "entities": plan.entities,
        "skipped": plan.skipped,
        "known": plan.known,
        "scheme": list(plan.scheme),
        "unknown": [
            {**asdict(unknown.name), "count": unknown.count, "becomes": unknown.becomes}
            for unknown in plan.unknown
        ],
        "dry_run": is_dry,
        "warnings": [asdict(remark) for remark in plan.remarks],
    }


def _put_plan(plan: Plan, *, is_dry: bool) -> None:
    for remark in plan.remarks[:SHOWN]:
        line = "" if remark.line is None else f", line {remark.line}"
        put_aside(f"{remark.file}{line}: {remark.message}")
    if len(plan.remarks) > SHOWN:
        put_aside(f"… and {len(plan.remarks) - SHOWN:,} more; --json lists them all")
    known = ((plan.skipped, "article"), (plan.known, "annotation"), (plan.known_incidents, "incident"))
    there = [counted(n, what) for n, what in known if n]
    put(f"{'Would import' if is_dry else 'Imported'} {listed(amounts(plan)) or 'nothing new'}.")
    if there:
        put(f"There already: {listed(there)}.")
    left_out = [f"“{u.name.name}”" for u in plan.unknown if u.becomes == LEFT_OUT]
    if left_out:
        put(f"Left out as chosen: {listed(left_out)}.")
    if plan.scheme:
        put(f"The scheme {'would get' if is_dry else 'got'} {listed(plan.scheme)}.")


def _put_losses(losses: tuple[Loss, ...], format_id: str) -> None:
    if losses:
        put_aside(f"Lost in this export ({format_id}):")
    for loss in losses:
        put_aside(f"  {loss.what}: {loss.count:,} (such as {loss.example})")


def _amount(how: Format, done: Exported) -> str:
    if how.labels_only:
        return "the scheme's labels"
    return f"{counted(done.articles, 'article')} and {counted(done.annotations, 'annotation')}"


def _beside(out: Path, files: tuple[Path, ...]) -> str:
    others = [file.name for file in files if file != out]
    return f", with {listed(others)} beside it" if out in files and others else ""


COMMANDS = {"import": bring_in, "export": bring_out}
