"""Chance-corrected agreement on tokens and characters: is it marked with a label, yes or no?

Everything follows from how much each layer marked, and how much each two layers marked both: nobody has to
go through the tokens one by one.
"""

import numpy as np

from annotator.services.agreement.families import Block, Family, divided, summing
from annotator.services.agreement.layout import Layout, Ruler
from annotator.services.agreement.reasons import FULL, NO_PAIR, NO_TWO, NOT_ALL, UNMARKED, UNUSED
from annotator.services.agreement.weighing import Floats


class Marked:
    """How much of each article is marked with a label, by whom, and by which two.

    `by_layer` is articles x layers, `by_both` articles x pairs. Who has not read an article marked nothing.
    """

    def __init__(self, layout: Layout, ruler: Ruler, label: str) -> None:
        layers, n = layout.corpus.layers, layout.articles
        units = [ruler.of(layout.units(label, layer)) for layer in layers]
        one, other = np.triu_indices(len(layers), 1)
        self.by_layer = _columns([of.sizes(n) for of in units], n)
        self.by_both = _columns([units[i].shared(units[j], n) for i, j in zip(one, other, strict=True)], n)


def cohen(layout: Layout, measure: str, ruler: Ruler) -> Family:
    """Return Cohen's kappa (1960) of each pair; together it is their mean (Light 1971)."""
    blocks = (_cohen_block(layout, ruler, label) for label in layout.corpus.labels)
    pairs = layout.corpus.pairs
    return Family(measure, pairs, blocks, cohens_kappa, 0, _cohen_why, used=4, is_mean=True)


def fleiss(layout: Layout) -> Family:
    """Return Fleiss' kappa (1971) of the tokens of articles that all layers have read."""
    blocks = (_fleiss_block(layout, label) for label in layout.corpus.labels)
    return Family("fleiss-kappa", (None,), blocks, fleiss_kappa, 0, _fleiss_why, used=2)


def alpha(layout: Layout) -> Family:
    """Return Krippendorff's nominal alpha of tokens, for whoever has read an article, and of each pair."""
    scopes = (None, *layout.corpus.pairs)
    blocks = (_alpha_block(layout, label) for label in layout.corpus.labels)
    return Family("alpha", scopes, blocks, nominal_alpha, 0, _alpha_why, used=2)


def cohens_kappa(sums: Floats) -> Floats:
    """Return kappa from (…, [all, marked by one, by the other, by both, …])."""
    n, one, other, both, _ = np.moveaxis(sums, -1, 0)
    # Of disagreements, as what is expected by chance is then exactly 0 where there is one category only.
    return 1 - divided(n * (one + other - 2 * both), one * (n - other) + other * (n - one))


def fleiss_kappa(sums: Floats) -> Floats:
    """Return kappa from (…, [all, decisions, marked, disagreeing pairs of layers / pairs])."""
    n, decisions, marked, disagreeing = np.moveaxis(sums, -1, 0)
    share = divided(marked, decisions)
    by_chance = 2 * share * (1 - share)
    return 1 - divided(divided(disagreeing, n), by_chance)


def nominal_alpha(sums: Floats) -> Floats:
    """Return alpha from (…, [all, decisions, marked, disagreeing ordered pairs / (layers - 1)])."""
    _, decisions, marked, disagreeing = np.moveaxis(sums, -1, 0)
    return 1 - divided(disagreeing * (decisions - 1), 2 * marked * (decisions - marked))


def _cohen_block(layout: Layout, ruler: Ruler, label: str) -> Block:
    marked, both = Marked(layout, ruler, label), layout.both()
    one, other = np.triu_indices(len(layout.corpus.layers), 1)
    by_one, by_other = marked.by_layer[:, one], marked.by_layer[:, other]
    sizes = np.broadcast_to(ruler.sizes[:, None], both.shape)
    table = np.stack((sizes, by_one, by_other, marked.by_both, by_one + by_other), axis=-1)
    return _block(label, table * both[..., None], used=4)


def _fleiss_block(layout: Layout, label: str) -> Block:
    marked, m = Marked(layout, layout.tokens, label), len(layout.corpus.layers)
    by_all = layout.read.sum(axis=1) == max(2, m)
    sizes = layout.tokens.sizes
    yes = marked.by_layer.sum(axis=1)
    apart = m * yes - yes - 2 * marked.by_both.sum(axis=1)
    table = np.stack([sizes, m * sizes, yes, apart / max(1, m * (m - 1) / 2)], axis=-1)
    return _block(label, (table * by_all[:, None])[:, None], used=2)


def _alpha_block(layout: Layout, label: str) -> Block:
    marked, both = Marked(layout, layout.tokens, label), layout.both()
    one, other = np.triu_indices(len(layout.corpus.layers), 1)
    by_one, by_other = marked.by_layer[:, one] * both, marked.by_layer[:, other] * both
    of_pairs = (2.0 * both, by_one + by_other, marked.by_both * both)
    together = (layout.read.sum(axis=1), marked.by_layer.sum(axis=1), marked.by_both.sum(axis=1))
    readers, yes, shared = (
        np.concatenate((of_all[:, None], of_pair), axis=1)
        for of_all, of_pair in zip(together, of_pairs, strict=True)
    )
    return _block(label, _alpha_table(layout.tokens.sizes[:, None], readers, yes, shared), used=2)


def _alpha_table(sizes: Floats, readers: Floats, yes: Floats, shared: Floats) -> Floats:
    """Count what `nominal_alpha` needs; a token that k of m layers marked has k · (m - k) pairs apart."""
    pairable = readers > 1
    apart = (readers - 1) * yes - 2 * shared
    columns = (sizes + 0 * readers, sizes * readers, yes, divided(2 * apart, readers - 1))
    return np.where(pairable[..., None], np.stack(columns, axis=-1), 0.0)


def _block(label: str, table: Floats, used: int) -> Block:
    """Sum a table; the articles that say anything are those where somebody used the label."""
    return Block(label, summing(table), np.count_nonzero(table[..., used], axis=0).tolist())


def _columns(columns: list[Floats], n: int) -> Floats:
    return np.stack(columns, axis=1) if columns else np.zeros((n, 0))


def _cohen_why(sums: Floats, pooled: bool) -> str:
    if not sums[0]:
        return NO_PAIR
    if not sums[4]:
        return UNMARKED if pooled else UNUSED
    return FULL


def _fleiss_why(sums: Floats, pooled: bool) -> str:
    if not sums[0]:
        return NOT_ALL
    return _alpha_why(sums, pooled)


def _alpha_why(sums: Floats, pooled: bool) -> str:
    if not sums[0]:
        return NO_TWO
    if not sums[2]:
        return UNMARKED if pooled else UNUSED
    return FULL
