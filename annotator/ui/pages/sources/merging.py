"""Merge two entities into one: choose the other, read what will happen, confirm."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from annotator.model.records import Entity
from annotator.model.scheme import Attribute
from annotator.ui.fields.base import Surroundings
from annotator.ui.fields.entity import EntityField
from annotator.ui.spelling import counted
from annotator.ui.theme import Theme
from annotator.ui.widgets import button, words


class MergeBox(QWidget):
    """The field for the other entity; nothing happens before the button is pressed."""

    confirmed = Signal(str)

    def __init__(self, theme: Theme, surroundings: Surroundings) -> None:
        super().__init__()
        self._entity: Entity | None = None
        self._mentions = 0
        self._surroundings = surroundings
        narrowed = replace(surroundings, entities=self._others)
        self._attribute = Attribute("merge into", "entity")
        self.other = EntityField(self._attribute, theme, narrowed, may_create=False)
        self.other.inputs()[0].setAccessibleName("Merge into")
        self.other.committed.connect(lambda _: self._explain())
        self.other.line.installEventFilter(self)
        self.meaning = words(role="muted", wrap=True)
        self.deed = button("Merge", "primary")
        self.deed.clicked.connect(lambda: self.confirmed.emit(self.other.value))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        for widget in (words("Merge into", "caption"), self.other, self.meaning, self.deed):
            column.addWidget(widget)
        self._explain()

    def show_entity(self, entity: Entity, mentions: int) -> None:
        """Say which entity would be merged."""
        self._entity, self._mentions = entity, mentions
        self._explain()

    def forget(self) -> None:
        """Forget the other entity that was chosen."""
        self.other.revert()
        self.other.show_value(None)
        self._explain()

    def set_theme(self, theme: Theme) -> None:
        self.other.set_theme(theme)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Take the suggestion on Enter and go on to the button that confirms."""
        if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress:
            return False
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            return False
        self.other.takes(event)
        if self.other.value and not self.other.line.isModified():
            self.deed.setFocus(Qt.FocusReason.TabFocusReason)
        return True

    def _others(self, _kind: str) -> Sequence[Entity]:
        here = self._entity
        return [e for e in self._surroundings.entities(here.kind) if e.id != here.id] if here else []

    def _explain(self) -> None:
        into = self._surroundings.entity(self.other.value) if self.other.value else None
        for widget in (self.meaning, self.deed):
            widget.setVisible(into is not None)
        if into and self._entity:
            spans = f" and its {counted(self._mentions, 'span')}" if self._mentions else ""
            self.meaning.setText(
                f"“{self._entity.name}”{spans} will be shown as “{into.name}”, which takes over the values"
                " it lacks. Undo parts them again."
            )
