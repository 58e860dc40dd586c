"""Commands that hand work out and in: copy and assign."""

from argparse import Namespace
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from annotator.cli.arguments import Commands, add_project, refuse, whole
from annotator.cli.failures import DONE
from annotator.cli.output import counted, listed, progress, put, put_json, put_table
from annotator.cli.stopping import unstoppable_once_done
from annotator.store.home import Home
from annotator.store.project import Project

if TYPE_CHECKING:
    from annotator.model.review import Round
    from annotator.services.assigning import Share
    from annotator.services.dealing import Overlap
    from annotator.services.part import Shared

NO_ROUND = "no round"


def add_arguments(commands: Commands) -> None:
    """Declare what can be typed after `annotator copy` and `annotator assign`."""
    copying = commands.add("copy", "write your own work, or a copy for a colleague, as a file of its own")
    add_project(copying)
    copying.add_argument("out", metavar="OUT", type=Path, help="the file to make, NAME.annotator")
    kind = copying.add_mutually_exclusive_group(required=True)
    kind.add_argument("--mine", action="store_true", help="your own work and nobody else's")
    kind.add_argument(
        "--for",
        metavar="NAME",
        dest="colleague",
        help="all that this colleague may see: without the others' work in a blind round",
    )
    copying.add_argument("--annotator", metavar="NAME", help="whose work --mine means (default: yourself)")
    _add_assign(commands)


def _add_assign(commands: Commands) -> None:
    add = commands.add("assign", "deal articles out to annotators, or say who has what and how far they are")
    add_project(add)
    add.add_argument("--annotators", metavar="A,B,C", type=_names, default=[], help="who gets articles")
    add.add_argument(
        "--overlap",
        metavar="N|N%",
        type=_overlap,
        help="how many annotators each article gets, or the share of articles that two get (default: 1)",
    )
    add.add_argument("--round", metavar="TITLE", help="for which round of work; a new one is made")
    add.add_argument("--blind", action="store_true", help="nobody gets the others' spans before it ends")
    add.add_argument("--seed", metavar="N", type=whole, default=0, help="another number deals otherwise")
    add.add_argument(
        "--article",
        metavar="ID",
        action="append",
        default=[],
        help="only this article; may be repeated (default: all)",
    )
    add.add_argument("--take-back", action="store_true", help="take articles from the annotators instead")
    add.add_argument("--end", action="store_true", help="end the round")


def misuse(args: Namespace) -> str:
    """Say which arguments don't go together, if any."""
    if args.command == "copy" and args.annotator and args.colleague:
        return "--annotator goes with --mine, and --for names the colleague itself"
    if args.command != "assign":
        return ""
    if (args.end or args.blind) and not args.round:
        return f"{'--end' if args.end else '--blind'} needs --round TITLE"
    if args.end and args.annotators:
        return "--end goes without --annotators; deal out first, or end first"
    if not args.annotators and (args.overlap or args.take_back or args.blind or args.article):
        return "name those who get articles with --annotators A,B,C"
    if args.take_back and (args.overlap or args.blind or args.round):
        return "--take-back goes with --annotators and --article alone"
    return ""


def copy(args: Namespace) -> int:
    """Write a part of a project as a file of its own."""
    from annotator.services import person, sharing

    home = Home.default()
    with unstoppable_once_done() as done:
        with Project.open(args.project, home=home, read_only=True) as project:
            with progress("Writing", " objects") as tell:
                if args.mine:
                    actor = args.annotator or person.acting(home)
                    shared = sharing.save_mine(project, actor=actor, out=args.out, tell=tell)
                else:
                    shared = sharing.copy_for(project, person=args.colleague, out=args.out, tell=tell)
            done()
        if args.json:
            put_json({**asdict(shared), "file": str(shared.file)})
        else:
            _put_shared(shared)
    return DONE


def _put_shared(shared: "Shared") -> None:
    spans = [f"{counted(n, 'annotation')} of {layer}" for layer, n in shared.annotations.items()]
    put(f"Made {shared.file}: {listed([counted(shared.articles, 'article'), *spans])}.")
    for left in shared.left_out:
        put(f"Left out: {left.count:,} {left.what}, because of {left.why}.")


