"""How the window begins a sentence."""

import pytest

from annotator.ui.spelling import sentence_case


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("the folder is gone", "The folder is gone"),
        ("broken.pdf is not a PDF", "broken.pdf is not a PDF"),
        ("a1.ann: it was left out", "a1.ann: it was left out"),
        ("gone; choose another.", "Gone; choose another."),
        ("“soon” is not a date", "“soon” is not a date"),
        ("", ""),
    ],
)
def test_a_sentence_begins_with_a_capital_but_the_name_of_a_file_stays(words, sentence):
    assert sentence_case(words) == sentence
