"""The gestures that are made with the mouse, by real events."""

from typing import Any

import pytest
from article_desk import CASUALTY, CLAIM, NEWS, Desk
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from annotator.model.span import Span

CTRL, ALT, SHIFT = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.ShiftModifier,
)
LEFT = Qt.MouseButton.LeftButton


def test_a_drag_snaps_to_whole_words(desk: Desk) -> None:
    desk.show(NEWS)
    desk.drag_over("monitoring group said")
    assert desk.selected_words() == ["monitoring group said"]


def test_a_drag_backwards_snaps_to_whole_words(desk: Desk) -> None:
    desk.show(NEWS)
    desk.drag(desk.point("said", 0.3), desk.point("monitoring", 0.7))
    assert desk.selected_words() == ["monitoring group said"]


def test_the_selection_snaps_while_it_is_dragged(desk: Desk) -> None:
    desk.show(NEWS)
    desk.press(desk.point("monitoring", 0.5))
    desk.move(desk.point("group", 0.5))
    assert desk.selected_words() == ["monitoring group"]
    desk.move(desk.point("said", 0.5))
    assert desk.selected_words() == ["monitoring group said"]


def test_alt_selects_exact_characters(desk: Desk) -> None:
    desk.show(NEWS)
    desk.drag(desk.point("toring", 0), desk.point("group s", 1), ALT)
    assert desk.selected_words() == ["toring group s"]


def test_a_drag_over_two_paragraphs_selects_both(desk: Desk) -> None:
    desk.show(NEWS)
    desk.drag(desk.point("not"), desk.point("second"))
    assert desk.selected_words() == ['not dead."\n\nA second']


def test_a_drag_over_white_space_selects_nothing(desk: Desk) -> None:
    desk.show("a          b")
    desk.drag(desk.point("a") + QPoint(12, 0), desk.point("b") - QPoint(12, 0))
    assert desk.view.selection() == ()


def test_a_shaky_click_is_not_a_drag(desk: Desk) -> None:
    desk.show(NEWS)
    at = desk.point("group")
    desk.press(at)
    desk.move(at + QPoint(2, 1))
    desk.release(at + QPoint(2, 1))
    assert desk.view.selection() == ()


@pytest.mark.parametrize(
    ("text", "first", "last", "words"),
    [
        ("see 👨‍👩‍👧‍👦 there", "👨‍👩‍👧‍👦", "👨‍👩‍👧‍👦", ["👨‍👩‍👧‍👦"]),
        ("a cafe\u0301 here", "cafe\u0301", "cafe\u0301", ["cafe\u0301"]),
        ("the group قال المرصد السوري said", "قال", "المرصد", ["قال المرصد"]),
        ("قال المرصد in Aleppo يوم الأربعاء", "Aleppo", "يوم", ["Aleppo يوم"]),
        ("𝐁old 𝐀strals before the words", "the", "words", ["the words"]),
    ],
)
def test_drags_over_any_script_select_whole_words(
    desk: Desk, text: str, first: str, last: str, words: list[str]
) -> None:
    desk.show(text)
    desk.drag(desk.point(first, 0.2), desk.point(last, 0.8))
    assert desk.selected_words() == words


@pytest.mark.parametrize("text", ["x 👨‍👩‍👧‍👦 y", "x e\u0301\u0327 y", "x 🇸🇾 y", "x 각 y"])
def test_alt_never_splits_a_grapheme(desk: Desk, text: str) -> None:
    desk.show(text)
    desk.drag(desk.point("x", 0.1), desk.point(text[2:-2], 0.6), ALT)
    assert desk.selected_words() in ([text[:-2]], ["x"])


def test_a_double_click_selects_the_word(desk: Desk) -> None:
    desk.show(NEWS)
    QTest.mouseDClick(desk.view.viewport(), LEFT, Qt.KeyboardModifier.NoModifier, desk.point("medical"))
    assert desk.selected_words() == ["medical"]


