"""Label Studio: its own library reads what is written, and real exports are read with their quirks."""

import contextlib
import json
import os
from dataclasses import replace
from pathlib import Path

import dataset_values as made
import pytest
from golden_dataset import ANNOTATIONS, ARTICLE, DATASET
from hypothesis import given, settings
from hypothesis import strategies as st
from label_studio_sdk.converter import Converter
from label_studio_sdk.label_interface import LabelInterface
from test_mutations import ODD, replaced

from annotator.formats.errors import FormatError
from annotator.formats.parts import json_arrays
from annotator.formats.registry import format_by_id, format_of
from annotator.model.records import Link, Progress

STUDIO = format_by_id("label-studio")
GOLDEN = Path(__file__).parent / "golden" / "label-studio"

# Two attributes of the trial scheme would share the control “claim.count.low”; the first one has it.
CLAIM, SOURCE = made.SCHEME.labels
LABELS = (replace(CLAIM, attributes=tuple(a for a in CLAIM.attributes if a.name != "count.low")), SOURCE)


def read(path):
    remarks = made.Remarks()
    dataset = STUDIO.read(path, made.SCHEME, remarks)
    return dataset.header, list(dataset), [message for _, message in remarks]


def spans(record):
    return [(a.layer, a.label, record.text[a.hull.start : a.hull.stop]) for a in record.annotations]


def region(start, stop, text, *labels, own="r1", **more):
    value = {"start": start, "end": stop, "text": text, "labels": list(labels)}
    result = {"id": own, "from_name": "label", "to_name": "text", "type": "labels", "origin": "manual"}
    return {**result, "value": value, **more}


def said(own, name, kind, **value):
    return {"id": own, "from_name": name, "to_name": "text", "type": kind, "value": value}


def annotation(*result, by=1, own=7, **more):
    return {
        "id": own,
        "completed_by": by,
        "result": list(result),
        "was_cancelled": False,
        "ground_truth": False,
        "created_at": "2021-03-09T22:16:08.728353Z",
        "lead_time": 15.053,
        **more,
    }


def task(text, *annotations, **more):
    """Shape a task as the JSON export does."""
    return {
        "id": 1,
        "annotations": list(annotations),
        "file_upload": "1-a.txt",
        "drafts": [],
        "predictions": [],
        "data": {"text": text},
        "meta": {},
        "created_at": "2021-03-09T21:52:49.513742Z",
        "project": 83,
        **more,
    }


def saved(tmp_path, *tasks, config=None):
    path = tmp_path / "project-1-at-2024.json"
    path.write_text(json.dumps(tasks, ensure_ascii=False), "utf-8", newline="")
    if config:
        path.with_name("project-1-at-2024.config.xml").write_text(config, "utf-8")
    return path


def read_tasks(tmp_path, *tasks, config=None):
    return read(saved(tmp_path, *tasks, config=config))


# Out.


@pytest.fixture
def converted(tmp_path):
    """Convert the golden file by Label Studio's own library."""

    def convert(name):
        config = (GOLDEN / "work.config.xml").read_text("utf-8")
        converter = Converter(config, os.fspath(tmp_path), download_resources=False)
        converter.convert(os.fspath(GOLDEN / "work.json"), os.fspath(tmp_path), name, is_dir=False)
        return tmp_path

    return convert


def test_the_converter_of_label_studio_reads_every_span(converted):
    items = json.loads((converted("JSON_MIN") / "result.json").read_text("utf-8"))
    found = [
        (value["labels"][0], item["text"][value["start"] : value["end"]], value["text"])
        for item in items
        for value in item.get("label", ())
    ]
    held = [a for record in made.fitting_of(STUDIO, DATASET) for a in record.annotations]
    assert sorted(found) == sorted((a.label, a.words, a.words) for a in held)
    assert [item["title"] for item in items] == [ARTICLE.title] * 3 + ["Nothing"]


