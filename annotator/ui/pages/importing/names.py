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
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 4, 0, 0)
        self._grid.setHorizontalSpacing(10)
        self._grid.setVerticalSpacing(6)
        self._grid.setColumnStretch(0, 1)

    def show_names(self, unknown: Sequence[Unknown], scheme: Scheme) -> None:
        """Show the names of a plan, each with what becomes of it."""
        self._clear()
        for row, one in enumerate(unknown):
            label = words(_spelled(one, scheme), wrap=True)
            box = QComboBox()
            box.setAccessibleName(f"What becomes of {one.name.name}")
            box.addItem(ADDED, None)
            box.addItem(OUT, LEFT_OUT)
            for target, title in _targets(one.name, scheme):
                box.addItem(title, target)
            box.setCurrentIndex(max(0, box.findData(one.becomes)) if one.becomes is not None else 0)
            box.setMinimumContentsLength(14)
            box.activated.connect(lambda _at, n=one.name, b=box: self.chosen.emit(n, b.currentData()))
            label.setBuddy(box)
            self.boxes[one.name] = box
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
    times = "once" if one.count == 1 else counted(one.count, "time")
    return f"{sentence_case(one.name.kind)} “{one.name.name}”{of}, {times}"


def _targets(name: Name, scheme: Scheme) -> list[tuple[str, str]]:
    """List what a name can become, as id and title."""
    if name.kind == "label":
        return [(label.id, label.title) for label in scheme.labels]
    if name.kind == "link":
        return [(link.id, sentence_case(link.title)) for link in scheme.links]
    label = scheme.label(name.label)
    return [(a.name, sentence_case(a.name)) for a in (label.attributes if label else ())]
