"""PDFs come in as the text of their pages, joined to paragraphs; scans say that they are."""

import contextlib
import io
import zlib

import pytest
from dataset_values import SCHEME, Remarks, no_remark
from foreign_files import pdf
from pypdf import PdfReader, PdfWriter

from annotator.formats.articles import pdf as reader
from annotator.formats.errors import FormatError
from annotator.formats.parts.line_joining import paragraphs
from annotator.formats.registry import format_by_id

PDF = format_by_id("pdf")


def read(tmp_path, content, remark=no_remark):
    path = tmp_path / "truce.pdf"
    path.write_bytes(content)
    (record,) = PDF.read(path, SCHEME, remark)
    return record


def refusal(tmp_path, content):
    with pytest.raises(FormatError) as refused:
        read(tmp_path, content, Remarks())
    return str(refused.value)


def test_lines_are_joined_and_what_the_file_says_of_itself_is_taken(tmp_path):
    lines = ["“The truce”, Kerry said, “is not dead,” the secre-", "tary told reporters in Geneva."]
    record = read(tmp_path, pdf(lines, title="Truce buried", author="Jane Doe"))
    assert record.text == "“The truce”, Kerry said, “is not dead,” the secretary told reporters in Geneva."
    assert (record.article.title, record.article.author) == ("Truce buried", "Jane Doe")


@pytest.mark.parametrize("title", ["", "Microsoft Word - truce.doc", "untitled", "truce_final.indd"])
def test_a_title_that_a_program_made_up_is_not_taken(tmp_path, title):
    assert (
        read(tmp_path, pdf(["A headline of its own"], title=title)).article.title == "A headline of its own"
    )


@pytest.mark.parametrize(
    ("pages", "words"),
    [
        (([], ["Text."]), "there is no text on page 1; it may be a scan"),
        ((["Text."], [], [], [], ["More."], []), "there is no text on pages 2 to 4 and 6; it may be a scan"),
    ],
)
def test_pages_without_text_are_said_with_their_numbers(tmp_path, pages, words):
    remarks = Remarks()
    read(tmp_path, pdf(*pages), remarks)
    assert remarks == [(None, words)]


def test_a_scan_is_refused(tmp_path):
    assert "scans; recognise its text (OCR) first" in refusal(tmp_path, pdf([], []))


def locked(user, owner):
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf(["Text."]))))
    writer.encrypt(user, owner, algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def test_a_password_is_asked_for_in_one_sentence(tmp_path):
    assert (
        refusal(tmp_path, locked("secret", "owner"))
        == "truce.pdf is locked with a password; save a copy without one"
    )


def test_a_file_that_only_its_owner_may_change_is_read(tmp_path):
    assert read(tmp_path, locked("", "owner")).text == "Text."


def test_encryption_that_no_library_is_there_for_is_said(tmp_path, monkeypatch):
    from pypdf.errors import DependencyError

    def lacking(*_):
        raise DependencyError("cryptography>=3.1 is required for AES algorithm")

    monkeypatch.setattr(PdfReader, "decrypt", lacking)
    assert "is encrypted; save a copy without" in refusal(tmp_path, locked("", "owner"))


@pytest.mark.parametrize("content", [b"", b"text", b"<html></html>", b"PK\x03\x04"])
def test_what_is_no_pdf_is_refused(tmp_path, content):
    assert "is not a PDF" in refusal(tmp_path, content)


def test_a_file_cut_short_is_refused_or_read(tmp_path):
    whole = pdf(["Text that is there."], ["More text."])
    for stop in range(9, len(whole), 97):
        with contextlib.suppress(FormatError):
            read(tmp_path, whole[:stop], Remarks())


def bomb(size):
    """A page whose content unpacks to far more than the file has."""
    content = pdf(["Text."])
    start, stop = content.index(b"<< /Length"), content.index(b"endstream")
    packed = zlib.compress(b" " * size, 9)
    stream = b"<< /Length %d /Filter /FlateDecode >>\nstream\n%s\n" % (len(packed), packed)
    return content[:start] + stream + content[stop:]


def test_a_bomb_does_not_go_off(tmp_path):
    assert "no text" in refusal(tmp_path, bomb(100_000_000))


def test_a_file_that_takes_too_long_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(reader, "PATIENCE", -1.0)
    assert "to read; save its text" in refusal(tmp_path, pdf(["Text."]))


@pytest.mark.parametrize(
    ("limit", "most", "why"),
    [
        ("MAX_PDF", 100, "too large"),
        ("MAX_PAGES", 1, "has 2 pages, from 1 to 1"),
        ("MAX_TEXT", 3, "more than 3"),
    ],
)
def test_too_much_is_refused(tmp_path, monkeypatch, limit, most, why):
    monkeypatch.setattr(reader, limit, most)
    assert why in refusal(tmp_path, pdf(["Text."], ["Text."]))


def test_the_library_keeps_quiet(tmp_path, caplog, capfd):
    damaged = pdf(["Text."]).replace(b"startxref\n", b"startxref\n9")
    read(tmp_path, damaged)
    assert caplog.records == []
    assert capfd.readouterr() == ("", "")


LONG = "a line that is as long as most lines of this page are"


@pytest.mark.parametrize(
    ("pages", "text"),
    [
        ([f"One {LONG}\nends."], f"One {LONG} ends."),
        ([f"One {LONG}\nends.\nTwo {LONG}\ntoo."], f"One {LONG} ends.\n\nTwo {LONG} too."),
        ([f"A headline\nOne {LONG}."], f"A headline\n\nOne {LONG}."),
        ([f"One {LONG}\n\nTwo {LONG}"], f"One {LONG}\n\nTwo {LONG}"),
        ([f"the secre-\ntary and {LONG}"], f"the secretary and {LONG}"),
        ([f"the secre\u00ad\ntary and {LONG}"], f"the secretary and {LONG}"),
        ([f"a long-\nterm plan, so long-term that {LONG}"], f"a long-term plan, so long-term that {LONG}"),
        ([f"{LONG} 1914-\n1918 or Franco-\nGerman"], f"{LONG} 1914-1918 or Franco-German"),
        ([f"{LONG}\n• one\n• two"], f"{LONG}\n\n• one\n\n• two"),
        ([f"1\n{LONG} that\n", f"goes on\n{LONG}.\n2"], f"{LONG} that goes on {LONG}."),
        ([f"{LONG}.\nPage 1 of 2", f"And {LONG}"], f"{LONG}.\n\nAnd {LONG}"),
        (["The year was\n1945"], "The year was 1945"),
        (["中国人民共和国中国人民\n共和国。"], "中国人民共和国中国人民共和国。"),
        (["", "\n\n"], ""),
    ],
)
def test_lines_become_paragraphs(pages, text):
    assert paragraphs(pages) == text
