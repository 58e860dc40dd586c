"""How the table of annotators is painted."""

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPainterPath
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from annotator.model.records import ArticleState
from annotator.services.standing import Standing
from annotator.ui.lists.painting import font_of
from annotator.ui.models.standings import LABEL_ROLE, NAME, SHARE, STANDING_ROLE, STATE_ROLE, Index
from annotator.ui.theme import LINE_CONTRAST, Theme

ROW_HEIGHT = 40
BAR_WIDTH = 110
ROOM = {NAME: 40, SHARE: BAR_WIDTH + 40}
"""Pixels beside the words of a cell."""


class StandingDelegate(QStyledItemDelegate):
    """Cells of the table: a bar for the share that is done, numbers, states and labels with their colour."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme = theme
        self._plain, self._strong = font_of(13), font_of(13, QFont.Weight.DemiBold)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(super().sizeHint(option, index).width() + ROOM.get(index.column(), 30), ROW_HEIGHT)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect = QRect(option.rect)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, QColor(self.theme.accent_soft))
        room = rect.adjusted(8, 0, -8, 0)
        if index.column() == SHARE:
            self._draw_share(painter, index.data(STANDING_ROLE), room)
            room.setLeft(room.left() + BAR_WIDTH + 12)
        self._draw_cell(painter, room, index)
        painter.restore()

    def _draw_cell(self, painter: QPainter, room: QRect, index: Index) -> None:
        shown = str(index.data())
        painter.setFont(self._strong if index.column() == NAME else self._plain)
        painter.setPen(QColor(self.theme.muted if shown == "0" else self.theme.text))
        painter.drawText(room, index.data(Qt.ItemDataRole.TextAlignmentRole), shown)
        colour = self._colour(index)
        if colour and shown != "0":
            left = room.right() - painter.fontMetrics().horizontalAdvance(shown) - 14
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour)
            painter.drawRoundedRect(QRectF(left, room.center().y() - 3, 8, 8), 2.5, 2.5)

    def _colour(self, index: Index) -> QColor | None:
        label, state = index.data(LABEL_ROLE), index.data(STATE_ROLE)
        if label:
            return self.theme.ink(label.colour, LINE_CONTRAST)
        return QColor(self._colours()[state]) if state in self._colours() else None

    def _colours(self) -> dict[ArticleState, str]:
        return {"done": self.theme.good, "skipped": self.theme.muted, "reading": self._paler(0.5)}

    def _paler(self, share: float) -> str:
        """Return the colour of what is begun: paler than what is done."""
        accent = QColor(self.theme.accent)
        accent.setAlphaF(share)
        return accent.name(QColor.NameFormat.HexArgb)

    def _draw_share(self, painter: QPainter, standing: Standing, room: QRect) -> None:
        """Draw done, skipped and, hardly to be seen, reading as one bar."""
        bar = QRectF(room.left(), room.center().y() - 3, BAR_WIDTH, 7)
        shape = QPainterPath()
        shape.addRoundedRect(bar, 3.5, 3.5)
        painter.save()
        painter.setClipPath(shape)
        painter.fillRect(bar, QColor(self.theme.faint))
        left = bar.left()
        for state, colour in (self._colours() | {"reading": self._paler(0.3)}).items():
            wide = bar.width() * standing.states[state] / max(standing.articles, 1)
            painter.fillRect(QRectF(left, bar.top(), wide, bar.height()), QColor(colour))
            left += wide
        painter.restore()
