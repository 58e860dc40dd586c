"""Chips for annotators and labels: a name on its colour, for annotators with a piece of their line."""

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from annotator.ui.article.inks import Ink
from annotator.ui.article.voices import Voice
from annotator.ui.fields.buttons import Look, PaintedButton
from annotator.ui.theme import TEXT_CONTRAST, Theme

HEIGHT = 24
SIDE = 9
SAMPLE, AFTER = 16, 6
"""Width of the piece of line, and of the room behind it, in pixels."""
WIDEST = 170
ON_WASH = TEXT_CONTRAST * 1.3
"""Contrast of words with the plain surface, so that enough is left on the tinted one."""


class Tag(QWidget):
    """A name on its colour; words alone say what it is, too."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme = theme
        self.words = ""
        self._colour = ""
        self._ink: Ink | None = None
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_label(self, title: str, colour: str, differs: bool = False) -> None:
        """Show a label, with a sign when the annotators chose different ones."""
        self._show(f"≠ {title}" if differs else title, colour, None)
        self.setAccessibleName(f"{title}, labels differ" if differs else title)

    def show_voice(self, voice: Voice) -> None:
        """Show an annotator with a piece of the line that their spans have in the text."""
        self._show(voice.name, voice.colour, voice.ink(self.theme))
        self.setAccessibleName(voice.name)

    def _show(self, words: str, colour: str, ink: Ink | None) -> None:
        self.words, self._colour, self._ink = words, colour, ink
        self.setToolTip(words)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        wide = QFontMetricsF(_font(self)).horizontalAdvance(self.words) + 2 * SIDE + 1
        return QSize(round(min(wide + (SAMPLE + AFTER if self._ink else 0), WIDEST)), HEIGHT)

    def paintEvent(self, _event: QPaintEvent) -> None:
        if not self._colour:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self.theme.wash(self._colour, 0.13))
        painter.drawRoundedRect(QRectF(self.rect()), 7, 7)
        room = self.rect().adjusted(SIDE, 0, -SIDE, 0)
        if self._ink:
            draw_sample(painter, self._ink, room)
            room.adjust(SAMPLE + AFTER, 0, 0, 0)
        painter.setFont(_font(self))
        painter.setPen(self.theme.ink(self._colour, ON_WASH))
        fitting = painter.fontMetrics().elidedText(self.words, Qt.TextElideMode.ElideRight, room.width() + 1)
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, fitting)


class VoiceChip(PaintedButton):
    """An annotator in the legend: a click takes them out of the comparison or back in."""

    HEIGHT = 24
    RADIUS = 7.0
    SIDE = 9

    def __init__(self, voice: Voice, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(voice.name, theme, parent)
        self.voice = voice
        self.setCheckable(True)
        self.setAccessibleDescription(f"Compared: {voice.initial}")
        self.setToolTip(f"Compare {voice.name}, or leave their work out")

    def nextCheckState(self) -> None:
        """Leave it to the page to say who is compared."""

    def look(self) -> Look:
        theme, colour = self.theme, self.voice.colour
        if not self.isChecked():
            fill = theme.hover if self.is_under_mouse() else theme.surface
            return Look(fill, theme.strong_border, theme.muted)
        wash = theme.wash(colour, 0.22 if self.is_under_mouse() else 0.13)
        return Look(wash.name(wash.NameFormat.HexArgb), "transparent", theme.ink(colour, ON_WASH).name())

    def words_room(self) -> QRect:
        return self.rect().adjusted(self.SIDE + SAMPLE + AFTER, 0, -self.SIDE, 0)

    def sizeHint(self) -> QSize:
        wide = super().sizeHint().width() + SAMPLE + AFTER
        return QSize(min(wide, WIDEST), self.HEIGHT)

    def _draw_words(self, painter: QPainter, look: Look) -> None:
        super()._draw_words(painter, look)
        if self.isChecked():
            draw_sample(painter, self.voice.ink(self.theme), self.rect().adjusted(self.SIDE, 0, 0, 0))
        else:
            painter.setPen(QColor(look.ink))
            middle = self.rect().center().y() + 1
            painter.drawEllipse(QPointF(self.SIDE + SAMPLE / 2, middle), 4, 4)

    def _font(self) -> QFont:
        return _font(self)


def draw_sample(painter: QPainter, ink: Ink, room: QRect) -> None:
    """Draw a piece of an annotator's line at the left of a room."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    painter.setPen(ink.pen(2.0))
    middle = room.center().y() + 1
    painter.drawLine(room.left(), middle, room.left() + SAMPLE, middle)
    painter.restore()


def _font(widget: QWidget) -> QFont:
    font = QFont(widget.font())
    font.setPixelSize(12)
    font.setWeight(QFont.Weight.DemiBold)
    return font
