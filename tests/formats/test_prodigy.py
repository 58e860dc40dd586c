"""Prodigy's JSON Lines: what we write has the shape of its exports, and its exports come in."""

import dataclasses
import json

import dataset_values as made
import pytest
import spacy
from golden_dataset import ARTICLE, DATASET, TEXT
from hypothesis import given, settings
from spacy.tokens import Doc

from annotator.formats.dataset import Dataset
from annotator.formats.errors import FormatError
from annotator.formats.losses import Tally
from annotator.formats.registry import format_by_id, format_of
from annotator.model.records import Link, Progress
from annotator.model.span import Span
from annotator.services.placing import place

HOW = format_by_id("prodigy")
FITTED = made.fitting_of(HOW, DATASET)
VOCAB = spacy.blank("xx").vocab

TOKENS = [
    {"text": "My", "start": 0, "end": 2, "id": 0, "ws": True},
    {"text": "name", "start": 3, "end": 7, "id": 1, "ws": True},
    {"text": "is", "start": 8, "end": 10, "id": 2, "ws": True},
    {"text": "Freya", "start": 11, "end": 16, "id": 3, "ws": False},
    {"text": ".", "start": 16, "end": 17, "id": 4, "ws": False},
]
# As `prodigy db-out` writes it after `ner.manual`.
MANUAL = {
    "text": "My name is Freya.",
    "_input_hash": -91551573,
    "_task_hash": -1162253049,
    "tokens": TOKENS,
    "_is_binary": False,
    "_view_id": "ner_manual",
    "spans": [{"start": 11, "end": 16, "token_start": 3, "token_end": 3, "label": "PERSON"}],
    "answer": "accept",
    "_timestamp": 1707211049,
    "_annotator_id": "2024-02-06_10-17-19",
    "_session_id": "2024-02-06_10-17-19",
}
NAME = {"start": 3, "end": 7, "token_start": 1, "token_end": 1, "label": "WORD"}
RELATION = {
    "head": 3,
    "child": 1,
    "head_span": {"start": 11, "end": 16, "token_start": 3, "token_end": 3, "label": "PERSON"},
    "child_span": {"start": 3, "end": 7, "token_start": 1, "token_end": 1, "label": "WORD"},
    "color": "#ffd882",
    "label": "HAS",
}


def rows(dataset, tmp_path):
    (path,) = made.export(HOW, dataset, tmp_path / "work.jsonl")
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def saved(tmp_path, *lines):
    path = tmp_path / "prodigy.jsonl"
    path.write_text("\n".join(x if isinstance(x, str) else json.dumps(x) for x in lines), encoding="utf-8")
    return path


def read(tmp_path, *lines):
    remarks = made.Remarks()
    data = HOW.read(saved(tmp_path, *lines), made.SCHEME, remarks)
    return list(data), list(remarks), data.header


def marked(record):
    return sorted((a.layer, a.label, record.text[a.hull.start : a.hull.stop]) for a in record.annotations)


# Writing


@settings(max_examples=40, deadline=None)
@given(dataset=made.datasets())
def test_tokens_give_the_text_and_hold_every_span(dataset, tmp_path_factory):
    dataset = made.fitting_of(HOW, dataset)
    for row in rows(dataset, tmp_path_factory.mktemp("prodigy")):
        tokens = row["tokens"]
        doc = Doc(VOCAB, words=[t["text"] for t in tokens], spaces=[t["ws"] for t in tokens])
        assert doc.text == row["text"]
        assert [(t.i, t.idx, t.idx + len(t)) for t in doc] == [
            (t["id"], t["start"], t["end"]) for t in tokens
        ]
        for span in row["spans"]:
            found = doc.char_span(span["start"], span["end"])
            assert found.text == span["text"]
            assert (found.start, found.end - 1) == (span["token_start"], span["token_end"])


