"""doccano's JSON Lines: what we write it takes in, and what any of its versions wrote comes in."""

import dataclasses
import json

import dataset_values as made
import pytest
from golden_dataset import ARTICLE, DATASET, SECOND, TEXT

from annotator.formats.dataset import Dataset
from annotator.formats.errors import FormatError
from annotator.formats.losses import Tally
from annotator.formats.registry import format_by_id, format_of
from annotator.model.records import Link
from annotator.services.placing import place

HOW = format_by_id("doccano")
FITTED = made.fitting_of(HOW, DATASET)

EU = "EU rejects German call to boycott British lamb."
# The example of the project's own tests.
GOOGLE = {
    "text": "Google was founded on September 4, 1998, by Larry Page and Sergey Brin.",
    "entities": [
        {"id": 0, "start_offset": 0, "end_offset": 6, "label": "ORG"},
        {"id": 1, "start_offset": 22, "end_offset": 39, "label": "DATE"},
        {"id": 2, "start_offset": 44, "end_offset": 54, "label": "PERSON"},
        {"id": 3, "start_offset": 59, "end_offset": 70, "label": "PERSON"},
    ],
    "relations": [
        {"from_id": 0, "to_id": 1, "type": "foundedAt"},
        {"from_id": 0, "to_id": 2, "type": "foundedBy"},
        {"from_id": 0, "to_id": 3, "type": "foundedBy"},
    ],
}


def written(dataset, tmp_path):
    paths = made.export(HOW, dataset, tmp_path / "work.jsonl")
    return [[json.loads(line) for line in path.read_text("utf-8").splitlines()] for path in paths]


def saved(tmp_path, *lines, name="all.jsonl"):
    path = tmp_path / name
    path.write_text("\n".join(x if isinstance(x, str) else json.dumps(x) for x in lines), encoding="utf-8")
    return path


def read(tmp_path, *lines, name="all.jsonl"):
    remarks = made.Remarks()
    data = HOW.read(saved(tmp_path, *lines, name=name), made.SCHEME, remarks)
    return list(data), list(remarks), data.header


def marked(record):
    return sorted((a.layer, a.label, record.text[a.hull.start : a.hull.stop]) for a in record.annotations)


# Writing


def test_lines_are_as_doccano_has_them_with_relations(tmp_path):
    main, _ = written(FITTED, tmp_path)
    assert [row["annotator"] for row in main] == ["ann", "bob", "gold", "ann"]
    numbers = [entity["id"] for row in main for entity in row["entities"]]
    assert numbers == list(range(1, len(numbers) + 1))
    for row in main:
        assert isinstance(row["text"], str)
        for entity in row["entities"]:
            assert {"id": int, "label": str, "start_offset": int, "end_offset": int}.items() <= {
                key: type(value) for key, value in entity.items()
            }.items()
            assert 0 <= entity["start_offset"] < entity["end_offset"] <= len(row["text"])


def test_the_flat_part_has_labels_only(tmp_path):
    main, flat = written(FITTED, tmp_path)
    assert [row["annotator"] for row in flat] == [row["annotator"] for row in main]
    assert flat[1]["label"] == [[25, 31, "claim"], [25, 31, "source"]]
    assert not {"entities", "relations", "links"} & set(flat[0])
    assert (flat[0]["title"], flat[0]["meta"]["wire"]) == (ARTICLE.title, ["AFP"])


def test_relations_stay_in_the_line_of_their_spans(tmp_path):
    record = FITTED.records[0]
    inside = Link("in", "bob", "repeats", "b-nested", "b-same")
    (main, _) = written(
        Dataset(DATASET.header, (dataclasses.replace(record, links=(inside, *record.links)),)), tmp_path
    )
    (relation,) = main[1]["relations"]
    ids = {entity["annotation"]: entity["id"] for entity in main[1]["entities"]}
    assert (relation["from_id"], relation["to_id"]) == (ids["b-nested"], ids["b-same"])
    assert relation["type"] == "repeats"
    assert [link["id"] for link in main[0]["links"]] == ["l-1", "l-2"]
    assert "links" not in main[1]
    assert all(set(link) == {"id", "layer", "type", "source", "target"} for link in main[0]["links"])


