"""What a search found, as Qt sees it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt

from annotator.model.span import Span

Index = QModelIndex | QPersistentModelIndex
FIND_ROLE = int(Qt.ItemDataRole.UserRole)


@dataclass(frozen=True, slots=True)
class Find:
    """One article or passage that was found.

    `span` is where it stands in the article's text, None when the title was found; `marked` is where it
    stands in `snippet`. Both in code points.
    """

    article: str
    title: str
    snippet: str = ""
    marked: Span | None = None
    span: Span | None = None
    annotation: str = ""
    colour: str = ""
    about: str = ""
    """Colour and title of the label, when the find is a tagged span."""


class FindsModel(QAbstractListModel):
    """The finds, best first."""

    def __init__(self) -> None:
        super().__init__()
        self.finds: Sequence[Find] = ()

    def show_finds(self, finds: Sequence[Find]) -> None:
        self.beginResetModel()
        self.finds = finds
        self.endResetModel()

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.finds)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or not 0 <= index.row() < len(self.finds):
            return None
        find = self.finds[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return find.title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{find.title}: {find.snippet}" if find.snippet else find.title
        return find if role == FIND_ROLE else None