def test_each_annotator_has_a_line_of_each_article(tmp_path):
    first, *_, second = written = rows(FITTED, tmp_path)
    assert [(row["_annotator_id"], row["_session_id"]) for row in written] == [
        *(("ann", "ann"), ("bob", "bob"), ("gold", "gold"), ("ann", "ann")),
    ]
    assert [row["answer"] for row in written] == ["accept"] * 4
    assert [row["_view_id"] for row in written] == ["relations", "relations", "spans_manual", "spans_manual"]
    assert first["meta"] == {
        "title": ARTICLE.title,
        "outlet": ARTICLE.outlet,
        "author": "-",
        "published": "2016-09-21",
        "url": ARTICLE.url,
        "language": "en",
    }
    assert first["article"]["newer key"] == {"kept": True}
    assert second["spans"] == []


def test_relations_name_their_spans_by_offsets_and_tokens(tmp_path):
    row = rows(FITTED, tmp_path)[0]
    (relation,) = row["relations"]
    assert relation["label"] == "repeats"
    assert relation["attributes"] == {"drift": "+1"}
    for end in ("head", "child"):
        span = relation[f"{end}_span"]
        assert relation[end] == span["token_end"]
        assert row["tokens"][span["token_start"]]["start"] == span["start"]
        assert row["tokens"][span["token_end"]]["end"] == span["end"]


def test_who_has_read_an_article_and_found_nothing_has_a_line(tmp_path):
    record = dataclasses.replace(
        DATASET.records[1],
        progress=(
            Progress("x", "ann", "skipped"),
            Progress("x", "bob", "done"),
            Progress("x", "cy", "reading"),
        ),
    )
    said = [
        (row["_annotator_id"], row["answer"], row.get("progress")) for row in rows_of_record(record, tmp_path)
    ]
    assert said == [("ann", "ignore", None), ("bob", "accept", None), ("cy", "accept", {"state": "reading"})]


def rows_of_record(record, tmp_path):
    return rows(Dataset(DATASET.header, (record,)), tmp_path)


def test_an_article_that_nobody_has_read_has_a_line_without_an_answer(tmp_path):
    record = dataclasses.replace(DATASET.records[1], progress=())
    (row,) = rows_of_record(record, tmp_path)
    assert not {"answer", "_annotator_id"} & set(row)
    ((back,), remarks, _) = read(tmp_path, row)
    assert (back.progress, remarks) == ((), [])


def test_everything_said_of_articles_comes_back(tmp_path):
    records, remarks, header = read(tmp_path, *rows(FITTED, tmp_path))
    assert remarks == []
    for was, now in zip(FITTED, records, strict=True):
        assert (now.article, now.text, now.progress) == (was.article, was.text, was.progress)
        placed, wanted = (
            sorted((a.placed(was.text, a.fragments) for a in r.annotations), key=lambda a: a.id)
            for r in (now, was)
        )
        assert placed == wanted
        assert sorted(now.links, key=lambda x: x.id) == list(was.links)
    assert [(e.id, e.name) for e in header.entities] == [("e-john", "@Kerry")]


def test_links_to_other_articles_are_kept(tmp_path):
    away = Link("l", "bob", "repeats", "a-source", "elsewhere", {"drift": "x"})
    record = dataclasses.replace(FITTED.records[0], links=(away,))
    ((back,), remarks, _) = read(tmp_path, *rows_of_record(record, tmp_path))
    assert (back.links, remarks) == ((away,), [])


def test_losses_are_the_scheme_and_what_is_said_of_entities():
    tally = Tally()
    tally.add(HOW.lacks().in_header(DATASET.header))
    assert [loss.count for loss in tally.losses()] == [2, 1]
    assert list(HOW.lacks().in_record(FITTED.records[0])) == []


def test_lines_are_recognised_whatever_the_text_says(tmp_path):
    assert format_of(saved(tmp_path, MANUAL)) is HOW
    assert format_of(saved(tmp_path, {"text": "x", "spans": []})) is HOW
    assert format_of(saved(tmp_path, {"text": "x", "label": "NEWS", "answer": "reject"})) is HOW
    quoting = {"text": '{"spans": [], "answer": "accept", "_task_hash": 5}'}
    own = {"format": "annotator", "version": 1, "note": {"spans": [], "answer": "accept"}}
    assert format_of(saved(tmp_path, own, quoting)).id == "jsonl"


