"""Projects from the window: new, open, recent, dropped, and files that are none."""

import stat

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QFileDialog
from shell_steps import tag, view

from annotator.services import articles
from annotator.store import Project
from annotator.ui.actions import recent_commands
from annotator.ui.flows import projects


@pytest.fixture
def other(tmp_path, home, scheme):
    """Another project, with one article."""
    path = tmp_path / "other.annotator"
    with Project.create(path, scheme=scheme, title="The other", home=home) as project:
        articles.add(project, actor="Ada", raw="One article.\n\nIts text.", title="One article")
    return path


def drop(window, *paths) -> bool:
    """Drop files on the window; say whether it would have them."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    action, button, held = (
        Qt.DropAction.CopyAction,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    enter = QDragEnterEvent(window.rect().center(), action, data, button, held)
    QApplication.sendEvent(window, enter)
    QApplication.sendEvent(window, QDropEvent(QPointF(100, 100), action, data, button, held))
    return enter.isAccepted()


def test_opening_another_project_shows_it_and_remembers_both(window, other, home, monkeypatch):
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(other), ""))
    window.run("open-project")
    assert window.session.path == other
    assert window.session.article.title == "One article"
    assert window.windowTitle() == "The other – Annotator"
    assert window.settings.recent() == [other, home.samples / "Sample.annotator"]
    assert [command.words for command in recent_commands(window.context)] == ["Sample"]
    next(iter(recent_commands(window.context))).run(window.context)
    assert window.session.path == home.samples / "Sample.annotator"


def test_opening_the_project_that_is_open_changes_nothing(window):
    project = window.session.project
    assert projects.open_path(window.context, project.path)
    assert window.session.project is project


def test_a_project_dropped_on_the_window_is_opened(window, other):
    assert drop(window, other)
    window.notice.other.click()
    assert window.session.path == other


def test_a_project_dropped_where_none_is_open_is_opened_at_once(window, other):
    window.session.close()
    assert drop(window, other)
    assert window.session.path == other


def test_files_dropped_on_the_window_are_shown_before_they_are_imported(window, tmp_path, qtbot):
    text = tmp_path / "raid.txt"
    text.write_text("Raid on Hama\n\nNine people died.", encoding="utf-8")
    assert drop(window, text)
    page = window._built["import"]
    qtbot.waitUntil(lambda: not page.is_busy)
    assert page.deed.text() == "Import 1 article"
    page.deed.click()
    assert window.session.article.title == "Raid on Hama"


def test_what_is_no_file_is_not_taken(window):
    data = QMimeData()
    data.setText("only words")
    enter = QDragEnterEvent(
        window.rect().center(),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    enter.ignore()
    QApplication.sendEvent(window, enter)
    assert not enter.isAccepted()


def spoil(path, how):
    match how:
        case "no project":
            path.write_text("only words, and more of them " * 100)
        case "empty":
            path.write_bytes(b"")
        case "cut off":
            path.write_bytes(path.read_bytes()[:5000])
        case "gone":
            path.unlink()
        case "folder":
            path.unlink()
            path.mkdir()


@pytest.mark.parametrize("how", ["no project", "empty", "cut off", "gone", "folder"])
def test_what_cannot_be_opened_is_one_sentence_and_the_project_stays(window, other, how):
    spoil(other, how)
    before = window.session.project
    assert not projects.open_path(window.context, other)
    assert window.session.project is before
    sentence = window.notice.sentence.text()
    assert other.name in sentence
    assert sentence.endswith(".")
    assert "Traceback" not in sentence
    assert window.notice.action.text() == "Open another …"
    assert tag_works(window)


def tag_works(window) -> bool:
    tag(window, "at least 13 people dead")
    return len(window.session.annotations) == 1


def test_a_project_that_may_not_be_written_opens_for_reading_and_says_so(window, other, monkeypatch):
    import os

    real = os.access
    monkeypatch.setattr(os, "access", lambda path, mode: mode != os.W_OK and real(path, mode))
    assert projects.open_path(window.context, other)
    assert "nothing can be changed in it" in window.notice.sentence.text()
    assert window.status.saved.text() == "Read only"
    assert other.stat().st_mode & stat.S_IRUSR


def test_a_new_project_is_made_and_opened(window, tmp_path, in_dialog):
    place = tmp_path / "Hama.annotator"

    def fill(dialog):
        dialog.title.setText("Hama, autumn")
        dialog.place.setText(str(place))
        dialog.deed.click()

    in_dialog(fill)
    window.run("export")
    window.run("new-project")
    assert window.page == "annotate"
    assert window.session.path == place
    assert window.session.project.title == "Hama, autumn"
    assert window.session.article is None
    assert [label.id for label in window.session.project.scheme.labels][:3] == ["claim", "quote", "casualty"]


def test_the_file_of_a_new_project_is_named_after_its_title_until_it_is_named(window, in_dialog):
    names = []

    def look(dialog):
        for typed in ("Hama: 2016/17", ""):
            dialog.title.setText(typed)
            dialog.title.textEdited.emit(typed)
            names.append(dialog.path().name)
        dialog.reject()

    in_dialog(look)
    window.run("new-project")
    assert names == ["Hama 2016 17.annotator", "Untitled.annotator"]


def test_a_place_that_is_taken_is_explained_beneath_its_field(window, other, in_dialog):
    said = []

    def fill(dialog):
        dialog.place.setText(str(other))
        dialog.deed.click()
        said.append(dialog.place.accessibleDescription())
        dialog.reject()

    in_dialog(fill)
    window.run("new-project")
    assert "exists already" in said[0]
    assert window.session.path != other


@pytest.mark.parametrize(
    ("toml", "why"),
    [
        ("[scheme]\nid = ", "not valid TOML"),
        ('[scheme]\nid = "x"\n[[label]]\nid="a"\nkey="1"\n[[label]]\nid="b"\nkey="1"\n', "share the key"),
        (
            '[scheme]\nid="x"\n[[label]]\nid="a"\nattributes=[{name="n",kind="colour"}]\n',
            "unknown kind",
        ),
    ],
)
def test_a_scheme_that_cannot_be_used_is_explained_and_the_one_before_stays(
    window, tmp_path, in_dialog, toml, why
):
    file = tmp_path / "mine.toml"
    file.write_text(toml, encoding="utf-8")
    said = []

    def fill(dialog):
        dialog.use_scheme(file)
        said.append((dialog.scheme.accessibleDescription(), dialog.scheme.currentIndex()))
        dialog.reject()

    in_dialog(fill)
    window.run("new-project")
    assert why in said[0][0]
    assert said[0][1] == 0


def test_a_scheme_of_ones_own_is_used(window, tmp_path, in_dialog):
    file = tmp_path / "mine.toml"
    file.write_text('[scheme]\nid = "mine"\ntitle = "My scheme"\n[[label]]\nid = "rumour"\nkey = "1"\n')

    def fill(dialog):
        dialog.use_scheme(file)
        dialog.place.setText(str(tmp_path / "mine"))
        dialog.deed.click()

    in_dialog(fill)
    window.run("new-project")
    assert window.session.path == tmp_path / "mine.annotator"
    assert [label.id for label in window.session.project.scheme.labels] == ["rumour"]
    assert window.status.counts.text() == ""


def test_an_unsaved_change_is_said_and_the_banner_goes_when_it_is_saved(window, monkeypatch):
    window.session.unsaved.emit("“tag as Claim” is kept aside and not yet saved: the disk is full.")
    assert window.notice.isVisible()
    assert window.status.saved.property("state") == "unsaved" or window.session.project.pending == ()
    window.session.saved.emit()
    assert not window.notice.isVisible()
    assert window.status.saved.text() == "All changes saved"


def test_a_question_of_the_page_is_asked_with_its_button(window):
    answered = []
    window.session.asked.emit(
        "Not done yet: 1 span incomplete", "Mark as done anyway", lambda: answered.append(1)
    )
    assert window.notice.sentence.text() == "Not done yet: 1 span incomplete."
    window.notice.action.click()
    assert answered == [1]


@pytest.mark.usefixtures("without_examples")
def test_closing_the_window_lets_the_project_go(desk, home, window):
    path = window.session.path
    tag(window, "at least 13 people dead")
    desk.close()
    with Project.open(path, home=home) as project:
        assert len(project.annotations(project.article_ids()[0])) == 1


def test_a_defect_becomes_one_sentence_and_its_details_go_to_the_log(window, home, monkeypatch):
    import sys

    from annotator.ui.logfile import catch_defects, keep_log, log_file

    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    keep_log(home)
    catch_defects(window.warn)
    try:
        raise ZeroDivisionError("a test")
    except ZeroDivisionError as defect:
        sys.excepthook(type(defect), defect, defect.__traceback__)
    assert "ZeroDivisionError" in window.notice.sentence.text()
    assert "Traceback" not in window.notice.sentence.text()
    assert "Traceback" in log_file(home).read_text(encoding="utf-8")
    assert view(window).isVisible()
