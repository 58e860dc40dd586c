"""What the keys mean while the article has the focus, apart from those that move the caret."""

import unicodedata
from enum import Enum, auto

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QKeySequence

from annotator.ui.article.boundaries import Kind
from annotator.ui.article.edges import Step


class Command(Enum):
    """What a key asks for."""

    NEXT = auto()
    PREVIOUS = auto()
    INSPECT = auto()
    DELETE = auto()
    LINK = auto()
    BACK_OUT = auto()
    COPY = auto()
    LARGER = auto()
    SMALLER = auto()


_PLAIN: dict[int, Command] = {
    Qt.Key.Key_Return: Command.INSPECT,
    Qt.Key.Key_Enter: Command.INSPECT,
    Qt.Key.Key_Backspace: Command.DELETE,
    Qt.Key.Key_Delete: Command.DELETE,
    Qt.Key.Key_L: Command.LINK,
    Qt.Key.Key_Escape: Command.BACK_OUT,
    Qt.Key.Key_Space: Command.NEXT,
}
_STANDARD = {
    QKeySequence.StandardKey.Copy: Command.COPY,
    QKeySequence.StandardKey.ZoomIn: Command.LARGER,
    QKeySequence.StandardKey.ZoomOut: Command.SMALLER,
}
_BRACKETS: dict[int, tuple[str, bool]] = {
    Qt.Key.Key_BracketLeft: ("start", True),
    Qt.Key.Key_BraceLeft: ("start", False),
    Qt.Key.Key_BracketRight: ("stop", True),
    Qt.Key.Key_BraceRight: ("stop", False),
}
_MODIFIERS = Qt.KeyboardModifier


def command(event: QKeyEvent) -> Command | None:
    """Return what a key asks for, if it is one of these."""
    for standard, asked in _STANDARD.items():
        if event.matches(standard):
            return asked
    if event.modifiers() & (_MODIFIERS.ControlModifier | _MODIFIERS.AltModifier | _MODIFIERS.MetaModifier):
        return Command.LARGER if _is_ctrl_equals(event) else None
    if event.key() == Qt.Key.Key_Space and event.modifiers() & _MODIFIERS.ShiftModifier:
        return Command.PREVIOUS
    return _PLAIN.get(event.key())


def boundary_step(event: QKeyEvent) -> Step | None:
    """Return how a bracket key moves an end: outward, with Shift inward, with Ctrl by a character."""
    found = _BRACKETS.get(event.key())
    if found is None or event.modifiers() & _MODIFIERS.MetaModifier:
        return None
    side, bracket = found
    shift = bool(event.modifiers() & _MODIFIERS.ShiftModifier)
    # On many keyboards a bracket is typed with AltGr, which some systems report as Ctrl+Alt.
    ctrl = bool(event.modifiers() & _MODIFIERS.ControlModifier)
    alt = bool(event.modifiers() & _MODIFIERS.AltModifier)
    kind = Kind.Grapheme if ctrl and not alt else Kind.Word
    return Step("start" if side == "start" else "stop", outward=bracket and not shift, kind=kind)


def label_key(event: QKeyEvent) -> str:
    """Return the character a label may have as its key; digits of any script as 0 to 9."""
    held = event.modifiers() & (_MODIFIERS.ControlModifier | _MODIFIERS.AltModifier | _MODIFIERS.MetaModifier)
    typed = event.text()
    if held or len(typed) != 1 or not typed.isprintable():
        return ""
    return str(unicodedata.digit(typed)) if typed.isdigit() else typed


def _is_ctrl_equals(event: QKeyEvent) -> bool:
    """Plus shares a key with equals on many keyboards; nobody should have to hold Shift for it."""
    return event.key() == Qt.Key.Key_Equal and bool(event.modifiers() & _MODIFIERS.ControlModifier)
