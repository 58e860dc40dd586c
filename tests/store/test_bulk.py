"""Articles read in bulk are the same as those read one by one."""

import json
import sqlite3
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from store_values import TEXT, add_article, add_span, marked, remove, tamper, write

from annotator.formats.parts.json_lines import line_of
from annotator.model.records import Link, Progress
from annotator.store import bulk


def wholes(project, **more):
    return list(project.wholes(project.article_ids(), **more))


def body_of(mark):
    """What a line says of an annotation, as a body."""
    return json.loads(line_of({"mark": mark}))["mark"]


def expected(annotation):
    body = {**annotation.to_body(), "id": annotation.id}
    del body["article"]
    return json.loads(json.dumps(body))


def test_everything_on_an_article_is_read_in_order(project):
    article, other = add_article(project), add_article(project, "Another text.", "Other")
    for words in ("truce", "Syria truce", "Aleppo", "Syria", "truce"):
        add_span(project, article, words, layer="bob" if words == "Aleppo" else "mina")
    one, two = project.annotations(article.id)[:2]
    link, back = Link("l1", "mina", "repeats", one.id, two.id), Link("l0", "bob", "repeats", two.id, one.id)
    write(project, link, back, Progress(article.id, "mina", "done"), Progress(other.id, "bob", "skipped"))
    first, second = wholes(project, annotators=["bob", "mina", "nobody"])
    assert (first.id, first.body) == (article.id, article.to_body())
    assert [body_of(mark) for mark in first.annotations] == list(
        map(expected, project.annotations(article.id))
    )
    assert [own_id for own_id, _ in first.links] == ["l0", "l1"]
    assert first.progress == [Progress(article.id, "mina", "done").to_body()]
    assert (second.id, second.annotations, second.links) == (other.id, [], [])
    assert second.progress == [Progress(other.id, "bob", "skipped").to_body()]


def test_a_link_stands_with_its_source_and_needs_both_ends(project):
    article, other = add_article(project), add_article(project, "A truce elsewhere.", "Other")
    here = add_span(project, article)
    there = marked(other, "truce", text="A truce elsewhere.")
    write(project, there, Link("l", "mina", "repeats", there.id, here.id))
    assert [[own_id for own_id, _ in whole.links] for whole in wholes(project)] == [[], ["l"]]
    remove(project, article)
    assert [whole.links for whole in wholes(project)] == [[]]


def test_layers_and_labels_are_chosen(project):
    article = add_article(project)
    for layer in ("ann", "bob", "eve"):
        for label in ("claim", "quote"):
            add_span(project, article, layer=layer, label=label)

    def chosen(**more):
        (whole,) = wholes(project, **more)
        return sorted((mark.layer, mark.label) for mark in whole.annotations)

    assert len(chosen()) == 6
    assert chosen(layers=["bob", "eve"], labels=["quote"]) == [("bob", "quote"), ("eve", "quote")]
    assert chosen(labels=["claim"]) == [("ann", "claim"), ("bob", "claim"), ("eve", "claim")]


def test_articles_come_in_the_order_asked_for_however_they_are_batched(project, monkeypatch):
    articles = [add_article(project, f"{TEXT} {n}", f"Title {n}") for n in range(7)]
    for n, article in enumerate(articles):
        for _ in range(n % 4):
            add_span(project, article, text=TEXT)
    ids = sorted(article.id for article in articles)
    whole = [(w.id, list(map(body_of, w.annotations))) for w in project.wholes(ids)]
    for most in (1, 2, 3):
        monkeypatch.setattr(bulk, "_ARTICLES", most)
        assert [(w.id, list(map(body_of, w.annotations))) for w in project.wholes(ids)] == whole
    assert [w.id for w in project.wholes(ids[::-1])] == ids[::-1]
    assert list(project.wholes(["no such article"])) == []


def test_keys_of_a_newer_version_are_kept(project):
    article = add_article(project)
    newer = replace(marked(article), extra={"newer": {"b": 1, "a": [2]}, "about": None})
    write(project, newer)
    (whole,) = wholes(project)
    assert [body_of(mark) for mark in whole.annotations] == [expected(newer)]


@pytest.mark.parametrize("kind", ["annotation", "article"])
def test_what_cant_be_read_is_named_or_left_out(project, kind):
    article = add_article(project)
    span, other = add_span(project, article), add_span(project, article, "Aleppo")
    own_id = span.id if kind == "annotation" else article.id
    tamper(project.path, "UPDATE revision SET body = '{]' WHERE kind = ? AND id = ?", kind, own_id)
    found = wholes(project)
    if kind == "article":
        assert found == []
    else:
        assert [mark.id for mark in found[0].annotations] == [other.id]
        assert found[0].unreadable == [span.id]


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**70), 2**70) | st.floats() | st.text(max_size=3),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=3), inner, max_size=2),
    max_leaves=4,
)
KEYS = ("layer", "label", "exact", "prefix", "suffix", "attributes", "note", "origin", "scheme", "id", "new")
SPOILT = st.dictionaries(st.sampled_from((*KEYS, "fragments")), JSON, max_size=2)
PAIRS = st.lists(st.lists(st.integers(-1, 9) | st.sampled_from([1.0, 2**60]), max_size=3), max_size=3)


@pytest.fixture
def span(project):
    return add_span(project, add_article(project))


@pytest.fixture
def spoil(project, span):
    """Return a function that stores another body of the span."""
    raw = sqlite3.connect(project.path, isolation_level=None)
    raw.execute("PRAGMA synchronous=OFF")
    raw.execute("DROP TRIGGER revision_update")
    yield lambda body: raw.execute("UPDATE revision SET body = ? WHERE id = ?", (body, span.id))
    raw.close()


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(spoilt=SPOILT, pairs=st.none() | PAIRS, lacking=st.sets(st.sampled_from(KEYS), max_size=2))
def test_an_annotation_is_read_in_bulk_as_it_is_read_alone(project, span, spoil, spoilt, pairs, lacking):
    body = {**span.to_body(), **spoilt, **({} if pairs is None else {"fragments": pairs})}
    spoil(json.dumps({key: value for key, value in body.items() if key not in lacking}))
    alone = project.annotations(span.article)
    (whole,) = project.wholes([span.article])
    assert whole.unreadable == ([] if alone else [span.id])
    assert [line_of({"mark": mark}) for mark in whole.annotations] == [
        line_of({"mark": expected(annotation)}) for annotation in alone
    ]
