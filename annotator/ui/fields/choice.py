"""Fields for a value out of a few: segments, a list that drops down, yes or no."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QKeyEvent, QPainter, QPaintEvent, QPen, QWheelEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QStyledItemDelegate, QWidget

from annotator.model.scheme import Attribute
from annotator.ui import fonts
from annotator.ui.fields.base import Field, Surroundings
from annotator.ui.fields.buttons import Look, TickedButton
from annotator.ui.theme import Theme
from annotator.ui.widgets import repolish

SEGMENTS_WIDTH = 282
"""Widest row of segments, in device-independent pixels; a longer choice drops down instead."""
STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1}


class Segment(TickedButton):
    """One of the choices that stand side by side."""

    moved = Signal(int)
    typed = Signal(str)
    SIDE = 12
    HEIGHT = 28

    def look(self) -> Look:
        theme = self.theme
        if self.isChecked():
            return self.ticked_look()
        ink = theme.text if self.isEnabled() else theme.muted
        return Look(theme.hover if self.is_under_mouse() else "transparent", "transparent", ink)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = STEPS.get(Qt.Key(event.key()))
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if step and plain:
            self.moved.emit(step)
        elif plain and event.text().isalpha():
            self.typed.emit(event.text())
        else:
            super().keyPressEvent(event)


class SegmentedField(Field):
    """Choices side by side; clicking the chosen one again takes it away."""

    def __init__(
        self,
        attribute: Attribute,
        theme: Theme,
        surroundings: Surroundings,
        choices: Sequence[tuple[str, Any]] | None = None,
    ) -> None:
        super().__init__(attribute, theme, surroundings)
        self.choices = list(choices or ((value, value) for value in attribute.values))
        row = QHBoxLayout(self)
        row.setContentsMargins(1, 1, 1, 1)
        row.setSpacing(0)
        self.segments = [self._segment(words) for words, _ in self.choices]
        for segment in self.segments:
            row.addWidget(segment, max(1, segment.sizeHint().width()))
        self._mark()

    @staticmethod
    def fits(choices: Sequence[str]) -> bool:
        """Say whether choices are few and short enough to stand side by side."""
        font = fonts.interface(weight=QFont.Weight.Medium)
        font.setPixelSize(Segment.PIXELS)
        words = QFontMetricsF(font)
        wide = sum(words.horizontalAdvance(choice) + 2 * Segment.SIDE for choice in choices)
        return len(choices) <= 5 and wide <= SEGMENTS_WIDTH

    def show_value(self, value: Any) -> None:
        self.value = value
        self._mark()

    def inputs(self) -> list[QWidget]:
        return [
            self.segments[self._entry()],
            *(s for s in self.segments if s is not self.segments[self._entry()]),
        ]

    def stops(self) -> list[QWidget]:
        return list(self.segments)

    def set_theme(self, theme: Theme) -> None:
        super().set_theme(theme)
        for segment in self.segments:
            segment.set_theme(theme)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the frame around the segments, unless they can only be read."""
        if not self.segments[0].isEnabled():
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(self.theme.strong_border), 1))
        painter.setBrush(QColor(self.theme.surface))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 8, 8)

    def _segment(self, words: str) -> Segment:
        segment = Segment(words, self.theme, self)
        segment.clicked.connect(lambda: self._click(segment))
        segment.moved.connect(lambda step: self._move(segment, step))
        segment.typed.connect(self._type)
        return segment

    def _click(self, segment: Segment) -> None:
        value = self.choices[self.segments.index(segment)][1]
        self._choose(None if value == self.value and type(value) is type(self.value) else value)

    def _move(self, segment: Segment, step: int) -> None:
        index = (self.segments.index(segment) + step) % len(self.segments)
        self._choose(self.choices[index][1])
        self.segments[index].setFocus(Qt.FocusReason.OtherFocusReason)

    def _type(self, letter: str) -> None:
        index = _next_beginning([words for words, _ in self.choices], letter, self._entry())
        if index is not None:
            self._choose(self.choices[index][1])
            self.segments[index].setFocus(Qt.FocusReason.OtherFocusReason)

    def _choose(self, value: Any) -> None:
        self._settle(value)
        self._mark()

    def _entry(self) -> int:
        """Say which segment Tab goes to: the chosen one, else the first."""
        return next((i for i, (_, value) in enumerate(self.choices) if self._is(value)), 0)

    def _is(self, value: Any) -> bool:
        return type(value) is type(self.value) and bool(value == self.value)

    def _mark(self) -> None:
        entry = self._entry()
        for index, (segment, (_, value)) in enumerate(zip(self.segments, self.choices, strict=True)):
            segment.setChecked(self._is(value))
            policy = Qt.FocusPolicy.StrongFocus if index == entry else Qt.FocusPolicy.ClickFocus
            segment.setFocusPolicy(policy)


