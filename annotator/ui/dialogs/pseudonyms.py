"""Pseudonyms: who and what is called otherwise in an export."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHeaderView, QTableWidget, QTableWidgetItem, QWidget

from annotator.model.records import Entity
from annotator.services.disguising import StandIn
from annotator.store.project import Project
from annotator.ui.dialogs.form import Form

_NAME, _STAND_IN, _SPELLINGS = range(3)
_ID = Qt.ItemDataRole.UserRole
LEAST_NAME, MOST_NAME, TICK = 160, 320, 24
"""Pixels of width; the tick of the style sheet is wider than the one that Qt counts with."""
HEADS = ("Name", "Called in the export", "Also written, with | between")


class Pseudonyms(Form):
    """A row for each actor and incident; the ticked ones are replaced."""

    def __init__(self, parent: QWidget, project: Project, chosen: Sequence[StandIn]) -> None:
        super().__init__(parent, "Pseudonyms", "Use these", 680)
        self.resize(720, 520)
        entities = project.entities()
        self.table = QTableWidget(len(entities), len(HEADS))
        self.say(
            "Tick whom the export must not name, and type beside the name what stands for it in texts, spans,"
            " values and names; offsets follow. What isn't filled in becomes a kind and a number, such as"
            " “Actor 1”."
        )
        self._dress()
        known = {stand_in.entity: stand_in for stand_in in chosen}
        for row, entity in enumerate(entities):
            self._fill(row, entity, known.get(entity.id))
        self.table.itemChanged.connect(self._tick_what_is_typed)
        self.add(self.table, 1)
        self.end()
        self._show_whole_names()

    def stand_ins(self) -> tuple[StandIn, ...]:
        """Return what was ticked, in the order of the table."""
        rows = range(self.table.rowCount())
        return tuple(self._stand_in(row) for row in rows if self._is_ticked(row))

    def _stand_in(self, row: int) -> StandIn:
        spellings = tuple(part.strip() for part in self._text(row, _SPELLINGS).split("|") if part.strip())
        entity: str = self._item(row, _NAME).data(_ID)
        return StandIn(entity, self._text(row, _STAND_IN).strip(), spellings)

    def _fill(self, row: int, entity: Entity, chosen: StandIn | None) -> None:
        name = QTableWidgetItem(entity.name)
        name.setData(_ID, entity.id)
        name.setToolTip(entity.name)
        name.setFlags(
            Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsUserCheckable | Qt.ItemFlag.ItemIsSelectable
        )
        name.setCheckState(Qt.CheckState.Checked if chosen else Qt.CheckState.Unchecked)
        self.table.setItem(row, _NAME, name)
        self.table.setItem(row, _STAND_IN, QTableWidgetItem(chosen.name if chosen else ""))
        self.table.setItem(row, _SPELLINGS, QTableWidgetItem(" | ".join(chosen.spellings) if chosen else ""))

    def _tick_what_is_typed(self, item: QTableWidgetItem) -> None:
        """Tick a name when something is filled in for it."""
        if item.column() != _NAME and item.text().strip():
            self._item(item.row(), _NAME).setCheckState(Qt.CheckState.Checked)

    def _item(self, row: int, column: int) -> QTableWidgetItem:
        return self.table.item(row, column) or QTableWidgetItem()

    def _text(self, row: int, column: int) -> str:
        return self._item(row, column).text()

    def _is_ticked(self, row: int) -> bool:
        return self._item(row, _NAME).checkState() is Qt.CheckState.Checked

    def _show_whole_names(self) -> None:
        """Make the names' column as wide as they are, as far as the others keep room."""
        wanted = max(LEAST_NAME, self.table.sizeHintForColumn(_NAME) + TICK)
        self.table.horizontalHeader().resizeSection(_NAME, min(wanted, MOST_NAME))

    def _dress(self) -> None:
        self.table.setHorizontalHeaderLabels(list(HEADS))
        self.table.setAccessibleName("Actors and incidents")
        self.table.verticalHeader().hide()
        self.table.setShowGrid(False)
        self.table.setTabKeyNavigation(False)
        head = self.table.horizontalHeader()
        head.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        head.setSectionResizeMode(_NAME, QHeaderView.ResizeMode.Interactive)
        head.setHighlightSections(False)
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
