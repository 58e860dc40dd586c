"""The journal's values: hashes that chain, ids that sort, ranks that decide."""

import json
import uuid
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.model.change import Change, Revision, chain_hash, new_id, to_json

CHANGE = Change(
    id="0197-a",
    feed="feed",
    n=3,
    seq=7,
    actor="ann",
    at="2016-09-21T10:00:00Z",
    action="tag as Claim",
    undoes=None,
    hash="",
    revisions=(Revision("annotation", "x", {"label": "claim", "note": "ä 😀"}, "0197-b"),),
)


def test_a_revision_is_of_one_object() -> None:
    assert CHANGE.revisions[0].key == ("annotation", "x")


def test_the_hash_is_the_same_for_the_same_change_and_any_order_of_keys() -> None:
    again = Revision("annotation", "x", {"note": "ä 😀", "label": "claim"}, "0197-b")
    assert chain_hash("before", CHANGE) == chain_hash("before", replace(CHANGE, revisions=(again,)))


def test_the_hash_of_a_change_is_no_part_of_it() -> None:
    assert chain_hash("before", CHANGE) == chain_hash("before", replace(CHANGE, hash="f" * 64))


@pytest.mark.parametrize(
    "altered",
    [
        replace(CHANGE, id="0197-c"),
        replace(CHANGE, feed="other"),
        replace(CHANGE, n=4),
        replace(CHANGE, seq=8),
        replace(CHANGE, actor="ben"),
        replace(CHANGE, at="2016-09-21T10:00:01Z"),
        replace(CHANGE, action="tag as Quote"),
        replace(CHANGE, undoes="0197-a"),
        replace(CHANGE, revisions=()),
        replace(CHANGE, revisions=(replace(CHANGE.revisions[0], body=None),)),
        replace(CHANGE, revisions=(replace(CHANGE.revisions[0], body={"label": "quote", "note": "ä 😀"}),)),
        replace(CHANGE, revisions=(replace(CHANGE.revisions[0], parent=None),)),
        replace(CHANGE, revisions=(replace(CHANGE.revisions[0], id="y"),)),
        replace(CHANGE, revisions=(replace(CHANGE.revisions[0], kind="link"),)),
        replace(CHANGE, revisions=CHANGE.revisions * 2),
    ],
)
def test_altering_anything_alters_the_hash(altered: Change) -> None:
    assert chain_hash("before", altered) != chain_hash("before", CHANGE)


def test_the_hash_holds_the_one_before_it() -> None:
    assert chain_hash("before", CHANGE) != chain_hash("other", CHANGE)


def test_a_lone_surrogate_in_an_imported_name_can_be_hashed() -> None:
    assert len(chain_hash("", replace(CHANGE, actor="\ud800"))) == 64


def test_the_highest_rank_wins_and_the_id_breaks_ties() -> None:
    earlier, later = replace(CHANGE, seq=7, id="z"), replace(CHANGE, seq=8, id="a")
    assert max(earlier, later, key=lambda change: change.rank) is later
    assert max(CHANGE, earlier, key=lambda change: change.rank) is earlier


@given(st.dictionaries(st.text(), st.integers() | st.text() | st.none()))
def test_json_is_written_one_way_and_reads_back(body: dict[str, object]) -> None:
    turned = dict(reversed(body.items()))
    assert to_json(body) == to_json(turned)
    assert json.loads(to_json(body)) == body
    assert "\n" not in to_json(body)


def test_json_keeps_letters_readable() -> None:
    assert to_json({"b": "عé", "a": [1, None]}) == '{"a":[1,null],"b":"عé"}'


def test_ids_are_uuids_of_version_7() -> None:
    made = uuid.UUID(new_id())
    assert (made.version, made.variant) == (7, uuid.RFC_4122)


def test_ids_sort_by_the_millisecond_they_were_made_in(monkeypatch: pytest.MonkeyPatch) -> None:
    made = []
    for millisecond in (0, 1, 1_474_452_000_000, 1_474_452_000_001, 2**48 - 1):
        monkeypatch.setattr("time.time_ns", lambda now=millisecond: now * 1_000_000)
        made.append(new_id())
    assert made == sorted(made)
    assert all(len(one) == 36 for one in made)


def test_no_two_ids_are_alike() -> None:
    assert len({new_id() for _ in range(1000)}) == 1000
