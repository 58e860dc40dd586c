"""labelbuddy's documents come in with their annotations, counted in code points or in bytes."""

import json

import pytest
from dataset_values import SCHEME, Remarks, no_remark

from annotator.formats.errors import FormatError
from annotator.formats.registry import format_by_id, format_of

LABELBUDDY = format_by_id("labelbuddy")
TEXT = "👩‍👩‍👧 one two\nقُتل تسعة end"


def chars(words, label="Word", **more):
    start = TEXT.index(words)
    return {"start_char": start, "end_char": start + len(words), "label_name": label, **more}


def in_bytes(words, label="Word", **more):
    start = len(TEXT[: TEXT.index(words)].encode())
    return {"start_byte": start, "end_byte": start + len(words.encode()), "label_name": label, **more}


def document(*annotations, **more):
    return {
        "annotations": list(annotations),
        "metadata": {},
        "text": TEXT,
        "utf8_text_md5_checksum": "0",
    } | more


def read(tmp_path, *documents, remark=no_remark, name="work.json"):
    path = tmp_path / name
    if name.endswith("l"):
        path.write_text("\n".join(map(json.dumps, documents)))
    else:
        path.write_text("[\n" + ",\n".join(map(json.dumps, documents)) + "\n]\n")
    dataset = LABELBUDDY.read(path, SCHEME, remark)
    return list(dataset), dataset.header


def marked(record):
    return [(a.label, record.text[a.hull.start : a.hull.stop]) for a in record.annotations]


@pytest.mark.parametrize("name", ["work.json", "work.jsonl"])
@pytest.mark.parametrize("unit", [chars, in_bytes])
def test_annotations_are_read_in_either_unit(tmp_path, name, unit):
    rows = [unit("one"), unit("👩‍👩‍👧", "Face"), unit("تسعة", "Number"), unit("end")]
    (record, other), _ = read(tmp_path, document(*rows), document(text="Nothing."), name=name)
    assert marked(record) == [("Word", "one"), ("Face", "👩‍👩‍👧"), ("Number", "تسعة"), ("Word", "end")]
    assert (record.line, other.line) == ((1, 2) if name.endswith("l") else (2, 3))
    assert other.annotations == ()
    assert record.progress is None


def test_code_points_count_where_a_file_has_both(tmp_path):
    (record,), _ = read(tmp_path, document({**in_bytes("end"), **chars("one")}))
    assert marked(record) == [("Word", "one")]


def test_what_was_typed_in_becomes_an_attribute(tmp_path):
    rows = [chars("one", extra_data="1"), chars("two", "Other", extra_data="")]
    (record,), header = read(tmp_path, document(*rows))
    assert [dict(a.attributes) for a in record.annotations] == [{"extra_data": "1"}, {}]
    assert [(label.id, label.attributes[0].name) for label in header.labels] == [("Word", "extra_data")]


def test_what_is_said_of_a_document_is_kept(tmp_path):
    metadata = {"authors": ["Jane", "John"], "date": "2016-09-21T10:00", "pmid": 5, "deep": {"x": [1]}}
    (record,), _ = read(
        tmp_path, document(metadata=metadata, display_title="<b>Shown</b> &amp; told", list_title="")
    )
    article = record.article
    assert (article.title, article.author, article.published) == ("Shown & told", "Jane, John", "2016-09-21")
    assert article.extra == {"pmid": 5, "deep": {"x": [1]}}


def test_identical_and_overlapping_annotations_are_kept(tmp_path):
    rows = [chars("one two"), chars("one two", "Other"), chars("two\nقُتل"), chars("one")]
    (record,), _ = read(tmp_path, document(*rows))
    assert len(record.annotations) == 4


def test_windows_line_ends_move_the_spans(tmp_path):
    row = {"text": "a\r\nbc", "annotations": [{"start_char": 3, "end_char": 5, "label_name": "x"}]}
    (record,), _ = read(tmp_path, row)
    assert marked(record) == [("x", "bc")]


