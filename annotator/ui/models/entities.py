"""People, organisations and incidents as Qt sees them; their spans are counted when they are shown."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt

from annotator.model.records import Entity
from annotator.ui.spelling import counted

Index = QModelIndex | QPersistentModelIndex
ENTITY_ROLE = int(Qt.ItemDataRole.UserRole)
USES_ROLE = ENTITY_ROLE + 1


class EntityListModel(QAbstractListModel):
    """The entities of one kind whose name holds what is typed."""

    def __init__(self, count: Callable[[str], int]) -> None:
        super().__init__()
        self._count = count
        self._uses: dict[str, int] = {}
        self._all: Sequence[Entity] = ()
        self._shown: list[Entity] = []
        self.typed = ""

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._shown)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or not 0 <= index.row() < len(self._shown):
            return None
        entity = self._shown[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return entity.name
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{entity.name}, {counted(self.uses(entity.id), 'span')}"
        if role == USES_ROLE:
            return self.uses(entity.id)
        return entity if role == ENTITY_ROLE else None

    def uses(self, entity: str) -> int:
        """Count the spans that refer to an entity, once."""
        if entity not in self._uses:
            self._uses[entity] = self._count(entity)
        return self._uses[entity]

    def load(self, entities: Sequence[Entity]) -> None:
        """Show other entities; counts are taken anew."""
        self.beginResetModel()
        self._all = entities
        self._uses = {}
        self._choose()
        self.endResetModel()

    def recount(self) -> None:
        """Take the counts anew, as when a span changed."""
        self._uses = {}
        if self._shown:
            self.dataChanged.emit(self.index(0), self.index(len(self._shown) - 1))

    def show_only(self, typed: str) -> None:
        """Show those whose name holds the words."""
        self.beginResetModel()
        self.typed = " ".join(typed.split())
        self._choose()
        self.endResetModel()

    def place(self, entity: str) -> int:
        """Return the row of an entity, or -1."""
        return next((at for at, shown in enumerate(self._shown) if shown.id == entity), -1)

    def at(self, place: int) -> Entity:
        return self._shown[place]

    def _choose(self) -> None:
        wanted = self.typed.casefold()
        self._shown = [entity for entity in self._all if wanted in entity.name.casefold()]
