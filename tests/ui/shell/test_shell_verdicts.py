"""Verdicts in the window: given on another's layer, seen, answered and taken over on one's own."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel
from shell_steps import Key, nameless, press, select, tag, view

from annotator.model.change import Draft, Revision
from annotator.model.review import Assignment
from annotator.model.span import Span
from annotator.services import assigning, feedback, person, verdicts
from annotator.store import Project
from annotator.ui.judging import judging_of

WIDE = "a dozen people including four medical workers were reportedly killed by the intense air raids"


@pytest.fixture
def reviewer(window, qtbot):
    """Ada looks at the layer of Example A."""
    window.session.show_layer("Example A")
    return window


def strike(qtbot, window, command):
    """Press the key of a command, once it can be carried out."""
    action = window.menus.actions[command]
    qtbot.waitUntil(action.isEnabled)
    view(window).setFocus()
    QTest.keySequence(view(window), action.shortcut())


def choose(window, annotation):
    window.session.select(annotation)
    panel = window.article_page.inspector
    panel._show_surroundings()
    return panel


def given(window, annotation=None):
    session = window.session
    found = feedback.of_article(session.project, session.article.id, "Example A")
    return [g for g in found if annotation is None or g.verdict.annotation == annotation]


def click(card, text):
    (made,) = [b for b in card.findChildren(QAbstractButton) if b.text() == text]
    QTest.mouseClick(made, Qt.MouseButton.LeftButton)


def judged(window, **more):
    """Have Ada ask Example A for a change, and become Example A."""
    window.session.show_layer("Example A")
    window.session.do(verdicts.give, annotation="example-a-06", decision="change", **more)
    window.session.be("Example A")
    return choose(window, "example-a-06")


def test_one_key_accepts_a_span_of_somebody_else(reviewer, qtbot):
    choose(reviewer, "example-a-05")
    strike(qtbot, reviewer, "accept-span")
    (found,) = given(reviewer, "example-a-05")
    assert (found.verdict.decision, found.verdict.reviewer) == ("accept", "Ada")


def test_a_rejection_asks_for_a_reason_and_enter_gives_it(reviewer, qtbot):
    panel = choose(reviewer, "example-a-05")
    strike(qtbot, reviewer, "reject-span")
    judge = panel.span.judge
    assert judge.reason.combo.hasFocus()
    assert not judge.label.isVisible()
    QTest.keyClicks(judge.reason.combo, "over")
    judge.reason.combo.setCurrentText("over-marked")
    judge.reason.combo.activated.emit(judge.reason.combo.currentIndex())
    QTest.keyClicks(judge.comment, "no claim")
    assert given(reviewer) == []
    QTest.keyClick(judge.comment, Key.Key_Return)
    (found,) = given(reviewer)
    assert (found.verdict.decision, found.verdict.reason, found.verdict.comment) == (
        "reject",
        "over-marked",
        "no claim",
    )


def test_a_change_proposes_label_boundaries_and_values(reviewer):
    panel = choose(reviewer, "example-a-06")
    QTest.mouseClick(panel.span.judge.decision.segments[2], Qt.MouseButton.LeftButton)
    judge = panel.span.judge
    select(reviewer, WIDE)
    QTest.mouseClick(judge.boundaries, Qt.MouseButton.LeftButton)
    judge.form.rows["victims"].field.committed.emit("civilians")  # which a claim can't have
    judge.label.setCurrentIndex(judge.label.findData("claim"))
    judge.form.rows["polarity"].field.committed.emit("negative")
    QTest.mouseClick(judge.give, Qt.MouseButton.LeftButton)
    (found,) = given(reviewer, "example-a-06")
    assert found.verdict.proposed["label"] == "claim"
    assert found.verdict.proposed["exact"] == [WIDE]
    assert found.verdict.proposed["attributes"] == {"polarity": "negative"}
    assert reviewer.session.project.annotation("example-a-06").label == "casualty"


def test_what_a_change_asks_for_is_scrolled_into_sight(reviewer, qtbot):
    reviewer.resize(1024, 700)
    for who in ("Ben", "Cem", "Dora"):
        verdicts.give(
            reviewer.session.project,
            actor=who,
            annotation="example-a-06",
            decision="change",
            comment="a long remark " * 20,
        )
    reviewer.session.publish()
    panel = choose(reviewer, "example-a-06")
    assert len(panel.span.verdicts.cards) == 3
    strike(qtbot, reviewer, "ask-change")
    field, seen = panel.span.judge.reason.combo, panel.area.viewport()
    inside = panel.area.widget()
    qtbot.waitUntil(lambda: field.mapTo(inside, field.rect().topLeft()).y() > seen.height())
    qtbot.waitUntil(lambda: seen.rect().contains(field.mapTo(seen, field.rect().center())))
    assert field.hasFocus()


def test_boundaries_without_selected_words_say_what_to_do(reviewer):
    panel = choose(reviewer, "example-a-06")
    reviewer.run("ask-change")
    QTest.mouseClick(panel.span.judge.boundaries, Qt.MouseButton.LeftButton)
    assert "Select the right words" in reviewer.notice.sentence.text()


def test_a_label_on_selected_words_says_what_was_missed(reviewer):
    select(reviewer, "Foreign ministers of 20 countries")
    passage = reviewer.article_page.inspector.passage
    assert "Example A missed this" in passage.hint.text()
    passage.comment.setText("who met")
    press(reviewer, Key.Key_S)
    (found,) = given(reviewer)
    assert (found.words, found.verdict.reason, found.verdict.comment) == (
        "Foreign ministers of 20 countries",
        "missed",
        "who met",
    )
    assert reviewer.session.project.annotations(reviewer.session.article.id, "Ada") == ()


def test_words_selected_for_a_change_are_not_what_was_missed(reviewer):
    choose(reviewer, "example-a-06")
    reviewer.run("ask-change")
    select(reviewer, WIDE)
    press(reviewer, Key.Key_3)
    assert given(reviewer) == []
    assert "Use the selected words" in reviewer.notice.sentence.text()


def test_the_others_are_accepted_at_once_and_undone_at_once(reviewer):
    choose(reviewer, "example-a-05")
    reviewer.run("accept-rest")
    assert len(given(reviewer)) == len(reviewer.session.annotations)
    reviewer.run("undo")
    assert given(reviewer) == []


def test_ones_own_layer_offers_no_verdict(window):
    tag(window, "at least 13 people dead", Key.Key_3)
    panel = choose(window, window.session.selected)
    assert panel.span.judge is None
    assert not judging_of(window.session).may_judge
    window.run("accept-span")
    assert window.session.project.verdicts() == ()


def test_the_annotator_sees_a_verdict_and_takes_it_over(window):
    panel = judged(window, comment="take all", proposed={"label": "claim"})
    (card,) = panel.span.verdicts.cards
    assert view(window).look.flagged == {"example-a-06"}
    click(card, "Take over")
    assert window.session.project.annotation("example-a-06").label == "claim"
    assert view(window).look.flagged == frozenset()
    window.run("undo")
    assert window.session.project.annotation("example-a-06").label == "casualty"


def test_the_annotator_answers_and_settles(window):
    panel = judged(window, comment="too long")
    (card,) = panel.span.verdicts.cards
    card.answer.setText("it is right so")
    QTest.keyClick(card.answer, Key.Key_Return)
    assert view(window).hasFocus()
    panel._show_surroundings()
    (card,) = panel.span.verdicts.cards
    click(card, "Settled")
    (found,) = given(window)
    assert (found.reply.comment, found.reply.settled) == ("it is right so", True)
    panel._show_surroundings()
    click(panel.span.verdicts.cards[0], "Open again")
    assert given(window)[0].is_open


def test_the_reviewer_withdraws(reviewer):
    reviewer.session.do(verdicts.give, annotation="example-a-06", decision="reject")
    panel = choose(reviewer, "example-a-06")
    click(panel.span.verdicts.cards[0], "Withdraw")
    assert given(reviewer) == []
    panel._show_surroundings()
    assert panel.span.verdicts.cards == []


def test_a_key_goes_from_one_verdict_to_the_next_and_round(reviewer, qtbot):
    for annotation in ("example-a-27", "example-a-06"):
        reviewer.session.do(verdicts.give, annotation=annotation, decision="reject")
    reviewer.session.select("")
    seen = []
    for _ in range(3):
        strike(qtbot, reviewer, "next-verdict")
        seen.append(reviewer.session.selected)
    assert seen == ["example-a-06", "example-a-27", "example-a-06"]
    reviewer.run("previous-verdict")
    assert reviewer.session.selected == "example-a-27"


def test_after_a_verdict_space_goes_on_to_the_next_span(reviewer, qtbot):
    order = [a.id for a in reviewer.session.annotations]
    choose(reviewer, order[3])
    strike(qtbot, reviewer, "accept-span")
    press(reviewer, Key.Key_Space)
    assert reviewer.session.selected == order[4]
    strike(qtbot, reviewer, "reject-span")
    judge = reviewer.article_page.inspector.span.judge
    QTest.keyClick(judge.comment, Key.Key_Return)
    assert view(reviewer).hasFocus()
    press(reviewer, Key.Key_Space)
    assert reviewer.session.selected == order[5]


def test_one_key_takes_over_and_one_settles(window, qtbot):
    judged(window, proposed={"label": "claim"})
    strike(qtbot, window, "take-over")
    assert window.session.project.annotation("example-a-06").label == "claim"
    window.run("undo")
    strike(qtbot, window, "settle-verdict")
    assert not given(window)[0].is_open
    assert window.session.project.annotation("example-a-06").label == "casualty"
    qtbot.waitUntil(lambda: not window.menus.actions["take-over"].isEnabled())


def test_a_verdict_that_proposes_nothing_can_t_be_taken_over(window, qtbot):
    judged(window, comment="look again")
    strike(qtbot, window, "take-over")
    assert "proposes nothing" in window.notice.sentence.text()
    assert given(window)[0].is_open


def test_a_key_begins_the_answer_and_enter_gives_it(window, qtbot):
    panel = judged(window, comment="too long")
    strike(qtbot, window, "answer-verdict")
    (card,) = panel.span.verdicts.cards
    assert card.answer.hasFocus()
    QTest.keyClicks(card.answer, "why?")
    QTest.keyClick(card.answer, Key.Key_Return)
    assert given(window)[0].reply.comment == "why?"


def missed(window, words, label="source"):
    """Have Ada say that Example A missed something, and become Example A."""
    window.session.show_layer("Example A")
    start = window.session.text.index(words)
    about = {"article": window.session.article.id, "layer": "Example A", "label": label}
    window.session.do(verdicts.give_missed, spans=[Span(start, start + len(words))], **about)
    window.session.be("Example A")


def test_a_key_goes_to_what_was_missed_and_one_key_marks_it(window, qtbot):
    missed(window, "Foreign ministers of 20 countries")
    window.session.select("")
    strike(qtbot, window, "next-verdict")
    (card,) = window.article_page.inspector.missed.cards
    assert view(window).selection() == view(window).look.missing[0]
    qtbot.waitUntil(card.isVisible)
    strike(qtbot, window, "take-over")
    made = window.session.selected_annotation()
    assert (made.words, made.label) == ("Foreign ministers of 20 countries", "source")
    assert view(window).look.missing == ()
    window.run("undo")
    assert len(view(window).look.missing) == 1


def test_a_key_goes_on_from_words_that_two_say_were_missed(window, qtbot):
    session, words = window.session, ("Assad regime forces", "Foreign ministers of 20 countries")
    session.show_layer("Example A")
    for who, at in (("Ben", 0), ("Cem", 0), ("Cem", 1)):
        start = session.text.index(words[at])
        about = {"article": session.article.id, "layer": "Example A", "label": "source"}
        place = [Span(start, start + len(words[at]))]
        verdicts.give_missed(session.project, actor=who, spans=place, **about)
    session.be("Example A")
    session.publish()
    seen = []
    for command in ("next-verdict", "next-verdict", "next-verdict", "previous-verdict"):
        strike(qtbot, window, command)
        (span,) = view(window).selection()
        seen.append(words.index(session.text[span.start : span.stop]))
    assert seen == [0, 1, 0, 1]
    assert len(view(window).look.missing) == 2


def signs_below(window, span):
    """List at which pixels of the line below some words the colour of verdicts is painted."""
    shown = view(window)
    box = shown.boxes_of(span)[-1]
    picture = shown.viewport().grab().toImage()
    rows = range(round(box.bottom), round(box.bottom + 12))
    sign = shown.theme.note_text
    return [x for x in range(picture.width()) for y in rows if picture.pixelColor(x, y).name() == sign]


def test_a_key_that_goes_from_missed_words_to_a_span_leaves_no_words_selected(window, qtbot):
    window.session.show_layer("Example A")
    window.session.do(verdicts.give, annotation="example-a-12", decision="reject")
    missed(window, "Assad regime forces")
    window.session.select("")
    strike(qtbot, window, "next-verdict")
    assert view(window).selection() != ()
    strike(qtbot, window, "next-verdict")
    assert window.session.selected == "example-a-12"
    assert (view(window).selection(), window.session.passage) == ((), ())
    press(window, Key.Key_2)
    assert window.session.project.annotation("example-a-12").label == "quote"


def test_what_was_missed_is_painted_under_its_words(window):
    missed(window, "Foreign ministers of 20 countries")
    window.session.select("")
    (fragments,) = view(window).look.missing
    view(window).reveal(fragments[0])
    box, signs = view(window).boxes_of(fragments[0])[-1], signs_below(window, fragments[0])
    assert box.left < min(signs)
    assert box.right - 12 < max(signs) < box.right
    (found,) = given(window)
    window.session.do(verdicts.answer, verdict=found.verdict.id, settled=True)
    assert signs_below(window, fragments[0]) == []


def test_the_card_marks_in_what_the_proposed_words_differ(window):
    session = window.session
    span = session.project.annotation("example-a-06")
    stop = span.hull.stop + len(" by the intense air raids")
    panel = judged(window, proposed={"fragments": [(span.hull.start, stop)]})
    shown = panel.span.verdicts.cards[0].findChildren(QLabel)
    (words,) = [label for label in shown if "<u>" in label.text()]
    assert "<u><b> by the intense air raids</b></u>" in words.text()
    assert words.accessibleName() == "Adds “by the intense air raids”"


def test_tagging_reads_no_verdicts_again(window, monkeypatch):
    judged(window)
    read = []
    monkeypatch.setattr(Project, "verdicts", lambda *said: read.append(said) or ())
    monkeypatch.setattr(Project, "corrections", lambda *said: read.append(said) or ())
    tag(window, "Foreign ministers", Key.Key_S)
    assert (len(window.session.annotations), read) == (33, [])
    assert view(window).look.flagged == {"example-a-06"}


def test_articles_with_open_verdicts_can_be_listed(window):
    judged(window)
    panel = window.article_page.articles
    wanted = next(a for a in panel.filters.menu().actions() if a.text().startswith("With verdicts"))
    assert wanted.text() == "With verdicts 1"
    wanted.trigger()
    assert panel.model.rowCount() == 1
    (found,) = given(window)
    window.session.do(verdicts.answer, verdict=found.verdict.id, settled=True)
    assert panel.model.rowCount() == 0


def test_opening_a_project_tells_of_open_verdicts_on_ones_work(window, desk):
    judged(window)
    person.remember(desk.home, "Example A")
    again = desk.again()
    assert again.notice.sentence.text() == "1 open verdict on your work, in 1 article."
    QTest.mouseClick(again.notice.action, Qt.MouseButton.LeftButton)
    assert again.page == "feedback"
    assert again._built["feedback"].annotator == "Example A"


def told_feedback(window, qtbot):
    """Show the Feedback page, and wait until it has read the verdicts."""
    window.run("feedback")
    page = window._built["feedback"]
    qtbot.waitUntil(lambda: not page.is_busy)
    return page


def test_the_feedback_page_sums_up_and_opens_passages(window, qtbot):
    judged(window, reason="boundary", comment="take all")
    page = told_feedback(window, qtbot)
    assert page.sentence.text() == "1 correction, 1 about boundaries; 1 open"
    assert nameless(page) == []
    window.session.select("")
    page.passages[0].click()
    assert (window.page, window.session.selected) == ("annotate", "example-a-06")


def test_the_passages_of_feedback_stand_in_the_order_of_its_bars(window, qtbot):
    session = window.session
    session.show_layer("Example A")
    for annotation, reason in (
        *(("example-a-06", "value"), ("example-a-10", "value"), ("example-a-11", "boundary")),
        *(("example-a-12", ""), ("example-a-13", "boundary"), ("example-a-14", "boundary")),
    ):
        session.do(verdicts.give, annotation=annotation, decision="reject", reason=reason)
    session.be("Example A")
    for verdict in [g.verdict for g in given(window) if g.verdict.reason == "boundary"][:2]:
        session.do(verdicts.answer, verdict=verdict.id, settled=True)
    page = told_feedback(window, qtbot)
    bars = page.area.widget().layout().itemAt(0).widget().layout()
    assert [bars.itemAtPosition(row, 0).widget().text() for row in range(3)] == [
        *("Boundary", "Value", "Without a reason")
    ]
    heads = [
        label for label in page.area.widget().findChildren(QLabel) if label.property("role") == "section"
    ]
    assert [label.text() for label in sorted(heads, key=lambda label: label.y())] == [
        *("Boundary", "Boundary · settled", "Value", "Without a reason")
    ]
    assert page.sentence.text().startswith("6 corrections, 3 about boundaries, 2 about values")


def test_tab_goes_through_feedback_from_top_to_bottom(window, qtbot):
    judged(window, reason="boundary")
    verdicts.give(window.session.project, actor="Cem", annotation="example-b-01", decision="reject")
    verdicts.give(window.session.project, actor="Cem", annotation="example-a-10", decision="reject")
    window.session.publish()
    page = told_feedback(window, qtbot)
    chips = list(page.chips.values())
    chips[0].setFocus(Qt.FocusReason.TabFocusReason)
    seen = [QApplication.focusWidget()]
    while seen[-1] is not page.back:
        QTest.keyClick(seen[-1], Key.Key_Tab)
        seen.append(QApplication.focusWidget())
        assert page.isAncestorOf(seen[-1])
    assert seen == [*chips, *page.passages, page.back]


def test_the_keyboard_is_on_the_first_passage_of_the_feedback_page(window, qtbot):
    judged(window, reason="boundary")
    page = told_feedback(window, qtbot)
    qtbot.waitUntil(page.passages[0].hasFocus)
    QTest.keyClick(page.passages[0], Key.Key_Return)
    assert (window.page, window.session.selected) == ("annotate", "example-a-06")


def test_the_feedback_page_opens_what_was_missed_with_its_words_selected(window, qtbot):
    missed(window, "Foreign ministers of 20 countries")
    page = told_feedback(window, qtbot)
    page.passages[0].click()
    assert window.session.passage == view(window).look.missing[0]


def test_feedback_is_a_button_on_the_progress_page(window, qtbot):
    judged(window, reason="boundary")
    window.session.be("Ada")
    window.run("page-progress")
    progress = window._built["progress"]
    progress.table.setCurrentIndex(progress.people.index(progress.people.place("Example A"), 0))
    QTest.mouseClick(progress.feedback, Qt.MouseButton.LeftButton)
    page = window._built["feedback"]
    qtbot.waitUntil(lambda: not page.is_busy)
    assert (page.annotator, page.sentence.text()) == (
        "Example A",
        "1 correction, 1 about boundaries; 1 open",
    )


def test_in_a_blind_round_feedback_keeps_the_others_passages_out_of_sight(window, qtbot):
    judged(window, reason="boundary")
    session = window.session
    blind = session.do(assigning.make_round, title="Blind", blind=True)
    session.project.commit(
        Draft("assign", "Ada", (Revision.of(Assignment(session.article.id, "Ada", blind.id)),))
    )
    assert len(told_feedback(window, qtbot).passages) == 1
    session.be("Ada")
    page = told_feedback(window, qtbot)
    assert (page.annotator, page.passages) == ("Example A", [])


def test_the_feedback_page_says_when_there_is_nothing(window):
    window.run("feedback")
    page = window._built["feedback"]
    assert page.empty.isVisible()
    QTest.keyClick(page, Key.Key_Escape)
    assert window.page == "annotate"
