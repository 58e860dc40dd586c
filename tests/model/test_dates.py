"""Dates with precision: what is legal, and which days they span."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.model.dates import date_problem, first_day, last_day

DAYS = st.dates().map(date.isoformat)
PARTS = st.builds(lambda day, length: day[:length], DAYS, st.sampled_from([4, 7, 10]))


@given(PARTS)
def test_a_day_a_month_and_a_year_are_dates(part: str) -> None:
    assert date_problem(part) is None
    assert date_problem(f"{part}/{part}") is None


@given(PARTS)
def test_the_days_of_a_part_begin_with_it_and_end_before_the_next(part: str) -> None:
    first, last = first_day(part), last_day(part)
    assert first.startswith(part)
    assert last.startswith(part)
    assert first <= last
    if last != date.max.isoformat():
        assert not (date.fromisoformat(last) + timedelta(days=1)).isoformat().startswith(part)
    if first != date.min.isoformat():
        assert not (date.fromisoformat(first) - timedelta(days=1)).isoformat().startswith(part)


@given(PARTS, PARTS)
def test_a_range_must_not_end_before_it_begins(start: str, end: str) -> None:
    problem = date_problem(f"{start}/{end}")
    assert (problem is None) == (first_day(start) <= last_day(end))


@given(st.text())
def test_any_text_is_a_date_or_said_not_to_be_one(text: str) -> None:
    problem = date_problem(text)
    assert problem is None or text in problem


@pytest.mark.parametrize(
    "value", ["2016-09-20", "2016-09", "2016", "2016-02-29", "2016-09-20/2016-09-21", "2015/2016-09"]
)
def test_these_are_dates(value: str) -> None:
    assert date_problem(value) is None


@pytest.mark.parametrize(
    "value",
    [
        *("", "/", "2016-9-20", "20.09.2016", "2016-02-30", "2015-02-29", "2016-13", "2016-00", "2016-01-00"),
        *("0000", "2016/", "2016/2017/2018", "2016-09-20T10:00", "٢٠١٦-09", "2016-09-20\n", " 2016"),
        *(None, 2016, ["2016"]),
    ],
)
def test_these_are_not(value: Any) -> None:
    assert date_problem(value) is not None


def test_a_range_that_runs_backwards_is_explained() -> None:
    assert date_problem("2016-09-21/2016-09-20") == "“2016-09-21/2016-09-20” ends before it begins"


@pytest.mark.parametrize(
    ("part", "first", "last"),
    [
        ("2016", "2016-01-01", "2016-12-31"),
        ("2016-02", "2016-02-01", "2016-02-29"),
        ("2015-02", "2015-02-01", "2015-02-28"),
        ("2016-09-20", "2016-09-20", "2016-09-20"),
    ],
)
def test_a_part_spans_its_days(part: str, first: str, last: str) -> None:
    assert (first_day(part), last_day(part)) == (first, last)
