"""The panel of articles on a session: search, filters, keys, menus, and its place kept."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QSignalSpy, QTest
from PySide6.QtWidgets import QApplication

from annotator.model.span import Span
from annotator.services import articles, progress, tagging
from annotator.ui.models.articles import Filter
from annotator.ui.models.hits import FIND_ROLE
from annotator.ui.panels.articles import ArticlesPanel
from annotator.ui.theme import DARK, LIGHT

Key = Qt.Key
TITLES = ("Aid convoy struck", "Council meets", "Raids kill medics", "Truce can be saved")


@pytest.fixture
def wire(project, session) -> list[str]:
    """Four articles, by title."""
    made = [
        articles.add(
            project,
            actor="Ada",
            raw=f"{title}\n\nNine people were hurt near Hama, 👩‍👩‍👧 said.",
            title=title,
            outlet=outlet,
            published=f"2016-09-2{9 - i}",
        ).id
        for i, (title, outlet) in enumerate(zip(TITLES, ("Z", "Y", "Y", "A"), strict=True))
    ]
    session.publish()
    return made


@pytest.fixture
def panel(session, wire, shown) -> ArticlesPanel:
    session.open_article(wire[0])
    return shown(ArticlesPanel(session, LIGHT), 270, 700)


def titles(panel) -> list[str]:
    return [panel.model.row(i).title for i in range(panel.model.rowCount())]


def click_row(qtbot, view, place: int) -> None:
    middle = view.visualRect(view.model().index(place, 0)).center()
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=middle)


def tag(session, article, label="claim"):
    return session.do(tagging.tag, article=article, label=label, spans=[Span(0, 3)])


def test_a_click_opens_an_article(panel, session, wire, qtbot):
    with qtbot.waitSignal(panel.opened):
        click_row(qtbot, panel.list, 2)
    assert session.article.id == wire[2]
    assert panel.cards.open_article == wire[2]


def test_arrows_move_and_enter_opens(panel, session, wire):
    panel.list.setFocus()
    QTest.keyClick(panel.list, Key.Key_Down)
    assert session.article.id == wire[0]
    QTest.keyClick(panel.list, Key.Key_Return)
    assert session.article.id == wire[1]


def test_letters_typed_into_the_list_are_searched(panel):
    panel.list.setFocus()
    QTest.keyClick(panel.list, Key.Key_R)
    QTest.keyClicks(QApplication.focusWidget(), "aids")
    assert panel.search.text() == "raids"
    assert panel.stack.currentWidget() is panel.finds


def test_a_search_shows_the_passage_under_the_title(panel):
    QTest.keyClicks(panel.search, "hama")
    find = panel.finds.model().index(0, 0).data(FIND_ROLE)
    assert panel.found.rowCount() == 4
    assert find.snippet[find.marked.start : find.marked.stop] == "Hama"
    assert "…" in find.snippet[:1] or find.snippet.startswith(find.title)
    assert panel.number.text() == "4 found"


def test_a_click_on_a_passage_goes_there(panel, session, wire, qtbot):
    QTest.keyClicks(panel.search, "hama")
    sought = QSignalSpy(session.sought)
    click_row(qtbot, panel.finds, 1)
    span = sought.at(0)[0]
    assert session.text[span.start : span.stop] == "Hama"
    assert session.article.id == panel.finds.model().index(1, 0).data(FIND_ROLE).article


def test_enter_in_the_search_goes_to_the_best_find(panel, session, wire):
    QTest.keyClicks(panel.search, "medics")
    QTest.keyClick(panel.search, Key.Key_Return)
    assert session.article.id == wire[2]


def test_a_search_finds_tagged_spans_and_selects_them(panel, session, wire, qtbot):
    made = session.do(tagging.tag, article=wire[3], label="casualty", spans=[Span(20, 31)])
    QTest.keyClicks(panel.search, made.words.split()[0])
    found = [f for f in panel.found.finds if f.annotation == made.id]
    assert [f.about for f in found] == ["Casualty report"]
    click_row(qtbot, panel.finds, panel.found.finds.index(found[0]))
    assert session.selected == made.id


def test_a_search_finds_titles_that_the_text_lacks(panel, session, wire):
    session.do(articles.describe, article=wire[1], title="Zebra crossing")
    QTest.keyClicks(panel.search, "zebra")
    assert [f.title for f in panel.found.finds] == ["Zebra crossing"]


def test_nothing_found_is_said_and_the_search_can_be_cleared(panel, click):
    QTest.keyClicks(panel.search, "qqqq")
    assert panel.empty.sentence.text() == "No article or span has “qqqq”."
    click(panel.empty.deed)
    assert panel.stack.currentWidget() is panel.list


def test_esc_clears_the_search_first_and_then_goes_back(panel, qtbot):
    panel.begin_search()
    QTest.keyClicks(panel.search, "hama")
    QTest.keyClick(panel.search, Key.Key_Escape)
    assert panel.search.text() == ""
    with qtbot.waitSignal(panel.left):
        QTest.keyClick(panel.search, Key.Key_Escape)


@pytest.mark.parametrize("words", ['"', "NEAR(", "a* OR -", "'; --", "\0", "👩‍👩‍👧", "  "])
def test_anything_can_be_typed_into_the_search(panel, words):
    panel.search.setText(words)
    panel.grab()


def test_chips_count_and_filter(panel, session, wire, click):
    session.do(progress.mark, article=wire[1], state="done")
    shown = [chip for chip in panel.filters.chips.values() if not chip.isHidden()]
    assert [chip.words for chip in shown] == ["All 4", "To do 3", "Done 1"]
    click(panel.filters.chips["done"])
    assert titles(panel) == ["Council meets"]
    click(panel.filters.chips["all"])
    assert len(titles(panel)) == 4


def test_the_menu_filters_by_label_and_a_chip_takes_it_away(panel, session, wire, click):
    tag(session, wire[2], "quote")
    menu = panel.filters.menu()
    having = next(a.menu() for a in menu.actions() if a.text() == "Has label")
    next(a for a in having.actions() if a.text() == "Quote").trigger()
    assert titles(panel) == ["Raids kill medics"]
    assert panel.filters.other.words == "Quote  ×"
    click(panel.filters.other)
    assert len(titles(panel)) == 4


@pytest.mark.parametrize(
    ("order", "first"),
    [
        ("Title", "Aid convoy struck"),
        ("Outlet", "Truce can be saved"),
        ("Date, newest first", "Aid convoy struck"),
        ("Date, oldest first", "Truce can be saved"),
        ("Order added", "Aid convoy struck"),
    ],
)
def test_the_menu_sorts(panel, order, first):
    next(a for a in panel.filters.menu().actions() if a.text() == order).trigger()
    assert titles(panel)[0] == first


def test_no_article_fits_and_everything_is_one_click_away(panel, click):
    panel.filters.choose(Filter(state="skipped"))
    assert panel.empty.sentence.text() == "No article matches this filter."
    click(panel.empty.deed)
    assert len(titles(panel)) == 4


def test_an_empty_project_says_how_to_fill_it(session, project, shown, click):
    panel = shown(ArticlesPanel(session, LIGHT), 270, 500)
    assert panel.empty.sentence.text() == "Drop files here or paste an article."
    wanted = QSignalSpy(session.command_wanted)
    click(panel.empty.deed)
    assert wanted.at(0) == ["paste-article"]


def test_a_tag_changes_its_row_and_reads_no_other(panel, session, wire):
    reset = QSignalSpy(panel.model.modelReset)
    made = tag(session, wire[1])
    assert panel.model.find(wire[1]).counts == {"claim": 1}
    assert panel.model.find(wire[1]).state == "reading"
    session.do(tagging.delete, annotation=made.id)
    assert panel.model.find(wire[1]).state == "to do"
    assert reset.count() == 0


def test_undo_and_another_window_reach_the_list(panel, session, project, home, wire):
    from annotator.store import Project

    tag(session, wire[0])
    session.undo()
    assert panel.model.find(wire[0]).counts == {}
    with Project.open(project.path, home=home) as other:
        tagging.tag(other, actor="Ada", article=wire[3], label="quote", spans=[Span(0, 5)])
    session.look_around()
    assert panel.model.find(wire[3]).counts == {"quote": 1}


def test_a_new_article_appears_and_a_removed_one_goes(panel, session, project, wire):
    session.do(articles.add, raw="Zones of quiet", title="Zones of quiet")
    assert titles(panel)[-1] == "Zones of quiet"
    session.do(articles.remove, article=wire[0])
    assert "Aid convoy struck" not in titles(panel)


@pytest.mark.parametrize(("gone", "shown_then"), [(1, 2), (3, 2)])
def test_when_the_open_article_goes_another_is_shown_in_its_place(
    panel, session, project, wire, gone, shown_then
):
    session.open_article(wire[gone])
    articles.remove(project, actor="Ada", article=wire[gone])
    session.publish()
    assert session.article.id == wire[shown_then]


def test_when_every_article_goes_none_is_shown(panel, session, project, wire):
    for article in wire:
        articles.remove(project, actor="Ada", article=article)
    session.publish()
    assert session.article is None


def test_next_and_previous_follow_the_list(panel, session, wire):
    assert panel.step(1)
    assert session.article.id == wire[1]
    assert panel.step(-1)
    assert not panel.step(-1)
    assert session.article.id == wire[0]


def test_next_goes_on_from_where_a_finished_article_was(panel, session, wire):
    panel.filters.choose(Filter(state="to do"))
    session.open_article(wire[1])
    session.do(progress.mark, article=wire[1], state="done")
    assert panel.step(1)
    assert session.article.id == wire[2]


def test_the_next_article_to_do_is_found_past_finished_ones_and_round(panel, session, wire):
    session.do(progress.mark, article=wire[1], state="done")
    session.do(progress.mark, article=wire[3], state="skipped")
    assert panel.open_next_to_do()
    assert session.article.id == wire[2]
    assert panel.open_next_to_do()
    assert session.article.id == wire[0]
    for article in (wire[0], wire[2]):
        session.do(progress.mark, article=article, state="done")
    assert not panel.open_next_to_do()


def test_the_menu_of_an_article_marks_describes_and_removes(panel, session, project, wire):
    wanted = QSignalSpy(session.command_wanted)
    deeds = {action.text(): action for action in panel.menu(wire[0]).actions() if action.text()}
    assert list(deeds) == ["Details…", "Mark as done", "Skip", "Mark as to do", "Remove"]
    deeds["Skip"].trigger()
    assert panel.model.find(wire[0]).state == "skipped"
    deeds["Details…"].trigger()
    assert wanted.at(0) == ["details"]
    deeds["Remove"].trigger()
    assert project.article(wire[0]) is None
    assert session.article.id == wire[1]


def test_somebody_elses_layer_shows_their_states(panel, session, project, wire):
    tagging.tag(project, actor="Ben", article=wire[0], label="quote", spans=[Span(0, 3)])
    session.publish()
    session.show_layer("Ben")
    assert panel.model.find(wire[0]).counts == {"quote": 1}


@pytest.mark.parametrize("theme", [LIGHT, DARK])
def test_titles_in_any_script_and_length_are_painted(panel, session, theme):
    for title in ("قتل تسعة أشخاص في غارات على حلب", "x" * 300, "👩‍👩‍👧 " * 40, "A\nB", "<b>no</b>"):
        session.do(articles.add, raw=f"{title} text", title=title, outlet="وكالة")
    panel.set_theme(theme)
    panel.search.setText("text")
    panel.grab()
    panel.search.clear()
    assert not panel.grab(panel.rect()).isNull()


def test_the_open_article_stays_in_sight_when_the_list_is_read_anew(panel, session, project):
    made = [articles.add(project, actor="Ada", raw=f"N{i:03d} text", title=f"N{i:03d}") for i in range(200)]
    session.publish()
    session.open_article(made[150].id)
    session.do(articles.add, raw="Another", title="Another")
    rect = panel.list.visualRect(panel.model.index(panel.model.place(made[150].id)))
    assert panel.list.viewport().rect().contains(rect.center() + QPoint(0, 0))


def test_whoever_clicks_an_article_goes_on_in_its_text(panel, qtbot):
    left = QSignalSpy(panel.left)
    click_row(qtbot, panel.list, 2)
    assert left.count() == 1
    panel.list.setFocus()
    QTest.keyClick(panel.list, Key.Key_Down)
    assert left.count() == 1
    QTest.keyClick(panel.list, Key.Key_Return)
    assert left.count() == 2


def test_what_is_begun_is_still_to_do(panel, session, wire):
    tag(session, wire[1])
    assert panel.filters.chips["to do"].accessibleName() == "To do 4"
    session.do(progress.mark, article=wire[0], state="done")
    session.do(progress.mark, article=wire[2], state="skipped")
    assert panel.filters.chips["to do"].accessibleName() == "To do 2"
    panel.filters.choose(Filter(unfinished=True))
    assert titles(panel) == ["Council meets", "Truce can be saved"]


def test_the_chips_count_for_whoever_works(panel, session, wire):
    session.do(progress.mark, article=wire[0], state="done")
    assert panel.filters.chips["done"].accessibleName() == "Done 1"
    session.be("Ben")
    assert panel.filters.chips["done"].accessibleName() == "Done 0"
    session.be("Ada")
    assert panel.filters.chips["done"].accessibleName() == "Done 1"


def test_the_menu_says_what_its_parts_are_for(panel):
    names = [a.text() for a in panel.filters.menu().actions() if not a.isEnabled()]
    assert names == ["Show", "Sort by"]


def test_the_words_searched_for_are_marked_in_a_tagged_span(panel, session, wire):
    article = session.project.text(session.project.article(wire[0]).sha256)
    start = article.index("people were hurt near Hama")
    session.do(tagging.tag, article=wire[0], label="claim", spans=[Span(start, start + 26)])
    panel.search.setText("hama")
    find = next(f for f in panel.found.finds if f.annotation)
    assert find.snippet[find.marked.start : find.marked.stop] == "Hama"
