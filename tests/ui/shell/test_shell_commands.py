"""The table of commands, and all that is made from it: menus, shortcuts, palette, sheet, guide."""

import re

import pytest
from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtGui import QKeySequence, QTextTable
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QMenu
from shell_steps import Key, Mod, press, select, tag, view

from annotator import resources
from annotator.model.figure_words import parse
from annotator.services import articles
from annotator.store import Project
from annotator.ui.actions import COMMANDS, all_commands
from annotator.ui.command import MENUS
from annotator.ui.keysheet import GESTURES, groups
from annotator.ui.matching import fit
from annotator.ui.pages.table import PAGES
from annotator.ui.spelled_keys import spelled


def opened(menu: QMenu) -> dict[str, object]:
    """Open a menu as a click would, and map its words to its actions."""
    menu.aboutToShow.emit()
    return {action.text(): action for action in menu.actions() if action.text()}


def menus(window) -> dict[str, QMenu]:
    return {a.text(): a.menu() for a in window.header.menu.menu().actions()}


def test_each_command_has_its_own_id_and_keys(window):
    commands = all_commands(window.context)
    ids = [command.id for command in commands]
    assert len(ids) == len(set(ids))
    # The Review page answers to its keys itself, as the article does on its own page.
    of_page = [key for command in commands if command.menu == "Review" for key in command.keys]
    others = [command for command in commands if command.menu != "Review"]
    keys = [key for command in others for key in command.keys]
    everywhere = {key for command in others if command.scope == "window" for key in command.keys}
    assert len(keys) == len(set(keys))
    assert len(of_page) == len(set(of_page))
    assert everywhere.isdisjoint(of_page)
    assert all(not QKeySequence(key).isEmpty() for key in (*keys, *of_page))


def test_no_shortcut_of_the_window_is_a_key_that_types(window):
    for command in COMMANDS:
        if command.scope == "window":
            for key in command.keys:
                assert "+" in key or key in ("F1", "F2", "F10", "?"), command.id


def test_every_command_stands_in_a_menu(window):
    found = {
        action.text().split("\t")[0] for menu in menus(window).values() for action in opened(menu).values()
    }
    wanted = {c.worded(window.context) for c in all_commands(window.context) if not c.group}
    assert wanted <= found
    assert list(menus(window)) == list(MENUS)


def test_f10_opens_the_menu(window, qtbot):
    opened_menus = []

    def look():
        menu = QApplication.activePopupWidget()
        if menu is None:
            QTimer.singleShot(5, look)
            return
        opened_menus.append([action.text() for action in menu.actions()])
        menu.close()

    QTimer.singleShot(0, look)
    QTest.keyClick(view(window), Key.Key_F10)
    qtbot.waitUntil(lambda: opened_menus == [list(MENUS)])


def test_recent_projects_stand_below_open(window, tmp_path, scheme, home):
    Project.create(tmp_path / "a.annotator", scheme=scheme, title="A", home=home).close()
    window.settings.keep_recent(tmp_path / "a.annotator")
    menu = menus(window)["Project"]
    assert list(opened(menu))[:4] == [
        "New project…",
        "Open project…",
        "Open recent",
        "Open the sample project",
    ]


def test_the_menu_shows_the_keys_that_the_article_answers(window):
    assert "Next span\tSpace" in opened(menus(window)["Span"])


def test_undo_is_named_after_what_it_takes_back(window, qtbot):
    undo = window.menus.actions["undo"]
    tag(window, "at least 13 people dead", Key.Key_3)
    qtbot.waitUntil(lambda: undo.text() == "Undo tag as Casualty report")
    QTest.keyClick(window, Key.Key_Z, Mod.ControlModifier)
    assert window.session.annotations == ()
    qtbot.waitUntil(lambda: window.menus.actions["redo"].text() == "Redo tag as Casualty report")
    QTest.keyClick(window, Key.Key_Z, Mod.ControlModifier | Mod.ShiftModifier)
    assert len(window.session.annotations) == 1
    assert "Undo tag as Casualty report" in opened(menus(window)["Edit"])


