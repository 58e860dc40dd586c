"""Tables of articles: columns are found by name, nothing is lost in silence, no table of ours is taken."""

import codecs
import contextlib
import json
import random
import re
from pathlib import Path

import dataset_values as made
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.formats.errors import FormatError
from annotator.formats.parts import decoding, sheets
from annotator.formats.parts.decoding import MAX_TEXT
from annotator.formats.registry import format_by_id, format_of
from annotator.formats.tables import article_columns, article_table
from annotator.formats.tables.article_columns import ArticleColumns

TABLE = format_by_id("table")
GOLDEN = Path(__file__).parent / "golden"
FRENCH = (
    "Le président a déclaré que la trêve « n'est pas morte », malgré les frappes aériennes à l'été. À Alep,"
    " où plusieurs hôpitaux ont été touchés, des médecins français opéraient déjà; ça n'a pas été confirmé. "
) * 8
ARABIC = "قتل تسعة مقاتلين على الأقل في حلب، وقال المسعفون إن الغارة كانت ليلا. " * 8


def read(path, how=TABLE):
    remarks = made.Remarks()
    return list(how.read(path, made.SCHEME, remarks)), remarks


def refusal(path):
    with pytest.raises(FormatError) as refused:
        read(path)
    assert "\n" not in str(refused.value)
    return str(refused.value)


def table(tmp_path, content, name="news.csv", encoding="utf-8"):
    path = tmp_path / name
    path.write_bytes(content.encode(encoding) if isinstance(content, str) else content)
    return path


def lines(tmp_path, *rows, name="news.jsonl"):
    return table(tmp_path, "\n".join(json.dumps(row) for row in rows), name)


def test_the_golden_table_is_read():
    (first, second), remarks = read(GOLDEN / "table" / "work.csv")
    assert first.text.startswith("Truce buried 👩‍👩‍👧\n\n“The truce”")
    assert (first.article.title, first.article.outlet) == ("Truce “buried”, again", "Daily News")
    assert (first.article.author, first.article.published) == ("Kerry, J.; Ümit", "2016-09-21")
    assert (first.article.url, first.article.language) == ("https://example.org/truce?id=1,2", "en")
    assert first.article.extra == {"id (column)": "17", "section": "World"}
    assert (second.line, second.article.title) == (5, "=SUM(A1) is no formula.")
    assert (second.article.published, second.progress) == ("2016-09-22", None)
    assert [line for line, _ in remarks] == [None]
    assert "the outlet from “Source”" in remarks[0][1]
    assert "kept with each article: “id” as “id (column)”, “section”" in remarks[0][1]


@pytest.mark.parametrize("field", ["text", *article_columns._NAMES])
def test_the_guide_names_every_column(field):
    page = (Path(__file__).parents[2] / "resources" / "guide" / "formats-table.md").read_text("utf-8")
    names = article_columns._TEXT if field == "text" else article_columns._NAMES[field]
    assert f"| {', '.join(names)}" in page


@pytest.mark.parametrize(
    "head",
    [
        "text",
        "TEXT",
        "Full Text",
        "full_text",
        "Full-Text",
        "content",
        "Body",
        "maintext",
        "articleBody",
        "article",
    ],
)
def test_the_text_is_found_whatever_its_column_is_called(tmp_path, head):
    (record,), _ = read(table(tmp_path, f"id,{head}\n1,Words\n"))
    assert record.text == "Words"


def test_the_best_name_counts_and_the_others_are_kept(tmp_path):
    content = "article,source,outlet,text,Text,text\nslug,Wire,Daily,Words,More,Third\n"
    (record,), remarks = read(table(tmp_path, content))
    assert (record.text, record.article.outlet) == ("Words", "Daily")
    assert record.article.extra == {"article": "slug", "source": "Wire", "Text": "More", "text 6": "Third"}
    assert "the id from “article”" in remarks[-1][1]


def test_columns_that_each_article_has_are_kept_under_another_name(tmp_path):
    (record,), _ = read(table(tmp_path, "text,sha256,id,headline,title,\nWords,abc,7,Head,Title,blank\n"))
    assert record.article.title == "Title"
    assert record.article.extra == {
        "sha256 (column)": "abc",
        "id (column)": "7",
        "headline": "Head",
        "column 6": "blank",
    }


