"""What the article holds so far: spans by label, and which are incomplete."""

from collections import Counter
from collections.abc import Sequence

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QVBoxLayout, QWidget

from annotator.model.records import Annotation
from annotator.model.scheme import Label, Scheme
from annotator.model.values import problems
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
        self._shown: object = None
        self._body = QWidget()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addWidget(self._body)
        self._column.addStretch(1)

    def show_article(self, scheme: Scheme, annotations: Sequence[Annotation]) -> None:
        """Show how often each label is used in an article, and what is missing."""
        if self._shown == (self.theme.name, scheme.stamp, annotations):
            return
        self._shown = (self.theme.name, scheme.stamp, annotations)
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(words("In this article" if annotations else "Nothing is marked here yet", "section"))
        if annotations:
            column.addWidget(self._counts(scheme, annotations))
        else:
            column.addWidget(words("Select words, then press a label’s key or button.", "muted", wrap=True))
        self.buttons = []
        self._add_gaps(column, scheme, annotations)
        self._column.replaceWidget(self._body, body)
        self._body.hide()
        self._body.deleteLater()
        self._body = body

    def set_theme(self, theme: Theme) -> None:
        self.theme = theme

    def _counts(self, scheme: Scheme, annotations: Sequence[Annotation]) -> QWidget:
        table = QWidget()
        grid = QGridLayout(table)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(8)
        used = Counter(annotation.label for annotation in annotations)
        for row, label in enumerate(label for label in scheme.labels if used[label.id]):
            grid.addWidget(Swatch(label.colour, self.theme), row, 0)
            grid.addWidget(words(label.title), row, 1)
            grid.addWidget(words(f"{used[label.id]:,}", "strong"), row, 2)
        grid.setColumnStretch(1, 1)
        return table

    def _add_gaps(self, column: QVBoxLayout, scheme: Scheme, annotations: Sequence[Annotation]) -> None:
        pairs = [(a, label) for a in annotations if (label := scheme.label(a.label))]
        incomplete = [(a, label, found) for a, label in pairs if (found := problems(label, a.attributes))]
        if not incomplete:
            return
        column.addSpacing(8)
        column.addWidget(words(f"⚠ {counted(len(incomplete), 'span')} incomplete", "warning"))
        for annotation, label, found in incomplete[:MOST]:
            column.addWidget(self._gap(annotation, label, list(found)))
        if len(incomplete) > MOST:
            column.addWidget(words(f"and {len(incomplete) - MOST:,} more", "muted"))

    def _gap(self, annotation: Annotation, label: Label, missing: list[str]) -> SpanButton:
        about = f"{label.title} · {', '.join(missing)}"
        shown = SpanButton(annotation.words, about, label.colour, self.theme)
        shown.clicked.connect(lambda: self.jumped.emit(annotation.id, missing[0]))
        self.buttons.append(shown)
        return shown
