"""A field for several values out of many: chips that are switched on and off."""

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from annotator.model.scheme import Attribute
from annotator.ui.fields.base import Field, Surroundings
from annotator.ui.fields.buttons import Chip
from annotator.ui.fields.flow import FlowLayout, wrapping
from annotator.ui.theme import Theme


class ChoicesField(Field):
    """Chips, one for each value; the list is kept in the scheme's order."""

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

    def inputs(self) -> list[QWidget]:
        return list(self.chips.values())

    def set_theme(self, theme: Theme) -> None:
        super().set_theme(theme)
        for chip in self.chips.values():
            chip.set_theme(theme)

    def _add(self, value: str) -> None:
        chip = Chip(value, self.theme, self)
        chip.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        chip.clicked.connect(self._read)
        self.chips[value] = chip
        self._flow.addWidget(chip)

    def _read(self) -> None:
        self._settle([value for value, chip in self.chips.items() if chip.isChecked()] or None)