# Reading what Prodigy writes


def test_an_export_of_ner_manual(tmp_path):
    ((record,), remarks, header) = read(tmp_path, MANUAL)
    assert remarks == []
    assert marked(record) == [("", "PERSON", "Freya")]
    assert record.annotations[0].attributes == {}
    assert (record.progress, record.line) == (None, 1)
    assert [label.id for label in header.labels] == ["PERSON"]
    assert (record.article.title, record.article.extra) == ("My name is Freya.", {})


def test_named_sessions_are_layers_and_their_lines_are_joined(tmp_path):
    alex = {**MANUAL, "_annotator_id": "news-alex", "_session_id": "news-alex"}
    bea = {**MANUAL, "_annotator_id": None, "_session_id": "news-bea", "spans": [NAME]}
    ((record,), remarks, _) = read(tmp_path, alex, bea)
    assert remarks == []
    assert marked(record) == [("news-alex", "PERSON", "Freya"), ("news-bea", "WORD", "name")]
    assert [(p.annotator, p.state) for p in record.progress] == [("news-alex", "done"), ("news-bea", "done")]


def test_rejected_lines_are_not_taken_and_that_is_said(tmp_path):
    rejected = {**MANUAL, "answer": "reject"}
    ((record, other), remarks, _) = read(tmp_path, {**MANUAL, "text": "Other name Freya"}, rejected, rejected)
    assert (marked(record), marked(other)) == ([("", "PERSON", "Freya")], [])
    assert remarks == [(2, "lines that were rejected, whose spans are left out: 2")]


def test_ignored_lines_are_skipped_articles(tmp_path):
    named = {"_annotator_id": "news-alex", "_session_id": "news-alex"}
    ignored = {**MANUAL, **named, "answer": "ignore"}
    ((record,), remarks, _) = read(tmp_path, ignored)
    assert (marked(record), [(p.annotator, p.state) for p in record.progress]) == (
        [],
        [("news-alex", "skipped")],
    )
    assert remarks == [(1, "lines that were ignored, whose spans are left out: 1")]
    ((again,), _, _) = read(tmp_path, ignored, {**ignored, "answer": "accept"})
    assert [p.state for p in again.progress] == ["done"]


def test_binary_answers_on_one_text_are_joined(tmp_path):
    def asked(span, answer):
        return {**MANUAL, "spans": [{**span, "source": "model", "input_hash": 1}], "answer": answer}

    person, name = MANUAL["spans"][0], NAME
    lines = [asked(person, "accept"), asked(name, "accept"), asked({**name, "label": "NO"}, "reject")]
    ((record,), remarks, _) = read(tmp_path, *lines)
    assert marked(record) == [("", "PERSON", "Freya"), ("", "WORD", "name")]
    assert len(remarks) == 1


def test_a_span_that_an_annotator_marked_twice_is_taken_once(tmp_path):
    ((record,), remarks, _) = read(tmp_path, MANUAL, MANUAL, {**MANUAL, "_annotator_id": "bea"})
    assert marked(record) == [("", "PERSON", "Freya"), ("bea", "PERSON", "Freya")]
    assert remarks == [(None, "spans that several lines of one annotator have were taken once: 1")]


def test_relations_become_links(tmp_path):
    row = {**MANUAL, "_view_id": "relations", "spans": [*MANUAL["spans"], NAME], "relations": [RELATION]}
    ((record,), remarks, _) = read(tmp_path, row)
    assert remarks == []
    ids = {a.label: a.id for a in record.annotations}
    (link,) = record.links
    assert (link.type, link.source, link.target) == ("HAS", ids["PERSON"], ids["WORD"])
    assert (link.attributes, link.extra) == ({}, {})
    ((again,), _, _) = read(tmp_path, row)
    assert again.links == record.links


@pytest.mark.parametrize("keys", [{"head_span", "child_span"}, set()])
def test_relations_without_spans_of_their_own_go_by_tokens(tmp_path, keys):
    relation = {key: value for key, value in RELATION.items() if key not in keys}
    row = {**MANUAL, "spans": [*MANUAL["spans"], NAME], "relations": [relation]}
    ((record,), _, _) = read(tmp_path, row)
    assert len(record.links) == 1


