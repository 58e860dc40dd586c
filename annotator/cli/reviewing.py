"""The command that compares annotators' work, and decides by a rule where they say the same."""

from argparse import ArgumentParser, Namespace
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from annotator.cli.arguments import Commands, add_project, positive
from annotator.cli.failures import DONE
from annotator.cli.output import counted, progress, put, put_json, put_table
from annotator.cli.stopping import unstoppable_once_done
from annotator.model.records import Annotation
from annotator.model.review import GOLD
from annotator.services import person
from annotator.services.errors import Refused
from annotator.store.home import Home
from annotator.store.project import Project

if TYPE_CHECKING:
    from annotator.services.reviewing import Case, Plan, Rule, Version

    Found = tuple[str, Case]

RULES = ("unanimous", "majority", "first")
WORDS_SHOWN = 40
"""Characters of a title and of marked words in the list for people."""

Names = Mapping[str, str]
"""What annotators are called while their names are hidden."""


def add_arguments(commands: Commands) -> None:
    """Declare what can be typed after `annotator review`."""
    add = commands.add("review", "list in what annotators differ, or decide by a rule")
    add_project(add)
    add.add_argument(
        "--article", metavar="ID", action="append", default=[], help="only this article; may be repeated"
    )
    add.add_argument(
        "--layers",
        metavar="A,B",
        type=_names,
        default=(),
        help="compare only these annotators, or one of them with gold (default: all annotators)",
    )
    add.add_argument("--accept", choices=RULES, help="decide by this rule what nobody has decided")
    add.add_argument(
        "--majority",
        metavar="K",
        type=positive,
        help="with --accept majority: how many must say the same (default: more than half)",
    )
    add.add_argument("--first", metavar="NAME", help="with --accept first: the annotator who is followed")
    add.add_argument("--disputed", action="store_true", help="list only what is still to be decided")
    add.add_argument("--hide-names", action="store_true", help="call annotators A, B, C")


def check_usage(args: Namespace, parser: ArgumentParser) -> None:
    """Leave with status 2 when options don't go together."""
    if args.majority is not None and args.accept != "majority":
        parser.error("--majority needs --accept majority")
    if (args.first is not None) != (args.accept == "first"):
        parser.error("--accept first and --first NAME need each other")
    if args.accept and GOLD in args.layers:
        parser.error("--accept makes gold of what annotators say; leave gold out of --layers")
    is_alone = len(args.layers) == 1 and not args.article and args.accept != "first"
    if is_alone or args.layers == (GOLD,):
        (name,) = args.layers
        both = f"{name},{'ann' if name == GOLD else GOLD}"
        parser.error(
            f"comparing takes two, and --layers names only {name}; name another, as in --layers {both}"
        )


def review(args: Namespace) -> int:
    """List the cases of articles that two or more have read, or decide by a rule and say how many."""
    from annotator.services.reviewing import aliases

    with unstoppable_once_done() as done:
        with Project.open(args.project, home=Home.default(), read_only=args.accept is None) as project:
            articles = _articles(project, args)
            plan = None
            if args.accept:
                plan = _decide(project, args, articles)
                done()
            found = _found(project, args, articles)
            hidden = aliases(project.layers(), project.id) | {GOLD: GOLD} if args.hide_names else {}
        shown = [(title, case) for title, case in found if case.is_open or not args.disputed]
        if args.json:
            put_json(_counts(found, plan) | {"cases": [_as_json(case, hidden) for _, case in shown]})
        else:
            _put(found, shown, plan, hidden)
    return DONE


def _names(words: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for part in words.split(",") if (name := part.strip())))


def _articles(project: Project, args: Namespace) -> tuple[str, ...]:
    """Return the articles that are meant; refuse what the project doesn't have."""
    known = set(project.layers())
    if GOLD in args.layers and GOLD not in known:
        raise Refused("there is no gold yet to compare with; make some with --accept, or on the Review page")
    for name in (*args.layers, *filter(None, [args.first])):
        if name not in known or name == args.first == GOLD:
            raise Refused(f"nobody called “{name}” has read anything here; `annotator stats` lists the names")
    for own_id in args.article:
        if project.article(own_id) is None:
            raise Refused(f"the project has no article “{own_id}”; `annotator review --json` shows their ids")
    return tuple(dict.fromkeys(args.article)) or project.article_ids()


def _decide(project: Project, args: Namespace, articles: Sequence[str]) -> "Plan":
    from annotator.services import reviewing

    rules: dict[str, Rule] = {
        "unanimous": reviewing.Unanimous(),
        "majority": reviewing.Majority(args.majority),
        "first": reviewing.First(args.first or ""),
    }
    actor = person.acting(Home.default())
    with progress("Deciding") as tell:
        plan = reviewing.planned(
            project, actor=actor, articles=articles, rule=rules[args.accept], layers=args.layers, tell=tell
        )
    reviewing.apply(project, plan)
    return plan


