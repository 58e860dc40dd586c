"""A plot with its title, and the menu by which it is saved or copied."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QPoint, QStandardPaths, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QMenu, QToolButton, QVBoxLayout, QWidget

from annotator.ui.icons import IconButton
from annotator.ui.plots import saving
from annotator.ui.plots.picture import Picture
from annotator.ui.theme import LIGHT
from annotator.ui.widgets import words

KINDS = {".svg": "SVG drawing", ".png": "PNG picture", ".csv": "CSV table"}
_WORDS = {".svg": "Save as SVG…", ".png": "Save as PNG…", ".csv": "Save the values as CSV…"}


class PlotFrame(QWidget):
    """Title and menu above, the plot beneath; `said` tells what was written, `failed` why nothing was."""

    said = Signal(str)
    failed = Signal(str)

    def __init__(self, plot: QWidget, picture: Callable[[], Picture], title: str = "") -> None:
        super().__init__()
        self._picture = picture
        self.title = words(title, "strong")
        self.button = IconButton("more_horiz", "Save or copy")
        self.menu = QMenu("Save or copy", self)
        for suffix, action in _WORDS.items():
            self.menu.addAction(action).triggered.connect(partial(self._ask, suffix))
        self.menu.addAction("Copy the table").triggered.connect(self.copy)
        self.button.setMenu(self.menu)
        self.button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._lay_out(plot)
        plot.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        plot.customContextMenuRequested.connect(lambda at: self._pop_up(plot, at))

    def copy(self) -> None:
        """Put the values on the clipboard, as spreadsheets take them."""
        QGuiApplication.clipboard().setText(saving.tabbed(self._picture()))
        self.said.emit("Copied the table")

    def save(self, out: Path) -> bool:
        """Write the plot as the ending of the name says; in light colours, as paper is."""
        try:
            saving.save(self._picture(), LIGHT, out)
        except OSError as error:
            self.failed.emit(
                f"“{out.name}” can't be written ({error.strerror});"
                " choose a folder that is there and has room"
            )
            return False
        self.said.emit(f"Saved “{out.name}”")
        return True

    def _ask(self, suffix: str) -> None:
        folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        like = Path(folder) / saving.file_name(self._picture(), suffix)
        name, _ = QFileDialog.getSaveFileName(
            self, _WORDS[suffix].rstrip("…"), str(like), f"{KINDS[suffix]} (*{suffix})"
        )
        if name:
            out = Path(name)
            self.save(out if out.suffix.lower() == suffix else out.with_name(out.name + suffix))

    def _pop_up(self, plot: QWidget, at: QPoint) -> None:
        self.menu.popup(plot.mapToGlobal(at))

    def _lay_out(self, plot: QWidget) -> None:
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self.title, 1)
        head.addWidget(self.button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(head)
        column.addWidget(plot)
