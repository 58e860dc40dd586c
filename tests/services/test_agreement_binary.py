"""Cohen, Fleiss and Krippendorff on tokens and characters: beside other libraries and textbooks."""

import random
import warnings

import krippendorff
import numpy as np
import pytest
from agreement_values import LABELS, article, corpora, corpus, decided, mark, quiet, tokens_of, value
from hypothesis import given, settings
from nltk.metrics.agreement import AnnotationTask
from sklearn.metrics import cohen_kappa_score

from annotator.services.agreement import measured

PAIR = ("ann", "bob")


def both(of, pair, label, unit="tokens"):
    """The decisions of two layers where both have read."""
    rows = zip(*(tokens_of(of, layer, label, unit) for layer in pair), strict=True)
    return [row for row in rows if None not in row]


def reliability(of, layers, label):
    """Tokens as units, unread as missing."""
    rows = [tokens_of(of, layer, label) for layer in layers]
    data = np.array([[np.nan if v is None else float(v) for v in row] for row in rows], float)
    return data[:, np.sum(~np.isnan(data), axis=0) > 1]


@settings(deadline=None, max_examples=40)
@given(corpora())
def test_kappa_is_that_of_scikit_learn(of):
    found = measured(of, quiet)
    for measure, unit in (("token-kappa", "tokens"), ("char-kappa", "characters")):
        for pair in of.pairs:
            for label in LABELS:
                rows = both(of, pair, label, unit)
                cell = found.cell(measure, label, pair)
                one, other = [row[0] for row in rows], [row[1] for row in rows]
                if len({*one, *other}) < 2:
                    assert cell.value is None
                    assert cell.undefined
                else:
                    assert cell.value == pytest.approx(cohen_kappa_score(one, other))
                    assert cell.n == len(rows)


@settings(deadline=None, max_examples=40)
@given(corpora())
def test_alpha_is_that_of_krippendorff_also_where_not_everybody_has_read(of):
    found = measured(of, quiet)
    for pair in (None, *of.pairs):
        for label in LABELS:
            data = reliability(of, pair or of.layers, label)
            cell = found.cell("alpha", label, pair)
            if len(np.unique(data[~np.isnan(data)])) < 2:
                assert cell.value is None
                assert cell.undefined
            else:
                expected = krippendorff.alpha(reliability_data=data, level_of_measurement="nominal")
                assert cell.value == pytest.approx(expected)


@settings(deadline=None, max_examples=40)
@given(corpora(everybody=True))
def test_fleiss_and_alpha_are_those_of_nltk(of):
    found = measured(of, quiet)
    for label in LABELS:
        rows = {layer: tokens_of(of, layer, label) for layer in of.layers}
        if len({decision for row in rows.values() for decision in row}) < 2:
            continue
        task = AnnotationTask([(who, at, says) for who, row in rows.items() for at, says in enumerate(row)])
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            pi, alpha = task.pi(), task.alpha()
        assert found.cell("fleiss-kappa", label).value == pytest.approx(pi)
        assert found.cell("alpha", label).value == pytest.approx(alpha)


@settings(deadline=None, max_examples=40)
@given(corpora())
def test_all_labels_together_pool_the_decisions_on_every_label_that_is_used(of):
    used = [
        label for label in LABELS if any(True in row for pair in of.pairs for row in both(of, pair, label))
    ]
    rows = [row for label in used for row in both(of, PAIR, label)]
    found = measured(of, quiet).cell("token-kappa", None, PAIR)
    if len({decision for row in rows for decision in row}) > 1:
        expected = cohen_kappa_score([row[0] for row in rows], [row[1] for row in rows])
        assert found.value == pytest.approx(expected)
    else:
        assert found.value is None


def test_the_mean_over_pairs_leaves_out_what_is_not_defined():
    marks = {"ann": [mark("1", "claim", (0, 5))], "bob": [mark("2", "claim", (0, 4))]}
    of = corpus(article("a", 20, marks), layers=("ann", "bob", "eve"))
    cell = measured(of, quiet).cell("token-kappa", "claim")
    assert cell.value == measured(of, quiet).cell("token-kappa", "claim", PAIR).value
    assert measured(of, quiet).cell("token-kappa", "claim", ("ann", "eve")).undefined


def test_artstein_and_poesio_2008_table_2():
    """Kappa 0.348 and pi 0.341 of 100 utterances; Krippendorff's alpha differs by 1/200."""
    one = [1] * 20 + [1] * 20 + [0] * 10 + [0] * 50
    other = [1] * 20 + [0] * 20 + [1] * 10 + [0] * 50
    of = decided({"a": one, "b": other})
    assert value(of, "token-kappa", "claim") == pytest.approx(0.348, abs=5e-4)
    assert value(of, "fleiss-kappa", "claim") == pytest.approx(0.341, abs=5e-4)


