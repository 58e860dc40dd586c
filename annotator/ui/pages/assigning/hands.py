"""The table of articles and annotators, to give and take back by hand."""

from collections.abc import Iterable

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from annotator.ui.lists.assignments import ROW_HEIGHT, AssignmentDelegate
from annotator.ui.models.assignments import FIRST_PERSON, TITLE, AssignmentsModel
from annotator.ui.theme import Theme

PERSON_WIDTH, TITLE_WIDTH = 136, 260


class Hands(QTableView):
    """A click in a cell gives an article to somebody or takes it back; Space does so for all selected."""

    turned = Signal(bool, object)
    """Whether articles are given or taken back, and pairs of an article and an annotator."""
    left = Signal()

    def __init__(self, model: AssignmentsModel, theme: Theme) -> None:
        super().__init__()
        self._model = model
        self.painter = AssignmentDelegate(theme)
        self.setModel(model)
        self.setItemDelegate(self.painter)
        self._dress()
        self.clicked.connect(self._click)
        model.modelReset.connect(self._fit)

    def set_theme(self, theme: Theme) -> None:
        self.painter.theme = theme
        self.viewport().update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space and not event.modifiers():
            self._turn(self.selectedIndexes() or [self.currentIndex()])
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def _click(self, index: QModelIndex) -> None:
        """Turn one cell; with Shift or Ctrl held a click only selects."""
        if index.column() >= FIRST_PERSON and not QGuiApplication.keyboardModifiers():
            self._turn([index])

    def _turn(self, indexes: Iterable[QModelIndex]) -> None:
        """Give all of the selected articles that aren't given yet, or take all back where all were."""
        cells = [index for index in indexes if index.isValid() and index.column() >= FIRST_PERSON]
        free = [cell for cell in cells if not self._model.is_given(cell)]
        if cells:
            self.turned.emit(bool(free), tuple(self._model.hand(cell) for cell in free or cells))

    def _fit(self) -> None:
        head = self.horizontalHeader()
        if self._model.columnCount() > TITLE:
            head.setSectionResizeMode(TITLE, QHeaderView.ResizeMode.Stretch)
        for column in range(FIRST_PERSON, self._model.columnCount()):
            head.setSectionResizeMode(column, QHeaderView.ResizeMode.Interactive)
            self.setColumnWidth(column, PERSON_WIDTH)

    def _dress(self) -> None:
        self.setAccessibleName("Articles and annotators")
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(ROW_HEIGHT)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        head = self.horizontalHeader()
        head.setHighlightSections(False)
        head.setSectionsClickable(False)
        head.setMinimumSectionSize(PERSON_WIDTH)
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
