"""Which words differ: all of a text is there, in order, and what is marked is what others lack."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from annotator.services.word_differences import MOST_WORDS, differing_words

texts = st.lists(st.sampled_from(["held", "the", "truce", "حلب", "👩‍👩‍👧", " ", "  ", "\n", "قُتل"])).map(
    "".join
)
spaced = st.lists(st.sampled_from(["held", "the", "truce", "حلب", "👩‍👩‍👧", "قُتل"])).map(" ".join)


def test_only_other_words_are_marked():
    assert differing_words("The truce held in حلب 😀.", ["The long truce was held in حلب 😀."]) == (
        ("The truce held in حلب 😀.", False),
    )
    assert differing_words("The long truce was held in حلب 😀.", ["The truce held in حلب 😀."]) == (
        ("The ", False),
        ("long", True),
        (" truce ", False),
        ("was", True),
        (" held in حلب 😀.", False),
    )


def test_white_space_between_two_other_words_belongs_to_them():
    assert differing_words("a b\nc d", ["a d"]) == (("a ", False), ("b\nc", True), (" d", False))


def test_a_word_that_any_other_lacks_is_marked():
    assert differing_words("a b c", ["a b", "b c"]) == (("a", True), (" b ", False), ("c", True))


def test_where_no_word_is_common_the_whole_differs():
    assert differing_words("Claim", ["Quote"]) == (("Claim", True),)
    assert differing_words("", ["Quote"]) == ()
    long = "word " * (MOST_WORDS + 1)
    assert differing_words(long, ["word"]) == ((long, True),)


@given(texts, st.lists(texts, min_size=1, max_size=3))
def test_nothing_is_lost_and_marks_take_turns(said, others):
    found = differing_words(said, others)
    assert "".join(part for part, _ in found) == said
    assert all(one[1] != other[1] for one, other in pairwise(found))


@given(spaced, st.lists(spaced, min_size=1, max_size=3))
def test_what_is_not_marked_stands_in_all_others(said, others):
    kept = [word for part, differs in differing_words(said, others) if not differs for word in part.split()]
    for other in others:
        words = iter(other.split())
        assert all(word in words for word in kept)


@given(spaced)
def test_the_same_text_has_nothing_marked(said):
    assert not any(differs for part, differs in differing_words(said, [said]) if part.strip())