def test_a_command_that_cannot_be_done_is_grey(window):
    edit = opened(menus(window)["Article"])
    assert edit["Next article"].isEnabled()
    span = opened(menus(window)["Span"])
    assert not span["Delete the span\tDelete"].isEnabled()
    tag(window, "Aleppo")
    assert opened(menus(window)["Span"])["Delete the span\tDelete"].isEnabled()


def test_a_menu_command_of_the_article_does_what_its_key_does(window):
    tag(window, "at least 13 people dead")
    opened(menus(window)["Span"])["Start a word earlier\t["].trigger()
    assert window.session.annotations[0].words == "leaving at least 13 people dead"
    opened(menus(window)["Span"])["Tag or relabel as Quote\t2"].trigger()
    assert window.session.annotations[0].label == "quote"
    opened(menus(window)["Span"])["Delete the span\tDelete"].trigger()
    assert window.session.annotations == ()


def test_the_selected_words_become_a_fragment_by_keyboard(window):
    tag(window, "insists that efforts", Key.Key_2)
    select(window, "the truce are")
    QTest.keyClick(window, Key.Key_J, Mod.ControlModifier)
    assert [a.anchor.exact for a in window.session.annotations] == [("insists that efforts", "the truce are")]


def test_the_palette_opens_and_does_what_was_typed(window):
    press(window, Key.Key_K, Mod.ControlModifier)
    palette = window._overlays["palette"]
    assert palette.isVisible()
    assert palette.line.hasFocus()
    QTest.keyClicks(palette.line, "dark")
    QTest.keyClick(palette.line, Key.Key_Return)
    assert not palette.isVisible()
    assert window.context.appearance.theme.name == "dark"
    assert view(window).hasFocus()


def test_the_palette_opens_from_a_text_field_and_closes_by_the_same_key(window):
    window.run("find-everywhere")
    field = window.focusWidget()
    QTest.keyClicks(field, "Aleppo")
    QTest.keyClick(field, Key.Key_Home)
    QTest.keyClick(field, Key.Key_K, Mod.ControlModifier)
    palette = window._overlays["palette"]
    assert palette.isVisible()
    assert field.text() == "Aleppo"
    QTest.keyClick(palette.line, Key.Key_K, Mod.ControlModifier)
    assert not palette.isVisible()
    assert field.hasFocus()


def test_the_palette_finds_articles_by_title(window):
    made = articles.add(window.session.project, actor="Bob", raw="Text of it.", title="Zebra in Hama")
    window.show_palette()
    palette = window._overlays["palette"]
    QTest.keyClicks(palette.line, "hama zeb")
    assert [entry.words for entry in palette.model.entries][-1] == "Zebra in Hama"
    QTest.keyClick(palette.line, Key.Key_Up)
    QTest.keyClick(palette.line, Key.Key_Return)
    assert window.session.article.id == made.id


def test_the_palette_says_when_nothing_fits_and_enter_does_nothing(window):
    window.show_palette()
    palette = window._overlays["palette"]
    QTest.keyClicks(palette.line, "qqqqqq")
    assert palette.nothing.isVisible()
    QTest.keyClick(palette.line, Key.Key_Return)
    assert palette.isVisible()
    QTest.keyClick(palette.line, Key.Key_Escape)
    assert not palette.isVisible()


def test_the_palette_goes_up_and_down_and_round(window):
    window.show_palette()
    palette = window._overlays["palette"]
    QTest.keyClick(palette.line, Key.Key_Up)
    assert palette.list.currentIndex().row() == len(palette.model.entries) - 1
    QTest.keyClick(palette.line, Key.Key_Down)
    assert palette.list.currentIndex().row() == 0


def test_the_palette_model_is_sound(window, qtmodeltester):
    window.show_palette()
    qtmodeltester.check(window._overlays["palette"].model)


