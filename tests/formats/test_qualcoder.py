"""QualCoder's projects come in with their codings, whatever unit their offsets count."""

import sqlite3
from contextlib import closing

import pytest
from dataset_values import SCHEME, Remarks, no_remark
from foreign_files import TEXT, qualcoder, units_of

from annotator.formats.errors import FormatError
from annotator.formats.registry import format_by_id, format_of
from annotator.services.reading import read as read_file

QUALCODER = format_by_id("qualcoder")


def coding(words, code="claim", owner="default", memo="", text=TEXT, seltext=None):
    return (1, code, *units_of(words, text), words if seltext is None else seltext, owner, memo)


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "aleppo.qda"


def read(folder, remark=no_remark):
    dataset = read_file(QUALCODER, folder, SCHEME, remark)
    return list(dataset), dataset.header


def change(folder, *statements):
    with closing(sqlite3.connect(folder / "data.qda")) as db, db:
        for statement in statements:
            db.execute(statement)


def marked(record):
    return [(a.label, record.text[a.hull.start : a.hull.stop]) for a in record.annotations]


def test_codings_are_read_from_the_folder_or_from_the_file_in_it(folder):
    qualcoder(folder, {"truce.txt": TEXT}, [coding("Kerry", "source"), coding("قُتل تسعة")])
    for path in (folder, folder / "data.qda"):
        (record,), _ = read(path)
        assert marked(record) == [("source", "Kerry"), ("claim", "قُتل تسعة")]
        assert record.text == TEXT
        assert record.article.title == "truce.txt"
        assert record.progress is None


def test_offsets_that_count_code_points_are_told_by_their_words(folder):
    start = TEXT.index("Kerry")
    qualcoder(
        folder, {"truce.txt": TEXT}, [(1, "source", start, start + 5, "Kerry", "ann", ""), coding("said")]
    )
    (record,), _ = read(folder)
    assert marked(record) == [("source", "Kerry"), ("claim", "said")]


def test_windows_line_ends_count_once_or_twice_and_breaks_are_those_of_qt(folder):
    text = "One\r\ntwo Kerry\r\nthree"
    twice = text.index("Kerry")
    codings = [
        (1, "source", twice - 1, twice + 4, "Kerry", "ann", ""),
        (1, "claim", twice, twice + 5, "Kerry", "ann", ""),
        (1, "claim", 0, 7, "One\u2029two", "ann", ""),
    ]
    qualcoder(folder, {"truce.txt": text}, codings)
    (record,), _ = read(folder)
    assert marked(record) == [("source", "Kerry"), ("claim", "Kerry"), ("claim", "One\ntwo")]
    assert record.annotations[2].anchor.exact == ("One\ntwo",)


def test_words_that_stand_elsewhere_are_left_to_be_found(folder):
    qualcoder(folder, {"truce.txt": TEXT}, [coding("Kerry", seltext="“is not dead.”")])
    (record,), _ = read(folder)
    assert record.annotations[0].anchor.exact == ("“is not dead.”",)
    assert marked(record) == [("claim", "Kerry")]


def test_coders_are_layers_unless_nobody_gave_a_name(folder, tmp_path):
    qualcoder(folder, {"a.txt": TEXT}, [coding("Kerry", owner="ann"), coding("said")])
    assert [a.layer for a in read(folder)[0][0].annotations] == ["ann", "default"]
    alone = qualcoder(tmp_path / "alone.qda", {"a.txt": TEXT}, [coding("Kerry"), coding("said")])
    assert [a.layer for a in read(alone)[0][0].annotations] == ["", ""]


