"""Counts of spans that F1 follows from: how many there are, and how many match."""

from array import array
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations
from typing import Protocol

from annotator.model.span import Fragments
from annotator.services.agreement.answers import Pair


class Labelled(Protocol):
    """What has a label and a place."""

    @property
    def label(self) -> str: ...

    @property
    def fragments(self) -> Fragments: ...


class SpanCounts:
    """What F1 needs of articles that come one by one: a few numbers for each pair of layers and label."""

    def __init__(self) -> None:
        self._counts: dict[tuple[Pair, str], array[int]] = {}
        self._both: dict[Pair, array[int]] = {}
        self.articles = 0

    @property
    def pairs(self) -> list[Pair]:
        """The pairs of layers that have read an article both."""
        return sorted(self._both)

    @property
    def labels(self) -> list[str]:
        """The labels that anybody of them used in it."""
        return sorted({label for _, label in self._counts})

    def add(
        self,
        layers: Sequence[str],
        marks: Mapping[str, Sequence[Labelled]],
        overlapping: Mapping[Pair, Counter[str]],
    ) -> None:
        """Count one article, with the marks of those of the layers that have read it.

        `overlapping` are the spans of each pair that match by their overlap, by label.
        """
        spans = {
            layer: Counter((mark.label, mark.fragments) for mark in marks[layer])
            for layer in layers
            if layer in marks
        }
        sizes = {layer: _by_label(of) for layer, of in spans.items()}
        for pair in combinations(spans, 2):
            one, other = pair
            self._both.setdefault(pair, array("q")).append(self.articles)
            exact = _by_label(spans[one] & spans[other])
            matched = overlapping.get(pair, exact)
            for label, n in (sizes[one] + sizes[other]).items():
                row = (self.articles, exact[label], matched[label], n)
                self._counts.setdefault((pair, label), array("q")).extend(row)
        self.articles += 1

    def renumber(self, numbers: Sequence[int]) -> None:
        """Give each article, by the number that it has, another."""
        for held, width in ((self._both, 1), (self._counts, 4)):
            for rows in held.values():
                rows[::width] = array("q", [numbers[number] for number in rows[::width]])

    def both(self, pair: Pair) -> Sequence[int]:
        """Return the numbers of the articles that a pair of layers has read."""
        return self._both.get(pair, array("q"))

    def rows(self, pair: Pair, label: str) -> Iterator[tuple[int, int, int, int]]:
        """Yield the numbers of articles in which a pair used a label.

        Each is with the pairs of spans that match exactly, those that overlap, and all spans of both.
        """
        found = iter(self._counts.get((pair, label), ()))
        return zip(found, found, found, found, strict=True)


def _by_label(spans: Counter[tuple[str, Fragments]]) -> Counter[str]:
    counts = Counter[str]()
    for (label, _), n in spans.items():
        counts[label] += n
    return counts
