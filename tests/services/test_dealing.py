"""Dealing out: even, as much overlap as asked, the same again under one seed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.services.dealing import Deal, Overlap, deal, parsed_overlap
from annotator.services.errors import Refused

NAMES = ("ann", "bob", "çelik", "Ada", "noor")

articles = st.lists(st.uuids().map(str), min_size=1, max_size=40, unique=True)
annotators = st.integers(1, len(NAMES)).map(lambda n: NAMES[:n])
seeds = st.integers(0, 5)


def spread(dealt: Deal) -> int:
    return max(dealt.loads.values()) - min(dealt.loads.values())


@given(articles, annotators, st.integers(1, len(NAMES)), seeds)
def test_all_have_as_many_within_one_article(articles, annotators, readers, seed):
    readers = min(readers, len(annotators))
    dealt = deal(articles, annotators, Overlap(readers), seed, {})
    assert spread(dealt) <= 1
    assert set(dealt.hands) == set(articles)
    assert all(len(set(hand)) == len(hand) == readers for hand in dealt.hands.values())
    assert sum(dealt.loads.values()) == len(dealt.new) == readers * len(articles)
    assert deal(articles[::-1], annotators, Overlap(readers), seed, {}).hands == dealt.hands


@given(articles, st.integers(2, len(NAMES)), st.integers(0, 100), seeds)
def test_a_share_of_the_articles_goes_to_two(articles, number, percent, seed):
    dealt = deal(articles, NAMES[:number], Overlap(share=percent / 100), seed, {})
    assert spread(dealt) <= 1
    assert abs(dealt.shared - len(articles) * percent / 100) <= 0.5
    assert {len(hand) for hand in dealt.hands.values()} <= {1, 2}


@given(articles, annotators, st.data(), seeds)
def test_what_anybody_has_stays_and_nobody_gets_an_article_twice(articles, annotators, data, seed):
    some = st.lists(st.sampled_from([*annotators, "gone"]), unique=True)
    there = {a: data.draw(some) for a in articles}
    readers = data.draw(st.integers(1, len(annotators)))
    dealt = deal(articles, annotators, Overlap(readers), seed, there)
    for article, hand in dealt.hands.items():
        assert set(there[article]) <= set(hand)
        assert len(set(hand)) == len(hand) >= readers or set(annotators) <= set(hand)
    assert not {(a, who) for a in there for who in there[a]} & set(dealt.new)
    assert all(len(hand) <= max(readers, len(there[article])) for article, hand in dealt.hands.items())


def test_earlier_hands_are_evened_out():
    articles = [f"article {i}" for i in range(12)]
    there = {article: ["ann"] for article in articles[:6]}
    dealt = deal(articles, ("ann", "bob"), Overlap(1), 0, there)
    assert dealt.loads == {"ann": 6, "bob": 6}


def test_pairs_meet_as_often_as_others():
    articles = [f"article {i}" for i in range(60)]
    dealt = deal(articles, ("ann", "bob", "çelik", "noor"), Overlap(2), 0, {})
    pairs = [frozenset(hand) for hand in dealt.hands.values()]
    numbers = [pairs.count(pair) for pair in set(pairs)]
    assert len(numbers) == 6
    assert max(numbers) - min(numbers) <= 2


def test_another_seed_deals_otherwise():
    articles = [f"article {i}" for i in range(20)]
    one, other = (deal(articles, ("ann", "bob"), Overlap(1), seed, {}).hands for seed in (0, 1))
    assert one != other


@pytest.mark.parametrize(
    ("annotators", "articles", "overlap", "why"),
    [
        ((), ("a",), Overlap(), "nobody was named"),
        (("ann", "ann"), ("a",), Overlap(), "named twice"),
        (("ann",), (), Overlap(), "no articles"),
        (("ann",), ("a",), Overlap(2), "can't get 2 annotators"),
        (("ann",), ("a",), Overlap(share=0.1), "can't get 2 annotators"),
    ],
)
def test_what_can_not_be_dealt_is_refused(annotators, articles, overlap, why):
    with pytest.raises(Refused, match=why):
        deal(articles, annotators, overlap, 0, {})


@pytest.mark.parametrize(
    ("words", "overlap"),
    [("1", Overlap(1)), ("3", Overlap(3)), ("20%", Overlap(share=0.2)), ("12.5%", Overlap(share=0.125))],
)
def test_an_overlap_is_a_number_of_annotators_or_a_share(words, overlap):
    assert parsed_overlap(words) == overlap


@pytest.mark.parametrize("words", ["", "0", "-1", "two", "120%", "%", "nan%", "1.5", "²", "99999"])
def test_an_overlap_that_is_none_says_what_one_is(words):
    with pytest.raises(ValueError, match="is no overlap"):
        parsed_overlap(words)
