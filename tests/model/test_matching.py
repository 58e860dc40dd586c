"""Matching annotators' spans: one to one, best overlap first, whatever the order they come in."""

import random

from hypothesis import given
from hypothesis import strategies as st

from annotator.model.matching import groups, overlap, pairs
from annotator.model.span import Span, joined


def at(*places, label="claim"):
    return tuple(Span(*place) for place in places), label


def always(_label, _other):
    return True


def same(label, other):
    return label == other


fragments = st.lists(
    st.tuples(st.integers(0, 60), st.integers(1, 20)).map(lambda p: Span(p[0], p[0] + p[1])),
    min_size=1,
    max_size=3,
).map(joined)
lists = st.lists(st.tuples(fragments, st.sampled_from(["claim", "quote"])), max_size=8)


def test_overlap_is_shared_characters_of_all():
    assert overlap([Span(0, 10)], [Span(5, 15)]) == 5 / 15
    assert overlap([Span(0, 10)], [Span(0, 10)]) == 1
    assert overlap([Span(0, 4), Span(8, 12)], [Span(0, 12)]) == 8 / 12
    assert overlap([Span(0, 4), Span(8, 12)], [Span(4, 8)]) == 0


def test_best_overlap_comes_first():
    one = [at((0, 10)), at((0, 20))]
    other = [at((0, 18))]
    assert pairs(one, other, always) == [(1, 0, 0.9)]


def test_nested_spans_find_each_its_own():
    one = [at((0, 30)), at((5, 10))]
    other = [at((5, 11)), at((0, 28))]
    assert [(i, j) for i, j, _ in pairs(one, other, always)] == [(0, 1), (1, 0)]


def test_same_label_comes_first_where_overlap_is_equal():
    one = [at((0, 10), label="quote")]
    other = [at((0, 10), label="claim"), at((0, 10), label="quote")]
    assert [(i, j) for i, j, _ in pairs(one, other, always)] == [(0, 1)]


def test_labels_that_are_not_alike_never_match():
    assert pairs([at((0, 10))], [at((0, 10), label="cue")], same) == []


def test_overlap_below_the_threshold_does_not_match():
    one, other = [at((0, 10))], [at((0, 30))]
    assert pairs(one, other, always, 0.5) == []
    assert len(pairs(one, other, always, 1 / 3)) == 1


def test_a_group_has_at_most_one_of_each():
    found = groups([[at((0, 10)), at((2, 8))], [at((0, 9))], [at((2, 8))]], always)
    assert found == [[(0, 0), (1, 0)], [(0, 1), (2, 0)]]


def test_groups_stand_in_the_order_of_the_text():
    assert groups([[at((20, 30)), at((0, 5))], [at((40, 50))]], always) == [[(0, 1)], [(0, 0)], [(1, 0)]]


@given(lists, lists)
def test_pairs_are_one_to_one_and_the_same_from_either_side(one, other):
    found = pairs(one, other, always)
    assert len({i for i, *_ in found}) == len({j for _, j, _ in found}) == len(found)
    assert all(share == overlap(one[i][0], other[j][0]) > 0 for i, j, share in found)
    back = pairs(other, one, always)
    assert {(one[i], other[j]) for i, j, _ in found} == {(one[j], other[i]) for i, j, _ in back}


@given(lists, lists)
def test_nothing_that_overlaps_is_left_alone_on_both_sides(one, other):
    found = pairs(one, other, always)
    lone = [a for i, (a, _) in enumerate(one) if i not in {i for i, *_ in found}]
    left = [b for j, (b, _) in enumerate(other) if j not in {j for _, j, _ in found}]
    assert all(overlap(a, b) == 0 for a in lone for b in left)


@given(st.lists(lists, max_size=4), st.randoms(use_true_random=False))
def test_groups_hold_everything_once_in_any_order(all_lists, chance: random.Random):
    found = groups(all_lists, always)
    keys = [key for group in found for key in group]
    assert sorted(keys) == [(who, i) for who, placed in enumerate(all_lists) for i in range(len(placed))]
    assert all(len({who for who, _ in group}) == len(group) for group in found)

    shuffled = [chance.sample(placed, len(placed)) for placed in all_lists]
    again = groups(shuffled, always)

    def told(lists, groups):
        return sorted(sorted((who, lists[who][i]) for who, i in group) for group in groups)

    assert told(all_lists, found) == told(shuffled, again)
