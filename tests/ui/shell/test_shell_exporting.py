"""The export page: what is chosen, what will be lost, the first records, and what was written."""

import csv
import json

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt, QThread
from PySide6.QtGui import QDesktopServices, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from shell_steps import controls, nameless

from annotator.formats.losses import Loss
from annotator.model.span import Span
from annotator.services import articles, importing, tagging
from annotator.services.disguising import StandIn
from annotator.services.exporting import Export
from annotator.store import Project
from annotator.ui import work
from annotator.ui.flows import projects
from annotator.ui.pages.exporting.losses import LossList

pytestmark = pytest.mark.usefixtures("without_examples")


@pytest.fixture
def page(window, qtbot):
    """The page, on two spans, one nested in the other, once it was looked over."""
    mark(window.session, "at least 13 people dead", "casualty")
    mark(window.session, "13 people", "claim")
    window.run("export")
    page = window._built["export"]
    ready(qtbot, page)
    return page


def mark(session, words, label):
    """Tag words without the keys and forms that other tests are about."""
    start = session.text.index(words)
    session.do(tagging.tag, article=session.article.id, label=label, spans=[Span(start, start + len(words))])


def ready(qtbot, page):
    waiting = (page._soon, page._placed)
    qtbot.waitUntil(lambda: not any(t.isActive() for t in waiting) and page._looking is None)


def choose(qtbot, page, format_id):
    box = page.choices.format
    box.setCurrentIndex(next(n for n in range(box.count()) if box.itemData(n).id == format_id))
    ready(qtbot, page)


def write(qtbot, page, place):
    page.choices.place.setText(str(place))
    ready(qtbot, page)
    QTest.mouseClick(page.deed, Qt.MouseButton.LeftButton)
    return page.exported


def test_an_export_says_what_is_in_it_shows_it_and_writes_it(page, qtbot, tmp_path):
    assert page.report.head.text() == "2 spans in 1 article"
    assert page.report.losses.text() == "Nothing is lost."
    assert '"format":"annotator"' in page.report.preview.toPlainText()
    done = write(qtbot, page, tmp_path / "work.jsonl")
    assert done.annotations == 2
    rows = [json.loads(line) for line in (tmp_path / "work.jsonl").read_text("utf-8").splitlines()]
    assert len(rows) == 2
    assert "2 spans in 1 article exported to “work.jsonl”" in page.report.told.text()
    assert page.report.show_folder.isVisible()


def test_losses_follow_the_format(page, qtbot):
    choose(qtbot, page, "csv")
    assert "1 Scheme with its rules" in page.report.losses.text()
    assert page.choices.out().suffix == ".csv"
    assert page.choices._holds.text() == "Holds nested spans, fragments, attributes, links and annotators."


def test_only_the_chosen_labels_are_exported(page, qtbot, tmp_path):
    choose(qtbot, page, "csv")
    page.choices.labels["claim"].click()
    write(qtbot, page, tmp_path / "claims.csv")
    with (tmp_path / "claims.csv").open(encoding="utf-8-sig", newline="") as file:
        assert {row["label"] for row in csv.DictReader(file)} == {"claim"}


def test_what_can_not_be_asked_for_is_explained(page, qtbot):
    page.choices.since.setText("whenever")
    ready(qtbot, page)
    assert "is not a date" in page.report.head.text()
    assert not page.deed.isEnabled()
    page.choices.since.setText("Sept 2016")
    page.choices.split.setText("train")
    ready(qtbot, page)
    assert "is not a part" in page.report.head.text()


def test_articles_are_picked_by_date_state_and_outlet(page, qtbot):
    nothing = "No article has the state, outlet and date chosen; choose others, or fewer."
    page.choices.until.setText("2015")
    ready(qtbot, page)
    assert page.report.head.text() == nothing
    assert page.report.losses.isHidden()
    assert not page.deed.isEnabled()
    page.choices.until.setText("Sept 2016")
    page.choices.states["done"].setChecked(True)
    ready(qtbot, page)
    assert page.report.head.text() == nothing
    page.choices.states["reading"].setChecked(True)
    page.choices.outlet.setCurrentIndex(1)
    ready(qtbot, page)
    assert page.report.head.text() == "2 spans in 1 article"
    assert page.deed.isEnabled()


def test_a_project_without_articles_has_nothing_to_export_but_its_codebook(
    window, qtbot, tmp_path, home, scheme
):
    new = Project.create(tmp_path / "new.annotator", scheme=scheme, title="New", home=home)
    projects.use(window.context, new)
    window.run("export")
    page = window._built["export"]
    ready(qtbot, page)
    assert page.report.head.text() == "The project has no articles yet; import some first."
    assert not page.deed.isEnabled()
    assert not page.choices._layers_head.isVisible()
    choose(qtbot, page, "codebook")
    assert page.deed.isEnabled()


