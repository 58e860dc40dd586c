"""What becomes of names that the scheme lacks: a row for each, with a choice."""

from collections.abc import Collection, Sequence
from itertools import pairwise

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QGridLayout, QLabel, QWidget

from annotator.model.scheme import Scheme
from annotator.services.naming import LEFT_OUT, Name, Unknown
from annotator.ui.spelling import counted, sentence_case
from annotator.ui.widgets import words

ADDED = "Add to the scheme"
OUT = "Leave out"


class UnknownNames(QWidget):
    """`chosen` tells a name, what it becomes, and what it would become by itself.

    It becomes an id of the scheme, LEFT_OUT, or None where it is added.
    """

    chosen = Signal(object, object, object)

    def __init__(self) -> None:
        super().__init__()
        self.boxes: dict[Name, QComboBox] = {}
        self._labels: dict[Name, QLabel] = {}
        self._proposed: dict[Name, str | None] = {}
        self._scheme: Scheme | None = None
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 4, 0, 0)
        self._grid.setHorizontalSpacing(10)
        self._grid.setVerticalSpacing(6)
        self._grid.setColumnStretch(0, 1)

    def show_names(self, unknown: Sequence[Unknown], scheme: Scheme) -> None:
        """Show the names of a plan, each with what becomes of it; a row that is shown already stays."""
        if scheme != self._scheme:
            self._remove(tuple(self.boxes))
            self._scheme = scheme
        names = [one.name for one in unknown]
        if names != list(self.boxes):
            self._remove(set(self.boxes).difference(names))
            self._arrange(names)
        for one in unknown:
            self._proposed[one.name] = one.proposed
            self._labels[one.name].setText(_spelled(one, scheme).replace("&", "&&"))
            box = self.boxes[one.name]
            box.setCurrentIndex(max(0, box.findData(one.becomes)) if one.becomes is not None else 0)

    def _arrange(self, names: Sequence[Name]) -> None:
        """Put rows in their order, making those that are new."""
        while self._grid.takeAt(0) is not None:
            pass  # The widgets stay: with them the keyboard, and a list that is open.
        boxes, self.boxes = self.boxes, {}
        for row, name in enumerate(names):
            self.boxes[name] = boxes.get(name) or self._made(name)
            self._grid.addWidget(self._labels[name], row, 0)
            self._grid.addWidget(self.boxes[name], row, 1)
        for before, after in pairwise(self.boxes.values()):
            QWidget.setTabOrder(before, after)

    def _made(self, name: Name) -> QComboBox:
        label = self._labels[name] = words(wrap=True)
        box = QComboBox()
        box.setAccessibleName(f"What becomes of {name.name}")
        box.addItem(ADDED, None)
        box.addItem(OUT, LEFT_OUT)
        for target, title in _targets(name, self._scheme) if self._scheme else ():
            box.addItem(title, target)
        box.setMinimumContentsLength(14)
        box.activated.connect(lambda: self.chosen.emit(name, box.currentData(), self._proposed[name]))
        label.setBuddy(box)
        return box

    def _remove(self, names: Collection[Name]) -> None:
        for name in names:
            for widget in (self.boxes.pop(name), self._labels.pop(name)):
                self._grid.removeWidget(widget)
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
