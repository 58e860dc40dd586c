"""Reviewing by keys and by mouse, down to what is stored."""

import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QSpinBox,
    QWidget,
)
from review_values import RAID, VICTORY, tag

from annotator.model.change import Draft, Revision
from annotator.model.review import Assignment, Round
from annotator.model.span import Span
from annotator.services import articles, progress, tagging
from annotator.services.undoing import UndoStacks, take_back
from annotator.store import Project
from annotator.ui import disputes
from annotator.ui.pages.reviewing.agreement import overlap_f1
from annotator.ui.theme import DARK, LIGHT

Key, Mod, Button = Qt.Key, Qt.KeyboardModifier, Qt.MouseButton
LONG_RAID = f"{RAID} by the intense air raids"


def test_the_page_opens_at_the_first_disagreement(desk):
    assert desk.page.panel.heading.text() == "Disagreement 1 of 9"
    assert desk.page.panel.explanation.text() == "Boundaries differ by 8 characters; “victims” differs."
    assert desk.page.status() == "Adjudicating into “gold”  ·  0 of 9 resolved"


def test_cards_say_what_each_annotator_has_and_mark_what_differs(desk):
    desk.go(RAID)
    cards = [card.shown for card in desk.page.panel.cards]
    assert [card.voice.name for card in cards] == ["Ana", "Ben", "Cleo"]
    assert [part for part, differs in cards[0].stretches if differs] == [" by the intense air raids"]
    assert [(v.name, v.words, v.differs) for v in cards[1].values] == [
        ("Harm", "killed", False),
        ("Count", "10 or more, best 12", True),
    ]
    assert [card.key for card in cards] == ["1", "2", "0"]
    assert "nothing here" in desk.page.panel.cards[2].accessibleName()
    assert "≠" in desk.page.panel.cards[1]._rich[2].text()


def test_values_are_marked_where_they_differ_from_the_chosen_version(desk):
    desk.go(RAID)
    desk.key(Key.Key_2)
    cards = [card.shown for card in desk.page.panel.cards]
    assert [v.name for v in cards[0].values if v.differs] == ["Count"]
    assert not any(v.differs for v in cards[1].values)


def test_enter_accepts_the_chosen_version_and_goes_on(desk):
    desk.go(RAID)
    desk.key(Key.Key_2, Key.Key_Return)
    assert desk.gold() == [("casualty", RAID)]
    [gold] = desk.project.annotations(desk.article, "gold")
    assert gold.origin == "gold: adjudicated"
    assert len(gold.sources) == 2
    assert desk.case.is_open
    assert desk.case.fragments[0].start > gold.fragments[0].start
    assert desk.page.status().endswith("1 of 9 resolved")


@pytest.mark.parametrize(("key", "layer"), [(Key.Key_1, "Ana"), (Key.Key_2, "Ben"), (Key.Key_3, "Cleo")])
def test_numbers_choose_a_version(desk, key, layer):
    desk.key(key)
    assert desk.review.version.layer == layer
    assert [card.isChecked() for card in desk.page.panel.cards].index(True) == "123".index(chr(key))
    assert desk.page.panel.accept.text() == f"Accept {layer[0]}  ↵"


def test_numbers_count_only_those_who_have_something(desk):
    desk.go("the U.S. insists that")
    desk.key(Key.Key_1)
    assert desk.review.version.layer == "Cleo"
    desk.key(Key.Key_2)
    assert desk.review.version.layer == "Cleo"


def test_zero_rejects_all_versions(desk):
    before = desk.go("the U.S. insists that")
    desk.key(Key.Key_0)
    assert desk.gold() == []
    [ruling] = desk.project.rulings(desk.article)
    assert set(ruling.sources) == set(before.sources)
    assert ruling.gold == ""


def test_j_and_k_walk_the_open_cases(desk):
    first = desk.case.key
    desk.key(Key.Key_J)
    assert desk.page.panel.heading.text() == "Disagreement 2 of 9"
    desk.key(Key.Key_K)
    assert desk.case.key == first


