"""How entities and their mentions are painted in lists."""

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter

from annotator.model.records import Entity
from annotator.ui.lists.lines import draw_words
from annotator.ui.lists.painting import CardDelegate, Index, font_of
from annotator.ui.models.entities import ENTITY_ROLE, USES_ROLE
from annotator.ui.models.hits import FIND_ROLE, Find
from annotator.ui.spelling import date_in_words, quoted
from annotator.ui.theme import LINE_CONTRAST, Theme

NUMBER_WIDTH = 56


class EntityDelegate(CardDelegate):
    """A name, what is said of it, and at the right how many spans refer to it."""

    HEIGHT = 58

    def article_at(self, index: Index) -> str:
        entity = index.data(ENTITY_ROLE)
        return entity.id if entity else ""

    def draw(self, painter: QPainter, room: QRect, index: Index) -> None:
        entity: Entity | None = index.data(ENTITY_ROLE)
        if entity is None:
            return
        words = room.adjusted(0, 0, -NUMBER_WIDTH, 0)
        end = draw_words(painter, entity.name, self.title_font, self.theme.heading, words, 1)
        self._draw_number(painter, QRect(room.left(), room.top(), room.width(), end - room.top()), index)
        below = QRect(words.left(), end + 2, words.width(), 16)
        draw_words(painter, about(entity), self.small, self.theme.muted, below, 1)

    def _draw_number(self, painter: QPainter, line: QRect, index: Index) -> None:
        """Draw how many spans there are on the line of the name."""
        uses = index.data(USES_ROLE)
        painter.setFont(self.title_font)
        painter.setPen(QColor(self.theme.accent if uses else self.theme.muted))
        painter.drawText(line, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, f"{uses:,}")


class MentionDelegate(CardDelegate):
    """The words of a span, and below them its label, what it says of the entity, and its article."""

    HEIGHT = 56

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self.serif = font_of(15)
        self.serif.setFamilies(["Source Serif 4", "Noto Naskh Arabic"])

    def article_at(self, index: Index) -> str:
        find = index.data(FIND_ROLE)
        return find.annotation if find else ""

    def draw(self, painter: QPainter, room: QRect, index: Index) -> None:
        find: Find | None = index.data(FIND_ROLE)
        if find is None:
            return
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self.theme.ink(find.colour, LINE_CONTRAST))
        painter.drawRoundedRect(QRectF(room.left(), room.top(), 3, room.height()), 1.5, 1.5)
        words = room.adjusted(12, -2, 0, 0)
        end = draw_words(painter, quoted(find.snippet), self.serif, self.theme.text, words, 1)
        below = QRect(words.left(), end + 1, words.width(), 16)
        draw_words(painter, f"{find.about} · {find.title}", self.small, self.theme.muted, below, 1)


def about(entity: Entity) -> str:
    """Say in one line what is known of an entity."""
    values = (date_in_words(value) if name == "date" else value for name, value in entity.attributes.items())
    said = [value for value in values if isinstance(value, str) and value]
    return " · ".join(said) or entity.note.partition("\n")[0]
