"""Krippendorff's alpha of values on a nominal, ordinal or interval scale, from sums over articles.

A unit is a span that two or more annotators have marked and given a value. Each returns observed and
expected disagreement, times a factor that both have: alpha is 1 - observed / expected.
"""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from annotator.services.agreement.layout import totals
from annotator.services.agreement.weighing import Floats, Ints, Weights

Disagreement = Callable[[Weights], Floats]
"""Sum to observed and expected disagreement: resamples x 2."""

AT_ONCE = 4_000_000
"""Counts of categories that stand in memory at a time."""

EXACTNESS = 1e-12
"""Values that differ by less, of how large they are, are the same but for rounding."""


def nominal(codes: Ints, present: NDArray[np.bool_], rows: Ints, articles: int) -> Disagreement:
    """Values are the same or not. `codes` (units x layers) are categories, `rows` the units' articles."""
    values = present.sum(axis=1)
    apart = _of_pairs(codes, present, lambda a, b: (a != b).astype(np.float64)) / (values - 1)
    head = np.stack((totals(rows, values, articles), totals(rows, apart, articles)), axis=1)
    of, category = np.repeat(rows, values), codes[present]

    def disagreement(weights: Weights) -> Floats:
        n, observed = weights(head).T
        return np.stack(((n - 1) * observed, n**2 - _squares(of, category, articles, weights)), axis=1)

    return disagreement


def ordinal(codes: Ints, present: NDArray[np.bool_], rows: Ints, articles: int) -> Disagreement:
    """Values differ by how many values lie between them. `codes` are places on the scale, from 0."""
    values, width = present.sum(axis=1), int(codes.max(initial=0)) + 1
    coincidences = np.zeros((articles, width * width))
    for i in range(codes.shape[1]):
        for j in range(codes.shape[1]):
            both = present[:, i] & present[:, j] & (i != j)
            places = rows[both] * width**2 + codes[both, i] * width + codes[both, j]
            found = totals(places, 1 / (values[both] - 1), articles * width**2)
            coincidences += found.reshape(articles, width * width)

    def disagreement(weights: Weights) -> Floats:
        counted = weights(coincidences).reshape(-1, width, width)
        of_value = counted.sum(axis=2)
        middle = of_value.cumsum(axis=1) - of_value / 2
        apart = (middle[:, :, None] - middle[:, None, :]) ** 2
        observed = (of_value.sum(axis=1) - 1) * (counted * apart).sum(axis=(1, 2))
        return np.stack((observed, np.einsum("rc,rk,rck->r", of_value, of_value, apart)), axis=1)

    return disagreement


def interval(data: Floats, present: NDArray[np.bool_], rows: Ints, articles: int) -> Disagreement:
    """Values differ by the square of their distance. `data` are numbers (units x layers)."""
    values = present.sum(axis=1)
    # Distances are the same from anywhere, and exact from near by.
    near = np.where(present, data - np.median(data[present]) if present.any() else 0.0, 0.0)
    apart = _of_pairs(near, present, lambda a, b: (a - b) ** 2) / (values - 1)
    columns = (values, near.sum(axis=1), (near**2).sum(axis=1), apart)
    table = np.stack([totals(rows, of, articles) for of in columns], axis=1)

    def disagreement(weights: Weights) -> Floats:
        n, total, squares, observed = weights(table).T
        expected = 2 * (n * squares - total**2)
        expected[expected <= EXACTNESS * n * squares] = 0
        return np.stack(((n - 1) * observed, expected), axis=1)

    return disagreement


def _of_pairs(
    data: NDArray[np.float64] | Ints,
    present: NDArray[np.bool_],
    apart: Callable[[NDArray[np.float64], NDArray[np.float64]], Floats],
) -> Floats:
    """Sum the differences of all ordered pairs of layers, unit by unit."""
    total = np.zeros(len(data))
    for i in range(data.shape[1]):
        for j in range(i):
            both = present[:, i] & present[:, j]
            total[both] += 2 * apart(data[both, i], data[both, j])
    return total


def _squares(rows: Ints, categories: Ints, articles: int, weights: Weights) -> Floats:
    """Sum the squares of how often each category comes."""
    found, codes = np.unique(categories, return_inverse=True)
    width = max(1, AT_ONCE // max(1, articles))
    total: Floats = np.zeros(1)
    for at in range(0, len(found), width):
        some = (codes >= at) & (codes < at + width)
        columns = min(width, len(found) - at)
        places = rows[some] * columns + codes[some] - at
        table = totals(places, np.ones(len(places)), articles * columns).reshape(articles, columns)
        total = total + (weights(table) ** 2).sum(axis=1)
    return total
