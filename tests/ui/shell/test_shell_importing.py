"""The import page: what will come, what the scheme lacks, what is wrong, and nothing before one says so."""

import json

import pytest
from PySide6.QtCore import Qt, QThread
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from shell_steps import controls, nameless

from annotator.services import importing
from annotator.services.naming import LEFT_OUT, Name, remembered
from annotator.services.remarks import Remark
from annotator.ui import work
from annotator.ui.flows import articles
from annotator.ui.models.previews import PREVIEW_ROLE
from annotator.ui.pages.importing.telling import amount, summary


@pytest.fixture
def folder(tmp_path):
    folder = tmp_path / "wires"
    folder.mkdir()
    for i in range(5):
        (folder / f"wire-{i}.txt").write_text(f"Report {i}\n\nAt least {i} people died.", encoding="utf-8")
    (folder / "empty.txt").write_text("")
    return folder


@pytest.fixture
def foreign(tmp_path):
    """Work with names that the scheme lacks, and a bad record."""
    text = "The truce is not dead, Kerry said."
    spans = [
        {"label": "assertion", "fragments": [[0, 21]], "attributes": {"mood": "calm"}},
        {"label": "ORG", "fragments": [[23, 28]]},
        {"label": "claim", "fragments": [[4, 9]], "exact": ["nobody"]},
    ]
    path = tmp_path / "foreign.jsonl"
    rows = [{"format": "annotator", "version": 1}, {"text": text, "annotations": spans}]
    path.write_text("\n".join(map(json.dumps, rows)) + "\nnot json\n", encoding="utf-8")
    return path


@pytest.fixture
def settled(qtbot):
    """Wait until the page shows what was chosen last."""

    def wait(page):
        qtbot.waitUntil(lambda: not page.is_busy, timeout=20_000)
        return page

    return wait


@pytest.fixture
def look_at(settled):
    """Hand files to the window as a drop does, and return the page when it shows them."""

    def look(window, *paths):
        return settled(begin(window, *paths))

    return look


def begin(window, *paths):
    """Hand files to the window, and return the page that is reading them."""
    articles.import_paths(window.context, list(paths))
    assert window.page == "import"
    return window._built["import"]


def count(window):
    return len(window.session.project.article_ids())


@pytest.fixture
def choose(settled):
    """Choose what a name becomes, as a person picks from the list."""

    def choose(page, name, text):
        pick(page.names.boxes[name], text)
        settled(page)

    return choose


def pick(box, text):
    """Pick from a list by the keyboard."""
    away = box.findText(text) - box.currentIndex()
    assert box.findText(text) >= 0
    for _ in range(abs(away)):
        QTest.keyClick(box, Qt.Key.Key_Down if away > 0 else Qt.Key.Key_Up)
    assert box.currentText() == text


def test_the_page_shows_titles_first_lines_and_what_is_left_out(window, folder, look_at):
    page = look_at(window, folder)
    assert page.deed.text() == "Import 5 articles"
    assert page.found.articles.index(0, 0).data() == "Report 0"
    assert page.found.articles.index(0, 0).data(PREVIEW_ROLE).text.endswith("At least 0 people died.")
    assert page.found.remarks.index(0, 0).data() == "empty.txt"
    assert "is empty" in page.found.remarks.index(0, 2).data()
    assert count(window) == 1


def test_import_brings_the_articles_in_opens_the_first_and_goes_back(window, folder, look_at):
    QTest.mouseClick(look_at(window, folder).deed, Qt.MouseButton.LeftButton)
    assert count(window) == 6
    assert window.session.article.title == "Report 0"
    assert window.page == "annotate"
    assert "Imported 5 articles" in window.status.counts.text()
    window.session.undo()
    assert count(window) == 1


@pytest.mark.parametrize("way", ["button", "escape"])
def test_cancel_leaves_everything_as_it_was(window, folder, way, look_at):
    page = look_at(window, folder)
    before = window.session.project.mark()
    if way == "button":
        QTest.mouseClick(page.back, Qt.MouseButton.LeftButton)
    else:
        QTest.keyClick(page.back, Qt.Key.Key_Escape)
    assert window.page == "annotate"
    assert window.session.project.mark() == before
    assert window.session.incoming == ()


