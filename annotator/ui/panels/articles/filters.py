"""The chips that filter the list, and the menu that filters more and sorts."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QPoint, Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu, QWidget

from annotator.model.scheme import Label
from annotator.store.lists import Sort
from annotator.ui.fields.buttons import Chip
from annotator.ui.fields.flow import FlowLayout, wrapping
from annotator.ui.icons import IconButton
from annotator.ui.models.articles import ArticleListModel, Filter
from annotator.ui.theme import Theme

ALL = Filter()
ASSIGNED = Filter(assigned=True)
_CHIPS = {
    "all": ALL,
    "assigned": ASSIGNED,
    "to do": Filter(unfinished=True),
    "done": Filter(state="done"),
    "disputed": Filter(disputed=True),
}
_TITLES = {"all": "All", "assigned": "Assigned", "to do": "To do", "done": "Done", "disputed": "Disputed"}
_FURTHER = {
    "Reading": Filter(state="reading"),
    "Skipped": Filter(state="skipped"),
    "Mine": Filter(mine=True),
    "With verdicts": Filter(judged=True),
}
_ORDERS: dict[str, tuple[Sort, bool]] = {
    "Title": ("title", False),
    "Outlet": ("outlet", False),
    "Date, newest first": ("published", True),
    "Date, oldest first": ("published", False),
    "Order added": ("added", False),
}


class FilterBar(QWidget):
    """All, to do, done; behind the dots what is asked for less often."""

    chosen = Signal(object)
    sorted_by = Signal(str, bool)

    def __init__(self, model: ArticleListModel, theme: Theme) -> None:
        super().__init__()
        self.model = model
        self.labels: Sequence[Label] = ()
        self.filter = ALL
        self.order: tuple[Sort, bool] = ("title", False)
        self.chips = {name: self._chip(name, theme) for name in _CHIPS}
        self.other = Chip("", theme, self)
        self.other.clicked.connect(lambda: self.choose(ALL))
        self.more = IconButton("more_horiz", "More filters and order", self)
        self.more.setProperty("role", "small")
        self.more.setFixedSize(28, 24)
        self.more.clicked.connect(self._open_menu)
        flow = FlowLayout(wrapping(self), gap=6)
        for widget in (*self.chips.values(), self.other, self.more):
            flow.addWidget(widget)
        self.recount()

    def choose(self, wanted: Filter) -> None:
        """Show only the articles that fit."""
        self.filter = wanted
        self.recount()
        self.chosen.emit(wanted)

    def recount(self) -> None:
        """Show how many articles each chip stands for."""
        model = self.model
        numbers = {"all": model.total, "assigned": model.assigned, "to do": model.unfinished}
        numbers |= {"done": model.states["done"], "disputed": len(model.disputed)}
        self.chips["assigned"].setVisible(bool(model.assigned) or self.filter == ASSIGNED)
        self.chips["disputed"].setVisible(bool(model.disputed) or self.filter.disputed)
        for name, chip in self.chips.items():
            chip.set_words(f"{_TITLES[name]} {numbers[name]:,}")
            chip.setChecked(self.filter == _CHIPS[name])
        words = "" if self.filter in _CHIPS.values() else f"{self._words(self.filter)}  ×"
        self.other.set_words(words)
        self.other.setAccessibleName(f"{words.removesuffix('  ×')}, take this filter away")
        self.other.setVisible(bool(words))
        self.other.setChecked(True)

    def set_theme(self, theme: Theme) -> None:
        for chip in (*self.chips.values(), self.other):
            chip.set_theme(theme)

    def menu(self) -> QMenu:
        """Make the menu of further filters and of orders."""
        menu = QMenu(self)
        _add_heading(menu, "Show")
        for title, wanted in _FURTHER.items():
            number = f" {self.model.states[wanted.state]:,}" if wanted.state else ""
            number = f" {len(self.model.judged):,}" if wanted.judged else number
            self._add(menu, title + number, self.filter == wanted, partial(self.choose, wanted))
        having = menu.addMenu("Has label")
        for label in self.labels:
            wanted = Filter(label=label.id)
            self._add(having, label.title, self.filter == wanted, partial(self.choose, wanted))
        menu.addSeparator()
        _add_heading(menu, "Sort by")
        group = QActionGroup(menu)
        for title, order in _ORDERS.items():
            group.addAction(self._add(menu, title, self.order == order, partial(self._sort, order)))
        return menu

    def _chip(self, name: str, theme: Theme) -> Chip:
        chip = Chip("", theme, self)
        chip.clicked.connect(lambda: self.choose(_CHIPS[name]))
        return chip

    def _add(self, menu: QMenu, title: str, checked: bool, deed: "partial[None]") -> QAction:
        action = menu.addAction(title.replace("&", "&&"))
        action.setCheckable(True)
        action.setChecked(checked)
        action.triggered.connect(lambda _=False: deed())
        return action

    def _sort(self, order: tuple[Sort, bool]) -> None:
        self.order = order
        self.sorted_by.emit(*order)

    def _open_menu(self) -> None:
        menu = self.menu()
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.more.mapToGlobal(QPoint(0, self.more.height())))

    def _words(self, wanted: Filter) -> str:
        if wanted.label:
            return next((x.title for x in self.labels if x.id == wanted.label), wanted.label)
        if wanted.judged:
            return f"With verdicts {len(self.model.judged):,}"
        return "Mine" if wanted.mine else f"{wanted.state.capitalize()} {self.model.states[wanted.state]:,}"


def _add_heading(menu: QMenu, title: str) -> None:
    """Add a line that only says what follows: a section's title isn't drawn by every style."""
    menu.addAction(title).setEnabled(False)
