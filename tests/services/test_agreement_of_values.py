"""Agreement on the values of matched spans: beside other libraries and textbooks."""

import krippendorff
import numpy as np
import pytest
from agreement_values import SCHEME, article, corpus, mark, quiet, value, valued
from hypothesis import given, settings
from hypothesis import strategies as st
from nltk.metrics.agreement import AnnotationTask

from annotator.services.agreement import measured, passages
from annotator.services.agreement.data import aspects

KRIPPENDORFF_1980 = """
1 2 3 3 2 1 4 1 2 . . .
1 2 3 3 2 2 4 1 2 5 . 3
. 3 3 3 2 3 4 2 2 5 1 .
1 2 3 3 2 4 4 1 2 5 1 .
"""
HAYES = """
112.2 1101. 2333. .00.0 000.0 000.0 102.1 1.20. 222.2 2111. .100. 0000. 1222. 33223 111.1 111.1 212.2
1233. 1101. 000.0 0011. 00.00 2333. 0000. 12.22 0111. 00010 1212. 1122. 112.2 110.0 2121. 22.22 3222.
222.2 223.2 222.2 22.12 2222. 111.1
"""


def krippendorff_1980():
    return [[None if v == "." else v for v in row.split()] for row in KRIPPENDORFF_1980.split("\n") if row]


def hayes():
    return [[None if v == "." else v for v in row] for row in zip(*HAYES.split(), strict=True)]


def as_numbers(rows):
    return [[None if v is None else int(v) for v in row] for row in rows]


def library(rows, level, places=None):
    data = [[np.nan if v is None else float((places or {}).get(v, v)) for v in row] for row in rows]
    return krippendorff.alpha(reliability_data=data, level_of_measurement=level)


def test_krippendorff_1980_four_observers_of_twelve_units():
    """Nominal 0.743, interval 0.849."""
    rows = krippendorff_1980()
    assert value(valued(rows, "type"), "value-alpha", "claim", None, "type") == pytest.approx(0.743, abs=5e-4)
    of = valued(as_numbers(rows), "degree")
    assert value(of, "value-alpha", "claim", None, "degree") == pytest.approx(0.849, abs=5e-4)
    of = valued(rows, "tone")
    assert value(of, "value-alpha", "claim", None, "tone") == pytest.approx(0.815, abs=5e-4)


def test_hayes_and_krippendorff_2007_five_observers_of_forty_articles():
    """Ordinal 0.7598, nominal 0.477, interval 0.757."""
    rows = hayes()
    assert value(valued(rows, "tone"), "value-alpha", "claim", None, "tone") == pytest.approx(
        0.7598, abs=5e-5
    )
    of = valued(rows, "words")
    assert value(of, "value-alpha", "claim", None, "words") == pytest.approx(0.477, abs=5e-4)
    of = valued(as_numbers(rows), "degree")
    assert value(of, "value-alpha", "claim", None, "degree") == pytest.approx(0.757, abs=5e-4)


def test_artstein_and_poesio_2008_table_of_a_hundred_utterances():
    """Agreement 0.88, of which alpha takes 1/200 of what is expected less than Scott's pi of 0.7995."""
    counts = {("1", "1"): 46, ("2", "1"): 6, ("2", "2"): 32, ("2", "3"): 6, ("3", "3"): 10}
    rows = list(zip(*(pair for pair, n in counts.items() for _ in range(n)), strict=True))
    found = value(valued(rows, "type"), "value-alpha", "claim", None, "type")
    assert found == pytest.approx(1 - (1 - 0.7995) * 199 / 200, abs=5e-5)
    triples = [(who, at, says) for who, row in enumerate(rows) for at, says in enumerate(row)]
    assert found == pytest.approx(AnnotationTask(triples).alpha())


rows_of = st.integers(2, 12).flatmap(
    lambda units: st.lists(
        st.lists(st.one_of(st.none(), st.sampled_from("012345")), min_size=units, max_size=units),
        min_size=2,
        max_size=4,
    )
)


@settings(deadline=None, max_examples=60)
@given(rows_of, st.sampled_from(["nominal", "ordinal", "interval"]))
def test_alpha_of_values_is_that_of_krippendorff(rows, level):
    attribute = {"nominal": "words", "ordinal": "tone", "interval": "degree"}[level]
    of = valued(as_numbers(rows) if level == "interval" else rows, attribute)
    cell = measured(of, quiet).cell("value-alpha", "claim", None, attribute)
    pairable = [unit for unit in zip(*rows, strict=True) if sum(v is not None for v in unit) > 1]
    if len({v for unit in pairable for v in unit} - {None}) < 2:
        assert cell.value is None
        assert cell.undefined
    else:
        assert cell.value == pytest.approx(library(rows, level))
        assert cell.n == len(pairable)


def two(one, other, attribute="type", **more):
    return valued([one, other], attribute, **more)


def cell(of, attribute, measure="value-alpha"):
    return measured(of, quiet).cell(measure, "claim", None, attribute)


