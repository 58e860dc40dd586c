"""The list under a line that completes what is typed."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

MOST_ROWS = 8


@dataclass(frozen=True, slots=True)
class Offer:
    """One row of the list: what picking it means, and how it reads."""

    key: str
    words: str


class CompletionList(QFrame):
    """A list laid over the window below a widget, which keeps the focus."""

    picked = Signal(str)

    def __init__(self, anchor: QWidget) -> None:
        super().__init__(anchor.window())
        self.setObjectName("completion")
        self._anchor = anchor
        self.rows = QListWidget()
        self.rows.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.rows.setAccessibleName("Suggestions")
        self.rows.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.rows.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.rows.setUniformItemSizes(True)
        self.rows.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.rows.itemClicked.connect(lambda item: self.picked.emit(item.data(Qt.ItemDataRole.UserRole)))
        box = QVBoxLayout(self)
        box.setContentsMargins(4, 4, 4, 4)
        box.addWidget(self.rows)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.hide()

    def offer(self, offers: Sequence[Offer]) -> None:
        """Show the rows, the first one chosen; without any, hide."""
        self.rows.clear()
        for offer in offers:
            item = QListWidgetItem(offer.words, self.rows)
            item.setData(Qt.ItemDataRole.UserRole, offer.key)
        if not offers:
            self.hide()
            return
        self.rows.setCurrentRow(0)
        self._place(len(offers))
        self.show()
        self.raise_()

    def move_by(self, step: int) -> None:
        """Choose the next row or the one before, going round."""
        self.rows.setCurrentRow((self.rows.currentRow() + step) % self.rows.count())

    def current(self) -> str:
        item = self.rows.currentItem()
        return str(item.data(Qt.ItemDataRole.UserRole)) if item else ""

    def _place(self, count: int) -> None:
        """Stand below the line, or above it when the window ends there."""
        window = self._anchor.window()
        if self.parentWidget() is not window:
            self.setParent(window)
        height = min(count, MOST_ROWS) * self.rows.sizeHintForRow(0) + 10
        below = self._anchor.mapTo(window, QPoint(0, self._anchor.height() + 2))
        above = self._anchor.mapTo(window, QPoint(0, -height - 2))
        at = below if below.y() + height <= window.height() or above.y() < 0 else above
        self.setGeometry(at.x(), at.y(), self._anchor.width(), height)
