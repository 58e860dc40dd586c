"""Backups: made at the right moments, whole, checked, rotated."""

import os
import sqlite3
import time
from pathlib import Path

import pytest
from store_values import add_article, add_span

from annotator.store import Home, Project, ProjectError, backups
from annotator.store import project as project_module


def made(project: Project, home: Home) -> list[str]:
    return sorted(file.name.split(" ", 1)[1] for file in (home.backups / project.id).glob("*.annotator"))


def test_a_backup_is_the_whole_project(project: Project, home: Home) -> None:
    span = add_span(project, article := add_article(project))
    path = project.backup("before import: wire/2016")
    assert path.parent == home.backups / project.id
    assert path.name.endswith("before import wire2016.annotator")
    with Project.open(path, home=home) as copy:
        assert copy.annotations(article.id) == (span,)
        assert copy.id == project.id
        assert copy.problems() == []


def test_closing_backs_up_only_what_changed(project: Project, home: Home) -> None:
    project.close()
    assert made(project, home) == []
    with Project.open(project.path, home=home) as again:
        add_article(again)
    assert made(project, home) == ["closed.annotator"]
    Project.open(project.path, home=home).close()
    assert made(project, home) == ["closed.annotator"]


def test_a_backup_is_made_after_many_changes(
    project: Project, home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(project_module, "BACKUP_EVERY", 3)
    for i in range(7):
        add_article(project, f"Text {i}.")
    assert made(project, home) == ["3 changes.annotator"] * 2
    assert project_module.BACKUP_EVERY == 3


def test_old_backups_go_and_the_last_of_each_day_stays(tmp_path: Path) -> None:
    for day in range(10, 22):
        for hour in range(8):
            (tmp_path / f"2026-03-{day}T{hour:02}-00-00-000000 closed.annotator").touch()
    (tmp_path / "new.part").touch()
    (tmp_path / "old.part").touch()
    two_days_ago = time.time() - 2 * 86400
    os.utime(tmp_path / "old.part", (two_days_ago, two_days_ago))
    backups.rotate(tmp_path)
    kept = sorted(file.name[5:13] for file in tmp_path.glob("*.annotator"))
    assert kept == [
        *("03-15T07", "03-16T07", "03-17T07", "03-18T07", "03-19T07", "03-20T07"),
        *("03-21T03", "03-21T04", "03-21T05", "03-21T06", "03-21T07"),
    ]
    assert [file.name for file in tmp_path.glob("*.part")] == ["new.part"]


def test_a_huge_project_is_backed_up_by_itself_once_a_day(
    project: Project, home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(backups, "HUGE", 1)
    for i in range(3):
        add_article(project, f"Text {i}.")
        project.close()
        project = Project.open(project.path, home=home)
    assert len(made(project, home)) == 1
    (newest,) = (home.backups / project.id).glob("*.annotator")
    two_days_ago = time.time() - 2 * 86400
    os.utime(newest, (two_days_ago, two_days_ago))
    add_article(project, "Text.")
    project.close()
    assert len(made(project, home)) == 2


def test_a_backup_that_fails_leaves_nothing_half_made(
    project: Project, home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    def damaged(_raw: sqlite3.Connection) -> None:
        raise sqlite3.DatabaseError("page 3 is never used")

    monkeypatch.setattr(backups, "_check", damaged)
    add_article(project)
    with pytest.raises(ProjectError, match="could not be backed up") as caught:
        project.backup("by hand")
    assert "page 3 is never used" in str(caught.value)
    assert list((home.backups / project.id).iterdir()) == []


def test_work_goes_on_when_backups_fail(
    project: Project, home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(project_module, "BACKUP_EVERY", 1)
    home.folder.mkdir(exist_ok=True)
    home.backups.write_text("a file where the folder should be")
    article = add_article(project)
    project.close()
    with Project.open(project.path, home=home) as again:
        assert again.article(article.id) == article


def test_a_locked_project_is_not_waited_for_without_end(project: Project, home: Home) -> None:
    add_article(project)
    other = sqlite3.connect(project.path, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    project._file.wait(1)
    with pytest.raises(ProjectError, match="Another program has locked"):
        project.backup("by hand")
    other.close()
    assert made(project, home) == []
    assert project.backup("by hand").exists()