def test_the_id_tells_the_same_text_apart(tmp_path):
    records, _ = read(table(tmp_path, "id,text,url\n1,Words,\n2,Words,\n1,Words,\n3,Words,u\n4,Words,u\n"))
    ids = [record.article.id for record in records]
    assert len(set(ids)) == 3
    assert (ids[0], ids[3]) == (ids[2], ids[4])


@pytest.mark.parametrize(
    ("written", "date"),
    [
        ("2016-09-21", "2016-09-21"),
        ("2016-09-21T08:30:00Z", "2016-09-21"),
        ("2016-09-21 08:30:00.000+02:00", "2016-09-21"),
        ("20160921", "2016-09-21"),
        ("20160921083000", "2016-09-21"),
        ("September 21, 2016 Wednesday", "2016-09-21"),
        ("Wed, 21 Sep 2016 08:30:00 GMT", "2016-09-21"),
        ("21/09/2016", "2016-09-21"),
        ("2016-09", "2016-09"),
        ("2016", "2016"),
    ],
)
def test_dates_are_read_as_they_are_written_elsewhere(tmp_path, written, date):
    (record,), remarks = read(table(tmp_path, f'text,date\nWords,"{written}"\n'))
    assert (record.article.published, record.article.extra, len(remarks)) == (date, {}, 1)


@pytest.mark.parametrize("written", ["05/06/2016", "20161399", "yesterday", "1474446600", "2016-02-31"])
def test_a_date_that_is_not_certain_is_kept_as_it_is(tmp_path, written):
    (record, _), remarks = read(table(tmp_path, f"text,Date\nWords,{written}\nMore,\n"))
    assert (record.article.published, record.article.extra) == ("", {"Date": written})
    assert f"1 date is not certain, such as “{written}”" in remarks[-1][1]


def test_json_lines_of_any_shape_are_read(tmp_path):
    path = lines(
        tmp_path,
        {"body": ["One", "two"], "authors": ["A", "B"], "source": {"title": "Daily", "uri": "d"}, "n": 3},
        {"body": "Later", "headline": {"main": "Head"}, "tags": ["x"], "empty": [], "deep": {"a": [1]}},
        {"body": "Third", "extra": "only here", "date": 20160921, "n": False},
    )
    (first, second, third), remarks = read(path)
    assert (first.text, first.article.author, first.article.outlet) == ("One\n\ntwo", "A, B", "Daily")
    assert first.article.extra == {"n": 3}
    assert (second.article.title, second.article.extra) == ("Head", {"tags": ["x"], "deep": {"a": [1]}})
    assert (third.article.published, third.article.extra) == (
        "2016-09-21",
        {"extra": "only here", "n": False},
    )
    assert [line for line, _ in remarks] == [None]


def test_bad_lines_of_json_are_left_out(tmp_path, monkeypatch):
    monkeypatch.setattr(article_table, "MAX_LINE", 3_000_000)
    rows = [
        '{"text": "First"}',
        "{",
        "[1]",
        "",
        '{"text": 5}',
        '{"text": " \\u200b "}',
        '{"other": 1}',
        json.dumps({"text": "x" * 3_000_000}),
        '{"text": "x", "deep": ' + "[" * 40 + "]" * 40 + "}",
        '{"text": "x", "n": 99999999999999999999999}',
        '{"text": "Last \\ud800"}',
    ]
    records, remarks = read(table(tmp_path, "\n".join(rows), "a.ndjson"))
    assert [(r.line, r.text) for r in records] == [(1, "First"), (11, "Last \ufffd")]
    assert [line for line, _ in remarks] == [2, 3, 5, 6, 7, 8, 9, 10, None]
    assert "longer than 3 MB" in remarks[5][1]


def test_a_text_longer_than_an_article_is_left_out(tmp_path):
    records, remarks = read(table(tmp_path, f"text\nWords\n{'x' * (MAX_TEXT + 1)}\n"))
    assert [record.text for record in records] == ["Words"]
    assert "at most 20,000,000 are taken" in remarks[0][1]


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@pytest.mark.parametrize("stated", [False, True])
def test_the_separator_is_found(tmp_path, separator, stated):
    head = f"sep={separator}\r\n" if stated else ""
    content = f'{head}id{separator}text\r\n1{separator}"a,b;c\r\nd"\r\n2{separator}e\r\n'
    (first, second), _ = read(table(tmp_path, content))
    assert (first.text, second.text) == ("a,b;c\nd", "e")
    assert (first.line, second.line) == (2 + stated, 4 + stated)