@pytest.mark.parametrize(
    ("typed", "better", "worse"),
    [
        ("exp", "Export…", "Import an export"),
        ("undo", "Undo tag as Claim", "Find undone articles"),
        ("art next", "Next article", "Article details…"),
        ("ma do", "Mark as done and go on", "Export…"),
    ],
)
def test_what_fits_better_comes_first(typed, better, worse):
    assert fit(typed, better) > fit(typed, worse)


def test_a_question_mark_shows_the_sheet_of_keys(window):
    view(window).setFocus()
    QTest.keyClick(view(window), Key.Key_Question, Mod.ShiftModifier)
    sheet = window._overlays["keys"]
    assert sheet.isVisible()
    texts = {label.text() for label in sheet.findChildren(QLabel)}
    assert {"Undo", "Ctrl+Z", "Tag or relabel as Casualty report", "3", "Ctrl+drag"} <= texts
    QTest.keyClick(sheet.first(), Key.Key_Escape)
    assert not sheet.isVisible()


def test_a_question_mark_typed_into_a_field_is_typed(window):
    window.run("find-everywhere")
    field = window.focusWidget()
    QTest.keyClicks(field, "who?")
    assert field.text() == "who?"
    assert "keys" not in window._overlays


def test_the_guide_lists_every_key_and_no_other(window):
    page = (resources.path("guide", "keyboard.md")).read_text(encoding="utf-8")
    said = {}
    for keys, does in re.findall(r"^\| (`.+`) \| (.+) \|$", page, re.MULTILINE):
        said[does] = tuple(re.findall(r"`([^`]+)`", keys))
    wanted = {does: keys for _, rows in groups(window.context) for keys, does in rows}
    assert said == wanted
    assert len(said) > 40
    assert {does for _, does in GESTURES} <= set(said)


def test_the_guide_opens_turns_pages_and_finds(window):
    QTest.keyClick(window, Key.Key_F1)
    guide = window._overlays["guide"]
    assert guide.isVisible()
    titles = [guide.contents.item(row).text() for row in range(guide.contents.count())]
    assert titles[:4] == ["What Annotator is for", "First steps", "Reading and tagging", "The inspector"]
    assert "What Annotator is for" in guide.page.toPlainText()
    guide.page.anchorClicked.emit("undo-history.md")
    assert guide.page.toPlainText().startswith("Undo, history and safety")
    QTest.keyClicks(guide.search, "incident rename merge")
    assert [guide.contents.item(row).text() for row in range(guide.contents.count())] == ["The inspector"]
    guide.search.setText("no such words anywhere")
    assert guide.nothing.isVisible()


@pytest.mark.parametrize("width", [1440, 1024])
def test_the_table_of_formats_in_the_guide_breaks_no_word(window, width):
    window.resize(width, 700)
    window.show_guide("formats")
    page = window._overlays["guide"].page
    page.document().documentLayout().documentSize()
    (table,) = [f for f in page.document().rootFrame().childFrames() if isinstance(f, QTextTable)]
    for row in range(table.rows()):
        for column in (0, *range(2, table.columns())):
            block = table.cellAt(row, column).firstCursorPosition().block()
            assert block.layout().lineCount() == 1, block.text()


@pytest.mark.parametrize("row", [row for row in PAGES if row.guide], ids=lambda row: row.id)
def test_the_guide_opens_at_what_tells_of_the_page_that_is_shown(window, row):
    window.show_guide()
    guide = window._overlays["guide"]
    guide.search.setText("no such words anywhere")
    guide.leave()
    window.show_page(row.id)
    QTest.keyClick(window, Key.Key_F1)
    assert guide.isVisible()
    assert guide.contents.currentItem().data(Qt.ItemDataRole.UserRole) == row.guide


