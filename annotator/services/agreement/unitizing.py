"""Krippendorff's alpha for unitizing, αU: where do units begin and end on a continuum of text?

K. Krippendorff, On the reliability of unitizing continuous data, Sociological Methodology 25 (1995), and
Content Analysis, 2nd edition (2004), chapter 11.6, with squared differences. The articles that a layer has
read make one continuum, one after the other. Lengths count characters.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from annotator.services.agreement.families import Block, Family, divided
from annotator.services.agreement.layout import Layout, Units, totals
from annotator.services.agreement.reasons import NO_ROOM, NO_TWO, UNMARKED, UNUSED
from annotator.services.agreement.weighing import Floats, Ints, Weights

OBSERVED, EXPECTED, UNITS, ARTICLES = range(4)


def alpha_u(layout: Layout) -> Family:
    """Return αU of all layers, for whoever has read an article, and of each pair."""
    scopes = (None, *layout.corpus.pairs)
    blocks = (_block(layout, label) for label in layout.corpus.labels)
    return Family("alpha-u", scopes, blocks, _value, UNITS, _why, used=UNITS)


def _value(sums: Floats) -> Floats:
    return 1 - divided(sums[..., OBSERVED], sums[..., EXPECTED])


def _why(sums: Floats, pooled: bool) -> str:
    if not sums[ARTICLES]:
        return NO_TWO
    if not sums[UNITS]:
        return UNMARKED if pooled else UNUSED
    return NO_ROOM


def _block(layout: Layout, label: str) -> Block:
    units = [layout.units(label, layer) for layer in layout.corpus.layers]
    lengths = np.unique(np.concatenate([[0], *(of.lengths for of in units)]))[1:]
    by_layer = [_Layer.of(of, lengths, layout, at) for at, of in enumerate(units)]
    one, other = np.triu_indices(len(units), 1)
    both = layout.both()
    apart = [
        _apart(units[i], units[j], layout.articles) * both[:, at]
        for at, (i, j) in enumerate(zip(one, other, strict=True))
    ]
    scopes = [range(len(units)), *zip(one, other, strict=True)]
    apart.insert(0, sum(apart, np.zeros(layout.articles)))
    continua = [
        _Continuum.of(layout, by_layer, 3 + 2 * len(lengths), *of) for of in zip(scopes, apart, strict=True)
    ]
    return Block(
        label,
        lambda weights: np.stack([of.sums(weights) for of in continua], axis=1),
        [len(of.rows) for of in continua],
    )


@dataclass(frozen=True, slots=True)
class _Layer:
    """What a layer adds to the disagreement that is expected by chance, by article.

    `terms` are its units, the sums of their cubic and of their quadratic term. For each of the `lengths`
    that a unit has, `squares` are the units of that length times its square. Gaps, cut at the ends of
    articles, have the numbers of their articles, their starts on the line and their lengths.
    """

    layer: int
    terms: Floats
    lengths: Ints
    squares: Floats
    gaps: Units

    @classmethod
    def of(cls, units: Units, lengths: Ints, layout: Layout, layer: int) -> "_Layer":
        n, own = layout.articles, units.lengths.astype(np.float64)
        terms = (np.ones(len(own)), 2 * own**3 - 3 * own**2 + own, own * (own - 1))
        columns = np.stack([totals(units.articles, term, n) for term in terms], axis=1)
        squares = _table(units.articles, np.searchsorted(lengths, units.lengths), own**2, n, len(lengths))
        return cls(layer, columns, lengths, squares, _gaps(units, layout, layer))

    def columns(self, layout: Layout, rows: Ints) -> Floats:
        """Return terms, squares and places of some articles side by side."""
        return np.concatenate((self.terms[rows], self.squares[rows], self.places(layout, rows)), axis=1)

    def places(self, layout: Layout, rows: Ints) -> Floats:
        """Count the ways in which units of each length fit into the gaps of some articles.

        A gap has room for length of gap - length of unit + 1; a gap that goes on in the next article is
        one gap, and each article has its share of it.
        """
        is_read = np.zeros(layout.articles, np.bool_)
        is_read[rows] = layout.read[rows, self.layer]
        some = is_read[self.gaps.articles]
        articles, parts = self.gaps.articles[some], self.gaps.lengths[some]
        wholes = self._wholes(layout, some, is_read)
        longest = np.searchsorted(self.lengths, wholes, "right") - 1
        fits = longest >= 0
        share = parts[fits] / wholes[fits]
        size = layout.articles, len(self.lengths)
        # A gap has room for the longest unit that fits into it and for all shorter ones.
        room, gaps = (
            _table(articles[fits], longest[fits], of, *size)[:, ::-1].cumsum(axis=1)[:, ::-1]
            for of in (share * (wholes[fits] + 1), share)
        )
        return np.asarray(room - self.lengths * gaps, np.float64)[rows]

    def _wholes(self, layout: Layout, some: NDArray[np.bool_], is_read: NDArray[np.bool_]) -> Ints:
        """Return for each part of a gap how long the gap is, with the articles that are read in a row."""
        sizes = layout.characters.sizes.astype(np.int64)
        before = np.cumsum(np.where(is_read, 0, sizes))[self.gaps.articles[some]]
        starts, stops = self.gaps.starts[some] - before, self.gaps.stops[some] - before
        begins = np.concatenate(([True], starts[1:] != stops[:-1]))[: len(starts)]
        gap = np.cumsum(begins) - 1
        return np.asarray(totals(gap, stops - starts, len(gap))[gap], np.int64)


def _gaps(units: Units, layout: Layout, layer: int) -> Units:
    """Return the gaps between units in the articles that a layer has read, cut at the articles' ends."""
    ends = np.cumsum(layout.characters.sizes).astype(np.int64)
    begins = ends - layout.characters.sizes.astype(np.int64)
    read = np.flatnonzero(layout.read[:, layer])
    # An article's end is like a unit without length: before each there may be a gap.
    articles = np.concatenate((units.articles, read))
    starts, stops = np.concatenate((units.starts, ends[read])), np.concatenate((units.stops, ends[read]))
    order = np.lexsort((starts, articles))
    articles, starts, stops = articles[order], starts[order], stops[order]
    is_first = np.concatenate(([True], articles[1:] != articles[:-1]))[: len(articles)]
    after = np.where(is_first, begins[articles], np.concatenate(([0], stops[:-1]))[: len(articles)])
    some = starts > after
    return Units(after[some], starts[some], articles[some])


