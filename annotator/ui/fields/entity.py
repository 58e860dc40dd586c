"""A field for a person, organisation or incident, completed while typing and created when new."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from annotator.model.records import Entity
from annotator.model.scheme import Attribute
from annotator.ui.fields.base import Field, Surroundings
from annotator.ui.fields.completion import CompletionList, Offer
from annotator.ui.fields.typed import LineEdit
from annotator.ui.theme import Theme

CREATE = "create:"
MOST_OFFERS = 50
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class EntityField(Field):
    """A name; typing any part of it offers those there are, and to create one that is new."""

    def __init__(
        self, attribute: Attribute, theme: Theme, surroundings: Surroundings, *, may_create: bool = True
    ) -> None:
        super().__init__(attribute, theme, surroundings)
        self._may_create = may_create
        self.line = LineEdit()
        self.line.editingFinished.disconnect(self.line.settle)
        self.line.setPlaceholderText("type a name")
        self.line.textEdited.connect(self._offer)
        self.line.installEventFilter(self)
        self._list: CompletionList | None = None
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.line)

    # --- the value -----------------------------------------------------------------------------

    def show_value(self, value: Any) -> None:
        self.value = value
        self.line.show_words(self._name(value))

    def commit(self) -> None:
        """Take what is typed when it names one there is; an empty line takes the value away."""
        if not self.line.isModified():
            return
        typed = " ".join(self.line.text().split())
        found = self._named(typed)
        if not typed:
            self._take(None)
        elif found:
            self._take(found.id)
        elif self._may_create:
            self.remarked.emit(f"not saved; Enter creates “{typed}”")

    def revert(self) -> None:
        self._close()
        self.line.revert()
        self.remarked.emit("")

    def inputs(self) -> list[QWidget]:
        return [self.line]

    def set_read_only(self, read_only: bool) -> None:
        self.line.setReadOnly(read_only)

    def _take(self, entity: str | None) -> None:
        self.line.setModified(False)
        self._settle(entity)
        self.line.shown = self._name(self.value)
        self.line.setText(self.line.shown)
        self.remarked.emit("")

    def _name(self, value: Any) -> str:
        entity = self.surroundings.entity(value) if isinstance(value, str) and value else None
        return entity.name if entity else "" if not value else "something since deleted"

    # --- the list ------------------------------------------------------------------------------

    def takes(self, event: QKeyEvent) -> bool:
        """Use Enter to pick and Esc to close while the list is open."""
        if event.key() == Qt.Key.Key_Escape and self._is_open():
            self._close()
            return True
        if event.key() in _ENTER:
            was_open = self._is_open()
            self._pick_current()
            return was_open
        return False

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Move in the list by the arrows; pick on Tab; settle when the focus goes."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self._key(event)
        if event.type() == QEvent.Type.FocusOut and watched is self.line:
            self._close()
            self.commit()
        return False

    def _key(self, event: QKeyEvent) -> bool:
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
        if step and not self.line.isReadOnly():
            if self._is_open() and self._list:
                self._list.move_by(step)
            else:
                self._offer("" if not self.line.isModified() else self.line.text())
            return True
        if event.key() == Qt.Key.Key_Tab:
            self._pick_current()
        return event.key() in _ENTER and self.takes(event)

    def _offer(self, typed: str) -> None:
        wanted = " ".join(typed.split())
        kind = self.attribute.entity
        offers = [Offer(e.id, e.name) for e in matching(self.surroundings.entities(kind), wanted)]
        if wanted and self._may_create and not self._named(wanted):
            offers.append(Offer(CREATE + wanted, f"Create “{wanted}”"))
        if self._list is None:
            self._list = CompletionList(self.line)
            self._list.picked.connect(self._pick)
        self._list.offer(offers)

    def _pick_current(self) -> None:
        if self._is_open() and self._list:
            self._pick(self._list.current())
        else:
            self._create_typed()

    def _create_typed(self) -> None:
        typed = " ".join(self.line.text().split())
        if self.line.isModified() and typed:
            found = self._named(typed)
            if found or self._may_create:
                self._pick(found.id if found else CREATE + typed)

    def _pick(self, key: str) -> None:
        self._close()
        if not key.startswith(CREATE):
            self._take(key)
            return
        made = self.surroundings.create(self.attribute.entity, key.removeprefix(CREATE))
        if made:
            self._take(made.id)

    def _named(self, name: str) -> Entity | None:
        wanted = name.casefold()
        there = self.surroundings.entities(self.attribute.entity)
        return next((e for e in there if e.name.casefold() == wanted), None)

    def _is_open(self) -> bool:
        return self._list is not None and self._list.isVisible()

    def _close(self) -> None:
        if self._list is not None:
            self._list.hide()


def matching(entities: Sequence[Entity], typed: str) -> list[Entity]:
    """List entities whose name holds what is typed: beginnings first, then beginnings of words."""
    wanted = typed.casefold()

    def rank(entity: Entity) -> int:
        name = entity.name.casefold()
        return 0 if name.startswith(wanted) else 1 if f" {wanted}" in f" {name}" else 2

    found = [entity for entity in entities if wanted in entity.name.casefold()]
    return sorted(found, key=rank)[:MOST_OFFERS]
