"""spaCy reads what is written, word for word; and what others saved with spaCy comes in."""

import dataclasses
import io

import dataset_values as made
import pytest
import spacy
from golden_dataset import ARTICLE, DATASET, SECOND, TEXT
from hypothesis import given, settings
from spacy.tokens import Doc, DocBin, Span
from spacy.training import Example

from annotator.formats.dataset import ArticleRecord, Dataset, Header
from annotator.formats.docbin import format as docbin
from annotator.formats.docbin.spacy_tokens import spacy_tokens
from annotator.formats.losses import Tally
from annotator.formats.registry import format_by_id
from annotator.model.anchor import anchor
from annotator.model.records import Annotation, Article, Link
from annotator.model.span import Span as Place
from annotator.model.text import article_id, fingerprint

HOW = format_by_id("docbin")
RECORD = DATASET.records[0]


def written(dataset):
    out = io.BytesIO()
    docbin.write(dataset, lambda _part: out)
    return out.getvalue()


def docs(dataset, nlp=None):
    vocab = (nlp or spacy.blank("xx")).vocab
    return list(DocBin().from_bytes(written(dataset)).get_docs(vocab))


def of_layers(*layers):
    """The golden dataset with the work of some layers only."""

    def kept(record):
        annotations = tuple(a for a in record.annotations if a.layer in layers)
        progress = tuple(p for p in record.progress if p.annotator in layers)
        return dataclasses.replace(record, annotations=annotations, links=(), progress=progress)

    return Dataset(DATASET.header, tuple(map(kept, DATASET)))


def saved(tmp_path, *made_docs, **options):
    """A file as a script saves it."""
    path = tmp_path / "train.spacy"
    DocBin(docs=made_docs, **options).to_disk(path)
    return path


def read(path):
    remarks = made.Remarks()
    data = HOW.read(path, made.SCHEME, remarks)
    return list(data), [message for _, message in remarks], data.header


def one(text, *marks, **described):
    """A record with marks given as (start, stop)."""
    article = Article(article_id(fingerprint(text)), fingerprint(text), **described)
    placed = [(Place(*mark),) for mark in marks]
    annotations = tuple(
        Annotation(f"a{n}", article.id, "ann", "claim", p, anchor(text, p)) for n, p in enumerate(placed)
    )
    return Dataset(Header("", made.SCHEME), (ArticleRecord(article, text, annotations),))


def marked(record):
    return sorted(
        (a.layer, a.label, *(record.text[f.start : f.stop] for f in a.fragments)) for a in record.annotations
    )


@settings(max_examples=40, deadline=None)
@given(dataset=made.datasets())
def test_spacy_finds_every_span_on_its_words(dataset):
    for record, doc in zip(dataset, docs(dataset), strict=True):
        assert doc.text == record.text
        wanted = sorted(
            (a.id, a.layer, a.label, f.start, f.stop) for a in record.annotations for f in a.fragments
        )
        found = [
            (s.id_, layer, s.label_, s.start_char, s.end_char)
            for layer in doc.spans
            for s in doc.spans[layer]
        ]
        assert sorted(f for f in found if f[1] != docbin.ONLY_LAYER) == wanted
        assert all(s.text == record.text[s.start_char : s.end_char] for g in doc.spans.values() for s in g)


def test_each_layer_is_a_span_group_of_every_doc():
    first, second = docs(DATASET)
    assert set(first.spans) == set(second.spans) == {"ann", "bob", "gold"}
    assert [s.text for s in first.spans["bob"]] == ["truce”", "truce”"]
    assert {s.label_ for s in first.spans["bob"]} == {"claim", "source"}
    assert not any(second.spans.values())


def test_the_only_layer_is_also_the_group_that_spacy_trains_on():
    first, second = docs(of_layers("bob"))
    assert [s.text for s in first.spans["sc"]] == ["truce”", "truce”"]
    assert list(second.spans["sc"]) == []
    assert "sc" in docs(of_layers())[0].spans


def test_spacy_aligns_the_spans_with_a_pipeline_of_its_own():
    nlp = spacy.blank("en")
    reference, _ = docs(of_layers("bob"), nlp)
    example = Example(nlp.make_doc(TEXT), reference)
    aligned = example.get_aligned_spans_y2x(reference.spans["sc"], allow_overlap=True)
    assert [s.text for s in aligned] == ["truce”", "truce”"]


def test_entities_are_the_longest_of_the_only_layer_that_do_not_overlap():
    text = "The truce is not dead"
    (doc,) = docs(one(text, (0, 9), (4, 9), (9, 16), (17, 21)))
    assert [(e.text, e.label_) for e in doc.ents] == [("The truce", "claim"), ("dead", "claim")]
    assert [t.ent_iob_ for t in doc] == ["B", "I", "O", "O", "O", "B"]


