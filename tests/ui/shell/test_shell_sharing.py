"""Handing work out and in: the two commands of the Project menu, and blind rounds in the window."""

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton
from shell_steps import nameless, tag

from annotator.services import assigning, checking, tagging
from annotator.store import Project
from annotator.ui.actions import layer_commands
from annotator.ui.pages.assigning import AssignPage

pytestmark = pytest.mark.usefixtures("without_examples")


@pytest.fixture
def folder(window, tmp_path, monkeypatch):
    """Where the dialogs propose to write."""
    monkeypatch.setattr("annotator.ui.flows.sharing.usual_folder", lambda _c: tmp_path)
    return tmp_path


def here(window) -> str:
    return window.session.article.id


def ben(window):
    """Let Ben mark the first words of the article in another window."""
    from annotator.model.span import Span

    made = tagging.tag(
        window.session.project, actor="Ben", article=here(window), label="quote", spans=[Span(0, 8)]
    )
    window.session.publish()
    return made


def blind(window):
    project = window.session.project
    pilot = assigning.make_round(project, actor="Ada", title="Pilot", blind=True)
    assigning.assign(
        project, actor="Ada", articles=[here(window)], annotators=["Ada", "Ben"], a_round=pilot.id
    )
    window.session.publish()
    return pilot


def layers(window) -> dict[str, bool]:
    return {c.words: c.enabled(window.context) for c in layer_commands(window.context)}


def test_ones_own_work_is_saved_as_a_file(window, folder, home, in_dialog):
    tag(window, "truce")
    ben(window)

    def act(dialog) -> None:
        assert nameless(dialog) == []
        QTest.keyClick(dialog.place, Qt.Key.Key_Return)

    in_dialog(act)
    window.run("save-mine")
    (made,) = folder.glob("*Ada*.annotator")
    assert f"Made {made.name} with 1 article, 1 span." in window.notice.sentence.text()
    with Project.open(made, home=home) as part:
        assert part.layers() == ("Ada",)
        assert checking.check(part).is_sound


def test_a_copy_is_made_for_whom_it_is_asked_and_says_what_it_lacks(window, folder, home, in_dialog):
    tag(window, "truce")
    ben(window)
    blind(window)

    def act(dialog) -> None:
        assert dialog.who.count() == 1
        QTest.keyClick(dialog.place, Qt.Key.Key_Return)
        assert "A name is missing" in dialog._marked[dialog.who].text()
        QTest.keyClicks(dialog.who.lineEdit(), "Ben")
        QTest.keyClick(dialog.place, Qt.Key.Key_Return)

    in_dialog(act)
    window.run("copy-for-colleague")
    (made,) = folder.glob("*Ben*.annotator")
    assert "Left out: 1 span (others’ work in a blind round)." in window.notice.sentence.text()
    with Project.open(made, home=home) as part:
        assert part.layers() == ("Ben",)


def test_a_name_that_is_taken_is_said_beside_the_field(window, folder, in_dialog):
    tag(window, "truce")
    taken = folder / "mine.annotator"
    taken.write_text("something else")

    def act(dialog) -> None:
        dialog.place.selectAll()
        QTest.keyClicks(dialog.place, str(taken))
        QTest.keyClick(dialog.place, Qt.Key.Key_Return)
        assert "is there already" in dialog._marked[dialog.place].text()
        assert dialog.isVisible()
        QTest.keyClick(dialog, Qt.Key.Key_Escape)

    in_dialog(act)
    window.run("save-mine")
    assert taken.read_text() == "something else"


@pytest.mark.parametrize("command", ["save-mine", "new-project"])
@pytest.mark.parametrize(
    ("typed", "said"),
    [
        *(("", "A place is missing"), ("  ", "A place is missing")),
        *((typed, "No file can be called so") for typed in ("/", ".", "~nobody-has-this-name/x", "x" * 300)),
    ],
)
def test_what_can_be_no_file_is_said_beside_the_field(window, folder, in_dialog, command, typed, said):
    seen = []

    def act(dialog) -> None:
        dialog.place.selectAll()
        QTest.keyClick(dialog.place, Qt.Key.Key_Delete)
        QTest.keyClicks(dialog.place, typed)
        QTest.keyClick(dialog.place, Qt.Key.Key_Return)
        seen.append(dialog._marked[dialog.place].text())
        QTest.keyClick(dialog, Qt.Key.Key_Escape)

    in_dialog(act)
    window.run(command)
    assert seen[0].startswith(said)


def test_ones_work_is_saved_from_the_menu_and_comes_back_by_a_drop(window, folder, home, in_dialog):
    tag(window, "truce")
    (own,) = window.session.annotations
    in_dialog(lambda dialog: QTest.mouseClick(dialog.deed, Qt.MouseButton.LeftButton))
    window.run("save-mine")
    (made,) = folder.glob("*Ada*.annotator")
    window.session.do(tagging.delete, annotation=own.id)
    with Project.open(made, home=home) as part:
        tagging.relabel(part, actor="Ada", annotation=own.id, label="quote")
        tagging.relabel(part, actor="Ada", annotation=own.id, label="casualty")
    drop_under_the_mouse(window, QPoint(700, 400), made)
    merge = next(b for b in window.notice.findChildren(QPushButton) if b.text() == "Merge it …")
    QTest.mouseClick(merge, Qt.MouseButton.LeftButton)
    page = window.stack.currentWidget()
    assert page._head.text() == "1 span changed or deleted"
    QTest.mouseClick(page.deed, Qt.MouseButton.LeftButton)
    assert window.session.project.annotation(own.id).label == "casualty"
    assert "1 thing was changed on two machines" in window.notice.sentence.text()