def test_the_converter_of_label_studio_writes_conll(converted):
    lines = (converted("CONLL2003") / "result.conll").read_text("utf-8").splitlines()
    assert "Kerry -X- _ B-source" in lines


def test_the_minimal_export_of_what_is_written_is_read_again(converted):
    _, records, remarks = read(converted("JSON_MIN") / "result.json")
    assert {(label, words) for record in records for _, label, words in spans(record)} == {
        (a.label, a.words) for record in made.fitting_of(STUDIO, DATASET) for a in record.annotations
    }
    assert remarks == []


def test_label_studio_takes_the_configuration_and_each_annotation():
    interface = LabelInterface((GOLDEN / "work.config.xml").read_text("utf-8"))
    interface.validate()
    for row in json.loads((GOLDEN / "work.json").read_text("utf-8")):
        for work in row["annotations"]:
            shown = {"result": [r for r in work["result"] if r["type"] != "relation"]}
            assert interface.validate_prediction(shown, return_errors=True) == []


@settings(max_examples=20, deadline=None)
@given(dataset=made.datasets())
def test_label_studio_takes_whatever_is_written(tmp_path_factory, dataset):
    path = tmp_path_factory.mktemp("valid") / "work.json"
    made.export(STUDIO, made.fitting_of(STUDIO, dataset), path)
    interface = LabelInterface((path.parent / "work.config.xml").read_text("utf-8"))
    interface.validate()
    for row in json.loads(path.read_text("utf-8")):
        for work in row["annotations"]:
            assert interface.validate_prediction({"result": work["result"]}, return_errors=True) == []


def test_only_links_within_one_annotation_are_relations(tmp_path):
    shown = Link("l-3", "ann", "repeats", "a-quote", "a-count", {"drift": "x"}, {"newer": [1]})
    both = Link("l-4", "ann", "contradicts", "a-quote", "a-count")
    record = replace(DATASET.records[0], links=(*DATASET.records[0].links, shown, both))
    lost = [example for what, example in STUDIO.lacks().in_record(record) if "links" in what]
    assert lost == ["repeats", "contradicts"]
    dataset = made.fitting_of(STUDIO, made.Dataset(DATASET.header, (record,)))
    made.export(STUDIO, dataset, tmp_path / "work.json")
    (row,) = json.loads((tmp_path / "work.json").read_text("utf-8"))
    relations = [r for a in row["annotations"] for r in a["result"] if r["type"] == "relation"]
    assert [(r["from_id"], r["to_id"], r["direction"]) for r in relations] == [
        ("a-quote", "a-count", "right"),
        ("a-quote", "a-count", "bi"),
    ]
    _, (back,), _ = read(tmp_path / "work.json")
    assert sorted(back.links, key=lambda link: link.id) == sorted(record.links, key=lambda link: link.id)


def test_all_that_is_said_comes_back():
    header, records, remarks = read(GOLDEN / "work.json")
    assert remarks == []
    assert header.labels == LABELS
    assert [(e.id, e.name) for e in header.entities] == [("e-john", "@Kerry")]
    for now, was in zip(records, made.fitting_of(STUDIO, DATASET), strict=True):
        assert (now.article, now.text, now.progress) == (was.article, was.text, was.progress)
        placed = [a.placed(now.text, a.fragments) for a in now.annotations]
        assert sorted(placed, key=lambda a: a.id) == sorted(
            (a.placed(was.text, a.fragments) for a in was.annotations), key=lambda a: a.id
        )
        assert now.links == was.links


def test_values_as_deep_as_a_project_takes_them_come_back(tmp_path):
    deep = 1
    for _ in range(15):
        deep = [deep]
    record = replace(
        DATASET.records[0], annotations=(replace(ANNOTATIONS[0], attributes={"x": deep}),), links=()
    )
    made.export(STUDIO, made.Dataset(DATASET.header, (record,)), tmp_path / "work.json")
    _, (back,), _ = read(tmp_path / "work.json")
    assert back.annotations[0].attributes == {"x": deep}


