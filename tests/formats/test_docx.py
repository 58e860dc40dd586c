"""Word documents come in as their paragraphs and tables, with what they say of themselves."""

import datetime
import io
import re
import zipfile

import docx
import pytest
from dataset_values import SCHEME, Remarks, no_remark
from docx.oxml import parse_xml
from openpyxl import Workbook

from annotator.formats.articles import docx as reader
from annotator.formats.errors import FormatError
from annotator.formats.registry import format_by_id

DOCX = format_by_id("docx")
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
DOCUMENT = "word/document.xml"


def saved(document):
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def read(tmp_path, content, remark=no_remark):
    path = tmp_path / "truce.docx"
    path.write_bytes(content if isinstance(content, bytes) else saved(content))
    (record,) = DOCX.read(path, SCHEME, remark)
    return record


def refusal(tmp_path, content):
    with pytest.raises(FormatError) as refused:
        read(tmp_path, content, Remarks())
    return str(refused.value)


def with_member(content, name, new):
    """Put another member in the place of one, or beside the others."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive,
    ):
        for other in old.namelist():
            if other != name:
                archive.writestr(other, old.read(other))
        archive.writestr(name, new)
    return out.getvalue()


def document_of(*paragraphs):
    document = docx.Document()
    for words in paragraphs:
        document.add_paragraph(words)
    return document


def with_body(xml):
    document = docx.Document()
    for element in parse_xml(f"<w:body {W}>{xml}</w:body>"):
        document.element.body.append(element)
    return document


def test_paragraphs_headings_lists_and_tables_are_read_in_order(tmp_path):
    document = docx.Document()
    document.add_heading("Truce buried", 1)
    document.add_paragraph("“Not dead”, ").add_run("he said").bold = True
    for words in ("one", "two"):
        document.add_paragraph(words, style="List Bullet")
    table = document.add_table(2, 2)
    for cell, words in zip(table.rows[0].cells, ("Side", "Dead"), strict=True):
        cell.text = words
    table.cell(1, 0).merge(table.cell(1, 1)).text = "both"
    document.add_paragraph("قُتل تسعة 👩‍👩‍👧\u00a0e\u0301")
    assert read(tmp_path, document).text == (
        "Truce buried\n\n“Not dead”, he said\n\none\ntwo\n\nSide\tDead\nboth\n\nقُتل تسعة 👩‍👩‍👧\u00a0e\u0301"
    )


@pytest.mark.parametrize(
    ("xml", "text"),
    [
        ("<w:p><w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:br/><w:t>c</w:t></w:r></w:p>", "a\tb\nc"),
        (
            "<w:p><w:ins><w:r><w:t>new</w:t></w:r></w:ins><w:del><w:r><w:delText>old</w:delText></w:r></w:del></w:p>",
            "new",
        ),
        (
            "<w:p><w:moveFrom><w:r><w:t>x</w:t></w:r></w:moveFrom><w:moveTo><w:r><w:t>y</w:t></w:r></w:moveTo></w:p>",
            "y",
        ),
        ("<w:p><w:hyperlink><w:r><w:t>link</w:t></w:r></w:hyperlink></w:p>", "link"),
        (
            "<w:sdt><w:sdtContent><w:p><w:r><w:t>in a field</w:t></w:r></w:p></w:sdtContent></w:sdt>",
            "in a field",
        ),
        ("<w:p><w:r><w:instrText>PAGE</w:instrText></w:r><w:r><w:t>7</w:t></w:r></w:p>", "7"),
        (
            "<w:p><w:r><w:t>Out</w:t><w:pict><w:txbxContent><w:p><w:r><w:t>In</w:t></w:r></w:p></w:txbxContent></w:pict>"
            "<w:t>side</w:t></w:r></w:p>",
            "Outside\n\nIn",
        ),
        (
            "<w:tbl><w:tr><w:tc><w:tbl><w:tr><w:tc><w:p><w:r><w:t>deep</w:t></w:r></w:p></w:tc></w:tr></w:tbl><w:p/></w:tc>"
            "<w:tc><w:p><w:r><w:t>b</w:t></w:r></w:p></w:tc></w:tr></w:tbl>",
            "deep\tb",
        ),
    ],
)
def test_every_word_that_shows_is_read(tmp_path, xml, text):
    assert read(tmp_path, with_body(xml)).text == text


def test_what_the_document_says_of_itself_is_taken(tmp_path):
    document = document_of("Text.")
    said = document.core_properties
    said.title, said.author, said.language = "Truce", "Jane Doe", "en-GB"
    said.created = datetime.datetime(2016, 9, 21, 10, 0)
    article = read(tmp_path, document).article
    assert (article.title, article.author, article.language) == ("Truce", "Jane Doe", "en-GB")
    assert article.published == "2016-09-21"


def test_a_document_that_says_nothing_of_itself_is_named_by_its_first_line(tmp_path):
    content = saved(document_of("Headline", "Text."))
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w") as archive:
        for name in old.namelist():
            kept = old.read(name)
            if name == "_rels/.rels":
                kept = re.sub(rb"<Relationship [^>]*core-properties[^>]*>", b"", kept)
            if name != "docProps/core.xml":
                archive.writestr(name, kept)
    article = read(tmp_path, out.getvalue()).article
    assert (article.title, article.author, article.published) == ("Headline", "", "")


def test_notes_are_left_out_and_said(tmp_path):
    notes = f'<w:footnotes {W}><w:footnote w:type="separator" w:id="-1"/><w:footnote w:id="1"/></w:footnotes>'
    remarks = Remarks()
    read(tmp_path, with_member(saved(document_of("Text.")), "word/footnotes.xml", notes), remarks)
    assert remarks == [(None, "footnotes were left out: 1")]


@pytest.mark.parametrize("content", [b"", b"text", b"PK\x03\x04 cut", b"\xd0\xcf\x11\xe0 an old .doc"])
def test_what_is_no_document_is_refused(tmp_path, content):
    assert refusal(tmp_path, content).startswith("truce.docx ")


def test_an_archive_of_something_else_is_refused(tmp_path):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("a.txt", "text")
    assert refusal(tmp_path, out.getvalue()) == (
        "truce.docx is not a Word document, or is damaged; save it as .docx anew"
    )


def test_a_workbook_that_was_renamed_is_told(tmp_path):
    out = io.BytesIO()
    Workbook().save(out)
    assert refusal(tmp_path, out.getvalue()) == (
        "truce.docx is a workbook, not a Word document; rename it to end in .xlsx"
    )


def test_an_empty_document_is_refused(tmp_path):
    assert "is empty" in refusal(tmp_path, docx.Document())


@pytest.mark.parametrize(
    "xml",
    [
        '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><x>&b;</x>',
        '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><x>&a;</x>',
    ],
)
def test_entities_are_refused(tmp_path, xml):
    content = with_member(saved(document_of("Text.")), DOCUMENT, xml)
    assert "declares a document type or entities" in refusal(tmp_path, content)


def test_a_bomb_is_refused(tmp_path):
    content = with_member(saved(document_of("Text.")), DOCUMENT, b"<x>" + b" " * 30_000_000 + b"</x>")
    assert "unpacks to far too much" in refusal(tmp_path, content)


def test_too_much_text_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(reader, "MAX_XML", 100)
    assert "holds more than" in refusal(tmp_path, document_of("Text."))


def test_depth_without_end_is_refused(tmp_path):
    deep = f"<w:document {W}>" + "<w:sdt>" * 1_000 + "</w:sdt>" * 1_000 + "</w:document>"
    assert "levels deep" in refusal(tmp_path, with_member(saved(document_of("Text.")), DOCUMENT, deep))