@pytest.mark.parametrize(
    ("relation", "why"),
    [
        (
            {**RELATION, "head_span": {"start": 0, "end": 2, "label": None}},
            "its “head” is no span of the line",
        ),
        ({**RELATION, "child_span": None, "child": 0}, "its “child” is no span of the line"),
        ({**RELATION, "child_span": None, "child": "1"}, "its “child” is no span of the line"),
        ({**RELATION, "label": None}, "“type” is missing or not text"),
        (5, "it is not an object"),
    ],
)
def test_relations_between_words_that_are_no_spans_are_left_out_and_said(tmp_path, relation, why):
    row = {**MANUAL, "spans": [*MANUAL["spans"], NAME], "relations": [relation]}
    ((record,), remarks, _) = read(tmp_path, row)
    assert (record.links, remarks) == ((), [(1, f"a relation was left out: {why}")])


def test_who_works_on_a_line_of_ours_makes_copies(tmp_path):
    ours = rows(FITTED, tmp_path)
    inside = {**ours[0], "relations": [ours[0]["relations"][0] | {"child_span": ours[0]["spans"][1]}]}
    copied = {**inside, "_annotator_id": "news-cy", "_session_id": "news-cy", "answer": "accept"}
    (record, _), remarks, _ = read(tmp_path, *ours, copied)
    assert remarks == []
    mine, copies = ([a for a in record.annotations if a.layer == layer] for layer in ("ann", "news-cy"))
    assert [a.fragments for a in copies] == [a.fragments for a in mine]
    assert not {a.id for a in copies} & {a.id for a in record.annotations if a.layer != "news-cy"}
    (link,) = [x for x in record.links if x.layer == "news-cy"]
    assert {link.source, link.target} <= {a.id for a in copies}
    assert link.id not in ("", "l-1")
    assert ("news-cy", "done") in [(p.annotator, p.state) for p in record.progress]
    (again, _), _, _ = read(tmp_path, *ours, copied)
    assert again.annotations == record.annotations


def test_a_line_that_stands_twice_is_taken_once(tmp_path):
    ours = rows(FITTED, tmp_path)
    (record, _), remarks, _ = read(tmp_path, *ours, ours[1])
    assert len(record.annotations) == len(FITTED.records[0].annotations)
    assert remarks == [(None, "spans that several lines of one annotator have were taken once: 2")]


def test_labels_of_whole_texts_are_said(tmp_path):
    binary = {"text": "Cheap tents", "label": "AD", "_view_id": "classification", "answer": "accept"}
    choice = {"text": "Truce", "options": [{"id": "AD", "text": "Ad"}], "accept": ["AD"], "answer": "accept"}
    records, remarks, _ = read(tmp_path, binary, choice)
    assert [r.annotations for r in records] == [(), ()]
    assert remarks == [(1, "labels of whole texts are not taken; lines that have them: 2")]


def test_what_other_programs_add_is_kept(tmp_path):
    span = {**NAME, "kb_id": "Q1", "score": 0.5, "color": "red"}
    meta = {"source": "Reuters", "title": "Names", "page": 3, "score": 0.7, "pattern": "1, 2"}
    row = {**MANUAL, "spans": [span], "meta": meta, "url": "https://example.org", "doc": {"id": 7}, "id": 12}
    ((record,), remarks, header) = read(tmp_path, row)
    assert remarks == []
    assert record.annotations[0].attributes == {"kb_id": "Q1", "score": 0.5}
    assert {a.name: a.kind for a in header.labels[0].attributes} == {"kb_id": "text", "score": "number"}
    assert (record.article.title, record.article.url) == ("Names", "https://example.org")
    assert (record.article.outlet, record.article.extra) == ("Reuters", {"page": 3, "doc": {"id": 7}})


