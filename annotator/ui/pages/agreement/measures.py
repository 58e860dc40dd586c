"""The tables of measures: of spans by label, and of values by attribute."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QVBoxLayout, QWidget

from annotator.services.agreement import MEASURES
from annotator.ui.fields.buttons import Chip
from annotator.ui.fields.flow import FlowLayout, wrapping
from annotator.ui.pages.agreement.tables import Table, Tables
from annotator.ui.pages.agreement.wording import SENTENCES, SHORT
from annotator.ui.plots.area import PlotArea
from annotator.ui.plots.frame import PlotFrame
from annotator.ui.plots.grid import Grid
from annotator.ui.plots.table import GridView
from annotator.ui.theme import Theme
from annotator.ui.widgets import button, words

VALUES = "Values of matched spans"
OVERVIEW = ""
"""Stands for all measures side by side."""


class MeasureTable(QWidget):
    """One table; below it, in words, the cell where the keyboard is, and what its measure says."""

    wanted = Signal(object, str)
    """The passages behind a Measured are wanted; the sentence tells it."""
    guide_wanted = Signal(str)
    """The guide's page on a measure is wanted."""

    def __init__(self, name: str, theme: Theme) -> None:
        super().__init__()
        self._table = Table(Grid(""), ())
        self._measure = ""
        self.view = GridView(name, theme)
        self.frame = PlotFrame(self.view, self.view.picture)
        self.told = words("", wrap=True)
        self.sentence = words("", "caption", wrap=True)
        self.guide = button("More in the guide", "link")
        self.view.walked.connect(self._walk)
        self.view.opened.connect(self._open)
        self.guide.clicked.connect(lambda: self.guide_wanted.emit(self._measure))
        self._lay_out()

    def show_table(self, table: Table, title: str) -> None:
        self._table = table
        self.frame.title.setText(title)
        self.view.show_grid(table.grid)

    def _walk(self, row: int, column: int) -> None:
        measured = self._table.measured(row, column)
        self.told.setText(self._table.grid.cell(row, column).told)
        self._measure = measured.measure if measured else ""
        self.sentence.setText(SENTENCES.get(self._measure, ""))
        self.guide.setVisible(bool(self._measure))

    def _open(self, row: int, column: int) -> None:
        measured = self._table.measured(row, column)
        if measured is not None:
            self.wanted.emit(measured, self._table.grid.cell(row, column).told)

    def _lay_out(self) -> None:
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(self.sentence, 1)
        line.addWidget(self.guide)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.frame)
        column.addSpacing(2)
        column.addWidget(self.told)
        column.addLayout(line)


class MeasuresView(PlotArea):
    """A switch between measures, the table of spans, the table of values."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._tables: Tables | None = None
        self.measure = OVERVIEW
        self.chips: dict[str, Chip] = {}
        self.spans = MeasureTable("Agreement on spans", theme)
        self.values = MeasureTable("Agreement on values", theme)
        self.values_head = words(VALUES, "strong")
        self.missing = words("", "caption", wrap=True)
        self._group = QButtonGroup(self)
        for table in self.tables:
            self.follow(table.view)
        self._lay_out()

    @property
    def tables(self) -> tuple[MeasureTable, MeasureTable]:
        return self.spans, self.values

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        for table in self.tables:
            table.view.set_theme(theme)
        for chip in self.chips.values():
            chip.set_theme(theme)

    def show_tables(self, tables: Tables) -> None:
        """Show an answer, at the measure that was looked at."""
        self._tables = tables
        self._offer((OVERVIEW, *tables.by_pairs()))
        self._show(self.measure if self.measure in self.chips else OVERVIEW)
        values, missing = tables.values(), tables.values_missing()
        self.values.setVisible(values is not None)
        self.missing.setText(missing)
        self.missing.setVisible(bool(missing))
        self.values_head.setVisible(bool(missing) and values is None)
        if values is not None:
            self.values.show_table(values, VALUES)

    def _show(self, measure: str) -> None:
        self.measure = measure
        self.chips[measure].setChecked(True)
        if self._tables is not None:
            tables = self._tables
            table = tables.measure(measure) if measure else tables.overview()
            self.spans.show_table(table, MEASURES.get(measure, "All annotators together"))

    def _offer(self, measures: tuple[str, ...]) -> None:
        if tuple(self.chips) == measures:
            return
        for chip in self.chips.values():
            self._group.removeButton(chip)
            chip.deleteLater()
        self.chips = {measure: self._chip(measure) for measure in measures}

    def _chip(self, measure: str) -> Chip:
        chip = Chip(SHORT.get(measure, "All measures"), self._theme, self._switch)
        chip.clicked.connect(lambda: self._show(measure))
        self._group.addButton(chip)
        layout = self._switch.layout()
        if layout is not None:
            layout.addWidget(chip)
        chip.show()
        return chip

    def _lay_out(self) -> None:
        column = self.column
        self._switch = wrapping(QWidget())
        self._switch.setAccessibleName("Measures")
        FlowLayout(self._switch)
        column.addWidget(self._switch)
        column.addWidget(self.spans)
        column.addSpacing(18)
        for widget in (self.values_head, self.values, self.missing):
            column.addWidget(widget)
        column.addStretch(1)
