"""Whose the imported work is to be: as the file says, somebody of the project, or somebody new."""

from collections.abc import Iterable

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QComboBox, QLineEdit, QVBoxLayout, QWidget

from annotator.model.review import GOLD
from annotator.services import person
from annotator.services.errors import Refused
from annotator.ui.spelling import sentence_case
from annotator.ui.widgets import words

TYPED_MS = 400


class Whose(QWidget):
    """`chosen` follows every choice, and a name when it was typed; `typing` says that one is not done."""

    chosen = Signal()
    typing = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.box, self.name = QComboBox(), QLineEdit()
        self._problem = words("", "caption", wrap=True)
        self.name.setPlaceholderText("The annotator’s name")
        self.name.setAccessibleName("The annotator’s name")
        self.box.setAccessibleName("Whose work it is")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        for widget in (self.box, self.name, self._problem):
            column.addWidget(widget)
        self.setFocusProxy(self.box)
        self.box.activated.connect(self._choose)
        self._soon = QTimer(self, singleShot=True, interval=TYPED_MS)
        self._told = ""
        self.name.textEdited.connect(self._type)
        for done in (self.name.editingFinished, self._soon.timeout):
            done.connect(self._name)

    def offer(self, own: str, names: Iterable[str]) -> None:
        """Begin with what the files say themselves."""
        self.box.clear()
        self.box.addItem("Whoever the file names, else you", None)
        for name in dict.fromkeys((own, *names, GOLD)):
            self.box.addItem(f"{name} (you)" if name == own else name, name)
        self.box.addItem("Somebody else …")
        self.name.clear()
        self._told = ""
        self._show_name()

    def layer(self) -> str | None:
        """Return whose all work is to be, None for whom the file names; raise Refused for what is no name."""
        layer: str | None = self.box.currentData()
        return person.checked(self.name.text()) if self._is_typed else layer

    @property
    def _is_typed(self) -> bool:
        return self.box.currentIndex() == self.box.count() - 1

    def _choose(self) -> None:
        self._show_name()
        self._told = self.name.text()
        if self._is_typed:
            self.name.setFocus()
        self.chosen.emit()

    def _type(self) -> None:
        self._soon.start()
        self.typing.emit()

    def _name(self) -> None:
        """Tell a name that was typed, once: leaving the field says nothing new."""
        self._soon.stop()
        if self._is_typed and self.name.text() != self._told:
            self._told = self.name.text()
            self._show_name()
            self.chosen.emit()

    def _show_name(self) -> None:
        self.name.setVisible(self._is_typed)
        self._problem.setText(self._why_not())
        self._problem.setVisible(bool(self._problem.text()))

    def _why_not(self) -> str:
        if not self._is_typed or not self.name.text().strip():
            return ""
        try:
            self.layer()
        except Refused as reason:
            return sentence_case(f"{reason}.")
        return ""
