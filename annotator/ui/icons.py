"""Icons in the colours of the theme, sharp at any resolution."""

from functools import lru_cache

from PySide6.QtCore import QBuffer, QByteArray, QEvent, QSize, Qt
from PySide6.QtGui import QColor, QGuiApplication, QIcon, QImageReader, QPalette, QPixmap
from PySide6.QtWidgets import QToolButton, QWidget

from annotator.resources import path

SIZE = 20
"""Side of an icon in device-independent pixels."""


@lru_cache(maxsize=64)
def _drawing(name: str) -> str:
    return path("icons", f"{name}.svg").read_text(encoding="utf-8")


def pixmap(name: str, colour: QColor, size: int = SIZE, ratio: float = 1.0) -> QPixmap:
    """Draw an icon in one colour, `size` device-independent pixels wide."""
    drawing = _drawing(name).replace("<path ", f'<path fill="{colour.name()}" ', 1)
    buffer = QBuffer()
    buffer.setData(QByteArray(drawing.encode()))
    reader = QImageReader(buffer, QByteArray(b"svg"))
    side = round(size * ratio)
    reader.setScaledSize(QSize(side, side))
    drawn = QPixmap.fromImage(reader.read())
    drawn.setDevicePixelRatio(ratio)
    return drawn


def icon(name: str, colour: QColor, faint: QColor | None = None, size: int = SIZE) -> QIcon:
    """Make an icon for the screens there are; `faint` is its colour when disabled."""
    ratios = {screen.devicePixelRatio() for screen in QGuiApplication.screens()}
    return _icon(name, colour.rgb(), faint.rgb() if faint else None, size, tuple(sorted(ratios)))


@lru_cache(maxsize=256)
def _icon(name: str, colour: int, faint: int | None, size: int, ratios: tuple[float, ...]) -> QIcon:
    made = QIcon()
    for ratio in ratios:
        made.addPixmap(pixmap(name, QColor(colour), size, ratio))
        if faint is not None:
            made.addPixmap(pixmap(name, QColor(faint), size, ratio), QIcon.Mode.Disabled)
    return made


class IconButton(QToolButton):
    """A flat button that shows an icon in the colour of the text; its words are read aloud and hinted."""

    def __init__(self, name: str, words: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = name
        self.setAccessibleName(words)
        self.setToolTip(words)
        self.setAutoRaise(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setIconSize(QSize(SIZE, SIZE))
        self._draw()

    def changeEvent(self, event: QEvent) -> None:
        """Take on the colours of another theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._draw()

    def _draw(self) -> None:
        colours = self.palette()
        faint = colours.color(QPalette.ColorGroup.Disabled, QPalette.ColorRole.ButtonText)
        self.setIcon(icon(self._name, colours.color(QPalette.ColorRole.ButtonText), faint))
