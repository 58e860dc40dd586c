"""The list of an article's cases: what each is about, how it stands, and who has it."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QKeyEvent, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from annotator.services.reviewing import Case
from annotator.ui.article.voices import Voice
from annotator.ui.fields.buttons import draw_focus
from annotator.ui.lists.cards import CardList
from annotator.ui.theme import Theme

Index = QModelIndex | QPersistentModelIndex
CASE_ROLE = int(Qt.ItemDataRole.UserRole)
ROW_HEIGHT = 42
MARK_WIDTH = 22
OPEN, RESOLVED, AGREED, ACCEPTED = "●", "✓", "=", "✓"
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_APART = "\u2068{}\u2069"
"""Lets words run as their first letter does, whatever stands around them."""
_SHORT = {"one-sided": "not everybody has it"}


def mark_of(case: Case) -> str:
    """Return the sign of how a case stands."""
    if case.differences:
        return OPEN if case.is_open else RESOLVED
    return ACCEPTED if case.is_decided else AGREED


def state_of(case: Case) -> str:
    """Say how a case stands."""
    if not case.differences:
        return "agreed, in gold" if case.is_decided else "agreed"
    if case.is_open:
        return "open again" if case.is_reopened else "open"
    return "resolved" if case.gold else "rejected"


def words_of(case: Case) -> str:
    """Return the words that a case is about: those that are marked first."""
    marked = case.annotations or ((case.gold,) if case.gold else ())
    return " ".join(max((a.words for a in marked), key=len, default="").split())


def kinds_of(case: Case) -> str:
    """Say in what the versions differ, as short as can be."""
    kinds = dict.fromkeys(d.attribute or _SHORT.get(d.kind, d.kind) for d in case.differences)
    return ", ".join(kinds)


class CaseListModel(QAbstractListModel):
    """The cases that are listed."""

    def __init__(self) -> None:
        super().__init__()
        self.cases: Sequence[Case] = ()
        self.voices: Sequence[Voice] = ()

    def load(self, cases: Sequence[Case], voices: Sequence[Voice]) -> None:
        """Show other cases, or the same as they stand now."""
        same = [case.key for case in cases] == [case.key for case in self.cases]
        if not same:
            self.beginResetModel()
        self.cases, self.voices = cases, voices
        if not same:
            self.endResetModel()
        elif cases:
            self.dataChanged.emit(self.index(0), self.index(len(cases) - 1))

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.cases)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or index.row() >= len(self.cases):
            return None
        case = self.cases[index.row()]
        if role == CASE_ROLE:
            return case
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return words_of(case)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{words_of(case)}, {state_of(case)}. {case.explanation}"
        return None

    def place(self, key: str) -> int:
        return next((i for i, case in enumerate(self.cases) if case.key == key), -1)


class CaseDelegate(QStyledItemDelegate):
    """State, words, and below them in what the versions differ and whose they are."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme = theme
        self.current = ""

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        return QSize(80, ROW_HEIGHT)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        case: Case | None = index.data(CASE_ROLE)
        model = index.model()
        if case is None or not isinstance(model, CaseListModel):
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        row = QRect(option.rect)
        self._draw_ground(painter, QRectF(row).adjusted(0.5, 1.5, -0.5, -1.5), option, case)
        room = row.adjusted(8, 4, -8, -4)
        self._draw_mark(painter, case, QRect(room.left(), room.top(), MARK_WIDTH, room.height() // 2))
        room.adjust(MARK_WIDTH, 0, 0, 0)
        upper = QRect(room.left(), room.top(), room.width(), room.height() // 2)
        lower = upper.translated(0, room.height() // 2)
        self._write(painter, words_of(case), upper, 12, self.theme.text)
        wide = self._draw_initials(painter, case, model.voices, lower)
        about = kinds_of(case) or state_of(case)
        self._write(painter, about, lower.adjusted(0, 0, -wide - 6, 0), 11, self.theme.muted)
        painter.restore()

    def _draw_ground(self, painter: QPainter, box: QRectF, option: QStyleOptionViewItem, case: Case) -> None:
        theme, state = self.theme, option.state
        fill = theme.hover if state & QStyle.StateFlag.State_MouseOver else ""
        if case.key == self.current:
            fill = theme.accent_soft
        if fill:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(fill))
            painter.drawRoundedRect(box, 6, 6)
        if state & QStyle.StateFlag.State_HasFocus:
            draw_focus(painter, box, 6, theme)

    def _draw_mark(self, painter: QPainter, case: Case, room: QRect) -> None:
        theme = self.theme
        colour = theme.accent if case.is_open else theme.good if case.is_decided else theme.muted
        self._write(painter, mark_of(case), room, 12, colour, bold=True)

    def _draw_initials(self, painter: QPainter, case: Case, voices: Sequence[Voice], room: QRect) -> int:
        """Write the initials of those who have it at the right; return the width they take."""
        having = {version.layer for version in case.versions if version.annotation}
        wide, right = 0, room.right()
        for voice in reversed([voice for voice in voices if voice.layer in having]):
            painter.setFont(self._font(11, bold=True))
            step = painter.fontMetrics().horizontalAdvance(voice.initial)
            painter.setPen(self.theme.ink(voice.colour))
            painter.drawText(
                QRect(right - wide - step, room.top(), step + 1, room.height()), _RIGHT, voice.initial
            )
            wide += step + 5
        return wide

    def _write(
        self, painter: QPainter, words: str, room: QRect, pixels: int, ink: str, *, bold: bool = False
    ) -> None:
        painter.setFont(self._font(pixels, bold=bold))
        painter.setPen(QColor(ink))
        fitting = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, room.width())
        where = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        painter.drawText(room, where, _APART.format(fitting))

    def _font(self, pixels: int, *, bold: bool) -> QFont:
        font = QFont()
        font.setPixelSize(pixels)
        font.setWeight(QFont.Weight.DemiBold if bold else QFont.Weight.Normal)
        return font


class CaseList(CardList):
    """Walked by arrows and by the mouse; Enter is left to the page, which accepts."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            event.ignore()
        else:
            super().keyPressEvent(event)
