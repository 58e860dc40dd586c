"""What is shown while no project is open: where to begin."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from annotator.ui.context import Context
from annotator.ui.flows import projects
from annotator.ui.theme import Theme
from annotator.ui.widgets import button, rule, words

WIDTH = 420

Deed = Callable[[Context], object]


class WelcomePage(QWidget):
    """Buttons to begin with, and the projects opened lately."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._c = context
        column = QVBoxLayout()
        column.setSpacing(8)
        column.addWidget(words("No project is open", "heading"))
        column.addWidget(
            words(
                "A project is one file that holds articles and everything said of them.", "muted", wrap=True
            )
        )
        column.addSpacing(8)
        self._offer(column, "Open a project …", projects.choose, "primary")
        self._offer(column, "New project …", projects.new)
        self._offer(column, "Open the sample project", projects.open_sample)
        column.addSpacing(8)
        self._list_recent(column)
        box = QWidget()
        box.setFixedWidth(WIDTH)
        box.setLayout(column)
        whole = QVBoxLayout(self)
        whole.addWidget(box, 0, Qt.AlignmentFlag.AlignCenter)

    def _offer(self, column: QVBoxLayout, text: str, deed: Deed, role: str = "") -> None:
        offer = button(text, role)
        offer.clicked.connect(lambda: deed(self._c))
        column.addWidget(offer)

    def _list_recent(self, column: QVBoxLayout) -> None:
        recent = self._c.settings.recent()
        if recent:
            column.addWidget(rule())
            column.addWidget(words("Opened lately", "section"))
        for path in recent:
            row = button(f"{path.stem}   {path.parent}", "row")
            row.clicked.connect(partial(self._open, path))
            column.addWidget(row)

    def set_theme(self, _theme: Theme) -> None:
        """Nothing here is painted by hand."""

    def _open(self, path: Path, _checked: bool = False) -> None:
        projects.open_path(self._c, path)
