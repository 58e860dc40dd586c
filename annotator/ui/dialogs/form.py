"""A small dialog: captions above fields, problems beneath them, one button that does it."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from annotator.model.date_words import parse
from annotator.model.dates import date_problem
from annotator.ui.spelling import sentence_case
from annotator.ui.widgets import button, repolish, words

DATES = "2016-09-21, 21 Sept 2016, Sept 2016, or 2016"
"""How a date may be typed."""


def dated(typed: str) -> str:
    """Write a date that was typed in words as a value; what isn't understood stays as it is."""
    return (date_problem(typed) and parse(typed)) or typed


class Form(QDialog):
    """Assembles rows; subclasses check what was typed in `problems` and act in `finish`."""

    def __init__(self, parent: QWidget, title: str, deed: str, width: int = 440) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setModal(True)
        self.setMinimumWidth(width)
        self._marked: dict[QWidget, QLabel] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(22, 18, 22, 18)
        self._column.setSpacing(4)
        self._column.addWidget(words(title, "heading"))
        self._column.addSpacing(6)
        self.deed = button(deed, "primary")
        self.deed.setDefault(True)
        self.deed.clicked.connect(self.try_to_finish)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            # Where Enter begins a new line.
            QShortcut(QKeySequence(keys), self, self.deed.click)

    def say(self, sentence: str) -> None:
        """Add an explanation."""
        self._column.addWidget(words(sentence, "muted", wrap=True))
        self._column.addSpacing(6)

    def row(self, caption: str, field: QWidget, *beside: QWidget, stretch: int = 0) -> None:
        """Add a field under its caption, with buttons beside it."""
        label = words(caption, "caption")
        label.setBuddy(field)
        field.setAccessibleName(caption)
        self._column.addSpacing(4)
        self._column.addWidget(label)
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(field, 1)
        for widget in beside:
            line.addWidget(widget)
        self._column.addLayout(line, stretch)
        problem = words(role="problem", wrap=True)
        problem.hide()
        self._marked[field] = problem
        self._column.addWidget(problem)

    def add(self, widget: QWidget, stretch: int = 0) -> None:
        self._column.addWidget(widget, stretch)

    def end(self) -> None:
        """Add the buttons."""
        self._column.addSpacing(12)
        cancel = button("Cancel")
        cancel.clicked.connect(self.reject)
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addStretch(1)
        line.addWidget(cancel)
        line.addWidget(self.deed)
        self._column.addLayout(line)

    def mark(self, field: QWidget, problem: str) -> None:
        """Say what is wrong with a field, beneath it; "" when nothing is."""
        label = self._marked[field]
        label.setText(sentence_case(problem))
        label.setVisible(bool(problem))
        field.setProperty("problem", bool(problem))
        field.setAccessibleDescription(problem)
        repolish(field)

    def problems(self) -> dict[QWidget, str]:
        """Map each field that can't stay as it is to what is wrong with it."""
        return {}

    def finish(self) -> dict[QWidget, str]:
        """Do what the dialog is for; map the field that kept it from being done to the reason."""
        return {}

    def try_to_finish(self) -> None:
        """Close if everything is in order and done; else say what isn't and take the focus there."""
        found = self.problems() or self.finish()
        for field in self._marked:
            self.mark(field, found.get(field, ""))
        if found:
            next(iter(found)).setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.accept()
