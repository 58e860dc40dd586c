"""Splits are proportionate, stable under a seed, and keep groups of articles together."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.services.splitting import parsed, split_articles

THIRDS = {"train": 80, "dev": 10, "test": 10}


def parts_of(n, split=THIRDS, seed=0):
    return split_articles({f"f{i}": [f"a{i}"] for i in range(n)}, split, seed)


@pytest.mark.parametrize("n", [10, 100, 1000])
def test_each_part_has_its_share(n):
    found = list(parts_of(n).values())
    assert {part: found.count(part) for part in THIRDS} == {
        "train": n * 8 // 10,
        "dev": n // 10,
        "test": n // 10,
    }


def test_the_seed_decides_and_the_order_of_groups_does_not():
    groups = {f"f{i}": [f"a{i}"] for i in range(50)}
    turned = dict(reversed(groups.items()))
    assert split_articles(groups, THIRDS, 1) == split_articles(turned, THIRDS, 1)
    assert split_articles(groups, THIRDS, 1) != split_articles(groups, THIRDS, 2)


@given(st.lists(st.integers(0, 12), min_size=1, max_size=60), st.integers())
def test_the_articles_of_a_group_stay_together_and_none_is_lost(keys, seed):
    groups = {}
    for i, key in enumerate(keys):
        groups.setdefault(f"f{key}", []).append(f"a{i}")
    parts = split_articles(groups, THIRDS, seed)
    assert set(parts) == {f"a{i}" for i in range(len(keys))}
    assert all(len({parts[a] for a in ids}) == 1 for ids in groups.values())


def test_a_part_without_a_share_gets_nothing():
    assert set(parts_of(40, {"a": 0, "b": 1, "c": 0}).values()) == {"b"}


@pytest.mark.parametrize(
    ("words", "split"),
    [
        ("train=80,dev=10,test=10", THIRDS),
        (" train=80 dev = 10\ttest=10 ", THIRDS),
        ("a=1, b=0.5", {"a": 1, "b": 0.5}),
        ("تدريب=1", {"تدريب": 1}),
    ],
)
def test_splits_are_read(words, split):
    assert parsed(words) == split


@pytest.mark.parametrize(
    "words", ["", "train", "train=x", "../a=1", "a=1,A=2", "a=0,b=0", "a=-1", "a=1,,b=1", "a/b=1"]
)
def test_other_splits_are_refused(words):
    with pytest.raises(ValueError, match=r"part|share"):
        parsed(words)


@pytest.mark.parametrize("name", ["CON", "nul", "Aux", "prn", "COM1", "lpt9", "com¹"])
def test_a_part_has_a_name_that_a_folder_can_have_on_windows(name):
    with pytest.raises(ValueError, match="can't be the name of a folder"):
        parsed(f"train=80,{name}=20")
    assert parsed(f"{name}x=1")


@pytest.mark.parametrize("name", ["a/b", "a\\b", "a:b", "a*", "a?", "..", ".", " ", 'a"', "a|b", "<a>"])
def test_a_part_has_only_letters_and_digits(name):
    with pytest.raises(ValueError, match="is not a part, of letters and digits"):
        parsed(f"train=80,{name}=20")
