"""The command palette: every command by name, with its keys, and articles by title."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
)
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPalette
from PySide6.QtWidgets import (
    QLineEdit,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from annotator.ui.actions import all_commands
from annotator.ui.command import Command
from annotator.ui.context import Context
from annotator.ui.matching import fit
from annotator.ui.overlay import Overlay
from annotator.ui.spelled_keys import spelled_all
from annotator.ui.widgets import rule, words

SHOWN = 60
ARTICLES = 20
Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class Entry:
    """One line: what it is called, what stands at its right, what it does."""

    words: str
    aside: str
    run: Callable[[], object]


class Entries(QAbstractListModel):
    """The lines that fit what was typed."""

    def __init__(self) -> None:
        super().__init__()
        self.entries: list[Entry] = []

    def show_entries(self, entries: list[Entry]) -> None:
        self.beginResetModel()
        self.entries = entries
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self.entries)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        entry = self.entries[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return entry.words
            case Qt.ItemDataRole.UserRole:
                return entry.aside
            case Qt.ItemDataRole.AccessibleTextRole:
                return f"{entry.words}, {entry.aside}" if entry.aside else entry.words
        return None


class Line(QStyledItemDelegate):
    """Draws the words at the left and the keys, paler, at the right."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        self.initStyleOption(option, index)
        text, option.text = option.text, ""
        widget = option.widget
        widget.style().drawControl(QStyle.ControlElement.CE_ItemViewItem, option, painter, widget)
        aside = index.data(Qt.ItemDataRole.UserRole) or ""
        box = option.rect.adjusted(12, 0, -12, 0)
        painter.save()
        painter.setFont(option.font)
        room = self._draw_aside(painter, option, box, aside)
        painter.setPen(option.palette.color(QPalette.ColorRole.Text))
        cut = option.fontMetrics.elidedText(text, Qt.TextElideMode.ElideRight, room)
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, cut)
        painter.restore()

    def _draw_aside(self, painter: QPainter, option: QStyleOptionViewItem, box: QRect, aside: str) -> int:
        """Draw what stands at the right; return the width that is left."""
        metrics: QFontMetrics = option.fontMetrics
        painter.setPen(option.palette.color(QPalette.ColorRole.PlaceholderText))
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, aside)
        return box.width() - metrics.horizontalAdvance(aside) - 24

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(super().sizeHint(option, index).width(), 32)


class Palette(Overlay):
    """A line to type in and the commands and articles that fit; Enter does the first."""

    def __init__(self, context: Context) -> None:
        super().__init__(context.window, "Commands and articles", QSize(620, 460))
        self._c = context
        self.line = QLineEdit()
        self.line.setProperty("role", "bare")
        self.line.setPlaceholderText("Type a command or the title of an article")
        self.line.setAccessibleName("Find a command or an article")
        self.model = Entries()
        self.list = QListView()
        self.list.setModel(self.model)
        self.list.setItemDelegate(Line(self.list))
        self.list.setUniformItemSizes(True)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setAccessibleName("Commands and articles that fit")
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.nothing = words("Nothing is called that.", "muted")
        self._lay_out()
        self.line.textChanged.connect(self._narrow)
        self.list.clicked.connect(self._run)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self.panel)
        column.setContentsMargins(10, 8, 10, 10)
        column.setSpacing(6)
        for widget in (self.line, rule(), self.nothing, self.list):
            column.addWidget(widget)
        self.nothing.setContentsMargins(8, 4, 8, 4)

    def place(self, room: QSize) -> QRect:
        """Hang the panel from the upper part of the window, where the eye is."""
        box = super().place(room)
        box.moveTop(min(box.top(), 64))
        return box

    def open(self) -> None:
        self.line.clear()
        self._narrow("")
        super().open()

    def first(self) -> QWidget:
        return self.line

    def keyPressEvent(self, event: QKeyEvent) -> None:
        row, last = self.list.currentIndex().row(), len(self.model.entries) - 1
        match event.key():
            case Qt.Key.Key_Down:
                self._go(0 if row >= last else row + 1)
            case Qt.Key.Key_Up:
                self._go(last if row <= 0 else row - 1)
            case Qt.Key.Key_PageDown:
                self._go(min(last, row + 10))
            case Qt.Key.Key_PageUp:
                self._go(max(0, row - 10))
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                self._run(self.list.currentIndex())
            case _:
                super().keyPressEvent(event)
                return
        event.accept()

    def _go(self, row: int) -> None:
        self.list.setCurrentIndex(self.model.index(row))

    def _run(self, index: QModelIndex) -> None:
        if index.isValid():
            entry = self.model.entries[index.row()]
            self.leave()
            entry.run()

    def _narrow(self, typed: str) -> None:
        entries = [*self._commands(typed), *self._articles(typed)][:SHOWN]
        self.model.show_entries(entries)
        self.nothing.setVisible(not entries)
        self._go(0)

    def _commands(self, typed: str) -> list[Entry]:
        usable = [command for command in all_commands(self._c) if command.enabled(self._c)]
        lines = [(named(self._c, command), command) for command in usable if command.id != "palette"]
        if not typed.strip():
            return [self._entry(name, command) for name, command in lines]
        rated = [(fit(typed, name), name, command) for name, command in lines]
        best = sorted((r for r in rated if r[0]), key=lambda r: (-r[0], len(r[1])))
        return [self._entry(name, command) for _, name, command in best]

    def _entry(self, name: str, command: Command) -> Entry:
        return Entry(name, spelled_all(command.keys), lambda: command.run(self._c))

    def _articles(self, typed: str) -> Iterable[Entry]:
        project = self._c.session.project
        if project is None or not typed.strip():
            return
        for article, title in project.titles(typed, ARTICLES):
            yield Entry(title, "Article", partial(self._open, article))

    def _open(self, article: str) -> None:
        self._c.stage.show_page("annotate")
        self._c.session.open_article(article)


def named(c: Context, command: Command) -> str:
    """Name a command where its menu isn't seen: "Show the layer of Ada", "Go to Sources"."""
    return " ".join(filter(None, (command.group or command.lead, command.worded(c))))
