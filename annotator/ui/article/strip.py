"""The slim strip beside the scroll bar that shows where spans lie in the whole article."""

from collections.abc import Callable, Iterable

from PySide6.QtCore import QPointF, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QPen, QPixmap, QResizeEvent
from PySide6.QtWidgets import QWidget

from annotator.model.span import Span
from annotator.ui.article.inks import Inks
from annotator.ui.article.marks import Mark
from annotator.ui.article.painter import diamond

WIDTH = 12
_TICK, _LEAST = 6, 2
"""Width of a span's mark and its least height, in pixels."""
_FLAG = 3.5
_LATER_MS = 40
"""The strip waits until the page is painted, which must not wait for it."""


class Strip(QWidget):
    """Draws one mark for each span; a click asks for that part of the article."""

    asked_for = Signal(float)
    """A share of the article's height, 0 to 1."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAccessibleName("Where spans lie in the article")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._picture: QPixmap | None = None
        self._marks: Iterable[Mark] = ()
        self._inks: Inks | None = None
        self._share: Callable[[int], float] = float
        self._special: list[tuple[Span, QColor]] = []
        self._flags: Iterable[Span] = ()
        self._later = QTimer(self, interval=_LATER_MS, singleShot=True)
        self._later.timeout.connect(self._redraw)

    def show_marks(self, marks: Iterable[Mark], inks: Inks, share: Callable[[int], float]) -> None:
        """Draw these spans soon; `share` tells how far down the article a code point is, 0 to 1."""
        self._marks, self._inks, self._share = marks, inks, share
        if next(iter(marks), None) is None:
            self._redraw()
        self._later.start()

    def _redraw(self) -> None:
        self._picture = self._drawn(self._inks) if self._inks else None
        self.update()

    def show_special(self, spans: list[tuple[Span, QColor]], flags: Iterable[Span] = ()) -> None:
        """Draw marks across the strip: what was found, the selected span; and a sign where a verdict is."""
        self._special, self._flags = spans, flags
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._later.start()
        super().resizeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._inks is None:
            return
        painter = QPainter(self)
        painter.fillRect(event.rect(), QColor(self._inks.theme.surface))
        if self._picture is None:
            self._picture = self._drawn(self._inks)
        painter.drawPixmap(0, 0, self._picture)
        for span, colour in self._special:
            painter.fillRect(self._tick(span, 1, WIDTH - 2), colour)
        self._paint_flags(painter)

    def _paint_flags(self, painter: QPainter) -> None:
        """Paint the sign of a verdict as the article has it, at the strip's edge."""
        if self._inks is None:
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(self._inks.theme.surface), 1))
        painter.setBrush(QColor(self._inks.theme.note_text))
        for span in self._flags:
            middle = self._tick(span, 0, 0).top() + _FLAG / 2
            painter.drawPolygon(diamond(QPointF(WIDTH - _FLAG, middle), _FLAG))

    def _drawn(self, inks: Inks) -> QPixmap:
        picture = QPixmap(self.size() * self.devicePixelRatio())
        picture.setDevicePixelRatio(self.devicePixelRatio())
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        painter.setOpacity(0.75)
        for mark in self._marks:
            ink = inks.on(mark.annotation)
            width = _TICK / 2 if ink.helper else _TICK
            for fragment in mark.fragments:
                painter.fillRect(self._tick(fragment, (WIDTH - width) / 2, width), ink.line)
        painter.end()
        return picture

    def _tick(self, span: Span, left: float, width: float) -> QRectF:
        top, bottom = (round(self._share(at) * self.height()) for at in (span.start, span.stop))
        return QRectF(left, top, width, max(_LEAST, bottom - top))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._ask(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._ask(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        event.accept()

    def _ask(self, event: QMouseEvent) -> None:
        self.asked_for.emit(min(1.0, max(0.0, event.position().y() / max(1, self.height()))))
