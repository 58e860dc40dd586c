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
    """Rows in sight are as high as their words need; of many, the others wait until they are."""

    def __init__(self) -> None:
        super().__init__()
        self.remarks = RemarksModel()
        self._wrapped = QTimer(self, singleShot=True, interval=0)
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
        self._wrapped.timeout.connect(self._wrap)
        # Not the timer itself: it would take the value for its interval.
        self.verticalScrollBar().valueChanged.connect(lambda _: self._wrapped.start())

    def load(self, remarks: Sequence[Remark]) -> None:
        """Show other remarks; where they are the same, the table stays where it is."""
        if self.remarks.load(remarks):
            self.scrollToTop()
            self._wrap()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._wrapped.start()

    def _wrap(self) -> None:
        """Give the rows in sight the height that they need."""
        first, last = self.rowAt(0), self.rowAt(self.viewport().height() - 1)
        for row in range(max(first, 0), (last if last >= 0 else self.remarks.rowCount() - 1) + 1):
            self.resizeRowToContents(row)

    def _dress_head(self, head: QHeaderView) -> None:
        head.setHighlightSections(False)
        head.setResizeContentsPrecision(MEASURED)
        head.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        head.setSectionResizeMode(2, QHeaderView.ResizeMode.Stretch)
        # A remark takes more lines where the window is narrow.
        head.sectionResized.connect(self._wrapped.start)
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
