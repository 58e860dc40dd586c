"""The gesture table of the Annotate page, by real events, down to what is stored."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu

from annotator.model.span import Span
from annotator.services import articles, progress, tagging
from annotator.services.undoing import UndoStacks
from annotator.ui.pages.annotate import AnnotatePage
from annotator.ui.session import Session
from annotator.ui.theme import LIGHT

TEXT = (
    "Truce in doubt\n\n"
    'Kerry said: "The truce is not dead", he added, "not yet." '
    "The raid killed at least nine people in Hama.\n\n"
    "وقال المرصد إن 12 people were hurt 👩‍👩‍👧 near café\u0301s. Nobody else was."
)
Key, Mod, Button = Qt.Key, Qt.KeyboardModifier, Qt.MouseButton


@pytest.fixture
def session(project, home):
    session = Session(home, "Ada")
    session.use(project)
    yield session
    session.close()


@pytest.fixture
def article(project):
    return articles.add(project, actor="Ada", raw=TEXT, title="Truce in doubt").id


@pytest.fixture
def page(qtbot, session, article):
    page = AnnotatePage(session, LIGHT)
    qtbot.addWidget(page)
    page.resize(1440, 850)
    session.open_article(article)
    page.show()
    qtbot.waitExposed(page)
    page.view.setFocus()
    return page


def place(page, offset: int, inside: bool = True) -> QPoint:
    """Return the point of the viewport just right of the code point's left edge (or at it)."""
    box = page.view.boxes_of(Span(offset, offset + 1))[0]
    x = box.left + (box.right - box.left) * (0.3 if inside else 0.0)
    return QPoint(round(x), round((box.top + box.bottom) / 2))


def drag(page, words: str, modifiers=Mod.NoModifier, nth: int = 0) -> None:
    start = TEXT.index(words) if not nth else TEXT.index(words, TEXT.index(words) + 1)
    first, last = place(page, start), place(page, start + len(words) - 1)
    viewport = page.view.viewport()
    last.setX(last.x() + 3)
    QTest.mousePress(viewport, Button.LeftButton, modifiers, first)
    for step in range(1, 6):
        point = first + (last - first) * step / 5
        QTest.mouseMove(viewport, point)
        _move(page, point, modifiers)
    QTest.mouseRelease(viewport, Button.LeftButton, modifiers, last)


def _move(page, point, modifiers):
    from PySide6.QtCore import QEvent, QPointF
    from PySide6.QtGui import QMouseEvent
    from PySide6.QtWidgets import QApplication

    viewport = page.view.viewport()
    where = QPointF(point)
    away = viewport.mapToGlobal(where)
    event = QMouseEvent(QEvent.Type.MouseMove, where, away, Button.NoButton, Button.LeftButton, modifiers)
    QApplication.sendEvent(viewport, event)


def click(page, words: str, modifiers=Mod.NoModifier) -> None:
    offset = TEXT.index(words) + len(words) // 2
    QTest.mouseClick(page.view.viewport(), Button.LeftButton, modifiers, place(page, offset))


def press(page, key, modifiers=Mod.NoModifier) -> None:
    QTest.keyClick(page.view, key, modifiers)


def spans(session):
    return [(a.label, a.words) for a in session.project.annotations(session.article.id, "Ada")]


def test_drag_then_key_tags_whole_words_and_selects_the_new_span(page, session):
    drag(page, "ruce is not dea")
    press(page, Key.Key_1)
    assert spans(session) == [("claim", "truce is not dead")]
    assert session.selected_annotation().words == "truce is not dead"
    assert page.view.selection() == ()


def test_alt_while_dragging_selects_exact_characters(page, session):
    drag(page, "ruce is not dea", Mod.AltModifier)
    press(page, Key.Key_1)
    assert spans(session) == [("claim", "ruce is not dea")]


def test_a_label_button_tags_the_selection(page, session, qtbot):
    drag(page, "not dead")
    qtbot.mouseClick(page.inspector.labels.buttons["quote"], Button.LeftButton)
    assert spans(session) == [("quote", "not dead")]


