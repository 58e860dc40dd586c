"""The table of remarks on files, each with its file and line."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from annotator.services.remarks import Remark
from annotator.ui.models.remarks import RemarksModel


class RemarksTable(QTableView):
    """Rows are as high as their words need."""

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
        self._wrapped.timeout.connect(self.resizeRowsToContents)

    def load(self, remarks: Sequence[Remark]) -> None:
        """Show other remarks; where they are the same, the table stays where it is."""
        if self.remarks.load(remarks):
            self.resizeRowsToContents()

    def _dress_head(self, head: QHeaderView) -> None:
        head.setHighlightSections(False)
        head.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        head.setSectionResizeMode(2, QHeaderView.ResizeMode.Stretch)
        # A remark takes more lines where the window is narrow.
        head.sectionResized.connect(self._wrapped.start)
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
