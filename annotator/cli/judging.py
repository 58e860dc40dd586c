"""The command that reads what reviewers said of annotators' work: verdicts."""

from argparse import Namespace
from typing import TYPE_CHECKING, Any

from annotator.cli.arguments import Commands, add_project
from annotator.cli.failures import DONE
from annotator.cli.output import counted, put, put_json, put_table
from annotator.model.review import GOLD
from annotator.services.errors import Refused
from annotator.store.home import Home
from annotator.store.project import Project

if TYPE_CHECKING:
    from annotator.services.feedback import Given, Summary

WORDS_SHOWN = 40
"""Characters of marked words and of comments in the list for people."""


def add_arguments(commands: Commands) -> None:
    """Declare what can be typed after `annotator verdicts`."""
    add = commands.add("verdicts", "list what reviewers said of each annotator's work")
    add_project(add)
    add.add_argument("--layer", metavar="NAME", help="only of this annotator's work (default: everybody's)")
    add.add_argument(
        "--article", metavar="ID", action="append", default=[], help="only this article; may be repeated"
    )
    add.add_argument("--open", action="store_true", help="only what the annotator has not settled")


def verdicts(args: Namespace) -> int:
    """List verdicts by annotator, each list under its summary."""
    from annotator.services import feedback

    with Project.open(args.project, home=Home.default(), read_only=True) as project:
        _must_be_known(project, args.layer)
        _must_be_there(project, args.article)
        layers = feedback.judged(project) if args.layer is None else (args.layer,)
        found = [feedback.summary(project, layer, args.article) for layer in layers]
        titles = {g.verdict.article: _title(project, g.verdict.article) for s in found for g in s.given}
    if args.json:
        put_json({"annotators": [_json(summary, args.open) for summary in found]})
    elif not any(summary.given for summary in found):
        put("There are no verdicts." if not args.layer else f"There are no verdicts on {args.layer}'s work.")
    else:
        for summary in found:
            _put(summary, titles, args.open)
    return DONE


COMMANDS = {"verdicts": verdicts}


def _must_be_known(project: Project, layer: str | None) -> None:
    known = sorted({*project.layers(), *project.judged()} - {GOLD})
    if layer is not None and layer not in known:
        there = ", ".join(known) or "none yet"
        raise Refused(
            f"the project has no work of “{layer}”, nor verdicts on it; choose one of its annotators"
            f" ({there}) or leave --layer out"
        )


def _must_be_there(project: Project, articles: list[str]) -> None:
    for article in articles:
        if project.article(article) is None:
            raise Refused(
                f"there is no article “{article}” in the project; take an id from `annotator review`"
            )


def _title(project: Project, article: str) -> str:
    found = project.article(article)
    return found.title if found else article


def _listed(summary: "Summary", only_open: bool) -> "list[Given]":
    return [given for given in summary.given if given.is_open or not only_open]


def _json(summary: "Summary", only_open: bool) -> dict[str, Any]:
    return {
        "annotator": summary.annotator,
        "summary": summary.sentence,
        "corrections": len(summary.corrections),
        "accepted": summary.accepted,
        "open": summary.open,
        "by_reason": {reason or "none": n for reason, n in summary.by_reason},
        "verdicts": [_row(given) for given in _listed(summary, only_open)],
    }


def _row(given: "Given") -> dict[str, Any]:
    verdict, reply = given.verdict, given.reply
    return {
        "id": verdict.id,
        "article": verdict.article,
        "annotation": verdict.annotation or None,
        "words": given.words,
        "reviewer": verdict.reviewer,
        "decision": verdict.decision,
        "reason": verdict.reason,
        "comment": verdict.comment,
        "proposed": dict(verdict.proposed),
        "answer": reply.comment if reply else "",
        "settled": bool(reply and reply.settled),
        "open": given.is_open,
        "stale": given.is_stale,
    }


def _put(summary: "Summary", titles: dict[str, str], only_open: bool) -> None:
    put(f"{summary.annotator}: {summary.sentence}; {counted(summary.open, 'verdict')} open.")
    rows = [
        (
            *(_short(titles[g.verdict.article]), _short(g.words), g.verdict.reviewer),
            *(g.verdict.decision, g.verdict.reason or "–", _short(g.verdict.comment) or "–", _state(g)),
        )
        for g in _listed(summary, only_open)
    ]
    if rows:
        put_table(("article", "words", "reviewer", "verdict", "reason", "comment", "state"), rows)
    put()


def _state(given: "Given") -> str:
    states = [] if given.verdict.decision == "accept" else ["open" if given.is_open else "settled"]
    return ", ".join([*states, *(["changed since"] if given.is_stale else [])]) or "–"


def _short(words: str) -> str:
    flat = " ".join(words.split())
    return flat if len(flat) <= WORDS_SHOWN else flat[: WORDS_SHOWN - 1] + "…"