def test_quotation_marks_of_unquoted_tables_are_kept(tmp_path):
    content = 'id\ttext\n1\t"The truce", he said\n2\t"Never" is long\n3\t5" of rain\n'
    records, _ = read(table(tmp_path, content, "a.tsv"))
    assert [r.text for r in records] == ['"The truce", he said', '"Never" is long', '5" of rain']
    records, _ = read(table(tmp_path, 'id\ttext\n1\t"One\ttwo"\n2\t"A ""b"""\n', "b.tsv"))
    assert [r.text for r in records] == ["One\ttwo", 'A "b"']


def test_an_apostrophe_is_no_guard_in_a_strangers_table(tmp_path):
    (record,), _ = read(table(tmp_path, "text\n'Truce' is dead\n"))
    assert record.text == "'Truce' is dead"


def test_rows_that_fit_no_head_are_left_out(tmp_path):
    content = "title,text\nOne,Words, and more\nTwo,Words,\nThree\n\nFour,\n"
    (record,), remarks = read(table(tmp_path, content))
    assert record.article.title == "Two"
    assert [line for line, _ in remarks] == [2, 4, 6, None]
    assert "it has 3 cells and the head 2" in remarks[0][1]


@pytest.mark.parametrize(
    ("encoding", "mark", "words", "is_guess"),
    [
        ("utf-8", b"", FRENCH + ARABIC, False),
        ("utf-8", codecs.BOM_UTF8, FRENCH + ARABIC, False),
        ("utf-16-le", codecs.BOM_UTF16_LE, FRENCH, False),
        ("utf-16-le", b"", FRENCH, True),
        ("cp1252", b"", FRENCH, True),
        ("cp1256", b"", ARABIC, True),
    ],
)
@pytest.mark.parametrize("form", ["csv", "jsonl"])
def test_any_encoding_is_read_and_a_guess_is_said(
    tmp_path, monkeypatch, encoding, mark, words, is_guess, form
):
    monkeypatch.setattr(decoding, "_HEAD", 1_000)
    row = json.dumps({"text": words}, ensure_ascii=False)
    plain = "The truce is not dead; said Kerry. " * 50
    content = f'{{"text": "{plain}"}}\n{row}' if form == "jsonl" else f'text\n{plain}\n"{words}"\n'
    path = table(tmp_path, mark + content.encode(encoding), f"a.{form}")
    (_, record), remarks = read(path)
    assert record.text == words
    assert any("guess" in message for _, message in remarks) == is_guess


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "is empty"),
        (b" \r\n", "is empty"),
        (b"PK\x03\x04 table", "is a ZIP or office document"),
        (random.Random(3).randbytes(5000), "binary data"),
        (codecs.BOM_UTF8 + b"text\n\xff\xfe", "says it is utf-8-sig but is not"),
        (b"a,b\n1,2\n", "no column with the text of articles"),
        (b'{"a": 1}\n{"b": 2}', "no column with the text of articles"),
        (b"{\n  nothing\n", "is not JSON Lines, as line 1 shows: the line is not valid JSON"),
        (b'\n{"text": "Rep\n', "is not JSON Lines, as line 2 shows: the line is not valid JSON"),
        (b'{"a":' * 50_000, "is not JSON Lines, as line 1 shows: the line is nested too deeply"),
    ],
)
def test_what_is_no_table_of_articles_is_refused(tmp_path, content, words):
    assert words in refusal(table(tmp_path, content, "a.csv" if b"{" not in content[:1] else "a.jsonl"))


def test_a_line_without_end_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(sheets, "MAX_LINE", 200_000)
    path = table(tmp_path, 'text\n"' + "x" * 300_000)
    with pytest.raises(FormatError, match="a line is longer than 200,000 characters"):
        read(path)


def test_a_folder_and_a_missing_file_are_refused(tmp_path):
    assert "can't be read" in refusal(tmp_path)
    assert "can't be read" in refusal(tmp_path / "none.csv")


def test_the_articles_beside_long_csv_are_not_read_by_themselves(tmp_path):
    alone = tmp_path / "alone.csv"
    alone.write_bytes((GOLDEN / "csv" / "work.articles.csv").read_bytes())
    assert format_of(alone) is TABLE
    assert "goes with a long CSV file" in refusal(alone)


