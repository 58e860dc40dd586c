"""A note: a few lines that grow with what is written."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QPlainTextEdit

SMALLEST, LARGEST = 32, 180


class NoteEdit(QPlainTextEdit):
    """A note that saves when it is left: Enter goes back to the text, Shift+Enter begins a line."""

    settled = Signal(str)
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.shown = ""
        self.setAccessibleName("Note")
        self.setPlaceholderText("Note")
        self.setTabChangesFocus(True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.document().setDocumentMargin(3)
        self.textChanged.connect(self._grow)
        self._grow()

    def show_words(self, words: str) -> None:
        """Show the stored note; what is being typed stays."""
        being_typed = self.hasFocus() and self.toPlainText() != self.shown
        self.shown = words
        if not being_typed and self.toPlainText() != words:
            self.setPlainText(words)

    def settle(self) -> None:
        words = self.toPlainText().rstrip()
        if words != self.shown:
            self.shown = words
            self.settled.emit(words)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.setPlainText(self.shown)
            self.left.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self.settle()
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.settle()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._grow()

    def _grow(self) -> None:
        """Take the height of what is written, within bounds."""
        lines = max(1, round(self.document().size().height()))
        wanted = lines * self.fontMetrics().lineSpacing() + 16
        self.setFixedHeight(max(SMALLEST, min(LARGEST, wanted)))
