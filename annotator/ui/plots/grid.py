"""What a table of tinted cells shows: rows, columns, and in each cell a value, its support and its story."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Head:
    """The words at a row or above a column; `colour` is that of a label, shown as a swatch."""

    words: str
    colour: str = ""
    is_strong: bool = False

    @property
    def spoken(self) -> str:
        """Return the words on one line."""
        return " ".join(self.words.split())


@dataclass(frozen=True, slots=True)
class Cell:
    """One value: `share` says how strongly it is tinted, 0 to 1; None where there is no value."""

    words: str
    share: float | None = None
    below: tuple[str, ...] = ()
    """Small lines beneath the value: its interval, how many it rests on."""
    reason: str = ""
    """Why there is no value."""
    is_faint: bool = False
    """Whether the value says so little that it should not catch the eye."""
    told: str = ""
    """All of it in one sentence, for hints and for those who listen."""
    exact: tuple[str, ...] = ()
    """What stands for the cell in tables of numbers."""


@dataclass(frozen=True, slots=True)
class Grid:
    """A table with a title.

    `fields` name the columns of the table of numbers: of rows, of columns, and of what cells' `exact` holds.
    """

    title: str
    rows: tuple[Head, ...] = ()
    columns: tuple[Head, ...] = ()
    cells: tuple[tuple[Cell, ...], ...] = ()
    corner: str = ""
    note: str = ""
    fields: tuple[str, ...] = ()

    def cell(self, row: int, column: int) -> Cell:
        return self.cells[row][column]


def shown(grid: Grid) -> list[list[str]]:
    """Return a table as rows of words, as it is seen."""
    head = [grid.corner, *(column.spoken for column in grid.columns)]
    rows = zip(grid.rows, grid.cells, strict=True)
    return [head, *([row.spoken, *(cell.words for cell in cells)] for row, cells in rows)]


def numbers(grid: Grid) -> list[list[str]]:
    """Return a table as rows of words, with a row for each cell where cells have more to say than is seen."""
    if not grid.fields:
        return shown(grid)
    lines = [
        [row.spoken, column.spoken, *cell.exact]
        for row, cells in zip(grid.rows, grid.cells, strict=True)
        for column, cell in zip(grid.columns, cells, strict=True)
    ]
    return [list(grid.fields), *lines]
