"""The import preview: what will come, what is left out, and nothing before one says so."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QSignalSpy
from PySide6.QtWidgets import QApplication, QWidget

from annotator.services import importing
from annotator.store import Project
from annotator.ui.models.previews import PREVIEW_ROLE
from annotator.ui.panels.importing import ImportPreview, preview, summary
from annotator.ui.session import Session


@pytest.fixture
def folder(tmp_path) -> Path:
    folder = tmp_path / "wires"
    folder.mkdir()
    for i in range(5):
        (folder / f"wire-{i}.txt").write_text(
            f"Report {i}\n\nAt least {i} people were killed.", encoding="utf-8"
        )
    (folder / "empty.txt").write_text("")
    return folder


@pytest.fixture
def window(shown) -> QWidget:
    return shown(QWidget(), 800, 600)


def answer(accept: bool) -> list[ImportPreview]:
    """Answer the preview when it opens."""
    seen: list[ImportPreview] = []

    def look() -> None:
        dialog = QApplication.activeModalWidget()
        if isinstance(dialog, ImportPreview):
            seen.append(dialog)
            (dialog.deed if accept else dialog.cancel).click()
        else:
            QTimer.singleShot(5, look)

    QTimer.singleShot(0, look)
    return seen


def test_the_preview_shows_titles_first_lines_and_what_is_left_out(project, folder, window, qtbot):
    plan = importing.plan(project, [folder], actor="Ada")
    dialog = ImportPreview(window, plan)
    qtbot.addWidget(dialog)
    assert dialog.deed.text() == "Import 5 articles"
    assert dialog.list.model().index(0, 0).data() == "Report 0"
    assert dialog.list.model().index(0, 0).data(PREVIEW_ROLE).text.endswith("At least 0 people were killed.")
    assert dialog.remarks.toPlainText().count("empty.txt") == 1
    dialog.show()
    assert not dialog.grab().isNull()


def test_import_brings_the_articles_in_and_opens_the_first(session, project, folder, window):
    said = QSignalSpy(session.said)
    answer(True)
    preview(session, window, [folder])
    assert len(project.article_ids()) == 5
    assert session.article.title == "Report 0"
    assert said.at(said.count() - 1) == ["Imported 5 articles"]


def test_cancel_leaves_everything_as_it_was(session, project, folder, window):
    answer(False)
    preview(session, window, [folder])
    assert project.article_ids() == ()
    assert project.changes() == project.changes()[-1:]


def test_known_articles_are_skipped_and_counted(session, project, folder, window):
    answer(True)
    preview(session, window, [folder])
    (folder / "new.txt").write_text("A sixth report", encoding="utf-8")
    plan = importing.plan(project, [folder], actor="Ada")
    assert summary(plan) == ["5 articles known already, skipped."]
    seen = answer(True)
    preview(session, window, [folder])
    assert len(seen) == 1
    assert len(project.article_ids()) == 6


def test_nothing_new_is_said_and_there_is_nothing_to_press_but_close(session, project, folder, window):
    answer(True)
    preview(session, window, [folder])
    plan = importing.plan(project, [folder], actor="Ada")
    dialog = ImportPreview(window, plan)
    assert dialog.deed.isHidden()
    assert dialog.cancel.text() == "Close"
    before = len(project.changes())
    answer(False)
    preview(session, window, [folder])
    assert len(project.changes()) == before


def test_what_can_not_be_read_is_one_sentence(session, window, tmp_path):
    failed = QSignalSpy(session.failed)
    preview(session, window, [tmp_path / "missing.txt"])
    assert failed.count() == 1
    assert "does not exist" in failed.at(0)[0]


def test_the_import_is_undone_in_one_step(session, project, folder, window):
    answer(True)
    preview(session, window, [folder])
    session.undo()
    assert project.article_ids() == ()


def test_a_project_that_can_not_be_written_refuses_before_reading(project, home, folder, window):
    project.close()
    session = Session(home, "Ada")
    session.use(Project.open(project.path, home=home, read_only=True))
    failed = QSignalSpy(session.failed)
    preview(session, window, [folder])
    assert failed.count() == 1
    assert "nothing can be imported" in failed.at(0)[0]
    session.close()


def test_a_name_is_asked_for_first_and_without_one_nothing_happens(project, home, folder, window):
    session = Session(home)
    session.use(project)
    preview(session, window, [folder])
    assert project.article_ids() == ()
    session.ask_person = lambda: "Ada"
    answer(True)
    preview(session, window, [folder])
    assert len(project.article_ids()) == 5
    session.close()


def test_every_control_of_the_preview_has_a_name(project, folder, window):
    dialog = ImportPreview(window, importing.plan(project, [folder], actor="Ada"))
    for widget in dialog.findChildren(QWidget):
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and not widget.isHidden():
            assert widget.accessibleName(), widget
