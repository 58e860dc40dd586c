"""What both schemes say otherwise of a label: both versions, with a choice of which stands."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QGridLayout, QWidget

from annotator.services.scheme_sides import Contrast, Side
from annotator.ui.spelling import sentence_case, shortened
from annotator.ui.widgets import words

TITLES: dict[Side, str] = {"mine": "Keep yours", "theirs": "Take theirs"}


class SchemeSides(QWidget):
    """`chosen` tells the part of a label, and whose words are to stand."""

    chosen = Signal(str, str)

    def __init__(self) -> None:
        super().__init__()
        self.boxes: dict[str, QComboBox] = {}
        self._shown: list[tuple[str, str, str]] = []
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 4, 0, 0)
        self._grid.setHorizontalSpacing(10)
        self._grid.setVerticalSpacing(6)
        self._grid.setColumnStretch(0, 1)

    def show_contrasts(self, contrasts: Sequence[Contrast]) -> None:
        """Show what differs, each with what stands; what is shown already stays, the keyboard with it."""
        shown = [(one.part, one.mine, one.theirs) for one in contrasts]
        if shown != self._shown:
            self._shown = shown
            self._clear()
            for one in contrasts:
                self._add(one)
        for one in contrasts:
            box = self.boxes[one.part]
            box.setCurrentIndex(box.findData(one.stands))

    def _add(self, one: Contrast) -> None:
        row = self._grid.rowCount()
        name, box = words(sentence_case(one.words), wrap=True), QComboBox()
        box.setAccessibleName(f"Whose words stand for {one.words}")
        for side, title in TITLES.items():
            box.addItem(title, side)
        box.activated.connect(lambda _index: self.chosen.emit(one.part, box.currentData()))
        name.setBuddy(box)
        self.boxes[one.part] = box
        self._grid.addWidget(name, row, 0)
        self._grid.addWidget(box, row, 1)
        for n, (whose, said) in enumerate((("Yours", one.mine), ("Theirs", one.theirs)), 1):
            told = words(f"{whose}: {shortened(' '.join(said.split()), 600, 280)}", "caption", wrap=True)
            self._grid.addWidget(told, row + n, 0, 1, 2)

    def _clear(self) -> None:
        self.boxes.clear()
        while (item := self._grid.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