@pytest.mark.parametrize("how", ["U", "command"])
def test_undo_opens_the_case_again_and_goes_back_to_it(desk, how):
    desk.session.command_wanted.connect(lambda name: desk.session.undo() if name == "undo" else None)
    case = desk.go(RAID)
    desk.key(Key.Key_Return)
    assert desk.case.key != case.key
    if how == "U":
        desk.key(Key.Key_U)
    else:
        desk.session.undo()
    assert desk.gold() == []
    assert desk.case.key == case.key
    assert desk.case.is_open


def test_undo_goes_back_to_the_article_of_the_decision(desk, ids):
    desk.key(Key.Key_Return)
    desk.session.open_article(ids[1])
    desk.session.undo()
    assert desk.article == ids[0]
    assert desk.gold() == []
    assert desk.case.is_open


def test_a_decided_case_can_be_reopened_and_decided_otherwise(desk):
    case = desk.go(RAID)
    desk.key(Key.Key_Return)
    desk.review.go(case.key)
    assert desk.page.panel.decision.text() == "In gold: Ana’s version by you"
    desk.key(Key.Key_R)
    assert desk.gold() == []
    assert desk.case.is_open
    desk.key(Key.Key_2, Key.Key_Return)
    desk.review.go(case.key)
    desk.key(Key.Key_1, Key.Key_Return)
    assert desk.gold() == [("casualty", LONG_RAID)]


# --- the mouse alone -----------------------------------------------------------------------


def test_the_mouse_alone_can_decide(desk):
    panel = desk.page.panel
    desk.go(RAID)
    desk.click(panel.cards[1])
    desk.click(panel.accept)
    assert desk.gold() == [("casualty", RAID)]
    desk.go("the U.S. insists that")
    desk.click(panel.reject)
    assert desk.page.status().endswith("2 of 9 resolved")
    desk.click(panel.chips["resolved"])
    assert panel.rows.rowCount() == 2
    row = panel.list.visualRect(panel.rows.index(0))
    QTest.mouseClick(panel.list.viewport(), Button.LeftButton, Mod.NoModifier, row.center())
    desk.click(panel.reopen)
    assert desk.page.status().endswith("1 of 9 resolved")


def test_a_click_on_a_span_goes_to_its_case(desk):
    desk.page.view.reveal(Span(desk.session.text.index("Khan Touman"), desk.session.text.index("southwest")))
    desk.click_words("Khan Touman southwest")
    raid = "The raid hit the town of Khan Touman southwest of Aleppo city"
    assert {a.words for a in desk.case.annotations} == {raid}


def test_a_span_selected_elsewhere_is_gone_to(desk):
    case = next(c for c in desk.review.cases if any("Khan Touman" in a.words for a in c.annotations))
    desk.session.select(case.annotations[1].id)
    assert desk.case.key == case.key
    desk.page.hide()
    other = next(c for c in desk.review.cases if any("The ceasefire" in a.words for a in c.annotations))
    desk.session.select(other.annotations[0].id)
    assert desk.case.key == case.key
    desk.page.show()
    assert desk.case.key == other.key
    desk.key(Key.Key_K)
    desk.page.hide()
    desk.page.show()
    assert desk.case.key != other.key


def test_clicks_on_nested_spans_go_outward(desk):
    seen = []
    for _ in range(3):
        desk.click_words("efforts to salvage")
        seen.append(desk.case.key)
    assert len(set(seen)) == 2


def test_a_click_on_gold_goes_to_its_case(desk):
    case = desk.go(RAID)
    desk.key(Key.Key_Return)
    desk.click_words("medical workers were")
    assert desk.case.key == case.key


# --- editing ---------------------------------------------------------------------------------


def test_edit_and_accept_moves_the_ends_by_keys(desk):
    desk.go(RAID)
    desk.key(Key.Key_2, Key.Key_E, Key.Key_BracketRight)
    assert desk.page.view.selected_fragments()
    assert desk.page.panel.editor.isVisible()
    assert desk.gold() == []
    desk.key(Key.Key_Return)
    assert desk.gold() == [("casualty", f"{RAID} by")]
    assert not desk.page.panel.editor.isVisible()
    assert desk.page.view.editing == ""