def test_a_triple_click_selects_the_sentence(desk: Desk) -> None:
    desk.show(NEWS)
    at = desk.point("medical")
    QTest.mouseDClick(desk.view.viewport(), LEFT, Qt.KeyboardModifier.NoModifier, at)
    QTest.mousePress(desk.view.viewport(), LEFT, Qt.KeyboardModifier.NoModifier, at)
    desk.release(at)
    assert desk.selected_words() == [NEWS[: NEWS.index(' "The truce')]]


def test_a_double_click_elsewhere_is_no_triple_click(desk: Desk) -> None:
    desk.show(NEWS)
    QTest.mouseDClick(desk.view.viewport(), LEFT, Qt.KeyboardModifier.NoModifier, desk.point("medical"))
    desk.click("second")
    assert desk.view.selection() == ()


def test_shift_click_extends_the_selection(desk: Desk) -> None:
    desk.show(NEWS)
    desk.click("monitoring", share=0.1)
    desk.click("said", SHIFT)
    assert desk.selected_words() == ["monitoring group said"]


def test_a_click_selects_the_smallest_span_then_cycles_outward_and_round(desk: Desk) -> None:
    claim, casualty = desk.show(NEWS, CLAIM, CASUALTY)
    for _ in range(4):
        desk.click("medical")
    assert desk.heard("annotation_selected") == [[casualty], [claim], [casualty], [claim]]


def test_a_click_inside_a_span_selected_by_key_selects_the_smallest(desk: Desk) -> None:
    claim, casualty = desk.show(NEWS, CLAIM, CASUALTY)
    desk.view.select_annotation(claim)
    desk.click("medical")
    assert desk.heard("annotation_selected") == [[casualty]]


def test_identical_spans_are_reached_one_after_the_other(desk: Desk) -> None:
    ids = desk.show(NEWS, CASUALTY, ("claim", CASUALTY[1]), ("quote", CASUALTY[1]))
    for _ in range(4):
        desk.click("medical")
    chosen = [arguments[0] for arguments in desk.heard("annotation_selected")]
    assert sorted(chosen[:3]) == sorted(ids)
    assert chosen[3] == chosen[0]


def test_crossing_spans_are_each_selected_by_a_click(desk: Desk) -> None:
    left, right = desk.show(NEWS, ("claim", "group said that an air"), ("quote", "that an air raid killed"))
    desk.click("group")
    desk.click("raid")
    assert desk.heard("annotation_selected") == [[left], [right]]


def test_a_click_between_fragments_selects_nothing(desk: Desk) -> None:
    (quote,) = desk.show(NEWS, ("quote", '"The truce,"', '"is not dead."'))
    desk.click("he said")
    assert desk.heard("annotation_selected") == []
    desk.click("is not")
    assert desk.heard("annotation_selected") == [[quote]]


def test_a_click_on_an_underline_selects_its_span(desk: Desk) -> None:
    (claim,) = desk.show(NEWS, CLAIM)
    below = QPoint(0, round(desk.view.setting.gap + 8))
    QTest.mouseClick(desk.view.viewport(), LEFT, pos=desk.point("raid") + below)
    assert desk.heard("annotation_selected") == [[claim]]


def test_a_click_beside_the_text_deselects(desk: Desk) -> None:
    (claim,) = desk.show(NEWS, CLAIM)
    desk.view.select_annotation(claim)
    desk.drag_over("monitoring group")
    QTest.mouseClick(desk.view.viewport(), LEFT, pos=QPoint(5, 700))
    assert desk.heard("annotation_selected") == [[""]]
    assert desk.view.selection() == ()


def test_a_selected_span_stays_selected_while_words_are_dragged_over(desk: Desk) -> None:
    (claim,) = desk.show(NEWS, CLAIM)
    desk.view.select_annotation(claim)
    desk.drag_over("monitoring group")
    assert desk.heard("annotation_selected") == []
    assert desk.selected_words() == ["monitoring group"]


def test_ctrl_drag_adds_a_fragment_to_the_selected_span(desk: Desk) -> None:
    (quote,) = desk.show(NEWS, ("quote", '"The truce,"'))
    desk.view.select_annotation(quote)
    desk.drag_over("is not dead", CTRL)
    assert desk.heard("fragment_wanted") == [[quote, desk.span("is not dead")]]
    assert desk.view.selection() == ()


