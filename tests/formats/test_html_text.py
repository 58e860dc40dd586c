"""The text of plain HTML: its paragraphs are kept, and every offset into its own text has a place in it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.formats.parts.html_text import HtmlText
from annotator.formats.parts.utf8_offsets import Utf8Offsets

PIECES = (
    *(
        "<p>",
        "</p>",
        "<br>",
        "<br/>",
        "<td>",
        "</td>",
        "<tr>",
        "<li>",
        "<b>",
        "</b>",
        "<pre>",
        "</pre>",
        "\n",
        " ",
    ),
    *(
        "word",
        "قُتل",
        "👩‍👩‍👧",
        "&amp;",
        "&#128512;",
        "a\nb",
        "<!-- x -->",
        "<a title='>'>",
        "\t",
        "<h1 class=x>",
        "\u00a0",
    ),
)


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>One</p><p>Two</p>", "One\n\nTwo"),
        ("<p>One</p>\n<p>Two</p>", "One\n\nTwo"),
        ("<p>One</p>\n\n\n<p>Two</p>", "One\n\n\nTwo"),
        ("<p>One\n<b>two</b>\nthree</p>", "One two three"),
        ("one<br>two<br/><br>three", "one\ntwo\n\nthree"),
        ("one<br>\n two", "one\n two"),
        ("<ul><li>one</li><li>two</li></ul>end", "one\ntwo\n\nend"),
        ("<table><tr><th>a</th><td>b</td></tr><tr><td>c</td></tr></table>", "a\tb\nc"),
        ("a &lt; b &amp;amp; &eacute;&#x1F600;", "a < b &amp; é😀"),
        ("<a href=\"x>y\" title='z>'>in</a>", "in"),
        ("2 < 3 and <3", "2 < 3 and <3"),
        ("a<!-- <p> -->b<?php > ?>", "ab ?>"),
        ("<script>var x = '<p>';</script>a<style>b</style>c", "ac"),
        ("<pre>\none\n  two</pre>three", "one\n  two\n\nthree"),
        ("One\r\ntwo", "One two"),
        ("<p>cut <a href='", "cut "),
        ("", ""),
    ],
)
def test_words_and_paragraphs_are_kept(html, text):
    assert HtmlText(html).text == text


@given(st.lists(st.sampled_from(PIECES), max_size=25).map("".join))
def test_every_character_of_the_html_has_its_place(html):
    page = HtmlText(html)
    for at, character in enumerate(page.own):
        shown = page.text[page.start(at) : page.stop(at + 1)]
        assert shown == character or (shown == " " and character.isspace())
    assert page.stop(0) == 0
    assert len(page.own) <= len(page.text)


@pytest.mark.parametrize("piece", ["<", "<a ", '<a "', "<!--", "</", "&", "<p>", "<script>", "<pre>\n"])
def test_nonsense_takes_no_time_without_end(piece):
    html = piece * (500_000 // len(piece))
    assert len(HtmlText(html).text) <= len(html)


@given(st.text(st.characters(), max_size=30))
def test_bytes_and_characters_are_converted_both_ways(text):
    offsets = Utf8Offsets(text)
    encoded = text.encode("utf-8", "surrogatepass")
    for at in range(len(text) + 1):
        byte = len(text[:at].encode("utf-8", "surrogatepass"))
        assert offsets.to_utf8(at) == byte
        assert offsets.from_utf8(byte) == at
    for byte in range(len(encoded) + 1):
        at = offsets.from_utf8(byte)
        assert offsets.to_utf8(at) <= byte
        assert at == len(text) or offsets.to_utf8(at + 1) > byte
    assert offsets.from_utf8(len(encoded) + 5) == len(text) + 5
