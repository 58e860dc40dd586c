"""A panel over the window, for what is looked at and left again: palette, key sheet, guide."""

from PySide6.QtCore import QEvent, QObject, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QFrame, QWidget

SHADE = QColor(10, 14, 24, 70)
MARGIN = 24


class Overlay(QWidget):
    """Shades the window and shows a panel on it; Esc or a click beside the panel leaves it."""

    left = Signal()

    def __init__(self, window: QWidget, name: str, wanted: QSize) -> None:
        super().__init__(window)
        self.setAccessibleName(name)
        self.wanted = wanted
        self._window = window
        self.panel = QFrame(self)
        self.panel.setProperty("part", "overlay")
        self.panel.setAccessibleName(name)
        self._before: QWidget | None = None
        window.installEventFilter(self)
        self.hide()

    def open(self) -> None:
        """Show the panel and take the focus, which goes back to where it was."""
        if not self.isVisible():
            self._before = QApplication.focusWidget()
        self._fit()
        self.show()
        self.raise_()
        self.first().setFocus(Qt.FocusReason.PopupFocusReason)

    def leave(self) -> None:
        """Hide the panel and give the focus back."""
        if self.isHidden():
            return
        self.hide()
        before, self._before = self._before, None
        if before is not None and before.isVisible():
            before.setFocus(Qt.FocusReason.PopupFocusReason)
        self.left.emit()

    def first(self) -> QWidget:
        """Return the widget that takes the focus."""
        return self.panel

    def place(self, room: QSize) -> QRect:
        """Say where the panel goes in a window of this size: the middle, as large as wanted and possible."""
        size = self.wanted.boundedTo(room - QSize(2 * MARGIN, 2 * MARGIN))
        return QRect(
            (room.width() - size.width()) // 2, (room.height() - size.height()) // 2, *size.toTuple()
        )

    def _fit(self) -> None:
        self.setGeometry(self._window.rect())
        self.panel.setGeometry(self.place(self.size()))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self._fit()
        return super().eventFilter(watched, event)

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Keep Tab inside the panel."""
        stops = [w for w in self.panel.findChildren(QWidget) if _takes_tab(w)]
        here = QApplication.focusWidget()
        if not stops:
            return True
        at = stops.index(here) if here in stops else -1
        stops[(at + (1 if forward else -1)) % len(stops)].setFocus(Qt.FocusReason.TabFocusReason)
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
        # Nothing typed here may reach the article beneath.
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if not self.panel.geometry().contains(event.position().toPoint()):
            self.leave()
        event.accept()

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(event.rect(), SHADE)


def _takes_tab(widget: QWidget) -> bool:
    return (
        widget.isVisible()
        and widget.isEnabled()
        and bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)
        and widget.focusProxy() is None
    )
