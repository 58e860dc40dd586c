"""F1 of spans: with exactly the same boundaries, and with enough overlap."""

from array import array
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations
from operator import eq
from typing import Protocol, TypeVar

from annotator.model.matching import pairs
from annotator.model.span import Fragments
from annotator.services.agreement.answers import Pair


class Labelled(Protocol):
    """What has a label and a place."""

    @property
    def label(self) -> str: ...

    @property
    def fragments(self) -> Fragments: ...


M = TypeVar("M", bound=Labelled)


def matched(
    one: Sequence[Labelled], other: Sequence[Labelled], threshold: float | None
) -> tuple[Counter[str], Counter[str]]:
    """Match the spans of two annotators one to one, and count the pairs by label.

    First those with the same label and fragments; then also those of the same label that overlap by the
    threshold, the best first, unless there is none. Identical spans are each other's best match, so they
    come first in both.
    """
    exact, mine, theirs = _exactly(one, other)
    return exact, exact if threshold is None else exact + _overlapping(mine, theirs, threshold)


def _exactly(one: Sequence[M], other: Sequence[M]) -> tuple[Counter[str], list[M], list[M]]:
    """Match identical spans: count them by label, and return what is left of both."""
    waiting: dict[object, list[M]] = {}
    for mark in other:
        waiting.setdefault((mark.label, mark.fragments), []).append(mark)
    found, left = Counter[str](), []
    for mark in one:
        if same := waiting.get((mark.label, mark.fragments)):
            same.pop()
            found[mark.label] += 1
        else:
            left.append(mark)
    return found, left, [mark for same in waiting.values() for mark in same]


def _overlapping(one: Sequence[Labelled], other: Sequence[Labelled], threshold: float) -> Counter[str]:
    placed = [[(mark.fragments, mark.label) for mark in marks] for marks in (one, other)]
    return Counter(one[i].label for i, _, _ in pairs(placed[0], placed[1], eq, threshold))


class SpanCounts:
    """What F1 needs of articles that come one by one: a few numbers for each pair of layers and label.

    Without a threshold, only exact matches are counted.
    """

    def __init__(self, threshold: float | None) -> None:
        self._threshold = threshold
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

    def add(self, layers: Sequence[str], marks: Mapping[str, Sequence[Labelled]]) -> None:
        """Count one article, with the marks of those of the layers that have read it."""
        sizes = {layer: Counter(mark.label for mark in marks[layer]) for layer in layers if layer in marks}
        for pair in combinations(sizes, 2):
            one, other = pair
            self._both.setdefault(pair, array("q")).append(self.articles)
            exact, overlapping = matched(marks[one], marks[other], self._threshold)
            for label, n in (sizes[one] + sizes[other]).items():
                row = (self.articles, exact[label], overlapping[label], n)
                self._counts.setdefault((pair, label), array("q")).extend(row)
        self.articles += 1

    def both(self, pair: Pair) -> Sequence[int]:
        """Return the numbers of the articles that a pair of layers has read."""
        return self._both.get(pair, array("q"))

    def rows(self, pair: Pair, label: str) -> Iterator[tuple[int, int, int, int]]:
        """Yield the numbers of articles in which a pair used a label.

        Each is with the pairs of spans that match exactly, those that overlap, and all spans of both.
        """
        found = iter(self._counts.get((pair, label), ()))
        return zip(found, found, found, found, strict=True)
