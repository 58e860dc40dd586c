"""The gestures that are made with keys, by real events."""

from typing import Any

import pytest
from article_desk import CASUALTY, CLAIM, FIGHTERS, NEWS, Desk
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMainWindow

from annotator.ui.article.boundaries import Kind
from annotator.ui.article.edges import Step
from annotator.ui.article.keys import boundary_step, label_key

Key = Qt.Key
CTRL, ALT, SHIFT = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.ShiftModifier,
)


@pytest.mark.parametrize(
    ("key", "label"), [("1", "claim"), ("3", "casualty"), ("s", "source"), ("S", "source")]
)
def test_a_label_key_is_told_by_its_label(desk: Desk, key: str, label: str) -> None:
    desk.show(NEWS)
    desk.key(key)
    assert desk.heard("label_key") == [[label]]


def test_a_key_without_a_label_passes_on(desk: Desk) -> None:
    desk.show(NEWS)
    event = QKeyEvent(QKeyEvent.Type.KeyPress, Key.Key_9, Qt.KeyboardModifier.NoModifier, "9")
    desk.view.keyPressEvent(event)
    assert not event.isAccepted()
    assert desk.said == []


def test_digits_of_an_arabic_keyboard_are_label_keys() -> None:
    event = QKeyEvent(QKeyEvent.Type.KeyPress, Key.Key_1, Qt.KeyboardModifier.NoModifier, "١")
    assert label_key(event) == "1"


def test_a_label_key_with_ctrl_or_alt_is_none() -> None:
    for held in (CTRL, ALT):
        assert label_key(QKeyEvent(QKeyEvent.Type.KeyPress, Key.Key_1, held, "1")) == ""


def test_space_goes_through_the_spans_and_shift_space_back(desk: Desk) -> None:
    claim, casualty, last = desk.show(NEWS, CLAIM, CASUALTY, FIGHTERS)
    for _ in range(4):
        desk.key(Key.Key_Space)
    desk.key(Key.Key_Space, SHIFT)
    assert desk.heard("annotation_selected") == [[claim], [casualty], [last], [claim], [last]]


def test_space_goes_on_from_the_caret(desk: Desk) -> None:
    _, _, last = desk.show(NEWS, CLAIM, CASUALTY, FIGHTERS)
    desk.click("second")
    desk.key(Key.Key_Space)
    assert desk.heard("annotation_selected") == [[last]]


def test_space_brings_a_span_far_away_into_view(desk: Desk) -> None:
    text = "\n\n".join(f"Paragraph {n} has words." for n in range(200))
    desk.show(text, ("claim", "Paragraph 150"))
    desk.key(Key.Key_Space)
    box = desk.view.boxes_of(desk.span("Paragraph 150"))[0]
    assert 0 < box.top < desk.view.viewport().height() - 60


@pytest.mark.parametrize(
    ("key", "keys", "words"),
    [
        ("[", Qt.KeyboardModifier.NoModifier, "that an air raid killed four medical workers"),
        ("[", SHIFT, "air raid killed four medical workers"),
        ("{", Qt.KeyboardModifier.NoModifier, "air raid killed four medical workers"),
        ("]", Qt.KeyboardModifier.NoModifier, "an air raid killed four medical workers."),
        ("]", SHIFT, "an air raid killed four medical"),
        ("}", Qt.KeyboardModifier.NoModifier, "an air raid killed four medical"),
        ("[", CTRL, "t an air raid killed four medical workers"),
        ("[", CTRL | SHIFT, "n air raid killed four medical workers"),
        ("]", CTRL, "an air raid killed four medical workers."),
        ("]", CTRL | SHIFT, "an air raid killed four medical worker"),
    ],
)
def test_brackets_move_the_ends(desk: Desk, key: str, keys: Qt.KeyboardModifier, words: str) -> None:
    (claim,) = desk.show(NEWS, CLAIM)
    desk.view.select_annotation(claim)
    desk.key(key, keys)
    assert [desk.words(moved) for _, moved in desk.heard("fragments_moved")] == [[words]]


def test_brackets_move_the_outer_ends_of_fragments(desk: Desk) -> None:
    (quote,) = desk.show(NEWS, ("quote", "truce", "is not"))
    desk.view.select_annotation(quote)
    desk.key("[")
    desk.key("]")
    moved = [desk.words(fragments) for _, fragments in desk.heard("fragments_moved")]
    assert moved == [["The truce", "is not"], ["truce", "is not dead"]]


