"""What the window says is put away when it is no longer so."""

import pytest

from annotator.services import articles
from annotator.store import Project
from annotator.ui.flows import projects
from shell_steps import select, tag


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
    assert "Drop files here" in page.view.placeholderText()
    assert not page.inspector.span.isVisible()
