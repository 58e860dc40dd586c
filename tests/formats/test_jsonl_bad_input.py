"""JSON Lines from strangers: bad records are left out and said, the good ones come in."""

import json

import pytest
from dataset_values import SCHEME

from annotator.formats.errors import FormatError
from annotator.formats.parts import article_rows, json_lines
from annotator.formats.parts.kept import encoded
from annotator.formats.registry import format_by_id
from annotator.model.span import Span
from annotator.model.text import article_id, fingerprint

JSONL = format_by_id("jsonl")
HEADER = json.dumps({"format": "annotator", "version": 1, "title": "T", "scheme": None, "entities": []})
GOOD = '{"text": "A good line."}'


def written(tmp_path, *lines, header=HEADER):
    path = tmp_path / "work.jsonl"
    path.write_bytes(
        b"\n".join(line if isinstance(line, bytes) else line.encode() for line in (header, *lines))
    )
    return path


def read(path):
    remarks = []
    dataset = JSONL.read(path, SCHEME, lambda line, message: remarks.append((line, message)))
    return list(dataset), remarks


def with_annotation(**row):
    body = {"id": "a", "label": "claim", "fragments": [[2, 6]], **row}
    return json.dumps({"text": "A good line.", "annotations": [body]})


@pytest.mark.parametrize(
    ("header", "words"),
    [
        ("", "first line"),
        ("not json", "not valid JSON"),
        ('{"format": "annotator", "version": "1"}', "“version” is not a number; write 1"),
        ('{"format": "annotator"}', "“version” is not a number; write 1"),
        ('{"format": "annotator", "version": true}', "“version” is not a number; write 1"),
        ("[1, 2]", "not an object"),
        ('{"text": "an article"}', "does not say so"),
        ('{"format": "annotator", "version": 2}', "use a newer Annotator"),
        ('{"format": "annotator", "version": 1, "scheme": {"scheme": {"id": "x"}}}', "no labels"),
        ('{"format": "annotator", "version": 1, "title": 3}', "“title”"),
        ('{"format": "annotator", "version": 1, "entities": 3}', "“entities” is not a list"),
        (b"\xff\xfe\x00", "not UTF-8"),
        ("[" * 100_000, "nested too deeply"),
        (b"\x89PNG\r\n\x1a\n" + bytes(2000), "not UTF-8"),
    ],
)
def test_a_file_that_is_not_ours_is_refused_in_one_sentence(tmp_path, header, words):
    path = written(tmp_path, GOOD, header=header)
    with pytest.raises(FormatError, match=words) as refused:
        read(path)
    assert "work.jsonl" in str(refused.value)
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("{", "not valid JSON"),
        ("3", "not an object"),
        ('{"text": ""}', "“text”"),
        ('{"text": " \\n "}', "“text”"),
        ('{"text": 3}', "“text”"),
        ('{"article": {"title": "no text"}}', "“text”"),
        ('{"text": "x", "article": 3}', "article is not an object"),
        ('{"text": "x", "article": {"title": 3}}', "“title”"),
        ('{"text": "x", "annotations": 3}', "not a list"),
        ('{"text": "x", "n": NaN}', "NaN"),
        ('{"text": "x", "n": 1e999}', "too large a number"),
        ('{"text": "x", "n": ' + "9" * 5000 + "}", "99999… is too large a number)"),
        ('{"text": "x", "n": ' + "[" * 50_000 + "]" * 50_000 + "}", "nested too deeply"),
        ('{"text": "x", "article": {"a": ' + "[" * 40 + "]" * 40 + "}}", "levels deep"),
        (b'{"text": "\xff"}', "not UTF-8"),
    ],
)
def test_a_bad_line_is_left_out_with_its_number(tmp_path, line, words):
    records, remarks = read(written(tmp_path, GOOD, line, GOOD.replace("good", "fine")))
    assert [record.text for record in records] == ["A good line.", "A fine line."]
    ((number, message),) = remarks
    assert number == 3
    assert words in message


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ({"label": ""}, "“label”"),
        ({"label": 3}, "“label”"),
        ({"fragments": []}, "at least one"),
        ({"fragments": [[2]]}, "pair of whole numbers"),
        ({"fragments": [[2.0, 6]]}, "pair of whole numbers"),
        ({"fragments": [[True, 6]]}, "pair of whole numbers"),
        ({"fragments": [[6, 2]]}, "runs backwards"),
        ({"fragments": [[-1, 2]]}, "runs backwards"),
        ({"fragments": [[2, 2]]}, "empty"),
        ({"fragments": [[2, 6], [4, 8]]}, "overlap"),
        ({"exact": ["good", "more"]}, "words of each fragment"),
        ({"exact": [3]}, "words of each fragment"),
        ({"attributes": []}, "“attributes”"),
        ({"attributes": {"n": 2**70}}, "too large"),
        ({"note": 3}, "“note”"),
        ({"layer": "x" * 2000}, "longer than"),
        ({"id": None}, "“id”"),
    ],
)
def test_a_bad_annotation_is_left_out_and_its_article_stays(tmp_path, row, words):
    (record,), remarks = read(written(tmp_path, with_annotation(**row)))
    assert record.annotations == ()
    assert record.text == "A good line."
    ((number, message),) = remarks
    assert number == 2
    assert words in message


