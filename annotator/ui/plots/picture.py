"""What is drawn into a file, and a table as such a picture."""

from math import ceil
from typing import Protocol

from PySide6.QtCore import QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter

from annotator.ui.lists.painting import font_of
from annotator.ui.plots import cells
from annotator.ui.plots.grid import Grid, numbers, shown
from annotator.ui.plots.measure import shape
from annotator.ui.theme import Theme

MARGIN = 16.0
TITLE = 26.0
NOTE = 18.0


class Picture(Protocol):
    """Something with a title and a size that draws itself, at (0, 0), with any painter."""

    @property
    def title(self) -> str: ...
    def size(self) -> QSizeF: ...
    def draw(self, painter: QPainter, theme: Theme) -> None: ...
    def numbers(self) -> list[list[str]]:
        """Return the values behind it, as rows of words."""

    def shown(self) -> list[list[str]]:
        """Return them as they are seen."""


class GridPicture:
    """A table with its title above it and its note beneath."""

    def __init__(self, grid: Grid, room: float | None = None) -> None:
        self.grid = grid
        self._shape = shape(grid, room)

    @property
    def title(self) -> str:
        return self.grid.title

    def numbers(self) -> list[list[str]]:
        return numbers(self.grid)

    def shown(self) -> list[list[str]]:
        return shown(self.grid)

    def size(self) -> QSizeF:
        grid, sizes = self.grid, self._shape
        width = max(sizes.head + sizes.column * len(grid.columns), *map(_width, self._words()))
        height = TITLE + sizes.top + sizes.row * len(grid.rows) + (NOTE if grid.note else 0)
        return QSizeF(ceil(width + 2 * MARGIN), ceil(height + 2 * MARGIN))

    def draw(self, painter: QPainter, theme: Theme) -> None:
        """Draw it as the screen shows it; nothing is ringed."""
        painter.translate(MARGIN, MARGIN)
        width = self.size().width() - 2 * MARGIN
        painter.setPen(QColor(theme.heading))
        left = Qt.AlignmentFlag.AlignLeft
        cells.draw_line(painter, QRectF(0, 0, width, 18), self.title, title_font(), left)
        self._draw_table(painter, theme)
        if self.grid.note:
            top = self.size().height() - 2 * MARGIN - 14
            painter.setPen(QColor(theme.muted))
            cells.draw_line(painter, QRectF(0, top, width, 14), self.grid.note, cells.small_font(), left)

    def _draw_table(self, painter: QPainter, theme: Theme) -> None:
        grid, sizes = self.grid, self._shape
        if grid.corner:
            painter.setPen(QColor(theme.muted))
            corner = QRectF(0, TITLE + sizes.top - 17, sizes.head, 14)
            cells.draw_line(painter, corner, grid.corner, cells.small_font(), Qt.AlignmentFlag.AlignLeft)
        for at, column in enumerate(grid.columns):
            room = QRectF(sizes.head + at * sizes.column, TITLE, sizes.column, sizes.top)
            cells.draw_column(painter, room, column, theme)
        for number, row in enumerate(grid.rows):
            top = TITLE + sizes.top + number * sizes.row
            cells.draw_row(painter, QRectF(0, top, sizes.head, sizes.row), row, theme)
            for at in range(len(grid.columns)):
                room = QRectF(sizes.head + at * sizes.column, top, sizes.column, sizes.row)
                cells.draw_cell(painter, room, grid.cell(number, at), theme)

    def _words(self) -> list[tuple[str, QFont]]:
        return [(self.title, title_font()), (self.grid.note, cells.small_font())]


def title_font() -> QFont:
    return font_of(14, QFont.Weight.DemiBold)


def _width(line: tuple[str, QFont]) -> float:
    words, font = line
    return QFontMetricsF(font).horizontalAdvance(words) + 1
