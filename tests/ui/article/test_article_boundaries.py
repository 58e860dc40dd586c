"""Where graphemes, words and sentences begin and end, and how the ends of spans move."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.model.span import Span
from annotator.ui.article.boundaries import (
    Kind,
    edges,
    grapheme_start,
    sentence_at,
    snapped,
    step_back,
    step_on,
    word_at,
)
from annotator.ui.article.edges import Handle, Step, dragged, stepped

PIECES = st.sampled_from(
    ["a", "word", " ", "  ", "\n", "😀", "👨‍👩‍👧", "e\u0301", "قال", "المرصد", "“", ".", "13", "🇸🇾", "-"]
)
TEXTS = st.lists(PIECES, min_size=1, max_size=30).map("".join)


def is_boundary(text: str, offset: int) -> bool:
    """Say whether a grapheme begins or ends here, by the rules applied to the whole line."""
    start = text.rfind("\n", 0, offset) + 1
    stop = text.find("\n", offset)
    line = text[start : stop if stop >= 0 else len(text)]
    return offset - start in set(edges(line, Kind.Grapheme))


@given(TEXTS, st.data())
def test_a_snapped_range_is_whole_words_without_white_space_around(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    stop = data.draw(st.integers(start, len(text)))
    for exact in (True, False):
        span = snapped(text, start, stop, exact=exact)
        if span is None:
            assert not text[start:stop].strip()
            continue
        words = text[span.start : span.stop]
        assert words == words.strip()
        assert text[start:stop].strip() in words
        assert is_boundary(text, span.start)
        assert is_boundary(text, span.stop)


@given(TEXTS, st.data())
def test_a_moved_end_never_leaves_an_empty_span_or_splits_a_grapheme(text: str, data: st.DataObject) -> None:
    span = snapped(text, 0, data.draw(st.integers(1, len(text))), exact=True)
    if span is None:
        return
    fragments = (span,)
    for _ in range(4):
        step = Step(
            data.draw(st.sampled_from(["start", "stop"])),
            data.draw(st.booleans()),
            data.draw(st.sampled_from([Kind.Word, Kind.Grapheme])),
        )
        fragments = stepped(text, fragments, step)
        words = text[fragments[0].start : fragments[0].stop]
        assert words
        assert words == words.strip()
        assert is_boundary(text, fragments[0].start)
        assert is_boundary(text, fragments[0].stop)


@given(TEXTS, st.data())
def test_a_dragged_handle_keeps_the_other_end(text: str, data: st.DataObject) -> None:
    span = snapped(text, 0, len(text), exact=True)
    if span is None:
        return
    offset = data.draw(st.integers(0, len(text)))
    (left,) = dragged(text, (span,), Handle(0, "start"), offset, exact=False)
    (right,) = dragged(text, (span,), Handle(0, "stop"), offset, exact=False)
    assert left.stop == span.stop
    assert right.start == span.start


@pytest.mark.parametrize(
    ("text", "offset", "word"),
    [
        ("four medical workers", 7, "medical"),
        ("four medical workers", 4, "four"),
        ("Syria's truce", 2, "Syria's"),
        ("قال المرصد السوري", 5, "المرصد"),
        ("see 👨‍👩‍👧 there", 6, "👨‍👩‍👧"),
        ("a cafe\u0301 b", 3, "cafe\u0301"),
    ],
)
def test_the_word_at_an_offset(text: str, offset: int, word: str) -> None:
    span = word_at(text, offset)
    assert span is not None
    assert text[span.start : span.stop] == word


def test_there_is_no_word_among_white_space() -> None:
    assert word_at("a    b", 3) is None
    assert word_at("", 0) is None


@pytest.mark.parametrize(
    ("text", "at", "sentence"),
    [
        ("One ended. Two began here. Three.", "began", "Two began here."),
        ("It hit the U.S. President Obama said so. Then.", "hit", "It hit the U.S. President Obama said so."),
        ("On Sept. 19 Gen. Smith met Mr. Kerry. More.", "met", "On Sept. 19 Gen. Smith met Mr. Kerry."),
        ("First line\nSecond line. Third.", "Second", "Second line."),
        ("قال المرصد ذلك. ثم قال غيره.", "قال", "قال المرصد ذلك."),
        ("No end mark", "No", "No end mark"),
    ],
)
def test_the_sentence_at_an_offset(text: str, at: str, sentence: str) -> None:
    span = sentence_at(text, text.index(at))
    assert span is not None
    assert text[span.start : span.stop] == sentence


def test_there_is_no_sentence_in_a_blank_line() -> None:
    assert sentence_at("a\n\nb", 2) is None


def test_graphemes_are_whole() -> None:
    text = "x👨‍👩‍👧‍👦y"
    assert [grapheme_start(text, at) for at in (0, 1, 4, 8)] == [0, 1, 1, 8]


def test_steps_pass_over_white_space_and_line_ends() -> None:
    text = "end\n\n  begin"
    assert step_back(text, 7, Kind.Word) == 0
    assert step_on(text, 3, Kind.Word) == len(text)
    assert step_on(text, 3, Kind.Grapheme) == 8


def test_boundaries_are_right_in_a_line_of_a_megabyte() -> None:
    text = "x" * 400_000 + " word " + "y" * 600_000
    assert word_at(text, 400_003) == Span(400_001, 400_005)
    assert snapped(text, 400_002, 400_004) == Span(400_001, 400_005)