def test_the_scheme_comes_back_from_the_configuration(tmp_path):
    made.export(STUDIO, made.fitting_of(STUDIO, DATASET), tmp_path / "work.json")
    bare = made.Scheme.from_body({"scheme": {"id": "bare"}, "label": [{"id": "other"}]})
    header = STUDIO.read(tmp_path / "work.json", bare, made.no_remark).header
    assert header.labels == LABELS
    records = list(STUDIO.read(tmp_path / "work.json", bare, made.no_remark))
    assert made.held(STUDIO, records) == made.held(STUDIO, made.fitting_of(STUDIO, DATASET))


def test_who_read_and_found_nothing_or_skipped_is_an_annotation_without_regions(tmp_path):
    progress = (Progress(ARTICLE.id, "ann", "done"), Progress(ARTICLE.id, "bob", "skipped"))
    record = replace(DATASET.records[0], annotations=(), links=(), progress=progress)
    made.export(STUDIO, made.Dataset(DATASET.header, (record,)), tmp_path / "work.json")
    (row,) = json.loads((tmp_path / "work.json").read_text("utf-8"))
    assert [(a["created_username"], a["was_cancelled"], a["result"]) for a in row["annotations"]] == [
        ("ann", False, []),
        ("bob", True, []),
    ]


def test_guidelines_stand_in_the_note():
    text = (GOLDEN / "work.import.txt").read_text("utf-8")
    assert "claim\n  It can be true." in text


def test_a_long_text_does_not_hide_the_format(tmp_path):
    record = replace(DATASET.records[0], text="x" * 70_000, annotations=(), links=())
    made.export(STUDIO, made.Dataset(DATASET.header, (record,)), tmp_path / "work.json")
    assert format_of(tmp_path / "work.json").id == "label-studio"


def test_files_of_others_are_not_taken_for_label_studio(tmp_path):
    path = tmp_path / "a.json"
    for other in (
        [{"text": "x", "annotations": [{"start_char": 0, "end_char": 1, "label_name": "a"}]}],
        {"%TYPES": {}, "%FEATURE_STRUCTURES": [{"%ID": 1, "%TYPE": "x"}]},
        {"text": "x", "quotes": [{"quoteId": 0, "spans": [], "label": "x"}]},
        {"text": "x", "labels": [[0, 1, "PER"]]},
    ):
        path.write_text(json.dumps(other))
        assert format_of(path) is None or format_of(path).id != "label-studio"


# In.


def test_an_export_is_read(tmp_path):
    work = annotation(region(6, 11, "Kerry", "Person"), region(0, 5, "Then,", "Mood", own="r2"), by=3)
    _, (record,), remarks = read_tasks(tmp_path, task("Then, Kerry spoke.", work))
    assert spans(record) == [("annotator 3", "Person", "Kerry"), ("annotator 3", "Mood", "Then,")]
    assert [a.anchor.exact for a in record.annotations] == [("Kerry",), ("Then,",)]
    assert record.article.title == "Then, Kerry spoke."
    assert record.progress == (Progress(record.article.id, "annotator 3", "done"),)
    assert remarks == []


@pytest.mark.parametrize(
    ("by", "username", "layer"),
    [
        (3, None, "annotator 3"),
        (3, " me@example.org, 3", "me@example.org"),
        ({"id": 3, "email": "me@example.org", "first_name": "Me", "last_name": ""}, None, "me@example.org"),
        ({"id": 3, "email": "", "first_name": "Me", "last_name": "Too"}, None, "Me Too"),
        ({"id": 3}, None, "annotator 3"),
        ("me@example.org", None, "me@example.org"),
        (None, None, ""),
        (None, "Smith, 3", "Smith, 3"),
        ([], 5, ""),
        (True, None, ""),
    ],
)
def test_whose_work_it_is(tmp_path, by, username, layer):
    work = annotation(region(0, 1, "x", "a"), by=by, created_username=username)
    _, (record,), _ = read_tasks(tmp_path, task("x y", work))
    assert record.annotations[0].layer == layer
    assert (record.progress is None) == (layer == "")


