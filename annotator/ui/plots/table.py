"""The table of tinted cells on the screen: walked by arrows, opened by Enter or a click."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
)

from annotator.ui.plots.cells import draw_cell, draw_column, draw_row
from annotator.ui.plots.grid import Cell, Grid, Head
from annotator.ui.plots.measure import shape
from annotator.ui.plots.model import CELL_ROLE, GridModel
from annotator.ui.plots.picture import GridPicture
from annotator.ui.theme import Theme

Index = QModelIndex | QPersistentModelIndex


class _Cells(QStyledItemDelegate):
    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme = theme

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        cell: Cell = index.data(CELL_ROLE)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        draw_cell(
            painter,
            QRectF(QRect(option.rect)),
            cell,
            self.theme,
            is_current=bool(option.state & QStyle.StateFlag.State_HasFocus),
            is_hot=bool(option.state & QStyle.StateFlag.State_MouseOver),
        )
        painter.restore()


class _Heads(QHeaderView):
    def __init__(self, orientation: Qt.Orientation, theme: Theme) -> None:
        super().__init__(orientation)
        self.theme = theme
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setMinimumSectionSize(1)

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        head: Head | None = self.model().headerData(section, self.orientation(), CELL_ROLE)
        if head is None:
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        draw = draw_column if self.orientation() == Qt.Orientation.Horizontal else draw_row
        draw(painter, QRectF(rect), head, self.theme)
        painter.restore()


class GridView(QTableView):
    """As high as its rows; as wide as its room, and scrolled sideways when its words need more."""

    opened = Signal(int, int)
    """A cell was chosen: its row and its column."""
    walked = Signal(int, int)
    """The keyboard came to a cell: its row and its column."""
    left = Signal()

    def __init__(self, name: str, theme: Theme) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.table = GridModel()
        self.setModel(self.table)
        self._cells = _Cells(theme)
        self.setItemDelegate(self._cells)
        self._heads = tuple(
            _Heads(way, theme) for way in (Qt.Orientation.Horizontal, Qt.Orientation.Vertical)
        )
        self.setHorizontalHeader(self._heads[0])
        self.setVerticalHeader(self._heads[1])
        self._dress()
        self.selectionModel().currentChanged.connect(lambda index, _before: self._tell(index))

    def _dress(self) -> None:
        self.setShowGrid(False)
        self.setCornerButtonEnabled(False)
        self.setTabKeyNavigation(False)
        self.setMouseTracking(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFrameShape(QTableView.Shape.NoFrame)
        self.viewport().setAutoFillBackground(False)
        self.setStyleSheet("QTableCornerButton::section { background: transparent; border: none; }")

    def show_grid(self, grid: Grid) -> None:
        """Show another table."""
        self.table.load(grid)
        self._fit()
        if not self.currentIndex().isValid() and grid.rows and grid.columns:
            self.setCurrentIndex(self.table.index(0, 0))
        self._tell(self.currentIndex())

    @property
    def grid(self) -> Grid:
        return self.table.grid

    def picture(self) -> GridPicture:
        """Return the table as it is saved."""
        return GridPicture(self.grid)

    def set_theme(self, theme: Theme) -> None:
        self._cells.theme = theme
        for heads in self._heads:
            heads.theme = theme
            heads.viewport().update()
        self.viewport().update()

    # --- size ----------------------------------------------------------------------------------

    def _fit(self) -> None:
        sizes = shape(self.grid, self.width())
        across, down = self._heads
        down.setFixedWidth(round(sizes.head))
        across.setFixedHeight(round(sizes.top))
        across.setDefaultSectionSize(round(sizes.column))
        down.setDefaultSectionSize(round(sizes.row))
        wide = sizes.head + sizes.column * len(self.grid.columns)
        bar = self.horizontalScrollBar().sizeHint().height() if wide > self.width() else 0
        self.setFixedHeight(round(sizes.top) + round(sizes.row) * len(self.grid.rows) + bar)
        self.updateGeometries()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._fit()

    def minimumSizeHint(self) -> QSize:
        return QSize(120, 40)

    # --- keys and mouse ------------------------------------------------------------------------

    def _tell(self, index: Index) -> None:
        if index.isValid():
            self.walked.emit(index.row(), index.column())

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._tell(self.currentIndex())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) and not held:
            self._open(self.currentIndex())
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        if event.button() == Qt.MouseButton.LeftButton:
            self._open(self.indexAt(event.position().toPoint()))

    def _open(self, index: Index) -> None:
        if index.isValid():
            self.opened.emit(index.row(), index.column())
