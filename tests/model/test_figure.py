"""Counted quantities: what is legal, what is said of them, how they are stored."""

import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.model.figure import QUALIFIERS, Figure, figure_problem

BOUND = st.none() | st.integers(0, 10**12)


@st.composite
def figures(draw: st.DrawFn) -> Figure:
    """Draw a legal figure: what is known of low, best and high does not fall."""
    known = sorted(draw(st.lists(st.integers(0, 10**12), min_size=3, max_size=3)))
    bounds = [bound if draw(st.booleans()) else None for bound in known]
    return Figure(draw(st.text()), draw(st.sampled_from(QUALIFIERS)), *bounds)


@given(figures())
def test_a_figure_comes_back_from_its_body(figure: Figure) -> None:
    assert figure_problem(figure.to_body()) is None
    assert Figure.from_body(figure.to_body()) == figure


@given(BOUND, BOUND, BOUND)
def test_bounds_are_legal_exactly_when_the_known_ones_do_not_fall(
    low: int | None, best: int | None, high: int | None
) -> None:
    known = [bound for bound in (low, best, high) if bound is not None]
    problem = figure_problem({"low": low, "best": best, "high": high})
    assert (problem is None) == (known == sorted(known))


@given(figures())
def test_every_figure_can_be_said(figure: Figure) -> None:
    assert figure.spelled()
    assert figure.is_stated() == (figure.spelled() != "not stated")


@pytest.mark.parametrize(
    ("bounds", "words"),
    [
        ((None, None, None), "not stated"),
        ((12, 12, 12), "12"),
        ((12, None, 12), "12"),
        ((0, 0, 0), "0"),
        ((1200, 1200, 1200), "1,200"),
        ((9, 9, None), "9 or more"),
        ((24, None, None), "24 or more"),
        ((9, 12, None), "9 or more, best 12"),
        ((None, None, 40), "up to 40"),
        ((None, 40, 40), "up to 40"),
        ((None, 30, 40), "up to 40, best 30"),
        ((11, None, 15), "11 to 15"),
        ((11, 13, 15), "11 to 15, best 13"),
        ((9, 9, 15), "9 to 15, best 9"),
        ((None, 100, None), "about 100"),
        ((None, 1500000, None), "about 1,500,000"),
        ((0, None, 0), "0"),
        ((0, None, 5), "0 to 5"),
    ],
)
def test_what_was_understood_is_said_in_few_words(
    bounds: tuple[int | None, int | None, int | None], words: str
) -> None:
    assert Figure("", "exact", *bounds).spelled() == words


@pytest.mark.parametrize(
    ("body", "problem"),
    [
        ("twelve", "a figure needs low, best and high"),
        (None, "a figure needs low, best and high"),
        ({"low": -1}, "“-1” is not a whole number of 0 or more"),
        ({"best": 1.5}, "“1.5” is not a whole number of 0 or more"),
        ({"best": True}, "“True” is not a whole number of 0 or more"),
        ({"high": "12"}, "“12” is not a whole number of 0 or more"),
        ({"qualifier": "many"}, "“many” is not a qualifier"),
        ({"words": 12}, "the words of a figure are text"),
        ({"low": 12, "high": 9}, "low, best and high must not fall"),
        ({"best": 12, "high": 9}, "low, best and high must not fall"),
    ],
)
def test_what_is_wrong_is_said(body: Any, problem: str) -> None:
    assert figure_problem(body) == problem
    with pytest.raises(ValueError, match=re.escape(problem)):
        Figure.from_body(body)


def test_an_empty_body_is_a_figure_that_was_not_stated() -> None:
    assert Figure.from_body({}) == Figure()
    assert not Figure().is_stated()
    assert Figure(best=0).is_stated()
