"""What the window says is put away when it is no longer so."""

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu
from shell_steps import Key, Mod, select, tag, view

from annotator.services import articles
from annotator.store import Project
from annotator.ui.flows import projects


@pytest.fixture
def second(window) -> str:
    """Another article of the project."""
    made = window.session.do(articles.add, raw="Raid in Hama\n\nTwo people were hurt.", title="Raid in Hama")
    return made.id


def test_an_offer_to_undo_goes_with_the_next_change(window, second):
    window.run("remove")
    assert window.notice.isVisible()
    assert window.notice.action.text() == "Undo"
    select(window, "Two people")
    window.session.tag("claim")
    assert not window.notice.isVisible()


def test_an_offer_to_undo_goes_with_the_article(window, second):
    first = window.session.article.id
    third = window.session.do(articles.add, raw="Third\n\nMore words.", title="Third").id
    window.run("remove")
    window.session.open_article(third)
    assert not window.notice.isVisible()
    window.run("undo")
    assert window.session.article.id == first


def test_undoing_the_removal_of_an_article_shows_it_again(window, second):
    first = window.session.article.id
    window.run("remove")
    assert window.session.article.id == second
    window.run("undo")
    assert window.session.article.id == first
    assert not window.notice.isVisible()


def test_a_warning_goes_with_the_article(window, second):
    window.session.failed.emit("this can't be done here")
    assert window.notice.isVisible()
    window.session.open_article(second)
    assert not window.notice.isVisible()


def test_that_changes_are_unsaved_is_said_until_they_are_saved(window, second):
    window.session.unsaved.emit("the file can't be written")
    window.session.open_article(second)
    window.show_page("sources")
    assert window.notice.isVisible()
    window.session.saved.emit()
    assert not window.notice.isVisible()


def test_an_offer_about_the_last_change_goes_when_somebody_else_works_here(window):
    window.remark("Removed", "Undo", lambda: None)
    window.session.be("Ben")
    assert not window.notice.isVisible()


def test_a_new_project_shows_nothing_of_the_one_before(window, tmp_path, home, scheme):
    tag(window, "at least 13 people dead")
    path = tmp_path / "new.annotator"
    Project.create(path, scheme=scheme, title="New", home=home).close()
    projects.open_path(window.context, path)
    page = window.article_page
    assert window.session.article is None
    assert page.view.article is None
    assert page.view.toPlainText() == ""
    assert page.reading.empty.isVisible()
    assert not page.inspector.span.isVisible()


def test_an_armed_label_is_said_in_the_status_bar(window):
    window.session.arm("casualty")
    title = window.session.project.scheme.label("casualty").title
    assert window.status.counts.text() == f"·  {title} armed: every drag tags, Esc stops"
    window.session.arm("")
    assert "armed" not in window.status.counts.text()


def test_what_the_article_holds_is_said_only_where_it_is_seen(window):
    tag(window, "at least 13 people dead")
    window.show_page("sources")
    assert window.status.counts.text() == ""
    window.show_page("annotate")
    assert "Claim 1" in window.status.counts.text()


def test_the_environment_says_who_sits_here(desk, home, monkeypatch):
    monkeypatch.setenv("ANNOTATOR_NAME", " Ben ")
    assert desk.open().session.person == "Ben"
    desk.close()
    monkeypatch.setenv("ANNOTATOR_NAME", "gold")
    assert desk.open().session.person == ""


@pytest.mark.parametrize("held", [Key.Key_Return, Key.Key_Enter])
def test_ctrl_enter_adds_the_pasted_article_with_a_date_in_words(window, in_dialog, qtbot, held):
    def fill(dialog):
        dialog.text.setPlainText("Raid in Hama\n\nTwo people were hurt.")
        dialog.published.setText("19 Sept 2016")
        dialog.text.setFocus()
        qtbot.waitUntil(dialog.isActiveWindow)
        QTest.keyClick(dialog.text, held, Mod.ControlModifier)

    in_dialog(fill)
    window.run("paste-article")
    assert window.session.article.published == "2016-09-19"


def test_a_command_of_a_page_is_carried_out_once(window):
    before = window.page
    shown = []
    window.menus.actions["keys"].triggered.connect(lambda *_: shown.append(1))
    window.session.command_wanted.emit("keys")
    assert len(shown) == 1
    assert window.page == before


def test_recent_projects_stand_beside_open(window):
    names = [action.text() for action in _menu(window.header.project.menu())]
    assert names.index("Open recent") == names.index("Open project…") + 1
    assert names[-1] == "Article details…" or "Quit" in names
    recent = next(a for a in window.header.project.menu().actions() if a.text() == "Open recent")
    (none,) = recent.menu().actions()
    assert not none.isEnabled()


def test_the_projects_menu_runs_as_all_others(window):
    assert window.header.project.menu().layoutDirection() == window.layoutDirection()


def test_f10_opens_the_menu(window, qtbot):
    seen = []

    def look() -> None:
        menu = window.header.menu.menu()
        if menu.isVisible():
            seen.append([action.text() for action in menu.actions()])
            menu.close()
        else:
            QTimer.singleShot(5, look)

    QTimer.singleShot(0, look)
    QTest.keyClick(view(window), Key.Key_F10)
    assert seen[0][0] == "Project"


def _menu(menu: QMenu) -> list[QAction]:
    menu.aboutToShow.emit()
    return menu.actions()