def test_known_articles_are_skipped_and_counted(window, folder, look_at):
    look_at(window, folder).write()
    (folder / "new.txt").write_text("A sixth report", encoding="utf-8")
    page = look_at(window, folder)
    assert page._summary.text() == "5 articles known already, not imported again."
    page.write()
    assert count(window) == 7


def test_nothing_new_is_said_and_there_is_nothing_to_press_but_close(window, folder, look_at):
    look_at(window, folder).write()
    page = look_at(window, folder)
    assert page._head.text() == "Nothing new to import"
    assert page.deed.isHidden()
    assert page.back.text() == "Close"


def test_every_remark_stands_with_its_file_and_line(window, foreign, look_at):
    page = look_at(window, foreign)
    rows = [
        tuple(page.found.remarks.index(row, column).data() for column in range(3))
        for row in range(page.found.remarks.rowCount())
    ]
    assert [(file, line) for file, line, _ in rows] == [("foreign.jsonl", "2"), ("foreign.jsonl", "3")]
    assert "its words stand in no one place" in rows[0][2]
    assert "not valid JSON" in rows[1][2]


def test_names_are_added_unless_something_else_is_chosen(window, foreign, look_at, choose):
    page = look_at(window, foreign)
    assert {box.currentText() for box in page.names.boxes.values()} == {"Add to the scheme"}
    choose(page, Name("label", "assertion"), "Claim")
    choose(page, Name("label", "ORG"), "Leave out")
    choose(page, Name("attribute", "mood", "claim"), "Type")
    assert "The scheme gets" not in page._summary.text()
    page.write()
    session = window.session
    (a,) = session.project.annotations(session.article.id)
    assert (a.label, a.attributes) == ("claim", {"type": "calm"})
    assert session.project.scheme.label("ORG") is None


def test_what_was_chosen_is_proposed_for_the_next_file(window, foreign, home, look_at, choose):
    page = look_at(window, foreign)
    choose(page, Name("label", "ORG"), "Leave out")
    page.write()
    assert remembered(home, "conflict-news") == {Name("label", "ORG"): LEFT_OUT}
    again = foreign.with_name("again.jsonl")
    again.write_text(foreign.read_text().replace("Kerry", "Obama"))
    page = look_at(window, again)
    assert page.names.boxes[Name("label", "ORG")].currentText() == "Leave out"
    choose(page, Name("label", "ORG"), "Add to the scheme")
    page.write()
    assert remembered(home, "conflict-news") == {}


def test_what_can_not_be_read_is_one_sentence(window, tmp_path, look_at):
    page = look_at(window, tmp_path / "missing.txt")
    assert page._head.text() == "Nothing can be imported"
    assert page._summary.text().endswith("missing.txt does not exist; check its name.")
    assert page.deed.isHidden()


def test_the_name_of_a_file_is_told_as_it_is_spelled(window, folder, look_at):
    page = look_at(window, folder / "empty.txt")
    assert page._summary.text().startswith("empty.txt is empty; ")


def test_another_format_can_be_chosen(window, foreign, look_at, settled):
    page = look_at(window, foreign)
    pick(page.format, "Long CSV, one row a span")
    settled(page)
    assert page._head.text() == "Nothing can be imported"
    pick(page.format, "Plain text")
    settled(page)
    assert page.deed.text() == "Import 1 article"
    assert page.plan.annotations == 0
    pick(page.format, "As each file shows")
    settled(page)
    assert page.plan.annotations == 2


@pytest.mark.usefixtures("without_examples")
def test_the_work_can_be_somebody_elses(window, foreign, look_at, settled):
    page = look_at(window, foreign)
    pick(page.whose.box, "gold")
    settled(page)
    page.write()
    assert window.session.project.layers() == ("gold",)


def test_a_project_that_can_not_be_written_refuses_before_reading(window, folder, monkeypatch):
    monkeypatch.setattr(window.session.project, "read_only_reason", "is open read-only")
    articles.import_paths(window.context, [folder])
    assert "Nothing can be imported" in window.notice.sentence.text()
    assert window.page == "annotate"