def test_what_is_said_of_articles_spans_and_links_comes_back(tmp_path):
    main, _ = written(FITTED, tmp_path)
    records, remarks, _ = read(tmp_path, *main)
    assert remarks == []
    for was, now in zip(FITTED, records, strict=True):
        assert (now.article, now.text, now.progress) == (was.article, was.text, was.progress)
        assert {(a.id, a.layer, a.label, a.fragments) for a in now.annotations} == {
            (a.id, a.layer, a.label, a.fragments) for a in was.annotations
        }
        assert [(x.id, x.layer, x.type, x.source, x.target) for x in now.links] == [
            (x.id, x.layer, x.type, x.source, x.target) for x in was.links
        ]


def test_the_flat_part_can_be_read_alone(tmp_path):
    _, flat = written(FITTED, tmp_path)
    records, remarks, _ = read(tmp_path, *flat, name="work.flat.jsonl")
    assert remarks == []
    assert [marked(r) for r in records] == [marked(r) for r in FITTED]
    assert [r.article.id for r in records] == [ARTICLE.id, SECOND.id]


def test_an_article_that_nobody_has_read_has_a_line(tmp_path):
    bare = dataclasses.replace(DATASET.records[1], progress=())
    (row,), _ = written(Dataset(DATASET.header, (bare,)), tmp_path)
    assert not {"annotator", "state"} & set(row)
    ((back,), _, _) = read(tmp_path, row)
    assert back.progress == ()


def test_losses_are_counted():
    tally, lacks = Tally(), HOW.lacks()
    tally.add(lacks.in_header(DATASET.header))
    tally.add(lost for record in FITTED for lost in lacks.in_record(record))
    assert {loss.what: loss.count for loss in tally.losses()} == {
        "gold spans without the annotations they came from": 1,
        "links whose attributes are left out": 2,
        "notes": 2,
        "people, organisations and incidents": 2,
        "scheme with its rules, examples, colours and keys": 1,
        "spans of which further keys are left out": 1,
        "spans of which it isn't said what they come from": 2,
        "spans whose attributes are left out": 5,
    }


# Reading


@pytest.mark.parametrize(
    "line",
    [
        {"text": EU, "label": [[0, 2, "ORG"], [11, 17, "MISC"]]},
        {"id": 1, "data": EU, "label": [[0, 2, "ORG"], [11, 17, "MISC"]], "Comments": []},
        {"id": 1, "text": EU, "labels": [[0, 2, "ORG"], [11, 17, "MISC"]]},
        {"text": EU, "entities": [[0, 2, "ORG"], [11, 17, "MISC"]], "cats": []},
        {"text": EU, "label": [[0, 2, "ORG"]], "labels": [[11, 17, "MISC"]]},
        {"text": EU, "label": [[0, 2, "ORG"], [11, 17, "MISC"]], "labels": [[0, 2, "ORG"]]},
        {"text": EU, "label": [], "entities": [[11, 17, "MISC", "German"], [0, 2, "ORG", "EU"]]},
        {"text": EU, "label": [[11, 17, "MISC"], {"start": 0, "end": 2, "label": "ORG"}]},
    ],
    ids=lambda line: " ".join(key for key in line if key != "text"),
)
def test_every_shape_of_spans_is_read_also_mixed(tmp_path, line):
    assert format_of(saved(tmp_path, line)) is HOW
    ((record,), remarks, header) = read(tmp_path, line)
    assert (remarks, record.progress, record.line) == ([], None, 1)
    assert marked(record) == [("", "MISC", "German"), ("", "ORG", "EU")]
    assert {label.id for label in header.labels} == {"ORG", "MISC"}
    assert record.article.extra == {}


def test_relations_become_links(tmp_path):
    assert format_of(saved(tmp_path, GOOGLE)) is HOW
    ((record,), remarks, _) = read(tmp_path, GOOGLE)
    words = {a.id: record.text[a.hull.start : a.hull.stop] for a in record.annotations}
    assert remarks == []
    assert [(link.type, words[link.source], words[link.target]) for link in record.links] == [
        ("foundedAt", "Google", "September 4, 1998"),
        ("foundedBy", "Google", "Larry Page"),
        ("foundedBy", "Google", "Sergey Brin"),
    ]
    ((again,), _, _) = read(tmp_path, GOOGLE)
    assert again.annotations == record.annotations
    ((other,), _, _) = read(tmp_path, GOOGLE, name="bob.jsonl")
    assert not {a.id for a in other.annotations} & set(words)


