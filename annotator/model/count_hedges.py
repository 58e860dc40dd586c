"""How news hedges a number, and what that makes of its bounds.

After the practice of conflict coders; a bound that was not stated stays empty:

* "at least 9", "9 or more": low 9, best 9, high open. "more than 40": low 41, best 41, high open.
* "up to 40", "at most 40": high 40, nothing else. "fewer than 40": high 39.
* "about 40", "nearly 40", "40-odd", "perhaps 40": best 40; how far off was not stated.
* "11 to 15": low 11, high 15; a best was not stated.
* "dozens" 24, "scores" 40, "hundreds" 200, "several" and "a few" 3, "some" and "many" 2: vague, only a low.
* "a couple" is about 2; "both", "a pair", "the couple" are exactly 2.
"""

from collections.abc import Callable
from typing import Literal

from annotator.model.figure import Figure
from annotator.model.tokens import Phrases

Hedge = Literal["at least", "more than", "at most", "fewer than", "about", "perhaps", "only", ""]
FIRM: tuple[Hedge, ...] = ("at least", "more than", "at most", "fewer than")
"""Hedges that only a count has; "about 2010" may still be a year."""

BEFORE: Phrases[Hedge] = Phrases.grouped(
    {
        "at least": """
            at least | no fewer than | no less than | not fewer than | not less than | a minimum of |
            minimum of | upwards of | upward of | as few as | a low of | > = | ≥ | at the very least |
            at the least | minimum
        """,
        "more than": """
            more than | over | in excess of | exceeding | exceeds | exceeded | well over | just over |
            slightly over | above | beyond | greater than | north of | upwards from | surpassing |
            surpassed | topping | topped | passed | > | a little over | a little more than | well above |
            just above | tops | surpasses | far more than | climbed past | risen past
        """,
        "at most": """
            up to | as many as | no more than | not more than | at most | a maximum of | maximum of |
            at the most | as much as | not exceeding | a high of | < = | ≤ | maximum | a maximum |
            not over | no greater than
        """,
        "fewer than": "fewer than|less than|under|below|lower than|just under|just below|well under|<",
        "about": """
            some | about | around | roughly | approximately | approx | circa | ca | c | nearly | almost |
            close to | nearing | an estimated | estimated | estimated at | near | approaching |
            in the region of | more or less | ~ | ≈ | ± | on the order of | in the order of | just about |
            anywhere near | very nearly | nearly about
        """,
        "perhaps": "perhaps|maybe|possibly|probably|potentially|even|perhaps even|possibly even",
        "only": """
            another | an additional | additional | a further | further | a total of | only | just |
            exactly | precisely | an extra | extra | a reported | a confirmed | the other | other | all |
            the | these | those | its | their | his | her | just some | fully | a good | a whole |
            a full | a record
        """,
    }
)
AFTER: Phrases[Hedge] = Phrases.grouped(
    {
        "at least": """
            or more | plus | - plus | + | or above | or higher | and up | and counting | if not more |
            at least | at the least | at the very least | at a minimum | minimum | and possibly more |
            and perhaps more | and maybe more | or even more | and likely more | , possibly more |
            , perhaps more | , maybe more | , if not more | and probably more
        """,
        "about": "or so|odd|- odd|ish|- ish|- some|or thereabouts|more or less",
        "at most": "or fewer|or less|at most|at the most|or under|maximum|tops",
    }
)


def exactly(number: int) -> Figure:
    return Figure("", "exact", number, number, number)


def at_least(number: int) -> Figure:
    return Figure("", "at least", number, number)


def at_most(number: int) -> Figure:
    return Figure("", "at most", high=max(number, 0))


def about(number: int) -> Figure:
    return Figure("", "about", best=number)


def vague(low: int) -> Figure:
    return Figure("", "vague", low)


def between(low: int, high: int) -> Figure:
    return Figure("", "range", low, high=high)


def hedged(figure: Figure, hedge: Hedge) -> Figure:
    """Put a figure under a hedge; one that is vague or hedged already keeps its kind where it says more."""
    if figure.qualifier == "vague":
        return Figure("", "vague") if hedge in ("at most", "fewer than") else figure
    if figure.qualifier == "range":
        return at_most(figure.high or 0) if hedge == "at most" else figure
    number = figure.best if figure.best is not None else figure.high
    if number is None or (hedge in ("about", "perhaps") and figure.qualifier != "exact"):
        return figure
    return BOUNDS[hedge](number)


BOUNDS: dict[Hedge, Callable[[int], Figure]] = {
    "at least": at_least,
    "more than": lambda number: at_least(number + 1),
    "at most": at_most,
    "fewer than": lambda number: at_most(number - 1),
    "about": about,
    "perhaps": about,
    "only": exactly,
}
