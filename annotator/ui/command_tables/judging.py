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


def _has_open(c: Context) -> bool:
    return has_article(c) and bool(judging_of(c.session).open)


def _may_answer(c: Context) -> bool:
    return judging_of(c.session).may_answer


def _answer(c: Context) -> None:
    c.stage.show_page("annotate")
    judging_of(c.session).answer_wanted.emit()


def _accept(c: Context) -> None:
    judging_of(c.session).give("accept")


def _ask(decision: Decision, c: Context) -> None:
    c.stage.show_page("annotate")
    judging_of(c.session).change_wanted.emit(decision)


def _step(step: int, c: Context) -> None:
    c.stage.show_page("annotate")
    judging_of(c.session).go(step)


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
        "Next verdict",
        "Span",
        partial(_step, 1),
        ("Alt+V",),
        _has_open,
        group="Verdict",
        separate=True,
    ),
    Command(
        "previous-verdict",
        "Previous verdict",
        "Span",
        partial(_step, -1),
        ("Alt+Shift+V",),
        _has_open,
        group="Verdict",
    ),
    Command(
        "take-over",
        "Take over what is proposed",
        "Span",
        lambda c: judging_of(c.session).take_over(),
        ("Alt+T",),
        _may_answer,
        group="Verdict",
        separate=True,
    ),
    Command("answer-verdict", "Answer", "Span", _answer, ("Alt+R",), _may_answer, group="Verdict"),
    Command(
        "settle-verdict",
        "Settled",
        "Span",
        lambda c: judging_of(c.session).settle(),
        ("Alt+S",),
        _may_answer,
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
