"""Labels of foreign files get attributes of the kinds that their values show."""

import pytest
from dataset_values import SCHEME

from annotator.formats.parts.guessed_labels import GuessedLabels
from annotator.model.figure import Figure
from annotator.model.scheme import Attribute

JOHN = {"id": "e1", "kind": "actor", "name": "John Kerry"}
NINE = Figure("nine", "exact", 9, 9, 9).to_body()


def guessed(*values, name="a"):
    guesses = GuessedLabels(SCHEME)
    for value in values:
        guesses.see("new", {name: value})
    (label,) = guesses.labels
    assert (label.id, label.title) == ("new", "new")
    return label.attributes


@pytest.mark.parametrize(
    ("values", "kind"),
    [
        (["x", "y"], "text"),
        ([1, -2.5], "number"),
        ([True, None, False], "flag"),
        ([NINE], "figure"),
    ],
)
def test_the_kind_is_that_of_all_values(values, kind):
    assert guessed(*values) == (Attribute("a", kind),)


def test_lists_of_words_are_choices_and_named_things_entities():
    assert guessed(["b"], ["a", "b"], []) == (Attribute("a", "choices", ("a", "b")),)
    assert guessed(JOHN, None) == (Attribute("a", "entity", entity="actor"),)


@pytest.mark.parametrize(
    "values",
    [["x", 1], [None], [[]], [{"a": 1}], [[1]], [[[]]], [[str(n)] for n in range(300)], [{}], [[""]]],
)
def test_values_of_no_one_kind_give_no_attribute(values):
    assert guessed(*values) == ()


def test_what_no_scheme_takes_is_not_guessed():
    assert guessed("x", name=" ") == ()
    assert guessed({**JOHN, "kind": "no kind"}) == ()


def test_labels_of_the_scheme_are_not_guessed():
    guesses = GuessedLabels(SCHEME)
    guesses.see("claim", {"a": 1})
    assert guesses.labels == ()
