"""Showing, scrolling, zooming, finding, and what was read."""

from typing import Any

import pytest
from article_desk import CASUALTY, CLAIM, NEWS, Desk, near
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QColor, QDragEnterEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from annotator.model.span import Span
from annotator.ui import fonts
from annotator.ui.article.finding import find
from annotator.ui.article.strip import Strip
from annotator.ui.article.view import ArticleView
from annotator.ui.theme import DARK

LONG = "\n\n".join(f"Paragraph {n} has a few words to read, and then a few more words." for n in range(300))


def scroll(desk: Desk) -> int:
    return desk.view.verticalScrollBar().value()


def test_the_packaged_fonts_are_fonts(qapp: Any) -> None:
    assert fonts.load() == ()


def test_the_view_does_not_jump_when_words_are_tagged(desk: Desk) -> None:
    desk.show(LONG)
    desk.view.reveal(desk.span("Paragraph 150"))
    desk.drag_over("Paragraph 150 has")
    place = scroll(desk)
    made = desk.annotation("claim", "Paragraph 150 has")
    desk.view.set_annotations([made])
    desk.view.clear_selection()
    desk.view.select_annotation(made.id)
    QApplication.processEvents()
    assert scroll(desk) == place
    assert desk.view.selection() == ()
    assert desk.view.look.selected == made.id


def test_the_view_does_not_jump_when_the_caret_is_far_away(desk: Desk) -> None:
    desk.show(LONG)
    desk.click("Paragraph 3")
    desk.view.verticalScrollBar().setValue(4000)
    desk.view.clear_selection()
    desk.view.set_annotations([desk.annotation("claim", "Paragraph 2")])
    assert scroll(desk) == 4000


def test_a_span_in_view_is_revealed_without_scrolling(desk: Desk) -> None:
    desk.show(LONG)
    desk.view.verticalScrollBar().setValue(500)
    desk.view.reveal(desk.span("Paragraph 12"))
    assert scroll(desk) == 500


@pytest.mark.parametrize("words", ["Paragraph 299", "Paragraph 0 ", "Paragraph 150"])
def test_a_span_far_away_is_revealed(desk: Desk, words: str) -> None:
    desk.show(LONG)
    desk.view.verticalScrollBar().setValue(3000)
    desk.view.reveal(desk.span(words))
    box = desk.view.boxes_of(desk.span(words))[0]
    assert box.top >= 0
    assert box.bottom <= desk.view.viewport().height()


def test_the_place_in_the_article_comes_back_at_another_size_of_text_and_window(desk: Desk) -> None:
    desk.show(LONG)
    desk.view.reveal(desk.span("Paragraph 150"))
    offset, pixels = desk.view.scroll_place()
    desk.view.set_text_size(20)
    desk.view.resize(600, 700)
    assert desk.view.scroll_place()[0] == offset
    desk.view.set_text_size(fonts.READING_PT)
    desk.view.resize(820, 850)
    desk.view.verticalScrollBar().setValue(0)
    desk.view.scroll_to_place(offset, pixels)
    assert desk.view.scroll_place() == (offset, pixels)


def test_a_place_beyond_a_shorter_text_is_its_end(desk: Desk) -> None:
    desk.show("short")
    desk.view.scroll_to_place(10_000, 4)
    assert scroll(desk) == 0


def test_a_place_deep_in_a_megabyte_is_reached_at_once(desk: Desk) -> None:
    text = (LONG + "\n\n") * 50
    desk.show(text)
    desk.view.scroll_to_place(900_000, 0)
    assert abs(desk.view.scroll_place()[0] - 900_000) < 100


def test_text_sizes_stay_within_reason(desk: Desk) -> None:
    for points in (1, 400):
        desk.view.set_text_size(points)
        assert fonts.SMALLEST_PT <= desk.view.text_size <= fonts.LARGEST_PT
    assert desk.heard("text_size_changed") == []


