"""Fields that are typed: text, number, date."""

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from annotator.model.date_words import parse as parse_date
from annotator.model.dates import date_problem
from annotator.model.scheme import Attribute
from annotator.ui.fields.base import Field, Surroundings
from annotator.ui.spelling import date_in_words
from annotator.ui.theme import Theme


class LineEdit(QLineEdit):
    """A line that tells its words when the person has finished with them."""

    settled = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.shown = self._hint = ""
        self.editingFinished.connect(self.settle)

    def setReadOnly(self, read_only: bool) -> None:
        """Let the words only be read; an empty line then asks for nothing."""
        if read_only and not self.isReadOnly():
            self._hint = self.placeholderText()
            self.setPlaceholderText("–")
        elif self.isReadOnly() and not read_only:
            self.setPlaceholderText(self._hint)
        super().setReadOnly(read_only)

    def show_words(self, words: str) -> None:
        """Show stored words; what is being typed stays, and so does the cursor."""
        self.shown = words
        if self.is_being_typed() or words == self.text():
            return
        at = self.cursorPosition() if self.hasFocus() else 0
        self.setText(words)
        self.setCursorPosition(min(at, len(words)))

    def is_being_typed(self) -> bool:
        return self.isModified()

    def settle(self) -> None:
        if not self.isModified():
            return
        self.setModified(False)
        if self.text() != self.shown:
            self.shown = self.text()
            self.settled.emit(self.text())

    def revert(self) -> None:
        self.setText(self.shown)


class TypedField(Field):
    """A value typed into one line."""

    def __init__(self, attribute: Attribute, theme: Theme, surroundings: Surroundings) -> None:
        super().__init__(attribute, theme, surroundings)
        self.line = LineEdit()
        self.line.settled.connect(lambda words: self._settle(self.read(words)))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.line)
        self.setFocusProxy(self.line)

    def read(self, words: str) -> Any:
        """Turn typed words into a value."""
        return words.strip()

    def write(self, value: Any) -> str:
        """Turn a value into the words to be edited."""
        return "" if value is None else str(value)

    def show_value(self, value: Any) -> None:
        self.value = value
        self.line.show_words(self.write(value))

    def commit(self) -> None:
        self.line.settle()

    def revert(self) -> None:
        self.line.revert()

    def inputs(self) -> list[QWidget]:
        return [self.line]

    def set_read_only(self, read_only: bool) -> None:
        self.line.setReadOnly(read_only)


class NumberField(TypedField):
    """A number; words that are none are kept, and marked."""

    def read(self, words: str) -> Any:
        plain = words.strip().replace(",", "")
        try:
            return int(plain)
        except ValueError:
            pass
        try:
            number = float(plain)
        except ValueError:
            return words.strip()
        return number if number - number == 0 else words.strip()


class DateField(TypedField):
    """A date: written as 2016-09-20, or in words that are counted from the article's date."""

    def __init__(self, attribute: Attribute, theme: Theme, surroundings: Surroundings) -> None:
        super().__init__(attribute, theme, surroundings)
        self.line.setPlaceholderText("2016-09-20 or “Tuesday”")
        self.line.textEdited.connect(self._tell)

    def show_value(self, value: Any) -> None:
        super().show_value(value)
        self._tell(self.line.text())

    def read(self, words: str) -> Any:
        return self._understood(words) or words.strip()

    def _understood(self, words: str) -> str:
        typed = words.strip()
        if not typed or date_problem(typed) is None:
            return typed
        return parse_date(typed, self.surroundings.published()) or ""

    def _tell(self, words: str) -> None:
        date = self._understood(words)
        self.understood.emit(date_in_words(date) if date and date_problem(date) is None else "")

    def _settle(self, value: Any) -> None:
        self.line.show_words(self.write(value))
        super()._settle(value)
