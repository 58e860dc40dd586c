"""How tinted cells and their heads are painted: the one way for screen and files."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen

from annotator.ui.fields.buttons import draw_focus
from annotator.ui.lists.painting import font_of
from annotator.ui.plots.grid import Cell, Head
from annotator.ui.theme import LINE_CONTRAST, Theme

GAP, RADIUS = 2.0, 5.0
STRONGEST = 0.46
"""How much of the accent lies in a cell of the greatest value, 0 to 1; words on it keep 4.5:1."""
SWATCH = 16.0
VALUE, LINE = 18.0, 14.0
"""Heights of the line of the value and of a small one, in device-independent pixels."""
REASON_LINES, REASON_WIDTH = 2, 80.0


def value_font(cell: Cell) -> QFont:
    return font_of(13, QFont.Weight.Normal if cell.is_faint else QFont.Weight.DemiBold)


def small_font() -> QFont:
    return font_of(11)


def head_font(head: Head) -> QFont:
    return font_of(12, QFont.Weight.DemiBold if head.is_strong else QFont.Weight.Normal)


def tint(theme: Theme, share: float) -> QColor:
    """Return the ground of a cell: the surface with more of the accent, the greater its share."""
    part = STRONGEST * min(max(share, 0.0), 1.0)
    surface, accent = QColor(theme.surface), QColor(theme.accent)
    return QColor.fromRgbF(
        surface.redF() + (accent.redF() - surface.redF()) * part,
        surface.greenF() + (accent.greenF() - surface.greenF()) * part,
        surface.blueF() + (accent.blueF() - surface.blueF()) * part,
    )


def draw_cell(
    painter: QPainter,
    room: QRectF,
    cell: Cell,
    theme: Theme,
    *,
    is_current: bool = False,
    is_hot: bool = False,
) -> None:
    """Draw a value on its ground, with small lines beneath it; ringed where the keyboard is."""
    box = room.adjusted(GAP, GAP, -GAP, -GAP)
    edge = QColor(theme.accent if is_hot else theme.border)
    has_value = cell.share is not None
    painter.setPen(QPen(edge, 1, Qt.PenStyle.SolidLine if has_value else Qt.PenStyle.DashLine))
    painter.setBrush(tint(theme, cell.share) if cell.share is not None else Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), RADIUS, RADIUS)
    if is_current:
        draw_focus(painter, box, RADIUS, theme)
    _draw_lines(painter, box.adjusted(4, 0, -4, 0), cell, theme)


def _draw_lines(painter: QPainter, room: QRectF, cell: Cell, theme: Theme) -> None:
    middle = Qt.AlignmentFlag.AlignHCenter
    top = room.center().y() - (VALUE + LINE * lines_below(cell)) / 2
    is_faint = cell.is_faint or cell.share is None
    painter.setPen(QColor(theme.muted if is_faint else theme.text))
    draw_line(painter, QRectF(room.left(), top, room.width(), VALUE), cell.words, value_font(cell), middle)
    for number, words in enumerate(_below(cell, room.width())):
        line = QRectF(room.left(), top + VALUE + LINE * number, room.width(), LINE)
        draw_line(painter, line, words, small_font(), middle)


def lines_below(cell: Cell) -> int:
    """Say how many small lines a cell has room for beneath its value."""
    return REASON_LINES if cell.reason else len(cell.below)


def _below(cell: Cell, width: float) -> Sequence[str]:
    """Return the small lines; a reason is set in as many as there are for it."""
    if not cell.reason:
        return cell.below
    return _set_in_lines(cell.reason, QFontMetricsF(small_font()), width)


def _set_in_lines(words: str, metrics: QFontMetricsF, width: float) -> list[str]:
    """Set a reason in lines; what the last one has no room for is cut when it is drawn."""
    lines = [""]
    for word in words.split():
        longer = f"{lines[-1]} {word}".lstrip()
        if metrics.horizontalAdvance(longer) <= width or len(lines) == REASON_LINES or not lines[-1]:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def draw_line(painter: QPainter, room: QRectF, words: str, font: QFont, side: Qt.AlignmentFlag) -> None:
    """Draw one line of words, cut where they don't fit."""
    painter.setFont(font)
    fitting = QFontMetricsF(font).elidedText(words, Qt.TextElideMode.ElideRight, room.width())
    painter.drawText(room, side | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine, fitting)


def draw_column(painter: QPainter, room: QRectF, head: Head, theme: Theme) -> None:
    """Draw what stands above a column, line for line, at the foot of its room."""
    lines = head.words.split("\n")
    painter.setPen(QColor(theme.heading if head.is_strong else theme.muted))
    top = room.bottom() - 3 - LINE * len(lines)
    for words in lines:
        line = QRectF(room.left() + 3, top, room.width() - 6, LINE)
        draw_line(painter, line, words, head_font(head), Qt.AlignmentFlag.AlignHCenter)
        top += LINE


def draw_row(painter: QPainter, room: QRectF, head: Head, theme: Theme) -> None:
    """Draw what stands at a row, a label with its colour; a second line is small."""
    left = room.left()
    if head.colour:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.ink(head.colour, LINE_CONTRAST))
        painter.drawRoundedRect(QRectF(left, room.center().y() - 4.5, 9, 9), 2.5, 2.5)
        left += SWATCH
    words, _, more = head.words.partition("\n")
    line = QRectF(left, room.top(), room.right() - 8 - left, room.height())
    if more:
        line = QRectF(line.left(), room.center().y() - LINE - 1, line.width(), LINE)
        painter.setPen(QColor(theme.muted))
        below = line.translated(0, LINE + 1)
        draw_line(painter, below, more, small_font(), Qt.AlignmentFlag.AlignLeft)
    painter.setPen(QColor(theme.heading if head.is_strong else theme.text))
    draw_line(painter, line, words, head_font(head), Qt.AlignmentFlag.AlignLeft)


def row_width(head: Head) -> float:
    """Return the width that a row's head would like."""
    metrics = QFontMetricsF(head_font(head))
    widest = max(metrics.horizontalAdvance(line) for line in head.words.split("\n"))
    return widest + (SWATCH if head.colour else 0) + 14


def column_width(head: Head) -> float:
    """Return the width that a column's head would like."""
    metrics = QFontMetricsF(head_font(head))
    return max(metrics.horizontalAdvance(line) for line in head.words.split("\n")) + 12


def cell_width(cell: Cell) -> float:
    """Return the width that a cell's value and figures would like; reasons are cut where need be."""
    if cell.reason:
        return REASON_WIDTH
    value = QFontMetricsF(value_font(cell)).horizontalAdvance(cell.words)
    small = QFontMetricsF(small_font())
    return max([value, *(small.horizontalAdvance(words) for words in cell.below)]) + 2 * GAP + 12