def drop_under_the_mouse(window, at, path) -> None:
    """Drop a file as the system does: on the window as a whole, which finds the widget that takes it."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    how = (Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    entering, dropped = QDragEnterEvent(at, *how), QDropEvent(QPointF(at), *how)
    for event in (entering, dropped):
        QApplication.sendEvent(window.windowHandle(), event)
    assert (entering.isAccepted(), dropped.isAccepted()) == (True, True)


def test_nothing_to_hand_in_is_said(window, folder, in_dialog):
    in_dialog(lambda dialog: QTest.keyClick(dialog.place, Qt.Key.Key_Return))
    window.run("save-mine")
    assert "no work of “Ada”" in window.notice.sentence.text()
    assert list(folder.glob("*.annotator")) == []


def test_the_others_layers_are_hidden_in_a_blind_round_and_the_menu_says_why(window):
    tag(window, "truce")
    ben(window)
    assert layers(window) == {"Ada (you)": True, "Ben": True}
    window.session.show_layer("Ben")
    pilot = blind(window)
    assert window.session.layer == "Ada"
    assert {a.layer for a in window.session.annotations} == {"Ada"}
    assert layers(window) == {"Ada (you)": True, "Ben – hidden, “Pilot” is a blind round": False}
    window.session.show_layer("Ben")
    assert window.session.layer == "Ada"
    window.session.do(assigning.end_round, a_round=pilot.id)
    assert layers(window) == {"Ada (you)": True, "Ben": True}
    window.session.show_layer("Ben")
    assert window.session.layer == "Ben"


def test_opening_an_article_of_a_blind_round_never_shows_anothers_layer(window):
    from annotator.services import articles

    made = ben(window)
    blind(window)
    other = articles.add(window.session.project, actor="Ada", raw="Calm in Homs.").id
    window.session.publish()
    assert window.session.open_article(other)
    window.session.show_layer("Ben")
    shown = []
    window.session.article_changed.connect(lambda: shown.append(window.session.annotations))
    assert window.session.open_article(made.article)
    assert shown == [()]
    assert window.session.layer == "Ada"


def test_a_search_does_not_tell_what_others_marked_in_a_blind_round(window, qtbot):
    made = ben(window)
    tagging.set_note(window.session.project, actor="Ben", annotation=made.id, note="Zanzibar")
    panel = window.article_page.articles
    panel.search.setText("Zanzibar")
    assert panel.found.rowCount() == 1
    blind(window)
    panel.search.setText("Zanzibar ")
    assert panel.found.rowCount() == 0


def test_the_assign_page_is_beside_progress_and_in_the_menu(window):
    window.show_page("progress")
    QTest.mouseClick(window.stack.currentWidget().assign, Qt.MouseButton.LeftButton)
    assert isinstance(window.stack.currentWidget(), AssignPage)
    assert nameless(window.stack.currentWidget()) == []
    QTest.keyClick(window.stack.currentWidget(), Qt.Key.Key_Escape)
    assert window.page == "progress"
    window.run("assign")
    assert window.page == "assign"


def test_assigned_articles_stand_first_and_have_a_filter(window):
    from annotator.services import articles

    project, panel = window.session.project, window.article_page.articles
    ids = [articles.add(project, actor="Ada", raw=f"Report {i}.", title=f"Report {i}").id for i in range(3)]
    window.session.publish()
    chip = panel.filters.chips["assigned"]
    assert not chip.isVisible()
    window.session.do(assigning.assign, articles=[ids[2]], annotators=["Ada"])
    assert chip.isVisible()
    assert chip.words == "Assigned 1"
    assert panel.model.row(0).id == ids[2]
    said = panel.model.index(0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert said == "Report 2, assigned, to do"
    QTest.mouseClick(chip, Qt.MouseButton.LeftButton)
    assert panel.model.rowCount() == 1
    window.session.undo()
    assert panel.model.rowCount() == 0
    QTest.mouseClick(panel.filters.chips["all"], Qt.MouseButton.LeftButton)
    assert not chip.isVisible()


def test_work_begins_with_what_one_was_given(desk, window, tmp_path, home):
    from annotator.services import articles, samples
    from annotator.ui.flows import projects

    path = tmp_path / "dealt.annotator"
    with Project.create(path, scheme=samples.built_in_scheme(), title="Dealt", home=home) as project:
        made = [
            articles.add(project, actor="Ben", raw=f"Report {i}.", title=f"Report {i}").id for i in range(3)
        ]
        assigning.assign(project, actor="Ben", articles=[made[1]], annotators=["Ada"])
    projects.open_path(window.context, path)
    assert window.session.article.id == made[1]
