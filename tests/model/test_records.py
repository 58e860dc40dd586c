"""Bodies: what is written comes back, and keys this version doesn't know stay."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.model.anchor import Anchor
from annotator.model.records import Annotation, Article, Entity, Link, Progress, progress_id
from annotator.model.span import Span, joined

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=6,
)
BODIES = st.dictionaries(st.text(), JSON, max_size=3)
UNKNOWN = st.dictionaries(st.text(min_size=1).map("later ".__add__), JSON, max_size=3)
SPANS = st.tuples(st.integers(0, 90), st.integers(1, 9)).map(lambda pair: Span(pair[0], sum(pair)))
FRAGMENTS = st.lists(SPANS, min_size=1, max_size=4).map(joined)

RECORDS = st.one_of(
    st.builds(Article, *[st.text()] * 8, extra=UNKNOWN),
    st.builds(
        Annotation,
        *[st.text()] * 4,
        fragments=FRAGMENTS,
        anchor=st.builds(Anchor, st.lists(st.text()).map(tuple), st.text(), st.text()),
        attributes=BODIES,
        note=st.text(),
        origin=st.text(),
        scheme=st.text(),
        extra=UNKNOWN,
    ),
    st.builds(Link, *[st.text()] * 5, attributes=BODIES, extra=UNKNOWN),
    st.builds(
        Entity, *[st.text()] * 3, attributes=BODIES, note=st.text(), merged_into=st.text(), extra=UNKNOWN
    ),
    st.builds(
        Progress,
        st.text(),
        st.text(),
        st.sampled_from(["to do", "reading", "done", "skipped"]),
        extra=UNKNOWN,
    ),
)


@given(RECORDS)
def test_a_record_comes_back_from_its_body_with_unknown_keys(record: Any) -> None:
    body = json.loads(json.dumps(record.to_body()))
    again = type(record).from_body(record.id, body)
    assert again == record
    assert again.to_body() == body


@given(RECORDS, UNKNOWN)
def test_keys_of_a_newer_version_survive_an_older_one(record: Any, newer: dict[str, Any]) -> None:
    body = {**record.to_body(), **newer}
    assert type(record).from_body(record.id, body).to_body() == body


def test_an_unknown_key_never_hides_a_known_one() -> None:
    article = Article("a", "0" * 64, title="Truce", extra={"title": "forged", "rating": 5})
    assert article.to_body()["title"] == "Truce"
    assert article.to_body()["rating"] == 5


def test_an_old_body_with_fewer_keys_is_read() -> None:
    body = {"article": "a", "layer": "ann", "label": "claim", "fragments": [[0, 5]], "exact": ["truce"]}
    annotation = Annotation.from_body("x", body)
    assert (annotation.attributes, annotation.note, annotation.anchor.prefix) == ({}, "", "")
    assert (
        Link.from_body("x", {"layer": "", "type": "part-of", "source": "a", "target": "b"}).attributes == {}
    )
    assert Entity.from_body("x", {"kind": "actor", "name": "Kerry"}).merged_into == ""


@pytest.mark.parametrize(
    "wrong",
    [
        {"fragments": [[5, 5]]},
        {"fragments": [[0]]},
        {"fragments": 5},
        {"fragments": [["0", "5"]]},
        {"exact": None},
    ],
)
def test_a_body_that_is_no_annotation_is_refused(wrong: dict[str, Any]) -> None:
    good = {"article": "a", "layer": "ann", "label": "claim", "fragments": [[0, 5]], "exact": ["truce"]}
    with pytest.raises((KeyError, TypeError, ValueError)):
        Annotation.from_body("x", {**good, **wrong})
    with pytest.raises(KeyError):
        Annotation.from_body("x", {})


def test_a_broken_quote_reads_with_an_ellipsis_and_knows_its_hull() -> None:
    text = "“The ceasefire,” he said, “is not dead.”"
    quote = Annotation("x", "a", "ann", "quote", (Span(0, 16), Span(26, 40)), Anchor(("", "")))
    placed = quote.placed(text, quote.fragments)
    assert placed.words == "“The ceasefire,” … “is not dead.”"
    assert placed.hull == Span(0, 40)
    assert placed.stands_in(text)
    assert not placed.stands_in("x" + text)
    assert not quote.stands_in(text)


def test_moving_an_annotation_keeps_what_is_said_of_it() -> None:
    text = "at least 13 people dead"
    count = Annotation("x", "a", "ann", "casualty", (Span(0, 11),), Anchor(("at least 13",)), note="check")
    moved = count.placed(text, (Span(9, 18),))
    assert moved.anchor == Anchor(("13 people",), "at least ", " dead")
    assert (moved.id, moved.note, moved.label) == ("x", "check", "casualty")


def test_progress_is_one_object_for_each_article_and_annotator() -> None:
    assert Progress("a", "ann", "done").id == progress_id("a", "ann")
    assert progress_id("a", "ann") != progress_id("a", "ben")
