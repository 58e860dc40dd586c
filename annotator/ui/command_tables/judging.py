"""Commands that give verdicts on others' work, and go through those on one's own."""

from collections.abc import Callable
from functools import partial

from annotator.model.review import Decision
from annotator.ui.command import Command, has_article, has_project
from annotator.ui.context import Context
from annotator.ui.judging import judging_of


def _may_judge(c: Context) -> bool:
    return bool(c.session.selected) and judging_of(c.session).may_judge


def _may_judge_article(c: Context) -> bool:
    return has_article(c) and judging_of(c.session).may_judge


def _has_flags(c: Context) -> bool:
    return has_article(c) and bool(judging_of(c.session).flagged)


def _accept(c: Context) -> None:
    judging_of(c.session).give("accept")


def _ask(decision: Decision, c: Context) -> None:
    c.stage.show_page("annotate")
    judging_of(c.session).change_wanted.emit(decision)


def _step(step: int, c: Context) -> None:
    c.stage.show_page("annotate")
    annotation = judging_of(c.session).next_flagged(step)
    found = next((a for a in c.session.annotations if a.id == annotation), None)
    if found is not None:
        c.session.select(found.id)
        c.session.sought.emit(found.hull)


def _verdict(id: str, words: str, run: Callable[[Context], object], *keys: str) -> Command:
    return Command(id, words, "Span", run, keys, _may_judge, group="Verdict")


COMMANDS: tuple[Command, ...] = (
    _verdict("accept-span", "Accept", _accept, "Alt+A"),
    _verdict("reject-span", "Reject…", partial(_ask, "reject"), "Alt+X"),
    _verdict("ask-change", "Ask for a change…", partial(_ask, "change"), "Alt+C"),
    Command(
        "accept-rest",
        "Accept the other spans of the article",
        "Span",
        lambda c: judging_of(c.session).accept_rest(),
        (),
        _may_judge_article,
        group="Verdict",
    ),
    Command(
        "next-verdict",
        "Next span with a verdict",
        "Span",
        partial(_step, 1),
        ("Alt+V",),
        _has_flags,
        group="Verdict",
        separate=True,
    ),
    Command(
        "previous-verdict",
        "Previous span with a verdict",
        "Span",
        partial(_step, -1),
        ("Alt+Shift+V",),
        _has_flags,
        group="Verdict",
    ),
    Command(
        "feedback",
        "Feedback on annotators’ work",
        "View",
        lambda c: c.stage.show_page("feedback"),
        (),
        has_project,
        separate=True,
    ),
)
