"""The command that brings colleagues' projects in: merge."""

from argparse import Namespace
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from annotator.cli.arguments import Commands, add_choices, add_project
from annotator.cli.failures import DONE
from annotator.cli.output import counted, listed, moment, progress, put, put_aside, put_json
from annotator.cli.stopping import unstoppable_once_done
from annotator.store.home import Home
from annotator.store.project import Project

if TYPE_CHECKING:
    from annotator.services.forking import Forked
    from annotator.services.merging import Plan, Report
    from annotator.services.scheme_sides import Side

SHOWN = 20
"""Remarks and forks shown to people; --json lists all."""


def add_arguments(commands: Commands) -> None:
    """Declare what can be typed after `annotator merge`."""
    add = commands.add("merge", "bring colleagues' copies, or other projects, into a project")
    add_project(add)
    add.add_argument("others", metavar="OTHER", type=Path, nargs="+", help="the project files to bring in")
    add_choices(add, more="")
    part = "LABEL.PART|all"
    add.add_argument(
        "--mine",
        metavar=part,
        action="append",
        default=[],
        help="keep your title, rule, good or bad of a label where theirs is another; may be repeated",
    )
    add.add_argument(
        "--theirs", metavar=part, action="append", default=[], help="take theirs instead; may be repeated"
    )
    add.add_argument("--dry-run", action="store_true", help="only say what would come in")


def merge(args: Namespace) -> int:
    """Merge other projects; all of them, or none."""
    from annotator.services import merging, person

    home = Home.default()
    actor = person.acting(home)
    with unstoppable_once_done() as done:
        with Project.open(args.project, home=home, read_only=args.dry_run) as project:
            with progress("Reading") as tell:
                plan = merging.planned(
                    project, args.others, choices=dict(args.map), sides=_sides(args), tell=tell
                )
            with plan:
                report = None if args.dry_run else _apply(project, plan, actor)
                if report:
                    done()
        plan, forks = (report.plan, report.forks) if report else (plan, plan.clashes)
        if args.json:
            put_json(_json(plan, forks, is_dry=args.dry_run))
        else:
            _put(plan, forks, is_dry=args.dry_run)
    return DONE


def _sides(args: Namespace) -> "dict[str, Side]":
    return {**dict.fromkeys(args.theirs, "theirs"), **dict.fromkeys(args.mine, "mine")}


def _apply(project: Project, plan: "Plan", actor: str) -> "Report":
    """Write a plan; Ctrl+C that comes after it was written is too late."""
    from annotator.services import forking, merging

    before = project.mark()
    try:
        with progress("Merging") as tell:
            return merging.apply(project, plan, actor=actor, tell=tell)
    except KeyboardInterrupt:
        if project.mark() == before:
            raise
        return merging.Report(plan, forking.forks(project), None)


def _json(plan: "Plan", forks: "tuple[Forked, ...]", *, is_dry: bool) -> dict[str, Any]:
    from annotator.services.merge_words import counts

    return {
        "changes": plan.changes,
        **counts(plan),
        "updated": plan.updated,
        "won_over": plan.over,
        "lost_to": plan.behind,
        "people": {name: asdict(share) for name, share in plan.people.items()},
        "scheme": list(plan.scheme),
        "differing": list(plan.differing),
        "contrasts": [
            {"part": one.part, "mine": one.mine, "theirs": one.theirs, "stands": one.stands}
            for one in plan.contrasts
        ],
        "unknown": [
            {**asdict(unknown.name), "count": unknown.count, "becomes": unknown.becomes}
            for unknown in plan.unknown
        ],
        "forks": [_fork_json(fork) for fork in forks],
        "dry_run": is_dry,
        "warnings": [asdict(remark) for remark in plan.remarks],
    }


def _fork_json(fork: "Forked") -> dict[str, Any]:
    versions = [
        {"change": v.change, "who": v.who, "at": v.at, "words": v.words, "stands": v is fork.versions[0]}
        for v in fork.versions
    ]
    place = {"kind": fork.kind, "id": fork.id, "article": fork.article, "title": fork.title}
    return {**place, "versions": versions}


def _put(plan: "Plan", forks: "tuple[Forked, ...]", *, is_dry: bool) -> None:
    from annotator.services.merge_words import STAYS

    for remark in plan.remarks[:SHOWN]:
        put_aside(f"{remark.file}: {remark.message}")
    if len(plan.remarks) > SHOWN:
        put_aside(f"… and {len(plan.remarks) - SHOWN:,} more; --json lists them all")
    _put_amounts(plan, is_dry=is_dry)
    if plan.scheme:
        put(f"The scheme {'would get' if is_dry else 'got'} {listed(plan.scheme)}.")
    if plan.differing:
        put(f"The schemes differ in {listed(plan.differing)}; {STAYS}.")
    for side, whose in (("mine", "Yours"), ("theirs", "Theirs")):
        parts = [one.part for one in plan.contrasts if one.stands == side]
        if parts:
            put(f"  {whose} {'would stand' if is_dry else 'stand'} for {listed(parts)}.")
    if forks:
        put(f"Changed on both sides, of which the last {'would stand' if is_dry else 'stands'}:")
    for fork in forks[:SHOWN]:
        first, *others = [f"{v.who}'s of {moment(v.at)}" for v in fork.versions]
        differing = f" ({listed(sorted(fork.differing()))})" if fork.differing() else ""
        put(f"  {fork.title}{differing}: {first}, not {listed(others)}")
    if len(forks) > SHOWN:
        put(f"  … and {len(forks) - SHOWN:,} more; --json lists them all")


def _put_amounts(plan: "Plan", *, is_dry: bool) -> None:
    from annotator.services.merge_words import amounts, share_words

    if plan.is_empty:
        put("Nothing new: everything is here already.")
        return
    merged = f"{'Would merge' if is_dry else 'Merged'} {counted(plan.changes, 'change')}"
    put(f"{merged}: {listed(amounts(plan))}.")
    for name, share in plan.people.items():
        put(f"  {name}: {listed(share_words(share))}")


COMMANDS = {"merge": merge}
