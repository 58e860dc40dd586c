"""Making and opening project files, good ones and bad ones."""

import os
import shutil
import sqlite3
from pathlib import Path

import pytest
from store_values import add_article, add_span, tamper

from annotator.model.scheme import Scheme
from annotator.store import Home, Project, ProjectError, connection, schema
from annotator.store.connection import APPLICATION_ID


@pytest.fixture
def path(project: Project) -> Path:
    """A closed project file with an article and a span."""
    add_span(project, add_article(project))
    project.close()
    return project.path


def altered(path: Path, *statements: str) -> Path:
    with sqlite3.connect(path) as raw:
        for statement in statements:
            raw.execute(statement)
    raw.close()
    return path


def pragma(path: Path, name: str) -> object:
    """Read a pragma of a file with plain sqlite3."""
    raw = sqlite3.connect(path)
    (value,) = raw.execute(f"PRAGMA {name}").fetchone()
    raw.close()
    return value


def refusal(path: Path, home: Home) -> str:
    """Return the sentence with which a file is refused; the file must stay as it is."""
    before = path.read_bytes() if path.is_file() else b""
    with pytest.raises(ProjectError) as caught:
        Project.open(path, home=home)
    assert not path.is_file() or path.read_bytes() == before
    sentence = str(caught.value)
    assert sentence.endswith(".")
    assert "\n" not in sentence
    assert path.name in sentence
    return sentence


def test_a_new_project_holds_its_title_and_scheme(tmp_path: Path, home: Home, scheme: Scheme) -> None:
    path = tmp_path / "Aleppo ü#?%.annotator"
    Project.create(path, scheme=scheme, title="Truce", home=home).close()
    with Project.open(path, home=home) as project:
        assert (project.title, project.scheme) == ("Truce", scheme)
        assert not project.read_only
        assert project.problems() == []


def test_the_file_says_what_it_is(path: Path) -> None:
    assert pragma(path, "application_id") == APPLICATION_ID
    assert pragma(path, "user_version") == schema.VERSION
    assert pragma(path, "journal_mode") == "delete"


def test_the_connection_is_as_safe_as_sqlite_can_be(project: Project) -> None:
    wanted = {
        "journal_mode": "delete",
        "synchronous": 3,
        "fullfsync": 1,
        "locking_mode": "normal",
        "foreign_keys": 1,
        "trusted_schema": 0,
        "cell_size_check": 1,
        "mmap_size": 0,
        "busy_timeout": 5000,
    }
    # Not every build of SQLite knows memory mapping.
    found = {name: project._file.value(f"PRAGMA {name}") or 0 for name in wanted}
    assert found == wanted


def test_making_a_project_never_overwrites_a_file(path: Path, home: Home, scheme: Scheme) -> None:
    before = path.read_bytes()
    with pytest.raises(ProjectError, match="exists already; choose another name"):
        Project.create(path, scheme=scheme, title="x", home=home)
    assert path.read_bytes() == before


def test_making_a_project_needs_its_folder(tmp_path: Path, home: Home, scheme: Scheme) -> None:
    with pytest.raises(ProjectError, match="There is no folder"):
        Project.create(tmp_path / "none" / "a.annotator", scheme=scheme, title="x", home=home)


def test_a_project_is_not_made_beside_a_vanished_ones_journal(
    tmp_path: Path, home: Home, scheme: Scheme
) -> None:
    (tmp_path / "a.annotator-journal").write_bytes(b"old")
    with pytest.raises(ProjectError, match="left here by another project"):
        Project.create(tmp_path / "a.annotator", scheme=scheme, title="x", home=home)


def test_a_project_that_cant_be_finished_leaves_nothing(
    tmp_path: Path, home: Home, scheme: Scheme, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_raw: sqlite3.Connection) -> None:
        raise sqlite3.OperationalError("disk I/O error")

    folder = tmp_path / "projects"
    folder.mkdir()
    monkeypatch.setattr(schema, "migrate", full)
    with pytest.raises(ProjectError, match=r"“a\.annotator” can't be read or written"):
        Project.create(folder / "a.annotator", scheme=scheme, title="x", home=home)
    assert list(folder.iterdir()) == []


def test_a_missing_file_a_folder_and_a_pipe_are_refused(tmp_path: Path, home: Home) -> None:
    os.mkfifo(tmp_path / "pipe.annotator")
    assert "There is no file" in refusal(tmp_path / "none.annotator", home)
    assert "is a folder" in refusal(tmp_path, home)
    assert "is not a project file" in refusal(tmp_path / "pipe.annotator", home)


@pytest.mark.parametrize(
    ("content", "says"),
    [(b"", "is empty"), (b"hello", "is not a project"), (b"PK\x03\x04" * 5000, "is not a project")],
)
def test_files_of_other_kinds_are_refused(tmp_path: Path, home: Home, content: bytes, says: str) -> None:
    path = tmp_path / "other.annotator"
    path.write_bytes(content)
    assert says in refusal(path, home)


def test_another_programs_database_is_refused_and_left_as_it_is(tmp_path: Path, home: Home) -> None:
    path = tmp_path / "places.sqlite"
    raw = sqlite3.connect(path)
    raw.execute("PRAGMA journal_mode=WAL")
    raw.execute("CREATE TABLE t (x)")
    raw.close()
    assert "database of another program" in refusal(path, home)
    assert sorted(p.name for p in tmp_path.glob("places*")) == ["places.sqlite"]