def test_entities_are_those_of_gold_where_it_is_and_unknown_with_several_layers():
    golden, _ = docs(DATASET)
    assert [e.text for e in golden.ents] == ["Truce buried 👩‍👩‍👧\n\n“The"]
    several, _ = docs(of_layers("ann", "bob"))
    assert several.ents == ()
    assert {t.ent_iob_ for t in several} == {""}


def test_an_entity_of_the_project_is_in_the_knowledge_base_of_its_span():
    first, _ = docs(DATASET)
    assert {s.kb_id_ for s in first.spans["ann"] if s.id_ == "a-quote"} == {"e-john"}


def test_user_data_hold_what_no_slot_holds():
    first, second = docs(DATASET)
    said = first.user_data["annotator"]
    john = {"id": "e-john", "kind": "actor", "name": "@Kerry"}
    assert said["article"]["title"] == ARTICLE.title
    assert said["article"]["newer key"] == {"kept": True}
    assert said["annotations"]["a-count"]["attributes"]["count"]["low"] == 9
    assert said["annotations"]["a-count"]["confidence"] == 0.75
    assert said["annotations"]["a-quote"]["attributes"]["who"] == john
    assert [link["type"] for link in said["links"]] == ["repeats", "contradicts"]
    assert second.user_data["annotator"]["progress"] == ({"annotator": "ann", "state": "done"},)


def test_everything_said_of_articles_comes_back(tmp_path):
    (tmp_path / "work.spacy").write_bytes(written(DATASET))
    (first, second), remarks, header = read(tmp_path / "work.spacy")
    assert remarks == []
    assert (first.article, second.article) == (ARTICLE, SECOND)
    placed = [a.placed(TEXT, a.fragments) for a in first.annotations]
    assert sorted(placed, key=lambda a: a.id) == sorted(RECORD.annotations, key=lambda a: a.id)
    assert (first.links, first.progress) == (RECORD.links, RECORD.progress)
    assert [e.id for e in header.entities] == ["e-john"]


def test_links_to_other_articles_are_kept(tmp_path):
    away = Link("l", "ann", "repeats", "a-source", "elsewhere")
    record = dataclasses.replace(RECORD, links=(away,))
    (tmp_path / "work.spacy").write_bytes(written(Dataset(DATASET.header, (record,))))
    ((back,), _, _) = read(tmp_path / "work.spacy")
    assert back.links == (away,)


def test_losses_are_the_scheme_and_what_is_said_of_entities():
    tally = Tally()
    tally.add(HOW.lacks().in_header(DATASET.header))
    tally.add(HOW.lacks().in_record(RECORD))
    assert [(loss.what, loss.count) for loss in tally.losses()] == [
        ("people, organisations and incidents of which only the name is kept", 2),
        ("scheme with its rules, examples, colours and keys", 1),
    ]


def test_lone_surrogates_do_not_stop_an_export(tmp_path):
    data = one("The truce", (0, 3))
    (record,) = data
    noted = dataclasses.replace(record.annotations[0], note="\ud800!")
    path = tmp_path / "work.spacy"
    path.write_bytes(written(Dataset(data.header, (dataclasses.replace(record, annotations=(noted,)),))))
    ((back,), _, _) = read(path)
    assert back.annotations[0].note == "?!"


# Tokens


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("en", ["do", "n't", "."]),
        ("en-GB", ["do", "n't", "."]),
        ("eng", ["do", "n't", "."]),
        *((language, ["don't", "."]) for language in ("", "xx", "ja", "th", "zz", "../..", "English")),
    ],
)
def test_tokens_are_those_of_the_language_if_spacy_knows_it(language, expected):
    assert [t.text for t in docs(one("don't.", language=language))[0]] == expected


def test_spans_off_token_edges_split_tokens():
    (doc,) = docs(one("a pre-war truce ", (4, 10), (15, 16)))
    assert [s.text for s in doc.spans["ann"]] == ["e-war ", " "]
    assert doc.text == "a pre-war truce "


@pytest.mark.parametrize("sign", ["(", "=(", "!"])
def test_long_runs_of_signs_are_cut_without_spacy_which_would_take_for_ever(sign):
    text = sign * 100_000
    assert spacy_tokens(text, "en")[-1].stop == len(text)


# Files that scripts save


