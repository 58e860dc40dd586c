"""How an annotator's agreement with the others goes, article after article."""

from collections.abc import Callable, Iterator, Sequence

import numpy as np

from annotator.services.agreement.answers import Point, Tell
from annotator.services.agreement.corpus import ArticleMarks, Corpus
from annotator.services.agreement.f1 import AGREEING, ARTICLES, SPANS, f1
from annotator.services.agreement.families import mean
from annotator.services.agreement.matches import ArticleMatches
from annotator.services.agreement.pacing import paced, silent
from annotator.services.agreement.reasons import UNMARKED
from annotator.services.agreement.weighing import Floats, Weights, interval

LEAST, WINDOWS = 5, 10
"""Articles that a window has at least, and how many windows there would be side by side."""


def drift(corpus: Corpus, annotator: str, tell: Tell = silent) -> tuple[Point, ...]:
    """Measure overlap F1 with the others in windows of articles, in the order in which they were done.

    A window overlaps half of the next. The value is the mean over the others, with its 95 % interval.
    `tell` hears of articles, then of the draws in each window, and may raise to cancel.
    """
    done = sorted(
        (article for article in corpus.articles if annotator in article.marks and len(article.marks) > 1),
        key=lambda article: article.done.get(annotator, ""),
    )
    table = _table(corpus, annotator, done, tell)

    def tick() -> None:
        tell(len(done), len(done))

    return tuple(_point(corpus, done, annotator, table, at, tick) for at in reversed([*_windows(len(done))]))


def drifts(corpus: Corpus, tell: Tell = silent) -> dict[str, tuple[Point, ...]]:
    """Measure every annotator's drift; articles count once for each annotator."""
    shares = {layer: sum(layer in article.marks for article in corpus.articles) for layer in corpus.layers}
    total = sum(shares.values())
    found: dict[str, tuple[Point, ...]] = {}

    def tell_all(done: int, _share: int) -> None:
        tell(sum(shares[layer] for layer in found) + done, total)

    for layer in shares:
        found[layer] = drift(corpus, layer, tell_all)
    return found


def _table(corpus: Corpus, annotator: str, done: Sequence[ArticleMarks], tell: Tell) -> Floats:
    """Count spans that agree with each of the others: articles x others x parts of F1."""
    others = [layer for layer in corpus.layers if layer != annotator]
    table = np.zeros((len(done), len(others), 3))
    for number, article in enumerate(paced(done, tell)):
        mine = article.marks[annotator]
        for at, other in enumerate(others):
            if other in article.marks:
                pair = annotator, other
                matches = ArticleMatches(pair, article, corpus.asked.threshold).overlapping()
                spans = len(mine) + len(article.marks[other])
                table[number, at, [AGREEING, SPANS, ARTICLES]] = 2 * matches[pair].total(), spans, 1
    return table


def _windows(articles: int) -> Iterator[range]:
    size = min(articles, max(LEAST, articles // WINDOWS))
    step = max(1, size // 2)
    for stop in range(articles, 0, -step) if size else ():
        if stop >= size:
            yield range(stop - size, stop)


def _point(
    corpus: Corpus,
    done: Sequence[ArticleMarks],
    annotator: str,
    table: Floats,
    at: range,
    tick: Callable[[], None],
) -> Point:
    within = table[at.start : at.stop]
    flat = within.reshape(len(within), -1)

    def values(weights: Weights) -> Floats:
        return mean(f1(weights(flat).reshape(-1, *within.shape[1:])))

    value = float(values(Weights.once(len(at), tick))[0])
    last = done[at.stop - 1].done.get(annotator, "")
    if np.isnan(value):
        return Point(at.stop, last, len(at), None, None, None, UNMARKED)
    low, high = None, None
    if np.count_nonzero(within[..., SPANS].sum(axis=1)) > 1 and corpus.asked.resamples:
        drawn = Weights.drawn(len(at), corpus.asked.resamples, corpus.asked.seed, tick)
        low, high = interval(values(drawn)[:, None])[:, 0].tolist()
    return Point(at.stop, last, len(at), value, low, high)