@pytest.mark.parametrize(
    ("text", "start", "stop", "quoted", "words"),
    [
        ("One.\r\nTwo three.", 6, 9, "Two", "Two"),
        ("One.\r\nTwo three.", 5, 8, "Two", "Two"),
        ("One.\r\nTwo three.", 0, 8, "One.\\nTwo", "One.\nTwo"),
        ("at\u00a0least nine", 0, 13, "at least nine", "at\u00a0least nine"),
        ("Berlin,  Germany.", 0, 16, "Berlin, Germany", "Berlin,  Germany"),
        ("😀 Kerry, Kerry", 3, 8, "Kerry", "Kerry"),
        ("😀\r\nKerry, Kerry", 4, 9, "Kerry", "Kerry"),
        ("😀\r\nKerry, Kerry", 3, 8, "Kerry", "Kerry"),
        ("\ufeffKerry", 1, 6, "Kerry", "Kerry"),
        ("Kerry", 0, 5, "", "Kerry"),
    ],
)
def test_spans_stand_on_their_words_however_they_were_counted(tmp_path, text, start, stop, quoted, words):
    _, (record,), remarks = read_tasks(tmp_path, task(text, annotation(region(start, stop, quoted, "a"))))
    (found,) = record.annotations
    assert record.text[found.hull.start : found.hull.stop] == words
    assert found.anchor.exact in ((), (words,))
    assert remarks == []


def test_drifted_spans_are_handed_on_with_the_words_as_they_stand(tmp_path):
    work = annotation(region(3, 9, "no  more", "a"), region(5, 9, "gone", "a", own="r2"))
    _, (record,), _ = read_tasks(tmp_path, task("There is no\u00a0more of it.", work))
    assert [a.anchor.exact for a in record.annotations] == [("no\u00a0more",), ("gone",)]


def test_attributes_share_the_id_of_their_region(tmp_path):
    work = annotation(
        region(0, 5, "Kerry", "Person"),
        said("r1", "sentiment", "choices", start=0, end=5, text="Kerry", choices=["positive"]),
        said("r1", "topics", "choices", choices=["war", "peace"]),
        said("r1", "age", "number", number=72),
        said("r1", "stars", "rating", rating=4),
        said("r1", "comment", "textarea", start=0, end=5, text=["first", "second"]),
        said("r1", "place", "taxonomy", taxonomy=[["Asia", "Syria"]]),
        said("r1", "empty", "choices", choices=[]),
        region(6, 10, "said", "Verb", own="r2"),
        said("r2", "topics", "choices", choices=["war"]),
    )
    _, (record,), remarks = read_tasks(tmp_path, task("Kerry said", work))
    assert record.annotations[0].attributes == {
        "sentiment": "positive",
        "topics": ["war", "peace"],
        "age": 72,
        "stars": 4,
        "comment": "first\nsecond",
        "place": "Asia / Syria",
    }
    assert record.annotations[1].attributes == {"topics": ["war"]}
    assert remarks == []


def test_the_project_says_what_kind_its_values_are(tmp_path):
    work = annotation(
        region(0, 5, "Kerry", "claim"),
        said("r1", "claim.sure", "choices", choices=["yes"]),
        said("r1", "claim.roles", "choices", choices=["child"]),
        said("r1", "claim.count.low", "number", number=9.0),
    )
    _, (record,), _ = read_tasks(tmp_path, task("Kerry said", work))
    figure = {"words": "", "qualifier": "not stated", "low": 9, "best": None, "high": None}
    assert record.annotations[0].attributes == {"sure": True, "roles": ["child"], "count": figure}


