"""Small widgets that several rooms of the window share."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLabel, QPushButton, QWidget


def words(text: str = "", role: str = "", *, wrap: bool = False) -> QLabel:
    """Make a label that shows text as it is, whatever marks it holds; `role` names its look in style.py."""
    label = QLabel(text)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(wrap)
    if role:
        label.setProperty("role", role)
    return label


def button(text: str, role: str = "") -> QPushButton:
    """Make a button; an ampersand in its text is one, not an accelerator."""
    made = QPushButton(text.replace("&", "&&"))
    made.setAccessibleName(text)
    made.setAutoDefault(role == "primary")
    if role:
        made.setProperty("role", role)
    return made


def rule() -> QFrame:
    """Make a thin horizontal line."""
    line = QFrame()
    line.setProperty("role", "rule")
    line.setFixedHeight(1)
    return line


def repolish(widget: QWidget) -> None:
    """Let the style sheet look at a widget's properties again."""
    widget.style().unpolish(widget)
    widget.style().polish(widget)
