"""Web pages come in as their article, with what the page says of itself, and nothing is fetched."""

import contextlib
import logging
import socket

import pytest
from dataset_values import SCHEME, Remarks, no_remark

from annotator.formats.articles import html
from annotator.formats.errors import FormatError
from annotator.formats.registry import format_by_id, format_of

HTML = format_by_id("html")
PARAGRAPH = (
    "Medics said that at least nine people were killed in an air raid on the city on Tuesday, and that"
    " rescue workers were still digging through the rubble of a market hall in the evening."
)
PAGE = (
    '<!doctype html><html lang="en-GB"><head>{head}<title>Truce buried | Daily News</title></head><body>'
    '<nav><a href="/">Home</a> <a href="/world">World</a></nav><article><h1>Truce buried</h1>{body}</article>'
    "<footer>© Daily News. We use cookies.</footer></body></html>"
)


@pytest.fixture(autouse=True)
def offline(monkeypatch):
    """Fail whatever tries to reach the net."""

    def refuse(*_):
        raise AssertionError("the net was asked")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)


def page(body=f"<p>{PARAGRAPH}</p><p>{PARAGRAPH} Again.</p>", head=""):
    return PAGE.format(body=body, head=head)


def read(tmp_path, source, remark=no_remark, name="truce.html"):
    path = tmp_path / name
    path.write_bytes(source if isinstance(source, bytes) else source.encode("utf-8"))
    (record,) = HTML.read(path, SCHEME, remark)
    return record


def test_the_article_is_told_from_what_stands_around_it(tmp_path):
    text = read(tmp_path, page()).text
    assert text == f"Truce buried\n\n{PARAGRAPH}\n\n{PARAGRAPH} Again."


def test_what_the_page_says_of_itself_is_taken(tmp_path):
    head = (
        '<meta property="og:site_name" content="Daily News"><meta name="author" content="Jane Doe">'
        '<meta property="article:published_time" content="2016-09-21T23:30:00Z">'
        '<meta property="article:modified_time" content="2019-01-01T00:00:00Z">'
        '<link rel="canonical" href="https://example.org/truce">'
    )
    article = read(tmp_path, page(head=head)).article
    assert (article.title, article.outlet, article.author) == ("Truce buried", "Daily News", "Jane Doe")
    assert (article.published, article.url) == ("2016-09-21", "https://example.org/truce")
    assert article.language == "en-GB"


def test_a_date_that_only_stands_in_the_text_is_not_taken(tmp_path):
    body = f"<p>{PARAGRAPH}</p><p>{PARAGRAPH} It was like the raid of 12 March 2011.</p>"
    assert read(tmp_path, page(body)).article.published == ""


def test_words_come_as_they_were_published(tmp_path):
    odd = "قُتل تسعة 👩‍👩‍👧 Cafe\u0301 “quoted” &amp; more"
    text = read(tmp_path, page(f"<p>{PARAGRAPH}</p><p>{PARAGRAPH} {odd}</p>")).text
    assert text.endswith("قُتل تسعة 👩‍👩‍👧 Cafe\u0301 “quoted” & more")


def test_lists_tables_and_breaks_keep_their_lines(tmp_path):
    body = (
        f"<p>{PARAGRAPH}</p><ul><li>One thing</li><li>Another thing</li></ul><p>{PARAGRAPH}<br>A verse.</p>"
        "<table><tr><th>Side</th><th>Dead</th></tr><tr><td>A</td><td>9</td></tr></table>"
    )
    text = read(tmp_path, page(body)).text
    assert "\n\nOne thing\nAnother thing\n\n" in text
    assert f"{PARAGRAPH}\nA verse.\n\nSide\tDead\nA\t9" in text


@pytest.mark.parametrize(
    "declared",
    [
        '<meta charset="windows-1256">',
        '<meta http-equiv="Content-Type" content="text/html; charset=windows-1256">',
    ],
)
def test_a_declared_encoding_is_believed(tmp_path, declared):
    text = "مقتل تسعة مقاتلين في حلب قال المسعفون " * 6
    record = read(tmp_path, page(f"<p>{text}</p><p>{text}</p>", declared).encode("cp1256", "replace"))
    assert "مقتل تسعة مقاتلين" in record.text


def test_utf_8_is_utf_8_whatever_is_declared(tmp_path):
    record = read(tmp_path, page(f"<p>{PARAGRAPH} Café</p>", '<meta charset="iso-8859-1">'))
    assert "Café" in record.text


def test_an_encoding_that_nobody_declares_is_guessed_and_said(tmp_path):
    french = "Le président a déclaré que la trêve n'est pas morte, malgré les frappes à l'été. " * 5
    remarks = Remarks()
    assert "trêve" in read(tmp_path, page(f"<p>{french}</p>").encode("cp1252", "replace"), remarks).text
    assert "guess" in remarks[0][1]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8-sig"])
