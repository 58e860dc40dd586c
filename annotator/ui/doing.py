"""Ctrl+Enter on a page that does one thing: there it means that, and not what it means to an article."""

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent


def means_do_it(event: QEvent) -> bool:
    """Say whether a key that was pressed is Ctrl+Enter."""
    return (
        isinstance(event, QKeyEvent)
        and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        and event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier == Qt.KeyboardModifier.ControlModifier
    )


def is_kept_from_window(event: QEvent) -> bool:
    """Say whether the window asks if Ctrl+Enter is its own; it must not be, or neither of both happens."""
    return event.type() == QEvent.Type.ShortcutOverride and means_do_it(event)