def test_a_split_and_a_folder_for_each_label_make_a_folder(page, qtbot, tmp_path):
    page.choices.place.setText(str(tmp_path / "work.jsonl"))
    page.choices.split.setText("train=1, test=1")
    page.choices.per_label.setChecked(True)
    ready(qtbot, page)
    assert page.choices.out() == tmp_path / "work-export"
    QTest.mouseClick(page.deed, Qt.MouseButton.LeftButton)
    files = {p.relative_to(tmp_path / "work-export").as_posix() for p in page.exported.files}
    assert {"train/claim/annotations.jsonl", "test/casualty/annotations.jsonl", "README.md"} <= files


def test_a_split_says_what_it_keeps_together(page, window, qtbot, tmp_path):
    assert page.report.together.isHidden()
    page.choices.split.setText("train=1, test=1")
    ready(qtbot, page)
    said = page.report.together.text()
    assert said.startswith("No two articles are near-duplicates. Articles: train ")
    assert said.endswith(" stays empty.")
    page.choices.split.setText("train = 1 test=0")
    ready(qtbot, page)
    assert "train 1, test 0. “test” stays empty" in page.report.together.text()
    project = window.session.project
    (article_id,) = project.article_ids()
    (tmp_path / "copy.txt").write_text(project.text(project.article(article_id).sha256) + "\nMore.")
    importing.apply(project, importing.plan(project, [tmp_path / "copy.txt"], actor="Ada"))
    page._show_project()
    ready(qtbot, page)
    said = "1 cluster of near-duplicates, 2 articles, each in one part. Articles: train "
    assert page.report.together.text().startswith(said)
    assert page.report.together.isVisible()


def test_an_export_that_is_stopped_leaves_what_was_there(page, qtbot, tmp_path, in_dialog, monkeypatch):
    (tmp_path / "work.jsonl").write_text("before")
    page.choices.place.setText(str(tmp_path / "work.jsonl"))
    ready(qtbot, page)
    fill = Export._write_part

    def slow(*args):
        for _ in range(500):
            QThread.msleep(20)
            args[-1]._tell(0, 1)
        return fill(*args)

    monkeypatch.setattr(Export, "_write_part", slow)
    monkeypatch.setattr(work, "SHOW_AFTER_MS", 0)
    in_dialog(lambda dialog: dialog.reject())
    QTest.mouseClick(page.deed, Qt.MouseButton.LeftButton)
    assert page.exported is None
    assert page.report.problem.text() == "The export was stopped; nothing was written"
    assert [(p.name, p.read_text()) for p in tmp_path.glob("work*")] == [("work.jsonl", "before")]


def test_texts_can_be_left_out_but_for_some_words(page, qtbot, tmp_path):
    page.choices.textless.setChecked(True)
    page.choices.words.setValue(2)
    write(qtbot, page, tmp_path / "work.jsonl")
    _, row = (json.loads(line) for line in (tmp_path / "work.jsonl").read_text("utf-8").splitlines())
    assert row["text"] == ""
    assert sorted(a["exact"] for a in row["annotations"]) == [["13 people"], ["at least"]]
    assert "Texts left out, as chosen" in page.report.losses.text()


def test_pseudonyms_are_chosen_in_a_dialog(page, window, qtbot, in_dialog, tmp_path):
    from annotator.services import entities

    made = window.session.do(entities.create, kind="actor", name="Assad")
    window.session.do(entities.create, kind="actor", name="Syrian Observatory for Human Rights")
    ready(qtbot, page)

    def fill(dialog):
        longest = dialog.table.fontMetrics().horizontalAdvance("Syrian Observatory for Human Rights")
        assert dialog.table.columnWidth(0) >= longest + 32
        dialog.table.item(0, 1).setText("The leader")
        assert dialog.table.item(0, 0).checkState() is Qt.CheckState.Checked
        dialog.deed.click()

    in_dialog(fill)
    QTest.mouseClick(page.choices.pseudonyms, Qt.MouseButton.LeftButton)
    assert page.choices.stand_ins == (StandIn(made.id, "The leader"),)
    assert page.choices._replaced.text() == "1 name replaced, in texts and values."
    write(qtbot, page, tmp_path / "work.jsonl")
    _, row = (json.loads(line) for line in (tmp_path / "work.jsonl").read_text("utf-8").splitlines())
    assert "Assad" not in row["text"]
    assert "The leader forces have" in row["text"]


