"""Articles that an import will bring, as Qt sees them."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt

from annotator.services.looking import Preview

Index = QModelIndex | QPersistentModelIndex
PREVIEW_ROLE = int(Qt.ItemDataRole.UserRole)


class PreviewModel(QAbstractListModel):
    """The new articles of a plan, in the order in which they were read."""

    def __init__(self) -> None:
        super().__init__()
        self._previews: Sequence[Preview] = ()

    def load(self, previews: Sequence[Preview]) -> None:
        """Show other articles, or the same ones with other figures: then the list stays where it is."""
        if _are_the_same(previews, self._previews):
            self._previews = previews
            self.dataChanged.emit(self.index(0), self.index(len(previews) - 1))
            return
        self.beginResetModel()
        self._previews = previews
        self.endResetModel()

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._previews)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or not 0 <= index.row() < len(self._previews):
            return None
        preview = self._previews[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return preview.article.title or "Untitled"
        if role == Qt.ItemDataRole.ToolTipRole:
            return preview.file
        return preview if role == PREVIEW_ROLE else None


def _are_the_same(some: Sequence[Preview], others: Sequence[Preview]) -> bool:
    return len(some) == len(others) > 0 and all(
        one.article is other.article for one, other in zip(some, others, strict=True)
    )
