"""How lines over time are painted: bands, dashes and markers that differ, and names where lines end."""

from collections.abc import Callable, Iterator

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen, QPolygonF

from annotator.ui.lists.painting import font_of
from annotator.ui.plots.cells import draw_line, small_font
from annotator.ui.plots.picture import title_font
from annotator.ui.plots.series import Lines, Series, Spot, depth, numbers, reach, spread
from annotator.ui.theme import LINE_CONTRAST, Theme

MARGIN, TITLE, FOOT, SCALE = 16.0, 30.0, 26.0, 34.0
NAMES, KEY = 150.0, 18.0
"""Most room for the names at the right, and for the marker before each."""
STEP = 15.0
DASHES = (
    Qt.PenStyle.SolidLine,
    Qt.PenStyle.DashLine,
    Qt.PenStyle.DotLine,
    Qt.PenStyle.DashDotLine,
    Qt.PenStyle.DashDotDotLine,
)
BAND = 0.13
"""How much of a line's colour lies in its band of intervals, 0 to 1."""
Key = tuple[int, int]
"""Which line, and which of its spots."""


class LinePicture:
    """Lines at a size, with their title or without; it knows where each spot lies."""

    def __init__(self, lines: Lines, size: QSizeF, *, is_titled: bool = True) -> None:
        self.lines, self._size, self._is_titled = lines, size, is_titled
        names = [QFontMetricsF(name_font()).horizontalAdvance(s.name) + 2 for s in lines.series]
        self._names = min(max(names, default=0.0), NAMES, size.width() / 3)
        self._low = depth(lines)
        note = 18.0 if lines.note else 0.0
        right = size.width() - MARGIN - (self._names + KEY + 12 if lines.series else 0)
        self.area = QRectF(
            QPointF(MARGIN + SCALE, MARGIN + (TITLE if is_titled else 0)),
            QPointF(right, size.height() - MARGIN - FOOT - note),
        )

    @property
    def title(self) -> str:
        return self.lines.title

    def numbers(self) -> list[list[str]]:
        return numbers(self.lines)

    def shown(self) -> list[list[str]]:
        return numbers(self.lines)

    def size(self) -> QSizeF:
        return self._size

    # --- places --------------------------------------------------------------------------------

    def place(self, spot: Spot) -> QPointF | None:
        """Say where a spot lies; None when it has no value."""
        return None if spot.value is None else QPointF(self._x(spot.at), self._y(spot.value))

    def near(self, point: QPointF, within: float = 14) -> Key | None:
        """Return the spot next to a point."""
        found = [
            ((place - point).manhattanLength(), (line, at))
            for line, series in enumerate(self.lines.series)
            for at, spot in enumerate(series.spots)
            if (place := self.place(spot)) is not None
        ]
        distance, key = min(found, default=(within, None))
        return key if distance < within else None

    def _x(self, at: float) -> float:
        first, last = reach(self.lines)
        share = (at - first) / (last - first) if last > first else 0.5
        # Markers at both ends stand free of the frame.
        return self.area.left() + 10 + share * (self.area.width() - 20)

    def _y(self, value: float) -> float:
        share = (min(max(value, self._low), 1.0) - self._low) / (1 - self._low)
        return self.area.bottom() - share * self.area.height()

    # --- drawing -------------------------------------------------------------------------------

    def draw(self, painter: QPainter, theme: Theme, current: Key | None = None) -> None:
        """Draw it; the current spot is ringed."""
        left = Qt.AlignmentFlag.AlignLeft
        wide = self._size.width() - 2 * MARGIN
        if self._is_titled:
            painter.setPen(QColor(theme.heading))
            draw_line(painter, QRectF(MARGIN, MARGIN, wide, 18), self.title, title_font(), left)
        self._draw_scale(painter, theme)
        self._draw_moments(painter, theme)
        for number, series in enumerate(self.lines.series):
            self._draw_band(painter, series, theme)
            self._draw_series(painter, number, series, theme)
        self._draw_names(painter, theme)
        self._draw_foot(painter, theme)
        if current is not None:
            self._draw_current(painter, current, theme)

    def _draw_foot(self, painter: QPainter, theme: Theme) -> None:
        """Write the note at the left, and at the end of the axis what its moments are."""
        painter.setPen(QColor(theme.muted))
        foot = QRectF(MARGIN, self._size.height() - MARGIN - 14, self.area.width(), 14)
        draw_line(painter, foot, self.lines.note, small_font(), Qt.AlignmentFlag.AlignLeft)
        room = QRectF(self.area.right() + 12, self.area.bottom() + 8, self._names + KEY, 14)
        draw_line(painter, room, self.lines.across, small_font(), Qt.AlignmentFlag.AlignLeft)

    def _draw_scale(self, painter: QPainter, theme: Theme) -> None:
        for step in range(round(self._low * 5), 6):
            y = self._y(step / 5)
            painter.setPen(QPen(QColor(theme.strong_border if step == 0 else theme.border), 1))
            painter.drawLine(QPointF(self.area.left(), y), QPointF(self.area.right(), y))
            painter.setPen(QColor(theme.muted))
            room = QRectF(MARGIN, y - 7, SCALE - 8, 14)
            draw_line(
                painter, room, f"{step / 5:.1f}".replace("-", "−"), small_font(), Qt.AlignmentFlag.AlignRight
            )

    def _draw_moments(self, painter: QPainter, theme: Theme) -> None:
        """Write the moments beneath, leaving out those that would touch the one before."""
        metrics, free = QFontMetricsF(small_font()), self.area.left() - SCALE
        painter.setPen(QColor(theme.muted))
        moments = {spot.at: spot.name for series in self.lines.series for spot in series.spots}
        for at, name in sorted(moments.items()):
            wide = metrics.horizontalAdvance(name) + 2
            left = min(self._x(at) - wide / 2, self.area.right() + 8 - wide)
            if left >= free:
                room = QRectF(left, self.area.bottom() + 8, wide, 14)
                draw_line(painter, room, name, small_font(), Qt.AlignmentFlag.AlignHCenter)
                free = left + wide + 14

    def _draw_band(self, painter: QPainter, series: Series, theme: Theme) -> None:
        colour = theme.ink(series.colour, LINE_CONTRAST)
        colour.setAlphaF(BAND)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        for run in _runs(series, lambda spot: spot.low is not None and spot.high is not None):
            bounds = [(self._x(s.at), self._y(s.low or 0.0), self._y(s.high or 0.0)) for s in run]
            if len(bounds) == 1:
                # One moment alone has a band of the width of its marker.
                x, low, high = bounds[0]
                bounds = [(x - 5, low, high), (x + 5, low, high)]
            above = [QPointF(x, high) for x, _, high in bounds]
            below = [QPointF(x, low) for x, low, _ in reversed(bounds)]
            painter.drawPolygon(QPolygonF([*above, *below]))

    def _draw_series(self, painter: QPainter, number: int, series: Series, theme: Theme) -> None:
        pen = QPen(theme.ink(series.colour, LINE_CONTRAST), 2, DASHES[number % len(DASHES)])
        for run in _runs(series, lambda spot: spot.value is not None):
            painter.setPen(pen)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            places = [place for place in map(self.place, run) if place is not None]
            painter.drawPolyline(QPolygonF(places))
            for place in places:
                draw_marker(painter, number, place, series, theme)

    def _draw_names(self, painter: QPainter, theme: Theme) -> None:
        """Write each name where its line ends; lines that end together have theirs one below the other."""
        ends = [next((p for p in map(self.place, reversed(s.spots)) if p), None) for s in self.lines.series]
        wanted = [end.y() if end else self.area.bottom() for end in ends]
        placed = spread(wanted, STEP, self.area.top(), self.area.bottom())
        left = self.area.right() + 12
        for number, (series, y) in enumerate(zip(self.lines.series, placed, strict=True)):
            draw_marker(painter, number, QPointF(left + 5, y), series, theme)
            painter.setPen(theme.ink(series.colour))
            room = QRectF(left + KEY, y - 8, self._names + 1, 16)
            draw_line(painter, room, series.name, name_font(), Qt.AlignmentFlag.AlignLeft)

    def _draw_current(self, painter: QPainter, current: Key, theme: Theme) -> None:
        place = self.place(self.lines.series[current[0]].spots[current[1]])
        if place is not None:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(theme.accent), 2))
            painter.drawEllipse(place, 9, 9)