@pytest.mark.parametrize(
    ("name", "content", "format_id"),
    [
        ("a.csv", "article,label,start,stop\n", "csv"),
        ("a.csv", '\ufeff"label";"fragments";"article"\r\n', "csv"),
        ("a.csv", "article,label\n", "table"),
        ("a.csv", "text,label of article,stop words\n", "table"),
        ("a.csv", "title,text\narticle,label,stop\n", "table"),
        ("a.tsv", "title\ttext\n", "table"),
        ("a.jsonl", '{"format": "annotator", "version": 1}\n', "jsonl"),
        ("a.jsonl", '\ufeff{"version": 1,"format":"annotator"}\n', "jsonl"),
        ("a.jsonl", '{"entities": [], "text": "as doccano has it"}\n', "doccano"),
        ("a.jsonl", '{"entities": ["ORG"], "labels": ["news"], "text": "no spans"}\n', "table"),
        ("a.jsonl", json.dumps({"text": 'a quoted {"format": "annotator"}'}), "table"),
        ("a.ndjson", "{}", "table"),
    ],
)
def test_no_table_is_taken_for_another_format(tmp_path, name, content, format_id):
    assert format_of(table(tmp_path, content, name)).id == format_id


def test_our_own_lines_are_known_even_after_many_entities(tmp_path):
    many = tuple(made.Entity(f"e{n}", "actor", f"Name {n}") for n in range(3000))
    path = tmp_path / "work.jsonl"
    made.export(format_by_id("jsonl"), made.Dataset(made.Header("x", entities=many), ()), path)
    assert path.read_bytes().index(b'"format"') > 65_536
    assert format_of(path).id == "jsonl"


def test_parquet_with_a_column_of_text_is_read_too(tmp_path):
    rows = [
        {"Content": "Words", "headline": "Head", "score": 0.5, "image": b"\x89PNG", "tags": ["a"]},
        {"Content": None, "headline": "None", "score": float("nan"), "image": None, "tags": None},
    ]
    pq.write_table(pa.Table.from_pylist(rows), tmp_path / "a.parquet")
    (record,), remarks = read(tmp_path / "a.parquet", format_by_id("parquet"))
    assert (record.text, record.article.title, record.progress) == ("Words", "Head", None)
    assert record.article.extra == {"score": 0.5, "tags": ["a"]}
    assert [line for line, _ in remarks] == [2, None]


def test_many_columns_are_told_in_one_sentence():
    told = ArticleColumns(["text", *(f"c{n}" for n in range(40))]).told()
    assert told.endswith("“c11” and 28 more")
    assert len(re.findall("“", told)) == 13


@settings(max_examples=200, deadline=None)
@given(seed=st.integers(0, 10**9), form=st.sampled_from(["csv", "tsv", "jsonl"]))
def test_damaged_tables_never_break_the_reader(tmp_path_factory, seed, form):
    chance = random.Random(seed)
    row = {"text": "Words “quoted”", "title": "One, two", "date": "2016-09-21", "n": [1, {"a": None}]}
    content = (GOLDEN / "table" / "work.csv").read_bytes()
    if form == "tsv":
        content = content.replace(b",", b"\t")
    if form == "jsonl":
        content = (json.dumps(row, ensure_ascii=False) + "\n").encode() * 4
    for _ in range(chance.randint(1, 5)):
        at = chance.randrange(len(content))
        bit = chance.choice([b"", b'"', b"\t", b"\n", b"\r", b"\x00", b"\xff", b"{", b"[" * 3000, b"9" * 400])
        content = content[:at] + bit + content[at + chance.choice([0, 1, 5, 30]) :]
    path = tmp_path_factory.getbasetemp() / f"damaged.{form}"
    path.write_bytes(content)
    with contextlib.suppress(FormatError):
        read(path)


@pytest.mark.parametrize(
    ("golden", "name", "words"),
    [
        ("jsonl/work.jsonl", "work.csv", "is Annotator's JSON Lines; rename it so that it ends in .jsonl"),
        ("csv/work.csv", "work.jsonl", "is Annotator's long CSV; rename it so that it ends in .csv"),
    ],
)
def test_work_of_ours_under_another_suffix_does_not_lose_its_spans(tmp_path, golden, name, words):
    path = tmp_path / name
    path.write_bytes((GOLDEN / golden).read_bytes())
    assert format_of(path) is TABLE
    assert words in refusal(path)
