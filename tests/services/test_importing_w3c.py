"""Importing Web Annotations of texts that are elsewhere: the project has them, or another file does."""

import json

import pytest

from annotator.services import importing
from annotator.services.errors import Refused

PAGE = "https://example.org/truce"
TEXT = "The truce is not dead, Kerry said. The truce holds."


def rows(path, *items):
    path.write_text(json.dumps({"@context": "http://www.w3.org/ns/anno.jsonld", "items": items}))
    return path


def item(own_id, exact, start=None, **context):
    place = (
        [] if start is None else [{"type": "TextPositionSelector", "start": start, "end": start + len(exact)}]
    )
    quote = {"type": "TextQuoteSelector", "exact": exact, **context}
    body = {"type": "TextualBody", "purpose": "tagging", "value": "claim"}
    target = {"source": PAGE, "selector": [*place, quote]}
    return {"id": own_id, "type": "Annotation", "creator": {"name": "bob"}, "body": body, "target": target}


def page(path, text=TEXT, url=PAGE):
    record = {"text": text, "article": {"title": "The truce", "url": url}}
    path.write_text("\n".join(map(json.dumps, ({"format": "annotator", "version": 1}, record))))
    return path


def bring(project, *paths):
    planned = importing.plan(project, list(paths), actor="ann")
    importing.apply(project, planned)
    return planned


def every(project):
    return [a for article in project.article_ids() for a in project.annotations(article)]


ITEMS = (item("x:1", "Kerry"), item("x:2", "The truce", prefix="said. "), item("x:3", "is not dead", 10))


@pytest.mark.parametrize("at_once", [True, False])
def test_work_finds_the_article_of_its_address(project, tmp_path, at_once):
    work, text = rows(tmp_path / "a.jsonld", *ITEMS), page(tmp_path / "b.jsonl")
    planned = bring(project, work, text) if at_once else (bring(project, text), bring(project, work))[1]
    assert planned.annotations == 3
    assert planned.remarks == ()
    assert sorted((a.id, a.words, a.hull.start) for a in every(project)) == [
        ("x:1", "Kerry", 23),
        ("x:2", "The truce", 35),
        ("x:3", "is not dead", 10),
    ]
    assert project.counts().done == {"bob": 1}


def test_words_without_a_certain_place_are_left_out_and_said(project, tmp_path):
    bring(project, page(tmp_path / "b.jsonl"))
    work = rows(
        tmp_path / "a.jsonld", item("x:1", "The truce"), item("x:2", "nowhere"), item("x:3", "Kerry", 3)
    )
    planned = bring(project, work)
    assert [a.words for a in every(project)] == ["Kerry"]
    assert [remark.message for remark in planned.remarks] == [
        "the claim “The truce” was left out: its words stand in no one place of the text",
        "the claim “nowhere” was left out: its words stand in no one place of the text",
        "the claim “Kerry” at 3 was re-anchored 20 characters on",
    ]


def test_an_address_of_two_articles_or_of_none_is_said(project, tmp_path):
    work = rows(tmp_path / "a.jsonld", ITEMS[0])
    with pytest.raises(Refused, match="it is not in the project and the file has no text"):
        bring(project, work)
    bring(project, page(tmp_path / "b.jsonl"), page(tmp_path / "c.jsonl", "Kerry again."))
    with pytest.raises(Refused, match="it is not in the project and the file has no text"):
        bring(project, work)


def test_a_file_of_nothing_of_the_kind_is_refused(project, tmp_path):
    (tmp_path / "a.jsonld").write_text("{}")
    with pytest.raises(Refused, match="holds no Web Annotations"):
        importing.plan(project, [tmp_path / "a.jsonld"], actor="ann", format_id="w3c")
