"""How a measure is put together: what is counted of each article, and how values follow from the sums."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from annotator.services.agreement.answers import Pair
from annotator.services.agreement.weighing import Floats, Weights

Sums = Callable[[Weights], Floats]
"""Sum what a measure needs: resamples x scopes x parts. Parts of several labels add up."""


@dataclass(frozen=True, slots=True)
class Block:
    """What is counted for one label, or for one attribute of it; for all labels, where they don't add up.

    `support` says of each scope how many articles say anything of it: from fewer than two, nobody can tell
    how much it would vary.
    """

    label: str | None
    sums: Sums
    support: Sequence[int]
    attribute: str | None = None


@dataclass(frozen=True, slots=True)
class Family:
    """One measure with all its labels and scopes: pairs of layers, or None for all layers together.

    `value` turns parts into a value: (…, scopes, parts) to (…, scopes), nan where it isn't defined; `n`
    is the part that counts what was compared, `used` one that is 0 where nobody used a label, and `why`
    gives the reason where there is no value. With `is_mean`, the value for all layers together is the mean
    over the pairs.
    """

    measure: str
    scopes: Sequence[Pair | None]
    blocks: Iterator[Block]
    value: Callable[[Floats], Floats]
    n: int
    why: Callable[[Floats, bool], str]
    used: int
    is_mean: bool = False
    is_pooled: bool = True
    """Whether the labels are also taken together, by adding their parts."""

    def is_used(self, sums: Floats) -> bool:
        """Say whether anybody used the label whose parts these are (scopes x parts)."""
        return bool(np.any(sums[..., self.used]))


def summing(table: Floats) -> Sums:
    """Sum a table of articles x scopes x parts."""
    articles, scopes, parts = table.shape
    flat = table.reshape(articles, scopes * parts)

    def sums(weights: Weights) -> Floats:
        found = weights(flat)
        return found.reshape(len(found), scopes, parts)

    return sums


def mean(values: Floats) -> Floats:
    """Return the mean over the last axis of what is defined; nan where nothing is."""
    defined = ~np.isnan(values)
    count = defined.sum(axis=-1)
    total = np.where(defined, values, 0.0).sum(axis=-1)
    return divided(total, count.astype(np.float64))


def divided(one: Floats, other: Floats) -> Floats:
    """Divide, nan where the divisor is 0."""
    quotients = np.full(np.broadcast(one, other).shape, np.nan)
    np.divide(one, other, out=quotients, where=other != 0)
    return quotients
