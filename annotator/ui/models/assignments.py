"""Which articles are whose, as Qt sees it: a row for each article, a column for each annotator."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from annotator.model.review import Assignment, Round
from annotator.services.assigning import Share
from annotator.store.lists import ArticleRow

Index = QModelIndex | QPersistentModelIndex
TITLE = 0
FIRST_PERSON = 1
ROUND_ROLE = int(Qt.ItemDataRole.UserRole)
"""The title of the round that an article was given in, "" for none; None where it wasn't given."""
SHARE_ROLE = ROUND_ROLE + 1
"""What one annotator has of the round shown, as a header's data."""


class AssignmentsModel(QAbstractTableModel):
    """Holds all articles and everybody who was given any, or may be."""

    def __init__(self) -> None:
        super().__init__()
        self.people: tuple[str, ...] = ()
        self._articles: Sequence[ArticleRow] = ()
        self._rounds: Mapping[str, str] = {}
        self._given: dict[tuple[str, str], str] = {}
        self._shares: Mapping[str, Share] = {}

    # --- what Qt asks --------------------------------------------------------------------------

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._articles)

    def columnCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else FIRST_PERSON + len(self.people)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation is not Qt.Orientation.Horizontal or section >= self.columnCount():
            return None
        if section == TITLE:
            return "Article" if role == Qt.ItemDataRole.DisplayRole else None
        who = self.people[section - FIRST_PERSON]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return f"{who}\n{progress_words(self._shares.get(who))}"
            case Qt.ItemDataRole.ToolTipRole:
                return f"{who}: {progress_words(self._shares.get(who))}"
            case _ if role == SHARE_ROLE:
                return self._shares.get(who)
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or not 0 <= index.row() < len(self._articles):
            return None
        article = self._articles[index.row()]
        if index.column() == TITLE:
            shown = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole)
            return " ".join(article.title.split()) or "Untitled" if role in shown else None
        who = self.people[index.column() - FIRST_PERSON]
        a_round = self._given.get((article.id, who))
        match role:
            case Qt.ItemDataRole.CheckStateRole:
                return Qt.CheckState.Unchecked if a_round is None else Qt.CheckState.Checked
            case Qt.ItemDataRole.ToolTipRole | Qt.ItemDataRole.AccessibleTextRole:
                return self._said(article, who, a_round)
            case _ if role == ROUND_ROLE:
                return None if a_round is None else self._rounds.get(a_round, "")
        return None

    def _said(self, article: ArticleRow, who: str, a_round: str | None) -> str:
        if a_round is None:
            return f"{who} doesn’t have “{article.title}”"
        title = self._rounds.get(a_round)
        return f"{who} has “{article.title}”" + (f", round {title}" if title else "")

    # --- what the page asks --------------------------------------------------------------------

    def load(
        self,
        articles: Sequence[ArticleRow],
        people: Iterable[str],
        rounds: Iterable[Round],
        assignments: Iterable[Assignment],
        shares: Iterable[Share],
    ) -> None:
        """Show other articles, people or hands."""
        self.beginResetModel()
        self._articles = articles
        self.people = tuple(people)
        self._take(rounds, assignments, shares)
        self.endResetModel()

    def refresh(
        self, rounds: Iterable[Round], assignments: Iterable[Assignment], shares: Iterable[Share]
    ) -> None:
        """Show other hands of the same articles and people."""
        self._take(rounds, assignments, shares)
        if self.rowCount() and self.people:
            last = self.index(self.rowCount() - 1, self.columnCount() - 1)
            self.dataChanged.emit(self.index(0, FIRST_PERSON), last)
            self.headerDataChanged.emit(Qt.Orientation.Horizontal, FIRST_PERSON, self.columnCount() - 1)

    def _take(
        self, rounds: Iterable[Round], assignments: Iterable[Assignment], shares: Iterable[Share]
    ) -> None:
        self._rounds = {a_round.id: a_round.title for a_round in rounds}
        self._given = {(a.article, a.annotator): a.round for a in assignments}
        self._shares = {share.annotator: share for share in shares}

    def is_given(self, index: Index) -> bool:
        return self.data(index, Qt.ItemDataRole.CheckStateRole) is Qt.CheckState.Checked

    def hand(self, index: Index) -> tuple[str, str]:
        """Return the article and the annotator that a cell is about."""
        return self._articles[index.row()].id, self.people[index.column() - FIRST_PERSON]

    def has_articles(self, articles: Sequence[ArticleRow]) -> bool:
        """Say whether these are the articles that are shown, in this order."""
        return [row.id for row in self._articles] == [row.id for row in articles]


def progress_words(share: Share | None) -> str:
    """Say how far somebody is with what they have: "3 of 14 done"."""
    if share is None or not share.articles:
        return "no articles"
    finished = share.states["done"] + share.states["skipped"]
    return f"{finished:,} of {share.articles:,} done"
