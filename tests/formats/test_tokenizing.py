"""Tokens hold every character that can be seen, whatever the script; sentences hold every token."""

import dataset_values as made
import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.formats.parts.tokenizing import sentences, split_at, tokens, touched
from annotator.model.span import Span


def words(text):
    return [text[token.start : token.stop] for token in tokens(text)]


def told(text):
    groups = sentences(text, tokens(text))
    return [text[group[0].start : group[-1].stop] for group in groups]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“The truce”, Kerry said.", ["“", "The", "truce", "”", ",", "Kerry", "said", "."]),
        ("Kerry's don’t O'Neill", ["Kerry", "'s", "don’t", "O'Neill"]),
        ("1,200 at 12:30, 3.5m", ["1,200", "at", "12:30", ",", "3.5", "m"]),
        ("the U.N. said...", ["the", "U.N.", "said", "..."]),
        ("قُتل تسعة، في", ["قُتل", "تسعة", "،", "في"]),
        ("नि cafe\u0301", ["नि", "cafe\u0301"]),
        ("👩‍👩‍👧👍🏽🇸🇾🇱🇧 1️⃣❤️", ["👩‍👩‍👧", "👍🏽", "🇸🇾", "🇱🇧", "1️⃣", "❤️"]),
        ("a\u00a0b\u2003c\u200b d", ["a", "b", "c\u200b", "d"]),
        ("-DOCSTART-", ["-", "DOCSTART", "-"]),
        ("\u0301", ["\u0301"]),
        (" \n\u00a0", []),
        ("", []),
    ],
)
def test_tokens(text, expected):
    assert words(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("He said no. “Yes.” They left!", ["He said no.", "“Yes.”", "They left!"]),
        ("Mr. Kerry and J. Kerry met.", ["Mr. Kerry and J. Kerry met."]),
        ("Nine dead\n\nThe truce\nis over", ["Nine dead", "The truce\nis over"]),
        ("v. 3.5 of it", ["v.", "3.5 of it"]),
        ("هل قُتل؟ نعم.", ["هل قُتل؟", "نعم."]),
        ("停火。结束了！」他说", ["停火。", "结束了！」", "他说"]),
        ("etc. and so on", ["etc. and so on"]),
    ],
)
def test_sentences(text, expected):
    assert told(text) == expected


def test_tokens_are_split_where_a_span_begins_or_ends():
    assert split_at([Span(0, 4), Span(5, 9)], [7, 2, 0, 4, 6, 2]) == [
        *(Span(0, 2), Span(2, 4), Span(5, 6), Span(6, 7), Span(7, 9)),
    ]


@pytest.mark.parametrize(
    ("span", "expected"), [((0, 4), [0]), ((3, 6), [0, 1]), ((4, 5), []), ((1, 2), [0]), ((5, 99), [1])]
)
def test_tokens_that_a_span_touches(span, expected):
    assert list(touched([Span(0, 4), Span(5, 9)], Span(*span))) == expected


@given(text=made.texts | st.text(), edges=st.lists(st.integers(0, 40)))
def test_every_character_but_white_space_lies_in_one_token_of_one_sentence(text, edges):
    pieces = split_at(tokens(text), edges)
    assert [t for group in sentences(text, pieces) for t in group] == pieces
    covered = [at for token in pieces for at in range(token.start, token.stop)]
    assert covered == [at for at, ch in enumerate(text) if not ch.isspace()]
    inner = {edge for edge in edges if any(t.start < edge < t.stop for t in tokens(text))}
    assert inner <= {token.start for token in pieces}