def test_entities_of_training_data_come_in(tmp_path):
    doc = spacy.blank("en")("John Kerry spoke in Aleppo.")
    doc.ents = [Span(doc, 0, 2, "PERSON", kb_id="Q22316"), doc.char_span(20, 26, label="GPE")]
    ((record,), remarks, header) = read(saved(tmp_path, doc))
    assert remarks == []
    assert record.text == "John Kerry spoke in Aleppo."
    assert marked(record) == [("", "GPE", "Aleppo"), ("", "PERSON", "John Kerry")]
    assert {a.label: a.attributes for a in record.annotations} == {"GPE": {}, "PERSON": {"kb_id": "Q22316"}}
    assert {label.id: [a.name for a in label.attributes] for label in header.labels} == {
        "PERSON": ["kb_id"],
        "GPE": [],
    }
    assert record.progress is None
    assert all(a.id == "" for a in record.annotations)


def test_span_groups_are_layers_but_the_usual_one(tmp_path):
    doc = spacy.blank("en")("John Kerry spoke.")
    doc.spans["sc"] = [Span(doc, 0, 2, "PERSON"), Span(doc, 1, 2, "NAME")]
    doc.spans["ruler"] = [Span(doc, 0, 1, "NAME", span_id="john"), Span(doc, 0, 1, "NAME", span_id="john")]
    doc.ents = [Span(doc, 0, 2, "PERSON"), Span(doc, 2, 3, "ACT")]
    ((record,), remarks, _) = read(saved(tmp_path, doc))
    assert remarks == []
    assert marked(record) == [
        *(("", "ACT", "spoke"), ("", "NAME", "Kerry"), ("", "PERSON", "John Kerry")),
        *[("ruler", "NAME", "John")] * 2,
    ]


def test_one_group_under_two_names_is_one_layer(tmp_path):
    doc = spacy.blank("en")("John Kerry spoke.")
    doc.spans["alice"] = [Span(doc, 0, 2, "PERSON")]
    doc.spans["sc"] = doc.spans["alice"]
    ((record,), _, _) = read(saved(tmp_path, doc))
    assert marked(record) == [("alice", "PERSON", "John Kerry")]


def test_windows_line_ends_in_a_text_move_the_spans(tmp_path):
    doc = spacy.blank("en")("One.\r\nJohn Kerry\r\nspoke.")
    doc.ents = [doc.char_span(6, 16, label="PERSON"), doc.char_span(18, 23, label="ACT")]
    ((record,), _, _) = read(saved(tmp_path, doc))
    assert record.text == "One.\nJohn Kerry\nspoke."
    assert marked(record) == [("", "ACT", "spoke"), ("", "PERSON", "John Kerry")]


def test_words_without_spaces_and_categories_are_said(tmp_path):
    vocab = spacy.blank("en").vocab
    doc = Doc(vocab, words=["No", "truce"])
    doc.cats = {"NEWS": 1.0}
    ((record,), remarks, _) = read(saved(tmp_path, doc))
    assert record.text == "No truce "
    assert "where spaces stand" in remarks[0]
    assert remarks[1] == "categories of whole texts are not taken; docs that have them: 1"


def test_extensions_and_other_user_data_do_no_harm(tmp_path):
    doc = spacy.blank("en")("No truce")
    doc.user_data["._.", "checked", None, None] = True
    doc.user_data["source"] = ["a", ("b", 1)]
    ((record,), remarks, _) = read(saved(tmp_path, doc, store_user_data=True))
    assert (record.text, remarks) == ("No truce", [])


def test_a_text_that_was_changed_is_said(tmp_path):
    doc, _ = docs(DATASET)
    other = Doc(doc.vocab, words=["Other"], spaces=[False], user_data=doc.user_data)
    ((record,), remarks, _) = read(saved(tmp_path, other, store_user_data=True))
    assert record.article.id != ARTICLE.id
    assert "not the one that “sha256” names" in remarks[0]


@pytest.mark.parametrize(
    "said",
    [
        5,
        {"article": 5},
        {"annotations": []},
        {"annotations": {"a": 5}},
        {"links": 5},
        {"links": [5, {"type": "repeats"}]},
        {"progress": [{"annotator": "all"}]},
        {"article": {"title": float("nan")}},
        {"article": {"title": b"x"}},
        {"deep": [[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]},
    ],
)
def test_odd_user_data_of_ours_are_left_out_and_said(tmp_path, said):
    doc = spacy.blank("en")("No truce")
    doc.spans["ann"] = [Span(doc, 0, 1, "claim", span_id="a")]
    doc.user_data["annotator"] = said
    records, remarks, _ = read(saved(tmp_path, doc, store_user_data=True))
    assert len(records) == 1 or "left out" in remarks[0]
    assert all(message.startswith("in doc 1, ") for message in remarks)


def test_nobody_s_progress_is_invented():
    (doc,) = docs(one("The truce", (0, 3)))
    assert doc.user_data["annotator"]["progress"] == ()
