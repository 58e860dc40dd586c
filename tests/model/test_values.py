"""Attribute values: what is missing or illegal."""

from typing import Any

import pytest

from annotator.model.scheme import ATTRIBUTE_KINDS, Attribute, Label
from annotator.model.values import defaults, is_empty, problems, value_problem

FIGURE = {"words": "a dozen", "qualifier": "exact", "low": 12, "best": 12, "high": 12}


def attribute(kind: Any, *, required: bool = False) -> Attribute:
    return Attribute("value", kind, values=("yes", "no"), required=required)


@pytest.mark.parametrize("value", [None, "", [], {}])
def test_these_say_nothing(value: Any) -> None:
    assert is_empty(value)


@pytest.mark.parametrize("value", [0, False, 0.0, " ", "no", ["no"], {"best": None}])
def test_zero_and_no_do_say_something(value: Any) -> None:
    assert not is_empty(value)


@pytest.mark.parametrize("kind", ATTRIBUTE_KINDS)
def test_a_required_value_must_be_there_and_another_need_not(kind: Any) -> None:
    assert value_problem(attribute(kind, required=True), None) == "needs a value"
    assert value_problem(attribute(kind), None) is None
    assert value_problem(attribute(kind), "") is None


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        *(("choice", "yes"), ("choices", ["no", "yes"]), ("text", "anything"), ("entity", "0197")),
        *(("number", 0), ("number", -1.5), ("flag", False), ("flag", True)),
        *(("date", "2016-09-20"), ("date", "2016/2017"), ("figure", FIGURE), ("figure", {"low": 9})),
    ],
)
def test_these_are_legal(kind: Any, value: Any) -> None:
    assert value_problem(attribute(kind, required=True), value) is None


@pytest.mark.parametrize(
    ("kind", "value", "problem"),
    [
        ("choice", "perhaps", "“perhaps” is not one of the choices"),
        ("choices", ["yes", "perhaps"], "“perhaps” is not one of the choices"),
        ("choices", "yes", "“yes” is not a list of choices"),
        ("text", 12, "“12” is not text"),
        ("entity", 12, "“12” is not text"),
        ("number", "12", "“12” is not a number"),
        ("number", True, "“True” is not a number"),
        ("flag", "yes", "“yes” is neither yes nor no"),
        ("flag", 1, "“1” is neither yes nor no"),
        ("date", "yesterday", "“yesterday” is not a date; write"),
        ("date", 2016, "“2016” is not a date"),
        ("figure", {"low": 12, "high": 9}, "low, best and high must not fall"),
        ("figure", "a dozen", "a figure needs low, best and high"),
    ],
)
def test_these_are_not_and_the_problem_is_said(kind: Any, value: Any, problem: str) -> None:
    said = value_problem(attribute(kind), value)
    assert said is not None
    assert said.startswith(problem)


@pytest.mark.parametrize("kind", ATTRIBUTE_KINDS)
@pytest.mark.parametrize("value", [None, 1, 1.5, True, "x", ["x"], [["x"]], {"x": 1}, [{}], float("nan")])
def test_no_json_value_makes_it_stumble(kind: Any, value: Any) -> None:
    problem = value_problem(attribute(kind), value)
    assert problem is None or problem


def test_problems_are_named_by_attribute() -> None:
    label = Label(
        "casualty",
        "Casualty",
        attributes=(Attribute("harm", "text", required=True), Attribute("as of", "date")),
    )
    assert problems(label, {}) == {"harm": "needs a value"}
    assert problems(label, {"harm": "killed", "as of": "soon"}).keys() == {"as of"}
    assert problems(label, {"harm": "killed", "unknown": 12}) == {}


def test_a_new_span_begins_with_the_defaults_of_its_label() -> None:
    label = Label(
        "claim", "Claim", attributes=(Attribute("flag", "flag", default=False), Attribute("free", "text"))
    )
    assert defaults(label) == {"flag": False}
