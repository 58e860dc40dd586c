"""Remarks on an import, as Qt sees them."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from annotator.services.remarks import Remark
from annotator.ui.spelling import sentence_case

Index = QModelIndex | QPersistentModelIndex
HEADS = ("File", "Line", "Remark")


class RemarksModel(QAbstractTableModel):
    """A row for each remark: the file's name, the line, and what was left out or mended."""

    def __init__(self) -> None:
        super().__init__()
        self._remarks: Sequence[Remark] = ()

    def load(self, remarks: Sequence[Remark]) -> bool:
        """Take other remarks; say whether they are others."""
        if remarks == self._remarks:
            return False
        self.beginResetModel()
        self._remarks = remarks
        self.endResetModel()
        return True

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._remarks)

    def columnCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(HEADS)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return HEADS[section]
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or not 0 <= index.row() < len(self._remarks):
            return None
        remark = self._remarks[index.row()]
        if role == Qt.ItemDataRole.ToolTipRole:
            return (remark.file, remark.file, sentence_case(remark.message))[index.column()]
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        line = "" if remark.line is None else f"{remark.line:,}"
        return (Path(remark.file).name, line, sentence_case(remark.message))[index.column()]
