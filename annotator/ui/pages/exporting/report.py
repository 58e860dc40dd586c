"""What an export will hold, what it loses, its first records, and where it went."""

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QTextOption
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPlainTextEdit, QScrollArea, QVBoxLayout, QWidget

from annotator.formats.losses import Loss
from annotator.services.exporting import Exported
from annotator.ui import fonts
from annotator.ui.pages.exporting.losses import LossList
from annotator.ui.spelling import counted
from annotator.ui.widgets import button, words

LEAST_PREVIEW = 150
"""Pixels of height that the first records keep; when there is no room for them, all of it scrolls."""


@dataclass(frozen=True, slots=True)
class Seen:
    """An export that was looked over: its size, its losses, and its first records as text."""

    articles: int
    annotations: int
    losses: tuple[Loss, ...]
    preview: str
    labels: int | None = None
    """How many labels are written, where that is all that the format holds."""
    together: str = ""
    """What a split keeps together."""

    @property
    def size(self) -> str:
        if self.labels is not None:
            return counted(self.labels, "label")
        return f"{counted(self.annotations, 'span')} in {counted(self.articles, 'article')}"


class ExportReport(QScrollArea):
    """Says it all from top to bottom; `folder_wanted` asks to see what was written."""

    folder_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.head = words("", "heading", wrap=True)
        self.together = words("", wrap=True)
        self.losses = LossList()
        self.problem = words("", "note", wrap=True)
        self.preview = QPlainTextEdit()
        self.done = QFrame()
        self.told = words("", wrap=True)
        self.show_folder = button("Show folder")
        self.show_folder.clicked.connect(self.folder_wanted)
        self._lay_out()

    def say(self, sentence: str) -> None:
        """Say something instead of a report."""
        self.head.setText(sentence)
        self.together.hide()
        self.losses.hide()
        self._card.hide()
        self.show_problem("")
        self.done.hide()

    def show_seen(self, seen: Seen) -> None:
        """Show what will be written."""
        self.head.setText(seen.size)
        self.together.setText(seen.together)
        self.together.setVisible(bool(seen.together))
        self.losses.show_losses(seen.losses)
        self.losses.show()
        self.preview.setPlainText(seen.preview)
        self._card.show()
        self.done.hide()

    def show_problem(self, problem: str) -> None:
        self.problem.setText(problem)
        self.problem.setVisible(bool(problem))

    def show_done(self, exported: Exported, place: Path) -> None:
        """Say what was written and where."""
        files = counted(len(exported.files), "file")
        self.told.setText(
            f"{self.head.text()} exported to “{place.name}” in {place.parent}:"
            f" {files}, with a manifest, the losses and a dataset card."
        )
        self.done.show()
        self.show_problem("")
        self.verticalScrollBar().setValue(0)
        self.show_folder.setFocus(Qt.FocusReason.OtherFocusReason)

    def _lay_out(self) -> None:
        self.problem.hide()
        self.together.hide()
        self.done.hide()
        self.done.setProperty("part", "card")
        row = QHBoxLayout(self.done)
        row.setContentsMargins(14, 10, 14, 10)
        row.addWidget(self.told, 1)
        row.addWidget(self.show_folder)
        self.preview.setReadOnly(True)
        self.preview.setTabChangesFocus(True)
        self.preview.setWordWrapMode(QTextOption.WrapMode.WrapAnywhere)
        self.preview.setAccessibleName("The first records")
        self.preview.setFont(fonts.typewriter())
        self._card = QWidget()
        inside = QVBoxLayout(self._card)
        inside.setContentsMargins(0, 6, 0, 0)
        inside.addWidget(words("The first records", "section"))
        inside.addWidget(self.preview, 1)
        self.preview.setMinimumHeight(LEAST_PREVIEW)
        sheet = QWidget()
        self.setWidget(sheet)
        self.setWidgetResizable(True)
        self.setObjectName("plain")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        column = QVBoxLayout(sheet)
        column.setContentsMargins(32, 24, 32, 20)
        column.setSpacing(12)
        for widget in (self.done, self.problem, self.head, self.together, self.losses):
            column.addWidget(widget)
        column.addWidget(self._card, 1)
        column.addStretch(0)
