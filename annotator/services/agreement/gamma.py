"""γ (Mathet, Widlöcher and Métivier 2015): one measure of where units are and what they are called.

It aligns the units of all annotators and weighs what it takes against random ones; pygamma-agreement does it,
and takes long.
"""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np

from annotator.formats.extras import missing
from annotator.services.agreement.corpus import ArticleMarks, Corpus
from annotator.services.agreement.families import Block, Family, divided, summing
from annotator.services.agreement.reasons import NO_TWO, UNMARKED, UNUSED
from annotator.services.agreement.weighing import Floats
from annotator.services.errors import Refused

ARTICLES, UNITS, OBSERVED, EXPECTED = range(4)


def must_be_there() -> None:
    """Refuse γ where its library is missing."""
    if how := missing(["pygamma_agreement"]):
        raise Refused(f"γ needs the library pygamma-agreement; {how}")


def gamma(corpus: Corpus, tick: Callable[[], None]) -> Family:
    """Return γ of all layers, for whoever has read an article: of all labels, and of each by itself."""
    labels = (None, *corpus.labels)
    blocks = (_block(corpus, label, tick) for label in labels)
    return Family("gamma", (None,), blocks, _value, UNITS, _why, UNITS, is_pooled=False)


def _value(sums: Floats) -> Floats:
    return 1 - divided(sums[..., OBSERVED], sums[..., EXPECTED])


def _why(sums: Floats, pooled: bool) -> str:
    if not sums[ARTICLES]:
        return NO_TWO
    return UNMARKED if pooled else UNUSED


def _block(corpus: Corpus, label: str | None, tick: Callable[[], None]) -> Block:
    table = np.zeros((len(corpus.articles), 1, 4))
    for number, article in enumerate(corpus.articles):
        if len(article.marks) > 1:
            table[number, 0] = _disorder(article, label, corpus.asked.seed)
        tick()
    return Block(label, summing(table), [int(np.count_nonzero(table[:, 0, UNITS]))])


def _disorder(article: ArticleMarks, label: str | None, seed: int) -> tuple[float, float, float, float]:
    """Return 1, the units of an article, and their observed and expected disorder, summed over units."""
    from pyannote.core import Segment
    from pygamma_agreement import CombinedCategoricalDissimilarity, Continuum

    continuum, units = Continuum(), 0
    for layer, marks in article.marks.items():
        continuum.add_annotator(layer)
        for mark in marks:
            for fragment in mark.fragments if label in (None, mark.label) else ():
                continuum.add(layer, Segment(fragment.start, fragment.stop), mark.label)
                units += 1
    if not units:
        return 1.0, 0.0, 0.0, 0.0
    with _seeded(seed):
        found: Any = continuum.compute_gamma(CombinedCategoricalDissimilarity())
    each = units / len(article.marks)
    return 1.0, float(units), found.observed_disorder * each, found.expected_disorder * each


@contextmanager
def _seeded(seed: int) -> Iterator[None]:
    """Fix what numpy draws for the library, and keep its remarks on solvers to itself."""
    before, deaf = np.random.get_state(), logging.NullHandler()
    np.random.seed(seed % 2**32)
    logging.root.addHandler(deaf)
    try:
        yield
    finally:
        logging.root.removeHandler(deaf)
        np.random.set_state(before)
