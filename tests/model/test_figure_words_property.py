"""Properties of reading counts: numbers read back, nothing stumbles, nothing explodes."""

import sys

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from annotator.model.figure import Figure, figure_problem
from annotator.model.figure_words import LONGEST, parse

NAMES = """
    zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen
    seventeen eighteen nineteen
"""
TENS = "- - twenty thirty forty fifty sixty seventy eighty ninety"
PIECES = """
    killed wounded at least nine 12 1,200 a dozen people and , or to from between - – ( ) : . % $ -year-old
    including of them the no one none some several more than up about perhaps million hundred half soldiers
    trucks Sept. 2016 aged rose by in how many unknown number casualties were not known 😀 ٣ a an his boy
"""


def spelled(number: int, joint: str, hyphen: str) -> str:
    """Spell a number as English does; `joint` stands after hundreds: "two hundred and five"."""
    for scale, name in ((10**6, "million"), (1000, "thousand"), (100, "hundred")):
        if number >= scale:
            rest = number % scale
            link = joint if rest < 100 else " "
            head = f"{spelled(number // scale, joint, hyphen)} {name}"
            return head + (link + spelled(rest, joint, hyphen) if rest else "")
    if number < 20:
        return NAMES.split()[number]
    return TENS.split()[number // 10] + (hyphen + NAMES.split()[number % 10] if number % 10 else "")


@given(st.integers(0, 999_999_999), st.sampled_from([" ", " and "]), st.sampled_from([" ", "-"]))
@example(1_000_001, " and ", "-")
@example(100_000_000, " ", " ")
def test_a_number_in_words_reads_back(number: int, joint: str, hyphen: str) -> None:
    figure = parse(f"killed {spelled(number, joint, hyphen)} people")
    assert figure is not None
    assert (figure.qualifier, figure.best) == ("exact", number)
    assert figure.words == spelled(number, joint, hyphen)


@given(st.integers(0, 999_999_999_999), st.sampled_from(",\u00a0\u2009\u202f’"))
def test_a_number_in_digits_reads_back(number: int, separator: str) -> None:
    written = f"{number:,}".replace(",", separator)
    figure = parse(f"killed {written} people")
    assert figure == Figure(written, "exact", number, number, number)


@given(st.integers(1, 999_999), st.integers(1, 999_999))
def test_a_range_keeps_its_ends(one: int, other: int) -> None:
    low, high = sorted((one, other))
    figure = parse(f"between {low} and {high} people were killed")
    assert figure is not None
    assert (figure.low, figure.high) == (low, high)


_NEWS = st.lists(st.sampled_from(PIECES.split()), max_size=30).map(" ".join)


@given(st.one_of(st.text(), _NEWS))
def test_no_text_makes_it_stumble(text: str) -> None:
    figure = parse(text)
    if figure:
        assert figure_problem(figure.to_body()) is None
        assert figure.words
        assert figure.words in text


@pytest.mark.parametrize(
    "part",
    [
        *("1", "9 ", "1,", "12, ", "12 men, ", "a ", "one ", "one-", "about ", "at least ", "of the ", "("),
        *("12 and ", "a man and ", "no ", "aged 3 and ", "hundred ", "number of a ", "tens of ", "1 000 "),
    ],
)
def test_a_long_passage_is_read_in_steps_that_do_not_explode(part: str) -> None:
    """Count the steps, not the time: four times the text takes at most six times the steps."""
    steps = [_steps(part * (length // len(part))) for length in (LONGEST // 4, LONGEST)]
    assert steps[1] < 6 * steps[0] + 1_000


def _steps(text: str) -> int:
    """Count the calls of Python functions that reading a text takes."""
    calls = 0

    def count(_frame: object, event: str, _arg: object) -> None:
        nonlocal calls
        calls += event == "call"

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        parse(text)
    finally:
        sys.setprofile(before)
    return calls


def test_only_the_start_of_a_very_long_passage_is_read() -> None:
    assert parse("x " * LONGEST + "killed 12") is None
    assert parse("killed 12 " + "x " * LONGEST) == Figure("12", "exact", 12, 12, 12)
