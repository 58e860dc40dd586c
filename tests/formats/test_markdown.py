"""Markdown comes in as the words of an article, with what its front matter says of it."""

import pytest
from dataset_values import SCHEME, Remarks, no_remark

from annotator.formats.articles import markdown
from annotator.formats.errors import FormatError
from annotator.formats.registry import format_by_id, format_of

MARKDOWN = format_by_id("markdown")


def read(tmp_path, source, remark=no_remark):
    path = tmp_path / "truce.md"
    path.write_text(source, encoding="utf-8") if isinstance(source, str) else path.write_bytes(source)
    (record,) = MARKDOWN.read(path, SCHEME, remark)
    return record


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("One\nline\n\n\nTwo  \nbroken", "One line\n\nTwo\nbroken"),
        ("# Head #\n\nUnder\n=====\n\n---\n\nText", "Head\n\nUnder\n\nText"),
        ("**bold** *it* _em_ `code` ~~gone~~", "bold it em code gone"),
        ("[link](http://a.b 'title') <https://c.d>", "link https://c.d"),
        ("[one][1] and [two]\n\n[1]: http://a.b\n[two]: http://c.d", "one and two"),
        ("A picture ![of him](a.png) here", "A picture here"),
        ("* one\n* two\n\n  more\n\n3. three\n4. four", "one\n\ntwo\n\nmore\n\n3. three\n4. four"),
        ("> quoted\n> words", "quoted words"),
        ("```py\nx = 1\n\ny\n```", "x = 1\n\ny"),
        ("| a | b |\n|---|---|\n| 1 | *2* |", "a\tb\n1\t2"),
        ("&amp; &copy; \\*not\\* 2 \\< 3", "& © *not* 2 < 3"),
        ("<div>\n<p>In <b>tags</b></p>\n<!-- a comment -->\n<p>Two</p></div>", "In tags\n\nTwo"),
        ("one<br>two <b>three</b>", "one\ntwo three"),
        ("قُتل **تسعة** 👩‍👩‍👧 e\u0301\u00a0x", "قُتل تسعة 👩‍👩‍👧 e\u0301\u00a0x"),
        ("snake_case_words and 2 * 3 * 4", "snake_case_words and 2 * 3 * 4"),
        ("One\r\n\r\nTwo\rThree", "One\n\nTwo Three"),
    ],
)
def test_the_words_stay_and_the_markup_goes(tmp_path, source, text):
    assert read(tmp_path, source).text == text


def test_front_matter_says_what_is_known_of_the_article(tmp_path):
    article = read(
        tmp_path,
        "---\ntitle: 'Truce: buried'\nSource: Daily News\nauthors:\n  - Jane Doe\n  - John Smith\n"
        "Date: 2016-09-21T10:00:00+02:00\nlink: https://example.org/a\nlang: en\n# a remark\n"
        'summary: >\n  Words that\n  go on\ntags: [syria, "truce"]\nempty:\n...\n\n# Another\n\nText.\n',
    ).article
    assert (article.title, article.outlet, article.author) == (
        "Truce: buried",
        "Daily News",
        "Jane Doe, John Smith",
    )
    assert (article.published, article.url, article.language) == ("2016-09-21", "https://example.org/a", "en")
    assert article.extra == {"summary": ["Words that", "go on"], "tags": ["syria", "truce"]}


def test_a_source_that_is_an_address_is_the_address(tmp_path):
    article = read(tmp_path, "---\nsource: https://example.org/a\n---\nText").article
    assert (article.url, article.outlet) == ("https://example.org/a", "")


@pytest.mark.parametrize(
    "source",
    [
        "---\n\nText between rules\n\n---\nmore",
        "---\nno pairs here\n---\nmore",
        "---\ntitle: never ends\n\nmore",
    ],
)
def test_rules_are_not_taken_for_front_matter(tmp_path, source):
    assert "more" in read(tmp_path, source).text
    assert read(tmp_path, source).article.extra == {}


def test_the_first_main_heading_is_the_title(tmp_path):
    assert read(tmp_path, "A byline\n\n## Small\n\n# The *title*\n\n# Another").article.title == "The title"
    assert read(tmp_path, "Only a line").article.title == "Only a line"


def test_the_same_text_is_the_same_article_as_in_plain_text(tmp_path):
    plain = tmp_path / "a.txt"
    plain.write_text("Head\n\nText.")
    (record,) = format_by_id("text").read(plain, SCHEME, no_remark)
    assert read(tmp_path, "# Head\n\nText.").article.id == record.article.id


def test_a_guessed_encoding_is_remarked_upon(tmp_path):
    remarks = Remarks()
    record = read(
        tmp_path,
        ("Le *président* a déclaré que la trêve n'est pas morte à l'été.\n" * 9).encode("cp1252"),
        remarks,
    )
    assert "président" in record.text
    assert "guess" in remarks[0][1]


@pytest.mark.parametrize("source", ["", "---\ntitle: x\n---\n", "<!-- nothing -->", "![](a.png)"])
def test_a_file_without_words_is_refused(tmp_path, source):
    with pytest.raises(FormatError, match=r"truce\.md is empty"):
        read(tmp_path, source)


@pytest.mark.parametrize("piece", ["[", "![", "*a ", "_a_ ", "<a ", "`", "> ", "- "])
def test_markup_without_end_takes_no_time_without_end(tmp_path, piece):
    remarks = Remarks()
    assert read(tmp_path, "Text\n\n" + piece * (400_000 // len(piece)), remarks).text.startswith("Text")


def test_a_paragraph_that_is_too_long_keeps_its_markup_and_is_said(tmp_path):
    remarks = Remarks()
    record = read(tmp_path, "*Short*\n\n" + "*word* " * 4_000, remarks)
    assert record.text.startswith("Short\n\n*word* *word*")
    assert remarks == [(None, "paragraphs of more than 20,000 characters keep their markup")]


def test_too_much_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(markdown, "MAX_MARKDOWN", 10)
    with pytest.raises(FormatError, match="more than 10 characters"):
        read(tmp_path, "x" * 11)


def test_it_is_known_by_its_suffix(tmp_path):
    assert format_of(tmp_path / "a.MD").id == format_of(tmp_path / "a.markdown").id == "markdown"
