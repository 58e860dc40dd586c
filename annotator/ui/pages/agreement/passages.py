"""The passages behind a cell: a list in the stead of the tables, left by Esc."""

from collections import Counter

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from annotator.services.agreement import Passage
from annotator.ui.fields.buttons import Chip
from annotator.ui.fields.flow import FlowLayout, wrapping
from annotator.ui.lists.cards import CardList, Emptiness
from annotator.ui.lists.lines import draw_words
from annotator.ui.lists.painting import CardDelegate, font_of
from annotator.ui.pages.agreement.rows import ROW_ROLE, Group, PassageRow, PassagesModel, grouped
from annotator.ui.pages.agreement.wording import KINDS
from annotator.ui.progressing import ProgressLine
from annotator.ui.session import Session
from annotator.ui.spelling import quoted
from annotator.ui.theme import LINE_CONTRAST, Theme
from annotator.ui.widgets import button, words

Index = QModelIndex | QPersistentModelIndex
WIDEST, BATCH = 860, 2_000
UNKNOWN_COLOUR = "#6b7484"


class PassageDelegate(CardDelegate):
    """The words of a passage, and below them who, which labels, what differs, and the article."""

    HEIGHT = 56

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self.serif = font_of(15)
        self.serif.setFamilies(["Source Serif 4", "Noto Naskh Arabic"])

    def article_at(self, index: Index) -> str:
        row = index.data(ROW_ROLE)
        return row.passage.article if isinstance(row, PassageRow) else "\n"

    def draw(self, painter: QPainter, room: QRect, index: Index) -> None:
        row = index.data(ROW_ROLE)
        if isinstance(row, Group):
            self._draw_group(painter, room, row)
        elif isinstance(row, PassageRow):
            self._draw_passage(painter, room, row)

    def _draw_group(self, painter: QPainter, room: QRect, group: Group) -> None:
        line = QRect(room.left(), room.bottom() - 20, room.width(), 20)
        painter.setFont(self.title_font)
        painter.setPen(QColor(self.theme.heading))
        painter.drawText(line, Qt.AlignmentFlag.AlignVCenter, group.title)
        wide = painter.fontMetrics().horizontalAdvance(group.title)
        painter.setFont(font_of(13))
        painter.setPen(QColor(self.theme.muted))
        painter.drawText(line.adjusted(wide + 8, 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, f"{group.number:,}")

    def _draw_passage(self, painter: QPainter, room: QRect, row: PassageRow) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self.theme.ink(row.colour, LINE_CONTRAST))
        painter.drawRoundedRect(QRectF(room.left(), room.top(), 3, room.height()), 1.5, 1.5)
        inside = room.adjusted(12, -2, 0, 0)
        end = draw_words(painter, quoted(row.passage.words), self.serif, self.theme.text, inside, 1)
        below = QRect(inside.left(), end + 1, inside.width(), 16)
        draw_words(painter, row.about, self.small, self.theme.muted, below, 1)


class PassagesPanel(QWidget):
    """Groups by kind, chips to see one kind alone; Enter or a click opens a passage in its article."""

    chosen = Signal(object)
    """A Passage is to be shown in its article."""
    left = Signal()

    def __init__(self, session: Session, theme: Theme) -> None:
        super().__init__()
        self.session = session
        self._found: tuple[Passage, ...] = ()
        self._kind = ""
        self._titles: dict[str, str] = {}
        self.model = PassagesModel(self._described)
        self.list = CardList("Passages", self.model)
        self.painter = PassageDelegate(theme)
        self.back = button("← Back", "link")
        self.title = words("Passages", "heading")
        self.told = words("", "muted", wrap=True)
        self.chips = {kind: Chip("", theme, self) for kind in ("", *KINDS)}
        self.empty = Emptiness()
        self.line = ProgressLine("Looking for the passages", "Find them", "Stopped before all were found.")
        self._lay_out()
        self.back.clicked.connect(self.left)
        self.list.left.connect(self.left)
        self.list.chosen.connect(self._choose)
        for kind, chip in self.chips.items():
            chip.clicked.connect(lambda _=False, k=kind: self._show_kind(k))

    def set_theme(self, theme: Theme) -> None:
        self.painter.theme = theme
        for chip in self.chips.values():
            chip.set_theme(theme)
        self.list.viewport().update()

    def focus(self) -> None:
        """Put the keyboard into the list, or where one goes back when it is empty."""
        (self.list if self.model.first() >= 0 else self.back).setFocus(Qt.FocusReason.OtherFocusReason)

    def wait(self, told: str) -> None:
        """Say which passages are being looked for."""
        self.told.setText(told)
        self._found = ()
        self._fill()
        self.empty.say("", "")

    def show_passages(self, found: tuple[Passage, ...]) -> None:
        self._found, self._kind = found, ""
        self._fill()
        self.empty.say("No spans stand behind this cell.", "")

    # --- inside --------------------------------------------------------------------------------

    def _show_kind(self, kind: str) -> None:
        self._kind = kind
        self._fill()

    def _fill(self) -> None:
        numbers = Counter[str](passage.kind for passage in self._found)
        for kind, chip in self.chips.items():
            number = numbers[kind] if kind else numbers.total()
            chip.set_words(f"{KINDS.get(kind, 'All')} {number:,}")
            chip.setVisible(bool(number))
            chip.setChecked(kind == self._kind)
        shown = [p for p in self._found if self._kind in ("", p.kind)]
        self._titles.clear()
        self.model.load(grouped(shown))
        self.list.setVisible(bool(shown))
        self.empty.setVisible(not shown)
        if shown:
            self.list.setCurrentIndex(self.model.index(self.model.first()))
            self.list.scrollToTop()

    def _described(self, passage: Passage) -> PassageRow:
        """Word a passage as the project stands."""
        project = self.session.project
        names = list(dict.fromkeys(passage.labels))
        known = {name: label for name in names if project and (label := project.scheme.label(name))}
        titles = [known[name].title if name in known else name for name in names]
        colour = next((label.colour for label in known.values()), UNKNOWN_COLOUR)
        return PassageRow(passage, " / ".join(titles), colour, self._title(passage.article))

    def _title(self, article: str) -> str:
        if article not in self._titles and self.session.project:
            found = self.session.project.article(article)
            self._titles[article] = found.title if found else article
        return self._titles.get(article, article)

    def _choose(self, index: Index) -> None:
        row = index.data(ROW_ROLE)
        if isinstance(row, PassageRow):
            self.chosen.emit(row.passage)

    def _lay_out(self) -> None:
        self.list.setItemDelegate(self.painter)
        self.list.setMaximumWidth(WIDEST)
        # Forty thousand passages are laid out a few at a time, while the first can be read.
        self.list.setLayoutMode(CardList.LayoutMode.Batched)
        self.list.setBatchSize(BATCH)
        chips = wrapping(QWidget())
        flow = FlowLayout(chips)
        for chip in self.chips.values():
            flow.addWidget(chip)
        back = QHBoxLayout()
        back.setSpacing(16)
        back.addWidget(self.back)
        back.addWidget(self.line, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(28, 14, 24, 12)
        column.setSpacing(8)
        column.addLayout(back)
        for widget in (self.title, self.told, chips, self.empty):
            column.addWidget(widget)
        column.addWidget(self.list, 1)