def test_a_name_is_asked_for_first_and_without_one_nothing_happens(desk, folder, look_at):
    window = desk.open()
    window.session.ask_person = lambda: ""
    articles.import_paths(window.context, [folder])
    assert window.page == "annotate"
    window.session.ask_person = lambda: "Ada"
    look_at(window, folder).write()
    assert count(window) == 6


def test_every_control_of_the_page_has_a_name(window, foreign, look_at):
    page = look_at(window, foreign)
    QApplication.processEvents()
    assert len(controls(page)) > 5
    assert nameless(page) == []


def test_the_remarks_model_is_sound(qtmodeltester, window, foreign, look_at):
    qtmodeltester.check(look_at(window, foreign).found.remarks)


@pytest.fixture
def many_names(tmp_path):
    """Work with many names that the scheme lacks, in an article without a title."""
    text = "The truce is not dead, Kerry said."
    spans = [{"label": f"type_{n}", "fragments": [[0, 3 + n % 9]]} for n in range(30)]
    rows = [{"format": "annotator", "version": 1}, {"text": text, "annotations": spans}]
    path = tmp_path / "many.jsonl"
    path.write_text("\n".join(map(json.dumps, rows)) + "\n", encoding="utf-8")
    return path


def test_the_keyboard_stays_at_the_name_that_was_chosen_for(window, many_names, look_at):
    page = look_at(window, many_names)
    QApplication.processEvents()
    box = page.names.boxes[Name("label", "type_12")]
    box.setFocus()
    QApplication.processEvents()
    before = page.side.verticalScrollBar().value()
    QTest.keyClick(box, Qt.Key.Key_Down)
    QApplication.processEvents()
    assert page.choices == {Name("label", "type_12"): LEFT_OUT}
    assert page.names.boxes[Name("label", "type_12")].hasFocus()
    assert page.side.verticalScrollBar().value() == before


def test_of_many_additions_the_first_are_named(window, many_names, look_at):
    page = look_at(window, many_names)
    assert page._summary.text().endswith(" and 26 more.")


def test_an_article_without_a_title_is_called_untitled(window, many_names, look_at):
    assert look_at(window, many_names).found.articles.index(0, 0).data() == "Untitled"


def test_a_remark_takes_the_lines_that_it_needs(window, foreign, qtbot, look_at):
    page = look_at(window, foreign)
    table = page.found.table
    wide = table.rowHeight(1)
    window.resize(800, 520)
    qtbot.waitUntil(lambda: table.rowHeight(1) > wide)


def test_nothing_is_said_of_remarks_where_nothing_comes_in(window, folder, look_at):
    (folder / "empty.txt").unlink()
    look_at(window, folder).write()
    page = look_at(window, folder)
    assert page.found._calm.isHidden()
    assert page.back.hasFocus()


def test_an_import_that_is_stopped_leaves_nothing_and_can_be_done_again(
    window, folder, in_dialog, monkeypatch, look_at
):
    page = look_at(window, folder)
    before = window.session.project.mark()
    apply = importing.apply

    def slow(project, plan, tell):
        def tell_slowly(done, total):
            QThread.msleep(20)
            tell(done, total)

        return apply(project, plan, tell_slowly)

    monkeypatch.setattr(importing, "apply", slow)
    monkeypatch.setattr(work, "SHOW_AFTER_MS", 0)
    in_dialog(lambda dialog: dialog.reject())
    QTest.mouseClick(page.deed, Qt.MouseButton.LeftButton)
    assert window.session.project.mark() == before
    assert window.page == "import"
    assert "Nothing was imported" in window.status.counts.text()
    monkeypatch.undo()
    page.write()
    assert count(window) == 6


def test_a_table_of_incidents_tells_how_many_come(window, tmp_path, look_at):
    table = tmp_path / "ged.csv"
    table.write_text("id,date_start,date_prec,best,high,low\n1,2016-09-20,1,9,12,5\n2,2016-09-21,1,1,1,1\n")
    page = look_at(window, table)
    assert (amount(page.plan), summary(page.plan)) == ("2 incidents", [])
    importing.apply(window.session.project, page.plan)
    assert summary(look_at(window, table).plan) == ["2 incidents known already, not imported again."]