def test_ctrl_click_on_a_selection_adds_it_to_the_selected_span(desk: Desk) -> None:
    (quote,) = desk.show(NEWS, ("quote", '"The truce,"'))
    desk.view.select_annotation(quote)
    desk.drag_over("is not dead")
    desk.click("not", CTRL)
    assert desk.heard("fragment_wanted") == [[quote, desk.span("is not dead")]]


def test_ctrl_drag_without_a_span_selects_words_in_several_places(desk: Desk) -> None:
    desk.show(NEWS)
    desk.drag_over("The truce")
    desk.drag_over("is not dead", CTRL)
    assert desk.selected_words() == ["The truce", "is not dead"]
    desk.click("monitoring")
    assert desk.view.selection() == ()


def test_every_drag_tags_while_a_label_is_armed(desk: Desk) -> None:
    desk.show(NEWS)
    desk.view.set_armed("claim")
    desk.drag_over("monitoring group")
    desk.view.clear_selection()
    desk.drag_over("nine opposition fighters")
    assert desk.heard("tag_wanted") == [
        [(desk.span("monitoring group"),), "claim"],
        [(desk.span("nine opposition fighters"),), "claim"],
    ]


def test_a_click_while_armed_tags_nothing(desk: Desk) -> None:
    desk.show(NEWS)
    desk.view.set_armed("claim")
    desk.click("group")
    assert desk.heard("tag_wanted") == []


@pytest.mark.parametrize(
    ("side", "to", "words"),
    [
        ("start", "said", "said that an air raid killed four medical workers"),
        ("start", "raid", "raid killed four medical workers"),
        ("stop", "truce", 'an air raid killed four medical workers. "The truce'),
        ("stop", "killed", "an air raid killed"),
    ],
)
def test_a_handle_moves_one_end_by_whole_words(desk: Desk, side: str, to: str, words: str) -> None:
    (claim,) = desk.show(NEWS, CLAIM)
    desk.view.select_annotation(claim)
    at = desk.point(CLAIM[1], 0) if side == "start" else desk.point("workers", 1)
    desk.drag(at, desk.point(to))
    assert desk.heard("fragments_moved") == [[claim, (desk.span(words),)]]


def test_alt_moves_a_handle_by_characters(desk: Desk) -> None:
    (claim,) = desk.show(NEWS, CLAIM)
    desk.view.select_annotation(claim)
    desk.drag(desk.point("workers", 1), desk.point("medi", 1), ALT)
    assert desk.heard("fragments_moved") == [[claim, (desk.span("an air raid killed four medi"),)]]


def test_a_dragged_handle_shows_where_the_span_would_lie_and_speaks_once(desk: Desk) -> None:
    (claim,) = desk.show(NEWS, CLAIM)
    desk.view.select_annotation(claim)
    desk.press(desk.point("workers", 1))
    desk.move(desk.point("raid"))
    desk.move(desk.point("killed"))
    assert desk.words(desk.view.look.preview) == ["an air raid killed"]
    assert desk.heard("fragments_moved") == []
    desk.release(desk.point("killed"))
    assert len(desk.heard("fragments_moved")) == 1
    assert desk.view.look.preview is None


def test_a_handle_dragged_across_the_other_end_moves_nothing(desk: Desk) -> None:
    (claim,) = desk.show(NEWS, CLAIM)
    desk.view.select_annotation(claim)
    desk.drag(desk.point("workers", 1), desk.point("monitoring"))
    assert desk.heard("fragments_moved") == []


def test_a_handle_dragged_and_brought_back_says_nothing(desk: Desk) -> None:
    (claim,) = desk.show(NEWS, CLAIM)
    desk.view.select_annotation(claim)
    end = desk.point("workers", 1)
    desk.press(end)
    desk.move(desk.point("raid"))
    desk.move(end)
    desk.release(end)
    assert desk.heard("fragments_moved") == []


