"""What every field of a form has in common, and what it may know."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from annotator.model.records import Entity
from annotator.model.scheme import Attribute
from annotator.ui.theme import Theme


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What fields may ask about the project, without knowing it."""

    published: Callable[[], str] = field(default=lambda: "")
    """The date of the article, which "Tuesday" is counted from."""
    entities: Callable[[str], Sequence[Entity]] = field(default=lambda _kind: ())
    entity: Callable[[str], Entity | None] = field(default=lambda _id: None)
    create: Callable[[str, str], Entity | None] = field(default=lambda _kind, _name: None)
    """Creates an entity of a kind and name; None when that was refused."""


class Field(QWidget):
    """One value that can be seen and changed; `committed` tells the new value once it is settled."""

    committed = Signal(object)
    understood = Signal(str)
    """What typed words are taken to mean, or ""."""
    remarked = Signal(str)
    """Why what is typed isn't saved yet, or ""."""

    def __init__(self, attribute: Attribute, theme: Theme, surroundings: Surroundings) -> None:
        super().__init__()
        self.attribute = attribute
        self.theme = theme
        self.surroundings = surroundings
        self.value: Any = None

    def show_value(self, value: Any) -> None:
        """Show a stored value; what is being typed stays."""
        raise NotImplementedError  # Abstract; Qt's metaclass leaves no room for ABC.

    def commit(self) -> None:
        """Settle what is being typed."""

    def revert(self) -> None:
        """Forget what is being typed."""

    def takes(self, _event: QKeyEvent) -> bool:
        """Say whether the field itself wants Enter or Esc just now, for a list it has open."""
        return False

    def inputs(self) -> list[QWidget]:
        """List the widgets that take the focus, first the one to begin with."""
        raise NotImplementedError  # Abstract; Qt's metaclass leaves no room for ABC.

    def stops(self) -> list[QWidget]:
        """List the same widgets in the order Tab visits them."""
        return self.inputs()

    def set_read_only(self, read_only: bool) -> None:
        """Show the value without letting it be changed."""
        for widget in self.inputs():
            widget.setEnabled(not read_only)

    def begin(self) -> None:
        """Take the focus."""
        self.inputs()[0].setFocus(Qt.FocusReason.TabFocusReason)

    def set_theme(self, theme: Theme) -> None:
        self.theme = theme
        self.update()

    def _settle(self, value: Any) -> None:
        """Keep a value the person gave and tell it, when it is another one."""
        if value != self.value:
            self.value = value
            self.committed.emit(value)