def test_fragments_come_in_order_with_their_words(tmp_path):
    line = with_annotation(fragments=[[7, 11], [2, 6]], exact=["line", "good"])
    (record,), remarks = read(written(tmp_path, line))
    assert remarks == []
    assert record.annotations[0].fragments == (Span(2, 6), Span(7, 11))
    assert record.annotations[0].anchor.exact == ("good", "line")


def test_offsets_of_a_text_with_windows_line_ends_are_converted(tmp_path):
    raw = "\ufeffOne\r\n👩‍👩‍👧 two\r\n\r\nthree"
    start = raw.index("three")
    row = {"label": "claim", "fragments": [[start, start + 5]], "exact": ["three"]}
    (record,), remarks = read(written(tmp_path, json.dumps({"text": raw, "annotations": [row]})))
    (found,) = record.annotations
    assert remarks == []
    assert record.text == "One\n👩‍👩‍👧 two\n\nthree"
    assert found.stands_in(record.text)


def test_half_a_line_end_is_no_span(tmp_path):
    row = {"label": "claim", "fragments": [[4, 5]]}
    (record,), remarks = read(written(tmp_path, json.dumps({"text": "One\r\nTwo", "annotations": [row]})))
    assert record.annotations == ()
    assert "half a line end" in remarks[0][1]


def test_a_text_that_is_not_the_one_named_is_another_article(tmp_path):
    sha256 = fingerprint("The text as it was.")
    row = {"text": "The text as it is.", "article": {"id": article_id(sha256), "sha256": sha256}}
    (record,), remarks = read(written(tmp_path, json.dumps(row)))
    assert record.article.id != article_id(sha256)
    assert record.article.sha256 == fingerprint("The text as it is.")
    assert "another article" in remarks[0][1]


def test_an_id_of_the_outside_keeps_equal_texts_apart(tmp_path):
    lines = [json.dumps({"text": "Wire copy.", "article": {"id": name}}) for name in ("ap-1", "afp-1")]
    records, _ = read(written(tmp_path, *lines))
    assert len({record.article.id for record in records}) == 2


def test_lone_surrogates_and_zeros_become_replacement_characters(tmp_path):
    line = '{"text": "A\\ud800 \\u0000 line 👩", "article": {"title": "\\udfff", "k\\ud800": "\\u0000"}}'
    (record,), _ = read(written(tmp_path, line))
    assert record.text == "A\ufffd \ufffd line 👩"
    assert record.article.title == "\ufffd"
    assert record.article.extra == {"k\ufffd": "\ufffd"}


def test_an_emoji_spelt_in_two_escapes_is_one_character(tmp_path):
    (record,), _ = read(written(tmp_path, '{"text": "A \\ud83d\\ude00"}'))
    assert record.text == "A 😀"


