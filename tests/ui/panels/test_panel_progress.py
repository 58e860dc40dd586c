"""The Progress page: everybody's counts, and whose articles stand where."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QSignalSpy, QTest

from annotator.model.span import Span
from annotator.services import articles, progress, tagging
from annotator.ui.models.standings import FIRST_LABEL, NAME, SHARE, SPANS
from annotator.ui.pages.progress import ProgressPage
from annotator.ui.theme import DARK, LIGHT


@pytest.fixture
def wire(project, session) -> list[str]:
    made = [
        articles.add(project, actor="Ada", raw=f"Report {i} text", title=f"Report {i}").id for i in range(4)
    ]
    tagging.tag(project, actor="Ada", article=made[0], label="claim", spans=[Span(0, 6)])
    tagging.tag(project, actor="Ben", article=made[0], label="quote", spans=[Span(0, 6)])
    tagging.tag(project, actor="Ben", article=made[1], label="place", spans=[Span(0, 6)])
    progress.mark(project, actor="Ada", article=made[1], state="done")
    progress.mark(project, actor="Ben", article=made[2], state="skipped")
    session.publish()
    session.open_article(made[0])
    return made


@pytest.fixture
def page(session, wire, shown) -> ProgressPage:
    return shown(ProgressPage(session, LIGHT), 1100, 700)


def cells(page, row: int) -> list[str]:
    return [page.people.index(row, column).data() for column in range(page.people.columnCount())]


def heads(page) -> list[str]:
    horizontal = Qt.Orientation.Horizontal
    return [page.people.headerData(column, horizontal) for column in range(page.people.columnCount())]


def test_each_annotator_has_a_row_that_adds_up(page):
    assert heads(page)[: SPANS + 1] == [
        "Annotator",
        "Articles",
        "Done",
        "Reading",
        "To do",
        "Skipped",
        "Spans",
    ]
    assert cells(page, 0)[: SPANS + 1] == ["Ada (you)", "1 of 4", "1", "1", "2", "0", "1"]
    assert cells(page, 1)[: SPANS + 1] == ["Ben", "1 of 4", "0", "2", "1", "1", "2"]


def test_labels_have_columns_and_unused_helper_labels_have_none(page):
    assert heads(page)[FIRST_LABEL:] == ["Claim", "Quote", "Casualty report", "Place"]
    assert cells(page, 1)[FIRST_LABEL:] == ["0", "1", "0", "1"]


def test_the_articles_are_those_of_the_row_chosen(page):
    assert page.whose.text() == "Your articles"
    page.table.setFocus()
    QTest.keyClick(page.table, Qt.Key.Key_Down)
    assert page.whose.text() == "Ben’s articles"
    assert [chip.words for chip in page.chips.values()] == [
        "All 4",
        "Done 0",
        "Reading 2",
        "To do 1",
        "Skipped 1",
    ]


def test_chips_show_one_state(page, click):
    click(page.chips["done"])
    assert [page.articles.row(i).title for i in range(page.articles.rowCount())] == ["Report 1"]


def test_an_article_is_opened_in_the_layer_of_the_row(page, session, wire, qtbot):
    page.table.setCurrentIndex(page.people.index(1, NAME))
    wanted = QSignalSpy(session.command_wanted)
    rect = page.list.visualRect(page.articles.index(2))
    qtbot.mouseClick(page.list.viewport(), Qt.MouseButton.LeftButton, pos=rect.center())
    assert (session.article.id, session.layer) == (wire[2], "Ben")
    assert wanted.at(0) == ["page-annotate"]


def test_counts_follow_while_shown_and_when_shown_again(page, session, wire):
    session.do(progress.mark, article=wire[3], state="done")
    assert page.people.index(0, SHARE).data() == "2 of 4"
    page.hide()
    session.do(progress.mark, article=wire[2], state="skipped")
    page.show()
    assert page.people.index(0, SHARE).data() == "3 of 4"


def test_nobody_yet_is_said(project, home, shown):
    from annotator.ui.session import Session

    session = Session(home)
    session.use(project)
    page = shown(ProgressPage(session, DARK), 1000, 600)
    assert page.empty.sentence.text() == "Nobody has marked anything yet."
    assert page.empty.isVisible()
    assert not page.table.isVisible()
    session.close()


@pytest.mark.parametrize("theme", [LIGHT, DARK])
def test_it_can_be_painted_in_a_small_window(page, theme):
    page.set_theme(theme)
    page.resize(980, 560)
    assert not page.grab().isNull()