def test_a_span_of_one_word_never_becomes_empty(desk: Desk) -> None:
    (claim,) = desk.show(NEWS, ("claim", "raid"))
    desk.view.select_annotation(claim)
    for key in ("{", "}"):
        desk.key(key)
    assert desk.heard("fragments_moved") == []


def test_a_span_at_the_ends_of_the_text_says_nothing_when_it_cannot_grow(desk: Desk) -> None:
    (claim,) = desk.show("All of it", ("claim", "All of it"))
    desk.view.select_annotation(claim)
    for key in ("[", "]"):
        desk.key(key)
    assert desk.heard("fragments_moved") == []


def test_brackets_without_a_selected_span_do_nothing(desk: Desk) -> None:
    desk.show(NEWS, CLAIM)
    desk.key("[")
    assert desk.said == []


def test_altgr_that_is_told_as_ctrl_and_alt_moves_by_words() -> None:
    event = QKeyEvent(QKeyEvent.Type.KeyPress, Key.Key_BracketLeft, CTRL | ALT, "[")
    assert boundary_step(event) == Step("start", outward=True, kind=Kind.Word)


def test_enter_asks_for_the_inspector(desk: Desk) -> None:
    (claim,) = desk.show(NEWS, CLAIM)
    desk.view.select_annotation(claim)
    desk.key(Key.Key_Return)
    assert desk.heard("inspect_wanted") == [[claim]]


@pytest.mark.parametrize("key", [Key.Key_Backspace, Key.Key_Delete])
def test_backspace_and_delete_ask_for_deletion(desk: Desk, key: Qt.Key) -> None:
    (claim,) = desk.show(NEWS, CLAIM)
    desk.key(key)
    assert desk.heard("delete_wanted") == []
    desk.view.select_annotation(claim)
    desk.key(key)
    assert desk.heard("delete_wanted") == [[claim]]


def test_a_link_is_made_with_keys_alone(desk: Desk) -> None:
    source, claim, casualty, place = desk.show(
        NEWS, ("source", "The monitoring group"), CLAIM, CASUALTY, ("place", "near Aleppo")
    )
    desk.view.select_annotation(casualty)
    desk.key(Key.Key_L)
    desk.key(Key.Key_Space)
    assert desk.view.look.target == place
    desk.key(Key.Key_Space, SHIFT)
    assert desk.view.look.target == claim
    desk.key(Key.Key_Space, SHIFT)
    desk.key(Key.Key_Return)
    assert desk.heard("link_wanted") == [[casualty, source]]
    assert desk.heard("inspect_wanted") == []


def test_enter_without_a_target_links_nothing(desk: Desk) -> None:
    (claim,) = desk.show(NEWS, CLAIM)
    desk.view.begin_link(claim)
    desk.key(Key.Key_Return)
    assert desk.heard("link_wanted") == []


def test_a_link_ends_when_its_source_is_deleted_elsewhere(desk: Desk) -> None:
    (claim,) = desk.show(NEWS, CLAIM)
    desk.view.begin_link(claim)
    desk.view.set_annotations([])
    assert desk.heard("linking_changed") == [[claim], [""]]


def test_esc_backs_out_one_step_at_a_time(desk: Desk) -> None:
    (claim,) = desk.show(NEWS, CLAIM)
    desk.view.set_armed("quote")
    desk.view.select_annotation(claim)
    desk.drag_over("monitoring group")
    desk.view.begin_link()
    desk.said.clear()
    for _ in range(5):
        desk.key(Key.Key_Escape)
    said = [signal for signal, *_ in desk.said]
    assert said == ["linking_changed", "selection_changed", "annotation_selected", "disarmed", "escaped"]


def test_esc_gives_up_a_drag(desk: Desk) -> None:
    desk.show(NEWS)
    desk.view.set_armed("claim")
    desk.press(desk.point("monitoring"))
    desk.move(desk.point("said"))
    desk.key(Key.Key_Escape)
    desk.release(desk.point("said"))
    assert desk.heard("tag_wanted") == []
    assert desk.view.selection() == ()


def test_esc_gives_up_a_handle(desk: Desk) -> None:
    (claim,) = desk.show(NEWS, CLAIM)
    desk.view.select_annotation(claim)
    desk.press(desk.point("workers", 1))
    desk.move(desk.point("raid"))
    desk.key(Key.Key_Escape)
    desk.release(desk.point("raid"))
    assert desk.heard("fragments_moved") == []
    assert desk.view.look.preview is None


