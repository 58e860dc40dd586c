"""A list of cards, and what is shown in its place when it is empty."""

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QAbstractItemView, QListView, QVBoxLayout, QWidget

from annotator.ui.widgets import button, words


class CardList(QListView):
    """Cards of one height: a click or Enter chooses one, letters begin a search."""

    chosen = Signal(QModelIndex)
    typed = Signal(str)
    left = Signal()

    def __init__(self, name: str, model: QAbstractItemModel) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setModel(model)
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)

    def dataChanged(
        self,
        first: QModelIndex | QPersistentModelIndex,
        last: QModelIndex | QPersistentModelIndex,
        /,
        *_roles: object,
    ) -> None:
        """Draw the rows again: heights never change, and Qt would lay out all fifty thousand anew."""
        self.viewport().update(self.visualRect(first).united(self.visualRect(last)))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        held = event.modifiers() & ~(Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier)
        letters = event.text()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not held:
            self.chosen.emit(self.currentIndex())
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif letters.isprintable() and letters.strip() and not held:
            self.typed.emit(letters)
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        if event.button() == Qt.MouseButton.LeftButton and index.isValid():
            self.chosen.emit(index)


class Emptiness(QWidget):
    """Why there is nothing to see, and what can be done about it."""

    wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.sentence = words(role="muted", wrap=True)
        self.sentence.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.deed = button("", "link")
        self.deed.clicked.connect(self.wanted)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 40, 8, 8)
        column.addWidget(self.sentence)
        column.addWidget(self.deed, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(1)

    def say(self, sentence: str, deed: str) -> None:
        self.sentence.setText(sentence)
        self.deed.setText(deed)
        self.deed.setAccessibleName(deed)
        self.deed.setVisible(bool(deed))