@pytest.mark.parametrize("place", ["", "/no/such/folder/x.jsonl", "/tmp/" + 300 * "x" + ".jsonl"])
def test_a_place_that_cannot_be_written_is_explained(page, qtbot, place):
    page.choices.place.setText(place)
    ready(qtbot, page)
    assert page.report.problem.isVisible()
    assert not page.deed.isEnabled()


def test_the_project_itself_is_never_written_over(page, window, qtbot):
    page.choices.place.setText(str(window.session.path))
    ready(qtbot, page)
    assert page.report.problem.text()
    assert not page.deed.isEnabled()


def test_escape_goes_back_and_the_choices_stay(page, window, qtbot):
    choose(qtbot, page, "csv")
    QTest.keyClick(page.choices.format, Qt.Key.Key_Escape)
    assert window.page == "annotate"
    window.run("export")
    assert page.choices.how().id == "csv"
    ready(qtbot, page)


def test_what_changes_meanwhile_is_looked_over_anew(page, window, qtbot):
    window.session.undo()
    ready(qtbot, page)
    assert page.report.head.text() == "1 span in 1 article"


def test_losses_are_listed_with_counts_and_examples(qtbot):
    shown = LossList()
    qtbot.addWidget(shown)
    shown.show_losses((Loss("spans in several fragments", 1, "x"), Loss("links", 3, "part-of, by Ada")))
    assert shown.text() == "Not kept\n3 Links: such as part-of, by Ada\n1 Spans in several fragments: x"
    shown.show_losses(tuple(Loss(f"thing {n}", 1, "x") for n in range(20)))
    assert "and 8 other kinds of loss" in shown.text()
    assert "Links" not in shown.text()
    shown.show_losses((Loss("texts left out, as chosen", 2, ""),))
    assert shown.text() == "Not kept\n2 Texts left out, as chosen"


def test_every_control_of_the_page_has_a_name(page):
    assert len(controls(page)) > 5
    assert nameless(page) == []


def test_the_choices_scroll_no_further_than_they_go(page, window, qtbot):
    window.resize(800, 520)
    choose(qtbot, page, "conll")
    inside = page.choices.widget()
    lowest = max(w.geometry().bottom() for w in inside.children() if isinstance(w, QWidget) and w.isVisible())
    qtbot.waitUntil(lambda: inside.height() - lowest < 40)


