"""What was found in the files: the articles that will come, and every remark with its file and line."""

from collections.abc import Sequence

from PySide6.QtWidgets import QAbstractItemView, QListView, QVBoxLayout, QWidget

from annotator.services.looking import Plan, Preview
from annotator.ui.lists.previews import LOW_ROW_HEIGHT, ROW_HEIGHT, PreviewDelegate
from annotator.ui.lists.remarks import RemarksTable
from annotator.ui.models.previews import PreviewModel
from annotator.ui.spelling import counted
from annotator.ui.widgets import words


class Found(QWidget):
    """The new articles, the known ones that get spans, the remarks; what there is none of is not shown."""

    def __init__(self) -> None:
        super().__init__()
        self.list = Articles("Articles to import")
        self.widened = Articles("Known articles that get spans", is_brief=True)
        self.table = RemarksTable()
        self.articles, self.remarks = self.list.articles, self.table.remarks
        self._articles_head, self._widened_head = words("", "heading"), words("", "heading")
        self._remarks_head = words("", "heading")
        self._calm = words("No remarks: everything in the files can come in.", "muted", wrap=True)
        self._lay_out()

    def show_plan(self, plan: Plan) -> None:
        self.list.load(plan.articles)
        self.widened.load(plan.widened)
        self._articles_head.setText(counted(len(plan.articles), "new article"))
        gets = "known article gets spans", "known articles get spans"
        self._widened_head.setText(counted(len(plan.widened), *gets))
        self._remarks_head.setText(counted(len(plan.remarks), "remark"))
        _show_all(bool(plan.articles), self._articles_head, self.list)
        _show_all(bool(plan.widened), self._widened_head, self.widened)
        _show_all(bool(plan.remarks), self._remarks_head, self.table)
        self._calm.setVisible(not plan.remarks and not plan.is_empty)
        self.table.load(plan.remarks)

    def show_nothing(self) -> None:
        _show_all(False, self._articles_head, self.list, self._widened_head, self.widened)
        _show_all(False, self._remarks_head, self.table, self._calm)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(32, 24, 32, 20)
        column.setSpacing(10)
        column.addWidget(self._articles_head)
        column.addWidget(self.list, 3)
        column.addWidget(self._widened_head)
        column.addWidget(self.widened, 2)
        column.addWidget(self._remarks_head)
        column.addWidget(self.table, 2)
        column.addWidget(self._calm)
        column.addStretch(0)


class Articles(QListView):
    """Some articles of a plan, no higher than they need."""

    def __init__(self, name: str, *, is_brief: bool = False) -> None:
        super().__init__()
        self.articles = PreviewModel()
        self._delegate = PreviewDelegate(self, is_brief=is_brief)
        self.setModel(self.articles)
        self.setItemDelegate(self._delegate)
        self.setAccessibleName(name)
        self.setProperty("part", "card")
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)

    def load(self, shown: Sequence[Preview]) -> None:
        """Show articles; where all rows are of one height, none of the many has to be asked for it."""
        low = sum(map(self._delegate.is_low, shown))
        self.setUniformItemSizes(low in (0, len(shown)))
        self.setMaximumHeight((len(shown) - low) * ROW_HEIGHT + low * LOW_ROW_HEIGHT + 4)
        self.articles.load(shown)


def _show_all(shown: bool, *widgets: QWidget) -> None:
    for widget in widgets:
        widget.setVisible(shown)
