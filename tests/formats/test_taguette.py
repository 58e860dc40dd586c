"""Taguette's projects come in with their highlights, tags and users."""

import sqlite3
from contextlib import closing

import pytest
from dataset_values import SCHEME, Remarks, no_remark
from foreign_files import CONTENTS, OWN, bytes_of, taguette

from annotator.formats.errors import FormatError
from annotator.formats.registry import format_by_id, format_of
from annotator.services.reading import read as read_file

TAGUETTE = format_by_id("taguette")
TEXT = "Truce “buried” 👩‍👩‍👧\n\n“The truce”, Kerry said, “is not dead.”\nقُتل تسعة & more.\n\nLast."


@pytest.fixture
def path(tmp_path):
    return tmp_path / "aleppo.sqlite3"


def highlight(words, *tags, user="admin", snippet=None):
    return (*bytes_of(words), words if snippet is None else snippet, list(tags), user)


def read(path, remark=no_remark):
    dataset = read_file(TAGUETTE, path, SCHEME, remark)
    return list(dataset), dataset.header


def change(path, *statements):
    with closing(sqlite3.connect(path)) as db, db:
        for statement in statements:
            db.execute(statement)


def marked(record):
    return [(a.label, record.text[a.hull.start : a.hull.stop]) for a in record.annotations]


def test_a_document_keeps_its_paragraphs_and_its_highlights(path):
    taguette(
        path,
        CONTENTS,
        [highlight("Kerry", "source"), highlight("👩‍👩‍👧", "claim"), highlight("Last", "claim")],
    )
    (record,), header = read(path)
    assert record.text == TEXT
    assert marked(record) == [("source", "Kerry"), ("claim", "👩‍👩‍👧"), ("claim", "Last")]
    assert (record.article.title, header.title) == ("Truce", "Aleppo")
    assert record.article.extra == {"description": "About the truce", "filename": "truce.html"}
    assert record.progress is None


def test_a_highlight_over_paragraphs_is_checked_by_its_snippet(path):
    words = "dead.”قُتل تسعة & more.Last"
    snippet = "<p><em>dead.”</em><br>قُتل تسعة &amp; more.</p><p>Last</p>"
    taguette(path, CONTENTS, [highlight(words, "claim", snippet=snippet)])
    (record,), _ = read(path)
    (found,) = record.annotations
    assert found.anchor.exact == ("dead.”\nقُتل تسعة & more.\n\nLast",)
    assert marked(record) == [("claim", found.anchor.exact[0])]


def test_a_snippet_that_disagrees_is_left_to_be_found(path):
    taguette(path, CONTENTS, [highlight("Kerry", "source", snippet="<b>more</b>")])
    (record,), _ = read(path)
    assert record.annotations[0].anchor.exact == ("more",)


def test_each_tag_of_a_highlight_is_a_span_and_one_without_tags_is_a_highlight(path):
    taguette(path, CONTENTS, [highlight("Kerry", "source", "claim"), highlight("Last")])
    (record,), header = read(path)
    assert marked(record) == [("claim", "Kerry"), ("source", "Kerry"), ("highlight", "Last")]
    assert [(label.id, label.rule) for label in header.labels] == [
        ("claim", "What a claim is."),
        ("source", "What a source is."),
    ]


def test_who_made_a_highlight_is_its_layer_whoever_changed_it_later(path):
    taguette(
        path, CONTENTS, [highlight("Kerry", "source", user="ann"), highlight("Last", "claim", user="bob")]
    )
    later = '{"highlight_id": 1, "type": "highlight_add", "tags": [2]}'
    change(path, f"INSERT INTO commands SELECT 9, date, 'bob', 1, 1, '{later}' FROM commands LIMIT 1")
    (record,), _ = read(path)
    assert [a.layer for a in record.annotations] == ["ann", "bob"]


def test_the_user_of_who_works_alone_names_nobody(path):
    taguette(path, CONTENTS, [highlight("Kerry", "source")])
    assert [a.layer for a in read(path)[0][0].annotations] == [""]


