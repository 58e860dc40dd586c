"""The passages behind a cell as Qt sees them: groups with a heading, then their passages."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt

from annotator.services.agreement import Passage
from annotator.ui.pages.agreement.wording import KINDS
from annotator.ui.spelling import listed, quoted

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


Entry = Group | Passage
Describe = Callable[[Passage], PassageRow]


def grouped(passages: Sequence[Passage]) -> list[Entry]:
    """Put passages in groups by kind, each in the order given."""
    groups: dict[str, list[Passage]] = {kind: [] for kind in KINDS}
    for passage in passages:
        groups[passage.kind].append(passage)
    entries: list[Entry] = []
    for kind, alike in groups.items():
        if alike:
            entries += [Group(KINDS[kind], len(alike)), *alike]
    return entries


class PassagesModel(QAbstractListModel):
    """Headings can't be chosen: the keyboard goes from passage to passage. Rows are described when seen."""

    def __init__(self, describe: Describe) -> None:
        super().__init__()
        self._describe = describe
        self._entries: Sequence[Entry] = ()

    def load(self, entries: Sequence[Entry]) -> None:
        self.beginResetModel()
        self._entries = entries
        self.endResetModel()

    def first(self) -> int:
        """Return the row of the first passage, or -1."""
        return next((at for at, entry in enumerate(self._entries) if isinstance(entry, Passage)), -1)

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._entries)

    def flags(self, index: Index) -> Qt.ItemFlag:
        is_passage = index.isValid() and isinstance(self._entries[index.row()], Passage)
        return super().flags(index) if is_passage else Qt.ItemFlag.NoItemFlags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or not 0 <= index.row() < len(self._entries):
            return None
        entry = self._entries[index.row()]
        row = self._describe(entry) if isinstance(entry, Passage) else entry
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
