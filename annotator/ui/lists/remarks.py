"""The table of remarks on files, each with its file and line."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from annotator.services.remarks import Remark
from annotator.ui.models.remarks import RemarksModel

MEASURED = 200
"""Rows by which the widths of columns are chosen."""


class RemarksTable(QTableView):
    """Rows are as high as their words need, from when they come into sight: there may be thousands."""

    def __init__(self) -> None:
        super().__init__()
        self.remarks = RemarksModel()
        self._moved = QTimer(self, singleShot=True, interval=0)
        self.setModel(self.remarks)
        self.setAccessibleName("Remarks")
        self.setProperty("part", "remarks")
        self.setShowGrid(False)
        self.setWordWrap(True)
        self.setTabKeyNavigation(False)
        self.verticalHeader().hide()
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self._dress_head(self.horizontalHeader())
        self._moved.timeout.connect(self._fit)
        self.verticalScrollBar().valueChanged.connect(self._moved.start)

    def load(self, remarks: Sequence[Remark]) -> None:
        """Show other remarks; where they are the same, the table stays where it is."""
        if self.remarks.load(remarks):
            self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._moved.start()

    def _fit(self) -> None:
        """Give the rows in sight the height of their words."""
        row, last = max(0, self.rowAt(0)), self.remarks.rowCount() - 1
        while row <= last and self.rowViewportPosition(row) < self.viewport().height():
            self.resizeRowToContents(row)
            row += 1

    def _dress_head(self, head: QHeaderView) -> None:
        head.setHighlightSections(False)
        head.setResizeContentsPrecision(MEASURED)
        head.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        head.setSectionResizeMode(2, QHeaderView.ResizeMode.Stretch)
        # A remark takes more lines where the window is narrow.
        head.sectionResized.connect(self._moved.start)
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
