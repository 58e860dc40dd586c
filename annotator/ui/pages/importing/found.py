"""What was found in the files: the articles that will come, and every remark with its file and line."""

from PySide6.QtWidgets import QAbstractItemView, QListView, QVBoxLayout, QWidget

from annotator.services.looking import Plan
from annotator.ui.lists.previews import ROW_HEIGHT, PreviewDelegate
from annotator.ui.lists.remarks import RemarksTable
from annotator.ui.models.previews import PreviewModel
from annotator.ui.spelling import counted
from annotator.ui.widgets import words


class Found(QWidget):
    """The articles above, the remarks below; what there is nothing of is not shown."""

    def __init__(self) -> None:
        super().__init__()
        self.articles = PreviewModel()
        self.list, self.table = QListView(), RemarksTable()
        self.remarks = self.table.remarks
        self._articles_head, self._remarks_head = words("", "heading"), words("", "heading")
        self._calm = words("No remarks: everything in the files can come in.", "muted", wrap=True)
        self._dress_list()
        self._lay_out()

    def show_plan(self, plan: Plan) -> None:
        self.articles.load(plan.articles)
        self.list.setMaximumHeight(len(plan.articles) * ROW_HEIGHT + 4)
        self._articles_head.setText(counted(len(plan.articles), "new article"))
        self._remarks_head.setText(counted(len(plan.remarks), "remark"))
        _show_all(bool(plan.articles), self._articles_head, self.list)
        _show_all(bool(plan.remarks), self._remarks_head, self.table)
        self._calm.setVisible(not plan.remarks and not plan.is_empty)
        self.table.load(plan.remarks)

    def show_nothing(self) -> None:
        _show_all(False, self._articles_head, self.list, self._remarks_head, self.table, self._calm)

    def _dress_list(self) -> None:
        self.list.setModel(self.articles)
        self.list.setItemDelegate(PreviewDelegate(self.list))
        self.list.setUniformItemSizes(True)
        self.list.setAccessibleName("Articles to import")
        self.list.setProperty("part", "card")
        self.list.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(32, 24, 32, 20)
        column.setSpacing(10)
        column.addWidget(self._articles_head)
        column.addWidget(self.list, 3)
        column.addWidget(self._remarks_head)
        column.addWidget(self.table, 2)
        column.addWidget(self._calm)
        column.addStretch(0)


def _show_all(shown: bool, *widgets: QWidget) -> None:
    for widget in widgets:
        widget.setVisible(shown)
