"""The article's title above a text that doesn't begin with it: painted, never part of the text."""

from dataclasses import dataclass

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter

from annotator.model.records import Article
from annotator.ui import fonts
from annotator.ui.article.document import Head, Setting
from annotator.ui.article.places import Places
from annotator.ui.spelling import date_in_words
from annotator.ui.theme import Theme

_WRAPPED = int(Qt.TextFlag.TextWordWrap)
_TALL = 10_000


@dataclass(frozen=True)
class Heading:
    """Title, and outlet with date below it; both may be empty."""

    title: str
    source: str
    title_font: QFont
    source_font: QFont
    space: float

    @classmethod
    def of(cls, article: Article | None, places: Places, setting: Setting) -> "Heading":
        """Say what stands above a text: nothing when the text itself begins with the title."""
        shown = article if article and not Head.of(article, places) else None
        title = shown.title if shown else ""
        source = " · ".join(filter(None, (shown.outlet, date_in_words(shown.published)))) if shown else ""
        return cls(
            title,
            source,
            setting.title_font,
            fonts.interface(setting.font.pointSizeF() * 0.75),
            setting.blank,
        )

    def height(self, width: float) -> float:
        """Return what it takes in a column of this width, with the space below."""
        rows = [self._row(text, font, width) for text, font in self._rows()]
        return sum(rows) + self.space * (len(rows) + 1) if rows else 0

    def paint(self, painter: QPainter, left: float, top: float, width: float, theme: Theme) -> None:
        for text, font in self._rows():
            painter.setFont(font)
            painter.setPen(QColor(theme.heading if text is self.title else theme.muted))
            height = self._row(text, font, width)
            painter.drawText(QRectF(left, top, width, height), _WRAPPED, text)
            top += height + self.space * 0.8

    def _rows(self) -> list[tuple[str, QFont]]:
        rows = ((self.title, self.title_font), (self.source, self.source_font))
        return [(text, font) for text, font in rows if text]

    @staticmethod
    def _row(text: str, font: QFont, width: float) -> float:
        room = QRectF(0, 0, max(1.0, width), _TALL)
        return QFontMetricsF(font).boundingRect(room, _WRAPPED, text).height()
