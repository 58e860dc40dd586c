"""The parts of a page on which an article is read: articles, text, and what is said of it."""

from PySide6.QtCore import QByteArray, Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QWidget

SIDES, NARROW_SIDES = (270, 364), (232, 300)
"""Widths of the two side panels at first, in pixels: in a wide window and in a narrow one."""
NARROW = 1200
LEAST_RIGHT = 268
"""Pixels that the panel at the right needs."""


class ThreeParts(QSplitter):
    """Stands alike on every such page, so that nothing jumps from one to the other."""

    def __init__(self, page: QWidget, left: QWidget, middle: QWidget, right: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, page)
        self._is_shaped = False
        # In its place before it is filled: what moves is styled anew with all that it holds.
        whole = QHBoxLayout(page)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self)
        right.setMinimumWidth(LEAST_RIGHT)
        for part in (left, middle, right):
            self.addWidget(part)
        self.setChildrenCollapsible(False)
        self.setHandleWidth(1)
        self.setStretchFactor(1, 1)

    def shape(self) -> QByteArray:
        """Return the widths of the parts, to be remembered; empty before they were shown."""
        return self.saveState() if self._is_shaped else QByteArray()

    def set_shape(self, shape: QByteArray) -> None:
        self._is_shaped = self.restoreState(shape) or self._is_shaped

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not self._is_shaped:
            self._is_shaped = True
            left, right = SIDES if self.width() >= NARROW else NARROW_SIDES
            self.setSizes([left, self.width() - left - right, right])
