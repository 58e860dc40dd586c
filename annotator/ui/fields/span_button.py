"""A button that stands for a span: its words, and a line about it."""

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QKeyEvent, QPainter
from PySide6.QtWidgets import QSizePolicy, QWidget

from annotator.ui import fonts
from annotator.ui.fields.buttons import Look, PaintedButton
from annotator.ui.spelling import quoted
from annotator.ui.theme import LINE_CONTRAST, Theme


class SpanButton(PaintedButton):
    """The words of a span in the reading face, above a line in small type; a click goes there."""

    HEIGHT = 46
    LINE = 20

    def __init__(
        self, words: str, about: str, colour: str, theme: Theme, parent: QWidget | None = None
    ) -> None:
        super().__init__(quoted(words), theme, parent)
        self.about = about
        self.colour = colour
        self.setAccessibleName(f"{about}: {words}")
        self.setToolTip(words if len(words) > 30 else "")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def look(self) -> Look:
        fill = self.theme.hover if self.is_under_mouse() else "transparent"
        return Look(fill, "transparent", self.theme.text)

    def sizeHint(self) -> QSize:
        return QSize(120, self.HEIGHT)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
            return
        super().keyPressEvent(event)

    def _draw_words(self, painter: QPainter, look: Look) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self.theme.ink(self.colour, LINE_CONTRAST))
        painter.drawRoundedRect(QRectF(6, 8, 3, self.height() - 16), 1.5, 1.5)
        serif = fonts.reading()
        serif.setPixelSize(14)
        self._line(painter, 5, self.words, serif, look.ink)
        self._line(painter, 23, self.about, self._small(), self.theme.muted)

    def _line(self, painter: QPainter, top: int, words: str, font: QFont, ink: str) -> None:
        painter.setFont(font)
        painter.setPen(QColor(ink))
        room = QRect(16, top, self.width() - 22, self.LINE)
        fitting = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, fitting)

    def _small(self) -> QFont:
        font = QFont(self.font())
        font.setPixelSize(11)
        return font