def test_spans_can_go_by_tokens_of_which_the_last_is_their_own(tmp_path):
    row = {**MANUAL, "spans": [{"token_start": 1, "token_end": 3, "label": "X"}]}
    ((record,), remarks, _) = read(tmp_path, row)
    assert (marked(record), remarks) == ([("", "X", "name is Freya")], [])


def test_windows_line_ends_in_a_text_move_the_spans(tmp_path):
    row = {
        "text": "One.\r\nFreya\r\nspoke",
        "spans": [{"start": 6, "end": 11, "label": "P"}],
        "answer": "accept",
    }
    ((record,), remarks, _) = read(tmp_path, row)
    assert (record.text, marked(record), remarks) == ("One.\nFreya\nspoke", [("", "P", "Freya")], [])


def test_an_end_that_is_off_by_one_is_found_by_the_words(tmp_path):
    span = {"start": 11, "end": 15, "label": "PERSON", "text": "Freya"}
    ((record,), _, _) = read(tmp_path, {**MANUAL, "spans": [span]})
    placing = place(record.annotations[0], record.text)
    assert placing.fragments == (Span(11, 16),)
    assert "re-anchored" in placing.remark


@pytest.mark.parametrize(
    ("span", "why"),
    [
        (5, "it is not an object"),
        ({"start": 3, "end": 7}, "“label” is missing or not text"),
        ({"start": 7, "end": 3, "label": "X"}, "the span from 7 to 3 is empty or runs backwards"),
        ({"start": 3.0, "end": 7, "label": "X"}, "a fragment is not a pair of whole numbers"),
        ({"token_start": 1, "token_end": 9, "label": "X"}, "it has no “end”"),
        ({"label": "X"}, "it has no “start”"),
        ({**NAME, "attributes": 5}, "its “attributes” are not an object"),
        ({**NAME, "note": 5}, "“note” is missing or not text"),
    ],
)
def test_bad_spans_are_left_out_and_said(tmp_path, span, why):
    ((record,), remarks, _) = read(tmp_path, {**MANUAL, "spans": [span, NAME]})
    assert (marked(record), remarks) == ([("", "WORD", "name")], [(1, f"a span was left out: {why}")])


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ({"image": "data:…", "spans": [], "answer": "accept"}, "“text” is missing or not text"),
        ({**MANUAL, "answer": "maybe"}, "its answer “maybe” is none of accept, reject and ignore"),
        ({**MANUAL, "spans": "[{'start': 19}]"}, "“spans” is not a list"),
        ({**MANUAL, "text": "\u200b \n"}, "its text holds nothing but characters that can't be seen"),
        ("[1, 2]", "it is not an object"),
        ("{", "the line is not valid JSON"),
    ],
)
def test_bad_lines_are_left_out_and_the_others_are_read(tmp_path, line, why):
    ((record,), ((number, remark),), _) = read(tmp_path, line, "", MANUAL)
    assert marked(record) == [("", "PERSON", "Freya")]
    assert (number, record.line) == (1, 3)
    assert remark.startswith(f"the line was left out: {why}")


@pytest.mark.parametrize("lines", [[], ["{"], [{"image": "x"}]])
def test_a_file_without_a_line_of_prodigy_is_refused(tmp_path, lines):
    with pytest.raises(FormatError, match="has no line that Prodigy could have written"):
        read(tmp_path, *lines)


def test_a_text_that_was_changed_by_hand_is_another_article(tmp_path):
    row = {**rows(FITTED, tmp_path)[0], "text": TEXT + " More."}
    ((record,), remarks, _) = read(tmp_path, row)
    assert record.article.id != ARTICLE.id
    assert "not the one that “sha256” names" in remarks[0][1]


def test_odd_progress_and_layers_are_left_out_and_said(tmp_path):
    row = {**rows(FITTED, tmp_path)[0], "relations": []}
    ((_,), remarks, _) = read(tmp_path, {**row, "progress": {"state": "napping"}})
    assert remarks == [(1, "who has read it was left out: “napping” is not a state of an article")]
    ((record,), remarks, _) = read(tmp_path, {**MANUAL, "_annotator_id": "all"})
    assert (record.annotations, record.progress, len(remarks)) == ((), (), 2)
