"""The Review page in the window: how it is reached, what is remembered, what the bars say."""

from collections import Counter

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from shell_steps import nameless

from annotator.ui.keysheet import groups

Key, Mod = Qt.Key, Qt.KeyboardModifier


@pytest.fixture
def page(window):
    """The Review page on the sample, which two invented annotators have read."""
    window.run("page-review")
    assert window.page == "review"
    return window.review_page


def press(page, *keys):
    for key in keys:
        QTest.keyClick(page.view, key)


def test_the_sample_has_something_to_review(window, page):
    assert window.header._by_page["review"].isChecked()
    assert page.view.hasFocus()
    assert page.panel.heading.text().startswith("Disagreement 1 of ")
    assert "Adjudicating into “gold”" in window.status.counts.text()
    assert "J K next, previous" in window.status.hints.text()
    assert nameless(page) == []


def test_decisions_are_counted_in_the_status_bar_and_undone_by_the_window(window, page):
    press(page, Key.Key_Return)
    assert "  ·  1 of " in window.status.counts.text()
    QTest.keyClick(window, Key.Key_Z, Mod.ControlModifier)
    assert window.session.project.rulings() == ()
    press(page, Key.Key_Return, Key.Key_U)
    assert window.session.project.rulings() == ()
    window.run("page-annotate")
    assert "Adjudicating" not in window.status.counts.text()


def test_every_key_of_the_sheet_does_what_it_says(window, page):
    listed = dict(groups(window.context))["Review"]
    assert {keys for keys, _ in listed} >= {("1", "2", "3"), ("Enter",), ("E",), ("0",), ("J",), ("K",)}
    window.run("reject-versions")
    assert len(window.session.project.rulings()) == 1
    window.run("undo-decision")
    window.run("edit-version")
    assert page.review.draft is not None
    window.run("accept-version")
    assert page.review.draft is None
    assert len(window.session.project.rulings()) == 1
    window.run("accept-agreed")
    assert page.agreed.isVisible()


def test_commands_of_the_page_do_nothing_elsewhere(window, page):
    window.run("page-annotate")
    window.run("accept-version")
    assert window.session.project.rulings() == ()


def test_hidden_names_are_remembered(desk, window, page):
    window.run("hide-names")
    assert page.review.names_hidden
    again = desk.again()
    again.run("page-review")
    assert again.review_page.review.names_hidden
    assert [voice.name for voice in again.review_page.review.voices] == ["Annotator A", "Annotator B"]


def test_the_bar_at_the_top_names_nobody_whose_work_is_compared(window, page):
    window.session.show_layer(window.session.project.layers()[0])
    window.run("hide-names")
    assert window.header.person.text().strip() == "Ada"
    window.run("page-annotate")
    assert window.header.person.text().strip() != "Ada"


def test_text_size_and_widths_are_those_of_both_pages(desk, window, page):
    before = page.view.text_size
    window.run("larger")
    assert page.view.text_size == before + 1
    window.run("page-annotate")
    assert window.article_page.view.text_size == before + 1
    page.splitter.setSizes([300, 700, 440])
    widths = page.splitter.sizes()
    again = desk.again()
    again.run("page-review")
    assert again.review_page.splitter.sizes() == pytest.approx(widths, abs=3)


def test_next_article_and_search_stay_on_the_page(window, page):
    window.run("next-article")
    assert window.page == "review"
    window.run("find-everywhere")
    assert window.page == "review"
    assert page.articles.search.hasFocus()
    window.run("find")
    assert window.page == "annotate"


def test_the_theme_can_be_switched_while_the_page_is_shown(window, page):
    light = ground(page)
    window.run("theme-dark")
    assert ground(page) < 80 < light


def ground(page) -> int:
    """Return how light most of the page is."""
    picture = page.grab().toImage()
    shades = Counter(picture.pixelColor(x, 700).lightness() for x in range(picture.width()))
    return shades.most_common(1)[0][0]
