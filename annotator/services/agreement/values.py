"""Agreement on the values of spans that match: alpha, and F1 where several may be chosen."""

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from annotator.model.scheme import Attribute
from annotator.services.agreement import scales
from annotator.services.agreement.data import UNSTATED, Aspect, Level, aspects, chosen, multiple_choices
from annotator.services.agreement.families import Block, Family, divided, summing
from annotator.services.agreement.layout import totals
from annotator.services.agreement.matches import Matches, Scope
from annotator.services.agreement.reasons import NO_MATCH, NO_TWO, NO_VALUE, ONE_VALUE
from annotator.services.agreement.weighing import Floats, Ints, Weights

MATCHED, STATED, OBSERVED, EXPECTED = range(4)
AGREEING, CHOSEN = OBSERVED, EXPECTED
"""What is counted: matched spans, values stated, and what agreement follows from: disagreement that was
observed and is expected; choices on which both agree, on both sides, and all choices of both."""

_SCALES: Mapping[Level, Callable[..., scales.Disagreement]] = {
    "nominal": scales.nominal,
    "ordinal": scales.ordinal,
    "interval": scales.interval,
}


def alpha(matches: Matches) -> Family:
    """Return Krippendorff's alpha of values, of all layers and of each pair."""
    blocks = (
        _alpha_block(matches, label, aspect)
        for label in matches.labels
        for aspect in aspects(matches.corpus.scheme.label(label))
    )
    return Family(
        "value-alpha", matches.scopes, blocks, _alpha, MATCHED, _why(matches), MATCHED, is_pooled=False
    )


def f1(matches: Matches) -> Family:
    """Return F1 of multiple choices, of each pair, and their mean."""
    blocks = (
        _f1_block(matches, label, attribute)
        for label in matches.labels
        for attribute in multiple_choices(matches.corpus.scheme.label(label))
    )
    pairs = matches.corpus.pairs
    return Family(
        *("value-f1", pairs, blocks, _f1, MATCHED, _why(matches), MATCHED), is_mean=True, is_pooled=False
    )


def _alpha(sums: Floats) -> Floats:
    return 1 - divided(sums[..., OBSERVED], sums[..., EXPECTED])


def _f1(sums: Floats) -> Floats:
    return divided(sums[..., AGREEING], sums[..., CHOSEN])


def _why(matches: Matches) -> Callable[[Floats, bool], str]:
    no_reading = not any(len(article.marks) > 1 for article in matches.corpus.articles)

    def why(sums: Floats, _pooled: bool) -> str:
        if no_reading:
            return NO_TWO
        if not sums[MATCHED]:
            return NO_MATCH
        return ONE_VALUE if sums[STATED] else NO_VALUE

    return why


def _alpha_block(matches: Matches, label: str, aspect: Aspect) -> Block:
    data, present, stated = _data(matches, label, aspect)
    scopes = [_Scope(matches, scope, label, aspect.level, data, present, stated) for scope in matches.scopes]
    return Block(
        label,
        lambda weights: np.stack([of.sums(weights) for of in scopes], axis=1),
        [of.support for of in scopes],
        aspect.name,
    )


def _data(
    matches: Matches, label: str, aspect: Aspect
) -> tuple[Ints | Floats, NDArray[np.bool_], NDArray[np.bool_]]:
    """Return the values of a label's spans as numbers, whether they have one, and whether one was stated."""
    entities = matches.corpus.entities
    values = aspect.data((mark.attributes for mark in matches.marks[label]), entities)
    present = np.array([value is not None for value in values], np.bool_)
    stated = np.array([value not in (None, UNSTATED) for value in values], np.bool_)
    if aspect.level == "interval":
        return np.array([value or 0.0 for value in values], np.float64), present, stated
    codes: dict[Any, int] = {}
    if aspect.level == "ordinal":
        codes = {at: at for at in range(len(aspect.attribute.values))}
    return np.array([codes.setdefault(value, len(codes)) for value in values], np.int64), present, stated


class _Scope:
    """The matched spans of some layers, with their values: those that have values of two or more."""

    def __init__(
        self,
        matches: Matches,
        scope: Scope,
        label: str,
        level: Level,
        data: Ints | Floats,
        present: NDArray[np.bool_],
        stated: NDArray[np.bool_],
    ) -> None:
        width = len(matches.corpus.layers) if scope is None else 2
        found = matches.rows(scope, label)
        marks = np.array(found, np.int64).reshape(len(found), width)
        rows = np.array(matches.numbers(scope, label), np.int64)
        # The last one stands for a mark that isn't there.
        has = np.append(present, False)[marks]
        some = has.sum(axis=1) > 1
        marks, rows, has = marks[some], rows[some], has[some]
        counted = np.append(stated, False)[marks].sum(axis=1)
        columns = (np.ones_like(rows), counted)
        self._head = np.stack([totals(rows, of, matches.articles) for of in columns], axis=1)
        self._apart = _SCALES[level](np.append(data, 0)[marks], has, rows, matches.articles)
        self.support = len(np.unique(rows))

    def sums(self, weights: Weights) -> Floats:
        return np.concatenate((weights(self._head), self._apart(weights)), axis=1)


def _f1_block(matches: Matches, label: str, attribute: Attribute) -> Block:
    sets = [chosen(attribute, mark.attributes) for mark in matches.marks[label]]
    pairs = matches.corpus.pairs
    table = np.zeros((matches.articles, len(pairs), 4))
    for at, pair in enumerate(pairs):
        for number, (i, j) in zip(matches.numbers(pair, label), matches.rows(pair, label), strict=True):
            one, other = sets[i], sets[j]
            both = len(one) + len(other)
            table[number, at] += 1, both, 2 * len(one & other), both
    return Block(label, summing(table), np.count_nonzero(table[..., CHOSEN], axis=0).tolist(), attribute.name)