def test_memos_importance_and_annotations_are_kept(folder):
    qualcoder(
        folder,
        {"a.txt": TEXT},
        [coding("Kerry", memo="Who?"), coding("said")],
        annotations=[(1, *units_of("truce”"), "Which one?", "ann")],
    )
    (record,), header = read(folder)
    assert [(a.label, a.note, dict(a.attributes)) for a in record.annotations] == [
        ("claim", "Who?", {"important": True}),
        ("claim", "", {}),
        ("annotation", "Which one?", {}),
    ]
    assert marked(record)[-1] == ("annotation", "truce”")
    claim = header.labels[0]
    assert (claim.rule, claim.colour, claim.extra) == ("What a claim is.", "#f4fa58", {"category": "Voices"})
    assert [a.name for a in claim.attributes] == ["important"]


def test_attributes_of_a_file_say_what_is_known_of_the_article(folder):
    attributes = [("Author", "Jane Doe"), ("Date", "2016-09-21"), ("Outlet", "Daily News"), ("wave", "2")]
    qualcoder(folder, {"a.txt": TEXT}, [], attributes=attributes)
    article = read(folder)[0][0].article
    assert (article.author, article.published, article.outlet) == ("Jane Doe", "2016-09-21", "Daily News")
    assert article.extra == {"wave": "2", "memo": "A memo."}


def test_what_is_no_text_is_left_out_and_counted(folder):
    qualcoder(
        folder,
        {"a.txt": TEXT, "b.png": None, "c.mp3": ""},
        [coding("Kerry"), (2, "claim", 0, 1, "x", "ann", "")],
    )
    change(folder, "INSERT INTO code_image (cid) VALUES (1), (1)", "INSERT INTO code_av (cid) VALUES (1)")
    remarks = Remarks()
    assert len(read(folder, remarks)[0]) == 1
    assert [message for _, message in remarks] == [
        "files without text (pictures, sound, film) were left out: 2",
        "codings of pictures, sound or film were left out: 3",
        "codings whose code or text is not there were left out: 1",
    ]


@pytest.mark.parametrize(
    ("statement", "words"),
    [
        (
            "UPDATE code_text SET pos0 = NULL",
            "the coding at None of “a.txt” was left out: its offsets mark nothing",
        ),
        ("UPDATE code_text SET pos1 = pos0", "its offsets mark nothing"),
        ("UPDATE code_text SET cid = 9", "codings whose code or text is not there were left out: 1"),
        ("UPDATE code_name SET name = ' ' WHERE cid = 1", "“label” is missing or not text"),
        ("UPDATE code_text SET owner = 'ALL'", "“ALL” can't be the name of a layer"),
    ],
)
def test_what_is_bad_is_left_out_and_said(folder, statement, words):
    qualcoder(folder, {"a.txt": TEXT}, [coding("Kerry")])
    change(folder, statement)
    remarks = Remarks()
    (record,), _ = read(folder, remarks)
    assert record.annotations == ()
    assert len(remarks) == 1
    assert words in remarks[0][1]


def test_files_of_the_first_versions_are_read(folder):
    qualcoder(folder, {"a.txt": TEXT}, [coding("Kerry", "source", "ann")])
    change(
        folder,
        *(f"DROP TABLE {table}" for table in ("code_image", "code_av", "annotation", "attribute")),
        "DROP VIEW code_text_visible",
        *(f"ALTER TABLE code_text DROP COLUMN {column}" for column in ("important", "avid")),
        "ALTER TABLE code_name DROP COLUMN color",
    )
    (record,), _ = read(folder)
    assert marked(record) == [("source", "Kerry")]


def test_a_view_in_the_place_of_a_table_is_refused(folder):
    qualcoder(folder, {"a.txt": TEXT}, [])
    change(folder, "ALTER TABLE code_text RENAME TO x", "CREATE VIEW code_text AS SELECT * FROM x")
    with pytest.raises(FormatError, match=r"“code_text” in data\.qda is no plain table"):
        read(folder)


def test_it_is_known_by_its_suffix(folder):
    qualcoder(folder, {}, [])
    assert format_of(folder).id == format_of(folder / "data.qda").id == "qualcoder"