def test_another_size_or_theme_keeps_selection_and_span(desk: Desk) -> None:
    (claim,) = desk.show(NEWS, CLAIM)
    desk.view.select_annotation(claim)
    desk.drag_over("monitoring group")
    desk.said.clear()
    desk.view.set_text_size(18)
    desk.view.set_theme(DARK)
    assert desk.selected_words() == ["monitoring group"]
    assert desk.view.look.selected == claim
    assert desk.heard("selection_changed") == []


def test_another_article_starts_afresh(desk: Desk) -> None:
    (claim,) = desk.show(LONG, ("claim", "Paragraph 1 "))
    desk.view.select_annotation(claim)
    desk.drag_over("Paragraph 2 has")
    desk.view.verticalScrollBar().setValue(2000)
    desk.show(NEWS)
    assert (scroll(desk), desk.view.selection(), desk.view.look.selected) == (0, (), "")


def test_no_article_is_an_empty_page(desk: Desk) -> None:
    desk.show(NEWS, CLAIM)
    desk.view.show_article(None, "", [], desk.scheme)
    desk.picture()
    QTest.mouseClick(desk.view.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(100, 100))
    QTest.keyClick(desk.view, Qt.Key.Key_Space)
    assert desk.view.text == ""
    assert desk.view.reading.unread() == ()


def test_a_deleted_span_is_no_longer_selected(desk: Desk) -> None:
    (claim,) = desk.show(NEWS, CLAIM)
    desk.view.select_annotation(claim)
    desk.view.set_annotations([])
    assert desk.view.look.selected == ""


def test_a_label_the_scheme_lacks_is_painted_all_the_same(desk: Desk) -> None:
    desk.show(NEWS, ("unheard-of", "an air raid"))
    desk.picture()
    desk.click("raid")
    assert len(desk.heard("annotation_selected")) == 1


def test_a_span_beyond_the_text_does_no_harm(desk: Desk) -> None:
    longer = NEWS + " And more that is gone."
    desk.text = longer
    stale = desk.annotation("claim", "more that is gone")
    desk.view.show_article(None, NEWS, [stale], desk.scheme)
    desk.view.select_annotation(stale.id, reveal=True)
    desk.view.set_links([(stale.id, stale.id)])
    desk.picture()


@pytest.mark.parametrize("text", ["x" * 1_000_000, "word " * 200_000, "\n" * 20_000])
def test_absurd_texts_open_and_can_be_used(desk: Desk, text: str) -> None:
    desk.show(text)
    desk.view.reveal(Span(len(text) - 2, len(text) - 1))
    desk.picture()
    assert desk.view.scroll_place()[0] > len(text) / 2


def test_the_selected_span_is_described_for_screen_readers(desk: Desk) -> None:
    _, casualty = desk.show(NEWS, CLAIM, CASUALTY)
    assert desk.view.accessibleName() == "Article text"
    desk.view.select_annotation(casualty)
    assert desk.view.accessibleDescription() == "Casualty report: four medical workers"
    desk.view.select_annotation("")
    assert desk.view.accessibleDescription() == "No span selected"


