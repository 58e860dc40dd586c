"""Words set in a few lines, in either direction, elided where they don't fit."""

import unicodedata
from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRect, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QTextLayout, QTextOption

from annotator.model.text import Utf16Offsets

NEW_LINE = "\u2028"


def draw_words(
    painter: QPainter,
    words: str,
    font: QFont,
    ink: str,
    room: QRect,
    lines: int,
    marks: Sequence[QTextLayout.FormatRange] = (),
) -> int:
    """Draw words in at most so many lines and return where they end."""
    layout, height = _laid_out(fitted(words, font, room.width(), lines), font, room.width(), lines)
    painter.setPen(QColor(ink))
    layout.draw(painter, QPointF(room.topLeft()), list(marks))
    return round(room.top() + height)


def fitted(words: str, font: QFont, width: int, lines: int) -> str:
    """Return the words as they fit into so many lines, the last one elided."""
    layout, _ = _laid_out(words, font, width, lines)
    last = layout.lineAt(layout.lineCount() - 1)
    offsets = Utf16Offsets(words)
    if offsets.from_utf16(last.textStart() + last.textLength()) >= len(words):
        return words
    cut = offsets.from_utf16(last.textStart())
    rest = QFontMetricsF(font).elidedText(words[cut:], Qt.TextElideMode.ElideRight, width)
    return f"{words[:cut].removesuffix(' ')}{NEW_LINE}{rest}" if cut else rest


def is_right_to_left(words: str) -> bool:
    """Say which way words run: as their first letter does."""
    kinds = (unicodedata.bidirectional(character) for character in words)
    return next((kind != "L" for kind in kinds if kind in ("L", "R", "AL")), False)


def _laid_out(words: str, font: QFont, width: int, lines: int) -> tuple[QTextLayout, float]:
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    if is_right_to_left(words):
        option.setTextDirection(Qt.LayoutDirection.RightToLeft)
        option.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignAbsolute)
    layout = QTextLayout(words, font)
    layout.setTextOption(option)
    height = 0.0
    layout.beginLayout()
    for _ in range(lines):
        line = layout.createLine()
        if not line.isValid():
            break
        line.setLineWidth(width)
        line.setPosition(QPointF(0, height))
        height += line.height()
    layout.endLayout()
    return layout, height
