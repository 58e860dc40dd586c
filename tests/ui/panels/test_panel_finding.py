"""The find bar: as one types, on and back, in code points."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QSignalSpy, QTest

from annotator.services import articles
from annotator.ui.panels.finding import FindBar
from annotator.ui.theme import DARK, LIGHT

Key = Qt.Key


@pytest.fixture
def bar(session, article, shown) -> FindBar:
    bar = FindBar(session, LIGHT)
    shown(bar, 700, 50)
    bar.open("")
    return bar


def words(session, bar) -> list[str]:
    return [session.text[span.start : span.stop] for span in bar.matches]


def test_finds_as_one_types_in_any_case(bar, session):
    found = QSignalSpy(bar.found)
    QTest.keyClicks(bar.line, "THE ")
    assert [w.casefold() for w in words(session, bar)] == ["the"] * len(bar.matches)
    assert bar.count.text() == f"1 of {len(bar.matches)}"
    assert found.at(found.count() - 1) == [bar.matches, 0]


def test_finds_after_emoji_stand_where_the_text_has_them(bar, session):
    QTest.keyClicks(bar.line, "there")
    (span,) = bar.matches
    assert span.start == session.text.rindex("there")


def test_enter_goes_on_and_round_and_shift_enter_back(bar):
    QTest.keyClicks(bar.line, "said")
    seen = []
    for modifier in (Qt.KeyboardModifier.NoModifier,) * 2 + (Qt.KeyboardModifier.ShiftModifier,):
        QTest.keyClick(bar.line, Key.Key_Return, modifier)
        seen.append(bar.current)
    assert len(bar.matches) == 2
    assert seen == [1, 0, 1]


def test_esc_closes_and_takes_the_marks_away(bar, qtbot):
    QTest.keyClicks(bar.line, "said")
    with qtbot.waitSignals([bar.left, bar.found]):
        QTest.keyClick(bar.line, Key.Key_Escape)
    assert not bar.isVisible()
    assert bar.matches == ()


def test_what_is_not_there_is_said(bar):
    QTest.keyClicks(bar.line, "zebra")
    assert bar.count.text() == "not found"
    assert bar.current == -1
    bar.step(1)
    assert bar.current == -1


def test_selected_words_are_taken_over(bar):
    bar.open("observatory")
    assert (bar.line.text(), bar.count.text()) == ("observatory", "1 of 1")
    bar.open("")
    assert bar.line.text() == "observatory"


def test_another_article_is_searched_when_it_is_opened(bar, session, project):
    QTest.keyClicks(bar.line, "observatory")
    other = articles.add(project, actor="Ada", raw="No such word. An observatory, an observatory!", title="B")
    session.open_article(other.id)
    assert bar.count.text() == "1 of 2"


def test_typing_on_stays_at_the_place(bar):
    QTest.keyClicks(bar.line, "he")
    for _ in range(3):
        QTest.keyClick(bar.line, Key.Key_Return)
    here = bar.matches[bar.current]
    QTest.keyClick(bar.line, Key.Key_End)
    QTest.keyClicks(bar.line, " ")
    assert bar.matches[bar.current].start >= here.start or bar.current == 0
    bar.set_theme(DARK)