def test_a_figure_that_is_none_is_said(tmp_path):
    work = annotation(
        region(0, 5, "Kerry", "claim"),
        said("r1", "claim.count.low", "number", number=9),
        said("r1", "claim.count.high", "number", number=1),
    )
    _, (record,), remarks = read_tasks(tmp_path, task("Kerry said", work))
    assert record.annotations[0].attributes == {}
    assert remarks == ["“count” of a span of “claim” was left out: low, best and high must not fall"]


CONFIG = """<View>
  <Labels name="ner" toName="t"><Label value="Person" alias="PER" background="#FFA39E" hotkey="p"/>
    <Label value="Place name" background="red"/></Labels>
  <Text name="t" value="$body"/>
  <Choices name="sentiment" toName="t" perRegion="true"><Choice value="good"/><Choice value="bad"/></Choices>
  <View visibleWhen="region-selected" whenLabelValue="PER,Other">
    <Choices name="roles" toName="t" perRegion="true" choice="multiple"><Choice value="a"/></Choices>
    <Number name="age" toName="t" perRegion="true"/><Pairwise name="p" toName="t" perRegion="true"/>
  </View>
  <Choices name="whole" toName="t"><Choice value="news"/></Choices>
</View>"""


def test_the_configuration_beside_it_is_read_too(tmp_path):
    work = annotation(region(0, 5, "Kerry", "PER"), said("r1", "roles", "choices", choices=["a"]))
    data = {"body": "Kerry said", "other": "a much longer text than the one that was annotated"}
    header, (record,), _ = read_tasks(tmp_path, task("", work, data=data), config=CONFIG)
    assert (record.text, record.annotations[0].attributes) == ("Kerry said", {"roles": ["a"]})
    person, place = header.labels
    assert (person.id, person.title, person.colour, person.key) == ("PER", "Person", "#FFA39E", "p")
    assert [(a.name, a.kind, a.values) for a in person.attributes] == [
        ("sentiment", "choice", ("good", "bad")),
        ("roles", "choices", ("a",)),
        ("age", "number", ()),
    ]
    assert (place.id, place.colour, [a.name for a in place.attributes]) == (
        "Place name",
        "#6b7484",
        ["sentiment"],
    )


def test_the_configuration_adds_to_labels_that_the_project_has(tmp_path):
    made.export(STUDIO, made.fitting_of(STUDIO, DATASET), tmp_path / "work.json")
    bare = made.Scheme.from_body({"scheme": {"id": "bare"}, "label": [{"id": "claim"}]})
    records = list(STUDIO.read(tmp_path / "work.json", bare, made.no_remark))
    assert made.held(STUDIO, records) == made.held(STUDIO, made.fitting_of(STUDIO, DATASET))


@pytest.mark.parametrize(
    "config", ["no xml", '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><View>&a;</View>']
)
def test_a_configuration_that_can_t_be_used_is_said(tmp_path, config):
    work = annotation(region(0, 5, "Kerry", "PER"))
    path = saved(tmp_path, task("Kerry said", work), config=config)
    remarks = made.Remarks()
    assert len(list(STUDIO.read(path, made.SCHEME, remarks))) == 1
    assert remarks[0][1].startswith("the configuration was not used: ")
    assert remarks.files == [path.with_name("project-1-at-2024.config.xml")]


def test_a_minimal_export_is_read(tmp_path):
    item = {
        "id": 1,
        "text": "Kerry said",
        "label": [
            {"start": 0, "end": 5, "text": "Kerry", "labels": ["Person"]},
            {"start": 6, "end": 10, "text": "said", "labels": ["Verb"]},
        ],
        "tense": [{"start": 6, "end": 10, "text": "said", "choices": ["past", "simple"]}],
        "annotator": "me@example.org",
        "annotation_id": 3,
        "created_at": "2021",
        "lead_time": 3.2,
    }
    path = saved(tmp_path, item, {**item, "annotator": 4})
    assert format_of(path).id == "label-studio"
    _, records, remarks = read(path)
    assert [spans(record)[0] for record in records] == [
        ("me@example.org", "Person", "Kerry"),
        ("annotator 4", "Person", "Kerry"),
    ]
    assert records[0].annotations[1].attributes == {"tense": ["past", "simple"]}
    assert remarks == []


