"""Annotations ordered and laned for quick questions."""

from hypothesis import given
from hypothesis import strategies as st

from annotator.model.anchor import Anchor
from annotator.model.records import Annotation
from annotator.model.span import Span, joined
from annotator.ui.article.hits import next_outward
from annotator.ui.article.marks import Marks, smallest_first


def annotation(number: int, *spans: Span) -> Annotation:
    return Annotation(f"n{number}", "a", "me", "claim", joined(spans), Anchor(("x",)))


SPANS = st.builds(lambda start, length: Span(start, start + length), st.integers(0, 80), st.integers(1, 30))
LISTS = st.lists(st.lists(SPANS, min_size=1, max_size=3), max_size=20).map(
    lambda lists: [annotation(n, *spans) for n, spans in enumerate(lists)]
)


@given(LISTS, st.integers(0, 110), st.integers(1, 30))
def test_between_finds_what_reaches_into_a_range(
    annotations: list[Annotation], start: int, length: int
) -> None:
    found = Marks(annotations).between(start, start + length)
    reaching = {a.id for a in annotations if a.hull.overlaps(Span(start, start + length))}
    assert {mark.id for mark in found} == reaching


@given(LISTS)
def test_no_two_marks_of_a_lane_overlap(annotations: list[Annotation]) -> None:
    marks = list(Marks(annotations))
    for a in marks:
        for b in marks:
            if a is not b and a.lane == b.lane:
                assert a.stop <= b.start or b.stop <= a.start


@given(LISTS)
def test_following_goes_through_all_annotations_and_round(annotations: list[Annotation]) -> None:
    marks = Marks(annotations)
    seen, at = [], ""
    for _ in annotations:
        mark = marks.following(at, 0, 1)
        seen.append(mark.id)
        at = mark.id
    assert seen == [mark.id for mark in marks]
    assert sorted(seen) == sorted(a.id for a in annotations)
    if annotations:
        assert marks.following(at, 0, 1).id == seen[0]
        assert marks.following(seen[0], 0, -1).id == at


def test_the_depth_of_a_range_counts_its_lanes() -> None:
    marks = Marks([annotation(1, Span(0, 20)), annotation(2, Span(5, 10)), annotation(3, Span(30, 40))])
    assert [marks.depth(*r) for r in ((0, 5), (0, 20), (25, 50), (50, 60))] == [1, 2, 1, 0]


def test_the_smallest_counts_marked_characters_not_the_reach() -> None:
    broken = annotation(1, Span(0, 2), Span(20, 22))
    whole = annotation(2, Span(0, 8))
    assert [mark.id for mark in smallest_first(Marks([broken, whole]))] == ["n1", "n2"]


def test_a_first_click_takes_the_smallest_and_further_ones_go_outward() -> None:
    hits = smallest_first(Marks([annotation(1, Span(0, 20)), annotation(2, Span(5, 10))]))
    assert next_outward(hits, "", again=False) == "n2"
    assert next_outward(hits, "n1", again=False) == "n2"
    assert next_outward(hits, "n2", again=False) == "n1"
    assert next_outward(hits, "n1", again=True) == "n2"
    assert next_outward([], "n1", again=True) == ""
