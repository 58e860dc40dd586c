"""Merging in the window: what will come, dropped projects, and what is settled by hand."""

import shutil
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QLabel
from shell_steps import nameless, tag
from test_shell_projects import drop

from annotator.model.anchor import anchor
from annotator.model.change import Draft, Revision, new_id
from annotator.model.records import Annotation, Progress
from annotator.model.scheme import Label
from annotator.model.span import Span
from annotator.services import articles, forking, merging
from annotator.services.naming import LEFT_OUT, Name
from annotator.store import Home, Project
from annotator.ui import work
from annotator.ui.flows import merging as flow
from annotator.ui.flows import projects
from annotator.ui.merge_desk import MergeDesk


def put(project, actor, *records, action="write"):
    project.commit(Draft(action, actor, tuple(Revision(r.KIND, r.id, r.to_body()) for r in records)))


def span(project, who, words, label="claim"):
    found = [project.article(article) for article in project.article_ids()]
    texts = [(article, project.text(article.sha256)) for article in found]
    article, text = next((article, text) for article, text in texts if words in text)
    start = text.index(words)
    fragments = (Span(start, start + len(words)),)
    return Annotation(new_id(), article.id, who, label, fragments, anchor(text, fragments))


@pytest.fixture
def own(window):
    """A span of Ada's, which both copies have."""
    tag(window, "truce")
    (made,) = window.session.annotations
    return made


@pytest.fixture
def bens(window, own, tmp_path):
    """Ben's copy of the project, with work of his own."""
    path = tmp_path / "ben.annotator"
    shutil.copy(window.session.path, path)
    with Project.open(path, home=Home(tmp_path / "ben's home")) as project:
        put(project, "Ben", span(project, "Ben", "Aleppo"), Progress(own.article, "Ben", "done"))
        articles.add(project, actor="Ben", raw="Another article.\n\nWith text.", title="Another article")
    return path


@pytest.fixture
def in_bens(bens, tmp_path):
    """Go on in Ben's copy."""

    def go_on(deed):
        with Project.open(bens, home=Home(tmp_path / "ben's home")) as project:
            deed(project)

    return go_on


@pytest.fixture
def forked(window, own, in_bens):
    """The same span, changed here and there."""
    put(window.session.project, "Ada", replace(own, label="quote"), action="relabel as Quote")
    in_bens(lambda project: put(project, "Ada", replace(own, note="one")))
    in_bens(lambda project: put(project, "Ada", replace(own, note="two حلب 😀"), action="write a note"))
    return own


def look_at(window, *paths):
    flow.merge_paths(window.context, list(paths))
    assert window.page == "merge"
    return window._built["merge"]


def notes(window, own):
    return window.session.project.annotation(own.id).note


def show_forks(window, qtbot, n):
    window.run("forks")
    page = window._built["forks"]
    qtbot.waitUntil(lambda: page.forks.rowCount() == n)
    return page


def test_the_command_asks_for_files_and_shows_who_brings_what(window, bens, monkeypatch):
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_: ([str(bens)], ""))
    before = window.session.project.mark()
    window.run("merge")
    page = window._built["merge"]
    assert page._head.text() == "1 article and 1 span"
    assert page._summary.text().startswith("2 of ")
    assert page.coming.people.said == ["Ben: 1 Articles, 1 Spans, 1 Done or skipped"]
    assert window.session.project.mark() == before


def test_a_file_dialog_that_is_left_changes_nothing(window, monkeypatch):
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_: ([], ""))
    window.run("merge")
    assert window.page == "annotate"