def test_edit_and_accept_moves_the_ends_by_handles(desk):
    desk.go(RAID)
    desk.key(Key.Key_2)
    desk.click(desk.page.panel.edit)
    view, text = desk.page.view, desk.session.text
    end = text.index(RAID) + len(RAID)
    last = view.boxes_of(Span(end - 1, end))[0]
    goal = desk.point("intense air raids")
    viewport = view.viewport()
    start = QPointF(last.stop_x, (last.top + last.bottom) / 2)
    QTest.mousePress(viewport, Button.LeftButton, Mod.NoModifier, start.toPoint())
    for share in (0.5, 1.0):
        point = start + (QPointF(goal) - start) * share
        event = QMouseEvent(
            QEvent.Type.MouseMove,
            point,
            viewport.mapToGlobal(point),
            Button.NoButton,
            Button.LeftButton,
            Mod.NoModifier,
        )
        QApplication.sendEvent(viewport, event)
    QTest.mouseRelease(viewport, Button.LeftButton, Mod.NoModifier, goal)
    desk.click(desk.page.panel.editor.accept)
    [(label, words)] = desk.gold()
    assert label == "casualty"
    assert words.startswith(f"{RAID} by the intense")


def test_values_label_and_note_can_be_edited(desk):
    desk.go(RAID)
    desk.key(Key.Key_2, Key.Key_E)
    editor = desk.page.panel.editor
    field = editor.form.rows["victims"].field
    field.committed.emit("civilians")
    editor.note.setPlainText("see the caption")
    desk.key(Key.Key_Return)
    [gold] = desk.project.annotations(desk.article, "gold")
    assert gold.attributes["victims"] == "civilians"
    assert gold.note == "see the caption"
    desk.go("the U.S. insists that")
    desk.key(Key.Key_E, Key.Key_2, Key.Key_Return)
    assert ("quote", 'the U.S. insists that efforts to salvage the truce are "not dead"') in desk.gold()


def test_e_again_goes_to_the_first_field_and_enter_there_back_to_the_text(desk):
    desk.go(RAID)
    desk.key(Key.Key_E, Key.Key_E)
    field = desk.page.focusWidget()
    assert desk.page.panel.editor.isAncestorOf(field)
    QTest.keyClick(field, Key.Key_Return)
    assert desk.page.focusWidget() is desk.page.view
    assert desk.review.draft is not None
    desk.key(Key.Key_Return)
    assert desk.gold() == [("casualty", LONG_RAID)]


def test_esc_backs_out_of_an_edit(desk):
    desk.go(RAID)
    desk.key(Key.Key_E, Key.Key_BracketRight, Key.Key_Escape)
    assert desk.review.draft is None
    assert desk.gold() == []
    assert not desk.page.panel.editor.isVisible()
    assert desk.page.panel.cards[0].isVisible()
    desk.key(Key.Key_E, Key.Key_Return)
    assert desk.gold() == [("casualty", LONG_RAID)]


def test_an_edit_that_is_left_is_kept_for_its_case(desk):
    case = desk.go(RAID)
    desk.key(Key.Key_E, Key.Key_BracketRight)
    edited = desk.review.draft.annotation.words
    desk.review.step(1)
    assert desk.review.draft is None
    assert "kept" in desk.said[-1]
    desk.review.go(case.key)
    desk.key(Key.Key_E)
    assert desk.review.draft.annotation.words == edited
    assert edited != LONG_RAID


def test_ctrl_drag_adds_a_fragment_to_what_is_edited(desk):
    desk.go("no ultimate military victory")
    desk.key(Key.Key_2, Key.Key_E)
    before = len(desk.review.draft.annotation.fragments)
    view = desk.page.view
    start = desk.session.text.index("Obama told the United")
    view.select_words(Span(start, start + 5), back=False, add=False)
    view.words_selected(ctrl=True)
    assert len(desk.review.draft.annotation.fragments) == before + 1
    desk.key(Key.Key_Return)
    [gold] = desk.project.annotations(desk.article, "gold")
    assert len(gold.fragments) == before + 1
    assert gold.anchor.exact[-1] == "Obama"