def test_shift_and_arrows_select_characters(desk: Desk) -> None:
    desk.show(NEWS)
    desk.click("group", share=0)
    for _ in range(3):
        desk.key(Key.Key_Right, SHIFT)
    assert desk.selected_words() == ["gro"]


def test_shift_ctrl_and_arrows_select_words_without_the_space_behind(desk: Desk) -> None:
    desk.show(NEWS)
    desk.click("monitoring", share=0)
    for _ in range(2):
        desk.key(Key.Key_Right, SHIFT | CTRL)
    assert desk.selected_words() == ["monitoring group"]


@pytest.mark.parametrize("cluster", ["👨‍👩‍👧‍👦", "e\u0301\u0327", "🇸🇾", "각"])
def test_the_caret_never_stops_inside_a_grapheme(desk: Desk, cluster: str) -> None:
    desk.show(f"x{cluster}y")
    desk.key(Key.Key_Right)
    desk.key(Key.Key_Right, SHIFT)
    assert desk.selected_words() == [cluster]


def test_words_are_selected_without_the_mouse_and_added_to_a_span(desk: Desk) -> None:
    (quote,) = desk.show(NEWS, ("quote", "truce"))
    desk.key(Key.Key_Space)
    desk.key(Key.Key_Right, CTRL)
    for _ in range(4):
        desk.key(Key.Key_Right, CTRL | SHIFT)
    assert desk.view.look.selected == quote
    assert desk.selected_words()
    words = desk.view.selection()
    desk.view.add_fragments()
    assert desk.heard("fragment_wanted") == [[quote, words[0]]]


def test_ctrl_c_copies_the_stored_characters(desk: Desk) -> None:
    desk.show("A no\u00a0break, a thin\u2009space, a soft\u00adhyphen 😀 and\nthe end")
    desk.key(Key.Key_A, CTRL)
    desk.key(Key.Key_C, CTRL)
    assert QApplication.clipboard().text() == desk.text


def test_ctrl_c_copies_the_selected_span_when_no_words_are_selected(desk: Desk) -> None:
    (quote,) = desk.show(NEWS, ("quote", "The truce", "is not dead"))
    desk.view.select_annotation(quote)
    desk.key(Key.Key_C, CTRL)
    assert QApplication.clipboard().text() == "The truce … is not dead"


def test_qts_own_copy_copies_the_stored_characters_as_plain_text_only(desk: Desk) -> None:
    desk.show("no\u00a0break")
    desk.key(Key.Key_A, CTRL)
    mime = desk.view.createMimeDataFromSelection()
    assert mime.text() == "no\u00a0break"
    assert mime.formats() == ["text/plain"]


@pytest.mark.parametrize(("key", "steps"), [("+", 1), ("=", 1), ("-", -1)])
def test_ctrl_plus_and_minus_set_the_text_larger_and_smaller(desk: Desk, key: str, steps: int) -> None:
    desk.show(NEWS)
    before = desk.view.text_size
    desk.key(key, CTRL)
    assert desk.heard("text_size_changed") == [[before + steps]]


@pytest.mark.parametrize(
    ("shortcut", "key", "keys"),
    [
        ("Ctrl+Z", Key.Key_Z, CTRL),
        ("Ctrl+Shift+Z", Key.Key_Z, CTRL | SHIFT),
        ("Ctrl+Y", Key.Key_Y, CTRL),
        ("Ctrl+F", Key.Key_F, CTRL),
        ("Ctrl+K", Key.Key_K, CTRL),
        ("Ctrl+Return", Key.Key_Return, CTRL),
        ("Alt+Down", Key.Key_Down, ALT),
        ("F1", Key.Key_F1, Qt.KeyboardModifier.NoModifier),
        ("?", Key.Key_Question, Qt.KeyboardModifier.NoModifier),
    ],
)
def test_the_windows_shortcuts_reach_the_window(
    desk: Desk, qtbot: Any, shortcut: str, key: Qt.Key, keys: Qt.KeyboardModifier
) -> None:
    window = QMainWindow()
    qtbot.addWidget(window)
    window.setCentralWidget(desk.view)
    action = QAction("Do it", window, shortcut=QKeySequence(shortcut))
    window.addAction(action)
    with qtbot.waitExposed(window):
        window.show()
    window.activateWindow()
    desk.show(NEWS, CLAIM)
    desk.view.setFocus()
    with qtbot.waitSignal(action.triggered, timeout=1000):
        QTest.keyClick(desk.view, key, keys)
    window.takeCentralWidget()


def test_tab_leaves_the_article(desk: Desk) -> None:
    desk.show(NEWS)
    assert desk.view.tabChangesFocus()