class FlagField(SegmentedField):
    """Yes, no, or not said."""

    def __init__(self, attribute: Attribute, theme: Theme, surroundings: Surroundings) -> None:
        super().__init__(attribute, theme, surroundings, (("Yes", True), ("No", False)))


class Combo(QComboBox):
    """A list that drops down; the wheel scrolls the form, not the value."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setMaxVisibleItems(14)
        self.setMinimumContentsLength(1)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._dress_list()

    def _dress_list(self) -> None:
        """Let the list open below the field, whole, with round corners."""
        self.setStyleSheet("QComboBox { combobox-popup: 0; }")
        self.setItemDelegate(QStyledItemDelegate(self))
        frame = self.view().window()
        flags = Qt.WindowType.Popup | Qt.WindowType.FramelessWindowHint | Qt.WindowType.NoDropShadowWindowHint
        frame.setWindowFlags(flags)
        frame.setAttribute(Qt.WidgetAttribute.WA_TranslucentBackground)
        self.view().setStyleSheet("border-radius: 8px;")

    def showPopup(self) -> None:
        """Give the list the width its words need, not only that of the field."""
        self.view().setMinimumWidth(self.view().sizeHintForColumn(0) + 12)
        super().showPopup()

    def show_choice(self, index: int) -> None:
        """Show a choice; the first one stands for none."""
        self.setCurrentIndex(index)
        if self.property("unset") is not (index == 0):
            self.setProperty("unset", index == 0)
            repolish(self)

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave digits to the window, where they are keys of labels."""
        if event.text().isdigit() and not self._begins(event.text()):
            event.ignore()
            return
        super().keyPressEvent(event)

    def _begins(self, digit: str) -> bool:
        return any(self.itemText(i).startswith(digit) for i in range(self.count()))


class ComboField(Field):
    """One of many choices, in a list that drops down."""

    def __init__(self, attribute: Attribute, theme: Theme, surroundings: Surroundings) -> None:
        super().__init__(attribute, theme, surroundings)
        self.combo = Combo(self)
        self.combo.addItem("not set")
        self.combo.addItems(list(attribute.values))
        self.combo.activated.connect(self._activate)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.combo)

    def show_value(self, value: Any) -> None:
        """Show a choice; one the scheme doesn't know is shown as it is."""
        self.value = value
        while self.combo.count() > len(self.attribute.values) + 1:
            self.combo.removeItem(self.combo.count() - 1)
        if value is not None and value not in self.attribute.values:
            self.combo.addItem(str(value), value)
        self.combo.show_choice(0 if value is None else max(0, self.combo.findText(str(value))))

    def inputs(self) -> list[QWidget]:
        return [self.combo]

    def _activate(self, index: int) -> None:
        if index <= len(self.attribute.values):
            self._settle(self.attribute.values[index - 1] if index else None)


def _next_beginning(words: Sequence[str], letter: str, after: int) -> int | None:
    """Find the next word that begins with a letter, going round."""
    order = [(after + step) % len(words) for step in range(1, len(words) + 1)]
    return next((i for i in order if words[i].casefold().startswith(letter.casefold())), None)