def test_a_decided_case_is_edited_from_its_gold(desk):
    case = desk.go(RAID)
    desk.key(Key.Key_2, Key.Key_E, Key.Key_BracketRight, Key.Key_Return)
    desk.review.go(case.key)
    assert desk.page.panel.decision.text() == "In gold: Ben’s version, edited by you"
    desk.key(Key.Key_E, Key.Key_BracketRight, Key.Key_Return)
    assert desk.gold() == [("casualty", f"{RAID} by the")]


# --- others, names, and who is compared ------------------------------------------------------


def test_names_can_be_hidden_everywhere_on_the_page(desk, qtbot):
    with qtbot.waitSignal(desk.page.names_hidden_changed):
        desk.click(desk.page.legend.hide_names)
    desk.key(Key.Key_Return)
    desk.review.list_only("all")
    desk.page.agreed.open()
    shown = [widget for widget in desk.page.findChildren(QWidget) if widget.isVisible()]
    said = [f"{widget.accessibleName()} {widget.toolTip()}" for widget in shown]
    said += [widget.text() for widget in shown if isinstance(widget, QLabel)]
    said += [desk.page.agreed.first.itemText(i) for i in range(desk.page.agreed.first.count())]
    said += [desk.page.status(), *desk.said]
    assert any("Annotator A" in words for words in said)
    assert not [words for words in said for name in ("Ana", "Ben", "Cleo") if name in words]


def test_hiding_names_keeps_case_and_order_of_colours(desk):
    case = desk.go(RAID)
    desk.review.hide_names(True)
    assert desk.case.key == case.key
    assert [voice.name for voice in desk.review.voices] == ["Annotator A", "Annotator B", "Annotator C"]
    assert [voice.initial for voice in desk.review.voices] == ["A", "B", "C"]
    desk.review.hide_names(False)
    assert [voice.name for voice in desk.review.voices] == ["Ana", "Ben", "Cleo"]


def test_annotators_can_be_left_out_of_the_comparison(desk):
    desk.click(desk.page.legend.chips[2])
    assert desk.review.compared == ("Ana", "Ben")
    assert {v.layer for c in desk.review.cases for v in c.versions} == {"Ana", "Ben"}
    assert {mark.annotation.layer for mark in desk.page.view.marks} == {"Ana", "Ben"}
    desk.click(desk.page.legend.chips[2])
    assert desk.review.compared == ("Ana", "Ben", "Cleo")


def test_it_is_said_what_is_missing_when_fewer_than_two_are_compared(desk):
    desk.click(desk.page.legend.chips[2])
    desk.click(desk.page.legend.chips[1])
    assert desk.page.panel.missing.text() == "Fewer than two annotators are compared."
    assert desk.page.status().endswith("nothing to compare")


def deeds(desk):
    panel = desk.page.panel
    return [deed for deed in (panel.accept, panel.edit, panel.reject, panel.reopen) if deed.isVisible()]


def test_nothing_is_decided_while_fewer_than_two_are_compared(desk):
    desk.key(Key.Key_Return)
    decided = desk.gold()
    assert deeds(desk) != []
    for chip in desk.page.legend.chips[1:]:
        desk.click(chip)
    for case in [case.key for case in desk.review.cases]:
        desk.review.go(case)
        desk.key(Key.Key_Return, Key.Key_0, Key.Key_R, Key.Key_E)
        assert deeds(desk) == []
    assert desk.review.draft is None
    assert set(desk.said) == {"Nothing is decided while fewer than two annotators are compared"}
    assert desk.gold() == decided
    assert len(desk.project.rulings()) == 1
    desk.click(desk.page.legend.chips[1])
    assert deeds(desk) != []


