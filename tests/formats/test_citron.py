"""Citron's quotes come in as spans of quote, source and cue, joined by links."""

import json

import pytest
from dataset_values import SCHEME, Remarks, no_remark

from annotator.formats.errors import FormatError
from annotator.formats.programs import citron
from annotator.formats.registry import format_by_id, format_of

CITRON = format_by_id("citron")
TEXT = "👩‍👩‍👧 “When I use a word,” Humpty Dumpty said, “it means just what I choose.” He said so twice."


def span(words, at=0, **more):
    start = TEXT.index(words, at)
    return {"start": start, "end": start + len(words), "text": words, **more}


def quote(**more):
    whole = {
        "cue": span("said"),
        "sources": [span("Humpty Dumpty")],
        "contents": [span("“When I use a word,”"), span("“it means just what I choose.”")],
    }
    return whole | more


def read(tmp_path, row, remark=no_remark):
    path = tmp_path / "truce.json"
    path.write_text(row if isinstance(row, str) else json.dumps(row, indent=4, ensure_ascii=False), "utf-8")
    assert not isinstance(row, dict) or format_of(path).id == "citron"
    dataset = CITRON.read(path, SCHEME, remark)
    (record,) = dataset
    return record


def marked(record):
    return [(a.label, tuple(record.text[f.start : f.stop] for f in a.fragments)) for a in record.annotations]


def linked(record):
    words = {a.id: a.words for a in record.annotations}
    return [(link.type, words[link.source], words[link.target]) for link in record.links]


def test_a_quote_is_one_span_in_fragments_with_its_source_and_cue(tmp_path):
    record = read(tmp_path, {"text": TEXT, "quotes": [quote()]})
    whole = "“When I use a word,” … “it means just what I choose.”"
    assert marked(record) == [
        ("source", ("Humpty Dumpty",)),
        ("cue", ("said",)),
        ("quote", ("“When I use a word,”", "“it means just what I choose.”")),
    ]
    assert linked(record) == [("attributed-to", whole, "Humpty Dumpty"), ("cued-by", whole, "said")]
    assert record.progress is None
    assert record.article.title == TEXT


def test_a_source_of_several_quotes_is_marked_once(tmp_path):
    second = quote(cue=span("said", 60), contents=[span("so twice")])
    record = read(tmp_path, {"text": TEXT, "quotes": [quote(), second]})
    assert [label for label, _ in marked(record)].count("source") == 1
    assert [kind for kind, _, _ in linked(record)].count("attributed-to") == 2


def test_what_citron_found_has_its_confidence(tmp_path):
    row = {
        "quotes": [quote(confidence="0.8123", coreferences=[])],
        "source": {"application": "x"},
        "text": TEXT,
    }
    record = read(tmp_path, row)
    assert [dict(a.attributes) for a in record.annotations] == [{}, {}, {"confidence": 0.8123}]
    assert record.article.extra == {"source": {"application": "x"}}
    assert citron.LABELS[0].attribute("confidence").kind == "number"


@pytest.mark.parametrize("value", ["high", None, "nan", "inf", [], {}, "1e999"])
def test_a_confidence_that_is_none_is_passed_over(tmp_path, value):
    record = read(tmp_path, {"text": TEXT, "quotes": [quote(confidence=value)]})
    assert all(not a.attributes for a in record.annotations)


def test_mentions_that_refer_to_each_other_are_linked_once(tmp_path):
    row = {
        "text": TEXT,
        "quotes": [quote(coreferences=[span("He")])],
        "coreference_groups": [[span("Humpty Dumpty"), span("He")], [span("twice")]],
    }
    record = read(tmp_path, row)
    assert ("mention", ("He",)) in marked(record)
    assert ("mention", ("twice",)) in marked(record)
    assert [found for found in linked(record) if found[0] == "refers-to"] == [
        ("refers-to", "Humpty Dumpty", "He")
    ]


def test_the_source_of_a_later_quote_is_no_mention(tmp_path):
    later = quote(sources=[span("He")], cue=span("said", 60), contents=[span("so twice")])
    record = read(tmp_path, {"text": TEXT, "quotes": [quote(coreferences=[span("He")]), later]})
    assert "mention" not in dict(marked(record))
    assert ("refers-to", "Humpty Dumpty", "He") in linked(record)


def test_older_files_name_one_source_and_cues_may_stand_alone(tmp_path):
    old = {"cue": span("said"), "source": span("Humpty Dumpty"), "contents": []}
    record = read(tmp_path, {"text": TEXT, "quotes": [old, {"cue": span("twice")}]})
    assert [label for label, _ in marked(record)] == ["source", "cue", "cue"]


def test_ids_are_the_same_when_the_file_comes_again(tmp_path):
    row = {"text": TEXT, "quotes": [quote(), quote()]}
    first, second = read(tmp_path, row), read(tmp_path, row)
    assert first == second
    assert len({a.id for a in first.annotations}) == len(first.annotations) == 4


def test_windows_line_ends_move_the_spans(tmp_path):
    text = "One\r\ntwo said Ann."
    start = text.index("Ann")
    row = {"text": text, "quotes": [{"sources": [{"start": start, "end": start + 3, "text": "Ann"}]}]}
    assert marked(read(tmp_path, row)) == [("source", ("Ann",))]


@pytest.mark.parametrize(
    ("bad", "words"),
    [
        (5, "quote 1 was left out: it is not an object"),
        (quote(cue={"start": 9, "end": 3}), "the cue of quote 1 was left out: the span from 9 to 3"),
        (quote(cue={"start": "9", "end": 3}), "the cue of quote 1 was left out: a fragment is not"),
        (quote(sources=["Kerry"]), "the source of quote 1 was left out: its source is not an object"),
        (
            quote(contents=[span("use"), span("use")]),
            "the quote of quote 1 was left out: its fragments overlap",
        ),
        (quote(cue={"start": 1, "end": 2, "text": 5}), "the cue of quote 1 was left out: “exact” needs"),
    ],
)
def test_what_is_bad_is_left_out_and_said_and_the_rest_comes_in(tmp_path, bad, words):
    remarks = Remarks()
    record = read(tmp_path, {"text": TEXT, "quotes": [bad, {"sources": [span("twice")]}]}, remarks)
    assert len(remarks) == 1
    assert remarks[0][1].startswith(words)
    assert ("source", ("twice",)) in marked(record)


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ("", "not valid JSON"),
        ("[1]", "not one JSON object"),
        ("{" * 5000, "not valid JSON"),
        ('{"text":' + "[" * 5000, "nested too deeply|not valid JSON"),
        ('{"text": "x"}', "no list of “quotes”"),
        ('{"text": "x", "quotes": {}}', "no list of “quotes”"),
        ('{"quotes": []}', "not the text they stand in"),
        ('{"quotes": [], "text": " "}', "not the text they stand in"),
        ('{"quotes": [], "text": NaN}', "not valid JSON"),
    ],
)
def test_another_file_is_refused_in_one_sentence(tmp_path, row, why):
    with pytest.raises(FormatError, match=why):
        read(tmp_path, row)


def test_a_file_that_is_not_utf_8_is_refused(tmp_path):
    (tmp_path / "truce.json").write_bytes('{"text": "é", "quotes": []}'.encode("latin-1"))
    with pytest.raises(FormatError, match="not UTF-8"):
        CITRON.read(tmp_path / "truce.json", SCHEME, no_remark)