def test_an_annotation_that_was_stored_with_its_task_is_read(tmp_path):
    """A target storage gets one file an annotation, and no array."""
    path = tmp_path / "7.json"
    path.write_text(json.dumps({**annotation(region(0, 5, "Kerry", "a")), "task": task("Kerry said")}))
    _, (record,), _ = read(path)
    assert spans(record) == [("annotator 1", "a", "Kerry")]


def test_cancelled_annotations_are_skipped_articles(tmp_path):
    work = annotation(region(0, 5, "Kerry", "a"), was_cancelled=True)
    _, (record,), _ = read_tasks(tmp_path, task("Kerry said", work))
    assert record.annotations == ()
    assert record.progress == (Progress(record.article.id, "annotator 1", "skipped"),)


def test_an_annotation_without_regions_is_a_reading_that_found_nothing(tmp_path):
    _, records, _ = read_tasks(tmp_path, task("Kerry said", annotation()), task("Nobody."))
    assert [record.progress for record in records] == [
        (Progress(records[0].article.id, "annotator 1", "done"),),
        (),
    ]


def test_predictions_are_taken_only_where_nobody_has_annotated(tmp_path):
    guess = [{"model_version": "ner 2", "score": 0.5, "result": [region(0, 5, "Kerry", "a")]}]
    _, records, remarks = read_tasks(
        tmp_path,
        task("Kerry said", predictions=guess),
        task("Kerry wept", annotation(), predictions=guess),
    )
    assert [spans(record) for record in records] == [[("ner 2", "a", "Kerry")], []]
    assert (records[0].annotations[0].origin, records[0].progress) == ("rule: ner 2", ())
    assert remarks == [
        "predictions were taken in tasks that nobody annotated (1)",
        "predictions were left out in tasks that somebody annotated (1)",
    ]


def test_relations_become_links(tmp_path):
    def relation(source, target, direction, **more):
        return {"from_id": source, "to_id": target, "type": "relation", "direction": direction, **more}

    work = annotation(
        region(0, 5, "Kerry", "a", "b", own="r1"),
        region(6, 10, "said", "a", own="r2"),
        relation("r1", "r2", "right", labels=["says", "twice"]),
        relation("r1", "r2", "left", labels=["by"]),
        relation("r1", "r2", "bi"),
        relation("r1", "r9", "right"),
    )
    _, (record,), remarks = read_tasks(tmp_path, task("Kerry said", work))
    first, second, third = (a.id for a in record.annotations)
    assert second == f"{first}-2"
    assert [(link.type, link.source, link.target) for link in record.links] == [
        *(("says", first, third), ("twice", first, third), ("by", third, first), ("related", first, third))
    ]
    assert remarks == ["a link was left out: “target” is missing or not text"]


def test_regions_with_the_same_id_in_other_tasks_stay_apart(tmp_path):
    work = annotation(region(0, 5, "Kerry", "a"), own=None)
    path = saved(tmp_path, task("Kerry said", work, work), task("Kerry wept", work))
    ids = [a.id for record in read(path)[1] for a in record.annotations]
    assert len(set(ids)) == 3
    assert ids == [a.id for record in read(path)[1] for a in record.annotations]


def test_a_copy_of_our_annotation_gets_ids_of_its_own(tmp_path):
    rows = json.loads((GOLDEN / "work.json").read_text("utf-8"))
    rows[0]["annotations"].append({**rows[0]["annotations"][0], "id": 99, "completed_by": 5})
    _, (record, _), _ = read_tasks(tmp_path, *rows)
    ids = [a.id for a in record.annotations]
    assert len(ids) == len(set(ids))
    assert {a.layer for a in record.annotations} == {"ann", "bob", "gold"}