def test_an_edit_waits_while_fewer_than_two_are_compared(desk):
    desk.go(RAID)
    desk.key(Key.Key_E, Key.Key_1)
    assert desk.review.draft.annotation.label == "claim"
    for chip in desk.page.legend.chips[1:]:
        desk.click(chip)
    assert desk.review.draft is None
    assert not desk.page.panel.editor.isVisible()
    for chip in desk.page.legend.chips[1:]:
        desk.click(chip)
    desk.go(RAID)
    desk.key(Key.Key_E)
    assert desk.review.draft.annotation.label == "claim"


def test_what_only_one_has_read_can_be_decided(desk, project):
    bare = articles.add(project, actor="Ana", raw="Only Ana has read this.", title="Bare").id
    tagging.tag(project, actor="Ana", article=bare, label="source", spans=[Span(5, 8)])
    desk.session.open_article(bare)
    desk.key(Key.Key_Return)
    assert desk.gold() == [("source", "Ana")]


def test_tab_goes_along_the_line_above_the_article(desk):
    legend = desk.page.legend
    desk.click(legend.chips[2])
    legend.chips[0].setFocus(Qt.FocusReason.TabFocusReason)
    seen = [QApplication.focusWidget()]
    for _ in range(4):
        QTest.keyClick(seen[-1], Key.Key_Tab)
        seen.append(QApplication.focusWidget())
    assert seen == [*legend.chips, legend.hide_names, legend.accept_all]


def test_it_is_said_when_nobody_or_only_one_has_read_the_article(desk, project):
    bare = articles.add(project, actor="Ana", raw="Nobody has read this.", title="Bare").id
    desk.session.open_article(bare)
    assert desk.page.panel.missing.text() == "Nobody has read this article yet."
    progress.mark(project, actor="Ana", article=bare, state="done")
    desk.session.publish()
    assert desk.page.panel.missing.text() == "Only Ana has read this article."
    progress.mark(project, actor="Ben", article=bare, state="done")
    desk.session.publish()
    assert desk.page.panel.missing.text() == ""
    assert desk.page.panel.explanation.text().startswith("Nobody marked anything")


def test_work_kept_away_by_a_blind_round_is_said(desk, project):
    bare = articles.add(project, actor="Ana", raw="Nobody has read this.", title="Bare").id
    progress.mark(project, actor="Ana", article=bare, state="done")
    blind, mine = Round("r1", "Round 1", blind=True), Assignment(bare, "Ben", "r1")
    revisions = tuple(Revision(made.KIND, made.id, made.to_body()) for made in (blind, mine))
    project.commit(Draft("deal out", "Ana", revisions))
    desk.session.open_article(bare)
    assert desk.page.panel.missing.text() == "Work on this article is left out of this copy."
    assert "“Round 1”" in desk.page.panel.remedy.text()
    assert "Ben" not in desk.page.panel.remedy.text()


def test_who_reads_an_article_blind_sees_nothing_of_the_others(desk, project):
    blind, mine = Round("r1", "Round 1", blind=True), Assignment(desk.article, "Eve", "r1")
    revisions = tuple(Revision(made.KIND, made.id, made.to_body()) for made in (blind, mine))
    project.commit(Draft("deal out", "Ana", revisions))
    desk.session.publish()
    assert desk.page.panel.missing.text() == "You read this article in a blind round."
    assert "“Round 1”" in desk.page.panel.remedy.text()
    assert len(desk.page.view.marks) == 0
    assert desk.page.panel.rows.rowCount() == 0
    ended = Round("r1", "Round 1", blind=True, ended=True)
    project.commit(Draft("end", "Ana", (Revision(ended.KIND, ended.id, ended.to_body()),)))
    desk.session.publish()
    assert desk.page.panel.missing.text() == ""
    assert len(desk.page.view.marks) > 0


