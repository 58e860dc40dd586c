"""The Review page in the window: how it is reached, what is remembered, what the bars say."""

from collections import Counter

import pytest
from PySide6.QtCore import QPoint, Qt
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


def test_text_size_is_that_of_both_pages(window, page):
    before = page.view.text_size
    window.run("larger")
    assert page.view.text_size == before + 1
    window.run("page-annotate")
    assert window.article_page.view.text_size == before + 1


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


def test_the_keys_named_at_the_foot_are_those_of_the_edit_while_there_is_one(window, page):
    usual = window.status.hints.text()
    press(page, Key.Key_E)
    assert window.status.hints.text() == "1 2 3 label  ·  [ ] ends  ·  E values  ·  ↵ accept  ·  Esc back"
    window.run("page-annotate")
    assert "attributes" in window.status.hints.text()
    window.run("page-review")
    assert window.status.hints.text().endswith("Esc back")
    press(page, Key.Key_Escape)
    assert window.status.hints.text() == usual
    QTest.mouseClick(page.legend.chips[0], Qt.MouseButton.LeftButton)
    assert window.status.hints.text() == "1 2 3 choose  ·  J K next, previous"
    QTest.mouseClick(page.legend.chips[0], Qt.MouseButton.LeftButton)
    assert window.status.hints.text() == usual


def test_a_key_that_decides_says_why_nothing_is_decided(window, page):
    QTest.mouseClick(page.legend.chips[0], Qt.MouseButton.LeftButton)
    for key in (Key.Key_Return, Key.Key_E, Key.Key_0):
        window.status.say("")
        press(page, key)
        assert "fewer than two annotators are compared" in window.status.counts.text()
    assert window.session.project.rulings() == ()


def drag_right_panel(parts, pixels):
    """Draw the edge of the panel at the right by the mouse."""
    handle = parts.handle(2)
    middle = handle.rect().center()
    QTest.mousePress(handle, Qt.MouseButton.LeftButton, Mod.NoModifier, middle)
    QTest.mouseMove(handle, middle - QPoint(pixels, 0))
    QTest.mouseRelease(handle, Qt.MouseButton.LeftButton, Mod.NoModifier, middle - QPoint(pixels, 0))


def right_panel(parts):
    """Return where the panel at the right begins, its width, and its colour at the lower left."""
    panel = parts.widget(2)
    picture = parts.window().grab().toImage()
    at = panel.mapTo(parts.window(), QPoint(4, panel.height() - 4)) * picture.devicePixelRatio()
    return panel.x(), panel.width(), picture.pixelColor(at).name()


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("size", [(1440, 900), (1024, 700)])
def test_the_panel_at_the_right_is_as_wide_and_as_bright_as_on_the_annotate_page(desk, home, size, theme):
    window = desk.open()
    window.resize(*size)
    window.context.appearance.choose(theme)
    window.hint.close_notice()
    annotate = window.article_page.parts
    before = right_panel(annotate)
    window.run("page-review")
    assert right_panel(window.review_page.parts) == before
    drag_right_panel(window.review_page.parts, 40)
    x, width, _ = right_panel(window.review_page.parts)
    assert width > before[1] + 30
    window.run("page-annotate")
    assert right_panel(annotate)[:2] == (x, width)


def test_how_wide_the_panels_were_drawn_is_remembered(desk):
    window = desk.open()
    window.run("page-review")
    drag_right_panel(window.review_page.parts, 40)
    widths = window.review_page.parts.sizes()
    window = desk.again()
    assert window.article_page.parts.sizes() == pytest.approx(widths, abs=3)
    window.run("page-review")
    assert window.review_page.parts.sizes() == pytest.approx(widths, abs=3)
