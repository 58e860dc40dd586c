"""A field for several values out of many: chips that are switched on and off."""

from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from annotator.model.scheme import Attribute
from annotator.ui.fields.base import Field, Surroundings
from annotator.ui.fields.buttons import Chip
from annotator.ui.fields.choice import STEPS
from annotator.ui.fields.flow import FlowLayout, wrapping
from annotator.ui.theme import Theme


class ChoiceChip(Chip):
    """A chip among others: arrows go from one to the next."""

    moved = Signal(int)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = STEPS.get(Qt.Key(event.key()))
        if step and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            self.moved.emit(step)
        else:
            super().keyPressEvent(event)


class ChoicesField(Field):
    """Chips, one for each value, in the scheme's order; Tab stops once, arrows go on inside."""

    def __init__(self, attribute: Attribute, theme: Theme, surroundings: Surroundings) -> None:
        super().__init__(attribute, theme, surroundings)
        self.chips: dict[str, Chip] = {}
        self._flow = FlowLayout(self, gap=5)
        wrapping(self)
        for value in attribute.values:
            self._add(value)

    def show_value(self, value: Any) -> None:
        """Show the values chosen; one the scheme doesn't know gets a chip too."""
        self.value = value
        chosen = [str(item) for item in value] if isinstance(value, list) else [str(value)] if value else []
        for item in chosen:
            if item not in self.chips:
                self._add(item)
        for words, chip in self.chips.items():
            chip.setChecked(words in chosen)
            chip.setVisible(words in chosen or words in self.attribute.values)
        self._let_in(self._entry())

    def inputs(self) -> list[QWidget]:
        entry = self._entry()
        return [entry, *(chip for chip in self.chips.values() if chip is not entry)] if entry else []

    def stops(self) -> list[QWidget]:
        return list(self.chips.values())

    def set_theme(self, theme: Theme) -> None:
        super().set_theme(theme)
        for chip in self.chips.values():
            chip.set_theme(theme)

    def _add(self, value: str) -> None:
        chip = ChoiceChip(value, self.theme, self)
        chip.clicked.connect(self._read)
        chip.moved.connect(lambda step: self._move(chip, step))
        self.chips[value] = chip
        self._flow.addWidget(chip)
        self._let_in(self._entry())

    def _move(self, chip: Chip, step: int) -> None:
        shown = [other for other in self.chips.values() if other.isVisibleTo(self)]
        other = shown[(shown.index(chip) + step) % len(shown)]
        self._let_in(other)
        other.setFocus(Qt.FocusReason.OtherFocusReason)

    def _entry(self) -> Chip | None:
        """Say which chip Tab goes to: the one that has the focus, else the first chosen, else the first."""
        chips = list(self.chips.values())
        held = next((chip for chip in chips if chip.hasFocus()), None)
        return held or next((chip for chip in chips if chip.isChecked()), chips[0] if chips else None)

    def _let_in(self, entry: Chip | None) -> None:
        for chip in self.chips.values():
            policy = Qt.FocusPolicy.StrongFocus if chip is entry else Qt.FocusPolicy.ClickFocus
            chip.setFocusPolicy(policy)

    def _read(self) -> None:
        self._settle([value for value, chip in self.chips.items() if chip.isChecked()] or None)