def test_a_value_left_empty_is_a_category_of_its_own_but_no_number():
    assert cell(two(["1", "1", "2"], ["1", "1", ""]), "type").value < 1
    assert cell(two([1, 2, 3], [1, 2, ""], "degree"), "degree").n == 2
    empty = cell(two(["", ""], ["", ""]), "type")
    assert (empty.value, empty.undefined) == (None, "nobody stated a value")


def test_what_is_not_defined_is_said_with_its_reason():
    same = cell(two(["1", "1"], ["1", "1"]), "type")
    assert (same.value, same.undefined) == (None, "all stated the same value: there is one category only")
    apart = {"a": [mark("1", "claim", (0, 5), type="1")], "b": [mark("2", "claim", (10, 15), type="1")]}
    assert cell(corpus(article("x", 20, apart)), "type").undefined == "no spans match that have a value"
    assert cell(corpus(), "type").undefined


def test_merged_entities_are_the_same():
    assert cell(two(["old", "other", "other"], ["new", "other", "other"], "who"), "who").value == 1
    assert cell(two(["old", "other", "other"], ["third", "other", "other"], "who"), "who").value < 1


def test_figures_are_compared_by_low_best_and_high():
    def figure(low, best, high):
        return {"words": "", "qualifier": "about", "low": low, "best": best, "high": high}

    of = two([figure(9, 9, None), figure(3, 5, 7)], [figure(9, 10, None), figure(3, 4, 9)], "count")
    assert cell(of, "count:low").value == 1
    assert cell(of, "count:best").value == pytest.approx(library([[9, 5], [10, 4]], "interval"))
    assert cell(of, "count:high").n == 1
    assert cell(of, "count:low").n == 2


def test_dates_are_as_far_apart_as_days():
    of = two(["2016-09-20", "2016-01-01", "2016"], ["2016-09-21", "2016-01", "2016-07-01/2016-07-03"], "day")
    days = [[264, 1, 183.5], [265, 16, 184]]
    assert cell(of, "day").value == pytest.approx(library(days, "interval"))


def test_flags_are_two_categories():
    of = two([True, True, False, False], [True, False, False, False], "sure")
    assert cell(of, "sure").value == pytest.approx(library([[1, 1, 0, 0], [1, 0, 0, 0]], "nominal"))


def test_large_numbers_are_as_exact_as_small_ones():
    small = cell(two([1, 2, 3, 9], [1, 3, 3, 8], "degree"), "degree").value
    large = cell(
        two(
            [10**9 + 1, 10**9 + 2, 10**9 + 3, 10**9 + 9],
            [10**9 + 1, 10**9 + 3, 10**9 + 3, 10**9 + 8],
            "degree",
        ),
        "degree",
    )
    assert large.value == pytest.approx(small, abs=1e-9)


def test_f1_of_multiple_choices():
    of = two([["a", "b"], ["c"], []], [["a"], ["b"], []], "roles")
    assert cell(of, "roles", "value-f1").value == pytest.approx(2 * 1 / (3 + 2))
    assert cell(of, "roles", "value-f1").n == 3
    nothing = cell(two([[], []], [[], []], "roles"), "roles", "value-f1")
    assert (nothing.value, nothing.undefined) == (None, "nobody stated a value")


def test_only_spans_that_overlap_enough_are_compared():
    marks = {
        "a": [mark("1", "claim", (0, 10), type="1"), mark("2", "claim", (20, 30), type="2")],
        "b": [mark("3", "claim", (0, 10), type="1"), mark("4", "claim", (26, 40), type="3")],
    }
    assert cell(corpus(article("x", 40, marks)), "type").n == 1
    assert cell(corpus(article("x", 40, marks), threshold=0.1), "type").n == 2


def test_a_pair_is_compared_by_its_own_matches():
    rows = [["1", "2", None], ["1", "2", "3"], ["2", "2", "3"]]
    found = measured(valued(rows, "type"), quiet)
    for pair, some in ((("obs0", "obs1"), rows[:2]), (("obs1", "obs2"), rows[1:])):
        assert found.cell("value-alpha", "claim", pair, "type").value == pytest.approx(
            library(some, "nominal")
        )


def test_every_attribute_is_compared_in_one_way():
    names = [aspect.name for aspect in aspects(SCHEME.label("claim"))]
    assert names == [
        "type",
        "tone",
        "degree",
        "words",
        "sure",
        "day",
        "count:low",
        "count:best",
        "count:high",
        "who",
    ]


def test_the_passages_behind_a_value_say_who_said_what():
    of = two(["1", "2", "3"], ["1", "3", "3"])
    found = passages(of, cell(of, "type"))
    assert [p.kind for p in found] == ["agreement", "value", "agreement"]
    assert found[1].note == "type differs"
    assert found[1].annotations == ("0-1", "1-1")
    of = two([["a"]], [["b"]], "roles")
    assert [p.kind for p in passages(of, cell(of, "roles", "value-f1"))] == ["value"]