def _found(project: Project, args: Namespace, articles: Sequence[str]) -> "list[Found]":
    """Compare article by article; those that one has read are only shown when they are asked for."""
    from annotator.services.reviewing import cases

    found = []
    with progress("Comparing") as tell:
        for i, own_id in enumerate(articles):
            tell(i, len(articles))
            compared = cases(project, own_id, args.layers)
            title = _title(project, own_id) if compared else ""
            found += [(title, case) for case in compared if args.article or not case.is_single]
    return found


def _title(project: Project, own_id: str) -> str:
    article = project.article(own_id)
    return article.title if article else ""


def _put(found: "list[Found]", shown: "list[Found]", plan: "Plan | None", hidden: Names) -> None:
    if plan:
        rejected = f", rejected {counted(plan.rejected, 'case')}" if plan.rejected else ""
        put(f"Accepted {counted(plan.accepted, 'span')} into gold{rejected}{_ended(plan)}.")
    elif shown:
        heads = ("article", "place", "words", "who", "state", "what differs")
        put_table(heads, [_row(title, case, hidden) for title, case in shown])
        put()
    n = _counts(found, plan)
    if any(case.version(GOLD) for _, case in found):
        put(f"{counted(n['open'], 'case')} with differences, {n['agreed']:,} the same in gold.")
        return
    put(
        f"{counted(n['open'], 'case')} to be decided, {n['resolved']:,} resolved;"
        f" {n['agreed']:,} agreed and not yet gold, {n['accepted']:,} agreed and gold."
    )


def _ended(plan: "Plan") -> str:
    if not plan.ended:
        return ""
    verb = "is" if plan.ended == 1 else "are"
    return f"; {counted(plan.ended, 'article')} {verb} now done in gold"


def _row(title: str, case: "Case", hidden: Names) -> tuple[str, ...]:
    names = [hidden.get(v.layer, v.layer) for v in _ordered(case, hidden) if v.annotation is not None]
    who = ", ".join(names) or "nobody"
    place = f"{case.hull.start}-{case.hull.stop}"
    return _cut(title), place, _cut(_words(case)), who, _state(case), case.explanation


def _counts(found: "list[Found]", plan: "Plan | None") -> dict[str, Any]:
    from annotator.services.reviewing import standing

    decided = {"accepted": plan.accepted, "rejected": plan.rejected, "done": plan.ended} if plan else None
    return asdict(standing(case for _, case in found)) | {"decided": decided}


def _as_json(case: "Case", hidden: Names) -> dict[str, Any]:
    return {
        "article": case.article,
        "start": case.hull.start,
        "stop": case.hull.stop,
        "words": _words(case),
        "state": _state(case),
        "explanation": case.explanation,
        "differences": [asdict(difference) for difference in case.differences],
        "versions": [_version(v.layer, v.annotation, hidden) for v in _ordered(case, hidden)],
        "gold": case.gold and _said(case.gold),
        "way": case.ruling.way if case.ruling and case.is_decided else None,
        "comment": case.ruling.comment if case.ruling and case.is_decided else "",
    }


def _ordered(case: "Case", hidden: Names) -> "list[Version]":
    """Order versions by hidden names, for that of the names would give them away."""
    return sorted(case.versions, key=lambda version: hidden.get(version.layer, ""))


def _version(layer: str, annotation: Annotation | None, hidden: Names) -> dict[str, Any]:
    return {"layer": hidden.get(layer, layer), "annotation": annotation and _said(annotation)}


def _said(annotation: Annotation) -> dict[str, Any]:
    """Say what an annotation marks, without what would tell whose it is."""
    body = annotation.to_body()
    return {"id": annotation.id, **{key: body[key] for key in ("label", "fragments", "exact", "attributes")}}


def _state(case: "Case") -> str:
    if case.is_single:
        return "gold" if case.is_decided else "single"
    if case.is_agreed:
        return "gold" if case.is_decided and case.gold else "rejected" if case.is_decided else "agreed"
    return "resolved" if case.is_decided else "reopened" if case.is_reopened else "open"


def _words(case: "Case") -> str:
    """Return the longest words that anybody marked."""
    marked = case.annotations or ((case.gold,) if case.gold else ())
    return max((annotation.words for annotation in marked), key=len, default="")


def _cut(words: str) -> str:
    words = " ".join(words.split())
    return words if len(words) <= WORDS_SHOWN else words[: WORDS_SHOWN - 1].rstrip() + "…"


COMMANDS = {"review": review}
