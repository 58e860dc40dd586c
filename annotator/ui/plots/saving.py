"""Pictures as files: SVG whose words are words, PNG for twice the screen's density; whole or not at all."""

import csv
import io
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QRectF, QSize
from PySide6.QtGui import QColor, QImage, QImageWriter, QPainter

from annotator.store.home import write_whole
from annotator.ui import fonts
from annotator.ui.plots.picture import Picture
from annotator.ui.theme import Theme

DENSITY = 2
SAFE = {ord(character): "-" for character in '<>:"/\\|?*'}


def svg(picture: Picture, theme: Theme) -> bytes:
    """Draw a picture as SVG; a viewer without the window's typeface takes another sans serif."""
    from PySide6.QtSvg import QSvgGenerator

    buffer, size = QBuffer(), picture.size()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    generator = QSvgGenerator()
    generator.setOutputDevice(buffer)
    generator.setTitle(picture.title)
    generator.setDescription("Drawn by Annotator")
    generator.setSize(size.toSize())
    generator.setViewBox(QRectF(0, 0, size.width(), size.height()))
    # Lengths are pixels of the web, of which 96 are an inch.
    generator.setResolution(96)
    _paint(QPainter(generator), picture, theme)
    face = f"{fonts.SANS},{fonts.NASKH}"
    return bytes(buffer.data().data()).replace(face.encode(), f"{face},sans-serif".encode())


def image(picture: Picture, theme: Theme, density: float = DENSITY) -> QImage:
    """Draw a picture for a dense screen or for print."""
    size = picture.size()
    drawn = QImage(
        QSize(round(size.width() * density), round(size.height() * density)), QImage.Format.Format_RGB32
    )
    drawn.setDevicePixelRatio(density)
    drawn.fill(QColor(theme.surface))
    _paint(QPainter(drawn), picture, theme)
    return drawn


def png(picture: Picture, theme: Theme) -> bytes:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, QByteArray(b"png")).write(image(picture, theme))
    return bytes(buffer.data().data())


def table(picture: Picture) -> bytes:
    """Return the values of a picture as CSV, in UTF-8 with a mark that spreadsheets know."""
    out = io.StringIO(newline="")
    csv.writer(out).writerows(picture.numbers())
    return out.getvalue().encode("utf-8-sig")


def tabbed(picture: Picture) -> str:
    """Return the values of a picture as spreadsheets take them from the clipboard."""
    return "\n".join("\t".join(" ".join(cell.split()) for cell in row) for row in picture.shown())


def save(picture: Picture, theme: Theme, out: Path) -> None:
    """Write a picture as the ending of its name says; raise OSError when it can't be."""
    suffix = out.suffix.lower()
    content = (
        table(picture)
        if suffix == ".csv"
        else png(picture, theme)
        if suffix == ".png"
        else svg(picture, theme)
    )
    write_whole(out, content)


def file_name(picture: Picture, suffix: str) -> str:
    """Propose a name that every system takes."""
    return f"{picture.title.translate(SAFE).strip()[:80]}{suffix}"


def _paint(painter: QPainter, picture: Picture, theme: Theme) -> None:
    painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing)
    size = picture.size()
    painter.fillRect(QRectF(0, 0, size.width(), size.height()), QColor(theme.surface))
    painter.save()
    picture.draw(painter, theme)
    painter.restore()
    painter.end()
