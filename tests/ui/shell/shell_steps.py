"""Steps that several tests of the shell take."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QTextEdit,
    QWidget,
)

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


CONTROLS = (
    QAbstractButton,
    QLineEdit,
    QComboBox,
    QPlainTextEdit,
    QTextEdit,
    QAbstractItemView,
    QAbstractSpinBox,
)
QT_OWN = ("qt_", "ScrollLeft", "ScrollRight")


def controls(root: QWidget) -> list[QWidget]:
    """Everything a person can act on, without the parts Qt makes of its own."""
    found = [w for kind in CONTROLS for w in root.findChildren(kind)]
    return [w for w in found if w.isVisible() and not w.objectName().startswith(QT_OWN) and not _is_part(w)]


def _is_part(widget: QWidget) -> bool:
    parent = widget.parentWidget()
    inside = (QComboBox, QLineEdit, QAbstractItemView, QAbstractSpinBox)
    while parent is not None:
        if isinstance(parent, inside):
            return True
        parent = parent.parentWidget()
    return False


def nameless(root: QWidget) -> list[str]:
    return [
        f"{type(w).__name__} {w.objectName()} in {type(w.parentWidget()).__name__}"
        for w in controls(root)
        if not w.accessibleName() and not getattr(w, "text", lambda: "")()
    ]
