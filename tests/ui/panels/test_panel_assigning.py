"""The Assign page: dealing out as previewed, giving and taking by hand, ending a round."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QSignalSpy, QTest
from PySide6.QtWidgets import QApplication

from annotator.model.span import Span
from annotator.services import articles, assigning, progress, tagging
from annotator.services.dealing import Overlap
from annotator.ui.models.assignments import FIRST_PERSON, ROUND_ROLE
from annotator.ui.pages.assigning import AssignPage
from annotator.ui.theme import DARK, LIGHT

Key = Qt.Key


@pytest.fixture
def ids(project, session) -> list[str]:
    made = [
        articles.add(
            project,
            actor="Ada",
            raw=f"Report {i} text",
            title=f"Report {i}",
            outlet="Wire" if i % 2 else "AP",
        ).id
        for i in range(6)
    ]
    tagging.tag(project, actor="Ben", article=made[0], label="claim", spans=[Span(0, 6)])
    session.publish()
    session.open_article(made[0])
    return made


@pytest.fixture
def page(session, ids, shown) -> AssignPage:
    return shown(AssignPage(session, LIGHT), 1100, 760)


def choose(page: AssignPage, click, *names: str) -> None:
    for name in names:
        click(page.choices.people[name])


def settled(qtbot, page: AssignPage, words: str) -> None:
    qtbot.waitUntil(lambda: page.preview.text().startswith(words))


def cell(page: AssignPage, row: int, person: int):
    return page.model.index(row, FIRST_PERSON + person)


def click_cell(page: AssignPage, row: int, person: int, held=Qt.KeyboardModifier.NoModifier) -> None:
    at = page.hands.visualRect(cell(page, row, person)).center()
    QTest.mouseClick(page.hands.viewport(), Qt.MouseButton.LeftButton, held, at)


def given(project) -> set[tuple[str, str]]:
    return {(a.article, a.annotator) for a in project.assignments()}


def heads(page: AssignPage) -> list[str]:
    horizontal = Qt.Orientation.Horizontal
    return [page.model.headerData(i, horizontal) for i in range(FIRST_PERSON, page.model.columnCount())]


def test_the_preview_says_who_would_get_how_many_and_why_not_yet(page, click, qtbot):
    assert page.preview.text() == "Nobody was named to get articles; name one annotator or more."
    assert not page.deed.isEnabled()
    choose(page, click, "Ada", "Ben")
    settled(qtbot, page, "Ada 3, Ben 3.")
    assert page.deed.isEnabled()
    QTest.keyClick(page.choices.each, Key.Key_Down)
    page.choices.share.setFocus()
    page.choices.share.selectAll()
    QTest.keyClicks(page.choices.share, "50")
    qtbot.waitUntil(lambda: page.preview.text().endswith("3 by both."))
    assert sorted(page.dealt.loads.values()) == [4, 5]


def test_dealing_out_does_what_was_previewed_as_one_change(page, project, click, qtbot):
    choose(page, click, "Ada", "Ben")
    page.choices.round.lineEdit().selectAll()
    QTest.keyClicks(page.choices.round.lineEdit(), "Pilot")
    click(page.choices.blind)
    settled(qtbot, page, "Ada 3, Ben 3.")
    before = len(project.changes())
    QTest.keyClick(page, Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert len(project.changes()) == before + 1
    (pilot,) = project.rounds()
    assert (pilot.title, pilot.blind) == ("Pilot", True)
    assert {a.round for a in project.assignments()} == {pilot.id}
    assert page.rounds.currentText() == "Pilot (blind)"
    assert heads(page) == ["Ada\n0 of 3 done", "Ben\n0 of 3 done"]
    assert page.preview.text() == "Everybody has theirs already: Ada 3, Ben 3."
    assert not page.deed.isEnabled()
    page.session.undo()
    assert (project.rounds(), project.assignments()) == ((), ())
    assert heads(page) == ["Ada\nno articles", "Ben\nno articles"]


def test_another_annotator_is_added_by_name(page, project, click, qtbot):
    QTest.keyClicks(page.choices.name, "  gold ")
    QTest.keyClick(page.choices.name, Key.Key_Return)
    assert page.choices._problem.text().startswith("“gold” is not a person's name")
    page.choices.name.clear()
    QTest.keyClicks(page.choices.name, " Çelik ")
    QTest.keyClick(page.choices.name, Key.Key_Return)
    settled(qtbot, page, "Çelik 6.")
    assert not page.choices._problem.isVisible()
    assert page.model.people[-1] == "Çelik"
    click(page.deed)
    assert {who for _, who in given(project)} == {"Çelik"}


def test_only_the_articles_that_are_asked_for_are_dealt_out(page, project, session, ids, click, qtbot):
    choose(page, click, "Ada")
    page.choices.which.setFocus()
    QTest.keyClick(page.choices.which, Key.Key_End)
    assert page.choices.which.currentText() == "Wire"
    settled(qtbot, page, "Ada 3.")
    QTest.keyClicks(page.choices.words, "Report 3")
    settled(qtbot, page, "Ada 1.")
    click(page.deed)
    assert given(project) == {(ids[3], "Ada")}
    page.choices.words.clear()
    page.choices.which.setFocus()
    QTest.keyClicks(page.choices.which, "Articles")
    assert page.choices.which.currentText() == "Articles that nobody has yet"
    settled(qtbot, page, "Ada 5.")


def test_a_click_gives_an_article_and_takes_it_back(page, project, ids):
    click_cell(page, 2, 1)
    assert given(project) == {(ids[2], "Ben")}
    assert page.model.is_given(cell(page, 2, 1))
    click_cell(page, 2, 1)
    assert given(project) == set()
    click_cell(page, 2, 1, Qt.KeyboardModifier.ControlModifier)
    assert given(project) == set()


def test_space_turns_all_selected_cells_as_one_change(page, project, ids):
    page.hands.setFocus()
    page.hands.setCurrentIndex(cell(page, 1, 0))
    QTest.keyClick(page.hands, Key.Key_Space)
    assert given(project) == {(ids[1], "Ada")}
    for key in (Key.Key_Down, Key.Key_Down, Key.Key_Right):
        QTest.keyClick(page.hands, key, Qt.KeyboardModifier.ShiftModifier)
    before = len(project.changes())
    QTest.keyClick(page.hands, Key.Key_Space)
    assert len(project.changes()) == before + 1
    block = {(article, who) for article in ids[1:4] for who in ("Ada", "Ben")}
    assert given(project) == block
    QTest.keyClick(page.hands, Key.Key_Space)
    assert given(project) == set()
    page.session.undo()
    assert given(project) == block


def test_by_hand_articles_go_into_the_round_that_is_shown(page, project, session, ids):
    pilot = assigning.make_round(project, actor="Ada", title="Pilot")
    session.publish()
    assert page.rounds.currentText() == "Pilot"
    click_cell(page, 0, 0)
    assert [a.round for a in project.assignments()] == [pilot.id]
    assert cell(page, 0, 0).data(ROUND_ROLE) == "Pilot"
    assert cell(page, 0, 0).data(Qt.ItemDataRole.AccessibleTextRole) == "Ada has “Report 0”, round Pilot"
    assert cell(page, 0, 1).data(Qt.ItemDataRole.AccessibleTextRole) == "Ben doesn’t have “Report 0”"


def test_the_heads_say_how_far_everybody_is_in_the_round_shown(page, project, session, ids):
    pilot = assigning.make_round(project, actor="Ada", title="Pilot")
    assigning.assign(project, actor="Ada", articles=ids[:2], annotators=["Ada", "Ben"], a_round=pilot.id)
    assigning.assign(project, actor="Ada", articles=ids[2:], annotators=["Ben"])
    progress.mark(project, actor="Ben", article=ids[0], state="done")
    session.publish()
    assert heads(page) == ["Ada\n0 of 2 done", "Ben\n1 of 2 done"]
    page.rounds.setFocus()
    QTest.keyClick(page.rounds, Key.Key_Home)
    assert heads(page) == ["Ada\n0 of 2 done", "Ben\n1 of 6 done"]
    assert not page.end.isVisible()


def test_a_round_is_ended_and_opened_again_by_undo(page, project, session, ids, click):
    dealt = assigning.planned(project, articles=ids, annotators=["Ada", "Ben"], overlap=Overlap(2))
    pilot = assigning.new_round(project, "Pilot", True)
    session.do(assigning.deal_out, dealt=dealt, a_round=pilot)
    click(page.end)
    assert project.rounds()[0].ended
    assert page.rounds.currentText() == "Pilot (blind, ended)"
    assert not page.end.isEnabled()
    session.undo()
    assert page.rounds.currentText() == "Pilot (blind)"
    assert page.end.isEnabled()


def test_a_round_that_has_ended_gets_no_more_articles(page, project, session, ids, click, qtbot):
    pilot = assigning.make_round(project, actor="Ada", title="Pilot")
    assigning.end_round(project, actor="Ada", a_round=pilot.id)
    session.publish()
    choose(page, click, "Ada")
    page.choices.round.lineEdit().selectAll()
    QTest.keyClicks(page.choices.round.lineEdit(), "pilot")
    settled(qtbot, page, "The round “Pilot” has ended")
    assert not page.deed.isEnabled()
    failed = QSignalSpy(session.failed)
    click_cell(page, 0, 0)
    assert "has ended" in failed.at(0)[0]
    assert given(project) == set()


def test_more_readers_are_offered_the_more_annotators_are_chosen(page, click):
    offered = [page.choices.each.itemText(i) for i in range(page.choices.each.count())]
    assert offered == ["One annotator each"]
    choose(page, click, "Ada", "Ben")
    offered = [page.choices.each.itemText(i) for i in range(page.choices.each.count())]
    assert offered == ["One annotator each", "One each, some to two", "2 annotators each"]


def test_escape_goes_back_to_how_far_everybody_is(page, session):
    wanted = QSignalSpy(session.command_wanted)
    page.hands.setFocus()
    QTest.keyClick(page.hands, Key.Key_Escape)
    assert wanted.at(0) == ["page-progress"]


def test_everything_has_a_name_and_is_reached_by_tab(page, click, qtbot):
    choose(page, click, "Ada", "Ben")
    settled(qtbot, page, "Ada 3, Ben 3.")
    page.focus()
    seen = []
    while (here := QApplication.focusWidget()) not in seen:
        seen.append(here)
        QTest.keyClick(here, Key.Key_Tab)
    for widget in (
        *page.choices.people.values(),
        page.choices.name,
        page.choices.which,
        page.choices.words,
        page.choices.each,
        page.choices.round,
        page.choices.seed,
        page.rounds,
        page.hands,
        page.deed,
        page.back,
    ):
        assert widget in seen or widget.focusProxy() in seen
        assert widget.accessibleName()


def test_both_themes_are_painted(page, click):
    click_cell(page, 0, 0)
    light = page.grab().toImage()
    page.set_theme(DARK)
    assert page.grab().toImage() != light


def test_the_table_is_a_sound_model(page, session, project, ids, qtmodeltester):
    qtmodeltester.check(page.model)
    session.do(assigning.assign, articles=ids[:1], annotators=["Ada"])
    articles.add(project, actor="Ada", raw="One more.")
    session.publish()
    qtmodeltester.check(page.model)
    assert page.model.rowCount() == 7


def test_tab_goes_through_the_page_as_it_is_read(page, click, qtbot):
    choose(page, click, "Ada", "Ben")
    settled(qtbot, page, "Ada 3, Ben 3.")
    page.choices.name.setText("Zoe")
    QTest.keyClick(page.choices.name, Key.Key_Return)
    choices = page.choices
    settled(qtbot, page, "Ada 2, Ben 2, Zoe 2.")
    wanted = [
        *(*choices.people.values(), choices.name, choices.add_name, choices.which, choices.words),
        *(choices.each, choices.round, choices.seed, page.back, page.deed, page.rounds, page.hands),
    ]
    page.focus()
    seen = [QApplication.focusWidget()]
    while len(seen) < len(wanted):
        QTest.keyClick(seen[-1], Key.Key_Tab)
        seen.append(QApplication.focusWidget())
    assert [wanted.index(widget) for widget in seen] == list(range(len(wanted)))
