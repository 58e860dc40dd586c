"""Lines on the screen: arrows go from moment to moment and from line to line, the mouse points."""

from PySide6.QtCore import QRectF, QSize, QSizeF, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from annotator.ui.fields.buttons import draw_focus
from annotator.ui.plots.lines import Key, LinePicture
from annotator.ui.plots.series import Lines
from annotator.ui.theme import Theme

FILE_SIZE = QSizeF(900, 420)
"""Size of the picture in files, in device-independent pixels."""
HEIGHT = 380


class ChartView(QWidget):
    """A plot of lines as wide as its room."""

    walked = Signal(str)
    """The keyboard came to a spot; the sentence tells it."""
    left = Signal()

    def __init__(self, name: str, theme: Theme) -> None:
        super().__init__()
        self.lines = Lines("")
        self.current: Key | None = None
        self._theme = theme
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_lines(self, lines: Lines) -> None:
        """Show other lines; the keyboard stays where it was, if that is still there."""
        self.lines = lines
        spots = [(n, at) for n, series in enumerate(lines.series) for at, _ in enumerate(series.spots)]
        if self.current not in spots:
            self.current = next(iter(spots), None)
        self._tell()
        self.update()

    def picture(self) -> LinePicture:
        """Return the plot as it is saved."""
        return LinePicture(self.lines, FILE_SIZE)

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.update()

    def told(self) -> str:
        """Tell the spot where the keyboard is."""
        return self.lines.series[self.current[0]].spots[self.current[1]].told if self.current else ""

    def sizeHint(self) -> QSize:
        return QSize(700, HEIGHT)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._drawn().draw(painter, self._theme, self.current if self.hasFocus() else None)
        if self.hasFocus():
            draw_focus(painter, QRectF(self.rect()).adjusted(1, 1, -1, -1), 8, self._theme)

    def _drawn(self) -> LinePicture:
        return LinePicture(self.lines, QSizeF(self.size()), is_titled=False)

    def _tell(self) -> None:
        self.setAccessibleDescription(self.told())
        self.walked.emit(self.told())

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._tell()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        moves = {
            Qt.Key.Key_Left: (0, -1),
            Qt.Key.Key_Right: (0, 1),
            Qt.Key.Key_Up: (-1, 0),
            Qt.Key.Key_Down: (1, 0),
        }
        move = moves.get(Qt.Key(event.key()))
        if move and self.current:
            self._walk(*move)
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def _walk(self, lines: int, spots: int) -> None:
        assert self.current is not None
        line = min(max(self.current[0] + lines, 0), len(self.lines.series) - 1)
        at = min(max(self.current[1] + spots, 0), len(self.lines.series[line].spots) - 1)
        self.current = (line, at)
        self._tell()
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.DescriptionChanged))
        self.update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        key = self._drawn().near(event.position())
        told = self.lines.series[key[0]].spots[key[1]].told if key else ""
        QToolTip.showText(event.globalPosition().toPoint(), told, self)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        key = self._drawn().near(event.position())
        if key:
            self.current = key
            self._tell()
            self.update()
