"""The inspector on a session: what is selected is shown, what is filled in is stored."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLineEdit, QWidget

from annotator.model.span import Span
from annotator.services import entities, linking, tagging
from annotator.services.telling import told
from annotator.ui.panels.inspector import InspectorPanel
from annotator.ui.theme import DARK, LIGHT

Key = Qt.Key


@pytest.fixture
def panel(session, article, shown) -> InspectorPanel:
    return shown(InspectorPanel(session, LIGHT))


def press(key: Qt.Key, words: str = "") -> None:
    widget = QApplication.focusWidget()
    assert widget is not None
    if words:
        QTest.keyClicks(widget, words)
    QTest.keyClick(widget, key)


def field(panel, name):
    return panel.span.form.rows[name].field


# --- labels ------------------------------------------------------------------------------------


def test_a_label_button_tags_the_selected_words(panel, session, project, click, span_at):
    session.select_words([span_at("The truce is not dead")])
    click(panel.labels.buttons["quote"])
    (made,) = project.annotations(session.article.id)
    assert (made.label, made.words, made.id) == ("quote", "The truce is not dead", session.selected)
    assert panel.labels.buttons["quote"].isChecked()


def test_a_label_button_relabels_the_selected_span(panel, mark, project, click):
    made = mark("The truce is not dead")
    click(panel.labels.buttons["casualty"])
    assert project.annotation(made.id).label == "casualty"
    assert set(panel.span.form.rows) >= {"harm", "count", "victims"}


def test_a_label_button_arms_with_nothing_selected_and_disarms(panel, session, click):
    click(panel.labels.buttons["claim"])
    assert session.armed == "claim"
    assert "armed" in panel.labels.buttons["claim"].accessibleDescription()
    click(panel.labels.buttons["claim"])
    assert session.armed == ""


def test_a_click_on_a_label_leaves_the_focus_where_it_was(panel, mark, click):
    mark("The truce is not dead")
    panel.begin("claimant")
    before = QApplication.focusWidget()
    click(panel.labels.buttons["source"])
    assert before is not panel.labels.buttons["source"]
    assert QApplication.focusWidget() is not panel.labels.buttons["source"]


def test_helper_labels_are_smaller_and_below(panel):
    main, helper = panel.labels.buttons["claim"], panel.labels.buttons["source"]
    top = [w.mapTo(panel, QPoint(0, 0)).y() for w in (main, helper)]
    assert top[0] < top[1]
    assert helper.height() < main.height()


def test_the_labels_of_another_project_are_shown(panel, session, home, tmp_path, scheme):
    from annotator.model.scheme import Scheme
    from annotator.store import Project

    small = Scheme.from_body(
        {"scheme": {"id": "small"}, "label": [{"id": "rumour", "title": "Rumour & talk"}]}
    )
    session.use(Project.create(tmp_path / "small.annotator", scheme=small, title="Small", home=home))
    assert list(panel.labels.buttons) == ["rumour"]


# --- the form ----------------------------------------------------------------------------------


def test_a_casualty_span_has_its_figure_filled_in_from_the_words(panel, mark, project):
    made = mark("killed at least nine people", "casualty")
    assert project.annotation(made.id).attributes["count"] == {
        "words": "at least nine",
        "qualifier": "at least",
        "low": 9,
        "best": 9,
        "high": None,
    }
    assert field(panel, "count").bounds["low"].text() == "9"
    assert panel.span.form.rows["count"].understood.text() == "→ 9 or more"


def test_what_words_would_be_understood_to_say_is_shown_while_selecting(panel, session, span_at):
    session.select_words([span_at("killed at least nine people")])
    assert panel.passage.isVisible()
    assert panel.passage.meaning.text() == "“at least nine” → 9 or more"
    session.select_words([span_at("Kerry said")])
    assert not panel.passage.meaning.isVisible()


def test_enter_goes_from_field_to_text_and_saves(panel, mark, project, qtbot):
    made = mark("killed at least nine people", "casualty")
    panel.begin("as of")
    with qtbot.waitSignal(panel.left):
        press(Key.Key_Return, "Tuesday")
    assert project.annotation(made.id).attributes["as of"] == "2016-09-20"
    assert told(project, made.id)[0].words == "as of set: 2016-09-20"


def test_a_label_key_pressed_in_a_choice_relabels(panel, mark, project):
    made = mark("The truce is not dead")
    panel.begin("voice")
    press(Key.Key_2)
    assert project.annotation(made.id).label == "quote"


def test_a_digit_typed_into_a_field_stays_there(panel, mark, project):
    made = mark("12 were hurt", "casualty")
    panel.begin("as of")
    press(Key.Key_2)
    assert project.annotation(made.id).label == "casualty"
    assert field(panel, "as of").line.text() == "2"


def test_esc_on_any_button_goes_back_to_the_text(panel, mark, qtbot):
    mark("The truce is not dead")
    panel.labels.buttons["quote"].setFocus()
    with qtbot.waitSignal(panel.left):
        press(Key.Key_Escape)


def test_what_is_missing_is_said_in_place_until_it_is_there(panel, mark, click):
    mark("The truce is not dead")
    row = panel.span.form.rows["voice"]
    assert row.aside.text() == "needs a value"
    click(row.field.segments[1])
    assert not row.aside.isVisible()


def test_an_entity_is_created_by_typing_and_offered_from_then_on(panel, mark, project):
    made = mark("The truce is not dead")
    panel.begin("claimant")
    press(Key.Key_Return, "John Kerry")
    (kerry,) = project.entities("actor")
    assert project.annotation(made.id).attributes["claimant"] == kerry.id
    mark("12 were hurt", "casualty")
    panel.begin("source")
    QTest.keyClicks(QApplication.focusWidget(), "kerr")
    rows = field(panel, "source")._list.rows
    assert [rows.item(i).text() for i in range(rows.count())] == ["John Kerry", "Create “kerr”"]


def test_a_renamed_entity_shows_its_new_name(panel, mark, project, session):
    kerry = entities.create(project, actor="Ada", kind="actor", name="Kery")
    made = mark("The truce is not dead")
    session.do(tagging.set_value, annotation=made.id, name="claimant", value=kerry.id)
    session.do(entities.rename, entity=kerry.id, name="John Kerry")
    assert field(panel, "claimant").line.text() == "John Kerry"


def test_values_refresh_without_losing_the_focus_or_what_is_typed(panel, mark, session, project):
    made = mark("killed at least nine people", "casualty")
    panel.begin("as of")
    line = QApplication.focusWidget()
    QTest.keyClicks(line, "2016-0")
    session.do(tagging.set_value, annotation=made.id, name="harm", value="killed")
    assert QApplication.focusWidget() is line
    assert (line.text(), line.cursorPosition()) == ("2016-0", 6)
    assert field(panel, "harm").combo.currentText() == "killed"


def test_rows_are_made_anew_only_for_another_label(panel, mark, session):
    first = mark("The truce is not dead")
    rows = panel.span.form.rows
    second = mark("12 were hurt")
    assert panel.span.form.rows is rows
    session.do(tagging.relabel, annotation=second.id, label="quote")
    assert panel.span.form.rows is not rows
    session.select(first.id)
    assert "voice" in panel.span.form.rows


def test_what_was_being_typed_is_saved_for_its_own_span_when_another_is_selected(
    panel, mark, session, project
):
    first = mark("killed at least nine people", "casualty")
    second = mark("12 were hurt", "casualty")
    session.select(first.id)
    panel.begin("as of")
    QTest.keyClicks(QApplication.focusWidget(), "yesterday")
    session.select(second.id)
    assert project.annotation(first.id).attributes["as of"] == "2016-09-20"
    assert "as of" not in project.annotation(second.id).attributes


def test_what_is_being_typed_is_saved_when_the_project_is_let_go(panel, mark, session, project, home):
    from annotator.store import Project

    made = mark("The truce is not dead")
    panel.span.note.setFocus()
    QTest.keyClicks(panel.span.note, "check this")
    path = project.path
    session.close()
    with Project.open(path, home=home) as again:
        assert again.annotation(made.id).note == "check this"


def test_a_choice_made_twice_is_one_change(panel, mark, project, click):
    made = mark("The truce is not dead")
    before = len(project.history("annotation", made.id))
    for _ in range(2):
        panel.span.form.show_values((), {}, {})
        panel._refresh()
    assert len(project.history("annotation", made.id)) == before
    click(field(panel, "voice").segments[0])
    assert len(project.history("annotation", made.id)) == before + 1


def test_somebody_elses_span_can_be_read_and_not_changed(panel, session, ben):
    session.show_layer("Ben")
    session.select(ben.id)
    assert panel.span.banner.text() == "Ben’s span: only Ben can change it."
    assert panel.span.banner.isVisible()
    assert all(not s.isEnabled() for s in field(panel, "voice").segments)
    assert field(panel, "claimant").line.isReadOnly()
    assert panel.span.note.isReadOnly()
    assert [row.aside.text() for row in panel.span.form.rows.values() if row.aside.text()] == []
    assert "border-color: transparent" in panel.span.form.styleSheet()


# --- note, links, history ----------------------------------------------------------------------


def test_a_note_grows_and_is_saved_by_enter(panel, mark, project, qtbot):
    made = mark("The truce is not dead")
    note = panel.span.note
    low = note.height()
    note.setFocus()
    QTest.keyClicks(note, "one")
    QTest.keyClick(note, Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    QTest.keyClicks(note, "two")
    assert note.height() > low
    with qtbot.waitSignal(panel.left):
        QTest.keyClick(note, Key.Key_Return)
    assert project.annotation(made.id).note == "one\ntwo"


def test_esc_leaves_a_note_as_it_was(panel, mark, project):
    made = mark("The truce is not dead")
    panel.span.note.setFocus()
    QTest.keyClicks(panel.span.note, "no")
    QTest.keyClick(panel.span.note, Key.Key_Escape)
    assert (panel.span.note.toPlainText(), project.annotation(made.id).note) == ("", "")


@pytest.fixture
def linked(mark, session):
    source = mark("the observatory", "source")
    claim = mark("The truce is not dead")
    session.do(linking.link, type="attributed-to", source=claim.id, target=source.id)
    return claim, source


def links(panel, qtbot):
    qtbot.waitUntil(lambda: panel.span.links.rows != [])
    return panel.span.links.rows


def test_links_are_listed_with_words_and_direction(panel, linked, qtbot, session):
    (row,) = links(panel, qtbot)
    assert row.span.words == "“the observatory”"
    assert row.span.about == "attributed to → Source"
    session.select(linked[1].id)
    qtbot.waitUntil(lambda: panel.span.links.rows[0].span.about == "attributed to ← Claim")


def test_a_link_is_jumped_along_by_enter(panel, linked, qtbot, session):
    (row,) = links(panel, qtbot)
    row.span.setFocus()
    with qtbot.waitSignal(panel.jumped):
        QTest.keyClick(row.span, Key.Key_Return)
    assert session.selected == linked[1].id


def test_a_link_is_deleted_and_the_list_follows(panel, linked, qtbot, click, project):
    (row,) = links(panel, qtbot)
    click(row.bin)
    assert project.links_of(linked[0].id) == ()
    qtbot.waitUntil(lambda: panel.span.links.rows == [])


def test_a_link_leads_into_another_article(panel, mark, project, session, article, qtbot):
    from annotator.services import articles

    other = articles.add(project, actor="Ada", raw="Nine people died in Hama.", title="Hama")
    there = tagging.tag(project, actor="Ada", article=other.id, label="claim", spans=[Span(0, 16)])
    here = mark("The truce is not dead")
    session.do(linking.link, type="repeats", source=here.id, target=there.id)
    (row,) = links(panel, qtbot)
    assert row.span.about.endswith("Hama")
    row.span.click()
    assert (session.article.id, session.selected) == (other.id, there.id)


def test_the_button_asks_for_a_link(panel, mark, qtbot):
    mark("The truce is not dead")
    qtbot.waitUntil(panel.span.links.make.isVisible)
    with qtbot.waitSignal(panel.link_wanted):
        panel.span.links.make.click()


def steps(panel, qtbot, number):
    qtbot.waitUntil(lambda: len(panel.span.history.rows) == number and panel.span.history.rows[0].isVisible())
    return panel.span.history.rows


def test_tab_goes_down_the_form_then_note_links_history_and_labels(panel, mark, session, qtbot):
    made = mark("12 were hurt", "claim")
    session.do(tagging.relabel, annotation=made.id, label="casualty")
    steps(panel, qtbot, 2)
    rows, seen = panel.span.form.rows, []
    panel.begin()
    while (here := QApplication.focusWidget()) is not panel.labels.buttons["claim"]:
        place = panel.span.form._field_of(here)
        name = place.attribute.name if place else here.accessibleName()
        if name not in seen:
            seen.append(name)
        assert len(seen) < 30
        press(Key.Key_Tab)
    assert seen[: len(rows)] == list(rows)
    assert seen[len(rows) : len(rows) + 2] == ["Note", "Link to…"]
    assert [name.partition(" ")[0] for name in seen[len(rows) + 2 :]] == ["Restore"]


def test_tab_from_the_text_enters_the_form(session, article, shown, mark):
    both, text = QWidget(), QLineEdit()
    inspector = InspectorPanel(session, LIGHT)
    row = QHBoxLayout(both)
    row.addWidget(text)
    row.addWidget(inspector)
    shown(both, 700, 850)
    mark("12 were hurt", "casualty")
    text.setFocus()
    press(Key.Key_Tab)
    assert QApplication.focusWidget() is inspector.span.form.stops()[0]
    press(Key.Key_Backtab)
    assert QApplication.focusWidget() is text


def test_restoring_by_the_keyboard_keeps_the_focus_in_the_history(panel, mark, session, project, qtbot):
    made = mark("The truce is not dead")
    session.do(tagging.set_note, annotation=made.id, note="a")
    session.do(tagging.set_note, annotation=made.id, note="b")
    oldest = steps(panel, qtbot, 3)[-1]
    assert oldest.restore.text() == "Restore"
    oldest.restore.setFocus()
    press(Key.Key_Space)
    assert project.annotation(made.id).note == ""
    steps(panel, qtbot, 4)
    here = QApplication.focusWidget()
    assert here.text() == "Restore"
    assert panel.span.history.isAncestorOf(here)


def test_no_row_is_a_window_of_its_own_for_a_moment(panel, linked, session, qtbot):
    links(panel, qtbot)
    session.do(tagging.set_note, annotation=linked[0].id, note="a")
    steps(panel, qtbot, 2)
    assert panel.isActiveWindow()


def test_the_history_tells_who_changed_what_newest_first(panel, mark, session, qtbot):
    made = mark("The truce is not dead")
    session.do(tagging.move, annotation=made.id, fragments=[Span(made.hull.start, made.hull.stop - 5)])
    session.do(tagging.relabel, annotation=made.id, label="quote")
    steps(panel, qtbot, 3)
    words = [step.words for step in panel.span.history._steps]
    assert words == ["relabelled Claim → Quote", "boundaries moved", "created"]


def test_an_earlier_step_is_restored_by_its_button(panel, mark, session, project, qtbot, click):
    made = mark("The truce is not dead")
    session.do(tagging.relabel, annotation=made.id, label="quote")
    newest, oldest = steps(panel, qtbot, 2)
    assert not newest.restore.isVisible()
    click(oldest.restore)
    assert project.annotation(made.id).label == "claim"
    assert project.annotation(made.id).words == "The truce is not dead"


def test_a_long_history_is_short_until_it_is_asked_for(panel, mark, session, qtbot, click):
    made = mark("The truce is not dead")
    for note in "abcdefgh":
        session.do(tagging.set_note, annotation=made.id, note=note)
    steps(panel, qtbot, 5)
    assert panel.span.history.more.text() == "Show 4 earlier steps"
    click(panel.span.history.more)
    steps(panel, qtbot, 9)


# --- nothing selected --------------------------------------------------------------------------


def test_the_guideline_of_the_label_under_the_mouse_is_shown(panel, session):
    session.hover("claim")
    assert panel.guideline.isVisible()
    assert panel.guideline.title.text() == "Claim"
    assert "It is true that" in panel.guideline.rule.text()
    assert '>efforts to salvage the truce are "not dead"</span>' in panel.guideline.good.text()
    session.hover("")
    assert panel.overview.isVisible()


def test_the_guideline_of_an_armed_label_stays(panel, session):
    session.arm("quote")
    session.hover("")
    assert panel.guideline.title.text() == "Quote"


def test_examples_are_shown_as_text_whatever_marks_they_hold(panel):
    from annotator.model.scheme import Label

    panel.guideline.show_label(Label("x", "X", rule="<b>no</b>", good="a [<img src=x>] b"))
    assert "&lt;img src=x&gt;" in panel.guideline.good.text()
    assert "&lt;b&gt;" in panel.guideline.rule.text()


def test_the_overview_counts_spans_and_leads_to_what_is_incomplete(panel, mark, session, click, qtbot):
    made = mark("The truce is not dead")
    mark("12 were hurt", "casualty")
    session.hover("")
    session.select("")
    assert panel.overview.isVisible()
    first = panel.overview.buttons[0]
    assert first.about == "Claim · type, voice, check-worthy"
    click(first)
    assert session.selected == made.id
    assert QApplication.focusWidget() is field(panel, "type").combo


# --- manners -----------------------------------------------------------------------------------


def test_nothing_is_cut_in_a_small_window(panel, mark):
    mark("killed at least nine people", "casualty")
    panel.resize(322, 620)
    QApplication.processEvents()
    inside = panel.area.widget()
    assert inside.width() <= panel.area.viewport().width()
    assert inside.minimumSizeHint().width() <= panel.area.viewport().width()
    assert panel.area.verticalScrollBar().maximum() > 0


def test_a_field_that_takes_the_focus_is_brought_into_sight(panel, mark):
    mark("killed at least nine people", "casualty")
    panel.resize(322, 420)
    QApplication.processEvents()
    panel.begin("as of")
    QApplication.processEvents()
    line = QApplication.focusWidget()
    top = line.mapTo(panel.area.viewport(), QPoint(0, 0)).y()
    assert 0 <= top <= panel.area.viewport().height() - line.height()


def test_every_control_has_a_name(panel, mark, qtbot, linked):
    mark("killed at least nine people", "casualty")
    QApplication.processEvents()
    for widget in panel.findChildren(QWidget):
        if widget.focusPolicy() != Qt.FocusPolicy.NoFocus and widget.isVisible():
            assert widget.accessibleName(), widget


def test_the_theme_can_change_while_it_is_shown(panel, mark):
    mark("killed at least nine people", "casualty")
    panel.set_theme(DARK)
    assert panel.labels.buttons["claim"].theme is DARK
    assert panel.grab().size() == panel.size()


@pytest.mark.parametrize("label", ["claim", "quote", "casualty", "source", "time"])
def test_every_label_of_the_scheme_can_be_painted(panel, mark, label):
    mark("The truce is not dead", label)
    assert not panel.grab().isNull()