def test_fragments_whose_handles_meet_are_joined(desk: Desk) -> None:
    (quote,) = desk.show(NEWS, ("quote", "The truce", "is not dead"))
    desk.view.select_annotation(quote)
    desk.drag(desk.point("truce", 1), desk.point("not"))
    assert desk.heard("fragments_moved") == [[quote, (desk.span('The truce," he said, "is not dead'),)]]


def test_the_handles_of_an_arabic_span_stand_at_its_right_and_left(desk: Desk) -> None:
    (claim,) = desk.show("قال المرصد السوري لحقوق الإنسان", ("claim", "المرصد السوري"))
    desk.view.select_annotation(claim)
    desk.drag(desk.point("السوري", 1), desk.point("لحقوق"))
    assert desk.heard("fragments_moved") == [[claim, (desk.span("المرصد السوري لحقوق"),)]]


def test_the_label_under_the_mouse_is_told(desk: Desk) -> None:
    desk.show(NEWS, CLAIM, CASUALTY)
    for words in ("raid", "medical", "monitoring"):
        desk.move(desk.point(words), held=False)
    assert desk.heard("hovered_label") == [["claim"], ["casualty"], [""]]


def test_a_link_goes_to_the_span_that_is_clicked(desk: Desk) -> None:
    casualty, source = desk.show(NEWS, CASUALTY, ("source", "The monitoring group"))
    desk.view.select_annotation(casualty)
    desk.view.begin_link()
    desk.click("monitoring")
    assert desk.heard("link_wanted") == [[casualty, source]]
    assert desk.heard("linking_changed") == [[casualty], [""]]


def test_a_link_passes_over_spans_it_may_not_go_to(desk: Desk) -> None:
    source, claim, place = desk.show(
        NEWS, ("source", "The monitoring group"), CLAIM, ("place", "medical workers")
    )
    desk.view.begin_link(claim)
    desk.click("medical")
    assert desk.heard("link_wanted") == [[claim, place]]
    desk.view.begin_link(source)
    desk.click("medical")
    assert len(desk.heard("link_wanted")) == 1
    assert desk.view.look.linking == source


def test_the_right_button_changes_nothing(desk: Desk) -> None:
    desk.show(NEWS, CLAIM)
    desk.move(desk.point("raid"), held=False)
    desk.said.clear()
    QTest.mouseClick(desk.view.viewport(), Qt.MouseButton.RightButton, pos=desk.point("raid"))
    assert desk.said == []


def test_a_drag_beyond_the_edge_scrolls_on(desk: Desk, qtbot: Any) -> None:
    desk.show("\n\n".join(f"Paragraph {n} has some words to read." for n in range(80)))
    desk.press(desk.point("Paragraph 3"))
    outside = QPoint(200, desk.view.viewport().height() + 60)
    desk.move(outside)
    qtbot.waitUntil(lambda: desk.view.verticalScrollBar().value() > 200)
    desk.release(outside)
    rest = desk.view.verticalScrollBar().value()
    assert not desk.view._drift.isActive()
    assert desk.view.selection()[0].stop > desk.span("Paragraph 20").start
    assert rest == desk.view.verticalScrollBar().value()


def test_ctrl_and_the_wheel_set_the_text_larger_and_smaller(desk: Desk) -> None:
    desk.show(NEWS)
    before = desk.view.text_size
    for turn in (120, -120, -120):
        turn_wheel(desk, turn, CTRL)
    assert desk.heard("text_size_changed") == [[before + 1], [before], [before - 1]]


def turn_wheel(desk: Desk, turn: int, keys: Qt.KeyboardModifier) -> None:
    viewport = desk.view.viewport()
    at = QPointF(100, 100)
    event = QWheelEvent(
        at,
        viewport.mapToGlobal(at),
        QPoint(),
        QPoint(0, turn),
        Qt.MouseButton.NoButton,
        keys,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(viewport, event)


def test_spans_are_offsets_of_the_stored_text(desk: Desk) -> None:
    desk.show("😀 no\u00a0break 😀 here")
    desk.drag_over("here")
    assert desk.view.selection() == (Span(13, 17),)
