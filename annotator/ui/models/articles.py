"""The list of articles as Qt sees it: thin rows, filtered here, refreshed one by one."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt

from annotator.model.records import ArticleState
from annotator.model.scheme import Label
from annotator.store.lists import ArticleRow
from annotator.ui.spelling import date_in_words

Index = QModelIndex | QPersistentModelIndex
ROW_ROLE = int(Qt.ItemDataRole.UserRole)
ASSIGNED = "assigned"
"""What is said of an article that the annotator was given."""
UNFINISHED: tuple[ArticleState, ...] = ("to do", "reading")


@dataclass(frozen=True, slots=True)
class Filter:
    """Which rows are shown; empty fields ask for nothing."""

    state: ArticleState | str = ""
    label: str = ""
    mine: bool = False
    assigned: bool = False
    unfinished: bool = False
    """Whether what is done or skipped is left out."""
    disputed: bool = False
    """Whether only articles are shown in which annotators differ and nobody has decided."""
    judged: bool = False
    """Whether only articles are shown with a verdict on the layer's work that is not settled."""

    def fits(self, row: ArticleRow) -> bool:
        return (
            (not self.state or row.state == self.state)
            and (not self.label or bool(row.counts.get(self.label)))
            and (not self.mine or bool(row.counts))
            and (not self.assigned or row.is_assigned)
            and (not self.unfinished or row.state in UNFINISHED)
        )


class ArticleListModel(QAbstractListModel):
    """Holds every article of the project in order, and shows those that fit the filter."""

    def __init__(self) -> None:
        super().__init__()
        self.filter = Filter()
        self.labels: Sequence[Label] = ()
        self.states: Counter[str] = Counter()
        """How many articles there are in each state, whatever the filter."""
        self.disputed: frozenset[str] = frozenset()
        """The articles in which annotators differ and nobody has decided, whatever the filter."""
        self.judged: frozenset[str] = frozenset()
        """The articles with a verdict that is not settled, whatever the filter."""
        self.assigned = 0
        """How many articles the annotator was given, whatever the filter."""
        self._all: dict[str, ArticleRow] = {}
        self._shown: list[str] = []
        self._places: dict[str, int] | None = None

    # --- what Qt asks --------------------------------------------------------------------------

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._shown)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or not 0 <= index.row() < len(self._shown):
            return None
        row = self.row(index.row())
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return row.title
            case Qt.ItemDataRole.ToolTipRole:
                return "\n".join(filter(None, (row.title, self._counted(row))))
            case Qt.ItemDataRole.AccessibleTextRole:
                date = date_in_words(row.published)
                given = ASSIGNED if row.is_assigned else ""
                said = (row.title, row.outlet, date, given, row.state, self._counted(row))
                return ", ".join(filter(None, said))
            case _ if role == ROW_ROLE:
                return row
        return None

    def _counted(self, row: ArticleRow) -> str:
        """Say how often each label was used: what the bar shows in colours."""
        used = [label for label in self.labels if row.counts.get(label.id)]
        return ", ".join(f"{label.title} {row.counts[label.id]:,}" for label in used)

    # --- what the panel asks -------------------------------------------------------------------

    @property
    def total(self) -> int:
        return len(self._all)

    @property
    def unfinished(self) -> int:
        """Count the articles that are to do, begun or not, whatever the filter."""
        return sum(self.states[state] for state in UNFINISHED)

    def listed(self) -> tuple[str, ...] | None:
        """Return the articles shown when the filter leaves some out; else None."""
        return tuple(self._shown) if len(self._shown) < len(self._all) else None

    def row(self, place: int) -> ArticleRow:
        return self._all[self._shown[place]]

    def find(self, article: str) -> ArticleRow | None:
        return self._all.get(article)

    def place(self, article: str) -> int:
        """Return the row an article is shown in, or -1."""
        if self._places is None:
            self._places = {shown: place for place, shown in enumerate(self._shown)}
        return self._places.get(article, -1)

    def named(self, words: str, most: int) -> list[ArticleRow]:
        """List articles whose title or outlet holds the words, in the order of the list."""
        wanted = words.casefold()
        found = []
        for row in self._all.values():
            if wanted in row.title.casefold() or wanted in row.outlet.casefold():
                found.append(row)
                if len(found) == most:
                    break
        return found

    # --- what happens --------------------------------------------------------------------------

    def load(self, rows: Iterable[ArticleRow]) -> None:
        """Show other rows."""
        self.beginResetModel()
        self._all = {row.id: row for row in rows}
        self.states = Counter(row.state for row in self._all.values())
        self.assigned = sum(row.is_assigned for row in self._all.values())
        self._choose()
        self.endResetModel()

    def show_only(self, wanted: Filter) -> None:
        """Show the rows that fit another filter."""
        if wanted != self.filter:
            self.beginResetModel()
            self.filter = wanted
            self._choose()
            self.endResetModel()

    def refresh(self, rows: Mapping[str, ArticleRow]) -> None:
        """Take in what changed in a few rows, which keep their places."""
        for article, row in rows.items():
            old = self._all.get(article)
            if old is None or old == row:
                continue
            self.states[old.state] -= 1
            self.states[row.state] += 1
            self._all[article] = row
            self._show_change(article, self._fits(row))

    def show_disputed(self, disputed: frozenset[str]) -> None:
        """Take in which articles are disputed now."""
        turned = self.disputed ^ disputed
        self.disputed = disputed
        for article in turned if self.filter.disputed else ():
            if article in self._all:
                self._show_change(article, self._fits(self._all[article]))

    def show_judged(self, judged: frozenset[str]) -> None:
        """Take in which articles have open verdicts now."""
        turned = self.judged ^ judged
        self.judged = judged
        for article in turned if self.filter.judged else ():
            if article in self._all:
                self._show_change(article, self._fits(self._all[article]))

    def _show_change(self, article: str, fits: bool) -> None:
        place = self.place(article)
        if place >= 0 and fits:
            index = self.index(place)
            self.dataChanged.emit(index, index)
        elif place >= 0:
            self.beginRemoveRows(QModelIndex(), place, place)
            del self._shown[place]
            self._places = None
            self.endRemoveRows()
        elif fits:
            self._insert(article)

    def _insert(self, article: str) -> None:
        """Show a row that fits now, where the order of all rows has it."""
        order = {known: at for at, known in enumerate(self._all)}
        place = sum(order[shown] < order[article] for shown in self._shown)
        self.beginInsertRows(QModelIndex(), place, place)
        self._shown.insert(place, article)
        self._places = None
        self.endInsertRows()

    def _choose(self) -> None:
        self._shown = [article for article, row in self._all.items() if self._fits(row)]
        self._places = None

    def _fits(self, row: ArticleRow) -> bool:
        return (
            self.filter.fits(row)
            and (not self.filter.judged or row.id in self.judged)
            and (not self.filter.disputed or row.id in self.disputed)
        )
