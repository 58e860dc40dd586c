"""All measures of a corpus, with their intervals."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from annotator.services.agreement import binary, f1, gamma, unitizing, values
from annotator.services.agreement.answers import MEASURES, Agreement, Measured, Pair, Tell
from annotator.services.agreement.corpus import Corpus
from annotator.services.agreement.data import aspects, multiple_choices
from annotator.services.agreement.families import Block, Family, mean
from annotator.services.agreement.layout import Layout
from annotator.services.agreement.matches import ArticleMatches, Matches
from annotator.services.agreement.reasons import ALONE, NO_PAIR, NO_TWO, NOBODY
from annotator.services.agreement.spans import SpanCounts
from annotator.services.agreement.weighing import Floats, Weights, interval
from annotator.services.many_values import many_values


@many_values()
def measured(corpus: Corpus, tell: Tell) -> Agreement:
    """Take all measures of a corpus; the same seed gives the same intervals."""
    asked, articles = corpus.asked, len(corpus.articles)
    if asked.gamma:
        gamma.must_be_there()
    counts, matches = SpanCounts(), Matches(corpus)
    ticks = _Ticks(tell, articles, _blocks(corpus))
    for number, article in enumerate(corpus.articles):
        matched = ArticleMatches(corpus.layers, article, asked.threshold)
        counts.add(corpus.layers, article.marks, matched.overlapping())
        matches.add(number, article, matched)
        ticks.matched()
    resampling = Resampling.of(articles, asked.resamples, asked.seed, ticks.again)
    families = _families(corpus, counts, matches, ticks.again)
    found = [cell for family in families for cell in taken(family, resampling, ticks.taken)]
    if len(corpus.layers) < 2:
        found = [replace(cell, undefined=ALONE if corpus.layers else NOBODY) for cell in found]
    return Agreement(corpus.layers, tuple(a.id for a in corpus.articles), tuple(_in_order(corpus, found)))


def _families(
    corpus: Corpus, counts: SpanCounts, matches: Matches, tick: Callable[[], None]
) -> Iterator[Family]:
    layout = Layout.of(corpus)
    yield f1.family("exact-f1", counts, corpus.pairs, corpus.labels)
    yield f1.family("overlap-f1", counts, corpus.pairs, corpus.labels)
    yield binary.cohen(layout, "token-kappa", layout.tokens)
    yield binary.cohen(layout, "char-kappa", layout.characters)
    yield binary.fleiss(layout)
    yield binary.alpha(layout)
    yield unitizing.alpha_u(layout)
    if corpus.asked.gamma:
        yield gamma.gamma(corpus, tick)
    yield values.alpha(matches)
    yield values.f1(matches)


def _blocks(corpus: Corpus) -> int:
    """Count the blocks of all families."""
    labels = [corpus.scheme.label(label) for label in corpus.labels]
    each = 8 if corpus.asked.gamma else 7
    return 1 + sum(each + len(aspects(label)) + len(multiple_choices(label)) for label in labels)


@dataclass(frozen=True, slots=True)
class Resampling:
    """The articles as they are, and as the bootstrap draws them; None where there is nothing to draw."""

    once: Weights
    drawn: Weights | None

    @classmethod
    def of(cls, articles: int, resamples: int, seed: int, tick: Callable[[], None]) -> "Resampling":
        is_drawn = articles > 1 and resamples > 0
        drawn = Weights.drawn(articles, resamples, seed, tick) if is_drawn else None
        return cls(Weights.once(articles, tick), drawn)


def quiet() -> None:
    """Tell nobody."""


def taken(family: Family, resampling: Resampling, next_step: Callable[[], None]) -> Iterator[Measured]:
    """Take one measure of every label, and of all labels together."""
    pooled = _Pool()
    for block in family.blocks:
        sums = block.sums(resampling.once)[0]
        samples = block.sums(resampling.drawn) if resampling.drawn else None
        yield from _cells(family, block.label, block.attribute, sums, samples, block.support)
        pooled.add(family, block, sums, samples)
        next_step()
    if family.is_pooled and pooled.sums is not None:
        yield from _cells(family, None, None, pooled.sums, pooled.samples, pooled.support)


class _Pool:
    """The parts of all labels that anybody used, added up; of all when nobody used any."""

    def __init__(self) -> None:
        self.sums: Floats | None = None
        self.samples: Floats | None = None
        self.support: list[int] = []
        self._is_used = False

    def add(self, family: Family, block: Block, sums: Floats, samples: Floats | None) -> None:
        is_used = family.is_used(sums)
        if self.sums is None or (is_used and not self._is_used):
            self.sums, self.samples, self.support = sums, samples, list(block.support)
        elif is_used:
            self.sums = self.sums + sums
            if self.samples is not None and samples is not None:
                self.samples = self.samples + samples
            self.support = [max(both) for both in zip(self.support, block.support, strict=True)]
        self._is_used = self._is_used or is_used


def _cells(
    family: Family,
    label: str | None,
    attribute: str | None,
    sums: Floats,
    samples: Floats | None,
    support: Sequence[int],
) -> Iterator[Measured]:
    """Turn the parts of all scopes into cells; the mean over pairs comes first where there is one."""
    values = family.value(sums)
    drawn = None if samples is None else family.value(samples)
    counted = [round(float(of[family.n])) for of in sums]
    reasons = [family.why(of, label is None) for of in sums]
    scopes = list(family.scopes)
    if family.is_mean:
        scopes, counted = [None, *scopes], [sum(counted), *counted]
        reasons, support = [_shared(reasons), *reasons], [max(support, default=0), *support]
        values = np.append(mean(values), values)
        drawn = None if drawn is None else np.column_stack((mean(drawn), drawn))
    bounds = np.full((2, len(scopes)), np.nan) if drawn is None else interval(drawn)
    for at, scope in enumerate(scopes):
        low, high = bounds[:, at].tolist() if support[at] > 1 else (np.nan, np.nan)
        found = float(values[at]), low, high
        yield _cell(family.measure, label, scope, attribute, found, counted[at], reasons[at])


def _cell(
    measure: str,
    label: str | None,
    pair: Pair | None,
    attribute: str | None,
    found: tuple[float, float, float],
    n: int,
    reason: str,
) -> Measured:
    value, low, high = (None if np.isnan(one) else one for one in found)
    if value is None:
        return Measured(measure, label, pair, None, None, None, n, reason, attribute)
    return Measured(measure, label, pair, value, low, high, n, "", attribute)


def _shared(reasons: list[str]) -> str:
    """Return the reason why no pair has a value: one that has read the same articles knows best."""
    if not reasons:
        return NO_TWO
    return next((reason for reason in reasons if reason != NO_PAIR), NO_TWO)


def _in_order(corpus: Corpus, found: list[Measured]) -> list[Measured]:
    measures = {measure: at for at, measure in enumerate(MEASURES)}
    labels = {label: at for at, label in enumerate((None, *corpus.labels))}
    return sorted(found, key=lambda cell: (measures[cell.measure], labels[cell.label]))


class _Ticks:
    """Tells how far the measures are, in articles: matching them takes about as long as all blocks."""

    def __init__(self, tell: Tell, articles: int, blocks: int) -> None:
        self._tell, self._articles, self._blocks = tell, articles, blocks
        self._matched = self._taken = 0

    def again(self) -> None:
        part = self._articles * self._taken // max(1, self._blocks)
        self._tell(self._matched + part, 2 * self._articles)

    def matched(self) -> None:
        self._matched += 1
        self.again()

    def taken(self) -> None:
        self._taken += 1
        self.again()