def test_a_byte_order_mark_decides(tmp_path, encoding):
    assert PARAGRAPH in read(tmp_path, page().encode(encoding)).text


def test_xhtml_with_a_declaration_is_read(tmp_path):
    xhtml = '<?xml version="1.0" encoding="utf-8"?>' + page().replace(
        "<html", '<html xmlns="http://www.w3.org/1999/xhtml" xml:lang="en"'
    )
    assert PARAGRAPH in read(tmp_path, xhtml, name="truce.xhtml").text


def test_the_address_that_a_browser_noted_is_taken(tmp_path):
    noted = "<!-- saved from url=(0029)https://example.org/news/truce -->\n"
    assert read(tmp_path, noted + page()).article.url == "https://example.org/news/truce"


MHTML = (
    "From: <Saved by Blink>\r\nSnapshot-Content-Location: https://example.org/truce\r\nSubject: Truce\r\n"
    'MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="--B"; type="text/html"\r\n\r\n'
    "----B\r\nContent-Type: text/html; charset={charset}\r\nContent-Transfer-Encoding: quoted-printable\r\n"
    "Content-Location: https://example.org/truce\r\n\r\n{page}\r\n----B\r\nContent-Type: image/png\r\n"
    "Content-Transfer-Encoding: base64\r\nContent-Location: https://example.org/a.png\r\n\r\niVBORw0=\r\n----B--\r\n"
)


@pytest.mark.parametrize(("charset", "e"), [("utf-8", "=C3=A9"), ("windows-1252", "=E9")])
def test_a_page_in_an_archive_is_read_with_its_address(tmp_path, charset, e):
    quoted = page(f"<p>{PARAGRAPH} Caf#.</p>").replace("=", "=3D").replace("#", e).replace("©", "(c)")
    record = read(tmp_path, MHTML.format(charset=charset, page=quoted), name="truce.mhtml")
    assert record.text.endswith("Café.")
    assert record.article.url == "https://example.org/truce"


@pytest.mark.parametrize("content", ["", "nothing of the kind", "Content-Type: image/png\r\n\r\nx"])
def test_an_archive_without_a_page_is_refused(tmp_path, content):
    with pytest.raises(FormatError, match=r"truce\.mhtml"):
        read(tmp_path, content, name="truce.mhtml")


@pytest.mark.parametrize(
    ("source", "why"),
    [
        ("", "is empty"),
        ("<html></html>", "no article"),
        ("<nav><a href='/'>Home</a></nav>", "no article"),
        ("<html><body><script>let text = 1</script></body></html>", "no article"),
        (b"%PDF-1.4 and so on", "a PDF"),
        ("<div>" * 100_000 + PARAGRAPH, "can't be|no article|more than"),
        ("<p>x</p>" * 60_000, "more than 50,000 parts"),
    ],
)
def test_a_page_without_an_article_says_so(tmp_path, source, why):
    with pytest.raises(FormatError, match=why) as refused:
        read(tmp_path, source)
    assert str(refused.value).startswith("truce.html ")


@pytest.mark.parametrize("piece", ["<b>", "<a ", "&", "<!--", "<p>x ", "<table><tr><td>", "<![CDATA["])
def test_broken_pages_end_in_time_and_without_a_traceback(tmp_path, piece):
    with contextlib.suppress(FormatError):
        record = read(tmp_path, f"<p>{PARAGRAPH}</p>" + piece * 40_000, Remarks())
        assert PARAGRAPH[:20] in record.text


def test_entities_of_a_document_type_are_not_resolved(tmp_path):
    (tmp_path / "secret.txt").write_text("secret")
    head = f'<!DOCTYPE html [<!ENTITY x SYSTEM "file://{tmp_path}/secret.txt">]>'
    assert "secret" not in read(tmp_path, head + page(f"<p>{PARAGRAPH} &x;</p>")).text


def test_a_page_that_is_too_large_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(html, "MAX_PAGE", 100)
    with pytest.raises(FormatError, match="too large"):
        read(tmp_path, page())


def test_the_libraries_keep_quiet(tmp_path, caplog, capfd):
    with pytest.raises(FormatError):
        read(tmp_path, "<nav>x</nav>")
    assert caplog.records == []
    assert capfd.readouterr() == ("", "")
    assert logging.getLogger("trafilatura").level == logging.NOTSET


@pytest.mark.parametrize("name", ["a.html", "a.HTM", "a.xhtml", "a.mhtml", "a.mht"])
def test_it_is_known_by_its_suffix(tmp_path, name):
    assert format_of(tmp_path / name).id == "html"
