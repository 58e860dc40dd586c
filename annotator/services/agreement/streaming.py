"""Exact F1 of articles that come one by one and are not kept, as in exports of a million spans."""

from collections.abc import Sequence

from annotator.formats.dataset import ArticleRecord
from annotator.model.review import GOLD
from annotator.services.agreement.answers import RESAMPLES, Measured
from annotator.services.agreement.reasons import NO_TWO
from annotator.services.agreement.spans import SpanCounts

MOST_DRAWS = 50_000_000
"""Articles drawn in all resamples together; of a very large dataset fewer resamples do."""


class ExactAgreement:
    """Takes articles one by one, and keeps of each a few numbers for every pair of annotators."""

    def __init__(self) -> None:
        self._counts = SpanCounts()
        self._ids: list[str] = []

    def add(self, article_id: str, record: ArticleRecord) -> None:
        """Count an article that two annotators have done."""
        done = sorted(p.annotator for p in record.progress or () if p.state == "done" and p.annotator != GOLD)
        if len(done) > 1:
            marks = {layer: [a for a in record.annotations if a.layer == layer] for layer in done}
            self._counts.add(done, marks, {})
            self._ids.append(article_id)

    @property
    def articles(self) -> int:
        """How many articles two annotators have done."""
        return self._counts.articles

    def result(self, seed: int = 0) -> tuple[Measured, ...]:
        """Return exact F1 of all labels together, then of each; the same seed gives the same intervals."""
        if not self.articles:
            return (Measured("exact-f1", None, None, None, None, None, 0, NO_TWO),)
        self._sort()
        return tuple(self._measured(seed))

    def _sort(self) -> None:
        """Number articles by their ids, so that chance draws the same ones in whatever order they came."""
        numbers = {own_id: number for number, own_id in enumerate(sorted(self._ids))}
        self._counts.renumber([numbers[own_id] for own_id in self._ids])
        self._ids.sort()

    def _measured(self, seed: int) -> Sequence[Measured]:
        from annotator.services.agreement.f1 import family
        from annotator.services.agreement.measuring import Resampling, quiet, taken

        counts = self._counts
        resamples = min(RESAMPLES, max(100, MOST_DRAWS // self.articles))
        resampling = Resampling.of(self.articles, resamples, seed, quiet)
        labels = counts.labels or [""]
        found = taken(family("exact-f1", counts, counts.pairs, labels), resampling, quiet)
        together = [cell for cell in found if cell.pair is None and cell.label != ""]
        return sorted(together, key=lambda cell: (cell.label is not None, cell.label))
