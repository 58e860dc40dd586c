"""What plots stand in: it scrolls, and follows the keyboard from cell to cell."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QScrollArea, QVBoxLayout

from annotator.ui.fields.sections import Inside
from annotator.ui.plots.table import GridView

ROOM = 24
"""Pixels that stay in sight around the cell where the keyboard is."""


class PlotArea(QScrollArea):
    """A column of plots; a table in it is as high as its rows, so it is the area that scrolls."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("plain")
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.inside = Inside()
        self.column = QVBoxLayout(self.inside)
        self.column.setContentsMargins(28, 4, 24, 20)
        self.column.setSpacing(10)
        self.setWidget(self.inside)

    def follow(self, view: GridView) -> None:
        """Keep the cell of a table in sight where the keyboard is."""
        view.walked.connect(lambda row, column: self._bring(view, row, column))

    def _bring(self, view: GridView, row: int, column: int) -> None:
        if view.hasFocus():
            cell = view.visualRect(view.table.index(row, column))
            middle = view.viewport().mapTo(self.inside, cell.center())
            self.ensureVisible(middle.x(), middle.y(), 0, cell.height() // 2 + ROOM)
