"""F1 over articles, from the counts of spans."""

from collections.abc import Iterator, Sequence

import numpy as np

from annotator.services.agreement.answers import Pair
from annotator.services.agreement.families import Block, Family, divided, summing
from annotator.services.agreement.reasons import NO_PAIR, UNMARKED, UNUSED
from annotator.services.agreement.spans import SpanCounts
from annotator.services.agreement.weighing import Floats

AGREEING, SPANS, ARTICLES = range(3)
"""What is counted of a pair of layers: agreeing spans on both sides, spans of both, articles both read."""

_COUNTED = {"exact-f1": 1, "overlap-f1": 2}


def family(measure: str, counts: SpanCounts, pairs: Sequence[Pair], labels: Sequence[str]) -> Family:
    """Return exact F1 or overlap F1: of each pair, and their mean (Hripcsak and Rothschild 2005)."""
    return Family(
        measure, pairs, _blocks(measure, counts, pairs, labels), f1, SPANS, _why, SPANS, is_mean=True
    )


def f1(sums: Floats) -> Floats:
    """Return 2 · matched pairs / (spans of both)."""
    return divided(sums[..., AGREEING], sums[..., SPANS])


def _blocks(
    measure: str, counts: SpanCounts, pairs: Sequence[Pair], labels: Sequence[str]
) -> Iterator[Block]:
    for label in labels:
        table = np.zeros((counts.articles, len(pairs), 3))
        for at, pair in enumerate(pairs):
            table[np.array(counts.both(pair), np.int64), at, ARTICLES] = 1
            rows = np.array(list(counts.rows(pair, label)), np.int64).reshape(-1, 4)
            table[rows[:, 0], at, AGREEING] = 2 * rows[:, _COUNTED[measure]]
            table[rows[:, 0], at, SPANS] = rows[:, 3]
        yield Block(label, summing(table), np.count_nonzero(table[..., SPANS], axis=0).tolist())


def _why(sums: Floats, pooled: bool) -> str:
    if not sums[ARTICLES]:
        return NO_PAIR
    return UNMARKED if pooled else UNUSED
