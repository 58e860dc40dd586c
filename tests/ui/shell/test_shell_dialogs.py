"""The dialogs: article details, pasting, exporting."""

import csv
import json

import pytest
from PySide6.QtGui import QGuiApplication
from shell_steps import Key, tag

from annotator.formats.losses import Loss
from annotator.services import articles
from annotator.ui.dialogs.export import report
from annotator.ui.spelling import counted


def test_article_details_are_changed_and_can_be_undone(window, in_dialog):
    def fill(dialog):
        dialog.lines["outlet"].setText("The Daily")
        dialog.lines["published"].setText("2016-09")
        dialog.deed.click()

    in_dialog(fill)
    window.run("details")
    article = window.session.article
    assert (article.outlet, article.published) == ("The Daily", "2016-09")
    window.session.undo()
    assert window.session.article.outlet == "Daily Sabah"


def test_a_date_that_is_none_is_explained_beneath_its_field(window, in_dialog):
    seen = []

    def fill(dialog):
        dialog.lines["published"].setText("yesterday")
        dialog.lines["title"].setText("")
        dialog.deed.click()
        seen.append({n: line.accessibleDescription() for n, line in dialog.lines.items()})
        seen.append(dialog.isVisible())
        dialog.lines["published"].setText("")
        dialog.lines["title"].setText("T")
        dialog.deed.click()
        seen.append(dialog.lines["published"].accessibleDescription())

    in_dialog(fill)
    window.run("details")
    assert "is not a date" in seen[0]["published"]
    assert "title is missing" in seen[0]["title"]
    assert seen[1:] == [True, ""]
    assert window.session.article.published == ""


def test_pasted_text_becomes_an_article_just_as_it_was(window, in_dialog):
    text = "Neuf\u00a0morts à Hama\r\n\r\nقُتل تسعة 👩‍👩‍👧 people."
    QGuiApplication.clipboard().setText(text)

    def fill(dialog):
        dialog.outlet.setText("Wire")
        dialog.deed.click()

    in_dialog(fill)
    window.run("paste-article")
    assert window.session.text == "Neuf\u00a0morts à Hama\n\nقُتل تسعة 👩‍👩‍👧 people."
    assert window.session.article.title == "Neuf\u00a0morts à Hama"
    assert window.session.article.outlet == "Wire"


def test_pasting_nothing_is_explained(window, in_dialog):
    QGuiApplication.clipboard().setText("   \n ")
    said = []

    def fill(dialog):
        dialog.deed.click()
        said.append(dialog.text.accessibleDescription())
        dialog.reject()

    in_dialog(fill)
    window.run("paste-article")
    assert "the article is empty" in said[0]


def test_pasting_a_known_article_opens_it_and_adds_none(window, in_dialog):
    known = articles.add(window.session.project, actor="Ada", raw="Known words.", title="Known words.")
    QGuiApplication.clipboard().setText("Known words.")
    in_dialog(lambda dialog: dialog.deed.click())
    window.run("paste-article")
    assert window.session.article.id == known.id
    assert len(window.session.project.article_ids()) == 2
    assert "already" in window.status.counts.text()


def export(window, qtbot, in_dialog, act) -> None:
    """Open the export dialog and act in it once the project was looked over."""

    def look(dialog):
        qtbot.waitUntil(dialog.deed.isEnabled)
        act(dialog)

    in_dialog(look)
    window.run("export")


def test_an_export_says_what_is_in_it_and_writes_it(window, qtbot, in_dialog, tmp_path):
    tag(window, "at least 13 people dead", Key.Key_3)
    out = tmp_path / "work.jsonl"
    seen = []

    def act(dialog):
        seen.append(dialog.report.text())
        dialog.place.setText(str(out))
        dialog.deed.click()

    export(window, qtbot, in_dialog, act)
    assert seen == ["1 span in 1 article. Nothing is lost."]
    lines = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    assert len(lines) >= 2
    assert "1 span in 1 article exported to “work.jsonl”" in window.notice.sentence.text()
    assert window.notice.action.text() == "Show folder"


def test_only_the_chosen_labels_are_exported(window, qtbot, in_dialog, tmp_path):
    tag(window, "at least 13 people dead", Key.Key_3)
    tag(window, "the truce are", Key.Key_1)
    out = tmp_path / "claims.csv"
    seen = []

    def act(dialog):
        dialog.format.setCurrentIndex(dialog.format.findText("Long CSV", flags_starts()))
        for label, box in dialog.labels.items():
            box.setChecked(label == "claim")
        qtbot.waitUntil(lambda: dialog.report.text().startswith("1 span"))
        qtbot.waitUntil(dialog.deed.isEnabled)
        seen.append(dialog.out().suffix)
        dialog.place.setText(str(out))
        dialog.deed.click()

    export(window, qtbot, in_dialog, act)
    assert seen == [".csv"]
    with out.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert {row["label"] for row in rows} == {"claim"}


def flags_starts():
    from PySide6.QtCore import Qt

    return Qt.MatchFlag.MatchStartsWith


def test_no_label_at_all_cannot_be_exported(window, qtbot, in_dialog):
    seen = []

    def act(dialog):
        for box in dialog.labels.values():
            box.setChecked(False)
        qtbot.waitUntil(lambda: "at least one label" in dialog.report.text())
        seen.append(dialog.deed.isEnabled())
        dialog.reject()

    export(window, qtbot, in_dialog, act)
    assert seen == [False]


@pytest.mark.parametrize("place", ["", "/no/such/folder/x.jsonl"])
def test_a_place_that_cannot_be_written_is_explained(window, qtbot, in_dialog, place):
    seen = []

    def act(dialog):
        dialog.place.setText(place)
        dialog.deed.click()
        seen.append(dialog.place.accessibleDescription())
        dialog.reject()

    export(window, qtbot, in_dialog, act)
    assert seen[0]


def test_the_project_itself_is_never_written_over(window, qtbot, in_dialog):
    seen = []

    def act(dialog):
        dialog.place.setText(str(window.session.path))
        dialog.deed.click()
        seen.append(dialog.place.accessibleDescription())
        dialog.reject()

    export(window, qtbot, in_dialog, act)
    assert seen[0]
    assert window.session.path.stat().st_size > 0


def test_losses_are_listed_with_counts_and_examples():
    text = report(2, 1204, (Loss("links", 3, "part-of, by Ada"), Loss("spans in several fragments", 1, "x")))
    assert text == (
        "1,204 spans in 2 articles.\nThis format can't keep:\n"
        "–  3 links, such as part-of, by Ada\n–  1 spans in several fragments, such as x"
    )
    many = tuple(Loss(f"thing {n}", 1, "x") for n in range(20))
    assert "and 12 other kinds of loss" in report(1, 1, many)
    assert counted(1, "span") == "1 span"


def test_the_annotator_can_be_changed_and_layers_shown(window, in_dialog):
    tag(window, "at least 13 people dead")

    def be_bob(dialog):
        dialog.line.setText("Bob")
        dialog.deed.click()

    in_dialog(be_bob)
    window.run("change-annotator")
    assert window.session.person == "Bob"
    assert window.session.annotations == ()
    assert window.header.person.text().strip() == "Bob"
    menu = window.header.person.menu()
    menu.aboutToShow.emit()
    layers = next(a.menu() for a in menu.actions() if a.text() == "Show the layer of")
    assert [(a.text(), a.isChecked()) for a in layers.actions()] == [("Bob (you)", True), ("Ada", False)]
    layers.actions()[1].trigger()
    assert len(window.session.annotations) == 1
    assert window.header.person.text().strip() == "Ada's layer"