def test_an_armed_label_tags_every_drag_until_esc(page, session):
    press(page, Key.Key_3)
    assert session.armed == "casualty"
    drag(page, "nine people")
    drag(page, "12 people")
    assert spans(session) == [("casualty", "nine people"), ("casualty", "12 people")]
    for _ in range(3):
        press(page, Key.Key_Escape)
    assert session.armed == ""
    drag(page, "Hama")
    assert len(spans(session)) == 2


def test_the_figure_is_read_from_the_words(page, session):
    drag(page, "at least nine people")
    press(page, Key.Key_3)
    count = session.selected_annotation().attributes["count"]
    assert (count["qualifier"], count["low"], count["best"], count["high"]) == ("at least", 9, 9, None)


def test_double_click_selects_the_word_and_triple_click_the_sentence(page, session):
    viewport, point = page.view.viewport(), place(page, TEXT.index("nine") + 2)
    QTest.mouseClick(viewport, Button.LeftButton, Mod.NoModifier, point)
    QTest.mouseDClick(viewport, Button.LeftButton, Mod.NoModifier, point)
    assert [TEXT[s.start : s.stop] for s in session.passage] == ["nine"]
    QTest.mousePress(viewport, Button.LeftButton, Mod.NoModifier, point)
    QTest.mouseRelease(viewport, Button.LeftButton, Mod.NoModifier, point)
    passage = [TEXT[s.start : s.stop] for s in session.passage]
    assert passage == ["The raid killed at least nine people in Hama."]


def test_a_click_selects_the_smallest_span_and_again_the_one_around_it(page, session):
    drag(page, '"The truce is not dead"')
    press(page, Key.Key_2)
    drag(page, "truce is not dead")
    press(page, Key.Key_1)
    press(page, Key.Key_Escape)
    click(page, "not dead")
    assert session.selected_annotation().label == "claim"
    click(page, "not dead")
    assert session.selected_annotation().label == "quote"


def test_space_goes_from_span_to_span(page, session):
    for words in ("Kerry", "nine people", "Hama"):
        drag(page, words)
        press(page, Key.Key_1)
    press(page, Key.Key_Escape)
    press(page, Key.Key_Home, Mod.ControlModifier)
    seen = []
    for _ in range(3):
        press(page, Key.Key_Space)
        seen.append(session.selected_annotation().words)
    assert seen == ["Kerry", "nine people", "Hama"]
    press(page, Key.Key_Space, Mod.ShiftModifier)
    assert session.selected_annotation().words == "nine people"


@pytest.mark.parametrize(
    ("key", "modifiers", "words"),
    [
        (Key.Key_BracketLeft, Mod.NoModifier, "least nine people"),
        (Key.Key_BraceLeft, Mod.ShiftModifier, "people"),
        (Key.Key_BracketRight, Mod.NoModifier, "nine people in"),
        (Key.Key_BraceRight, Mod.ShiftModifier, "nine"),
        (Key.Key_BracketRight, Mod.ControlModifier, "nine people i"),
        (Key.Key_BraceRight, Mod.ControlModifier | Mod.ShiftModifier, "nine peopl"),
        (Key.Key_BraceLeft, Mod.ControlModifier | Mod.ShiftModifier, "ine people"),
    ],
)
def test_brackets_move_the_ends(page, session, key, modifiers, words):
    drag(page, "nine people")
    press(page, Key.Key_3)
    press(page, key, modifiers)
    assert spans(session) == [("casualty", words)]


def test_ctrl_drag_adds_a_fragment_to_the_selected_span(page, session):
    drag(page, '"The truce is not dead"', Mod.AltModifier)
    press(page, Key.Key_2)
    drag(page, '"not yet."', Mod.ControlModifier | Mod.AltModifier)
    assert spans(session) == [("quote", '"The truce is not dead" … "not yet."')]
    assert len(session.selected_annotation().fragments) == 2


def test_a_digit_on_a_selected_span_relabels_it(page, session):
    drag(page, "not dead")
    press(page, Key.Key_1)
    press(page, Key.Key_2)
    assert spans(session) == [("quote", "not dead")]


def test_delete_and_undo_and_redo(page, session):
    drag(page, "not dead")
    press(page, Key.Key_1)
    press(page, Key.Key_Delete)
    assert spans(session) == []
    session.undo()
    assert spans(session) == [("claim", "not dead")]
    session.undo()
    assert spans(session) == []
    session.redo()
    assert spans(session) == [("claim", "not dead")]
    assert UndoStacks(session.project, "Ada").next_undo().words == session.stacks.next_undo().words