def test_a_drop_passes_to_the_window(desk: Desk) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile("/tmp/article.txt")])
    mime.setText("words")
    event = QDragEnterEvent(
        QPoint(50, 50),
        Qt.DropAction.CopyAction,
        mime,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    QApplication.sendEvent(desk.view.viewport(), event)
    assert not desk.view.viewport().acceptDrops()
    assert not desk.view.acceptDrops()
    assert desk.view.text == ""


def test_focus_by_tab_is_seen_and_by_mouse_is_not(desk: Desk) -> None:
    desk.show(NEWS)
    edge = (2, 400)
    desk.view.clearFocus()
    desk.view.setFocus(Qt.FocusReason.TabFocusReason)
    assert near(desk.picture().pixelColor(*edge), QColor(desk.view.theme.accent), 60)
    desk.view.clearFocus()
    desk.view.setFocus(Qt.FocusReason.MouseFocusReason)
    assert near(desk.picture().pixelColor(*edge), QColor(desk.view.theme.surface))


# --- the strip


def strip_of(desk: Desk) -> Strip:
    return desk.view.findChild(Strip)


def test_the_strip_shows_where_spans_lie(desk: Desk, qtbot: Any) -> None:
    desk.show(LONG, ("claim", "Paragraph 75 "), ("casualty", "Paragraph 225 "))
    strip = strip_of(desk)

    def tick(share: float, label: str) -> bool:
        picture, ink = strip.grab().toImage(), desk.view.inks.of(label).line
        rows = range(round((share - 0.02) * strip.height()), round((share + 0.02) * strip.height()))
        return any(near(picture.pixelColor(strip.width() // 2, y), ink, 80) for y in rows)

    qtbot.waitUntil(lambda: tick(0.25, "claim") and tick(0.75, "casualty"))
    assert not tick(0.5, "claim")


def test_the_strip_is_there_when_it_is_first_painted(desk: Desk, qtbot: Any) -> None:
    view = ArticleView()
    qtbot.addWidget(view)
    desk.text = NEWS
    view.show_article(None, NEWS, [desk.annotation(*CLAIM)], desk.scheme)
    view.resize(500, 400)
    picture = view.findChild(Strip).grab().toImage()
    middle = {picture.pixelColor(picture.width() // 2, y).name() for y in range(picture.height())}
    assert len(middle) > 1


def test_a_click_on_the_strip_goes_there(desk: Desk) -> None:
    desk.show(LONG)
    strip = strip_of(desk)
    QTest.mouseClick(strip, Qt.MouseButton.LeftButton, pos=QPoint(5, strip.height() // 2))
    middle = desk.view.offset_at(QPointF(200, scroll(desk) + desk.view.viewport().height() / 2))
    assert abs(middle / len(LONG) - 0.5) < 0.02


# --- what was read


def test_paragraphs_that_were_on_the_screen_are_read(desk: Desk, qtbot: Any) -> None:
    desk.show(LONG)
    with qtbot.waitSignal(desk.view.reading_progressed):
        desk.view.verticalScrollBar().setValue(1)
    unread = desk.view.reading.unread()
    assert unread[-1] == Span(LONG.index("Paragraph 299"), len(LONG))
    assert desk.span("Paragraph 0 ").start not in {span.start for span in unread}
    assert 270 < len(unread) < 300


def test_jumping_to_the_end_leaves_the_middle_unread(desk: Desk, qtbot: Any) -> None:
    desk.show(LONG)
    desk.view.reading.look()
    desk.view.verticalScrollBar().setValue(desk.view.verticalScrollBar().maximum())
    qtbot.waitUntil(lambda: desk.view.reading.unread()[-1].stop < len(LONG))
    assert any(span.start == desk.span("Paragraph 150").start for span in desk.view.reading.unread())


def test_what_was_read_comes_back_with_the_article(desk: Desk) -> None:
    desk.show(LONG)
    desk.view.verticalScrollBar().setValue(3000)
    desk.view.reading.look()
    seen = desk.view.reading.seen
    desk.view.show_article(None, LONG, [], desk.scheme, seen)
    assert desk.view.reading.seen == seen


def test_a_short_article_is_read_when_it_is_seen(desk: Desk) -> None:
    desk.show(NEWS)
    desk.view.reading.look()
    assert desk.view.reading.unread() == ()


# --- finding


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("THE", ["The", "The"]),
        ('"the truce', ["“The truce"]),
        ("he  said", ["he\nsaid"]),
        ("it's", ["it’s"]),
        ("13-year", ["13–year"]),
        ("a.b", []),
        ("   ", []),
        ("المرصد", ["المرصد"]),
    ],
)
def test_words_are_found_as_a_reader_means_them(words: str, found: list[str]) -> None:
    text = "The group 😀 spoke. “The truce,” he\nsaid, “it’s a 13–year axb.” المرصد"
    assert [text[span.start : span.stop] for span in find(text, words)] == found
