"""Buttons painted from the theme: chips, segments of a choice, labels with their keys."""

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from annotator.ui.theme import Theme


@dataclass(frozen=True, slots=True)
class Look:
    """The colours of one button in one state, as Qt names them."""

    fill: str
    stroke: str
    ink: str


class PaintedButton(QAbstractButton):
    """A button with rounded ends that is drawn from the theme; subclasses say in which colours."""

    HEIGHT = 26
    SIDE = 10
    PIXELS = 12
    RADIUS = 7.0

    def __init__(self, words: str, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self.words = words
        self.setAccessibleName(words)
        self.setProperty("piece", words)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    def set_theme(self, theme: Theme) -> None:
        self.theme = theme
        self.update()

    def set_words(self, words: str) -> None:
        if words != self.words:
            self.words = words
            self.setAccessibleName(words)
            self.updateGeometry()
            self.update()

    def words_room(self) -> QRect:
        """Say where the words go, centred."""
        return self.rect().adjusted(4, 0, -4, 0)

    def is_under_mouse(self) -> bool:
        return self.underMouse() and self.isEnabled()

    def look(self) -> Look:
        """Choose the colours for the state the button is in."""
        raise NotImplementedError  # Abstract; Qt's metaclass leaves no room for ABC.

    def sizeHint(self) -> QSize:
        width = QFontMetricsF(self._font()).horizontalAdvance(self.words)
        return QSize(round(width + 0.5) + 2 * self.SIDE, self.HEIGHT)

    def minimumSizeHint(self) -> QSize:
        return QSize(2 * self.SIDE, self.HEIGHT)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        look = self.look()
        self._draw_shape(painter, look)
        self._draw_words(painter, look)

    def _draw_shape(self, painter: QPainter, look: Look) -> None:
        painter.setPen(QPen(QColor(look.stroke), 1))
        painter.setBrush(QColor(look.fill))
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.drawRoundedRect(box, self.RADIUS, self.RADIUS)
        if self.hasFocus():
            draw_focus(painter, box, self.RADIUS, self.theme)

    def _draw_words(self, painter: QPainter, look: Look) -> None:
        painter.setFont(self._font())
        painter.setPen(QColor(look.ink))
        room = self.words_room()
        fitting = painter.fontMetrics().elidedText(self.words, Qt.TextElideMode.ElideRight, room.width() + 1)
        painter.drawText(room, Qt.AlignmentFlag.AlignCenter, fitting)

    def _font(self) -> QFont:
        font = QFont(self.font())
        font.setPixelSize(self.PIXELS)
        font.setWeight(QFont.Weight.Medium)
        return font


def draw_focus(painter: QPainter, box: QRectF, radius: float, theme: Theme) -> None:
    """Draw the ring that shows where the keyboard is."""
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(QColor(theme.accent), 2))
    painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), radius - 0.5, radius - 0.5)


class TickedButton(PaintedButton):
    """A button that is on or off; when on, a tick stands before its words, in room that is kept for it."""

    SIDE = 13
    TICK = 11

    def __init__(self, words: str, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(words, theme, parent)
        self.setCheckable(True)

    def ticked_look(self) -> Look:
        return Look(self.theme.accent_soft, self.theme.accent, self.theme.accent)

    def words_room(self) -> QRect:
        return super().words_room().adjusted(self.TICK if self.isChecked() else 0, 0, 0, 0)

    def _draw_words(self, painter: QPainter, look: Look) -> None:
        super()._draw_words(painter, look)
        if self.isChecked():
            room = QRectF(self.words_room())
            wide = min(room.width(), QFontMetricsF(painter.font()).horizontalAdvance(self.words))
            self._draw_tick(painter, room.center().x() - wide / 2 - self.TICK, room.center().y(), look)

    def _draw_tick(self, painter: QPainter, left: float, middle: float, look: Look) -> None:
        painter.setPen(QPen(QColor(look.ink), 1.6))
        points = [QPointF(left, middle), QPointF(left + 2.6, middle + 2.8), QPointF(left + 7.4, middle - 3)]
        painter.drawPolyline(QPolygonF(points))


class Chip(TickedButton):
    """A small pill that is on or off."""

    HEIGHT = 24
    RADIUS = 12.0

    def look(self) -> Look:
        theme = self.theme
        if self.isChecked():
            return self.ticked_look()
        if not self.isEnabled():
            return Look("transparent", "transparent", theme.muted)
        fill = theme.hover if self.is_under_mouse() else theme.surface
        return Look(fill, theme.strong_border, theme.text)