def test_a_line_that_is_too_long_is_left_out_and_the_next_is_read(tmp_path, monkeypatch):
    monkeypatch.setattr(json_lines, "MAX_LINE", 200)
    records, remarks = read(written(tmp_path, '{"text": "' + "x" * 5000 + '"}', GOOD))
    assert [record.text for record in records] == ["A good line."]
    assert remarks[0][0] == 2
    assert "longer than" in remarks[0][1]


def test_an_article_that_is_too_long_is_left_out(tmp_path, monkeypatch):
    monkeypatch.setattr(article_rows, "MAX_TEXT", 100)
    records, remarks = read(written(tmp_path, json.dumps({"text": "x" * 101}), GOOD))
    assert len(records) == 1
    assert "at most 100" in remarks[0][1]


def test_windows_line_ends_between_lines_and_blank_lines_do_no_harm(tmp_path):
    path = tmp_path / "work.jsonl"
    path.write_bytes(f"{HEADER}\r\n\r\n{GOOD}\r\n".encode())
    (record,), remarks = read(path)
    assert (record.text, record.line, remarks) == ("A good line.", 3, [])


def test_notes_that_hold_line_separators_stay_on_one_line(tmp_path):
    note = "one\u2028two\x85three"
    path = written(tmp_path, with_annotation(note=note))
    (record,), _ = read(path)
    line = encoded(record).decode()
    assert len(line.splitlines()) == 1
    assert json.loads(line)["annotations"][0]["note"] == note


def test_progress_that_is_not_there_is_not_known(tmp_path):
    (without,), _ = read(written(tmp_path, GOOD))
    (with_none,), _ = read(written(tmp_path, '{"text": "x", "progress": []}'))
    assert without.progress is None
    assert with_none.progress == ()


def test_a_byte_order_mark_does_no_harm(tmp_path):
    path = written(tmp_path, GOOD, header=b"\xef\xbb\xbf" + HEADER.encode())
    records, remarks = read(path)
    assert [record.text for record in records] == ["A good line."]
    assert remarks == []


@pytest.mark.parametrize("name", ["all", "ALL", " all ", "  ", "a\nb", "a\x07", "a\u2028b"])
def test_a_layer_that_nobody_can_have_is_left_out_and_said(tmp_path, name):
    mark = {"label": "claim", "fragments": [[2, 6]]}
    row = {
        "text": "A good line.",
        "annotations": [{**mark, "layer": name}, {**mark, "layer": "gold"}],
        "links": [{"type": "quoted-by", "source": "a", "target": "b", "layer": name}],
        "progress": [{"annotator": name, "state": "done"}, {"annotator": "bob", "state": "done"}],
    }
    (record,), remarks = read(written(tmp_path, json.dumps(row)))
    assert [a.layer for a in record.annotations] == ["gold"]
    assert record.links == ()
    assert [p.annotator for p in record.progress] == ["bob"]
    assert [line for line, _ in remarks] == [2, 2, 2]
    assert all("left out" in message for _, message in remarks)


def test_a_scheme_that_is_none_is_left_out_and_said(tmp_path):
    header = '{"format": "annotator", "version": 1, "scheme": 5}'
    records, remarks = read(written(tmp_path, GOOD, header=header))
    assert len(records) == 1
    assert remarks == [(1, "the scheme was left out: it is not an object")]


def test_a_text_that_nobody_can_see_is_left_out_and_said(tmp_path):
    records, remarks = read(written(tmp_path, json.dumps({"text": "\u200b\u2060\ufeff \n"}), GOOD))
    assert [record.text for record in records] == ["A good line."]
    ((line, message),) = remarks
    assert line == 2
    assert "can't be seen" in message


def test_a_first_line_that_is_no_json_is_told_in_one_sentence(tmp_path):
    path = tmp_path / "work.jsonl"
    path.write_bytes(b"\xff\xfe")
    with pytest.raises(FormatError, match="JSON Lines, as its first line shows: the line is not UTF-8"):
        JSONL.read(path, SCHEME, lambda *_: None)


def test_what_is_no_json_is_said_with_its_place(tmp_path):
    _, remarks = read(written(tmp_path, '{"text": "One", oops}', GOOD))
    assert remarks == [(2, "the article was left out: the line is not valid JSON (at its character 17)")]
