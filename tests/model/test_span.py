"""The algebra of spans: joining, counting, trimming, lanes."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.model.span import Fragments, Span, hull, intersection, joined, lanes, shared, size, trimmed

SPANS = st.tuples(st.integers(0, 60), st.integers(1, 20)).map(lambda pair: Span(pair[0], pair[0] + pair[1]))
MARKS = st.lists(SPANS, min_size=1, max_size=4).map(joined)


def points(spans: Fragments) -> set[int]:
    """List the characters that spans hold."""
    return {at for span in spans for at in range(span.start, span.stop)}


@pytest.mark.parametrize(("start", "stop"), [(3, 3), (4, 3), (-1, 3)])
def test_a_span_is_never_empty_nor_before_the_text(start: int, stop: int) -> None:
    with pytest.raises(ValueError, match="0 <= start < stop"):
        Span(start, stop)


@given(SPANS, SPANS)
def test_overlapping_and_containing_are_about_shared_characters(a: Span, b: Span) -> None:
    assert a.overlaps(b) == bool(points((a,)) & points((b,)))
    assert a.contains(b) == (points((b,)) <= points((a,)))
    assert a.overlaps(b) == b.overlaps(a)
    assert all(a.holds(at) == (at in points((a,))) for at in range(90))
    assert len(a) == len(points((a,)))


@given(st.lists(SPANS))
def test_joining_keeps_every_character_and_leaves_gaps_between(spans: list[Span]) -> None:
    fragments = joined(spans)
    assert points(fragments) == points(tuple(spans))
    assert all(a.stop < b.start for a, b in pairwise(fragments))
    assert joined(fragments) == fragments
    assert joined(reversed(spans)) == fragments


@given(MARKS)
def test_the_hull_reaches_from_the_first_to_the_last_character(fragments: Fragments) -> None:
    assert hull(fragments) == Span(min(points(fragments)), max(points(fragments)) + 1)
    assert size(fragments) == len(points(fragments))


def test_the_hull_holds_a_fragment_that_ends_before_one_within_it() -> None:
    assert hull([Span(0, 9), Span(2, 4)]) == Span(0, 9)


@given(MARKS, MARKS)
def test_the_intersection_counts_shared_characters(a: Fragments, b: Fragments) -> None:
    assert intersection(a, b) == intersection(b, a) == len(points(a) & points(b))
    assert intersection(a, a) == size(a)
    assert points(shared(a, b)) == points(a) & points(b)
    assert shared(a, a) == a


@given(st.text(" \n\u00a0\u3000ab😀"), st.data())
def test_trimming_leaves_out_white_space_at_both_ends_only(text: str, data: st.DataObject) -> None:
    padded = text + "."
    start = data.draw(st.integers(0, len(padded) - 1))
    span = Span(start, data.draw(st.integers(start + 1, len(padded))))
    kept = trimmed(padded, span)
    words = padded[span.start : span.stop]
    if kept is None:
        assert not words.strip()
    else:
        assert padded[kept.start : kept.stop] == words.strip()
        assert span.contains(kept)


@given(st.lists(MARKS, max_size=30))
def test_no_two_in_one_lane_overlap(marked: list[Fragments]) -> None:
    placed = list(zip(marked, lanes(marked), strict=True))
    for n, (a, lane) in enumerate(placed):
        assert all(other != lane or not hull(a).overlaps(hull(b)) for b, other in placed[n + 1 :])


@given(st.lists(MARKS, max_size=30))
def test_there_are_no_more_lanes_than_hulls_over_one_character(marked: list[Fragments]) -> None:
    deepest = max((sum(hull(m).holds(at) for m in marked) for at in range(90)), default=0)
    assert max(lanes(marked), default=-1) + 1 == deepest


@given(st.lists(MARKS, max_size=12), st.randoms(use_true_random=False))
def test_lanes_of_different_hulls_do_not_depend_on_the_order(marked: list[Fragments], random: object) -> None:
    distinct = list({hull(m): m for m in marked}.values())
    shuffled = list(distinct)
    random.shuffle(shuffled)  # type: ignore[attr-defined]  # hypothesis types its Random as an object
    assert dict(zip(distinct, lanes(distinct), strict=True)) == dict(
        zip(shuffled, lanes(shuffled), strict=True)
    )


def test_what_is_nested_lies_further_down_and_lanes_are_used_again() -> None:
    quote, claim, word, later = (Span(0, 50),), (Span(0, 30),), (Span(5, 9),), (Span(50, 60),)
    assert lanes([word, quote, later, claim]) == [2, 0, 0, 1]


def test_a_broken_quote_keeps_its_lane_between_its_fragments() -> None:
    quote, cue = (Span(0, 10), Span(20, 30)), (Span(12, 18),)
    assert lanes([quote, cue]) == [0, 1]


def test_identical_spans_lie_in_lanes_of_their_own() -> None:
    assert lanes([(Span(3, 7),)] * 3) == [0, 1, 2]
