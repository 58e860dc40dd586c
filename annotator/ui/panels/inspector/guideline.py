"""The guideline of a label: its rule, a good example, a bad one."""

import html
import re

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from annotator.model.scheme import Label
from annotator.ui import fonts
from annotator.ui.theme import LINE_CONTRAST, Theme
from annotator.ui.widgets import words

NO_RULE = "The scheme gives no rule for this label."
_MARKED = re.compile(r"\[([^\[\]]*)\]")


class GuidelineView(QWidget):
    """What a label is for; in the examples the marked words look as they do in an article."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme = theme
        self._label: Label | None = None
        self.title = words(role="title")
        self.rule = words(wrap=True)
        self.rule.setTextFormat(Qt.TextFormat.RichText)
        self.good = _example()
        self.bad = _example()
        self._good_head = words("✓  Good", "section")
        self._bad_head = words("✗  Not this", "section")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        for widget in (self.title, self.rule, self._good_head, self.good, self._bad_head, self.bad):
            column.addWidget(widget)
        column.addStretch(1)

    def show_label(self, label: Label) -> None:
        self._label = label
        self.title.setText(label.title)
        self.rule.setText(_spaced(html.escape(label.rule or NO_RULE, quote=False), 140))
        self.rule.setAccessibleName(label.rule)
        ink = self.theme.ink(label.colour, LINE_CONTRAST)
        ink.setAlphaF(self.theme.tint)
        good = f"rgba({ink.red()},{ink.green()},{ink.blue()},{ink.alphaF():.2f})"
        self._show(self.good, self._good_head, label.good, good)
        self._show(self.bad, self._bad_head, label.bad, self.theme.bad_soft)

    def _show(self, field: QLabel, head: QLabel, example: str, tint: str) -> None:
        """Show an example, the words in brackets marked, or nothing when there is none."""
        span = f'<span style="background-color:{tint}; text-decoration:underline">'
        safe = html.escape(example, quote=False)
        field.setText(_spaced(_MARKED.sub(lambda match: f"{span}{match[1]}</span>", safe), 130))
        field.setAccessibleName(example)
        for widget in (field, head):
            widget.setVisible(bool(example))

    def set_theme(self, theme: Theme) -> None:
        self.theme = theme
        if self._label:
            self.show_label(self._label)


def _spaced(safe: str, percent: int) -> str:
    """Set HTML with some room between its lines."""
    return f'<div style="line-height:{percent}%">{safe}</div>'


def _example() -> QLabel:
    label = QLabel()
    label.setTextFormat(Qt.TextFormat.RichText)
    label.setWordWrap(True)
    label.setProperty("role", "example")
    font = fonts.reading()
    font.setPixelSize(15)
    label.setFont(font)
    return label
