"""A card for what one annotator says of a case: whose it is, label, words and values, what differs marked."""

import html
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from annotator.ui.article.voices import Voice
from annotator.ui.fields.flow import FlowLayout, wrapping
from annotator.ui.lists.lines import is_right_to_left
from annotator.ui.marked_words import marked
from annotator.ui.pages.reviewing.chips import HEIGHT, Tag
from annotator.ui.spelling import shortened
from annotator.ui.theme import Theme
from annotator.ui.widgets import words

RADIUS = 9.0
SPACED = "line-height:118%"
NOTHING = "nothing here"
NOT_SET = "not set"


@dataclass(frozen=True, slots=True)
class Said:
    """One value as a version gives it."""

    name: str
    words: str
    differs: bool


@dataclass(frozen=True, slots=True)
class Shown:
    """What a card says of one version; without stretches, that there is nothing."""

    voice: Voice
    key: str
    label: str = ""
    colour: str = ""
    label_differs: bool = False
    stretches: Sequence[tuple[str, bool]] = ()
    values: Sequence[Said] = ()
    note: str = ""

    @property
    def spoken(self) -> str:
        """Say all of it for those who listen."""
        if not self.stretches:
            return f"{self.voice.name}: {NOTHING}"
        values = [f"{v.name} {v.words}{', differs' if v.differs else ''}" for v in self.values]
        said = "".join(part for part, _ in self.stretches)
        return "; ".join([f"{self.voice.name}, {self.label}: {said}", *values, self.note]).rstrip("; ")


class VersionCard(QAbstractButton):
    """A click or its number chooses a version."""

    def __init__(self, shown: Shown, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.shown = shown
        self.theme = theme
        self.setCheckable(True)
        self.setAccessibleName(shown.spoken)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        policy = self.sizePolicy()
        policy.setHorizontalPolicy(QSizePolicy.Policy.Ignored)
        self.setSizePolicy(policy)
        wrapping(self)
        self._voice, self._label = Tag(theme), Tag(theme)
        self._rich: list[QLabel] = []
        self._lay_out()
        self.set_theme(theme)

    def nextCheckState(self) -> None:
        """Leave it to the page to say what is chosen."""

    def set_theme(self, theme: Theme) -> None:
        self.theme = self._voice.theme = self._label.theme = theme
        shown = self.shown
        self._voice.show_voice(shown.voice)
        if shown.label:
            self._label.show_label(shown.label, shown.colour, shown.label_differs)
        said = [marked(shown.stretches, SPACED, shortened), *(_value(value, theme) for value in shown.values)]
        for label, rich in zip(self._rich, said, strict=False):
            label.setText(rich)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        theme, chosen = self.theme, self.isChecked()
        fill = theme.hover if self.underMouse() and not chosen else theme.surface
        pen = QPen(QColor(theme.accent if chosen else theme.border), 2 if chosen else 1)
        if not self.shown.stretches:
            pen = QPen(QColor(theme.strong_border), 1, Qt.PenStyle.DashLine)
            fill = theme.hover if self.underMouse() else theme.window
        painter.setPen(pen)
        painter.setBrush(QColor(fill))
        inset = 1.0 if chosen else 0.5
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(inset, inset, -inset, -inset), RADIUS, RADIUS)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(theme.accent), 1.5, Qt.PenStyle.DotLine))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(4, 4, -4, -4), RADIUS - 3, RADIUS - 3)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 10, 12, 11)
        column.setSpacing(6)
        column.addLayout(self._head())
        shown = self.shown
        if shown.stretches:
            quotation = self._line("quotation")
            said = "".join(part for part, _ in shown.stretches)
            if is_right_to_left(said):
                quotation.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignAbsolute)
            column.addWidget(quotation)
        values = QVBoxLayout()
        values.setSpacing(2)
        for _ in shown.values:
            values.addWidget(self._line(""))
        column.addLayout(values)
        if shown.note:
            column.addWidget(words(f"Note: {shown.note}", "caption", wrap=True))
        for child in self.findChildren(QWidget):
            child.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def _head(self) -> QHBoxLayout:
        head = QHBoxLayout()
        head.setSpacing(6)
        tags = wrapping(QWidget())
        flow = FlowLayout(tags, gap=5)
        flow.addWidget(self._voice)
        if self.shown.label:
            flow.addWidget(self._label)
        elif not self.shown.stretches:
            nothing = words(NOTHING, "muted")
            nothing.setFixedHeight(HEIGHT)
            flow.addWidget(nothing)
        head.addWidget(tags, 1)
        head.addWidget(words(self.shown.key, "muted"), 0, Qt.AlignmentFlag.AlignTop)
        return head

    def _line(self, role: str) -> QLabel:
        label = words("", role, wrap=True)
        label.setTextFormat(Qt.TextFormat.RichText)
        self._rich.append(label)
        return label


def _value(value: Said, theme: Theme) -> str:
    """Write a value as HTML; one that differs is red and has a sign before it."""
    name, said = (html.escape(part, quote=False) for part in (value.name, value.words))
    plain = f"{name}&nbsp; <b>{said}</b>"
    return f'<span style="color:{theme.bad}">≠ {plain}</span>' if value.differs else plain
