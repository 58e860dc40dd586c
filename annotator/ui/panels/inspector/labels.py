"""The buttons of the labels, each with its key."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QEnterEvent, QFocusEvent, QFont
from PySide6.QtWidgets import QVBoxLayout, QWidget

from annotator.model.scheme import Label
from annotator.ui.fields.buttons import Look, PaintedButton
from annotator.ui.fields.flow import FlowLayout, wrapping
from annotator.ui.theme import Theme


class LabelButton(PaintedButton):
    """A label in its colour: filled when the selected span has it, washed when it is armed."""

    hovered = Signal(str)
    HEIGHT = 28

    def __init__(self, label: Label, theme: Theme, parent: QWidget) -> None:
        super().__init__(f"{label.key}  {label.title}".strip(), theme, parent)
        self.label = label
        self.is_armed = False
        self.setCheckable(True)
        self.setAccessibleName(f"{label.title}, key {label.key}" if label.key else label.title)
        self.setToolTip("Tags the selected words; with nothing selected, every drag from now on")

    def nextCheckState(self) -> None:
        """Leave it to the panel to say what is checked."""

    def arm(self, is_armed: bool) -> None:
        self.is_armed = is_armed
        self.setAccessibleDescription("armed: every drag tags with it until Esc" if is_armed else "")
        self.update()

    def look(self) -> Look:
        colour, ink = self.label.colour, self.theme.ink(self.label.colour).name()
        if self.isChecked():
            return Look(ink, ink, self.theme.on(ink).name())
        if self.is_armed or self.is_under_mouse():
            wash = self.theme.wash(colour, 0.22 if self.is_armed else 0.1)
            return Look(wash.name(wash.NameFormat.HexArgb), ink, ink)
        return Look(self.theme.surface, ink, ink)

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self.hovered.emit(self.label.id)

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.hovered.emit("")

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.hovered.emit(self.label.id)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.hovered.emit("")

    def _font(self) -> QFont:
        font = super()._font()
        font.setWeight(QFont.Weight.DemiBold)
        return font


class HelperButton(LabelButton):
    """A helper label: smaller."""

    HEIGHT = 24
    SIDE = 8
    PIXELS = 11
    RADIUS = 6.0


class LabelBar(QWidget):
    """The labels of the scheme in one line, the helper labels in a second."""

    pressed = Signal(str)
    hovered = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme = theme
        self.buttons: dict[str, LabelButton] = {}
        self._lines: list[QWidget] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(7)
        self.setAccessibleName("Labels")

    def build(self, labels: Sequence[Label]) -> None:
        """Make the buttons of a scheme."""
        for line in self._lines:
            self._column.removeWidget(line)
            line.deleteLater()
        self.buttons = {}
        parts = ([x for x in labels if not x.helper], [x for x in labels if x.helper])
        self._lines = [self._line(part) for part in parts if part]

    def stops(self) -> list[QWidget]:
        """List the buttons in the order Tab visits them."""
        return list(self.buttons.values())

    def mark(self, label: str, armed: str) -> None:
        """Fill the label of the selected span, wash the armed one."""
        for name, button in self.buttons.items():
            button.setChecked(name == label)
            button.arm(name == armed)

    def set_theme(self, theme: Theme) -> None:
        self.theme = theme
        for button in self.buttons.values():
            button.set_theme(theme)

    def _line(self, labels: Sequence[Label]) -> QWidget:
        line = wrapping(QWidget())
        flow = FlowLayout(line, gap=7)
        for label in labels:
            button = (HelperButton if label.helper else LabelButton)(label, self.theme, line)
            button.clicked.connect(lambda _=False, name=label.id: self.pressed.emit(name))
            button.hovered.connect(self.hovered)
            self.buttons[label.id] = button
            flow.addWidget(button)
        self._column.addWidget(line)
        return line