def _apart(one: Units, other: Units, n: int) -> Floats:
    """Sum the squared differences of two layers by article, each way."""
    first = np.searchsorted(other.stops, one.starts, "right")
    beyond = np.searchsorted(other.starts, one.stops, "left")
    matches = np.maximum(beyond - first, 0)
    mine = np.repeat(np.arange(len(matches)), matches)
    theirs = np.arange(len(mine)) - np.repeat(np.cumsum(matches) - matches, matches) + first[mine]
    moved = (one.starts[mine] - other.starts[theirs]) ** 2 + (one.stops[mine] - other.stops[theirs]) ** 2
    touched = np.zeros(len(other.starts), np.bool_)
    touched[theirs] = True
    found = totals(one.articles[mine], moved, n)
    # A unit that overlaps none lies whole in a gap of the other.
    for units, alone in ((one, matches == 0), (other, ~touched)):
        found += totals(units.articles[alone], units.lengths[alone] ** 2, n)
    return 2 * found


def _table(rows: Ints, columns: Ints, values: Ints | Floats, height: int, width: int) -> Floats:
    """Add values up in a table."""
    if not width:
        return np.zeros((height, 0))
    return totals(rows * width + columns, values, height * width).reshape(height, width)


@dataclass(frozen=True, slots=True)
class _Continuum:
    """What disagreement follows from: the articles that two of some layers have read, x columns.

    Columns are the observed disagreement, the characters that the layers read, the three terms of their
    units, and 1; then their squares; then their places.
    """

    rows: Ints
    table: Floats

    @classmethod
    def of(
        cls, layout: Layout, by_layer: Sequence[_Layer], width: int, scope: Sequence[int], apart: Floats
    ) -> "_Continuum":
        readers = layout.read[:, list(scope)].sum(axis=1)
        rows = np.flatnonzero(readers > 1)
        observed = apart[rows] / (readers[rows] - 1)
        read = layout.characters.sizes[rows] * readers[rows]
        head = np.stack((observed, read, np.ones(len(rows))), axis=1)
        own = (by_layer[i].columns(layout, rows) for i in scope)
        return cls(rows, np.concatenate((head, sum(own, np.zeros((len(rows), width)))), axis=1))

    def sums(self, weights: Weights) -> Floats:
        """Sum to observed and expected disagreement (without a factor of both), units, articles."""
        sums = weights(self.table, self.rows)
        observed, read, articles, units, cubic, quadratic = sums[:, :6].T
        squares, places = np.split(sums[:, 6:], 2, axis=1)
        chances = (units - 1) / 3 * cubic + (squares * places).sum(axis=1)
        found = divided(observed, read), divided(2 * chances, read * (read - 1) - quadratic)
        return np.stack([*map(np.nan_to_num, found), units, articles], axis=1)
