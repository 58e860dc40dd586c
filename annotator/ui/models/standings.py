"""How far each annotator is, as a table."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from annotator.model.records import ArticleState
from annotator.model.scheme import Label
from annotator.services.standing import Standing

Index = QModelIndex | QPersistentModelIndex
STANDING_ROLE = int(Qt.ItemDataRole.UserRole)
LABEL_ROLE = STANDING_ROLE + 1
STATE_ROLE = STANDING_ROLE + 2
STATES: tuple[ArticleState, ...] = ("done", "reading", "to do", "skipped")
NAME, SHARE, FIRST_STATE = 0, 1, 2
SPANS = FIRST_STATE + len(STATES)
FIRST_LABEL = SPANS + 1
_HEADS = ("Annotator", "Articles", "Done", "Reading", "To do", "Skipped", "Spans")


class StandingsModel(QAbstractTableModel):
    """A row for each annotator; columns for states, then for the labels that are used."""

    def __init__(self) -> None:
        super().__init__()
        self._rows: Sequence[Standing] = ()
        self._labels: list[Label] = []
        self._person = ""

    def load(self, rows: Sequence[Standing], labels: Sequence[Label], person: str) -> None:
        """Show other standings; helper labels nobody used are left out."""
        self.beginResetModel()
        self._rows, self._person = rows, person
        used = {label for row in rows for label in row.by_label}
        self._labels = [label for label in labels if not label.helper or label.id in used]
        self.endResetModel()

    def standing(self, row: int) -> Standing:
        return self._rows[row]

    def place(self, annotator: str) -> int:
        """Return the row of an annotator, or -1."""
        return next((at for at, row in enumerate(self._rows) if row.annotator == annotator), -1)

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else FIRST_LABEL + len(self._labels)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < self.columnCount():
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(section)
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        return _HEADS[section] if section < FIRST_LABEL else self._labels[section - FIRST_LABEL].title

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or not 0 <= index.row() < len(self._rows):
            return None
        row, column = self._rows[index.row()], index.column()
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return self._shown(row, column)
            case Qt.ItemDataRole.TextAlignmentRole:
                return _alignment(column)
            case _ if role == STANDING_ROLE:
                return row
            case _ if role == STATE_ROLE:
                return STATES[column - FIRST_STATE] if FIRST_STATE <= column < SPANS else None
            case _ if role == LABEL_ROLE:
                return self._labels[column - FIRST_LABEL] if column >= FIRST_LABEL else None
        return None

    def _shown(self, row: Standing, column: int) -> str:
        if column == NAME:
            return f"{row.annotator} (you)" if row.annotator == self._person else row.annotator
        if column == SHARE:
            return f"{row.states['done'] + row.states['skipped']:,} of {row.articles:,}"
        if column < SPANS:
            return f"{row.states[STATES[column - FIRST_STATE]]:,}"
        if column == SPANS:
            return f"{row.spans:,}"
        return f"{row.by_label.get(self._labels[column - FIRST_LABEL].id, 0):,}"


def _alignment(column: int) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignLeft if column <= SHARE else Qt.AlignmentFlag.AlignRight
    return side | Qt.AlignmentFlag.AlignVCenter
