"""Somebody else's file is read without being believed or obeyed."""

import sqlite3
from pathlib import Path

import pytest
from store_values import TEXT, add_article, add_span, tamper

from annotator.store import Home, Project, ProjectError
from annotator.store.foreign import read_foreign


@pytest.fixture
def path(project: Project) -> Path:
    add_span(project, add_article(project))
    add_article(project, "Another text.")
    project.close()
    return project.path


def test_an_honest_file_is_read_whole_and_left_alone(path: Path, home: Home) -> None:
    before = path.read_bytes()
    found = read_foreign(path)
    with Project.open(path, home=home) as project:
        whole = [project.change(change.id) for change in project.changes()]
        assert sorted(found.changes, key=lambda change: change.rank) == whole[::-1]
        assert found.project_id == project.id
    assert found.texts == (TEXT, "Another text.")
    assert found.problems == ()
    assert path.read_bytes() == before


def test_triggers_and_views_of_a_stranger_are_not_obeyed(path: Path) -> None:
    tamper(path, "CREATE TRIGGER evil AFTER INSERT ON change BEGIN DELETE FROM winner; END")
    tamper(
        path,
        "CREATE VIEW endless AS WITH RECURSIVE r (x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM r)"
        " SELECT * FROM r",
    )
    assert len(read_foreign(path).changes) == 4


def test_a_view_in_the_place_of_a_table_is_refused(path: Path) -> None:
    raw = sqlite3.connect(path, isolation_level=None)
    raw.execute("ALTER TABLE article_text RENAME TO hidden")
    raw.execute("CREATE VIEW article_text AS SELECT * FROM hidden")
    raw.close()
    with pytest.raises(ProjectError, match="altered by another program"):
        read_foreign(path)


@pytest.mark.parametrize(
    ("statement", "kind", "kept"),
    [
        ("UPDATE change SET actor = 'x' WHERE n = 2", "chain", 2),
        ("UPDATE change SET seq = 9223372036854775807 WHERE n = 2", "chain", 2),
        ("DELETE FROM revision WHERE kind = 'annotation'", "chain", 2),
        ("UPDATE revision SET body = '{]' WHERE kind = 'annotation'", "chain", 2),
        ("DELETE FROM change WHERE n = 2", "gap", 2),
        ("UPDATE article_text SET text = 'x' WHERE pos = 1", "text-hash", 4),
    ],
)
def test_what_was_forged_is_left_out_and_named(path: Path, statement: str, kind: str, kept: int) -> None:
    tamper(path, statement)
    found = read_foreign(path)
    assert [problem.kind for problem in found.problems] == [kind]
    assert len(found.changes) == kept


def test_other_files_are_refused_in_one_sentence(tmp_path: Path) -> None:
    other = tmp_path / "other.annotator"
    other.write_bytes(b"x" * 1000)
    with pytest.raises(ProjectError, match="is not a project file"):
        read_foreign(other)
    database = tmp_path / "database.annotator"
    raw = sqlite3.connect(database)
    raw.execute("CREATE TABLE change (x)")
    raw.close()
    with pytest.raises(ProjectError, match="database of another program"):
        read_foreign(database)
