"""How the window looks and is read aloud: contrast, themes, icons, names, focus."""

import re
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
)
from shell_steps import Key, controls, nameless, tag, view

from annotator import resources
from annotator.services.samples import built_in_scheme
from annotator.ui import icons
from annotator.ui.style import stylesheet
from annotator.ui.theme import DARK, LIGHT, contrast

SOURCES = Path(icons.__file__).parent
THEMES = pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda t: t.name)

PAIRS = [
    *((ink, ground) for ink in ("text", "heading", "muted") for ground in ("window", "surface", "raised")),
    *(("text", ground) for ground in ("hover", "accent_soft", "selection", "match", "match_current")),
    *(("accent", ground) for ground in ("accent_soft", "surface", "window")),
    ("on_accent", "accent"),
    ("note_text", "note"),
    *(("bad", ground) for ground in ("surface", "window", "bad_soft")),
    ("good", "surface"),
    ("muted", "faint"),
]
"""Which words stand on which ground in the style sheet."""


@THEMES
@pytest.mark.parametrize(("ink", "ground"), PAIRS)
def test_words_stand_out_from_their_ground(theme, ink, ground):
    ratio = contrast(QColor(getattr(theme, ink)), QColor(getattr(theme, ground)))
    # What can't be used may be paler: the words of a disabled primary button.
    assert ratio >= (3 if ground == "faint" else 4.5)


@THEMES
@pytest.mark.parametrize("label", built_in_scheme().labels, ids=lambda label: label.id)
def test_the_chip_of_a_label_can_be_read(theme, label):
    assert contrast(theme.ink(label.colour), QColor(theme.surface)) >= 4.5
    filled = theme.ink(label.colour, 3.0)
    assert contrast(theme.on(filled.name()), filled) >= 4.5


@THEMES
def test_the_ring_of_the_focus_can_be_seen(theme):
    for ground in (theme.surface, theme.window, theme.raised):
        assert contrast(QColor(theme.accent), QColor(ground)) >= 3


@THEMES
def test_the_style_sheet_is_filled_in_and_its_pictures_exist(theme):
    sheet = stylesheet(theme)
    assert "$" not in sheet
    pictures = re.findall(r'url\("([^"]+)"\)', sheet)
    assert len(pictures) >= 2
    assert all(Path(picture).is_file() for picture in pictures)
    assert sheet.count("{") == sheet.count("}")


def test_the_theme_follows_the_choice_and_then_the_system(window, monkeypatch):
    appearance = window.context.appearance
    appearance.choose("dark")
    assert view(window).theme is DARK
    assert QApplication.palette().window().color().name() == DARK.window
    assert DARK.window in QApplication.instance().styleSheet()
    appearance.choose("light")
    assert view(window).theme is LIGHT
    appearance.choose("system")
    monkeypatch.setattr(appearance, "_is_system_dark", lambda: True)
    QApplication.styleHints().colorSchemeChanged.emit(Qt.ColorScheme.Dark)
    assert view(window).theme is DARK


def test_icons_take_the_colour_of_the_theme(window):
    def ink(widget) -> QColor:
        image = widget.icon().pixmap(icons.SIZE, icons.SIZE).toImage()
        points = [(x, y) for x in range(image.width()) for y in range(image.height())]
        return max((image.pixelColor(x, y) for x, y in points), key=lambda c: c.alpha())

    window.context.appearance.choose("light")
    assert ink(window.header.search).name() == LIGHT.text
    window.context.appearance.choose("dark")
    assert ink(window.header.search).name() == DARK.text


@pytest.mark.parametrize("ratio", [1.0, 1.5, 2.0, 3.0])
def test_icons_are_sharp_at_any_resolution(qapp, ratio):
    drawn = icons.pixmap("search", QColor("#123456"), 20, ratio)
    assert drawn.width() == round(20 * ratio)
    assert drawn.devicePixelRatio() == ratio
    alphas = {drawn.toImage().pixelColor(x, y).alpha() for x in range(20) for y in range(20)}
    assert {0, 255} <= alphas


def test_every_icon_is_there_and_is_used():
    code = "".join(path.read_text(encoding="utf-8") for path in SOURCES.rglob("*.py"))
    named = set(re.findall(r'\b(?:IconButton|MenuButton|icon|pixmap)\(\s*"(\w+)"', code))
    there = {path.stem for path in resources.path("icons").glob("*.svg")}
    of_the_sheet = {f"{name}-{theme}" for name in ("chevron", "tick") for theme in ("light", "dark")}
    assert there == named | of_the_sheet
    assert (resources.path("icons", "LICENSE.txt")).is_file()


def test_every_control_of_every_page_has_a_name(window):
    tag(window, "at least 13 people dead", Key.Key_3)
    for page, _ in window.pages:
        window.show_page(page)
        assert len(controls(window)) > 10
        assert nameless(window) == []


@pytest.mark.parametrize("panel", ["show_palette", "show_keys", "show_guide"])
def test_every_control_over_the_window_has_a_name(window, panel):
    getattr(window, panel)()
    assert nameless(window) == []


@pytest.mark.parametrize("command", ["new-project", "details", "paste-article", "change-annotator"])
def test_every_control_of_a_dialog_has_a_name(window, in_dialog, command):
    found = []

    def look(dialog):
        found.append((len(controls(dialog)), nameless(dialog), dialog.windowTitle()))
        dialog.reject()

    in_dialog(look)
    window.run(command)
    count, unnamed, title = found[0]
    assert count >= 3
    assert unnamed == []
    assert title


def test_tab_reaches_every_button_of_the_header(window):
    wanted = {
        window.header.menu,
        window.header.project,
        window.header.search,
        window.header.export,
        window.header.person,
    }
    window.header.menu.setFocus(Qt.FocusReason.TabFocusReason)
    seen = set()
    for _ in range(60):
        seen.add(window.focusWidget())
        QTest.keyClick(window.focusWidget(), Key.Key_Tab)
    assert wanted <= seen


def test_the_focus_can_be_seen(window):
    button = window.header.search
    button.setFocus(Qt.FocusReason.TabFocusReason)
    with_focus = button.grab().toImage()
    view(window).setFocus()
    assert button.grab().toImage() != with_focus


@pytest.mark.parametrize("size", [(1440, 900), (1024, 700), (800, 520)])
def test_the_header_holds_everything_at_any_size(window, size):
    window.session.be("A. Rather-Long Name of an Annotator")
    window.resize(*size)
    QApplication.processEvents()
    header = window.header
    parts = [
        header.menu,
        header.project,
        *header._by_page.values(),
        header.search,
        header.export,
        header.person,
    ]
    boxes = [part.geometry() for part in parts]
    assert all(header.rect().contains(box) for box in boxes)
    assert all(not a.intersects(b) for i, a in enumerate(boxes) for b in boxes[i + 1 :])


def test_words_of_strangers_are_never_read_as_markup(window):
    window.warn('<b>bold</b> <img src="file:///etc/passwd"> was not found')
    assert window.notice.sentence.textFormat() == Qt.TextFormat.PlainText