@pytest.mark.parametrize(
    ("relation", "why"),
    [
        ({"from_id": 0, "to_id": 9, "type": "x"}, "its “to_id” is none of the entities of the line"),
        ({"from_id": None, "to_id": 1, "type": "x"}, "its “from_id” is none of the entities of the line"),
        ({"from_id": 0, "to_id": 1}, "“type” is missing or not text"),
        ([0, 1], "it is not an object"),
    ],
)
def test_bad_relations_are_left_out_and_said(tmp_path, relation, why):
    ((record,), remarks, _) = read(tmp_path, {**GOOGLE, "relations": [relation]})
    assert (record.links, remarks) == ((), [(1, f"a relation was left out: {why}")])
    assert len(record.annotations) == 4


def test_the_first_versions_name_the_user_and_number_the_labels(tmp_path):
    first = {"doc_id": 23, "text": EU, "entities": [[0, 2, "ORG"]], "username": "root"}
    second = {
        "id": 1,
        "text": "Peter Blackburn",
        "annotations": [{"id": 2, "label": 7, "start_offset": 0, "end_offset": 15, "user": 1}],
        "meta": {},
    }
    (eu, peter), remarks, _ = read(tmp_path, first, second)
    assert marked(eu) == [("root", "ORG", "EU")]
    assert marked(peter) == [("user 1", "7", "Peter Blackburn")]
    assert remarks == [(2, "labels are numbers, as doccano wrote them once; spans that have them: 1")]


def test_metadata_among_the_keys_of_a_line_describe_the_article(tmp_path):
    line = {
        "id": 7,
        "text": EU,
        "title": "Lamb",
        "url": "https://example.org",
        "username": "a_tweeter",
        "page": 3,
        "date": "2016-09-21T10:00:00",
        "wire": None,
        "Comments": ["check this"],
        "meta": {"wikiPageID": 1, "language": "en"},
        "label": [],
    }
    ((record,), remarks, _) = read(tmp_path, line)
    assert remarks == []
    article = record.article
    assert (article.title, article.url, article.language) == ("Lamb", "https://example.org", "en")
    assert article.published == "2016-09-21"
    assert article.extra == {"page": 3, "Comments": ["check this"], "wikiPageID": 1}


@pytest.mark.parametrize(
    ("clash", "remark"),
    [
        ({"label": "news"}, "labels of whole texts are not taken; lines that have them: 1"),
        ({"labels": ["news", "EU"]}, "labels of whole texts are not taken; lines that have them: 1"),
        ({"cats": ["news"]}, "labels of whole texts are not taken; lines that have them: 1"),
        ({"data": "the raw text"}, "“text” was taken and “data” was not; lines that have both: 1"),
    ],
)
def test_metadata_that_clash_with_other_keys_are_said(tmp_path, clash, remark):
    ((record,), remarks, _) = read(tmp_path, {"text": EU, "entities": [[0, 2, "ORG"]], **clash})
    assert marked(record) == [("", "ORG", "EU")]
    assert remarks == [(1, remark)]


def test_lines_of_one_text_are_joined(tmp_path):
    rows = [
        {"id": 1, "text": EU, "label": [[0, 2, "ORG"]], "annotator": "ann"},
        {"id": 2, "text": EU, "label": [[0, 2, "ORG"], [11, 17, "MISC"]], "annotator": "bob"},
        {"id": 3, "text": EU, "label": [[0, 2, "ORG"]], "annotator": "bob"},
    ]
    ((record,), remarks, _) = read(tmp_path, *rows)
    assert marked(record) == [("ann", "ORG", "EU"), ("bob", "MISC", "German"), ("bob", "ORG", "EU")]
    assert remarks == [(None, "spans that several lines of one annotator have were taken once: 1")]


def test_twins_in_one_line_are_kept(tmp_path):
    ((record,), _, _) = read(tmp_path, {"text": EU, "label": [[0, 2, "ORG"], [0, 2, "ORG"]]})
    assert len(record.annotations) == 2


@pytest.mark.parametrize(
    ("spans", "share"),
    [([[0, 2, "A"], [11, 16, "B"]], "1 of 2"), ([[1, 17, "A"]], "1 of 1"), ([[0, 2, "A"]], None)],
)
def test_spans_that_cut_words_are_said_as_their_offsets_may_count_something_else(tmp_path, spans, share):
    _, remarks, _ = read(tmp_path, {"text": EU, "label": spans})
    assert [remark.split(" spans")[0] for _, remark in remarks] == ([share] if share else [])


def test_a_project_that_counted_graphemes_is_doubted(tmp_path):
    line = {"text": "👩‍👩‍👧 Kerry spoke in Aleppo", "label": [[2, 7, "PERSON"], [17, 23, "PLACE"]]}
    _, ((number, remark),), _ = read(tmp_path, line)
    assert number == 1
    assert "2 of 2 spans begin or end inside a word" in remark
    assert "graphemes" in remark


