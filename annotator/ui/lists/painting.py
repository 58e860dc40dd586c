"""How the rows of a list are painted: as cards, and finds with their passage."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPen, QTextCharFormat, QTextLayout
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from annotator.model.text import Utf16Offsets
from annotator.ui import fonts
from annotator.ui.fields.buttons import draw_focus
from annotator.ui.lists.lines import draw_words
from annotator.ui.models.hits import FIND_ROLE, Find
from annotator.ui.theme import LINE_CONTRAST, Theme

Index = QModelIndex | QPersistentModelIndex
CARD_HEIGHT = 82
SIDE, GAP = 11, 2


def font_of(pixels: int, weight: QFont.Weight = QFont.Weight.Normal) -> QFont:
    font = fonts.interface(weight=weight)
    font.setPixelSize(pixels)
    return font


class CardDelegate(QStyledItemDelegate):
    """A card: filled when it is the open article, ringed where the keyboard is."""

    HEIGHT = CARD_HEIGHT

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme = theme
        self.open_article = ""
        self.title_font = font_of(13, QFont.Weight.DemiBold)
        self.small = font_of(11)

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        return QSize(100, self.HEIGHT)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect = QRect(option.rect)
        card = QRectF(rect).adjusted(0.5, GAP + 0.5, -0.5, -GAP - 0.5)
        self._draw_card(painter, card, option, index)
        self.draw(painter, rect.adjusted(SIDE, GAP + 9, -SIDE, -GAP - 9), index)
        painter.restore()

    def draw(self, painter: QPainter, room: QRect, index: Index) -> None:
        """Draw what is on the card."""
        raise NotImplementedError  # Abstract; Qt's metaclass leaves no room for ABC.

    def article_at(self, index: Index) -> str:
        raise NotImplementedError  # Abstract; Qt's metaclass leaves no room for ABC.

    def _draw_card(self, painter: QPainter, card: QRectF, option: QStyleOptionViewItem, index: Index) -> None:
        state, theme = option.state, self.theme
        is_open = self.article_at(index) == self.open_article
        fill = theme.surface if is_open else theme.hover if state & QStyle.StateFlag.State_MouseOver else ""
        if fill:
            painter.setPen(QPen(QColor(theme.border if is_open else fill), 1))
            painter.setBrush(QColor(fill))
            painter.drawRoundedRect(card, 8, 8)
        if state & QStyle.StateFlag.State_HasFocus:
            draw_focus(painter, card, 8, theme)


class FindDelegate(CardDelegate):
    """Title, and below it the passage with the find marked."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self.serif = fonts.reading()
        self.serif.setPixelSize(14)

    def article_at(self, index: Index) -> str:
        find = index.data(FIND_ROLE)
        return find.article if find else ""

    def draw(self, painter: QPainter, room: QRect, index: Index) -> None:
        find: Find | None = index.data(FIND_ROLE)
        if find is None:
            return
        painter.setFont(self.title_font)
        painter.setPen(QColor(self.theme.heading))
        line = QRect(room.left(), room.top(), room.width(), 18)
        fitting = painter.fontMetrics().elidedText(find.title, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(line, Qt.AlignmentFlag.AlignVCenter, fitting)
        left = 9 if find.colour else 0
        below = room.adjusted(left, 21, 0, 0)
        if find.colour:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self.theme.ink(find.colour, LINE_CONTRAST))
            painter.drawRoundedRect(QRectF(room.left(), below.top() + 3, 3, 34), 1.5, 1.5)
        lines = 1 if find.about else 2
        end = draw_words(painter, find.snippet, self.serif, self.theme.text, below, lines, self._marks(find))
        painter.setFont(self.small)
        painter.setPen(QColor(self.theme.muted))
        painter.drawText(
            QRect(below.left(), end, below.width(), 16), Qt.AlignmentFlag.AlignVCenter, find.about
        )

    def _marks(self, find: Find) -> list[QTextLayout.FormatRange]:
        """Mark the find in its snippet; Qt counts in UTF-16 units."""
        if find.marked is None:
            return []
        offsets = Utf16Offsets(find.snippet)
        mark = QTextLayout.FormatRange()
        mark.start = offsets.to_utf16(find.marked.start)
        mark.length = offsets.to_utf16(find.marked.stop) - mark.start
        look = QTextCharFormat()
        look.setBackground(QColor(self.theme.match))
        mark.format = look
        return [mark]
