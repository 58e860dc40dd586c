"""What the words of a span say themselves."""

from annotator.model.scheme import Attribute, Label
from annotator.services.suggesting import understood, values_from_words

COUNT = Attribute("count", "figure")
CASUALTY = Label("casualty", "Casualty", attributes=(COUNT, Attribute("place", "text")))


def test_the_only_figure_is_filled_in():
    (found,) = values_from_words(CASUALTY, "killed at least nine people").values()
    assert (found["words"], found["low"], found["best"], found["high"]) == ("at least nine", 9, 9, None)


def test_nothing_that_would_be_a_guess_is_filled_in():
    two = Label("two", "Two", attributes=(COUNT, Attribute("injured", "figure")))
    assert values_from_words(two, "nine people") == {}
    assert values_from_words(Label("none", "None"), "nine people") == {}
    assert values_from_words(CASUALTY, "the truce is not dead") == {}


def test_words_are_understood_only_where_a_label_asks_for_a_figure():
    assert understood((CASUALTY,), "a dozen people").spelled() == "12"
    assert understood((Label("claim", "Claim"),), "a dozen people") is None