def test_files_of_older_versions_are_read(path):
    taguette(
        path, CONTENTS, [highlight("Kerry", "source", user="ann"), highlight("Last", "claim", user="bob")]
    )
    change(
        path,
        "UPDATE commands SET payload = replace(payload, 'highlight_id', 'id')",
        "ALTER TABLE tags DROP COLUMN description",
        "ALTER TABLE documents DROP COLUMN filename",
    )
    (record,), header = read(path)
    assert [a.layer for a in record.annotations] == ["ann", "bob"]
    assert {label.rule for label in header.labels} == {""}


def test_a_file_without_a_history_names_nobody(path):
    taguette(path, CONTENTS, [highlight("Kerry", "source", user="ann")])
    change(path, "DROP TABLE commands")
    assert read(path)[0][0].annotations[0].layer == ""


def test_control_characters_and_line_ends_become_those_of_a_text(path):
    taguette(path, "<p>One\r\ntwo\u2028three &#133; Kerry</p>", [])
    change(
        path, "INSERT INTO highlights VALUES (1, 1, 0, 3, 'One')", "INSERT INTO highlight_tags VALUES (1, 2)"
    )
    (record,), _ = read(path)
    assert record.text == "One two\nthree … Kerry"
    assert marked(record) == [("source", "One")]


@pytest.mark.parametrize(
    ("statement", "words"),
    [
        (
            "UPDATE highlights SET start_offset = 'x'",
            "highlight 1 of “Truce” was left out: its offsets mark nothing",
        ),
        ("UPDATE highlights SET start_offset = -1", "its offsets mark nothing"),
        ("UPDATE highlights SET end_offset = start_offset", "its offsets mark nothing"),
        (
            "UPDATE highlights SET document_id = 7",
            "highlights of documents that are not there were left out: 1",
        ),
        ("UPDATE documents SET contents = '<p> </p>'", "“Truce” was left out: it has no text"),
        ("UPDATE documents SET contents = x'00ff'", "“Truce” was left out: it has no text"),
        ("UPDATE tags SET path = '' WHERE id = 2", "“label” is missing or not text"),
        ("UPDATE commands SET user_login = 'all'", "“all” can't be the name of a layer"),
    ],
)
def test_what_is_bad_is_left_out_and_said(path, statement, words):
    taguette(path, CONTENTS, [highlight("Kerry", "source", user="ann")])
    change(path, statement)
    remarks = Remarks()
    records, _ = read(path, remarks)
    assert sum(len(record.annotations) for record in records) == 0
    assert len(remarks) == 1
    assert words in remarks[0][1]


@pytest.mark.parametrize("payload", ["", "[]", "{]", "5", '{"type": "highlight_add"}', '{"type": 5}'])
def test_a_broken_history_does_no_harm(path, payload):
    taguette(path, CONTENTS, [highlight("Kerry", "source", user="ann")])
    change(path, f"UPDATE commands SET payload = '{payload}'")
    assert read(path)[0][0].annotations[0].layer == ""


def test_offsets_after_the_end_are_left_to_be_found_or_refused(path):
    taguette(path, CONTENTS, [highlight("Kerry", "source")])
    change(path, "UPDATE highlights SET start_offset = 100000, end_offset = 9223372036854775807")
    (record,), _ = read(path)
    assert record.annotations[0].anchor.exact == ("Kerry",)


def test_another_programs_database_is_refused(path):
    with closing(sqlite3.connect(path)) as db:
        db.execute("CREATE TABLE projects (id, name)")
    with pytest.raises(FormatError, match=r"aleppo\.sqlite3 is not a Taguette project.*no table “documents”"):
        read(path)


@pytest.mark.parametrize("name", ["a.sqlite3", "a.taguette", "a.SQLITE", "a.db"])
def test_it_is_known_by_its_suffix(tmp_path, name):
    assert format_of(tmp_path / name).id == "taguette"


def test_the_fixture_counts_as_taguette_does():
    assert OWN[OWN.index("Kerry") :].startswith("Kerry said, “is not\ndead.”قُتل")
