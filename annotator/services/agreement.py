"""Agreement on spans between annotators who have both done an article."""

import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

from annotator.formats.dataset import ArticleRecord
from annotator.model.review import GOLD

RESAMPLES = 1_000
MOST_DRAWS = 2_000_000
"""Articles drawn in all resamples together; of a very large dataset fewer resamples do."""

Counts = tuple[int, int]
"""Spans that agree, counted on both sides, and all spans of both."""


@dataclass(frozen=True, slots=True)
class ExactF1:
    """Exact-span F1 with its 95 % interval; no value and a reason where it isn't defined.

    A span agrees when the other annotator has one with the same label and the same fragments; each agrees
    with one only. F1 is 2 · agreeing pairs / (spans of both), over all pairs of annotators together
    (Hripcsak and Rothschild 2005), and the interval comes from a bootstrap over articles.
    """

    value: float | None
    low: float | None
    high: float | None
    articles: int
    undefined: str = ""


class ExactAgreement:
    """Takes articles one by one, and keeps of each two numbers a pair of annotators."""

    def __init__(self) -> None:
        self._articles: list[Counts] = []

    def add(self, record: ArticleRecord) -> None:
        done = sorted(p.annotator for p in record.progress or () if p.state == "done" and p.annotator != GOLD)
        if len(done) < 2:
            return
        spans: dict[str, Counter[object]] = {annotator: Counter() for annotator in done}
        for a in record.annotations:
            if a.layer in spans:
                spans[a.layer][a.label, a.fragments] += 1
        agreeing = total = 0
        for one, other in combinations(done, 2):
            agreeing += 2 * (spans[one] & spans[other]).total()
            total += spans[one].total() + spans[other].total()
        self._articles.append((agreeing, total))

    def result(self, seed: int = 0) -> ExactF1:
        """Return what there is to say; the same articles and seed give the same interval."""
        n = len(self._articles)
        if not n:
            return ExactF1(None, None, None, 0, "no article was done by two annotators")
        value = _f1(self._articles)
        if value is None:
            return ExactF1(None, None, None, n, "neither annotator marked anything in the articles both did")
        low, high = self._interval(seed) if n > 1 else (None, None)
        return ExactF1(value, low, high, n)

    def _interval(self, seed: int) -> tuple[float | None, float | None]:
        chance, n = random.Random(seed), len(self._articles)
        resamples = min(RESAMPLES, max(100, MOST_DRAWS // n))
        drawn = (_f1(chance.choices(self._articles, k=n)) for _ in range(resamples))
        values = sorted(value for value in drawn if value is not None)
        if not values:
            return None, None
        return values[int(0.025 * (len(values) - 1))], values[round(0.975 * (len(values) - 1))]


def _f1(articles: Sequence[Counts]) -> float | None:
    total = sum(both for _, both in articles)
    return sum(agreeing for agreeing, _ in articles) / total if total else None
