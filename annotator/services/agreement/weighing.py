"""Sums over articles: each once, or as often as a resample of the bootstrap draws it."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

_AT_ONCE = 4_000_000
"""Weights that stand in memory as floats at a time."""


class Weights:
    """How often each article counts in each resample: resamples x articles.

    Called with what is counted by article (articles x columns), return its sums (resamples x columns).
    `rows` are the articles that the table is of, where it isn't of all. `tick` is called again and again
    meanwhile, and may raise to cancel.
    """

    def __init__(self, counts: NDArray[np.uint8], tick: Callable[[], None]) -> None:
        self._counts, self._tick = counts, tick

    @classmethod
    def once(cls, articles: int, tick: Callable[[], None]) -> "Weights":
        """Count every article once."""
        return cls(np.ones((1, articles), np.uint8), tick)

    @classmethod
    def drawn(cls, articles: int, resamples: int, seed: int, tick: Callable[[], None]) -> "Weights":
        """Draw as many articles as there are, with replacement, for every resample; a seed fixes which."""
        chance = np.random.Generator(np.random.PCG64(seed))
        # No article is drawn 256 times: of fewer there can't be so many draws, of more it never happens.
        counts = np.empty((resamples, articles), np.uint8)
        for i in range(resamples):
            counts[i] = np.bincount(chance.integers(0, articles, articles), minlength=articles)
            tick()
        return cls(counts, tick)

    def __call__(self, table: Floats, rows: Ints | None = None) -> Floats:
        counts = self._counts if rows is None else self._counts[:, rows]
        step = max(1, _AT_ONCE // max(1, counts.shape[1]))
        sums = np.empty((len(counts), table.shape[1]))
        for at in range(0, len(counts), step):
            sums[at : at + step] = counts[at : at + step].astype(np.float64) @ table
            self._tick()
        return sums


def interval(samples: Floats) -> Floats:
    """Return the 2.5th and 97.5th percentile of each column (2 x columns), of what is defined; else nan."""
    ordered = np.sort(samples, axis=0)  # nan goes last
    defined = np.sum(~np.isnan(ordered), axis=0)
    columns = np.arange(ordered.shape[1])
    places = np.array([[0.025], [0.975]]) * np.maximum(defined - 1, 0)
    below = np.floor(places).astype(np.int64)
    above = np.minimum(below + 1, np.maximum(defined - 1, 0))
    low, high = ordered[below, columns], ordered[above, columns]
    return np.asarray(low + (high - low) * (places - below), np.float64)
