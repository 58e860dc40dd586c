"""What is printed for people: tables, widths, progress."""

import sys

import pytest

from annotator.cli import output


@pytest.mark.parametrize(
    ("text", "columns"), [("abc", 3), ("قُتل", 3), ("e\u0301", 1), ("漢字", 4), ("", 0), ("👩", 2)]
)
def test_width_counts_columns(text, columns):
    assert output.width(text) == columns


def test_tables_set_numbers_to_the_right(capsys):
    output.put_table(("who", "spans"), [("قُتل", 1200), ("bob", 7)])
    assert capsys.readouterr().out.splitlines() == ["who  spans", "قُتل  1,200", "bob      7"]


def test_a_table_without_rows_is_its_head(capsys):
    output.put_table(("who", "what"), [])
    assert capsys.readouterr().out == "who  what\n"


@pytest.mark.parametrize(("n", "words"), [(0, "0 articles"), (1, "1 article"), (1234, "1,234 articles")])
def test_things_are_counted(n, words):
    assert output.counted(n, "article") == words


def test_words_are_listed():
    assert [output.listed(list(words)) for words in ("", "a", "ab", "abc")] == [
        "",
        "a",
        "a and b",
        "a, b and c",
    ]


def test_progress_is_shown_to_somebody_who_watches_and_not_on_standard_output(capsys, monkeypatch):
    monkeypatch.setattr(output, "PATIENCE", 0)
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    with output.progress("Reading") as tell:
        tell(1, 2)
        tell(2, 2)
    out, err = capsys.readouterr()
    assert out == ""
    assert "Reading" in err


def test_progress_is_silent_for_scripts(capsys):
    with output.progress("Reading") as tell:
        tell(1, 2)
    assert capsys.readouterr() == ("", "")


def test_short_work_shows_no_progress(capsys, monkeypatch):
    monkeypatch.setattr(output, "PATIENCE", 1000)
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    with output.progress("Reading") as tell:
        tell(1, 2)
    assert "Reading" not in capsys.readouterr().err
