"""All articles of a corpus one after the other on one line, and on it the units of each label and layer."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from annotator.services.agreement.answers import Pair
from annotator.services.agreement.corpus import Corpus
from annotator.services.agreement.weighing import Floats, Ints


def totals(places: Ints, values: Ints | Floats, length: int) -> Floats:
    """Add values up by place, of which there are `length`."""
    return np.bincount(places, values, length).astype(np.float64, copy=False)


@dataclass(frozen=True, slots=True)
class Units:
    """Stretches of the line in order, none overlapping another, each with the number of its article."""

    starts: Ints
    stops: Ints
    articles: Ints

    @property
    def lengths(self) -> Ints:
        return self.stops - self.starts

    def sizes(self, articles: int) -> Floats:
        """Count what is in the units, by article."""
        return totals(self.articles, self.lengths, articles)

    def shared(self, other: "Units", articles: int) -> Floats:
        """Count what is in units of both, by article."""
        within = self._before(other.stops) - self._before(other.starts)
        return totals(other.articles, within, articles)

    def _before(self, places: Ints) -> Ints:
        """Count for each place what is in units before it."""
        whole = np.concatenate(([0], np.cumsum(self.lengths)))
        begun = np.searchsorted(self.starts, places, "right")
        stops = np.concatenate(([0], self.stops))
        return np.asarray(whole[begun] - np.maximum(0, stops[begun] - places), np.int64)


def joined(starts: Ints, stops: Ints, articles: Ints) -> Units:
    """Put stretches in order, and join those that overlap; those that only touch stay apart."""
    order = np.argsort(starts, kind="stable")
    starts, stops, articles = starts[order], stops[order], articles[order]
    if not len(starts):
        return Units(starts, stops, articles)
    reach = np.maximum.accumulate(stops)
    first = np.flatnonzero(np.concatenate(([True], starts[1:] >= reach[:-1])))
    return Units(starts[first], np.maximum.reduceat(stops, first), articles[first])


@dataclass(frozen=True, slots=True)
class Ruler:
    """What is counted on the line, characters or tokens: how many an article has."""

    sizes: Floats
    token_starts: Ints | None = None
    token_stops: Ints | None = None

    def of(self, units: Units) -> Units:
        """Return units of characters as what is counted: every token that they touch."""
        if self.token_starts is None or self.token_stops is None:
            return units
        first = np.searchsorted(self.token_stops, units.starts, "right")
        last = np.searchsorted(self.token_starts, units.stops, "left")
        some = first < last
        return joined(first[some], last[some], units.articles[some])


@dataclass(frozen=True, slots=True)
class Layout:
    """A corpus as arrays. `read` says who has read what: articles x layers."""

    corpus: Corpus
    read: NDArray[np.bool_]
    characters: Ruler
    tokens: Ruler
    _units: Mapping[Pair, Units] = field(repr=False)

    @classmethod
    def of(cls, corpus: Corpus) -> "Layout":
        sizes = np.array([article.size for article in corpus.articles], np.int64)
        bases = np.concatenate(([0], np.cumsum(sizes)))
        read = [[layer in article.marks for layer in corpus.layers] for article in corpus.articles]
        shape = (len(corpus.articles), len(corpus.layers))
        return cls(
            corpus,
            np.array(read, np.bool_).reshape(shape),
            Ruler(sizes.astype(np.float64)),
            _tokens(corpus, bases),
            _units_of(corpus, bases.tolist()),
        )

    @property
    def articles(self) -> int:
        return len(self.corpus.articles)

    def units(self, label: str, layer: str) -> Units:
        """Return what a layer marked with a label; every fragment is a unit."""
        nothing = np.empty(0, np.int64)
        return self._units.get((label, layer)) or Units(nothing, nothing, nothing)

    def both(self) -> NDArray[np.bool_]:
        """Say which pair of layers has read which article: articles x pairs."""
        one, other = np.triu_indices(len(self.corpus.layers), 1)
        return np.asarray(self.read[:, one] & self.read[:, other], np.bool_)


def _tokens(corpus: Corpus, bases: Ints) -> Ruler:
    counts = [len(article.tokens) // 2 for article in corpus.articles]
    edges = np.fromiter(
        chain.from_iterable(article.tokens for article in corpus.articles), np.int64, 2 * sum(counts)
    )
    places = edges.reshape(-1, 2) + np.repeat(bases[:-1], counts)[:, None]
    return Ruler(np.array(counts, np.float64), places[:, 0], places[:, 1])


def _units_of(corpus: Corpus, bases: list[int]) -> dict[Pair, Units]:
    places: dict[Pair, list[int]] = {}
    for number, article in enumerate(corpus.articles):
        base = bases[number]
        for layer, marks in article.marks.items():
            for mark in marks:
                found = places.setdefault((mark.label, layer), [])
                for fragment in mark.fragments:
                    found += (base + fragment.start, base + fragment.stop, number)
    columns = {key: np.array(found, np.int64).reshape(-1, 3).T for key, found in places.items()}
    return {key: joined(*column) for key, column in columns.items()}
