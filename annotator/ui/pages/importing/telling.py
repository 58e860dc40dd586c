"""What an import will do, in sentences."""

from annotator.services.looking import Plan
from annotator.ui.spelling import counted, sentence_case

SHOWN_ADDITIONS = 4
"""What the scheme gets is named so far; the names that it lacks stand in full below."""


def amount(plan: Plan) -> str:
    """Say how much will come: articles, else spans, verdicts, incidents, else what the scheme gets."""
    if plan.articles or not (plan.annotations or plan.verdicts or plan.incidents or plan.scheme):
        return counted(len(plan.articles), "article")
    if plan.annotations:
        return counted(plan.annotations, "span")
    if plan.verdicts:
        return counted(plan.verdicts, "verdict")
    if plan.incidents:
        return counted(plan.incidents, "incident")
    return counted(len(plan.scheme), "addition to the scheme", "additions to the scheme")


def summary(plan: Plan) -> list[str]:
    """Say what comes along, what is left out as known, and what the scheme gets."""
    along = [
        counted(number, thing)
        for number, thing, is_said in (
            (plan.annotations, "span", not plan.articles),
            (plan.links, "link", False),
            (plan.verdicts, "verdict", not (plan.articles or plan.annotations)),
            (plan.incidents, "incident", not (plan.articles or plan.annotations or plan.verdicts)),
        )
        if number and not is_said
    ]
    known = [
        counted(number, thing)
        for number, thing in (
            (plan.skipped, "article"),
            (plan.known, "span"),
            (plan.known_incidents, "incident"),
        )
        if number
    ]
    sentences = [f"With {' and '.join(along)}."] if along else []
    if plan.layers:
        sentences.append(f"Spans of {_listed(tuple(f'{name}: {n:,}' for name, n in plan.layers.items()))}.")
    if known:
        sentences.append(f"{sentence_case(' and '.join(known))} known already, skipped.")
    if plan.scheme:
        sentences.append(f"The scheme gets {_listed(plan.scheme)}.")
    return sentences


def _listed(things: tuple[str, ...]) -> str:
    """Name the first few things, and count the others."""
    if len(things) <= SHOWN_ADDITIONS + 1:
        return ", ".join(things)
    shown = ", ".join(things[:SHOWN_ADDITIONS])
    return f"{shown} and {len(things) - SHOWN_ADDITIONS:,} more"