def test_an_item_without_an_end_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(json_arrays, "MAX_ITEM", 10_000)
    monkeypatch.setattr(json_arrays, "_PIECE", 1000)
    path = saved(tmp_path, task("Kerry said", annotation()), task("x" * 100_000))
    _, records, remarks = read(path)
    assert (len(records), len(remarks)) == (1, 1)
    assert "was left out: it is not valid JSON" in remarks[0]


def test_what_stands_behind_the_list_of_tasks_is_said(tmp_path):
    path = saved(tmp_path, task("Kerry said", annotation()))
    path.write_text(path.read_text("utf-8") * 2, "utf-8")
    _, records, remarks = read(path)
    assert (len(records), len(remarks)) == (1, 1)
    assert "there is more behind the end of its list" in remarks[0]


def test_what_is_no_span_of_a_text_is_counted(tmp_path):
    xpath = {"start": "/p[1]/text()[1]", "end": "/p[1]/text()[1]", "startOffset": 0, "endOffset": 5}
    work = annotation(
        region(0, 5, "Kerry", "a"),
        said("h", "label", "hypertextlabels", **xpath, hypertextlabels=["a"], text="Kerry"),
        said("h2", "label", "labels", **xpath, labels=["a"]),
        said("p", "label", "paragraphlabels", start="0", end="1", paragraphlabels=["a"]),
        said("b", "box", "rectanglelabels", x=1, y=2, rectanglelabels=["a"]),
        said("w", "whole", "choices", choices=["news"]),
        "odd",
        said("n", "label", "labels", start=0, end=5, labels=[]),
    )
    _, (record,), remarks = read_tasks(tmp_path, task("Kerry said", work))
    assert spans(record) == [("annotator 1", "a", "Kerry")]
    assert remarks == [
        "a region was left out: it is not an object with a value",
        "a region was left out: it has no label (“”)",
        "only spans of texts are read; left out: answers about whole texts (1), hypertextlabels (1), labels"
        " (1), paragraphlabels (1), rectanglelabels (1)",
    ]


@pytest.mark.parametrize("place", [(5, 5), (5, 0), (-3, 5), (3, -1)])
def test_absurd_offsets_are_said_and_the_good_spans_go_on(tmp_path, place):
    work = annotation(region(*place, "", "a"), region(0, 5, "Kerry", "a", own="r2"))
    _, (record,), remarks = read_tasks(tmp_path, task("Kerry said", work))
    assert spans(record) == [("annotator 1", "a", "Kerry")]
    assert "is empty or runs backwards" in remarks[0]


def test_offsets_beyond_all_numbers_are_said(tmp_path):
    work = annotation(region(10**30, 10**30 + 1, "", "a"), region(0, 10**30, "Kerry", "a", own="r2"))
    _, (record,), remarks = read_tasks(tmp_path, task("Kerry said", work))
    assert (record.annotations, len(remarks)) == ((), 2)


def test_bad_tasks_are_said_with_their_line_and_the_good_ones_go_on(tmp_path):
    path = tmp_path / "work.json"
    good = json.dumps(task("Kerry said", annotation(region(0, 5, "Kerry", "a"))))
    bad = (
        '{"data": {"text": ""}, "annotations": []}',
        '{"data": {"text": "https://example.org/a.txt"}, "annotations": []}',
        '{"data": {"image": 5}}',
        '{"data": {"text": "x"}, "annotations": {}}',
        "17",
    )
    path.write_text("[\n" + ",\n".join((*bad, good)) + "\n]")
    remarks = made.Remarks()
    records = list(STUDIO.read(path, made.SCHEME, remarks))
    assert [spans(record) for record in records] == [[("annotator 1", "a", "Kerry")]]
    assert [record.line for record in records] == [7]
    assert remarks == [
        (2, "the task was left out: it has no text"),
        (
            3,
            "the task was left out: its text is not in the file but at https://example.org/a.txt; export it"
            " with its text",
        ),
        (4, "the task was left out: it has no text"),
        (5, "the task was left out: “annotations” is not a list"),
        (6, "the task was left out: it is not an object"),
    ]


