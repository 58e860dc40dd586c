"""How an article that an import will bring is drawn."""

from pathlib import Path

from PySide6.QtCore import QObject, QRect, QSize
from PySide6.QtGui import QFont, QPainter, QPalette
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from annotator.services.looking import Preview
from annotator.ui import fonts
from annotator.ui.lists.lines import draw_words
from annotator.ui.models.previews import PREVIEW_ROLE, Index
from annotator.ui.spelling import counted, date_in_words

ROW_HEIGHT = 84
LOW_ROW_HEIGHT = 44
"""Of a row without first lines."""

SHOWN = 400
"""Code points of an article from which its first lines are drawn."""


class PreviewDelegate(QStyledItemDelegate):
    """Title, where it is from, and first lines: unless the text has no more than its title.

    Where it is brief, only an article without a title has them.
    """

    def __init__(self, parent: QObject, *, is_brief: bool) -> None:
        super().__init__(parent)
        self.is_brief = is_brief

    def is_low(self, shown: Preview) -> bool:
        """Say whether an article has no first lines to show; most texts are long, and cost little to tell."""
        if self.is_brief and shown.article.title:
            return True
        return len(shown.text) <= SHOWN and not _beginning(shown)

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(200, LOW_ROW_HEIGHT if self.is_low(index.data(PREVIEW_ROLE)) else ROW_HEIGHT)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        shown: Preview | None = index.data(PREVIEW_ROLE)
        if shown is None:
            return
        painter.save()
        colours = QPalette(option.palette)
        text = colours.color(QPalette.ColorRole.Text).name()
        muted = colours.color(QPalette.ColorRole.PlaceholderText).name()
        room = QRect(option.rect).adjusted(6, 6, -6, -4)
        title = fonts.interface(weight=QFont.Weight.DemiBold)
        small, serif = fonts.interface(), fonts.reading()
        for font, pixels in ((title, 13), (small, 11), (serif, 14)):
            font.setPixelSize(pixels)
        bottom = draw_words(painter, _title(shown), title, text, room, 1)
        bottom = draw_words(painter, _about(shown), small, muted, _below(room, bottom + 1), 1)
        if not self.is_low(shown):
            draw_words(painter, _beginning(shown), serif, text, _below(room, bottom + 2), 2)
        painter.restore()


def _below(room: QRect, top: int) -> QRect:
    return QRect(room.left(), top, room.width(), room.bottom() - top)


def _title(shown: Preview) -> str:
    return " ".join(shown.article.title.split()) or "Untitled"


def _about(shown: Preview) -> str:
    spans = counted(shown.annotations, "span") if shown.annotations else ""
    parts = (shown.article.outlet, date_in_words(shown.article.published), spans, Path(shown.file).name)
    return " · ".join(part for part in parts if part)


def _beginning(shown: Preview) -> str:
    """Return the first words of the text, without the title they may begin with."""
    flat = " ".join(shown.text[:SHOWN].split())
    return flat.removeprefix(" ".join(shown.article.title.split())).lstrip()