def test_the_figures_of_the_guide_are_what_the_program_reads():
    page = resources.path("guide", "inspector.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| ([a-z0-9 ]+) \| (\S*) ?\| (\S*) ?\| (\S*) ?\|$", page, re.MULTILINE)
    told = {words: bounds for words, *bounds in rows if words != "the words"}
    assert len(told) >= 6
    for words, bounds in told.items():
        figure = parse(words)
        read = ["" if bound is None else str(bound) for bound in (figure.low, figure.best, figure.high)]
        assert [bound.replace("open", "") for bound in bounds] == read, words


def test_every_link_of_the_guide_leads_to_a_page():
    folder = resources.path("guide")
    for page in folder.glob("*.md"):
        for target in re.findall(r"\]\(([^)]+)\)", page.read_text(encoding="utf-8")):
            assert (folder / target).is_file(), f"{page.name} links to {target}"


def test_the_guide_loads_nothing_from_elsewhere(window, tmp_path):
    secret = tmp_path / "secret.png"
    secret.write_bytes(b"x")
    window.show_guide()
    page = window._overlays["guide"].page
    for name in ("https://example.org/x.png", f"file://{secret}", str(secret), "../../main.py"):
        assert page.loadResource(2, name) is None
    assert page.loadResource(2, "start.md")


def test_tab_stays_inside_a_panel_over_the_window(window):
    window.show_guide()
    guide = window._overlays["guide"]
    for _ in range(8):
        QTest.keyClick(window.focusWidget(), Key.Key_Tab)
        assert guide.isAncestorOf(window.focusWidget())


def test_a_click_beside_a_panel_leaves_it(window):
    window.show_keys()
    sheet = window._overlays["keys"]
    QTest.mouseClick(sheet, Qt.MouseButton.LeftButton, pos=QPoint(3, 3))
    assert not sheet.isVisible()


def test_ctrl_s_says_saved(window):
    tag(window, "Aleppo")
    QTest.keyClick(window, Key.Key_S, Mod.ControlModifier)
    assert "Saved" in window.status.counts.text()


def test_text_size_follows_its_keys(window):
    usual = view(window).text_size
    for key in (Key.Key_Plus, Key.Key_Equal):
        QTest.keyClick(view(window), key, Mod.ControlModifier)
    assert view(window).text_size == usual + 2
    QTest.keyClick(view(window), Key.Key_Minus, Mod.ControlModifier)
    assert view(window).text_size == usual + 1
    QTest.keyClick(view(window), Key.Key_0, Mod.ControlModifier)
    assert view(window).text_size == usual
    assert window.settings.text_size == usual


@pytest.mark.parametrize(
    ("keys", "written"),
    [
        ("Ctrl+Return", "Ctrl+Enter"),
        ("Ctrl++", "Ctrl++"),
        ("Alt+Down", "Alt+Down"),
        ("[", "["),
        ("Space", "Space"),
    ],
)
def test_keys_are_written_for_people(keys, written, monkeypatch):
    monkeypatch.setattr("sys.platform", "linux")
    assert spelled(keys) == written


def test_states_of_an_article_are_marked_from_the_menu(window):
    menu = opened(menus(window)["Article"])
    menu["Mark as read, nothing here"].trigger()
    project, article = window.session.project, window.session.article.id
    assert project.progress(article, "Ada").state == "done"
    opened(menus(window)["Article"])["Mark as to do"].trigger()
    assert project.progress(article, "Ada") is None
    opened(menus(window)["Article"])["Skip"].trigger()
    assert project.progress(article, "Ada").state == "skipped"


def test_nothing_here_is_refused_where_one_tagged_something(window):
    tag(window, "Aleppo")
    opened(menus(window)["Article"])["Mark as read, nothing here"].trigger()
    assert window.session.project.progress(window.session.article.id, "Ada") is None
    assert "You tagged spans" in window.notice.sentence.text()


def test_removing_an_article_can_be_undone_from_the_banner(window):
    article = window.session.article.id
    opened(menus(window)["Article"])["Remove the article"].trigger()
    assert window.session.project.article(article) is None
    window.notice.action.click()
    assert window.session.project.article(article) is not None
