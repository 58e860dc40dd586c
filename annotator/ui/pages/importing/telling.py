"""What an import will do, in sentences."""

from pathlib import Path

from annotator.services.import_words import amounts
from annotator.services.looking import Plan
from annotator.ui.spelling import counted, listed, sentence_case

SHOWN_ADDITIONS = 4
"""What the scheme gets is named so far; the names that it lacks stand in full below."""


def amount(plan: Plan) -> str:
    """Say how much will come: articles, else the first of what there is, else what the scheme gets."""
    if plan.scheme and not amounts(plan):
        return counted(len(plan.scheme), "addition to the scheme", "additions to the scheme")
    return next(iter(amounts(plan, "span")), counted(0, "article"))


def everything(plan: Plan) -> str:
    """Say all that comes in, else what the scheme gets."""
    return listed(amounts(plan, "span")) or amount(plan)


def summary(plan: Plan) -> list[str]:
    """Say what comes along, what is left out as known, and what the scheme gets."""
    _, *along = amounts(plan, "span") or [""]
    known = [
        counted(number, thing)
        for number, thing in (
            (plan.skipped, "article"),
            (plan.known, "span"),
            (plan.known_incidents, "incident"),
        )
        if number
    ]
    sentences = [f"With {listed(along)}."] if along else []
    if plan.layers:
        sentences.append(f"Spans of {_listed(tuple(f'{name}: {n:,}' for name, n in plan.layers.items()))}.")
    if known:
        sentences.append(f"{sentence_case(listed(known))} known already, not imported again.")
    if plan.scheme:
        sentences.append(f"The scheme gets {_listed(plan.scheme)}.")
    return sentences


def in_no_format(path: Path) -> str:
    """Say that a file is none of what its ending promises, and where its format can be chosen."""
    return (
        f"{path.name} is in no format known to end in {path.suffix.lower()};"
        " choose its format in the list “Format”, or “Plain text” to take it as an article"
    )


def _listed(things: tuple[str, ...]) -> str:
    """Name the first few things, and count the others."""
    if len(things) <= SHOWN_ADDITIONS + 1:
        return ", ".join(things)
    shown = ", ".join(things[:SHOWN_ADDITIONS])
    return f"{shown} and {len(things) - SHOWN_ADDITIONS:,} more"
