"""How the table of articles and annotators is painted."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from annotator.ui.fields.buttons import draw_focus
from annotator.ui.lists.painting import font_of
from annotator.ui.models.assignments import ROUND_ROLE, TITLE, Index
from annotator.ui.theme import Theme

ROW_HEIGHT = 32
BOX = 16


class AssignmentDelegate(QStyledItemDelegate):
    """A title, or a box with a tick where the article is given; beside it the round, if it has one."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme = theme
        self._plain, self._small = font_of(13, QFont.Weight.Medium), font_of(11)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(super().sizeHint(option, index).width(), ROW_HEIGHT)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect = QRectF(option.rect)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, QColor(self.theme.accent_soft))
        if index.column() == TITLE:
            self._draw_title(painter, rect, str(index.data()))
        else:
            self._draw_cell(painter, rect, index.data(ROUND_ROLE))
        if option.state & QStyle.StateFlag.State_HasFocus:
            draw_focus(painter, rect.adjusted(1, 1, -1, -1), 5, self.theme)
        painter.restore()

    def _draw_title(self, painter: QPainter, rect: QRectF, title: str) -> None:
        painter.setFont(self._plain)
        painter.setPen(QColor(self.theme.text))
        room = rect.adjusted(8, 0, -8, 0)
        fitting = painter.fontMetrics().elidedText(title, Qt.TextElideMode.ElideRight, int(room.width()))
        painter.drawText(room, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, fitting)

    def _draw_cell(self, painter: QPainter, rect: QRectF, a_round: str | None) -> None:
        box = QRectF(rect.left() + 10, rect.center().y() - BOX / 2, BOX, BOX)
        given = a_round is not None
        painter.setPen(QPen(QColor(self.theme.accent if given else self.theme.strong_border), 1))
        painter.setBrush(QColor(self.theme.accent if given else self.theme.surface))
        painter.drawRoundedRect(box, 5, 5)
        if given:
            painter.setPen(QPen(QColor(self.theme.on_accent), 2))
            middle = box.center()
            tick = [
                QPointF(middle.x() - 4, middle.y()),
                QPointF(middle.x() - 1, middle.y() + 3),
                QPointF(middle.x() + 4, middle.y() - 3.5),
            ]
            painter.drawPolyline(QPolygonF(tick))
        if a_round:
            self._draw_round(painter, rect.adjusted(10 + BOX + 8, 0, -6, 0), a_round)

    def _draw_round(self, painter: QPainter, room: QRectF, title: str) -> None:
        painter.setFont(self._small)
        painter.setPen(QColor(self.theme.muted))
        fitting = painter.fontMetrics().elidedText(title, Qt.TextElideMode.ElideRight, int(room.width()))
        painter.drawText(room, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, fitting)