def test_the_page_follows_what_other_windows_write(desk, project, home):
    with Project.open(project.path, home=home) as other:
        text = desk.session.text
        start = text.index("Khan Touman")
        spans = [Span(start, start + 11)]
        tagging.tag(other, actor="Ben", article=desk.article, label="place", spans=spans)
    before, at = len(desk.review.cases), desk.review.at
    desk.session.look_around()
    assert len(desk.review.cases) == before + 1
    assert desk.review.at == at


def test_what_changed_since_a_decision_is_open_again(desk, project):
    case = desk.go(RAID)
    desk.key(Key.Key_Return)
    ben = next(v.annotation for v in case.versions if v.layer == "Ben")
    tagging.set_note(project, actor="Ben", annotation=ben.id, note="not sure")
    desk.session.publish()
    desk.review.go(case.key)
    assert desk.case.is_open
    assert "open again" in desk.page.panel.decision.text()


def test_a_hidden_page_reads_the_article_when_it_is_shown(desk, ids):
    desk.page.hide()
    desk.session.open_article(ids[1])
    assert desk.page.view.article.id == ids[0]
    desk.page.show()
    assert desk.page.view.article.id == ids[1]
    assert {a.article for c in desk.review.cases for a in c.annotations} == {ids[1]}


def test_the_case_stays_when_the_page_is_left_and_shown_again(desk, project):
    case = desk.go("no ultimate military victory")
    desk.page.hide()
    tagging.set_note(project, actor="Ana", annotation=case.annotations[0].id, note="seen")
    desk.session.publish()
    desk.page.show()
    assert desk.case.key == case.key
    described = {
        "title": "Another title",
        "outlet": "",
        "author": "",
        "published": "",
        "url": "",
        "language": "",
    }
    articles.describe(project, actor="Ana", article=desk.article, **described)
    desk.session.publish()
    assert desk.case.key == case.key
    assert desk.page.view.article.title == "Another title"


def test_the_reviewer_is_asked_for_a_name_before_the_first_decision(desk):
    desk.session.person = ""
    desk.session.ask_person = lambda: ""
    desk.key(Key.Key_Return)
    assert desk.gold() == []
    assert desk.case.is_open
    desk.session.ask_person = lambda: "Rita"
    desk.key(Key.Key_Return)
    assert [ruling.adjudicator for ruling in desk.project.rulings(desk.article)] == ["Rita"]


# --- from article to article -----------------------------------------------------------------


def test_after_the_last_case_comes_the_next_disputed_article(counted, ids):
    desk = counted
    for _ in range(8):
        desk.key(Key.Key_J)
    assert desk.page.panel.heading.text() == "Disagreement 9 of 9"
    desk.key(Key.Key_J)
    assert desk.article == ids[1]
    assert desk.page.panel.heading.text() == "Disagreement 1 of 9"
    desk.key(Key.Key_K)
    assert desk.article == ids[0]


def test_the_disputed_filter_counts_and_follows_decisions(counted, ids, qtbot):
    desk, articles = counted, counted.page.articles
    assert articles.filters.chips["disputed"].words == "Disputed 2"
    desk.click(articles.filters.chips["disputed"])
    assert articles.model.rowCount() == 2
    for _ in range(9):
        desk.key(Key.Key_Return)
    assert desk.page.status().endswith("9 of 9 resolved")
    assert "Every disagreement here is resolved; A accepts what all agree on" in desk.said[-1]
    qtbot.waitUntil(lambda: articles.filters.chips["disputed"].words == "Disputed 1")
    assert [articles.model.row(i).id for i in range(articles.model.rowCount())] == [ids[1]]
    desk.session.undo()
    qtbot.waitUntil(lambda: articles.model.rowCount() == 2)


def test_new_work_is_counted_as_it_comes(counted, project, qtbot):
    disputes = counted.page.articles.disputes
    before = disputes.standings[counted.article].open
    tag(project, counted.article, counted.session.text, "Ben", (("place", ("Khan Touman",), {}),))
    counted.session.publish()
    qtbot.waitUntil(lambda: disputes.standings[counted.article].open == before + 1)