def assign(args: Namespace) -> int:
    """Deal out, take back, end a round, or list who has what."""
    from annotator.services import assigning, person

    home = Home.default()
    is_read = not (args.annotators or args.end)
    told = ""
    dealt = taken = 0
    with unstoppable_once_done() as done:
        with Project.open(args.project, home=home, read_only=is_read) as project:
            actor = "" if is_read else person.acting(home)
            if args.take_back:
                taken = _take_back(project, actor, args)
                told = f"Took back {counted(taken, 'article')}."
            elif args.annotators:
                dealt, told = _deal_out(project, actor, args)
            elif args.end:
                assigning.end_round(project, actor=actor, a_round=_known_round(project, args.round).id)
                told = "The round has ended."
            if not is_read:
                done()
            rounds = list(_rounds(project, args.round if is_read else None))
        if args.json:
            put_json({"dealt": dealt, "taken_back": taken, "rounds": [_json(*one) for one in rounds]})
        else:
            if not is_read:
                put(told)
            _put_rounds(rounds)
    return DONE


def _deal_out(project: Project, actor: str, args: Namespace) -> tuple[int, str]:
    """Deal out; return how many articles somebody got, and what to say of it."""
    from annotator.services import assigning
    from annotator.services.dealing import Overlap

    a_round = _round(project, args)
    articles = list(dict.fromkeys(args.article)) or project.article_ids()
    overlap = args.overlap or Overlap()
    dealt = assigning.planned(
        project, articles=articles, annotators=args.annotators, overlap=overlap, seed=args.seed
    )
    assigning.deal_out(project, actor=actor, dealt=dealt, a_round=a_round)
    done = f"Dealt out {counted(dealt.dealt, 'article')}" if dealt.new else "Everybody has theirs already"
    return dealt.dealt, f"{done}: {assigning.preview(dealt)}."


def _take_back(project: Project, actor: str, args: Namespace) -> int:
    from annotator.services import assigning

    articles = list(dict.fromkeys(args.article)) or project.article_ids()
    change = assigning.unassign(project, actor=actor, articles=articles, annotators=args.annotators)
    return len({r.id.partition(":")[0] for r in change.revisions}) if change else 0


def _round(project: Project, args: Namespace) -> "Round | None":
    from annotator.services import assigning
    from annotator.services.errors import Refused

    if not args.round:
        return None
    found = assigning.round_of_title(project, args.round)
    if found and args.blind and not found.blind:
        raise Refused(f"the round “{found.title}” is not blind; leave out --blind or choose another title")
    return found or assigning.new_round(project, args.round, args.blind)


def _known_round(project: Project, title: str) -> "Round":
    from annotator.services import assigning
    from annotator.services.errors import Refused

    found = assigning.round_of_title(project, title)
    if found is None:
        there = ", ".join(f"“{a_round.title}”" for a_round in project.rounds()) or "none yet"
        raise Refused(f"there is no round “{title}”; choose one of those there ({there})")
    return found


def _rounds(project: Project, title: str | None) -> "Iterator[tuple[Round | None, list[Share]]]":
    from annotator.services import assigning

    wanted = [_known_round(project, title)] if title else project.rounds()
    for a_round in wanted:
        yield a_round, assigning.shares(project, a_round.id)
    loose = [] if title else assigning.shares(project, "")
    if loose:
        yield None, loose


def _json(a_round: "Round | None", shares: "list[Share]") -> dict[str, Any]:
    told = (
        {"id": a_round.id, "title": a_round.title, "blind": a_round.blind, "ended": a_round.ended}
        if a_round
        else {"id": None, "title": None, "blind": False, "ended": False}
    )
    annotators = [
        {
            "annotator": share.annotator,
            "articles": share.articles,
            **{state.replace(" ", "_"): n for state, n in share.states.items()},
        }
        for share in shares
    ]
    return {**told, "annotators": annotators}


def _put_rounds(rounds: "list[tuple[Round | None, list[Share]]]") -> None:
    if not rounds:
        put("Nobody has been given any articles yet.")
    for a_round, shares in rounds:
        marks = [mark for mark in ("blind", "ended") if a_round and getattr(a_round, mark)]
        title = a_round.title if a_round else NO_ROUND
        put()
        put(f"{title} ({', '.join(marks)})" if marks else title)
        rows = [(s.annotator, s.articles, *s.states.values()) for s in shares]
        if rows:
            put_table(("annotator", "articles", "to do", "reading", "done", "skipped"), rows)


def _names(words: str) -> list[str]:
    names = [name.strip() for name in words.split(",")]
    if not all(names):
        refuse(f"“{words}” names nobody in a place; write ann,bob")
    return names


def _overlap(words: str) -> "Overlap":
    from annotator.services import dealing

    try:
        return dealing.parsed_overlap(words)
    except ValueError as error:
        refuse(str(error))


COMMANDS = {"copy": copy, "assign": assign}