@pytest.mark.parametrize("way", ["button", "keys"])
def test_merging_brings_everything_in_goes_back_and_reports(window, bens, way):
    page = look_at(window, bens)
    if way == "button":
        QTest.mouseClick(page.deed, Qt.MouseButton.LeftButton)
    else:
        QTest.keyClick(page.deed, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    project = window.session.project
    assert len(project.article_ids()) == 2
    assert "Ben" in project.layers()
    assert window.page == "annotate"
    assert window.notice.sentence.text() == "Merged ben.annotator: 1 article and 1 span."
    assert not window.notice.action.isVisible()
    assert project.problems() == []


@pytest.mark.parametrize("way", ["button", "escape"])
def test_cancel_leaves_everything_as_it_was(window, bens, way):
    page = look_at(window, bens)
    before = window.session.project.mark()
    if way == "button":
        QTest.mouseClick(page.back, Qt.MouseButton.LeftButton)
    else:
        QTest.keyClick(page.back, Qt.Key.Key_Escape)
    assert window.page == "annotate"
    assert window.session.project.mark() == before
    assert MergeDesk.of(window.session).paths == ()
    assert page.plan is None


def test_nothing_new_is_said_and_there_is_nothing_to_press_but_close(window, bens):
    look_at(window, bens).write()
    page = look_at(window, bens)
    assert page._head.text() == "Nothing new"
    assert page.deed.isHidden()
    assert page.back.text() == "Close"
    assert page.back.hasFocus()


def test_a_file_that_is_none_is_said_in_its_place(window, bens, tmp_path):
    note = tmp_path / "note.annotator"
    note.write_bytes(b"x" * 2000)
    page = look_at(window, bens, note)
    assert page._head.text() == "Nothing can be merged"
    assert page._summary.text() == (
        "“note.annotator” is not a project file; choose a file that ends in .annotator."
    )
    assert page.deed.isHidden()
    page.write()
    assert window.page == "merge"


def test_what_was_left_out_is_listed_with_its_file(window, bens, in_bens, tmp_path):
    def make(project):
        other = Project.create(
            tmp_path / "other.annotator", scheme=project.scheme, title="Other", home=Home(tmp_path / "x")
        )
        articles.add(other, actor="Zoe", raw="Hers.", title="Hers")
        other.close()

    in_bens(make)
    page = look_at(window, tmp_path / "other.annotator")
    remarks = page.coming.table.remarks
    assert remarks.index(0, 0).data() == "other.annotator"
    assert remarks.index(0, 2).data().startswith("A project of its own")


def test_labels_that_the_scheme_lacks_can_become_ours_or_be_left_out(window, own, bens, in_bens):
    def grow(project):
        new = replace(project.scheme, labels=(*project.scheme.labels, Label("ORG", "Org"), Label("x", "X")))
        project.commit(Draft("grow", "Ben", (Revision("scheme", project.id, new.to_body()),)))
        put(project, "Ben", span(project, "Ben", "Syria", "ORG"))

    in_bens(grow)
    page = look_at(window, bens)
    labels = [w.text() for w in page.names.findChildren(QLabel)]
    assert labels == ["Label “ORG”, once", "Label “x”, not used"]
    for name, text in (("ORG", "Quote"), ("x", "Leave out")):
        box = page.names.boxes[Name("label", name)]
        box.setCurrentIndex(box.findText(text))
        box.activated.emit(box.currentIndex())
    assert page.choices == {Name("label", "ORG"): "quote", Name("label", "x"): LEFT_OUT}
    page.write()
    project = window.session.project
    assert {a.label for a in project.annotations(own.article, "Ben")} == {"claim", "quote"}
    assert project.scheme.label("ORG") is None
    assert window.session.stacks.next_undo().words == "fit what came from “ben”"
    window.session.undo()
    assert {a.label for a in project.annotations(own.article, "Ben")} == {"claim", "ORG"}


def test_reading_that_is_stopped_goes_back(window, bens, monkeypatch):
    def stop(*_args, **_more):
        raise work.Cancelled

    monkeypatch.setattr(merging, "planned", stop)
    flow.merge_paths(window.context, [bens])
    assert window.page == "annotate"


def test_a_merge_that_is_stopped_leaves_nothing_and_can_be_tried_again(window, bens, monkeypatch):
    whole = merging.apply

    def stop(*_args, **_more):
        raise work.Cancelled

    page = look_at(window, bens)
    monkeypatch.setattr(merging, "apply", stop)
    page.write()
    assert window.page == "merge"
    assert len(window.session.project.article_ids()) == 1
    monkeypatch.setattr(merging, "apply", whole)
    page.write()
    assert len(window.session.project.article_ids()) == 2


def test_a_project_that_cannot_be_written_is_not_merged_into(window, bens, home):
    path = window.session.path
    projects.use(window.context, Project.open(path, home=home, read_only=True))
    flow.merge_paths(window.context, [bens])
    assert window.page == "annotate"
    assert "nothing can be merged" in window.notice.sentence.text().lower()


# --- dropped ---------------------------------------------------------------------------------------


def test_of_a_dropped_project_one_is_asked_and_may_merge_it(window, bens):
    before = window.session.path
    assert drop(window, bens)
    assert window.session.path == before
    assert window.notice.sentence.text() == "“ben” can be merged into this project, or opened in its place."
    assert window.notice.action.hasFocus()
    QTest.mouseClick(window.notice.action, Qt.MouseButton.LeftButton)
    assert window.page == "merge"
    assert window._built["merge"].plan.changes == 2
    assert window.notice.isHidden()


def test_several_dropped_projects_are_merged(window, bens, tmp_path):
    shutil.copy(bens, tmp_path / "zoe.annotator")
    drop(window, bens, tmp_path / "zoe.annotator")
    assert window._built["merge"]._files.text() == "ben.annotator, zoe.annotator"


def test_opening_another_project_puts_the_page_away(window, bens):
    look_at(window, bens)
    drop(window, bens)
    QTest.mouseClick(window.notice.other, Qt.MouseButton.LeftButton)
    assert window.session.path == bens
    assert window.page == "annotate"


def test_a_question_leaves_no_second_button_behind(window, bens):
    drop(window, bens)
    window.warn("Something else")
    assert window.notice.other.isHidden()


# --- changed on two machines -----------------------------------------------------------------------


def test_what_both_changed_is_shown_before_and_leads_on_afterwards(window, forked, bens, qtbot):
    page = look_at(window, bens)
    assert page._head.text() == "1 article, 1 span and 1 span changed or deleted"
    title, stands, gives_way = page.coming.clashes.said
    assert title == "Span “truce”"
    assert stands.endswith("label Claim; note two حلب 😀")
    assert gives_way.endswith("label Quote")
    page.write()
    assert "1 thing was changed on two machines" in window.notice.sentence.text()
    QTest.mouseClick(window.notice.action, Qt.MouseButton.LeftButton)
    assert window.page == "forks"
    qtbot.waitUntil(lambda: window._built["forks"].forks.rowCount() == 1)


def test_both_versions_stand_side_by_side_with_the_differences_marked(window, forked, bens, qtbot):
    look_at(window, bens).write()
    page = show_forks(window, qtbot, 1)
    qtbot.waitUntil(lambda: page.list.hasFocus())
    assert page._head.text() == "Span “truce”"
    here, there = page.versions.cards
    assert [line for line in here.said if "≠" in line] == ["≠ Label: Claim", "≠ Note: two حلب 😀"]
    assert [line for line in there.said if "≠" in line] == ["≠ Label: Quote", "≠ Note: –"]
    assert nameless(page) == []


@pytest.mark.parametrize("way", ["button", "key in the list", "key on the page"])
def test_a_version_is_chosen_by_button_or_by_key_and_undo_brings_the_choice_back(
    window, forked, bens, qtbot, way
):
    look_at(window, bens).write()
    page = show_forks(window, qtbot, 1)
    qtbot.waitUntil(lambda: page.list.hasFocus())
    if way == "button":
        QTest.mouseClick(page.versions.cards[1].deed, Qt.MouseButton.LeftButton)
    else:
        QTest.keyClick(page.list if "list" in way else page.back, Qt.Key.Key_2)
    qtbot.waitUntil(lambda: page.forks.rowCount() == 0)
    project = window.session.project
    assert project.annotation(forked.id) == replace(forked, label="quote")
    assert page._head.text().startswith("Nothing was changed on two machines")
    assert page.back.hasFocus()
    assert page.deed.isHidden()
    window.session.undo()
    qtbot.waitUntil(lambda: page.forks.rowCount() == 1)
    assert notes(window, forked) == "two حلب 😀"


def test_everything_that_stands_is_kept_at_once(window, forked, bens, qtbot):
    look_at(window, bens).write()
    page = show_forks(window, qtbot, 1)
    assert page.deed.text() == "Keep the one that stands"
    QTest.keyClick(page.list, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: page.forks.rowCount() == 0)
    assert notes(window, forked) == "two حلب 😀"
    assert forking.forks(window.session.project) == ()


def test_other_words_within_a_note_are_underlined_and_told(window, own, bens, in_bens, qtbot):
    put(window.session.project, "Ada", replace(own, note="Sure of <b>this</b>\nin حلب"))
    in_bens(lambda project: put(project, "Ada", replace(own, note="x")))
    in_bens(lambda project: put(project, "Ada", replace(own, note="Not sure of <b>this</b>\nin حلب 😀")))
    look_at(window, bens).write()
    page = show_forks(window, qtbot, 1)
    ours, theirs = [
        next(
            label for label in card.findChildren(QLabel) if label.accessibleName().startswith("Note, differs")
        )
        for card in page.versions.cards
    ]
    assert "<u>Not sure</u> of &lt;b&gt;this&lt;/b&gt;\nin حلب <u>😀</u>" in ours.text()
    assert ours.accessibleName().endswith("Other words: Not sure, 😀")
    assert "<u>Sure</u> of" in theirs.text()
    assert theirs.property("role") == "differs"


def test_the_next_thing_is_shown_when_one_is_settled(window, own, bens, in_bens, qtbot):
    tag(window, "Syria")
    others = [a for a in window.session.annotations if a.id != own.id]
    look_at(window, bens).write()
    flow_back = [own, *others]
    in_bens(
        lambda project: merging.apply(project, merging.planned(project, [window.session.path]), actor="Ben")
    )
    put(window.session.project, "Ada", *(replace(a, note="here") for a in flow_back))
    for note in ("x", "there"):
        in_bens(lambda project, note=note: put(project, "Ada", *(replace(a, note=note) for a in flow_back)))
    look_at(window, bens).write()
    page = show_forks(window, qtbot, 2)
    first = page.shown().key
    QTest.keyClick(page.list, Qt.Key.Key_Down)
    second = page.shown().key
    assert first != second
    QTest.keyClick(page.list, Qt.Key.Key_2)
    qtbot.waitUntil(lambda: page.forks.rowCount() == 1)
    assert page.shown().key == first
    QTest.keyClick(page.list, Qt.Key.Key_9)
    assert page.forks.rowCount() == 1


def test_a_thing_is_shown_where_it_stands(window, forked, bens, qtbot):
    look_at(window, bens).write()
    page = show_forks(window, qtbot, 1)
    QTest.mouseClick(page.show_it, Qt.MouseButton.LeftButton)
    assert window.page == "annotate"
    assert window.session.selected == forked.id


def test_escape_leaves_the_list_and_the_page(window, forked, bens, qtbot):
    look_at(window, bens).write()
    page = show_forks(window, qtbot, 1)
    QTest.keyClick(page.list, Qt.Key.Key_Escape)
    assert window.page == "annotate"


def test_a_project_without_forks_says_so(window, qtbot):
    page = show_forks(window, qtbot, 0)
    qtbot.waitUntil(lambda: bool(page._head.text()))
    assert page._head.text() == "Nothing was changed on two machines, or all of it is settled."
    assert not page.list.isVisible()


def test_whose_words_stand_in_the_scheme_is_chosen_on_the_page(window, tmp_path, qtbot):
    session = window.session
    ours = session.project.scheme
    labels = tuple(replace(one, rule="Theirs. حلب") if one.id == "claim" else one for one in ours.labels)
    path = tmp_path / "own.annotator"
    home = Home(tmp_path / "another home")
    Project.create(path, scheme=replace(ours, labels=labels), title="Own", home=home).close()
    with Project.open(path, home=home) as project:
        articles.add(project, actor="Ben", raw="Another article.", title="Another article")
    page = look_at(window, path)
    box = page.contrasts.boxes["claim.rule"]
    assert box.currentText() == "Keep yours"
    assert any("Theirs: Theirs. حلب" in label.text() for label in page.contrasts.findChildren(QLabel))
    box.setFocus()
    QTest.keyClick(box, Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: page.contrasts.boxes["claim.rule"].currentText() == "Take theirs")
    assert page.contrasts.boxes["claim.rule"].hasFocus()
    assert nameless(page) == []
    page.write()
    assert session.project.scheme.label("claim").rule == "Theirs. حلب"
    session.undo()
    assert session.project.scheme.label("claim").rule == ours.label("claim").rule


def test_everything_on_the_page_has_a_name(window, forked, bens):
    assert nameless(look_at(window, bens)) == []
