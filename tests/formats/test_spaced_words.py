"""Words with their spaces give the text back, and every span begins and ends with a word."""

import dataset_values as made
import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.formats.parts.spaced_words import spaced_words
from annotator.formats.parts.tokenizing import tokens
from annotator.model.span import Span


def cut(text, *spans):
    words = spaced_words(text, tokens(text), [Span(*span) for span in spans])
    return [text[w.start : w.stop] + ("_" if w.spaced else "") for w in words]


@pytest.mark.parametrize(
    ("text", "spans", "expected"),
    [
        ("No truce.", [], ["No_", "truce", "."]),
        ("No  truce\n\nnow ", [], ["No_", " ", "truce", "\n\n", "now_"]),
        (" No", [], [" ", "No"]),
        ("No truce", [(3, 5)], ["No_", "tr", "uce"]),
        ("No truce", [(2, 8)], ["No", " ", "truce"]),
        ("No truce", [(0, 3)], ["No", " ", "truce"]),
        ("No \n \ntruce", [(3, 4)], ["No_", "\n", " \n", "truce"]),
        ("", [], []),
    ],
)
def test_words(text, spans, expected):
    assert cut(text, *spans) == expected


@given(text=made.texts | st.text(), data=st.data())
def test_words_hold_the_whole_text_and_the_edges_of_all_spans(text, data):
    spans = [Span(*sorted(pair)) for pair in data.draw(pairs(len(text)))]
    words = spaced_words(text, tokens(text), spans)
    assert "".join(text[w.start : w.stop] + " " * w.spaced for w in words) == text
    assert {span.start for span in spans} <= {w.start for w in words}
    assert {span.stop for span in spans} <= {w.stop for w in words}
    assert all(w.start < w.stop for w in words)


def pairs(length):
    pair = st.lists(st.integers(0, length), min_size=2, max_size=2, unique=True)
    return st.lists(pair, max_size=4) if length else st.just([])
