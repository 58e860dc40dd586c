"""Workbooks: nothing in them runs or is cut, what people save is read, and what is broken is refused."""

import contextlib
import datetime
import gc
import io
import random
import re
import tempfile
import warnings
import zipfile
from dataclasses import replace
from pathlib import Path

import dataset_values as made
import docx
import pandas
import pytest
from golden_dataset import ANNOTATIONS, ARTICLE, DATASET, TEXT, mark
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet._writer import ALL_TEMP_FILES

from annotator.formats.dataset import ArticleRecord, Dataset
from annotator.formats.errors import FormatError
from annotator.formats.parts.archives import write_zip
from annotator.formats.parts.cells import MAX_CELL, units_of
from annotator.formats.registry import format_by_id
from annotator.formats.tables import xlsx, xlsx_cells, xlsx_reading
from annotator.model.records import Article
from annotator.model.text import article_id, fingerprint

XLSX = format_by_id("xlsx")
FORMULAS = ("=1+1", "=cmd|' /C calc'!A0", "+1", "-1", "@SUM(1)", "\t=1", "'=1", "#N/A", "#REF!", "=", "＝1")
ODD = (
    "a\rb",
    "\x01",
    "\x1f_",
    "_x000D_",
    "_x005F_x000D_",
    "_x0041_",
    "\ufffe\uffff",
    "\x85\u2028",
    " a ",
    "\n",
)


@pytest.fixture
def main(tmp_path):
    made.export(XLSX, DATASET, tmp_path / "work.xlsx")
    return tmp_path / "work.xlsx"


def read(path):
    remarks = made.Remarks()
    dataset = XLSX.read(path, made.SCHEME, remarks)
    return dataset, list(dataset), remarks


def refusal(path):
    with pytest.raises(FormatError) as refused:
        read(path)
    assert "\n" not in str(refused.value)
    return str(refused.value)


def with_annotations(*annotations, text=TEXT):
    return replace(
        DATASET, records=(replace(DATASET.records[0], annotations=annotations, links=(), text=text),)
    )


