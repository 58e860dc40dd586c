"""The import page stays usable: choices show at once, files are read once, and the latest choice wins."""

import threading

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from test_shell_importing import begin, choose, count, folder, foreign, look_at, many_names, pick, settled

from annotator.services import importing
from annotator.services.looking import Look
from annotator.services.naming import LEFT_OUT, Name, remember, remembered

FIXTURES = (choose, folder, foreign, look_at, many_names, settled)
ORG, ASSERTION = Name("label", "ORG"), Name("label", "assertion")


@pytest.fixture
def held(monkeypatch):
    """Hold plans up until they are let through; each can still be cancelled."""
    gate, plan, made = threading.Event(), Look.plan, []
    gate.set()

    def slow(self, project, *, layer=None, choices=None, tell):
        while not gate.wait(0.01):
            tell(0, 0)
        made.append(dict(choices or {}))
        return plan(self, project, layer=layer, choices=choices or {}, tell=tell)

    monkeypatch.setattr(Look, "plan", slow)
    gate.made = made
    yield gate
    gate.set()


@pytest.fixture
def reading(monkeypatch):
    """Hold the reading of files up; it can still be cancelled."""
    gate, look, begun = threading.Event(), importing.look, []

    def slow(project, paths, **options):
        begun.append(paths)
        while not gate.wait(0.01):
            options["tell"](3, 0)
        return look(project, paths, **options)

    monkeypatch.setattr(importing, "look", slow)
    gate.begun = begun
    yield gate
    gate.set()


def test_a_choice_is_shown_at_once_and_old_figures_are_marked(window, foreign, look_at, held, settled, qtbot):
    page = look_at(window, foreign)
    held.clear()
    pick(page.names.boxes[ORG], "Leave out")
    assert page.names.boxes[ORG].currentText() == "Leave out"
    qtbot.waitUntil(lambda: "Updating the figures" in page.line.words.text())
    assert not page.deed.isEnabled()
    assert page.names.boxes[ASSERTION].isEnabled()
    assert page.found.list.isVisible()
    held.set()
    settled(page)
    assert page.line.words.text() == ""
    assert page.deed.isEnabled()
    assert page.plan.annotations == 1


def test_of_choices_in_a_row_the_latest_is_shown(window, foreign, look_at, held, settled):
    page = look_at(window, foreign)
    held.clear()
    for text in ("Leave out", "Source", "Quote"):
        pick(page.names.boxes[ORG], text)
    pick(page.names.boxes[ASSERTION], "Leave out")
    held.set()
    settled(page)
    assert {u.name.name: u.becomes for u in page.plan.unknown if u.name.kind == "label"} == {
        "ORG": "quote",
        "assertion": LEFT_OUT,
    }
    # What was overtaken before it began was never worked out.
    assert held.made[-1] == {ORG: "quote", ASSERTION: LEFT_OUT}
    assert len(held.made) <= 3


