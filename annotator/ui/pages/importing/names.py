"""What becomes of names that the scheme lacks: a row for each, with a choice."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QGridLayout, QWidget

from annotator.model.scheme import Scheme
from annotator.services.naming import LEFT_OUT, Name, Unknown
from annotator.ui.spelling import counted, sentence_case
from annotator.ui.widgets import words

ADDED = "Add to the scheme"
OUT = "Leave out"


class UnknownNames(QWidget):
    """`chosen` tells a name and what it becomes: an id of the scheme, LEFT_OUT, or None for adding it."""

    chosen = Signal(object, object)

    def __init__(self) -> None:
        super().__init__()
        self.boxes: dict[Name, QComboBox] = {}
        self._shown: list[tuple[Name, str]] = []
        self._scheme: Scheme | None = None
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 4, 0, 0)
        self._grid.setHorizontalSpacing(10)
        self._grid.setVerticalSpacing(6)
        self._grid.setColumnStretch(0, 1)

    def show_names(self, unknown: Sequence[Unknown], scheme: Scheme) -> None:
        """Show the names of a plan, each with what becomes of it; what is shown already stays."""
        shown = [(one.name, _spelled(one, scheme)) for one in unknown]
        if shown != self._shown or scheme != self._scheme:
            self._shown, self._scheme = shown, scheme
            self._fill()
        for one in unknown:
            box = self.boxes[one.name]
            box.setCurrentIndex(max(0, box.findData(one.becomes)) if one.becomes is not None else 0)

    def _fill(self) -> None:
        """Make the rows anew; the keyboard stays with the name it was at."""
        at = next((name for name, box in self.boxes.items() if box.hasFocus()), None)
        self._clear()
        for row, (name, spelled) in enumerate(self._shown):
            self._add_row(row, name, spelled)
        if at in self.boxes:
            self.boxes[at].setFocus()

    def _add_row(self, row: int, name: Name, spelled: str) -> None:
        label = words(spelled, wrap=True)
        box = QComboBox()
        box.setAccessibleName(f"What becomes of {name.name}")
        box.addItem(ADDED, None)
        box.addItem(OUT, LEFT_OUT)
        for target, title in _targets(name, self._scheme) if self._scheme else ():
            box.addItem(title, target)
        box.setMinimumContentsLength(14)
        box.activated.connect(lambda: self.chosen.emit(name, box.currentData()))
        label.setBuddy(box)
        self.boxes[name] = box
        self._grid.addWidget(label, row, 0)
        self._grid.addWidget(box, row, 1)

    def _clear(self) -> None:
        self.boxes.clear()
        while (item := self._grid.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()


def _spelled(one: Unknown, scheme: Scheme) -> str:
    label = scheme.label(one.name.label)
    of = f" of {label.title if label else one.name.label}" if one.name.kind == "attribute" else ""
    times = {0: "not used", 1: "once"}.get(one.count) or counted(one.count, "time")
    # An id has no spaces at which a line could end.
    name = one.name.name.replace("_", "_\u200b")
    return f"{sentence_case(one.name.kind)} “{name}”{of}, {times}"


def _targets(name: Name, scheme: Scheme) -> list[tuple[str, str]]:
    """List what a name can become, as id and title."""
    if name.kind == "label":
        return [(label.id, label.title) for label in scheme.labels]
    if name.kind == "link":
        return [(link.id, sentence_case(link.title)) for link in scheme.links]
    label = scheme.label(name.label)
    return [(a.name, sentence_case(a.name)) for a in (label.attributes if label else ())]