@pytest.mark.parametrize(("text", "place"), [("👩‍👩‍👧 Kerry", [1, 5]), ("Cafe\u0301 x", [0, 4])])
def test_a_span_that_cuts_a_character_is_doubted(tmp_path, text, place):
    _, ((_, remark),), _ = read(tmp_path, {"text": text, "label": [[*place, "A"]]})
    assert "1 of 1 spans begin or end inside a word" in remark


@pytest.mark.parametrize("text", ["停火已經結束", "قُتل تسعة", "12345"])
def test_scripts_without_capitals_are_not_doubted(tmp_path, text):
    _, remarks, _ = read(tmp_path, {"text": text, "label": [[1, 3, "A"]]})
    assert remarks == []


def test_windows_line_ends_in_a_text_move_the_spans(tmp_path):
    line = {"text": "One.\r\nKerry\r\nspoke", "label": [[6, 11, "P"], [13, 18, "ACT"]]}
    ((record,), remarks, _) = read(tmp_path, line)
    assert record.text == "One.\nKerry\nspoke"
    assert (marked(record), remarks) == ([("", "ACT", "spoke"), ("", "P", "Kerry")], [])


@pytest.mark.parametrize("span", [[40, 99, "X"], [2, 3, "X"]])
def test_spans_beyond_the_text_and_on_white_space_are_refused_when_they_are_placed(tmp_path, span):
    ((record,), _, _) = read(tmp_path, {"text": EU, "label": [span]})
    placing = place(record.annotations[0], record.text)
    assert placing.fragments == ()
    assert "was left out" in placing.remark


@pytest.mark.parametrize(
    ("span", "why"),
    [
        ([0, 2], "it is neither a list of start, end and label nor an object with them"),
        ([None], "it is neither a list of start, end and label nor an object with them"),
        ([0, 2, None], "“label” is missing or not text"),
        ([0, 2, ""], "“label” is missing or not text"),
        ([0, 2, ["ORG"]], "“label” is missing or not text"),
        ([2, 0, "ORG"], "the span from 2 to 0 is empty or runs backwards"),
        ([-1, 2, "ORG"], "the span from -1 to 2 is empty or runs backwards"),
        (["0", "2", "ORG"], "a fragment is not a pair of whole numbers"),
        ({"label": "ORG"}, "a fragment is not a pair of whole numbers"),
        (
            {"label": "ORG", "start_offset": 0, "end_offset": 2, "annotation": 5},
            "“annotation” is missing or not text",
        ),
    ],
)
def test_bad_spans_are_left_out_and_said(tmp_path, span, why):
    ((record,), remarks, _) = read(tmp_path, {"text": EU, "label": [span, [11, 17, "MISC"]]})
    assert marked(record) == [("", "MISC", "German")]
    assert remarks == [(1, f"a span was left out: {why}")]


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ({"filename": "a.png", "bbox": []}, "“text” is missing or not text"),
        ({**GOOGLE, "text": 5}, "“text” is missing or not text"),
        ({**GOOGLE, "relations": 5}, "“relations” is not a list"),
        ("5", "it is not an object"),
        ("{", "the line is not valid JSON"),
    ],
)
def test_bad_lines_are_left_out_and_the_others_are_read(tmp_path, line, why):
    (_, ((number, remark),), _) = read(tmp_path, line, GOOGLE)
    assert number == 1
    assert remark.startswith(f"the line was left out: {why}")


def test_a_file_without_a_line_of_doccano_is_refused(tmp_path):
    with pytest.raises(FormatError, match=r"could have written \(line 1: the line is not valid JSON"):
        read(tmp_path, "{")


def test_our_own_lines_are_not_taken_for_doccano_s(tmp_path):
    quoting = {"text": '"label": [[0, 2, "ORG"]], "start_offset": 5, "Comments": []'}
    own = {"entities": [], "format": "annotator", "version": 1, "labels": []}
    assert format_of(saved(tmp_path, own, quoting)).id == "jsonl"
    assert format_of(saved(tmp_path, {"text": "News", "label": ["news"]})).id != "doccano"


def test_bad_states_are_left_out_and_said(tmp_path):
    (row, *_), _ = written(FITTED, tmp_path)
    for state in ("napping", 5):
        ((record,), remarks, _) = read(tmp_path, {**row, "state": state, "links": []})
        assert record.text == TEXT
        assert remarks == [(1, f"who has read it was left out: “{state}” is not a state of an article")]