def test_nothing_is_written_before_the_figures_follow(window, foreign, look_at, held, settled):
    page = look_at(window, foreign)
    held.clear()
    pick(page.names.boxes[ORG], "Leave out")
    QTest.keyClick(page.names.boxes[ORG], Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert window.page == "import"
    assert count(window) == 1
    held.set()
    settled(page)
    QTest.keyClick(page.names.boxes[ORG], Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert count(window) == 2


def test_files_are_read_once_whatever_is_chosen(window, foreign, look_at, choose, settled):
    page = look_at(window, foreign)
    foreign.unlink()
    choose(page, ORG, "Leave out")
    pick(page.whose.box, "gold")
    settled(page)
    assert page.plan.annotations == 1
    QTest.mouseClick(page.deed, Qt.MouseButton.LeftButton)
    assert count(window) == 2
    assert [a.layer for a in window.session.project.annotations(window.session.article.id)] == ["gold"]


def test_the_page_tells_how_far_reading_is_and_can_be_left(window, folder, reading, qtbot):
    page = begin(window, folder)
    assert page._head.text() == "Reading …"
    assert page.deed.isHidden()
    qtbot.waitUntil(lambda: page.line.bar.isVisible() and "Reading" in page.line.words.text())
    QTest.mouseClick(page.back, Qt.MouseButton.LeftButton)
    assert window.page == "annotate"
    qtbot.waitUntil(lambda: not page.is_busy)
    assert page.plan is None
    assert page.deed.isHidden()


def test_whose_work_it_is_can_be_chosen_while_files_are_read(window, foreign, reading, settled):
    page = begin(window, foreign)
    pick(page.whose.box, "gold")
    reading.set()
    settled(page)
    assert len(reading.begun) == 1
    QTest.mouseClick(page.deed, Qt.MouseButton.LeftButton)
    assert window.session.project.annotations(window.session.article.id)[0].layer == "gold"


def test_other_files_take_the_place_of_those_that_are_read(window, folder, foreign, reading, settled):
    begin(window, folder)
    page = begin(window, foreign)
    reading.set()
    settled(page)
    assert page._files.text() == "foreign.jsonl"
    assert page.plan.annotations == 2


def test_a_project_that_is_closed_meanwhile_leaves_nothing_behind(window, folder, reading):
    page = begin(window, folder)
    window.session.close()
    assert not page.is_busy
    assert page.plan is None


def test_what_is_spelled_like_a_label_can_be_added_all_the_same(window, tmp_path, look_at, choose, home):
    path = tmp_path / "alike.jsonl"
    path.write_text(
        '{"format": "annotator", "version": 1}\n'
        '{"text": "The truce holds.", "annotations": [{"label": "Claim", "fragments": [[4, 9]]}]}\n'
    )
    page = look_at(window, path)
    name = Name("label", "Claim")
    assert page.names.boxes[name].currentText() == "Claim"
    choose(page, name, "Add to the scheme")
    assert page.names.boxes[name].currentText() == "Add to the scheme"
    page.write()
    assert [a.label for a in window.session.project.annotations(window.session.article.id)] == ["Claim"]
    assert remembered(home, "conflict-news") == {name: None}


def test_earlier_choices_that_fit_no_longer_are_no_obstacle(window, foreign, look_at, home):
    earlier = {ORG: "organisation", ASSERTION: "claim"}
    remember(home, "conflict-news", earlier)
    page = look_at(window, foreign)
    assert page.names.boxes[ORG].currentText() == "Add to the scheme"
    assert page.names.boxes[ASSERTION].currentText() == "Claim"
    page.write()
    assert remembered(home, "conflict-news") == earlier


def test_the_list_of_articles_stays_where_it_is(window, tmp_path, look_at, choose):
    rows = [
        f'{{"text": "Report {n}", "annotations": [{{"label": "ORG", "fragments": [[0, 6]]}}]}}'
        for n in range(60)
    ]
    path = tmp_path / "many.jsonl"
    path.write_text("\n".join(('{"format": "annotator", "version": 1}', *rows)))
    page = look_at(window, path)
    QApplication.processEvents()
    bar = page.found.list.verticalScrollBar()
    bar.setValue(bar.maximum() // 2)
    before = bar.value()
    choose(page, ORG, "Leave out")
    assert (bar.value(), before > 0) == (before, True)


def test_rows_that_stay_keep_their_lists_and_the_order_of_the_keyboard(window, many_names, look_at, choose):
    page = look_at(window, many_names)
    boxes = dict(page.names.boxes)
    choose(page, Name("label", "type_3"), "Claim")
    assert page.names.boxes == boxes
    box = page.names.boxes[Name("label", "type_12")]
    box.setFocus()
    QTest.keyClick(box, Qt.Key.Key_Tab)
    assert page.names.boxes[Name("label", "type_13")].hasFocus()


def test_a_name_that_goes_with_another_comes_back_with_it(window, foreign, look_at, choose):
    page = look_at(window, foreign)
    mood = Name("attribute", "mood", "assertion")
    assert mood in page.names.boxes
    choose(page, ASSERTION, "Leave out")
    assert mood not in page.names.boxes
    choose(page, ASSERTION, "Add to the scheme")
    assert mood in page.names.boxes


@pytest.mark.usefixtures("without_examples")
def test_the_work_can_be_somebody_s_whom_the_project_does_not_know(window, foreign, look_at, settled):
    page = look_at(window, foreign)
    pick(page.whose.box, "Somebody else …")
    assert page.whose.name.isVisible()
    assert not page.deed.isEnabled()
    QTest.keyClicks(page.whose.name, "Fatima")
    QTest.keyClick(page.whose.name, Qt.Key.Key_Tab)
    settled(page)
    assert "Spans of Fatima: 2." in page._summary.text()
    QTest.mouseClick(page.deed, Qt.MouseButton.LeftButton)
    assert window.session.project.layers() == ("Fatima",)


def test_a_name_that_nobody_can_have_is_told_beneath_it(window, foreign, look_at, settled):
    page = look_at(window, foreign)
    pick(page.whose.box, "Somebody else …")
    QTest.keyClicks(page.whose.name, "all")
    QTest.keyClick(page.whose.name, Qt.Key.Key_Return)
    assert "“all” is not a person's name here" in page.whose._problem.text()
    assert not page.deed.isEnabled()
    pick(page.whose.box, "gold")
    settled(page)
    assert page.whose._problem.isHidden()
    assert page.deed.isEnabled()


def test_the_keyboard_is_at_the_button_that_imports_when_all_is_read(window, foreign, look_at):
    assert look_at(window, foreign).window().focusWidget().text().startswith("Import ")


def test_a_name_that_is_being_typed_is_waited_for(window, foreign, look_at, settled, qtbot):
    page = look_at(window, foreign)
    pick(page.whose.box, "Somebody else …")
    QTest.keyClicks(page.whose.name, "Fatima")
    qtbot.waitUntil(lambda: page.deed.isEnabled())
    QTest.keyClicks(page.whose.name, "h")
    QTest.keyClick(page.whose.name, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert (window.page, count(window)) == ("import", 1)
    qtbot.waitUntil(lambda: page.deed.isEnabled())
    assert "Spans of Fatimah: 2." in page._summary.text()
    QTest.mouseClick(page.deed, Qt.MouseButton.LeftButton)
    assert count(window) == 2


def test_an_ampersand_in_a_name_is_one(window, tmp_path, look_at):
    path = tmp_path / "and.jsonl"
    path.write_text(
        '{"format": "annotator", "version": 1}\n'
        '{"text": "The truce holds.", "annotations": [{"label": "R&D", "fragments": [[4, 9]]}]}\n'
    )
    label = look_at(window, path).names._labels[Name("label", "R&D")]
    assert label.text() == "Label “R&&D”, once"


@pytest.mark.parametrize("before", ["nothing new", "a failure", "an import"])
def test_enter_imports_whatever_the_page_showed_before(window, foreign, folder, look_at, before):
    look_at(window, folder).write()
    if before != "an import":
        page = look_at(window, folder if before == "nothing new" else folder / "empty.txt")
        assert page.deed.isHidden()
        QTest.keyClick(page.window().focusWidget(), Qt.Key.Key_Space)
    page = look_at(window, foreign)
    assert page.window().focusWidget() is page.deed
    QTest.keyClick(page.window().focusWidget(), Qt.Key.Key_Return)
    assert (window.page, count(window)) == ("annotate", 7)


@pytest.mark.parametrize("keys", [(), (Qt.Key.Key_Tab,), (Qt.Key.Key_Tab, Qt.Key.Key_Backtab)])
def test_the_keyboard_is_left_where_a_person_has_put_it(window, foreign, reading, settled, keys):
    page = begin(window, foreign)
    assert page.back.hasFocus()
    for key in keys:
        QTest.keyClick(page.window().focusWidget(), key)
    before = page.window().focusWidget()
    reading.set()
    settled(page)
    assert page.window().focusWidget() is (before if keys else page.deed)


def test_the_keyboard_comes_back_to_the_button_when_the_figures_do(
    window, foreign, look_at, held, settled, qtbot
):
    page = look_at(window, foreign)
    held.clear()
    page.names.boxes[ORG].activated.emit(1)
    page.deed.setFocus()
    qtbot.waitUntil(lambda: not page.deed.isEnabled())
    assert page.back.hasFocus()
    held.set()
    settled(page)
    assert page.deed.hasFocus()


def test_a_name_counts_as_often_as_the_file_has_it_before_and_after_a_choice(
    window, tmp_path, look_at, choose
):
    path = tmp_path / "work.jsonl"
    path.write_text(
        '{"text": "Talks in Geneva.", "label": [[9, 15, "LOC"], [9, 90, "LOC"]]}\n'
        '{"text": "Talks in Ankara.", "label": [[9, 15, "LOC"]]}\n'
    )
    page = look_at(window, path)
    name = Name("label", "LOC")
    label = page.names._labels[name]
    assert (page.plan.annotations, label.text()) == (2, "Label “LOC”, 3 times")
    for text in ("Place", "Leave out", "Add to the scheme"):
        choose(page, name, text)
        assert label.text() == "Label “LOC”, 3 times"
