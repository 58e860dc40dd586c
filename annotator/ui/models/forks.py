"""What was changed on two machines, as Qt sees it."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt

from annotator.model.change import ObjectKey
from annotator.services.forking import Forked

Index = QModelIndex | QPersistentModelIndex
FORK_ROLE = int(Qt.ItemDataRole.UserRole)


class ForksModel(QAbstractListModel):
    """A row for each thing of which there are several versions."""

    def __init__(self) -> None:
        super().__init__()
        self._forks: Sequence[Forked] = ()

    def load(self, forks: Sequence[Forked]) -> None:
        self.beginResetModel()
        self._forks = forks
        self.endResetModel()

    def place(self, key: ObjectKey) -> int:
        """Return the row of a thing, or -1."""
        return next((row for row, fork in enumerate(self._forks) if fork.key == key), -1)

    def all(self) -> Sequence[Forked]:
        return self._forks

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._forks)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or not 0 <= index.row() < len(self._forks):
            return None
        fork = self._forks[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return fork.title
            case Qt.ItemDataRole.AccessibleTextRole:
                return f"{fork.title}, {about(fork)}"
            case _ if role == FORK_ROLE:
                return fork
        return None


def about(fork: Forked) -> str:
    """Say where a thing is, and who changed it."""
    who = " and ".join(dict.fromkeys(version.who or "the program" for version in fork.versions))
    return f"{fork.article_title} · {who}" if fork.article_title else who
