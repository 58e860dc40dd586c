"""The passages behind a cell as Qt sees them: groups with a heading, then their passages."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt

from annotator.services.agreement import Passage
from annotator.ui.pages.agreement.wording import KINDS, listed
from annotator.ui.spelling import quoted

Index = QModelIndex | QPersistentModelIndex
ROW_ROLE = int(Qt.ItemDataRole.UserRole)


@dataclass(frozen=True, slots=True)
class Group:
    """The heading of passages of one kind."""

    title: str
    number: int

    @property
    def spoken(self) -> str:
        return f"{self.title}, {self.number:,}"


@dataclass(frozen=True, slots=True)
class PassageRow:
    """One passage with the words it is shown by."""

    passage: Passage
    labels: str
    colour: str
    title: str
    """Title of the article."""

    @property
    def about(self) -> str:
        who = listed(self.passage.layers)
        return " · ".join(filter(None, (who, self.labels, self.passage.note, self.title)))

    @property
    def spoken(self) -> str:
        return f"{KINDS[self.passage.kind]}: {quoted(self.passage.words)}. {self.about}"


Row = Group | PassageRow


def grouped(passages: Sequence[Passage], row: Callable[[Passage], PassageRow]) -> list[Row]:
    """Put passages in groups by kind, each in the order given."""
    rows: list[Row] = []
    for kind, title in KINDS.items():
        alike = [passage for passage in passages if passage.kind == kind]
        if alike:
            rows += [Group(title, len(alike)), *map(row, alike)]
    return rows


class PassagesModel(QAbstractListModel):
    """Headings can't be chosen: the keyboard goes from passage to passage."""

    def __init__(self) -> None:
        super().__init__()
        self._rows: Sequence[Row] = ()

    def load(self, rows: Sequence[Row]) -> None:
        self.beginResetModel()
        self._rows = rows
        self.endResetModel()

    def first(self) -> int:
        """Return the row of the first passage, or -1."""
        return next((at for at, row in enumerate(self._rows) if isinstance(row, PassageRow)), -1)

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def flags(self, index: Index) -> Qt.ItemFlag:
        is_passage = index.isValid() and isinstance(self._rows[index.row()], PassageRow)
        return super().flags(index) if is_passage else Qt.ItemFlag.NoItemFlags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or not 0 <= index.row() < len(self._rows):
            return None
        row = self._rows[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return row.title if isinstance(row, Group) else row.passage.words
            case Qt.ItemDataRole.AccessibleTextRole:
                return row.spoken
            case Qt.ItemDataRole.ToolTipRole:
                return None if isinstance(row, Group) else row.about
            case _ if role == ROW_ROLE:
                return row
        return None