def name_font() -> QFont:
    return font_of(12)


def draw_marker(painter: QPainter, number: int, place: QPointF, series: Series, theme: Theme) -> None:
    """Draw the marker of a line: its form tells it from the others, not its colour alone."""
    painter.setPen(QPen(QColor(theme.surface), 1))
    painter.setBrush(theme.ink(series.colour, LINE_CONTRAST))
    form = FORMS[number % len(FORMS)]
    if form is None:
        painter.drawEllipse(place, 4.5, 4.5)
    else:
        painter.drawPolygon(QPolygonF([place + QPointF(x, y) for x, y in form]))


FORMS: tuple[tuple[tuple[float, float], ...] | None, ...] = (
    None,
    ((-4, -4), (4, -4), (4, 4), (-4, 4)),
    ((0, -5.5), (5.5, 4.5), (-5.5, 4.5)),
    ((0, -6), (5.5, 0), (0, 6), (-5.5, 0)),
    ((-5.5, -4.5), (5.5, -4.5), (0, 5.5)),
    (
        (-5, -2),
        (-2, -2),
        (-2, -5),
        (2, -5),
        (2, -2),
        (5, -2),
        (5, 2),
        (2, 2),
        (2, 5),
        (-2, 5),
        (-2, 2),
        (-5, 2),
    ),
)
"""Corners of the markers about their middle; None is a circle."""


def _runs(series: Series, has: Callable[[Spot], bool]) -> Iterator[list[Spot]]:
    """Yield the stretches of a line between its gaps."""
    run: list[Spot] = []
    for spot in series.spots:
        if has(spot):
            run.append(spot)
        elif run:
            yield run
            run = []
    if run:
        yield run