def test_link_by_key_and_click(page, session, qtbot):
    drag(page, "Kerry")
    press(page, Key.Key_S)
    drag(page, "truce is not dead")
    press(page, Key.Key_1)
    press(page, Key.Key_L)
    click(page, "Kerry")
    links = session.project.links(session.article.id)
    assert [(link.type, link.layer) for link in links] == [("attributed-to", "Ada")]


def test_a_span_is_tagged_without_the_mouse(page, session):
    press(page, Key.Key_Home, Mod.ControlModifier)
    press(page, Key.Key_Right, Mod.ControlModifier | Mod.ShiftModifier)
    press(page, Key.Key_1)
    assert spans(session) == [("claim", "Truce")]


def test_enter_goes_to_the_first_attribute_and_back(page, session, qtbot):
    drag(page, "at least nine people")
    press(page, Key.Key_3)
    press(page, Key.Key_Return)
    inside = page.focusWidget()
    assert inside is not page.view
    assert page.inspector.isAncestorOf(inside)
    QTest.keyClick(inside, Key.Key_Return)
    assert page.focusWidget() is page.view


def test_emoji_and_combining_marks_are_never_split(page, session):
    drag(page, "👩‍👩‍👧", Mod.AltModifier)
    press(page, Key.Key_1)
    assert spans(session) == [("claim", "👩‍👩‍👧")]
    kept = session.project.annotations(session.article.id)[0]
    assert kept.stands_in(session.text)


def test_arabic_beside_latin_is_tagged_where_it_stands(page, session):
    drag(page, "المرصد")
    press(page, Key.Key_1)
    assert spans(session) == [("claim", "المرصد")]


def test_another_windows_change_is_shown(page, session, project, home):
    from annotator.store.project import Project

    with Project.open(project.path, home=home) as other:
        tagging.tag(other, actor="Ada", article=session.article.id, label="claim", spans=[Span(0, 5)])
    session.look_around()
    assert [a.words for a in session.annotations] == ["Truce"]
    assert [m.annotation.words for m in page.view.marks] == ["Truce"]
    assert session.stacks.next_undo().words == "tag as Claim"


def test_somebody_elses_layer_is_shown_but_not_changed(page, session, project):
    tagging.tag(project, actor="Ben", article=session.article.id, label="claim", spans=[Span(0, 5)])
    session.show_layer("Ben")
    said = []
    session.failed.connect(said.append)
    (theirs,) = session.annotations
    session.select(theirs.id)
    press(page, Key.Key_2)
    assert "Ben" in said[0]
    drag(page, "Hama")
    press(page, Key.Key_1)
    assert project.annotations(session.article.id) == (theirs,)
    assert [v.reason for v in project.verdicts(layer="Ben")] == ["missed"]


def test_the_name_is_asked_when_the_first_span_is_made(page, session):
    session.be("")
    session.ask_person = lambda: " Ada  Lovelace "
    drag(page, "Hama")
    press(page, Key.Key_1)
    assert session.person == "Ada Lovelace"
    assert session.project.layers() == ("Ada Lovelace",)


def test_a_declined_name_changes_nothing(page, session):
    session.be("")
    session.ask_person = lambda: ""
    drag(page, "Hama")
    press(page, Key.Key_1)
    assert session.project.layers() == ()


def test_done_says_what_is_missing_then_goes_ahead(page, session, project):
    drag(page, "at least nine people")
    press(page, Key.Key_3)
    asked = []
    session.asked.connect(lambda *said: asked.append(said))
    page.finish()
    assert "1 span incomplete" in asked[0][0]
    assert progress.state(project, actor="Ada", article=session.article.id) == "reading"
    page.finish()
    assert progress.state(project, actor="Ada", article=session.article.id) == "done"


def test_unread_paragraphs_are_named_before_done(page, session, project, qtbot):
    long = articles.add(project, actor="Ada", raw="\n\n".join(f"Paragraph {n}. " * 30 for n in range(60)))
    session.publish()
    session.open_article(long.id)
    qtbot.waitUntil(lambda: bool(page.view.reading.seen))
    asked = []
    session.asked.connect(lambda *said: asked.append(said))
    page.finish()
    assert "paragraphs not read" in asked[0][0]
    assert project.progress(long.id, "Ada") is None


