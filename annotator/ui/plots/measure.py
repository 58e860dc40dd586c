"""How wide and high the parts of a table are, on the screen and in files."""

from dataclasses import dataclass

from annotator.ui.plots.cells import GAP, LINE, cell_width, column_width, lines_below, row_width
from annotator.ui.plots.grid import Grid, Head

WIDEST_HEAD = 190.0
LEAST, WIDEST = 58.0, 150.0
"""Widths of columns in device-independent pixels."""


@dataclass(frozen=True, slots=True)
class Shape:
    """Sizes in device-independent pixels."""

    head: float
    """Width of what stands at the rows."""
    top: float
    """Height of what stands above the columns."""
    column: float
    row: float


def shape(grid: Grid, room: float | None = None) -> Shape:
    """Fit a table to a width, as far as its words allow; without one, to its words."""
    heads = [*grid.rows, Head(grid.corner)]
    head = min(max(row_width(row) for row in heads), WIDEST_HEAD)
    wanted = [column_width(column) for column in grid.columns]
    needed = [cell_width(cell) for cells in grid.cells for cell in cells]
    least = max([LEAST, *needed])
    liked = min(max([least, *wanted]), max(WIDEST, least))
    if room is not None and grid.columns:
        share = (room - head) / len(grid.columns)
        liked = max(min(share, max(WIDEST, liked)), least)
    return Shape(head, _top(grid), float(int(liked)), _row(grid))


def _top(grid: Grid) -> float:
    lines = max([column.words.count("\n") + 1 for column in grid.columns], default=1)
    return 6 + LINE * lines


def _row(grid: Grid) -> float:
    lines = max([lines_below(cell) for cells in grid.cells for cell in cells], default=0)
    return 2 * GAP + 24 + LINE * lines + (4 if lines else 0)