@pytest.mark.parametrize("kept", [1, 90, 100, 512, 4096, 5000, 0.25, 0.5, 0.999])
def test_a_truncated_file_is_refused_wherever_it_was_cut(path: Path, home: Home, kept: float) -> None:
    content = path.read_bytes()
    path.write_bytes(content[: kept if isinstance(kept, int) else int(kept * len(content))])
    says = "is not a project file" if kept in (1, 90, 100) else "is damaged; open one of its backups"
    assert says in refusal(path, home)


def test_a_file_with_a_ruined_page_is_told_in_one_sentence(path: Path, home: Home) -> None:
    content = bytearray(path.read_bytes())
    for page in range(1, len(content) // 4096):
        content[page * 4096 : page * 4096 + 4096] = b"\xff" * 4096
    path.write_bytes(content)
    assert "is damaged; open one of its backups" in refusal(path, home)


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE TRIGGER evil AFTER INSERT ON change BEGIN DELETE FROM winner; END",
        "CREATE VIEW evil AS SELECT * FROM change",
        "CREATE INDEX evil ON change (hex(action))",
        "CREATE VIRTUAL TABLE evil USING fts5(x)",
        "DROP TRIGGER revision_delete",
        "DROP INDEX change_rank",
        "DROP TABLE tally",
        "ALTER TABLE article ADD COLUMN evil TEXT DEFAULT 'x'",
    ],
)
def test_a_file_that_another_program_altered_is_refused(path: Path, home: Home, statement: str) -> None:
    assert "was altered by another program" in refusal(altered(path, statement), home)


def test_a_view_in_the_place_of_a_table_is_refused(path: Path, home: Home) -> None:
    altered(path, "DROP TABLE tally", "CREATE VIEW tally AS SELECT 'x' layer, 'y' article, 'z' label, 1 n")
    assert "“tally”" in refusal(path, home)


def test_a_locked_file_is_told_when_it_is_opened(
    path: Path, home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connection, "_PATIENCE", 10)
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    with pytest.raises(ProjectError, match=r"Another program has locked “test\.annotator”; close it there\."):
        Project.open(path, home=home)
    other.close()
    Project.open(path, home=home).close()


def test_what_analyze_leaves_and_a_table_nobody_reads_do_no_harm(path: Path, home: Home) -> None:
    altered(path, "ANALYZE", "CREATE TABLE notes (x)")
    with Project.open(path, home=home) as project:
        assert len(project.article_ids()) == 1


def test_a_newer_schema_opens_for_reading_only(path: Path, home: Home) -> None:
    altered(
        path,
        f"PRAGMA user_version = {schema.VERSION + 1}",
        "CREATE TABLE verdict (id TEXT)",
        "CREATE TRIGGER tomorrow AFTER INSERT ON verdict BEGIN SELECT 1; END",
    )
    before = path.read_bytes()
    with Project.open(path, home=home) as project:
        (article,) = project.article_ids()
        assert len(project.annotations(article)) == 1
        assert "newer version of Annotator" in project.read_only_reason
        with pytest.raises(ProjectError, match="newer version of Annotator; update Annotator to change it"):
            add_article(project, "more")
        with pytest.raises(ProjectError):
            project.rebuild()
    assert path.read_bytes() == before


def test_a_schema_that_grew_newer_while_open_is_not_written(project: Project) -> None:
    article = add_article(project)
    altered(project.path, "CREATE TABLE verdict (id TEXT)", f"PRAGMA user_version = {schema.VERSION + 1}")
    before = project.path.read_bytes()
    with pytest.raises(ProjectError, match="newer version"):
        add_span(project, article)
    assert project.path.read_bytes() == before


def test_a_trigger_added_while_open_is_not_obeyed(project: Project) -> None:
    article = add_article(project)
    altered(project.path, "CREATE TRIGGER evil AFTER INSERT ON change BEGIN DELETE FROM winner; END")
    with pytest.raises(ProjectError, match="altered by another program"):
        add_span(project, article)


def test_a_file_opened_for_reading_takes_no_changes(path: Path, home: Home) -> None:
    with Project.open(path, home=home, read_only=True) as project:
        assert project.read_only
        with pytest.raises(ProjectError, match="opened for reading only"):
            add_article(project, "more")


def test_a_write_ahead_log_is_turned_back_into_a_rollback_journal(path: Path, home: Home) -> None:
    altered(path, "PRAGMA journal_mode=WAL")
    with Project.open(path, home=home) as project:
        add_article(project, "more")
    assert pragma(path, "journal_mode") == "delete"


def test_an_unreadable_scheme_is_told_in_one_sentence(path: Path, home: Home) -> None:
    tamper(path, "UPDATE revision SET body = '{]' WHERE kind = 'scheme'")
    assert "holds no scheme that can be read" in refusal(path, home)


def test_a_copy_is_the_same_project(path: Path, home: Home, tmp_path: Path) -> None:
    copy = shutil.copy(path, tmp_path / "copy.annotator")
    with Project.open(path, home=home) as one, Project.open(Path(copy), home=home) as other:
        assert one.id == other.id


def test_an_older_schema_is_backed_up_and_brought_up_to_date(
    path: Path, home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    newest = schema.VERSION + 1

    def next_step(execute: schema.Execute) -> None:
        execute("CREATE TABLE tomorrow (id TEXT PRIMARY KEY) STRICT")
        execute(f"PRAGMA user_version = {newest}")

    monkeypatch.setattr(schema, "STEPS", (*schema.STEPS, next_step))
    monkeypatch.setattr(schema, "VERSION", newest)
    with Project.open(path, home=home) as project:
        assert project._file.value("PRAGMA user_version") == newest
        assert project._file.rows("SELECT * FROM tomorrow") == []
        (backup,) = (home.backups / project.id).glob("*before migration*")
        add_article(project, "more")
    assert pragma(backup, "user_version") == newest - 1