@pytest.mark.parametrize(
    ("bad", "words"),
    [
        (5, "annotation 1 was left out: it is not an object"),
        ({"label_name": "x"}, "annotation 1 was left out: it has no offsets"),
        (chars("one", end_char=2), "annotation 1 was left out: the span from 6 to 2"),
        (chars("one", end_char=True), "annotation 1 was left out: a fragment is not"),
        (chars("one", label=None), "annotation 1 was left out: “label_name” is missing"),
        (chars("one", extra_data=[1]), "annotation 1 was left out: “extra_data” is missing or not text"),
        (in_bytes("👩‍👩‍👧", start_byte=1), "annotation 1 was left out: its offset 1 lies within a character"),
        (in_bytes("one", end_byte=10**9), "annotation 1 was left out: its offset 1,000,000,000 lies within"),
        (in_bytes("one", end_byte=-1), "annotation 1 was left out: it has no offsets"),
    ],
)
def test_a_bad_annotation_is_left_out_and_said(tmp_path, bad, words):
    remarks = Remarks()
    (record,), _ = read(tmp_path, document(bad, chars("two")), remark=remarks)
    assert marked(record) == [("Word", "two")]
    ((line, message),) = remarks
    assert line == 2
    assert message.startswith(words)


@pytest.mark.parametrize(
    ("bad", "words"),
    [
        (5, "it is not an object"),
        ({"name": "Word", "color": "#fff"}, "it is no document of labelbuddy"),
        ({"annotations": [], "utf8_text_md5_checksum": "0"}, "annotations without their text"),
        (document(text=5), "“text” is missing or not text"),
        (document(text="\u200b"), "can't be seen"),
        (document(annotations=5), "“annotations” is not a list"),
        (document(metadata=[1]), "“metadata” is not an object"),
        (document(list_title=5), "“list_title” is missing or not text"),
    ],
)
def test_a_bad_document_is_left_out_and_said(tmp_path, bad, words):
    remarks = Remarks()
    records, _ = read(tmp_path, bad, document(), remark=remarks)
    assert len(records) == 1
    ((line, message),) = remarks
    assert line == 2
    assert message.startswith("the document was left out: ")
    assert words in message


def test_a_broken_line_is_said_and_the_others_come_in(tmp_path):
    path = tmp_path / "work.jsonl"
    path.write_text(f"{json.dumps(document())}\n{{broken\n\n{json.dumps(document(text='More.'))}\n")
    remarks = Remarks()
    assert len(list(LABELBUDDY.read(path, SCHEME, remarks))) == 2
    assert [line for line, _ in remarks] == [2]


def test_what_follows_a_broken_document_of_an_array_is_said_to_be_lost(tmp_path):
    path = tmp_path / "work.json"
    path.write_text(f"[\n{json.dumps(document())}\n{json.dumps(document())}]")
    remarks = Remarks()
    assert len(list(LABELBUDDY.read(path, SCHEME, remarks))) == 1
    assert "what follows it is not valid JSON" in remarks[0][1]


@pytest.mark.parametrize("content", ["", "[]", "\n\n"])
def test_a_file_without_documents_is_refused(tmp_path, content):
    (tmp_path / "work.json").write_text(content)
    with pytest.raises(FormatError, match="holds no documents"):
        LABELBUDDY.read(tmp_path / "work.json", SCHEME, no_remark)


@pytest.mark.parametrize("name", ["work.json", "work.jsonl"])
@pytest.mark.parametrize(
    "first",
    [
        document(chars("one")),
        document(),
        {"utf8_text_md5_checksum": "0", "text": "x"},
        {"text": "x", "annotations": [in_bytes("one")]},
    ],
)
def test_it_is_known_by_what_it_holds(tmp_path, name, first):
    read(tmp_path, first, name=name, remark=Remarks())
    assert format_of(tmp_path / name).id == "labelbuddy"


def test_our_own_lines_are_not_taken_for_it(tmp_path):
    (tmp_path / "work.jsonl").write_text(
        '{"format": "annotator", "version": 1}\n{"annotations": [], "text": "x"}\n'
    )
    assert format_of(tmp_path / "work.jsonl").id == "jsonl"
