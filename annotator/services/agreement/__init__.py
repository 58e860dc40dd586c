"""Agreement between annotators: measures, their intervals, and the passages behind them."""

from annotator.services.agreement.answers import (
    MEASURES,
    NOTHING,
    Agreement,
    Asked,
    Confusion,
    Measured,
    Passage,
    Point,
    Tell,
)
from annotator.services.agreement.corpus import Corpus, gathered
from annotator.services.agreement.passages import confusion, passages

__all__ = [
    "MEASURES",
    "NOTHING",
    "Agreement",
    "Asked",
    "Confusion",
    "Corpus",
    "Measured",
    "Passage",
    "Point",
    "confusion",
    "drift",
    "drifts",
    "gathered",
    "measured",
    "passages",
]


def measured(corpus: Corpus, tell: Tell) -> Agreement:
    """Take all measures; `tell` hears how far they are and may raise to cancel."""
    # numpy takes 0.1 s to load, and a window that only tags doesn't need it.
    from annotator.services.agreement import measuring

    return measuring.measured(corpus, tell)


def drift(corpus: Corpus, annotator: str) -> tuple[Point, ...]:
    """Measure one annotator's agreement with the others, window by window of the articles they did."""
    from annotator.services.agreement import drifting

    return drifting.drift(corpus, annotator)


def drifts(corpus: Corpus, tell: Tell) -> dict[str, tuple[Point, ...]]:
    """Measure the drift of every annotator; `tell` hears how far that is and may raise to cancel."""
    from annotator.services.agreement import drifting

    return drifting.drifts(corpus, tell)
