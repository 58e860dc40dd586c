"""Steps that several tests of the shell take."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from annotator.model.span import Span
from annotator.ui.window import Window

Key, Mod = Qt.Key, Qt.KeyboardModifier


def view(window: Window):
    return window.article_page.view


def select(window: Window, words: str) -> None:
    """Select words of the article as a drag would."""
    start = window.session.text.index(words)
    view(window).select_words(Span(start, start + len(words)), back=False, add=False)


def press(window: Window, key: Key, held: Mod = Mod.NoModifier) -> None:
    """Press a key in the article."""
    view(window).setFocus()
    QTest.keyClick(view(window), key, held)


def tag(window: Window, words: str, key: Key = Key.Key_1) -> None:
    """Select words and press a label's key."""
    select(window, words)
    press(window, key)