def test_ctrl_enter_imports_from_any_field(window, folder, look_at):
    page = look_at(window, folder)
    window.activateWindow()
    page.whose.box.setFocus()
    QTest.keyClick(page.whose.box, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert count(window) == 6


def test_a_broken_line_is_named(window, tmp_path, look_at):
    path = tmp_path / "broken.jsonl"
    path.write_text('\n{"text": "Report\n')
    why = "as line 2 shows: the line is not valid JSON (at its character 17)."
    assert look_at(window, path)._summary.text() == f"broken.jsonl is not JSON Lines, {why}"


def test_what_was_imported_is_said_in_full(window, foreign, look_at):
    page = look_at(window, foreign)
    assert page._summary.text().startswith("With 2 spans and 1 mark as done or skipped.")
    QTest.mouseClick(page.deed, Qt.MouseButton.LeftButton)
    said = "Imported 1 article, 2 spans and 1 mark as done or skipped"
    assert said in window.status.counts.text()


def test_a_file_in_no_known_format_leads_to_the_list_of_formats(window, tmp_path, look_at, settled):
    path = tmp_path / "odd.json"
    path.write_text('{"nothing": "known"}')
    page = look_at(window, path)
    assert page._summary.text() == (
        "odd.json is in no format known to end in .json; choose its format in the list “Format”,"
        " or “Plain text” to take it as an article."
    )
    pick(page.format, "Plain text")
    settled(page)
    assert page.deed.text() == "Import 1 article"


def test_a_file_in_no_known_format_among_others_leads_there_too(window, folder, look_at):
    (folder / "odd.json").write_text('{"nothing": "known"}')
    page = look_at(window, folder / "wire-0.txt", folder / "odd.json")
    assert (
        page.found.remarks.index(0, 2)
        .data()
        .endswith("in the list “Format”, or “Plain text” to take it as an article")
    )


def test_known_articles_that_get_spans_are_listed_with_how_many(window, foreign, look_at):
    look_at(window, foreign).write()
    more = foreign.with_name("more.jsonl")
    text = "The truce is not dead, Kerry said."
    spans = [{"label": "claim", "fragments": [[at, at + 3]]} for at in (0, 4, 9)]
    rows = [{"format": "annotator", "version": 1}, {"text": text, "annotations": spans}, {"text": "New."}]
    more.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    page = look_at(window, more)
    assert page.found.widened.isVisible()
    assert page.found._widened_head.text() == "1 known article gets spans"
    shown = page.found.widened.articles.index(0, 0).data(PREVIEW_ROLE)
    assert (page.found.widened.articles.rowCount(), shown.text, shown.annotations) == (1, text, 3)
    assert page.found.articles.rowCount() == 1
    page.write()
    look_at(window, more)
    assert page.found.widened.isHidden()


def test_a_row_is_as_high_as_what_it_shows(window, tmp_path, look_at):
    table = tmp_path / "headlines.csv"
    table.write_text("title,text\nTruce holds,Truce holds\nNine die,Nine died in Hama on Tuesday.\n")
    assert heights(look_at(window, table)) == [44, 84]
    table.write_text("title,text\nA,Nine died in Hama on Tuesday.\nB,The truce holds.\n")
    assert heights(look_at(window, table)) == [84, 84]
    table.write_text("text\nTruce holds\nNine die\n")
    assert heights(look_at(window, table)) == [44, 44]


def heights(page):
    return [page.found.list.visualRect(page.found.articles.index(row, 0)).height() for row in (0, 1)]


def test_the_heads_of_remarks_stand_above_their_words(window, foreign, qtbot, look_at):
    table = look_at(window, foreign).found.table
    table.load([Remark("/a/File", 1, "remark on something")])
    qtbot.waitUntil(lambda: table.visualRect(table.remarks.index(0, 2)).width() > 100)
    for column in (0, 2):
        left = table.columnViewportPosition(column)
        head, words = (
            first_ink(part.grab().toImage(), left + 2)
            for part in (table.horizontalHeader(), table.viewport())
        )
        assert abs(head - words) <= 1


def first_ink(image, left):
    """Find the first column of pixels from the left with something drawn in it."""
    middle = range(2, min(image.height(), 34) - 6)
    return next(x for x in range(left, image.width()) if len({image.pixel(x, y) for y in middle}) > 1)
