"""How an article is painted in the list."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter

from annotator.model.records import ArticleState
from annotator.model.scheme import Label
from annotator.store.lists import ArticleRow
from annotator.ui.lists.lines import draw_words
from annotator.ui.lists.painting import CardDelegate, Index
from annotator.ui.models.articles import ASSIGNED, ROW_ROLE
from annotator.ui.spelling import date_in_words
from annotator.ui.theme import LINE_CONTRAST, Theme

if TYPE_CHECKING:
    from annotator.services.reviewing import Standing

HEIGHT = 84
BAR = 4
LINE = 15
HALF_FULL = 12
"""Spans at which the bar of an article is half full; it never overflows."""
_MARKS: Mapping[ArticleState, str] = {"done": "✓ done", "skipped": "skipped", "reading": "reading"}
_APART = "\u2068{}\u2069"
"""Keeps the direction of a name from turning round what stands beside it."""


class ArticleDelegate(CardDelegate):
    """Title, outlet and date, state, and a bar of what was tagged."""

    HEIGHT = HEIGHT

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self.labels: tuple[Label, ...] = ()
        self.standings: Mapping[str, Standing] | None = None
        """How far the adjudication of articles is, where that is told and not an annotator's state."""

    def article_at(self, index: Index) -> str:
        row = index.data(ROW_ROLE)
        return row.id if row else ""

    def draw(self, painter: QPainter, room: QRect, index: Index) -> None:
        row: ArticleRow | None = index.data(ROW_ROLE)
        if row is None:
            return
        about = bool(row.outlet or row.published or row.is_assigned or self._mark(row)[0])
        if not about:
            # All cards are equally high: what there is stands in the middle.
            room = room.adjusted(0, LINE // 2, 0, 0)
        bottom = draw_words(
            painter, " ".join(row.title.split()) or "Untitled", self.title_font, self.theme.heading, room, 2
        )
        bottom = max(bottom + 3, room.top() + 20)
        if about:
            self._draw_about(painter, row, QRect(room.left(), bottom, room.width(), LINE))
            bottom += LINE
        self._draw_bar(painter, row.counts, QRectF(room.left(), bottom + 6, room.width(), BAR))

    def _draw_about(self, painter: QPainter, row: ArticleRow, room: QRect) -> None:
        painter.setFont(self.small)
        mark, ink = self._mark(row)
        wide = painter.fontMetrics().horizontalAdvance(mark)
        if mark:
            painter.setPen(QColor(ink))
            painter.drawText(room, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, mark)
        parts = (ASSIGNED if row.is_assigned else "", row.outlet, date_in_words(row.published))
        about = " · ".join(_APART.format(part) for part in parts if part)
        painter.setPen(QColor(self.theme.muted))
        left = room.adjusted(0, 0, -wide - 8, 0)
        fitting = painter.fontMetrics().elidedText(about, Qt.TextElideMode.ElideRight, left.width())
        painter.drawText(left, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, fitting)

    def _mark(self, row: ArticleRow) -> tuple[str, str]:
        """Return what is said of an article at the right, and its colour."""
        if self.standings is None:
            return _MARKS.get(row.state, ""), self.theme.good if row.state == "done" else self.theme.muted
        standing = self.standings.get(row.id)
        if standing is None:
            return "", self.theme.muted
        if standing.open:
            return f"{standing.open:,} open", self.theme.accent
        return ("✓ resolved" if standing.resolved else "✓ agreed"), self.theme.good

    def _draw_bar(self, painter: QPainter, counts: Mapping[str, int], bar: QRectF) -> None:
        """Draw the share of each label; the longer the bar, the more was tagged."""
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self.theme.faint))
        painter.drawRoundedRect(bar, BAR / 2, BAR / 2)
        total = sum(counts.values())
        filled, left = bar.width() * total / (total + HALF_FULL), bar.left()
        for label in self.labels:
            if number := counts.get(label.id, 0):
                wide = filled * number / total
                painter.fillRect(
                    QRectF(left, bar.top(), wide, BAR), self.theme.ink(label.colour, LINE_CONTRAST)
                )
                left += wide


class WideArticleDelegate(ArticleDelegate):
    """An article where there is room for its title in one line."""

    HEIGHT = 66