@pytest.mark.parametrize("end", ["", ",", ', {"data": {"te', "}}}", ', {"data": NaN}]', "[" * 100_000])
def test_what_stands_before_a_break_is_read(tmp_path, end):
    path = tmp_path / "work.json"
    path.write_text("[" + json.dumps(task("Kerry said", annotation())) + end)
    _, records, remarks = read(path)
    assert len(records) == 1
    assert len(remarks) == 1
    assert remarks[0].startswith("all that follows the last task that was read was left out: ")


def test_an_empty_file_is_refused_and_an_empty_export_is_not(tmp_path):
    path = tmp_path / "work.json"
    path.write_text("[]")
    assert read(path)[1] == []
    path.write_text("")
    with pytest.raises(FormatError, match="is empty"):
        STUDIO.read(path, made.SCHEME, made.no_remark)


@pytest.mark.parametrize(
    "content", ["no json", '"text"', "{}", '[{"a": 1}]', "[1, 2]", '{"data": []}', "NaN"]
)
def test_what_is_no_export_is_refused(tmp_path, content):
    path = tmp_path / "work.json"
    path.write_text(content)
    with pytest.raises(FormatError, match=r"work\.json is not an export of Label Studio: "):
        STUDIO.read(path, made.SCHEME, made.no_remark)


def test_a_file_that_is_not_utf8_is_refused(tmp_path):
    path = tmp_path / "work.json"
    path.write_bytes(b'[{"data": {"text": "caf\xe9"}}]')
    with pytest.raises(FormatError, match="is not UTF-8"):
        STUDIO.read(path, made.SCHEME, made.no_remark)


@settings(max_examples=200, deadline=None)
@given(path=st.lists(st.integers(0, 40), max_size=10), new=ODD)
def test_any_value_in_any_place_never_breaks_the_reader(tmp_path_factory, path, new):
    rows = json.loads((GOLDEN / "work.json").read_text("utf-8"))
    target = tmp_path_factory.getbasetemp() / "odd.json"
    target.write_text(json.dumps(replaced(rows, path, new)))
    with contextlib.suppress(FormatError):
        list(STUDIO.read(target, made.SCHEME, made.Remarks()))


def test_edits_in_label_studio_count_before_what_was_kept(tmp_path):
    """Somebody changes a choice, a name and the note, and adds a region, in Label Studio."""
    rows = json.loads((GOLDEN / "work.json").read_text("utf-8"))
    work = {**rows[0]["annotations"][0], "completed_by": 1, "created_username": " me@example.org, 1"}
    for result in work["result"]:
        if result["from_name"] == "claim.type":
            result["value"]["choices"] = ["event"]
        elif result["from_name"] == "claim.who":
            result["value"]["text"] = ["Lavrov"]
        elif result["id"] == "a-quote" and result["type"] == "labels":
            result["meta"]["text"] = ["new note"]
    work["result"].append(region(33, 38, "Kerry", "claim", own="xYz"))
    rows[0]["annotations"] = [work]
    _, (record, _), _ = read_tasks(tmp_path, *rows)
    quote = next(a for a in record.annotations if a.id == "a-quote")
    assert (quote.attributes["type"], quote.attributes["who"], quote.note) == ("event", "Lavrov", "new note")
    assert {a.layer for a in record.annotations} == {"me@example.org"}
    assert {(p.annotator, p.state) for p in record.progress} == {
        *(("ann", "done"), ("bob", "skipped"), ("me@example.org", "done"))
    }


def test_a_large_file_is_read_task_by_task(tmp_path):
    path = tmp_path / "work.json"
    one = json.dumps(task("Kerry said " * 1000, annotation(region(0, 5, "Kerry", "a"))))
    path.write_text("[" + ",\n".join([one] * 300) + "]")
    records = iter(STUDIO.read(path, made.SCHEME, made.no_remark))
    assert next(records).line == 1
    assert sum(1 for _ in records) == 299
