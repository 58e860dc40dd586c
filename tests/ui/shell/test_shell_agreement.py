"""The Agreement page in the window: its tab, its guide, and the way to an article and back."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from annotator import resources
from annotator.services.agreement import MEASURES
from annotator.ui.models.articles import Filter
from annotator.ui.pages.agreement.rows import ROW_ROLE
from annotator.ui.pages.agreement.wording import guide_page
from annotator.ui.pages.table import page_row

Key = Qt.Key


@pytest.fixture
def page(window, qtbot):
    """The Agreement page on the sample, which two invented annotators have marked."""
    window.run("page-agreement")
    page = window._built["agreement"]
    qtbot.waitUntil(lambda: not page.is_busy, timeout=20_000)
    return page


def test_the_sample_has_something_to_compare(window, page):
    assert window.header._by_page["agreement"].isChecked()
    assert page.figures.head.text().endswith("on 1 article")
    values = [cell.share for row in page.figures.measures.spans.view.grid.cells for cell in row]
    assert any(value is not None for value in values)
    assert page.figures.measures.spans.view.hasFocus()


def test_each_measure_leads_to_its_page_of_the_guide(window, page):
    for measure in MEASURES:
        page.figures.measures.spans.guide_wanted.emit(measure)
        guide = window._overlays["guide"]
        assert guide.isVisible()
        assert guide.texts[guide_page(measure)].startswith("# ")
        assert guide.contents.currentItem().data(Qt.ItemDataRole.UserRole) == guide_page(measure)
        guide.hide()


def test_a_passage_is_gone_to_and_come_back_from(window, page, qtbot):
    QTest.keyClick(page.figures.measures.spans.view, Key.Key_Return)
    qtbot.waitUntil(lambda: not page.is_busy and page.passages.list.hasFocus(), timeout=20_000)
    row = page.passages.list.currentIndex().data(ROW_ROLE)
    QTest.keyClick(page.passages.list, Key.Key_Return)
    assert window.page == ("review" if page_row("review") else "annotate")
    assert window.session.selected == row.passage.annotations[0]
    window.run("page-agreement")
    assert page.passages.list.hasFocus()
    assert page.passages.list.currentIndex().data(ROW_ROLE) == row
    QTest.keyClick(page.passages.list, Key.Key_Escape)
    assert page.figures.measures.spans.view.hasFocus()


@pytest.mark.parametrize("tabs", range(1, 9))
def test_escape_leaves_the_passages_wherever_on_the_page_the_keyboard_is(window, page, qtbot, tabs):
    QTest.keyClick(page.figures.measures.spans.view, Key.Key_Return)
    qtbot.waitUntil(lambda: not page.is_busy and page.passages.list.hasFocus(), timeout=20_000)
    for _ in range(tabs):
        QTest.keyClick(QApplication.focusWidget(), Key.Key_Backtab, Qt.KeyboardModifier.ShiftModifier)
    assert page.isAncestorOf(QApplication.focusWidget())
    QTest.keyClick(QApplication.focusWidget(), Key.Key_Escape)
    assert page.right.currentWidget() is page.figures
    assert page.figures.measures.spans.view.hasFocus()


def test_the_arrows_go_from_measure_to_measure(window, page):
    chips = list(page.figures.measures.chips.values())
    chips[0].setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(chips[0], Key.Key_Right)
    assert chips[1].hasFocus()
    QTest.keyClick(chips[1], Key.Key_Space)
    assert page.figures.measures.spans.frame.title.text() == MEASURES["exact-f1"]


def test_the_list_as_it_is_filtered_is_what_is_compared(window, page, qtbot):
    articles = window.article_page.articles
    articles.filters.choose(Filter(state="skipped"))
    assert window.session.listed() == ()
    window.run("page-annotate")
    window.run("page-agreement")
    assert page.choices.listed.text() == "The filtered list (0 articles)"
    QTest.mouseClick(page.choices.listed, Qt.MouseButton.LeftButton, pos=page.choices.listed.rect().center())
    qtbot.waitUntil(lambda: page.figures.head.text().endswith("on 0 articles"), timeout=20_000)
    assert all(cell.reason for row in page.figures.measures.spans.view.grid.cells for cell in row)
    articles.filters.choose(Filter())
    assert window.session.listed() is None


def test_the_guide_tells_of_the_page():
    words = resources.path("guide", "agreement-page.md").read_text(encoding="utf-8")
    for name in ("Confusion", "Over time", "SVG", "PNG", "CSV", "Esc"):
        assert name in words
