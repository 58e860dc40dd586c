"""The panel at the left: search, filters, the list of articles."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QEvent, QObject, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QMenu, QStackedWidget, QVBoxLayout, QWidget

from annotator.model.change import ObjectKey
from annotator.model.records import ArticleState
from annotator.services import articles, progress
from annotator.store.lists import ArticleQuery, ArticleRow
from annotator.ui.disputes import disputes_of
from annotator.ui.icons import icon
from annotator.ui.judging import judging_of
from annotator.ui.lists.articles import ArticleDelegate
from annotator.ui.lists.cards import CardList, Emptiness
from annotator.ui.lists.painting import FindDelegate
from annotator.ui.models.articles import ROW_ROLE, UNFINISHED, ArticleListModel, Filter, Index
from annotator.ui.models.hits import FIND_ROLE, Find, FindsModel
from annotator.ui.panels.articles.filters import ALL, FilterBar
from annotator.ui.panels.articles.freshness import changed_rows
from annotator.ui.panels.articles.searching import MOST, finds
from annotator.ui.session import Session
from annotator.ui.theme import Theme
from annotator.ui.widgets import words

_MARKS: dict[str, ArticleState] = {"Mark as done": "done", "Skip": "skipped", "Mark as to do": "to do"}


class ArticlesPanel(QWidget):
    """Lists the articles; a click or Enter opens one, what is typed is searched in all of them."""

    opened = Signal(str)
    """An article was chosen here; the session shows it already."""
    left = Signal()
    """Esc: back to the text."""

    def __init__(self, session: Session, theme: Theme, *, adjudicating: bool = False) -> None:
        super().__init__()
        self.session = session
        self.theme = theme
        self._is_adjudicating = adjudicating
        """Whether each article says how far its adjudication is, and not how far one annotator is."""
        self.model = ArticleListModel()
        self.found = FindsModel()
        self._at = 0
        self.disputes = disputes_of(session)
        self.judging = judging_of(session)
        self.search = QLineEdit()
        self.filters = FilterBar(self.model, theme)
        self.number = words(role="caption")
        self.list = CardList("Articles", self.model)
        self.finds = CardList("Search results", self.found)
        self.cards, self.passages = ArticleDelegate(theme), FindDelegate(theme)
        self.empty = Emptiness()
        self.stack = QStackedWidget()
        self._lay_out()
        self._connect()
        self.set_theme(theme)
        self._reload()
        self._show_disputes()
        self._show_judged()

    # --- outside -------------------------------------------------------------------------------

    def begin_search(self) -> None:
        """Take the focus in the search field."""
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    def step(self, step: int) -> bool:
        """Open the next article of the list (1) or the one before (-1); False at the end."""
        here = self.session.article.id if self.session.article else ""
        place = self.model.place(here)
        if place < 0:
            goal = self._at if step > 0 else self._at - 1
        else:
            goal = place + step
        if not 0 <= goal < self.model.rowCount():
            return False
        return self.open(self.model.row(goal).id)

    def open_next_to_do(self) -> bool:
        """Open the next article of the list that is not done or skipped; False when there is none."""
        return self._open_near(1, lambda row: row.state in UNFINISHED)

    def open_disputed(self, step: int) -> bool:
        """Open the next (1) or previous (-1) article with open disagreements; False when there is none."""
        disputed = self.disputes.disputed
        return self._open_near(step, lambda row: row.id in disputed)

    def _open_near(self, step: int, fits: Callable[[ArticleRow], bool]) -> bool:
        """Open the nearest article of the list that fits, after the last one going on with the first."""
        here = self.session.article.id if self.session.article else ""
        place, number = self.model.place(here), self.model.rowCount()
        first = place + 1 if place >= 0 else self._at
        order = [*range(first, number), *range(min(first, number))]
        rows = (self.model.row(goal) for goal in order[::step])
        found = next((row for row in rows if row.id != here and fits(row)), None)
        return found is not None and self.open(found.id)

    def open(self, article: str) -> bool:
        """Show an article."""
        if not self.session.open_article(article):
            return False
        self.opened.emit(article)
        return True

    def set_theme(self, theme: Theme) -> None:
        self.theme = theme
        self.cards.theme = self.passages.theme = theme
        self.filters.set_theme(theme)
        for action, name in ((self._glass, "search"), (self._clear, "close")):
            action.setIcon(icon(name, QColor(theme.muted), size=18))
        for view in (self.list, self.finds):
            view.viewport().update()

    # --- hearing -------------------------------------------------------------------------------

    def _hear(self, keys: frozenset[ObjectKey]) -> None:
        rows = changed_rows(self.session, self.model, keys)
        if rows is None:
            self._reload()
            self._open_another()
            return
        self.model.refresh(rows)
        self._show_numbers()

    def _reload(self) -> None:
        """Read the whole list again."""
        project, (sort, descending) = self.session.project, self.filters.order
        if project is None:
            self.model.load(())
        else:
            self.cards.labels = self.filters.labels = self.model.labels = project.scheme.labels
            query = ArticleQuery(annotator=self.session.layer, sort=sort, descending=descending)
            self.model.load(project.articles(query))
        self._show_numbers()
        self._follow_article()
        self._search(self.search.text())

    def _open_another(self) -> None:
        """Show the article that is now where the open one was, when that one went; or the one before."""
        if self.session.article is None and self.model.rowCount():
            self.session.open_article(self.model.row(min(self._at, self.model.rowCount() - 1)).id)

    def _show_disputes(self) -> None:
        self.model.show_disputed(self.disputes.disputed)
        if self._is_adjudicating:
            self.cards.standings = self.disputes.standings
        self._show_numbers()
        self.list.viewport().update()

    def _show_judged(self) -> None:
        """Show which articles have verdicts on the layer's work."""
        self.model.show_judged(self.judging.articles)
        self._show_numbers()

    def _follow_article(self) -> None:
        """Mark the open article and keep it in sight."""
        here = self.session.article.id if self.session.article else ""
        self.cards.open_article = self.passages.open_article = here
        place = self.model.place(here)
        if place >= 0:
            self._at = place
            index = self.model.index(place)
            self.list.setCurrentIndex(index)
            self.list.scrollTo(index)
        for view in (self.list, self.finds):
            view.viewport().update()

    def _show_numbers(self) -> None:
        """Count the chips anew, and say so when nothing is to be seen."""
        self.filters.recount()
        here = self.model.place(self.session.article.id) if self.session.article else -1
        self._at = here if here >= 0 else self._at
        self._turn()

    def _filter(self, wanted: Filter) -> None:
        self.session.listed = self.model.listed
        self.model.show_only(wanted)
        self._show_numbers()
        self._follow_article()

    def _search(self, typed: str) -> None:
        project = self.session.project
        looking = bool(typed.strip()) and project is not None
        found = finds(project, self.model, typed, self.session.person) if looking and project else ()
        self.found.show_finds(found)
        if self.found.rowCount():
            self.finds.setCurrentIndex(self.found.index(0))
            self.finds.scrollToTop()
        self._turn()

    def _turn(self) -> None:
        """Show the finds, the list, or why there is nothing to show."""
        typed = self.search.text().strip()
        if typed and self.session.project:
            self.empty.say(f"No article or span has “{typed}”.", "Clear the search")
            self.stack.setCurrentWidget(self.finds if self.found.rowCount() else self.empty)
        elif self.model.rowCount():
            self.stack.setCurrentWidget(self.list)
        else:
            if self.model.total:
                self.empty.say("No article matches this filter.", "Show all")
            elif self.session.project:
                self.empty.say("Drop files here or paste an article.", "Paste an article…")
            else:
                self.empty.say("No project is open.", "")
            self.stack.setCurrentWidget(self.empty)
        self.filters.setVisible(not typed and bool(self.model.total))
        self._clear.setVisible(bool(typed))
        self.number.setText(self._numbers())
        self.number.setVisible(bool(self.number.text()))

    def _numbers(self) -> str:
        """Say how much was found, or how far the adjudication of all articles is."""
        number = self.found.rowCount()
        if number:
            return f"{number:,} found" if number < MOST else f"the best {number:,}"
        resolved, total = self.disputes.total() if self._is_adjudicating else (0, 0)
        typed = self.search.text().strip()
        return f"{resolved:,} of {total:,} disagreements resolved" if total and not typed else ""

    # --- doing ---------------------------------------------------------------------------------

    def _open_row(self, index: Index) -> None:
        row = index.data(ROW_ROLE)
        if row and self.open(row.id):
            # Whoever chose an article goes on in its text.
            self.left.emit()

    def _open_find(self, index: Index) -> None:
        find: Find | None = index.data(FIND_ROLE)
        here = self.session.article.id if self.session.article else ""
        if find is None or not (find.article == here or self.open(find.article)):
            return
        self.session.select(find.annotation)
        if find.span:
            self.session.sought.emit(find.span)
        self.left.emit()

    def _mend_emptiness(self) -> None:
        """Do what the button of the empty list offers."""
        if self.search.text().strip():
            self.search.clear()
            self.search.setFocus()
        elif self.model.total:
            self.filters.choose(ALL)
        else:
            self.session.command_wanted.emit("paste-article")

    def _open_menu(self, at: QPoint) -> None:
        index = self.list.indexAt(at)
        if index.isValid():
            menu = self.menu(index.data(ROW_ROLE).id)
            menu.aboutToHide.connect(menu.deleteLater)
            menu.popup(self.list.viewport().mapToGlobal(at))

    def menu(self, article: str) -> QMenu:
        """Make the menu of one article."""
        menu = QMenu(self)
        deeds = {"Details…": partial(self._ask_details, article)}
        deeds |= {title: partial(self._mark, article, state) for title, state in _MARKS.items()}
        for title, deed in (deeds | {"Remove": partial(self._remove, article)}).items():
            if title == "Remove":
                menu.addSeparator()
            menu.addAction(title).triggered.connect(lambda _=False, do=deed: do())
        return menu

    def _ask_details(self, article: str) -> None:
        if self.open(article):
            self.session.command_wanted.emit("details")

    def _mark(self, article: str, state: ArticleState) -> None:
        self.session.do(progress.mark, article=article, state=state)

    def _remove(self, article: str) -> None:
        """Remove an article; the next one is shown in its stead."""
        row, is_open = self.model.find(article), self.session.article and self.session.article.id == article
        if is_open and not self.step(1):
            self.step(-1)
        if self.session.do(articles.remove, article=article) and row:
            self.session.said.emit(f"“{row.title}” was removed; undo brings it back")

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let the keyboard go from the search field into what was found."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self._search_key(event)
        return super().eventFilter(watched, event)

    def _search_key(self, event: QKeyEvent) -> bool:
        searching = bool(self.search.text().strip())
        view = self.finds if searching else self.list
        if event.key() == Qt.Key.Key_Down and view.model().rowCount():
            view.setFocus(Qt.FocusReason.TabFocusReason)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and searching and self.found.rowCount():
            self._open_find(self.finds.currentIndex())
        elif event.key() == Qt.Key.Key_Escape and self.search.text():
            self.search.clear()
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            return False
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def _type(self, letters: str) -> None:
        """Search for what is typed into the list."""
        self.search.setFocus(Qt.FocusReason.OtherFocusReason)
        self.search.setText(letters)

    # --- putting together ----------------------------------------------------------------------

    def _lay_out(self) -> None:
        self.setObjectName("articles")
        self.setAccessibleName("Articles")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setMinimumWidth(220)
        self.search.setPlaceholderText("Search all articles")
        self.search.setAccessibleName("Search all articles and spans")
        muted = QColor(self.theme.muted)
        self._glass = self.search.addAction(
            icon("search", muted, size=18), QLineEdit.ActionPosition.LeadingPosition
        )
        self._clear = self.search.addAction(
            icon("close", muted, size=18), QLineEdit.ActionPosition.TrailingPosition
        )
        self._clear.setToolTip("Clear the search")
        self._clear.setVisible(False)
        self.search.installEventFilter(self)
        self.list.setItemDelegate(self.cards)
        self.finds.setItemDelegate(self.passages)
        for page in (self.list, self.finds, self.empty):
            self.stack.addWidget(page)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 12, 12, 6)
        column.setSpacing(8)
        for widget in (self.search, self.filters, self.number):
            column.addWidget(widget)
        column.addWidget(self.stack, 1)

    def _connect(self) -> None:
        session = self.session
        self.search.textChanged.connect(self._search)
        self._clear.triggered.connect(self.search.clear)
        self.filters.chosen.connect(self._filter)
        self.filters.sorted_by.connect(lambda _sort, _descending: self._reload())
        self.list.chosen.connect(self._open_row)
        self.finds.chosen.connect(self._open_find)
        self.list.typed.connect(self._type)
        self.list.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.list.customContextMenuRequested.connect(self._open_menu)
        self.empty.wanted.connect(self._mend_emptiness)
        for view in (self.list, self.finds):
            view.left.connect(self.left)
        for signal in (session.project_changed, session.layer_changed, session.person_changed):
            signal.connect(self._reload)
        session.changed.connect(self._hear)
        session.article_changed.connect(self._follow_article)
        self.disputes.changed.connect(self._show_disputes)
        self.judging.changed.connect(self._show_judged)

    def sizeHint(self) -> QSize:
        return QSize(270, 600)