def test_krippendorff_2004_two_observers_of_ten_articles():
    """Alpha is 0.095 for Jon and Han."""
    of = decided({"jon": [1, 1, 0, 0, 0, 0, 0, 0, 0, 0], "han": [0, 1, 1, 0, 0, 1, 0, 1, 0, 0]})
    assert value(of, "alpha", "claim") == pytest.approx(0.095, abs=5e-4)


FLEISS = """
00060 03003 01401 00006 03030 20400 00402 20310 20040 00006 10050 11040 03300 10050 02031
00501 30012 51000 02040 10203 00006 01050 02013 20040 10041 05010 40002 02040 10500 00006
"""


def test_fleiss_1971_thirty_patients_and_six_psychiatrists():
    """Table 2: depression, personality disorder, schizophrenia, neurosis, other."""
    for category, expected in enumerate((0.245, 0.245, 0.520, 0.471, 0.566)):
        counts = [int(row[category]) for row in FLEISS.split()]
        rows = {f"r{rater}": [n > rater for n in counts] for rater in range(6)}
        assert value(decided(rows), "fleiss-kappa", "claim") == pytest.approx(expected, abs=5e-4)


def test_kappa_nears_f1_as_what_nobody_marks_grows():
    """Hripcsak and Rothschild 2005: with ever more negatives, kappa becomes F1, here 2/3."""
    marks = {"a": [mark("1", "claim", (0, 10))], "b": [mark("2", "claim", (5, 10))]}
    near = [value(corpus(article("x", size, marks)), "char-kappa", "claim") for size in (20, 200, 20_000)]
    assert near == sorted(near)
    assert near[-1] == pytest.approx(2 / 3, abs=1e-3)


def test_missing_every_nested_quote_is_no_perfect_agreement():
    outer = [(at, at + 30) for at in range(0, 200, 50)]
    nested = [(start + 5, start + 15) for start, _ in outer]
    marks = {
        "a": [mark(f"a{p}", "claim", p) for p in outer] + [mark(f"n{p}", "quote", p) for p in nested],
        "b": [mark(f"b{p}", "claim", p) for p in outer],
    }
    found = measured(corpus(article("x", 200, marks)), quiet)
    assert found.cell("token-kappa", "claim").value == 1
    for measure in ("token-kappa", "char-kappa", "fleiss-kappa", "alpha", "alpha-u"):
        assert found.cell(measure, "quote").value <= 0
        assert found.cell(measure).value < 0.9


def test_nested_spans_of_one_label_are_one_yes():
    inside = {
        "a": [mark("1", "claim", (0, 20)), mark("2", "claim", (5, 10))],
        "b": [mark("3", "claim", (0, 20))],
    }
    assert value(corpus(article("x", 40, inside)), "token-kappa", "claim") == 1


def test_random_annotators_agree_by_chance_only():
    chance = random.Random(7)
    articles = []
    for number in range(150):
        marks = {}
        for layer in ("ann", "bob", "eve"):
            starts = [chance.randrange(900) for _ in range(9)]
            marks[layer] = [
                mark(f"{number}{layer}{at}", chance.choice(LABELS), (start, start + chance.randrange(5, 90)))
                for at, start in enumerate(starts)
            ]
        articles.append(article(str(number), 1000, marks))
    found = measured(corpus(*articles, resamples=200), quiet)
    for measure in ("token-kappa", "char-kappa", "fleiss-kappa", "alpha", "alpha-u"):
        for label in (None, *LABELS):
            cell = found.cell(measure, label)
            assert abs(cell.value) < 0.05, cell
            if label:
                assert cell.low < 0.02, cell


def test_emoji_and_arabic_are_tokens_like_others():
    from annotator.formats.parts.tokenizing import token_edges, tokens

    text = "قال كيري: الهدنة لم تمت 🕊️👩‍👩‍👧 said Kerry."
    assert list(token_edges(text)) == [edge for token in tokens(text) for edge in (token.start, token.stop)]
    family = text.index("👩")
    marks = {"a": [mark("1", "claim", (family, family + 1))], "b": [mark("2", "claim", (family, family + 5))]}
    of = corpus(article("x", len(text), marks, [(t.start, t.stop) for t in tokens(text)]))
    assert value(of, "token-kappa", "claim") == 1
    assert value(of, "char-kappa", "claim") < 1
