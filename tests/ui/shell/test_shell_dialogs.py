"""The dialogs: article details, pasting, the annotator's name."""

import pytest
from PySide6.QtGui import QGuiApplication
from shell_steps import tag

from annotator.services import articles


def test_article_details_are_changed_and_can_be_undone(window, in_dialog):
    def fill(dialog):
        dialog.lines["outlet"].setText("The Daily")
        dialog.lines["published"].setText("2016-09")
        dialog.deed.click()

    in_dialog(fill)
    window.run("details")
    article = window.session.article
    assert (article.outlet, article.published) == ("The Daily", "2016-09")
    window.session.undo()
    assert window.session.article.outlet == "Daily Sabah"


def test_a_date_that_is_none_is_explained_beneath_its_field(window, in_dialog):
    seen = []

    def fill(dialog):
        dialog.lines["published"].setText("yesterday")
        dialog.lines["title"].setText("")
        dialog.deed.click()
        seen.append({n: line.accessibleDescription() for n, line in dialog.lines.items()})
        seen.append(dialog.isVisible())
        dialog.lines["published"].setText("")
        dialog.lines["title"].setText("T")
        dialog.deed.click()
        seen.append(dialog.lines["published"].accessibleDescription())

    in_dialog(fill)
    window.run("details")
    assert "is not a date" in seen[0]["published"]
    assert "title is missing" in seen[0]["title"]
    assert seen[1:] == [True, ""]
    assert window.session.article.published == ""


def test_pasted_text_becomes_an_article_just_as_it_was(window, in_dialog):
    text = "Neuf\u00a0morts à Hama\r\n\r\nقُتل تسعة 👩‍👩‍👧 people."
    QGuiApplication.clipboard().setText(text)

    def fill(dialog):
        dialog.outlet.setText("Wire")
        dialog.deed.click()

    in_dialog(fill)
    window.run("paste-article")
    assert window.session.text == "Neuf\u00a0morts à Hama\n\nقُتل تسعة 👩‍👩‍👧 people."
    assert window.session.article.title == "Neuf\u00a0morts à Hama"
    assert window.session.article.outlet == "Wire"


def test_pasting_nothing_is_explained(window, in_dialog):
    QGuiApplication.clipboard().setText("   \n ")
    said = []

    def fill(dialog):
        dialog.deed.click()
        said.append(dialog.text.accessibleDescription())
        dialog.reject()

    in_dialog(fill)
    window.run("paste-article")
    assert "the article is empty" in said[0]


def test_pasting_a_known_article_opens_it_and_adds_none(window, in_dialog):
    known = articles.add(window.session.project, actor="Ada", raw="Known words.", title="Known words.")
    QGuiApplication.clipboard().setText("Known words.")
    in_dialog(lambda dialog: dialog.deed.click())
    window.run("paste-article")
    assert window.session.article.id == known.id
    assert len(window.session.project.article_ids()) == 2
    assert "already" in window.status.counts.text()


@pytest.mark.usefixtures("without_examples")
def test_the_annotator_can_be_changed_and_layers_shown(window, in_dialog):
    tag(window, "at least 13 people dead")

    def be_bob(dialog):
        dialog.line.setText("Bob")
        dialog.deed.click()

    in_dialog(be_bob)
    window.run("change-annotator")
    assert window.session.person == "Bob"
    assert window.session.annotations == ()
    assert window.header.person.text().strip() == "Bob"
    menu = window.header.person.menu()
    menu.aboutToShow.emit()
    layers = next(a.menu() for a in menu.actions() if a.text() == "Show the layer of")
    assert [(a.text(), a.isChecked()) for a in layers.actions()] == [("Bob (you)", True), ("Ada", False)]
    layers.actions()[1].trigger()
    assert len(window.session.annotations) == 1
    assert window.header.person.text().strip() == "Ada's layer"
