"""Krippendorff's alpha for unitizing, αU: where do units begin and end on a continuum of text?

K. Krippendorff, On the reliability of unitizing continuous data, Sociological Methodology 25 (1995), and
Content Analysis, 2nd edition (2004), chapter 11.6, with squared differences. Every article is a stretch of
the continuum of its own: gaps end where it does. Lengths count characters.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

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
    apart = [_apart(units[i], units[j], layout.articles) for i, j in zip(one, other, strict=True)]
    scopes = [range(len(units)), *zip(one, other, strict=True)]
    apart.insert(0, sum(apart, np.zeros(layout.articles)))
    continua = [_Continuum.of(layout, by_layer, *of) for of in zip(scopes, apart, strict=True)]
    return Block(
        label,
        lambda weights: np.stack([of.sums(weights) for of in continua], axis=1),
        [len(of.rows) for of in continua],
    )


@dataclass(frozen=True, slots=True)
class _Layer:
    """What a layer adds to the disagreement that is expected by chance, by article.

    `terms` are its units, the sums of their cubic and of their quadratic term. For each length that a unit
    has, `squares` are the units of that length times its square, and `places` the ways in which such a unit
    fits into the gaps.
    """

    terms: Floats
    squares: Floats
    places: Floats

    @classmethod
    def of(cls, units: Units, lengths: Ints, layout: Layout, layer: int) -> "_Layer":
        n, own = layout.articles, units.lengths.astype(np.float64)
        terms = (np.ones(len(own)), 2 * own**3 - 3 * own**2 + own, own * (own - 1))
        columns = [totals(units.articles, term, n) for term in terms]
        squares = _table(units.articles, np.searchsorted(lengths, units.lengths), own**2, n, len(lengths))
        return cls(np.stack(columns, axis=1), squares, _places(units, lengths, layout, layer))


def _places(units: Units, lengths: Ints, layout: Layout, layer: int) -> Floats:
    """Count the ways in which units of each length fit into the gaps of each article: gap - length + 1."""
    gaps, articles = _gaps(units, layout, layer)
    longest = np.searchsorted(lengths, gaps, "right") - 1
    some = longest >= 0
    n, width = layout.articles, len(lengths)
    fitting = [
        # A gap has room for the longest unit that fits into it and for all shorter ones.
        _table(articles[some], longest[some], of[some], n, width)[:, ::-1].cumsum(axis=1)[:, ::-1]
        for of in (gaps + 1, np.ones_like(gaps))
    ]
    return np.asarray(fitting[0] - lengths * fitting[1], np.float64)


def _gaps(units: Units, layout: Layout, layer: int) -> tuple[Ints, Ints]:
    """Return the lengths of the gaps in the articles that a layer has read, and their articles."""
    ends = np.cumsum(layout.characters.sizes).astype(np.int64)
    read = np.flatnonzero(layout.read[:, layer])
    # An article's end is a unit of length 0: the gap before a unit or an end begins where the last one stops.
    places = np.concatenate((units.starts, ends[read]))
    articles = np.concatenate((units.articles, read))
    order = np.lexsort((places, articles))
    stops = np.concatenate((units.stops, ends[read]))[order]
    places, articles = places[order], articles[order]
    begins = ends - layout.characters.sizes.astype(np.int64)
    is_first = np.concatenate(([True], articles[1:] != articles[:-1]))[: len(articles)]
    after = np.where(is_first, begins[articles], np.concatenate(([0], stops[:-1]))[: len(articles)])
    some = places > after
    return places[some] - after[some], articles[some]


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
        cls, layout: Layout, by_layer: Sequence[_Layer], scope: Sequence[int], apart: Floats
    ) -> "_Continuum":
        readers = layout.read[:, list(scope)].sum(axis=1)
        rows = np.flatnonzero(readers > 1)
        observed = apart[rows] / (readers[rows] - 1)
        read = layout.characters.sizes[rows] * readers[rows]
        head = np.stack((observed, read, np.ones(len(rows))), axis=1)
        layers = [by_layer[i] for i in scope]
        added = (sum(getattr(of, part)[rows] for of in layers) for part in ("terms", "squares", "places"))
        return cls(rows, np.concatenate((head, *added), axis=1))

    def sums(self, weights: Weights) -> Floats:
        """Sum to observed and expected disagreement (without a factor of both), units, articles."""
        sums = weights(self.table, self.rows)
        observed, read, articles, units, cubic, quadratic = sums[:, :6].T
        squares, places = np.split(sums[:, 6:], 2, axis=1)
        chances = (units - 1) / 3 * cubic + (squares * places).sum(axis=1)
        found = divided(observed, read), divided(2 * chances, read * (read - 1) - quadratic)
        return np.stack([*map(np.nan_to_num, found), units, articles], axis=1)