def test_the_total_of_all_articles_is_known(counted):
    assert counted.page.articles.number.text() == "0 of 18 disagreements resolved"
    counted.key(Key.Key_Return)
    counted.qtbot.waitUntil(lambda: counted.page.articles.number.text() == "1 of 18 disagreements resolved")


def test_many_articles_are_counted_only_once_somebody_reviews(qtbot, session, ids, monkeypatch):
    monkeypatch.setattr(disputes, "AT_ONCE", 1)
    monkeypatch.setattr(disputes, "LATER_MS", 0)
    counting = disputes.disputes_of(session)
    answers = []
    counting._asking.answered.connect(answers.append)
    qtbot.waitUntil(lambda: len(answers) == 1)
    assert not counting.is_known
    assert counting.standings == {}
    counting.hurry()
    qtbot.waitUntil(lambda: counting.is_known)
    assert set(counting.standings) == set(ids)


# --- agreement and lists ---------------------------------------------------------------------


def test_agreements_can_be_looked_at_and_accepted(desk):
    desk.click(desk.page.panel.chips["agreed"])
    assert desk.page.panel.rows.rowCount() == 2
    desk.review.go(desk.review.listed()[0].key)
    assert desk.page.panel.heading.text() == "Agreement 1 of 2"
    desk.key(Key.Key_Return)
    assert [a.origin for a in desk.project.annotations(desk.article, "gold")] == ["gold: unanimous"]


def test_a_cell_of_the_agreement_lists_its_spans(desk):
    agreement = desk.page.panel.agreement
    assert agreement.isVisible()
    agreement.table.opened.emit("quote", "A", "B")
    listed = desk.review.listed()
    assert listed
    assert all(any(a.label == "quote" for a in case.annotations) for case in listed)
    assert desk.page.panel.only.words == "Quote, A · B  ×"
    desk.click(desk.page.panel.only)
    assert desk.review.only is None


def test_agreement_is_f1_of_the_pairs(desk):
    annotations = [a for case in desk.review.cases for a in case.annotations]
    found = overlap_f1(annotations, desk.review.voices)
    # Ana has 4 casualty reports, Ben 3; three of them overlap by half or more.
    assert found["casualty", ("A", "B")] == pytest.approx(2 * 3 / 7)


def test_letters_typed_in_the_list_of_cases_are_keys_of_the_page(desk):
    desk.page.panel.list.setFocus()
    before = desk.review.at
    QTest.keyClick(desk.page.panel.list, Key.Key_J)
    assert desk.review.at != before
    QTest.keyClick(desk.page.panel.list, Key.Key_Return)
    assert len(desk.gold()) == 1


def test_enter_on_a_button_presses_it(desk):
    desk.page.panel.reject.setFocus()
    QTest.keyClick(desk.page.panel.reject, Key.Key_Return)
    assert desk.gold() == []
    assert len(desk.project.rulings(desk.article)) == 1


def test_everything_has_a_name_and_a_place_in_the_tab_order(desk):
    desk.page.agreed.open()
    kinds = (QAbstractButton, QAbstractItemView, QComboBox, QLineEdit, QSpinBox)
    found = [w for kind in kinds for w in desk.page.findChildren(kind) if w.isVisible()]
    ours = [w for w in found if not isinstance(w.parentWidget(), kinds)]
    assert len(ours) > 20
    assert [w for w in ours if not (w.accessibleName() or getattr(w, "text", lambda: "")())] == []


@pytest.mark.parametrize("theme", [LIGHT, DARK])
def test_both_themes_can_be_used(desk, theme):
    desk.page.set_theme(theme)
    desk.go(VICTORY[:30])
    desk.key(Key.Key_E)
    assert not desk.page.grab().isNull()


def test_the_change_can_be_undone_by_the_command_line_too(desk):
    desk.key(Key.Key_Return)
    stacks = UndoStacks(desk.project, "Eve")
    assert stacks.next_undo().words == "accept Casualty report into gold"
    take_back(desk.project, actor="Eve", action=stacks.next_undo())
    assert desk.gold() == []
