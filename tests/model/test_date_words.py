"""What dates are read from the words of news, published on Wednesday, 21 September 2016."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.model.date_words import parse
from annotator.model.dates import date_problem

PUBLISHED = "2016-09-21"

STATED = {
    "20 September 2016": "2016-09-20",
    "20 Sept. 2016": "2016-09-20",
    "20-Sep-2016": "2016-09-20",
    "the 20th of September 2016": "2016-09-20",
    "20 September, 2016": "2016-09-20",
    "on Sept. 19, 2016. (AFP Photo)": "2016-09-19",
    "September 20th, 2016": "2016-09-20",
    "12 may 2016": "2016-05-12",
    "Tuesday, Sept. 20, 2016": "2016-09-20",
    "٢٠ September ٢٠١٦": "2016-09-20",
    "September 2016": "2016-09",
    "September of 2016": "2016-09",
    "early September 2016": "2016-09",
    "2016": "2016",
    "in 2011": "2011",
    "the 1990s": "1990/1999",
    "19-20 September 2016": "2016-09-19/2016-09-20",
    "19 and 20 September 2016": "2016-09-19/2016-09-20",
    "17/18 September 2016": "2016-09-17/2016-09-18",
    "September 19–20, 2016": "2016-09-19/2016-09-20",
    "Sept. 28 to Oct. 3, 2016": "2016-09-28/2016-10-03",
    "28 December to 3 January 2017": "2016-12-28/2017-01-03",
    "28 December 2016 to 3 January": "2016-12-28/2017-01-03",
    "between March 2011 and September 2016": "2011-03/2016-09",
    "2011 to 2016": "2011/2016",
    "2011-2016": "2011/2016",
    "2016-09-20": "2016-09-20",
    "٢٠١٦-٠٩-٢٠": "2016-09-20",
    "2016-09": "2016-09",
    "2016-09-19/2016-09-21": "2016-09-19/2016-09-21",
    "2016/09/20": "2016-09-20",
    "20/09/2016": "2016-09-20",
    "09/20/2016": "2016-09-20",
    "20.09.2016": "2016-09-20",
    "06/06/2016": "2016-06-06",
}
RELATIVE = {
    "Tuesday": "2016-09-20",
    "on Wednesday": "2016-09-21",
    "Thursday": "2016-09-15",
    "Thu": "2016-09-15",
    "carried out Tuesday night by Syrian or Russian warplanes": "2016-09-20",
    "collapsed into fresh fighting and bombardments on Monday": "2016-09-19",
    "Monday's raid": "2016-09-19",
    "Monday’s raid": "2016-09-19",
    "last Friday": "2016-09-16",
    "last Wednesday": "2016-09-14",
    "this Friday": "2016-09-23",
    "this past Friday": "2016-09-16",
    "next Monday": "2016-09-26",
    "Monday and Tuesday": "2016-09-19/2016-09-20",
    "from Monday to Wednesday": "2016-09-19/2016-09-21",
    "Monday-Tuesday": "2016-09-19/2016-09-20",
    "yesterday": "2016-09-20",
    "yesterday’s attack": "2016-09-20",
    "the day before yesterday": "2016-09-19",
    "today": "2016-09-21",
    "earlier this morning": "2016-09-21",
    "last night": "2016-09-20",
    "tomorrow": "2016-09-22",
    "overnight": "2016-09-20/2016-09-21",
    "overnight on Monday": "2016-09-19",
    "two days ago": "2016-09-19",
    "a week ago": "2016-09-14",
    "a month ago": "2016-08",
    "five years ago": "2011",
    "two hours ago": "2016-09-21",
    "in the past 48 hours": "2016-09-19/2016-09-21",
    "over the last two weeks": "2016-09-07/2016-09-21",
    "at the weekend": "2016-09-17/2016-09-18",
    "last week": "2016-09-12/2016-09-18",
    "this month": "2016-09",
    "last month": "2016-08",
    "last year": "2015",
    "late last year": "2015",
    "July last year": "2015-07",
    "last September": "2015-09",
    "since Monday": "2016-09-19/2016-09-21",
    "for all but a few weeks since July": "2016-07/2016-09-21",
}
WITHOUT_A_YEAR = {
    "took effect on Sept. 12 as part of a deal": "2016-09-12",
    "September 28": "2016-09-28",
    "September 29": "2015-09-29",
    "31 December": "2015-12-31",
    "29 February": "2016-02-29",
    "in March": "2016-03",
    "November": "2015-11",
    "Sept. 17 and 18": "2016-09-17/2016-09-18",
    "on Tuesday, 20 September": "2016-09-20",
}
ROWS = [*STATED.items(), *RELATIVE.items(), *WITHOUT_A_YEAR.items()]

NO_DATE = [
    *(
        "",
        "the raid",
        "12 people",
        "the 3rd battalion",
        "2000 people",
        "in recent days",
        "at 10:30",
        "he may",
    ),
    *("May God be with them", "they march on", "the sun", "Sat down", "05/06/2016", "20/9/16", "2016-02-30"),
    *("30 February 2016", "September 31", "on the 20th", "13/13/2016", "00/10/2016", "2016-13-45"),
]


@pytest.mark.parametrize(("phrase", "value"), ROWS)
def test_the_date_of_a_phrase_is_read(phrase: str, value: str) -> None:
    assert parse(phrase, PUBLISHED) == value


@pytest.mark.parametrize("phrase", NO_DATE)
def test_what_names_no_date_is_left_alone(phrase: str) -> None:
    assert parse(phrase, PUBLISHED) is None


def test_the_tables_are_as_long_as_promised() -> None:
    assert len(ROWS) >= 60


@pytest.mark.parametrize("phrase", STATED)
def test_a_date_that_names_its_year_needs_no_day_of_publication(phrase: str) -> None:
    assert parse(phrase) == STATED[phrase]


@pytest.mark.parametrize("phrase", [*RELATIVE, *WITHOUT_A_YEAR])
def test_a_relative_date_is_not_guessed_without_a_day_of_publication(phrase: str) -> None:
    assert parse(phrase) is None


@pytest.mark.parametrize(
    ("phrase", "near", "value"),
    [
        ("Sept. 12", "2016", "2016-09-12"),
        ("Sept. 12", "2016-08", "2015-09-12"),
        ("Tuesday", "2016-09", None),
        ("Tuesday", "2016-09-21T10:00:00Z", "2016-09-20"),
        ("Tuesday", "soon", None),
        ("12 October", "2016-01-05", "2015-10-12"),
        ("yesterday", "2016-01-01", "2015-12-31"),
        ("yesterday", "0001-01-01", "0001-01-01"),
    ],
)
def test_the_day_of_publication_may_be_imprecise(phrase: str, near: str, value: str | None) -> None:
    assert parse(phrase, near) == value


@given(
    st.dates(date(1800, 1, 1), date(2199, 12, 31)),
    st.sampled_from(["%d %B %Y", "%B %d, %Y", "%d %b %Y", "%Y-%m-%d"]),
)
def test_a_day_reads_back_in_every_style(day: date, style: str) -> None:
    assert parse(day.strftime(style)) == day.isoformat()


@given(st.dates(date(1, 1, 8)), st.integers(0, 6))
def test_a_weekday_is_the_latest_such_day(near: date, back: int) -> None:
    day = near - timedelta(days=back)
    name = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")[day.weekday()]
    assert parse(f"on {name}", near.isoformat()) == day.isoformat()


@given(st.dates(date(1900, 1, 1), date(2199, 1, 1)), st.dates(date(1900, 1, 1), date(2199, 1, 1)))
def test_a_day_without_its_year_falls_at_most_a_week_after_publication(day: date, near: date) -> None:
    value = parse(day.strftime("%d %B"), near.isoformat())
    assert value is not None
    assert date.fromisoformat(value) <= near + timedelta(days=7)
    assert value[5:] == day.isoformat()[5:]


PIECES = """
    20 September Sept. 2016 , - – / and to Tuesday last next this night the of 1990 s th since past two days
    ago week month year ٢٠ 29 February May Sunday's yesterday overnight from between 99999999 31 12
"""


@given(
    st.one_of(st.text(), st.lists(st.sampled_from(PIECES.split()), max_size=20).map(" ".join)),
    st.one_of(st.just(""), st.dates().map(date.isoformat), st.text(max_size=10)),
)
def test_no_text_makes_it_stumble(text: str, near: str) -> None:
    value = parse(text, near)
    assert value is None or date_problem(value) is None