def test_done_without_spans_is_read_nothing_here(page, session, project, qtbot):
    qtbot.waitUntil(lambda: not page.view.reading.unread())
    page.finish()
    assert project.changes(limit=1)[0].action == "mark as read, nothing here"


def test_what_is_shown_stays_what_is_stored_in_the_same_order(page, session, project):
    for words in ("Kerry", "truce is not dead", '"The truce is not dead"', "nine people"):
        drag(page, words, Mod.AltModifier)
        press(page, Key.Key_1)
        assert session.annotations == project.annotations(session.article.id, "Ada")
    press(page, Key.Key_Delete)
    assert session.annotations == project.annotations(session.article.id, "Ada")
    session.undo()
    assert session.annotations == project.annotations(session.article.id, "Ada")


def test_a_link_leads_to_a_span_of_another_article(page, session, project):
    other = articles.add(project, actor="Ada", raw="A second report: nine dead in Hama.", title="Second")
    target = tagging.tag(project, actor="Ada", article=other.id, label="claim", spans=[Span(17, 26)])
    drag(page, "truce is not dead")
    press(page, Key.Key_1)
    source = session.selected
    press(page, Key.Key_L)
    session.open_article(other.id)
    box = page.view.boxes_of(Span(20, 21))[0]
    point = QPoint(round(box.left) + 2, round((box.top + box.bottom) / 2))
    QTest.mouseClick(page.view.viewport(), Button.LeftButton, Mod.NoModifier, point)
    menu = page.inspector.findChild(QMenu)
    kinds = [action.text().split("  ")[1] for action in menu.actions()]
    assert kinds == ["repeats", "supports", "contradicts"]
    QTest.keyClick(menu, Key.Key_3)
    (link,) = project.links_of(source)
    assert (link.type, link.source, link.target) == ("contradicts", source, target.id)


def test_esc_gives_up_a_link(page, session, project):
    drag(page, "Kerry")
    press(page, Key.Key_S)
    drag(page, "truce is not dead")
    press(page, Key.Key_1)
    press(page, Key.Key_L)
    press(page, Key.Key_Escape)
    click(page, "Kerry")
    assert project.links(session.article.id) == ()
    assert session.selected_annotation().words == "Kerry"


def test_a_tag_that_cannot_be_saved_is_shown_kept_and_comes_back(page, session, project, tmp_path):
    said, saved = [], []
    session.unsaved.connect(said.append)
    away = project.path.rename(tmp_path / "elsewhere.annotator")
    drag(page, "nine people")
    press(page, Key.Key_3)
    assert "kept aside" in said[0]
    assert spans(session) == [("casualty", "nine people")]
    assert session.selected_annotation().words == "nine people"
    assert page.view.selection() == ()
    away.rename(project.path)
    session.saved.connect(lambda: saved.append(True))
    session.look_around()
    assert saved
    assert project.pending == ()
    assert spans(session) == [("casualty", "nine people")]


def test_finding_begins_at_what_is_in_view(page, session, project, qtbot):
    raw = "\n\n".join(f"Paragraph {n} speaks of the truce. " * 3 for n in range(200))
    session.open_article(articles.add(project, actor="Ada", raw=raw).id)
    page.view.reveal(Span(raw.index("Paragraph 150"), raw.index("Paragraph 150") + 5))
    page.find_in_article()
    qtbot.keyClicks(page.finding.line, "paragraph")
    current = page.finding.matches[page.finding.current]
    assert raw.index("Paragraph 120") < current.start <= raw.index("Paragraph 150")


def test_undo_says_what_and_shows_where(page, session, project, qtbot):
    first = session.article.id
    articles.add(project, actor="Ada", raw="A second report.", title="Second")
    session.publish()
    qtbot.waitUntil(lambda: not page.view.reading.unread())
    page.finish()
    assert session.article.id != first
    said = []
    session.said.connect(said.append)
    session.undo()
    assert session.article.id == first
    assert said == ["Undone: mark as read, nothing here"]
    session.redo()
    assert said[-1] == "Redone: mark as read, nothing here"
