"""How a thing that was changed on two machines is drawn in the list."""

from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QColor, QFont, QPainter, QPalette
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from annotator.ui import fonts
from annotator.ui.lists.lines import draw_words
from annotator.ui.models.forks import FORK_ROLE, Index, about
from annotator.ui.theme import Theme

ROW_HEIGHT = 62


class ForkDelegate(QStyledItemDelegate):
    """What it is, then where it is and who changed it."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme = theme

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        return QSize(200, ROW_HEIGHT)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        fork = index.data(FORK_ROLE)
        if fork is None:
            return
        painter.save()
        if option.state & QStyle.StateFlag.State_Selected:
            self._draw_ground(painter, option)
        muted = QPalette(option.palette).color(QPalette.ColorRole.PlaceholderText).name()
        room = QRect(option.rect).adjusted(12, 7, -10, -4)
        title, small = fonts.interface(weight=QFont.Weight.DemiBold), fonts.interface()
        title.setPixelSize(13)
        small.setPixelSize(12)
        bottom = draw_words(painter, fork.title, title, self.theme.text, room, 1)
        below = QRect(room.left(), bottom + 4, room.width(), room.bottom() - bottom)
        draw_words(painter, about(fork), small, muted, below, 1)
        painter.restore()

    def _draw_ground(self, painter: QPainter, option: QStyleOptionViewItem) -> None:
        """Tint the row that is shown, with a bar beside it while the list has the keyboard."""
        room = QRect(option.rect)
        painter.fillRect(room, QColor(self.theme.accent_soft))
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.fillRect(QRect(room.left(), room.top(), 3, room.height()), QColor(self.theme.accent))