def turn_wheel(widget):
    """Turn the wheel over a widget, one notch towards oneself."""
    at = QPointF(widget.rect().center())
    event = QWheelEvent(
        at,
        QPointF(widget.mapToGlobal(at.toPoint())),
        QPoint(),
        QPoint(0, -120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(widget, event)


def test_the_wheel_scrolls_and_changes_no_choice(page):
    for box in (page.choices.format, page.choices.outlet):
        turn_wheel(box)
        assert box.currentIndex() == 0
    page.choices.split.setText("a=1, b=1")
    turn_wheel(page.choices.seed)
    assert page.choices.seed.value() == 0


def test_the_report_stays_while_the_next_one_is_made(page, qtbot):
    page.choices.states["done"].setChecked(True)
    assert page.report.preview.isVisible()
    assert page.report.head.text() == "2 spans in 1 article"
    ready(qtbot, page)
    assert page.report.head.text().startswith("No article has the state")


def test_a_long_look_counts_its_articles(page, qtbot):
    page._slow.start()
    page._tell(3, 9_000)
    assert page.report.head.text() == "2 spans in 1 article"
    page._slow.stop()
    page._tell(1_200, 9_000)
    assert page.report.head.text() == "Looking it over … 1,200 of 9,000 articles"


def test_typing_a_place_looks_at_the_place_only(page, qtbot, tmp_path):
    page.choices.place.setText(str(tmp_path / "other.jsonl"))
    assert not page._soon.isActive()
    ready(qtbot, page)
    assert page.deed.isEnabled()


def test_what_will_be_written_over_is_said(page, qtbot, tmp_path):
    write(qtbot, page, tmp_path / "work.jsonl")
    page.choices.states["reading"].setChecked(True)
    ready(qtbot, page)
    assert page._replaced.text() == "Replaces “work.jsonl”, which is there already."
    page.choices.place.setText(str(tmp_path / "new.jsonl"))
    ready(qtbot, page)
    assert page._replaced.isHidden()


def test_what_was_written_is_not_said_of_other_choices(page, qtbot, tmp_path):
    write(qtbot, page, tmp_path / "work.jsonl")
    page.choices.states["reading"].setChecked(True)
    assert page.report.done.isHidden()
    ready(qtbot, page)


def test_a_codebook_counts_its_labels_and_asks_nothing_of_spans(page, qtbot):
    choose(qtbot, page, "codebook")
    assert page.report.head.text() == "7 labels"
    assert not page.choices.overlaps.isVisible()
    assert not page.choices.per_label.isVisible()


def test_a_codebook_asks_nothing_of_work_and_follows_no_choice_that_is_hidden(page, qtbot):
    choices = page.choices
    of_work = (
        choices.labels["claim"],
        choices.layers["Ada"],
        choices.outlet,
        choices.split,
        choices.pseudonyms,
    )
    choices.split.setText("a=1, b=1")
    choices.per_label.setChecked(True)
    choices.until.setText("whenever")
    assert choices.makes_folder()
    choose(qtbot, page, "codebook")
    assert [w.isVisible() for w in of_work] == [False] * 5
    assert page.report.head.text() == "7 labels"
    assert choices.out().suffix == ".qdc"
    choices.until.clear()
    choose(qtbot, page, "ucdp")
    assert not choices.wanted().per_label
    choose(qtbot, page, "csv")
    assert [w.isVisible() for w in of_work] == [True] * 5


def test_a_format_that_can_not_leave_the_texts_out_says_so(page, qtbot):
    page.choices.textless.setChecked(True)
    choose(qtbot, page, "conll")
    assert "It can't do without the texts." in page.choices._holds.text()


def test_numbers_are_asked_for_where_they_say_something(page, qtbot):
    assert page.choices.seed.isHidden()
    assert not page.choices.words.isEnabled()
    page.choices.split.setText("a=1, b=1")
    page.choices.textless.setChecked(True)
    assert not page.choices.seed.isHidden()
    assert page.choices.words.isEnabled()
    ready(qtbot, page)


def test_a_place_that_goes_meanwhile_is_explained_at_the_top(page, qtbot, tmp_path):
    folder = tmp_path / "gone"
    folder.mkdir()
    page.choices.place.setText(str(folder / "work.jsonl"))
    ready(qtbot, page)
    folder.rmdir()
    QTest.mouseClick(page.deed, Qt.MouseButton.LeftButton)
    assert page.report.problem.text() == f"The folder {folder} does not exist; create it first"
    assert page.report.problem.y() < page.report.head.y()
    assert page.report.done.isHidden()


@pytest.mark.parametrize("field", ["format", "place", "per_label", "outlet"])
def test_ctrl_enter_exports_from_any_field(page, window, qtbot, tmp_path, field):
    window.activateWindow()
    page.choices.place.setText(str(tmp_path / "work.jsonl"))
    ready(qtbot, page)
    at = getattr(page.choices, field)
    at.setFocus()
    QTest.keyClick(at, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert (tmp_path / "work.jsonl").exists()


def test_an_export_of_the_sample_goes_to_the_documents_and_not_beside_it(page, window, home):
    assert page.choices.out() == projects.usual_folder(window.session) / "Sample.jsonl"
    assert home.samples not in page.choices.out().parents


def test_every_format_is_in_sight_when_the_list_is_open(page, qtbot):
    box = page.choices.format
    box.showPopup()
    items = box.view()
    qtbot.waitUntil(items.isVisible)
    last = items.visualRect(box.model().index(box.count() - 1, 0))
    assert items.viewport().rect().contains(last)
    box.hidePopup()


def test_a_folder_that_no_program_shows_is_named(page, qtbot, tmp_path, monkeypatch):
    asked = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: bool(asked.append(url.toLocalFile())))
    write(qtbot, page, tmp_path / "work.jsonl")
    page.report.show_folder.click()
    assert asked == [str(tmp_path)]
    assert page.report.problem.text() == f"No program here shows folders; open {tmp_path} by hand"
    assert page.report.done.isVisible()


def test_the_keys_of_the_page_are_named_at_the_bottom(page, window):
    assert window.status.hints.text() == "Ctrl+↵ export  ·  Esc back"


def test_what_was_chosen_of_one_project_is_not_left_out_of_another(
    page, window, qtbot, tmp_path, home, scheme
):
    choose(qtbot, page, "csv")
    choices = page.choices
    for chip in (choices.layers["Ada"], choices.labels["claim"], choices.states["reading"]):
        chip.setChecked(True)
    choices.outlet.setCurrentIndex(1)
    choices.since.setText("2016")
    ready(qtbot, page)
    assert not choices.wanted().is_whole
    new = Project.create(tmp_path / "new.annotator", scheme=scheme, title="New", home=home)
    articles.add(new, actor="Ada", raw="One article.", title="One article")
    projects.use(window.context, new)
    ready(qtbot, page)
    assert choices.wanted().is_whole
    assert page.report.head.text() == "0 spans in 1 article"
    assert choices.how().id == "csv"
