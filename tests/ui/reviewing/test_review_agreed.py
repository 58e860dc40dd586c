"""Accepting what agrees, by a rule, as one change."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from annotator.services import articles, progress
from annotator.services.undoing import UndoStacks

Key = Qt.Key


@pytest.fixture
def bar(desk):
    """The bar, opened by its key."""
    desk.key(Key.Key_A)
    assert desk.page.agreed.isVisible()
    return desk.page.agreed


def wait_for(desk, words: str) -> None:
    desk.qtbot.waitUntil(lambda: desk.page.agreed.count.text() == words)


def test_it_is_said_how_many_would_be_accepted_before_they_are(desk, bar):
    wait_for(desk, "Accepts 2 spans")
    assert bar.accept.text() == "Accept 2 spans"
    assert desk.gold() == []


def test_what_all_say_is_accepted_as_one_change(desk, bar):
    wait_for(desk, "Accepts 2 spans")
    desk.click(bar.accept)
    assert len(desk.gold()) == 2
    assert {a.origin for a in desk.project.annotations(desk.article, "gold")} == {"gold: unanimous"}
    assert UndoStacks(desk.project, "Eve").next_undo().words == "accept 2 spans into gold by rule"
    wait_for(desk, "Nothing left that the rule decides")
    assert not bar.accept.isEnabled()
    desk.session.undo()
    assert desk.gold() == []
    wait_for(desk, "Accepts 2 spans")


def test_a_majority_decides_more(desk, bar):
    desk.click(bar.rules["majority"])
    desk.qtbot.waitUntil(lambda: bar.plan is not None)
    more = bar.plan.accepted
    assert more > 2
    desk.click(bar.accept)
    assert len(desk.gold()) == more
    assert "gold: majority" in {a.origin for a in desk.project.annotations(desk.article, "gold")}


def test_one_annotator_can_be_followed(desk, bar):
    desk.click(bar.rules["first"])
    bar.first.setCurrentIndex(bar.first.findData("Ben"))
    bar.first.activated.emit(bar.first.currentIndex())
    wait_for(desk, "Accepts 8 spans, rejects 3 cases, marks 1 article as done in gold")
    desk.click(bar.accept)
    assert len(desk.gold()) == 8
    assert desk.page.status().endswith("9 of 9 resolved")


def test_all_articles_are_decided_as_one_change(desk, bar, ids):
    desk.click(bar.all)
    assert bar.all.words == "All 2 articles"
    wait_for(desk, "Accepts 4 spans")
    desk.click(bar.accept)
    desk.qtbot.waitUntil(lambda: len(desk.gold()) == 2)
    assert len(desk.project.annotations(ids[1], "gold")) == 2
    assert [change.action for change in desk.project.changes(1)] == ["accept 4 spans into gold by rule"]
    desk.session.undo()
    assert [desk.project.annotations(article, "gold") for article in ids] == [(), ()]


def test_those_left_out_of_the_comparison_have_no_say(desk):
    desk.click(desk.page.legend.chips[2])
    desk.key(Key.Key_A)
    desk.qtbot.waitUntil(lambda: desk.page.agreed.plan is not None)
    assert desk.page.agreed.plan.accepted == sum(case.is_agreed for case in desk.review.cases)
    assert desk.page.agreed.first.findData("Cleo") < 0


def test_the_bar_follows_who_is_compared(desk, bar):
    wait_for(desk, "Accepts 2 spans")
    desk.click(desk.page.legend.chips[2])
    assert bar.first.findData("Cleo") < 0
    agreed = sum(case.is_agreed for case in desk.review.cases)
    wait_for(desk, f"Accepts {agreed} spans")
    assert agreed != 2


@pytest.mark.parametrize("rule", ["unanimous", "majority", "first"])
def test_no_rule_decides_while_fewer_than_two_are_compared(desk, bar, rule):
    wait_for(desk, "Accepts 2 spans")
    for chip in desk.page.legend.chips[1:]:
        desk.click(chip)
    desk.click(bar.rules[rule])
    assert bar.count.text() == "Fewer than two annotators are compared"
    assert not bar.accept.isEnabled()
    desk.click(desk.page.legend.chips[1])
    desk.qtbot.waitUntil(lambda: bar.plan is not None)


def test_esc_puts_the_bar_away(desk, bar):
    QTest.keyClick(bar.rules["unanimous"], Key.Key_Escape)
    assert bar.isHidden()
    assert not desk.page.legend.accept_all.isChecked()
    assert desk.page.focusWidget() is desk.page.view


def test_enter_presses_what_has_the_keyboard_and_decides_no_case(desk, bar):
    wait_for(desk, "Accepts 2 spans")
    bar.least.setVisible(True)
    for widget in (bar.least, bar.close_bar):
        widget.setFocus()
        QTest.keyClick(widget, Key.Key_Return)
    assert bar.isHidden()
    assert desk.gold() == []
    assert desk.project.rulings() == ()


@pytest.mark.parametrize("everywhere", [False, True])
def test_a_project_that_can_only_be_read_is_left_as_it_is(desk, bar, everywhere):
    if everywhere:
        desk.click(bar.all)
    wait_for(desk, "Accepts 4 spans" if everywhere else "Accepts 2 spans")
    desk.project.read_only_reason = "can only be read"
    desk.click(bar.accept)
    assert "can only be read" in desk.failed[0]
    assert desk.gold() == []


def test_an_article_in_which_nobody_found_anything_is_done_in_gold(desk, qtbot):
    quiet = articles.add(desk.project, actor="Ana", raw="Nothing happened 😀.").id
    for who in ("Ana", "Ben", "Cleo"):
        progress.mark(desk.project, actor=who, article=quiet, state="done")
    desk.session.publish()
    desk.session.open_article(quiet)
    desk.key(Key.Key_A)
    wait_for(desk, "Marks 1 article as done in gold")
    desk.click(desk.page.agreed.accept)
    assert desk.project.progress(quiet, "gold").state == "done"
    assert desk.said[-1] == "1 article done in gold; undo takes all of it back"
    wait_for(desk, "Nothing left that the rule decides")
    desk.session.undo()
    assert desk.project.progress(quiet, "gold") is None
    wait_for(desk, "Marks 1 article as done in gold")


def test_the_last_decision_marks_the_article_and_nothing_is_matched_anew(desk, bar):
    wait_for(desk, "Accepts 2 spans")
    desk.click(bar.accept)
    desk.key(Key.Key_A)
    matched = desk.review.matched
    for _ in range(9):
        assert desk.project.progress(desk.article, "gold") is None
        desk.key(Key.Key_Return)
    assert desk.project.progress(desk.article, "gold").state == "done"
    assert desk.review.matched == matched
    desk.session.undo()
    assert desk.project.progress(desk.article, "gold") is None
