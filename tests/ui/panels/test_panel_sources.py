"""The Sources page: find, name, describe, merge, and go to what mentions them."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QSignalSpy, QTest
from PySide6.QtWidgets import QApplication

from annotator.services import entities, tagging
from annotator.ui.models.hits import FIND_ROLE
from annotator.ui.pages.sources import SourcesPage
from annotator.ui.theme import DARK, LIGHT

Key = Qt.Key


@pytest.fixture
def people(session, article) -> dict[str, str]:
    names = ("John Kerry", "SOHR", "Syrian Observatory for Human Rights")
    made = {name: session.do(entities.create, kind="actor", name=name).id for name in names}
    session.do(entities.create, kind="incident", name="Hama raid")
    return made


@pytest.fixture
def page(session, people, shown) -> SourcesPage:
    return shown(SourcesPage(session, LIGHT), 1100, 700)


def names(page) -> list[str]:
    return [page.model.at(i).name for i in range(page.model.rowCount())]


def mention(session, mark, words, entity, name="claimant", label="claim"):
    made = mark(words, label)
    session.do(tagging.set_value, annotation=made.id, name=name, value=entity)
    return made


def test_names_are_listed_by_kind_and_counted(page, click, session):
    assert names(page) == ["John Kerry", "SOHR", "Syrian Observatory for Human Rights"]
    assert [chip.words for chip in page.kinds.values()] == ["Person or organisation 3", "Incident 1"]
    click(page.kinds["incident"])
    assert names(page) == ["Hama raid"]
    assert page.detail.name.text() == "Hama raid"


def test_any_part_of_a_name_is_found_while_typing(page):
    QTest.keyClicks(page.search, "OBSERV")
    assert names(page) == ["Syrian Observatory for Human Rights"]
    assert page.detail.name.text() == "Syrian Observatory for Human Rights"


def test_a_name_nobody_has_is_created_by_enter(page, project):
    QTest.keyClicks(page.search, "White Helmets")
    assert page.make.text() == "Create “White Helmets”"
    QTest.keyClick(page.search, Key.Key_Return)
    assert [e.name for e in project.entities("actor")][-1] == "White Helmets"
    assert page.detail.name.text() == "White Helmets"
    assert page.search.text() == ""


def test_a_name_that_is_there_can_not_be_created_again(page):
    QTest.keyClicks(page.search, "sohr")
    assert not page.make.isVisible()


def test_a_rename_is_seen_in_the_list(page, people, project):
    page._show(people["John Kerry"])
    page.detail.name.selectAll()
    QTest.keyClicks(page.detail.name, "J. F. Kerry")
    QTest.keyClick(page.detail.name, Key.Key_Return)
    assert project.entity(people["John Kerry"]).name == "J. F. Kerry"
    assert "J. F. Kerry" in names(page)


def test_rename_beside_the_name_begins_to_edit_it(page, people, project, click):
    page._show(people["John Kerry"])
    click(page.detail.rename)
    QTest.keyClicks(QApplication.focusWidget(), "Kerry")
    QTest.keyClick(QApplication.focusWidget(), Key.Key_Return)
    assert project.entity(people["John Kerry"]).name == "Kerry"


def test_the_name_is_shown_whole(page, people):
    page._show(people["Syrian Observatory for Human Rights"])
    QApplication.processEvents()
    name = page.detail.name
    assert name.height() >= name.fontMetrics().height() + 6
    assert name.width() > name.fontMetrics().horizontalAdvance(name.text())


def test_a_rename_to_a_name_that_is_there_is_refused_and_taken_back(page, people, session, project):
    failed = QSignalSpy(session.failed)
    page._show(people["John Kerry"])
    page.detail.name.selectAll()
    QTest.keyClicks(page.detail.name, "sohr")
    QTest.keyClick(page.detail.name, Key.Key_Return)
    assert "merge the two instead" in failed.at(0)[0]
    assert page.detail.name.text() == "John Kerry"
    assert project.entity(people["John Kerry"]).name == "John Kerry"


def test_values_and_note_are_saved(page, people, project, click):
    page._show(people["John Kerry"])
    combo = page.detail.form.rows["type"].field.combo
    combo.setFocus()
    QTest.keyClick(combo, Key.Key_Down)
    page.detail.note.setFocus()
    QTest.keyClicks(page.detail.note, "US")
    QTest.keyClick(page.detail.note, Key.Key_Return)
    kerry = project.entity(people["John Kerry"])
    assert (kerry.attributes, kerry.note) == ({"type": "official"}, "US")


def test_mentions_are_listed_and_lead_to_the_article(page, people, mark, session, qtbot):
    made = mention(session, mark, "The truce is not dead", people["John Kerry"])
    session.select("")
    page._show(people["John Kerry"])
    find = page.detail.found.index(0).data(FIND_ROLE)
    assert (find.snippet, find.about, find.title) == (
        "The truce is not dead",
        "Claim, claimant",
        "Truce in doubt",
    )
    wanted, sought = QSignalSpy(session.command_wanted), QSignalSpy(session.sought)
    page.detail.mentions.setFocus()
    page.detail.mentions.setCurrentIndex(page.detail.found.index(0))
    QTest.keyClick(page.detail.mentions, Key.Key_Return)
    assert session.selected == made.id
    assert wanted.at(0) == ["page-annotate"]
    assert sought.at(0) == [made.hull]


def test_a_mention_in_somebody_elses_layer_shows_that_layer(page, people, ben, session, project):
    tagging.set_value(project, actor="Ben", annotation=ben.id, name="claimant", value=people["SOHR"])
    session.publish()
    page._show(people["SOHR"])
    page.detail._open(page.detail.found.index(0).data(FIND_ROLE))
    assert (session.layer, session.selected) == ("Ben", ben.id)


def test_two_are_merged_into_one_after_saying_what_will_happen(page, people, mark, session, project, click):
    made = mention(session, mark, "the observatory", people["SOHR"])
    page._show(people["SOHR"])
    other = page.detail.merge.other.line
    other.setFocus()
    QTest.keyClicks(other, "syrian")
    assert not page.detail.merge.deed.isVisible()
    QTest.keyClick(other, Key.Key_Down)
    page.detail.merge.other._pick_current()
    assert page.detail.merge.meaning.text().startswith(
        "“SOHR” and its 1 span will be shown as “Syrian Observatory for Human Rights”"
    )
    QApplication.processEvents()
    click(page.detail.merge.deed)
    assert project.entity(project.annotation(made.id).attributes["claimant"]).name.startswith("Syrian Obs")
    assert names(page) == ["John Kerry", "Syrian Observatory for Human Rights"]
    assert page.detail.name.text() == "Syrian Observatory for Human Rights"
    assert page.detail.about.text() == "Person or organisation · also SOHR"
    session.undo()
    assert "SOHR" in names(page)


@pytest.mark.parametrize("keys", [(), (Key.Key_Down, Key.Key_Up)])
def test_enter_takes_the_suggestion_and_goes_on_to_confirm_the_merge(page, people, project, keys):
    page._show(people["SOHR"])
    merge = page.detail.merge
    merge.other.line.setFocus()
    QTest.keyClicks(merge.other.line, "syrian")
    for key in (*keys, Key.Key_Return):
        QTest.keyClick(merge.other.line, key)
    assert merge.deed.isVisible()
    assert QApplication.focusWidget() is merge.deed
    QTest.keyClick(merge.deed, Key.Key_Space)
    assert project.entity(people["SOHR"]).id == people["Syrian Observatory for Human Rights"]


def test_a_merge_offers_neither_itself_nor_new_names(page, people):
    page._show(people["SOHR"])
    other = page.detail.merge.other
    other.line.setFocus()
    QTest.keyClicks(other.line, "o")
    rows = other._list.rows
    shown = {rows.item(i).text() for i in range(rows.count())}
    assert shown == {"John Kerry", "Syrian Observatory for Human Rights"}
    other.line.selectAll()
    QTest.keyClicks(other.line, "Nobody new")
    QTest.keyClick(other.line, Key.Key_Return)
    assert not page.detail.merge.deed.isVisible()


def test_only_what_nothing_refers_to_can_be_deleted(page, people, mark, session, project, click):
    mention(session, mark, "the observatory", people["SOHR"])
    page._show(people["SOHR"])
    assert not page.detail.delete.isEnabled()
    assert page.detail.kept.text() == "1 span refers to it; merge it into another instead."
    page._show(people["John Kerry"])
    click(page.detail.delete)
    assert project.entity(people["John Kerry"]) is None
    assert "John Kerry" not in names(page)


def test_arrows_in_the_list_show_the_next_name(page):
    page.list.setFocus()
    page.list.setCurrentIndex(page.model.index(0))
    QTest.keyClick(page.list, Key.Key_Down)
    assert page.detail.name.text() == "SOHR"


def test_what_changed_while_the_page_was_hidden_is_there_when_it_is_shown(page, session, qtbot):
    page.hide()
    session.do(entities.create, kind="actor", name="Ahmad")
    page.show()
    assert names(page)[0] == "Ahmad"


def test_a_project_without_names_says_what_to_do(session, article, shown):
    page = shown(SourcesPage(session, LIGHT), 1000, 600)
    assert page.empty.isVisible()
    assert page.empty.sentence.text().startswith("Nothing here yet.")
    page.set_theme(DARK)
    assert not page.grab().isNull()
