"""Tables of another program's file are read within bounds; nothing in the file is run, nothing written."""

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest

from annotator.store import foreign_tables
from annotator.store.foreign_tables import TablesError, read_tables


@dataclass(frozen=True)
class Table:
    name: str = "note"
    columns: tuple[str, ...] = ("id", "words")
    more: tuple[str, ...] = ()
    is_needed: bool = True


NOTE = Table()
ROWS = [{"id": 1, "words": "one"}, {"id": 2, "words": "قُتل 👩‍👩‍👧"}]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return made(tmp_path / "work.db")


def made(path: Path, *statements: str, journal: str = "DELETE") -> Path:
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        db.execute(f"PRAGMA journal_mode={journal}")
        db.execute("CREATE TABLE note (id INTEGER PRIMARY KEY, words TEXT, extra BLOB)")
        db.executemany("INSERT INTO note (id, words) VALUES (?, ?)", [tuple(row.values()) for row in ROWS])
        for statement in statements:
            db.execute(statement)
    return path


def refusal(path: Path, *tables: Table) -> str:
    with pytest.raises(TablesError) as refused:
        read_tables(path, tables or (NOTE,), "Note project")
    return str(refused.value)


def test_rows_are_read_in_the_order_they_were_written_and_the_file_is_left_alone(path: Path) -> None:
    with closing(sqlite3.connect(path)) as db:
        db.execute("CREATE INDEX backwards ON note (words DESC, id)")
    before, beside = path.read_bytes(), sorted(path.parent.iterdir())
    assert read_tables(path, (NOTE,), "Note project") == {"note": ROWS}
    assert path.read_bytes() == before
    assert sorted(path.parent.iterdir()) == beside


def test_what_older_files_lack_is_none_and_tables_that_need_not_be_there_are_empty(path: Path) -> None:
    wanted = (Table(more=("extra", "newer")), Table("other", is_needed=False))
    rows = read_tables(path, wanted, "Note project")
    assert rows["note"][0] == {"id": 1, "words": "one", "extra": None, "newer": None}
    assert rows["other"] == []


@pytest.mark.parametrize(
    ("table", "why"),
    [
        (Table("tags"), "it has no table “tags”"),
        (Table(columns=("id", "path")), "its table “note” has no column “path”"),
    ],
)
def test_a_file_without_what_is_needed_is_another_programs(path: Path, table: Table, why: str) -> None:
    assert refusal(path, table) == f"work.db is not a Note project, or one of another version: {why}"


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE VIEW {0} AS WITH RECURSIVE r (id) AS (SELECT 1 UNION ALL SELECT id + 1 FROM r)"
        " SELECT id, 'x' AS words FROM r",
        "CREATE VIRTUAL TABLE {0} USING fts5(id, words)",
        "CREATE TABLE NOTES (id, words)",
    ],
)
def test_what_only_looks_like_a_table_is_refused(path: Path, statement: str) -> None:
    with closing(sqlite3.connect(path)) as db:
        db.execute(statement.format("notes"))
    assert "somebody altered it" in refusal(path, Table("notes"))


def test_a_column_that_is_computed_does_not_count(path: Path) -> None:
    with closing(sqlite3.connect(path)) as db:
        db.execute("CREATE TABLE sums (id INTEGER, words TEXT AS (hex(zeroblob(100000000))))")
    assert "has no column “words”" in refusal(path, Table("sums"))


def test_triggers_are_not_obeyed(path: Path) -> None:
    with closing(sqlite3.connect(path)) as db:
        db.execute("CREATE TRIGGER evil AFTER INSERT ON note BEGIN DELETE FROM note; END")
    assert read_tables(path, (NOTE,), "Note project") == {"note": ROWS}


def test_a_log_beside_the_file_is_not_passed_over(tmp_path: Path) -> None:
    path = tmp_path / "work.db"
    made(path, journal="WAL")
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        db.execute("INSERT INTO note (id, words) VALUES (3, 'late')")
        assert "stand beside it in work.db-wal; close it" in refusal(path)


def test_a_file_that_could_have_a_log_gets_none(tmp_path: Path) -> None:
    path = made(tmp_path / "work.db", journal="WAL")
    beside = sorted(tmp_path.iterdir())
    assert read_tables(path, (NOTE,), "Note project") == {"note": ROWS}
    assert sorted(tmp_path.iterdir()) == beside


def test_a_locked_file_is_said(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(foreign_tables, "_PATIENCE", 1)
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        db.execute("BEGIN EXCLUSIVE")
        assert refusal(path) == "another program has locked work.db; close it there"


def test_a_change_that_was_cut_short_is_said(path: Path, tmp_path: Path) -> None:
    """A program that dies while it writes leaves a journal, which only a writer may roll back."""
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        db.execute("PRAGMA cache_size=1")
        db.execute("BEGIN")
        db.executemany("INSERT INTO note (words) VALUES (?)", [("x" * 4000,)] * 100)
        journal = path.with_name("work.db-journal").read_bytes()
        half = path.read_bytes()
        db.execute("ROLLBACK")
    path.write_bytes(half)
    path.with_name("work.db-journal").write_bytes(journal)
    before = path.read_bytes()
    assert "was cut short; open and close it in the program that made it" in refusal(path)
    assert path.read_bytes() == before


def test_values_that_are_too_large_are_refused(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from annotator.store import confining

    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        db.execute("UPDATE note SET words = zeroblob(2000000) WHERE id = 1")
    limits = {**confining._LIMITS, sqlite3.SQLITE_LIMIT_LENGTH: 1_000_000}
    monkeypatch.setattr(confining, "_LIMITS", limits)
    assert "holds a value of more than" in refusal(path)


@pytest.mark.parametrize(("limit", "most"), [("MAX_ROWS", 1), ("MAX_READ", 5)])
def test_more_than_is_taken_is_refused(
    path: Path, monkeypatch: pytest.MonkeyPatch, limit: str, most: int
) -> None:
    monkeypatch.setattr(foreign_tables, limit, most)
    assert "holds more than is taken" in refusal(path)


def test_a_file_that_is_too_large_is_refused(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(foreign_tables, "MAX_FILE", 100)
    assert "is larger than" in refusal(path)


@pytest.mark.parametrize("content", [b"", b"text", b"SQLite format 3\0", b"PK\x03\x04" + bytes(200)])
def test_what_is_no_database_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "work.db"
    path.write_bytes(content)
    assert refusal(path).startswith("work.db is not a Note project: it is no database")


def test_what_is_not_there_or_no_file_is_refused(tmp_path: Path) -> None:
    assert "can't be read (No such file or directory)" in refusal(tmp_path / "gone.db")
    assert "is not a file; choose a Note project" in refusal(tmp_path)


def test_a_damaged_file_is_refused(path: Path) -> None:
    content = path.read_bytes()
    path.write_bytes(content[:4096] + b"\xff" * (len(content) - 4096))
    assert "work.db is damaged" in refusal(path)


def test_text_that_is_none_comes_with_replacements(path: Path) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        db.execute("UPDATE note SET words = CAST(x'ff41' AS TEXT) WHERE id = 1")
    assert read_tables(path, (NOTE,), "Note project")["note"][0]["words"] == "\ufffdA"
