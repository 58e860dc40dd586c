"""The small table "Agreement on this article": labels by pairs of annotators, beside what is reviewed."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from annotator.model.scheme import Label
from annotator.ui.plots.grid import Cell, Grid, Head
from annotator.ui.plots.table import GridView
from annotator.ui.plots.values import short
from annotator.ui.theme import Theme
from annotator.ui.widgets import words

Pair = tuple[str, str]
Value = float | str
"""What a cell holds: a value, or in words why there is none."""


SHORT = 3
"""Letters of names that stand side by side."""


class PairTable(QWidget):
    """Rows are labels, columns pairs; a click or Enter on a cell asks for its spans."""

    opened = Signal(str, str, str)
    """A cell was chosen: the label's id and the two annotators."""
    left = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._labels: Sequence[Label] = ()
        self._pairs: Sequence[Pair] = ()
        self.table = GridView("Agreement on this article", theme)
        self.note = words("", "caption", wrap=True)
        self.table.opened.connect(self._open)
        self.table.left.connect(self.left)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(words("Agreement on this article", "strong"))
        column.addWidget(self.table)
        column.addWidget(self.note)

    def set_theme(self, theme: Theme) -> None:
        self.table.set_theme(theme)

    def show_values(
        self,
        labels: Sequence[Label],
        pairs: Sequence[Pair],
        values: Mapping[tuple[str, Pair], Value],
        threshold: float = 0.5,
    ) -> None:
        """Show overlap F1 of one article by label and pair; what isn't in `values` has nothing to compare."""
        self._labels, self._pairs = labels, pairs
        nothing = "nothing to compare"
        rows = [
            [_cell(label, pair, values.get((label.id, pair), nothing)) for pair in pairs] for label in labels
        ]
        self.table.show_grid(
            Grid(
                "Agreement on this article",
                rows=tuple(Head(label.title) for label in labels),
                columns=tuple(Head(_named(pair)) for pair in pairs),
                cells=tuple(map(tuple, rows)),
            )
        )
        self.note.setText(
            f"F1, exact label, boundaries ≥ {threshold:.0%} overlap · click a cell to list its spans".replace(
                "%", " %"
            )
        )

    def _open(self, row: int, column: int) -> None:
        self.opened.emit(self._labels[row].id, *self._pairs[column])


def _named(pair: Pair) -> str:
    """Name a pair on one line, or names longer than initials on two."""
    is_short = max(map(len, pair)) <= SHORT
    return "·".join(pair) if is_short else " ·\n".join(pair)


def _cell(label: Label, pair: Pair, value: Value) -> Cell:
    who = f"{label.title}, {pair[0]} and {pair[1]}"
    if isinstance(value, str):
        return Cell("—", None, told=f"{who}: not defined, {value}")
    return Cell(short(value), value, told=f"{who}: F1 {short(value)}")
