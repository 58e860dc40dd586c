"""Files that a dying disk or another program altered: told in sentences, opened as far as they can be."""

import logging
import random
import sqlite3
from pathlib import Path

import pytest
from store_values import add_article, add_span, tamper, write

from annotator.model.records import Entity
from annotator.store import Home, Project, ProjectError
from annotator.store.errors import reason


def kinds(project: Project) -> set[str]:
    return {problem.kind for problem in project.problems()}


def test_no_damaged_byte_raises_anything_but_a_sentence(project: Project, home: Home, tmp_path: Path) -> None:
    article = add_article(project)
    add_span(project, article)
    project.close()
    whole = project.path.read_bytes()
    chance = random.Random(7)
    places = [place for place, byte in enumerate(whole) if byte]
    said = []
    for _ in range(40):
        damaged = bytearray(whole)
        damaged[chance.choice(places)] ^= chance.randrange(1, 256)
        path = tmp_path / "damaged.annotator"
        path.write_bytes(damaged)
        try:
            with Project.open(path, home=home, read_only=True) as found:
                found.problems()
                found.annotations(article.id)
        except ProjectError as error:
            said.append(str(error))
    assert said
    assert all(sentence.endswith(".") for sentence in said)


@pytest.mark.parametrize(
    "broken",
    [
        UnicodeDecodeError("utf-8", b"\xff", 0, 1, "invalid start byte"),
        sqlite3.OperationalError("Could not decode to UTF-8 column 'sql' with text '\ufffd'"),
    ],
    ids=["message", "column"],
)
def test_a_message_that_quotes_broken_bytes_is_damage(broken: Exception) -> None:
    assert reason(broken, Path("a.annotator")) == "“a.annotator” is damaged; open one of its backups"


def test_a_write_that_the_system_refuses_says_what_to_allow() -> None:
    error = sqlite3.OperationalError("disk I/O error")
    error.sqlite_errorcode = sqlite3.SQLITE_IOERR_DELETE
    assert "can't be written; allow writing to both" in reason(error, Path("a.annotator"))
    error.sqlite_errorcode = sqlite3.SQLITE_IOERR_READ
    assert "can't be read or written" in reason(error, Path("a.annotator"))


@pytest.mark.parametrize("number", ["seq", "arrival"])
def test_a_change_with_an_impossible_number_leaves_the_project_readable(
    project: Project, home: Home, number: str
) -> None:
    article = add_article(project)
    project.close()
    tamper(project.path, f"UPDATE change SET {number} = 9223372036854775807 WHERE action = 'import'")
    with Project.open(project.path, home=home) as again:
        assert again.article_ids() == (article.id,)
        with pytest.raises(ProjectError, match=r"impossible number.* open one of its backups"):
            add_span(again, article)


def test_changes_of_which_only_revisions_are_left_are_missing(project: Project) -> None:
    add_span(project, add_article(project))
    tamper(project.path, "DELETE FROM change WHERE action LIKE 'tag %'")
    gaps = [problem.message for problem in project.problems() if problem.kind == "gap"]
    assert gaps == ["1 change(s) are missing, of which only what they wrote is left"]


def test_a_table_of_another_program_is_listed(project: Project) -> None:
    tamper(project.path, "CREATE TABLE notes (x)")
    (problem,) = project.problems()
    assert (problem.kind, "“notes”" in problem.message) == ("schema", True)


def test_a_file_of_a_newer_version_is_said(project: Project, home: Home) -> None:
    project.close()
    tamper(project.path, "PRAGMA user_version = 99")
    with Project.open(project.path, home=home) as again:
        assert "schema" in kinds(again)


def test_an_entity_whose_merges_lead_nowhere_stays_listed(project: Project) -> None:
    lost = [
        Entity("self", "actor", "Self", merged_into="self"),
        Entity("a", "actor", "Circle A", merged_into="b"),
        Entity("b", "actor", "Circle B", merged_into="a"),
        Entity("gone", "actor", "Gone", merged_into="nobody"),
    ]
    kept, merged = Entity("kept", "actor", "Kept"), Entity("merged", "actor", "Merged", merged_into="kept")
    write(project, kept, merged, *lost)
    assert {e.id for e in project.entities("actor")} == {"self", "a", "b", "gone", "kept"}
    assert [project.entity(e.id) for e in lost] == lost
    assert project.entity("merged") == kept
    problems = [problem.message for problem in project.problems() if problem.kind == "entity"]
    assert len(problems) == 4
    assert "“Gone” was merged into one that is missing" in problems


def test_what_is_logged_goes_nowhere_unless_a_log_is_set_up(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(logging, "lastResort", None)
    monkeypatch.setattr(logging.getLogger(), "handlers", [])
    logging.getLogger("annotator.store.project").warning("something")
    assert capfd.readouterr().err == ""