def saved(path, change=None):
    """Save a workbook again as Excel does, which lets cells share their texts."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        book = load_workbook(path)
    if change:
        change(book)
    book.save(path)
    files = members(path)
    texts = []

    def share(match):
        texts.append(match[2])
        return match[1].replace('t="inlineStr"', 't="s"') + f"<v>{len(texts) - 1}</v>"

    for name in (name for name in files if name.startswith("xl/worksheets/")):
        files[name] = re.sub("(<c[^>]*>)<is>(.*?)</is>", share, files[name].decode(), flags=re.S).encode()
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    shared = "".join(f"<si>{text}</si>" for text in texts)
    files["xl/sharedStrings.xml"] = f'<sst xmlns="{main}">{shared}</sst>'.encode()
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
    override = f'<Override PartName="/xl/sharedStrings.xml" ContentType="{kind}"/></Types>'
    types = "[Content_Types].xml"
    files[types] = files[types].replace(b"</Types>", override.encode())
    return packed(path, files)


def members(path):
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(path, files):
    with path.open("wb") as out:
        write_zip(out, files)
    return path


def test_pandas_reads_the_spans_where_they_stand(main):
    sheets = pandas.read_excel(main, sheet_name=None, keep_default_na=False)
    assert list(sheets) == ["spans", "articles", "links", "entities", "about"]
    (text,) = sheets["articles"].loc[sheets["articles"]["article"] == ARTICLE.id, "text"]
    spans = sheets["spans"]
    assert len(spans) == len(ANNOTATIONS)
    for span in spans.to_dict("records"):
        pairs = [map(int, pair.split("..")) for pair in span["fragments"].split(";")]
        assert " … ".join(text[start:stop] for start, stop in pairs) == span["words"]
    assert spans.loc[spans["annotation"] == "a-count", "claim.count.low"].item() == 9


def test_the_workbook_says_its_format_and_unit(main):
    about = dict(pandas.read_excel(main, sheet_name="about").values.tolist())
    assert (about["format"], about["version"], about["unit"]) == ("annotator", "1", "code point")
    assert about["title"] == "Golden"


def test_the_scheme_comes_back(main):
    dataset, *_ = read(main)
    assert dataset.header == DATASET.header


@pytest.mark.parametrize("text", FORMULAS)
def test_no_text_is_a_formula(tmp_path, text):
    record = replace(DATASET.records[0], article=replace(ARTICLE, title=text))
    noted = mark("a", "ann", "claim", "Kerry", note=text, attributes={"why": text, "type": text})
    made.export(
        XLSX,
        replace(DATASET, records=(replace(record, annotations=(noted,), links=()),)),
        tmp_path / "w.xlsx",
    )
    book = load_workbook(tmp_path / "w.xlsx")
    found = [c for sheet in book for row in sheet.iter_rows() for c in row if c.value == text]
    assert len(found) == 5
    assert {cell.data_type for cell in found} == {"s"}
    assert all(cell.quotePrefix for cell in found), "Excel would run it once the cell is edited"
    _, (back,), remarks = read(tmp_path / "w.xlsx")
    assert (back.annotations[0].note, back.article.title, remarks) == (text, text, [])


def test_numbers_are_numbers_with_all_their_digits(tmp_path):
    numbers = (3, -2.5, 0.1 + 0.2, 1e300, 2**40, 9_007_199_254_740_993, -0.0)
    given_ = [mark(f"a{n}", "ann", "claim", "Kerry", attributes={"score": x}) for n, x in enumerate(numbers)]
    made.export(XLSX, with_annotations(*given_), tmp_path / "w.xlsx")
    cells = pandas.read_excel(tmp_path / "w.xlsx", dtype={"claim.score": object})["claim.score"]
    assert tuple(cells) == numbers
    _, (back,), _ = read(tmp_path / "w.xlsx")
    assert [repr(a.attributes["score"]) for a in back.annotations] == [repr(number) for number in numbers]


@pytest.mark.parametrize(
    ("text", "is_saved_again"),
    [
        *((text, False) for text in ODD),
        # What looks like an escape itself is spoilt by openpyxl when cells share it.
        *((text, True) for text in ODD if text not in ("_x000D_", "_x005F_x000D_")),
    ],
)
def test_characters_that_xml_cannot_hold_come_back(tmp_path, text, is_saved_again):
    noted = mark("a", "ann", "claim", "Kerry", note=text, attributes={"why": text, text or "x": text})
    made.export(XLSX, with_annotations(noted), tmp_path / "w.xlsx")
    if is_saved_again:
        saved(tmp_path / "w.xlsx")
    _, (back,), remarks = read(tmp_path / "w.xlsx")
    assert remarks == []
    assert back.annotations[0].note == text
    assert back.annotations[0].attributes == noted.attributes


def test_what_no_file_holds_becomes_a_replacement_character(tmp_path):
    made.export(
        XLSX, with_annotations(mark("a", "x", "claim", "Kerry", note="\ud800\x00")), tmp_path / "w.xlsx"
    )
    _, (back,), _ = read(tmp_path / "w.xlsx")
    assert back.annotations[0].note == "\ufffd\ufffd"
    assert xlsx_cells.text_of("_x0000_") == "\ufffd"


def test_cells_longer_than_excel_takes_go_on_in_a_sheet_of_their_own(tmp_path):
    text = "😀 long \n" * 9000
    article = Article(article_id(fingerprint(text)), fingerprint(text))
    long = replace(
        mark("a", "ann", "claim", "Kerry").placed(text, (made.Span(0, len(text)),)),
        article=article.id,
        note="n\x01\r" * 30_000,
        attributes={"why": "_x000D_" * 6_000, "no such": "y" * 70_000},
    )
    record = ArticleRecord(article, text, (long,))
    made.export(XLSX, replace(DATASET, records=(record,)), tmp_path / "w.xlsx")
    book = load_workbook(tmp_path / "w.xlsx")
    for cell in (cell for sheet in book for row in sheet.iter_rows() for cell in row):
        assert not isinstance(cell.value, str) or units_of(cell.value) <= MAX_CELL
    assert {row[2] for row in book["continued"].values} == {"column", "words", "note", "claim.why", "other"}
    assert book["articles"].max_row > 2
    _, (back,), remarks = read(tmp_path / "w.xlsx")
    assert [message for _, message in remarks] == []
    (now,) = back.annotations
    assert (now.anchor.exact, now.note, now.attributes) == ((text,), long.note, long.attributes)
    assert back.text == text


def test_rows_beyond_the_last_of_a_sheet_go_on_in_further_sheets(tmp_path, monkeypatch):
    monkeypatch.setattr(xlsx, "MAX_ROWS", 4)
    made.export(XLSX, DATASET, tmp_path / "w.xlsx")
    assert load_workbook(tmp_path / "w.xlsx").sheetnames[4:] == ["spans 2", "spans 3", "about", "about 2"]
    _, (first, _), remarks = read(tmp_path / "w.xlsx")
    assert ([a.id for a in first.annotations], remarks) == ([a.id for a in ANNOTATIONS], [])


def test_a_workbook_saved_again_is_read(main):
    saved(main, lambda book: book.move_sheet("about", -4))
    dataset, records, remarks = read(main)
    assert remarks == []
    assert dataset.header == DATASET.header
    assert made.held(XLSX, records) == made.held(XLSX, DATASET)


def test_nothing_stays_behind_when_writing_is_given_up(tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))

    def records():
        yield DATASET.records[0]
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        xlsx.write(Dataset(DATASET.header, records()), lambda _: io.BytesIO())
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device here is always full")
def test_a_disk_that_gets_full_is_an_error_of_the_system_and_leaves_nothing(tmp_path, monkeypatch):
    """lxml has an error of its own for it, and says more when the sheet is ended."""

    def full():
        path = tmp_path / f"sheet{len(ALL_TEMP_FILES)}"
        path.symlink_to("/dev/full")
        ALL_TEMP_FILES.append(str(path))
        return str(path)

    monkeypatch.setattr("openpyxl.worksheet._writer.create_temporary_file", full)
    article = replace(DATASET.records[0], annotations=(), links=(), text="long " * 1_000)
    many = Dataset(DATASET.header, [article] * 50)
    with pytest.raises(OSError, match="no room for temporary files"):
        xlsx.write(many, lambda _: io.BytesIO())
    gc.collect()
    assert list(tmp_path.iterdir()) == []


def table(path, sheets):
    """Save a workbook as a person or a script makes it."""
    book = Workbook()
    book.remove(book.active)
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    book.save(path)
    return path


def test_a_workbook_of_a_script_is_read(tmp_path):
    path = table(
        tmp_path / "w.xlsx",
        {
            "Notes": [["Made by hand"]],
            "Marks": [
                ["article", "label", "start", "stop", "words", "published", "claim.sure", None],
                [7, "claim", 0, 3, "One", datetime.datetime(2016, 9, 21), True],
                [None, None, None],
                ["7", "claim", 4.5, 6, "two", None, None],
                ["7", "thing", 4, 7, "two", None, None],
            ],
            "Articles": [["article", "text"], [7, "One two"]],
        },
    )
    dataset, (record,), remarks = read(path)
    assert (record.text, record.article.title) == ("One two", "")
    assert [(a.label, a.fragments[0].start, a.anchor.exact) for a in record.annotations] == [
        ("claim", 0, ("One",)),
        ("thing", 4, ("two",)),
    ]
    assert record.annotations[0].attributes == {"sure": True}
    assert [(line, "4.5..6" in message) for line, message in remarks] == [(4, True)]
    assert [label.id for label in dataset.header.labels] == ["thing"]


def test_a_workbook_of_articles_alone_is_read(tmp_path):
    head = ["Headline", "Date", "Full text", "Words", None, "Words"]
    news = [head, ["Truce", datetime.datetime(2016, 9, 21), "Text.", 2, "odd", 3]]
    path = table(tmp_path / "w.xlsx", {"Search": [["query"], ["truce"]], "Results": [*news, ["Empty"]]})
    _, (record,), remarks = read(path)
    assert (record.text, record.article.title, record.article.published) == ("Text.", "Truce", "2016-09-21")
    assert (record.article.extra, record.progress, record.line) == (
        {"Words": "2", "column 5": "odd", "Words 6": "3"},
        None,
        2,
    )
    assert [line for line, _ in remarks] == [3, None]


def test_values_of_any_type_become_what_a_person_sees():
    seen = {
        datetime.datetime(2016, 9, 21): "2016-09-21",
        datetime.datetime(2016, 9, 21, 8, 30): "2016-09-21 08:30:00",
        datetime.time(8): "08:00:00",
        True: "true",
        12: "12",
        None: "",
    }
    assert {value: xlsx_cells.text_of(value) for value in seen} == seen


def test_a_remark_names_the_sheet(main):
    def spoil(book):
        book["links"]["D2"] = "gone"
        book["spans"]["H2"] = None
        book["about"]["B6"] = "{"

    saved(main, spoil)
    dataset, _, remarks = read(main)
    assert (None, "the scheme was left out: it is not valid JSON") in [
        (n, m.split(" (")[0]) for n, m in remarks
    ]
    assert (2, "the span was left out: “label” is missing or not text") in remarks
    assert any(n == 2 and m.startswith("in the sheet “links”, the link was left out") for n, m in remarks)
    assert dataset.header.scheme is None


def test_a_newer_version_is_refused(main):
    def newer(book):
        book["about"]["B3"] = 2

    saved(main, newer)
    assert "use a newer Annotator" in refusal(main)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "is not what its name says"),
        (b"article,label\n", "is not what its name says"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "is not what its name says"),
    ],
    ids=["empty", "csv", "xls or locked"],
)
def test_what_is_no_workbook_is_refused(tmp_path, content, words):
    path = tmp_path / "work.xlsx"
    path.write_bytes(content)
    assert words in refusal(path)


def test_a_zip_of_something_else_is_refused(tmp_path):
    assert refusal(packed(tmp_path / "w.xlsx", {"a.xml": b"<w/>"})) == (
        "w.xlsx is not a workbook, or is damaged; save it anew as .xlsx"
    )


def test_a_word_document_that_was_renamed_is_told(tmp_path):
    docx.Document().save(tmp_path / "w.xlsx")
    assert refusal(tmp_path / "w.xlsx") == (
        "w.xlsx is a Word document, not a workbook; rename it to end in .docx"
    )


def test_a_workbook_without_the_columns_is_refused(tmp_path):
    path = table(tmp_path / "w.xlsx", {"Sheet1": [["a", "b"], [1, 2]]})
    assert "no sheet with the columns “article”, “label”" in refusal(path)
    path = table(tmp_path / "w.xlsx", {"spans": [["label", "start", "stop"]], "empty": []})
    assert "no sheet with the columns “article”, “label”" in refusal(path)


SHEET = "xl/worksheets/sheet1.xml"


def changed(main, name, change):
    files = members(main)
    files[name] = change(files[name])
    return packed(main, files)


def test_a_bomb_is_refused(main):
    assert "unpacks to far too much" in refusal(
        changed(main, SHEET, lambda content: content + bytes(90_000_000))
    )


def test_a_row_without_end_is_refused(main, monkeypatch):
    monkeypatch.setattr(xlsx_reading, "MAX_ROW", 3_000_000)
    cells = "".join(f"<c><v>{n}</v></c>" for n in range(300_000)).encode()
    spoiled = changed(
        main, SHEET, lambda content: content.replace(b"<row ", b"<row>" + cells + b"</row><row ", 1)
    )
    assert "more in xl/worksheets/sheet1.xml than a workbook ever does" in refusal(spoiled)


def test_rows_without_end_are_refused(main, monkeypatch):
    monkeypatch.setattr(xlsx_reading, "MAX_ROWS", 1000)
    spoiled = changed(main, SHEET, lambda c: c.replace(b"<row ", b'<row r="1"/>' * 2000 + b"<row ", 1))
    assert "more in xl/worksheets/sheet1.xml than a workbook ever does" in refusal(spoiled)


def test_shared_texts_without_end_are_refused(main, monkeypatch):
    monkeypatch.setattr(xlsx_reading, "MAX_TAGS", 1000)
    saved(main)
    spoiled = changed(
        main, "xl/sharedStrings.xml", lambda c: c.replace(b"<si>", b"<si/>" * 1000 + b"<si>", 1)
    )
    assert "more in xl/sharedStrings.xml than a workbook ever does" in refusal(spoiled)


@pytest.mark.parametrize("entity", ['"lol"', 'SYSTEM "file:///etc/passwd"'])
@pytest.mark.parametrize("name", [SHEET, "xl/workbook.xml", "xl/sharedStrings.xml"])
def test_entities_are_never_followed(main, name, entity):
    saved(main)
    doctype = f"<!DOCTYPE x [<!ENTITY e {entity}>]>".encode()

    def spoil(content):
        head, mark_, body = content.rpartition(b"?>")
        return head + mark_ + doctype + body.replace(b"Kerry", b"&e;").replace(b"spans", b"&e;")

    path = changed(main, name, spoil)
    message = refusal(path)
    assert "root:" not in message


def test_absurd_places_of_cells_take_no_time(main):
    def far(content):
        return content.replace(b'<row r="3">', b'<row r="99999999999999"><c r="ZZZ3" t="n"><v>1</v></c>', 1)

    _, (record, *_), _ = read(changed(main, SHEET, far))
    assert [a.id for a in record.annotations] == ["a-source"]


def test_a_wrong_statement_of_size_is_not_believed(main):
    changed(main, SHEET, lambda c: c.replace(b"<sheetViews>", b'<dimension ref="A1:B2"/><sheetViews>', 1))
    _, records, remarks = read(main)
    assert (made.held(XLSX, records), remarks) == (made.held(XLSX, DATASET), [])


@settings(max_examples=60, deadline=None)
@given(seed=st.integers(0, 10**9))
def test_damaged_xml_never_breaks_the_reader(seed):
    chance = random.Random(seed)
    files = members(Path(__file__).parent / "golden" / "xlsx" / "work.xlsx")
    name = chance.choice([name for name in files if "theme" not in name])
    content = files[name]
    for _ in range(chance.randint(1, 3)):
        at = chance.randrange(len(content))
        bit = chance.choice([b"", b"<c/>", b"</c>", b'"', b"9" * 30, b"-1", b"x", b'<row r="x"/>', b"&#0;"])
        content = content[:at] + bit + content[at + chance.choice([0, 1, 5, 30]) :]
    files[name] = content
    with tempfile.TemporaryDirectory() as folder:
        path = packed(Path(folder, "w.xlsx"), files)
        with contextlib.suppress(FormatError):
            read(path)
