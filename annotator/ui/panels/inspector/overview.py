"""What the article holds so far: spans by label, and which are incomplete."""

from collections import Counter
from itertools import groupby

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QVBoxLayout, QWidget

from annotator.model.scheme import Label
from annotator.services.progress import Gap
from annotator.ui.fields.span_button import SpanButton
from annotator.ui.spelling import counted
from annotator.ui.theme import LINE_CONTRAST, Theme
from annotator.ui.widgets import words

MOST = 40
"""Incomplete spans listed; of more, the number is told."""


class Swatch(QWidget):
    """A small square in a label's colour."""

    def __init__(self, colour: str, theme: Theme) -> None:
        super().__init__()
        self.colour, self.theme = colour, theme
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(10, 10)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QColor("transparent"))
        painter.setBrush(self.theme.ink(self.colour, LINE_CONTRAST))
        painter.drawRoundedRect(self.rect(), 3, 3)


class Overview(QWidget):
    """Counts by label, then the incomplete spans, each a button that goes there."""

    jumped = Signal(str, str)
    """A span and the attribute to begin with."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme = theme
        self.buttons: list[SpanButton] = []
        self._body = QWidget()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addWidget(self._body)
        self._column.addStretch(1)

    def show_counts(self, labels: list[tuple[Label, int]], gaps: list[tuple[Gap, Label | None]]) -> None:
        """Show how often each label is used, and what is missing."""
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        total = sum(n for _, n in labels)
        column.addWidget(words("In this article" if total else "Nothing is marked here yet", "section"))
        if total:
            column.addWidget(self._counts(labels))
        else:
            column.addWidget(words("Select words, then press a label’s key or button.", "muted", wrap=True))
        self.buttons = []
        if gaps:
            self._add_gaps(column, gaps)
        self._column.replaceWidget(self._body, body)
        self._body.hide()
        self._body.deleteLater()
        self._body = body

    def _counts(self, labels: list[tuple[Label, int]]) -> QWidget:
        table = QWidget()
        grid = QGridLayout(table)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(8)
        for row, (label, number) in enumerate((label, n) for label, n in labels if n):
            grid.addWidget(Swatch(label.colour, self.theme), row, 0)
            grid.addWidget(words(label.title), row, 1)
            grid.addWidget(words(f"{number:,}", "strong"), row, 2)
        grid.setColumnStretch(1, 1)
        return table

    def _add_gaps(self, column: QVBoxLayout, gaps: list[tuple[Gap, Label | None]]) -> None:
        spans = [list(group) for _, group in groupby(gaps, key=lambda pair: pair[0].annotation)]
        column.addSpacing(8)
        column.addWidget(words(f"⚠ {counted(len(spans), 'span')} incomplete", "warning"))
        for span in spans[:MOST]:
            column.addWidget(self._gap(span))
        if len(spans) > MOST:
            column.addWidget(words(f"and {len(spans) - MOST:,} more", "muted"))

    def _gap(self, pairs: list[tuple[Gap, Label | None]]) -> SpanButton:
        first, label = pairs[0]
        missing = ", ".join(gap.attribute for gap, _ in pairs)
        about = f"{label.title if label else ''} · {missing}"
        shown = SpanButton(first.words, about, label.colour if label else "#808080", self.theme)
        shown.clicked.connect(lambda: self.jumped.emit(first.annotation, first.attribute))
        self.buttons.append(shown)
        return shown


def counts_of(labels: tuple[Label, ...], used: list[str]) -> list[tuple[Label, int]]:
    """Count how often each label of the scheme is used."""
    counter = Counter(used)
    return [(label, counter[label.id]) for label in labels]
