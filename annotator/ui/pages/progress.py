"""The page that says how far everybody is, and with which articles."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from annotator.model.change import ObjectKey
from annotator.services.standing import Standing, standings
from annotator.store.lists import ArticleQuery
from annotator.ui.fields.buttons import Chip
from annotator.ui.fields.flow import FlowLayout, wrapping
from annotator.ui.judging import judging_of
from annotator.ui.lists.articles import WideArticleDelegate
from annotator.ui.lists.cards import CardList, Emptiness
from annotator.ui.lists.standings import ROW_HEIGHT, StandingDelegate
from annotator.ui.models.articles import ROW_ROLE, ArticleListModel, Filter, Index
from annotator.ui.models.standings import NAME, STANDING_ROLE, STATES, StandingsModel
from annotator.ui.session import Session
from annotator.ui.spelling import sentence_case
from annotator.ui.theme import Theme
from annotator.ui.widgets import button, words

LIST_WIDTH = 760


class ProgressPage(QWidget):
    """A table of annotators, and below it the articles of the one chosen."""

    def __init__(self, session: Session, theme: Theme) -> None:
        super().__init__()
        self.session = session
        self.annotator = ""
        self._is_stale = True
        self.people = StandingsModel()
        self.articles = ArticleListModel()
        self.table = QTableView()
        self.list = CardList("Articles", self.articles)
        self.empty = Emptiness()
        self.whose = words(role="section")
        self.feedback, self.assign = button("Feedback"), button("Assign articles…")
        self.chips = {state: Chip("", theme, self) for state in ("", *STATES)}
        self.bars, self.cards = StandingDelegate(theme), WideArticleDelegate(theme)
        self._lay_out()
        self._connect()
        self.set_theme(theme)

    def focus(self) -> None:
        """Put the keyboard where the work is."""
        self.table.setFocus()

    def set_theme(self, theme: Theme) -> None:
        self.bars.theme = self.cards.theme = theme
        for chip in self.chips.values():
            chip.set_theme(theme)
        for view in (self.table, self.list):
            view.viewport().update()

    # --- showing -------------------------------------------------------------------------------

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._is_stale:
            self._reload()

    def _hear(self, _keys: frozenset[ObjectKey] = frozenset()) -> None:
        """Count anew, at once or when the page is next shown."""
        self._is_stale = True
        if self.isVisible():
            self._reload()

    def _reload(self) -> None:
        project = self.session.project
        self._is_stale = False
        if project is None:
            return
        self.people.load(standings(project, self.session.person), project.scheme.labels, self.session.person)
        self.cards.labels = self.articles.labels = project.scheme.labels
        row = max(self.people.place(self.annotator or self.session.layer), 0)
        self.empty.setVisible(not self.people.rowCount())
        for part in (self.table, self.whose, self.list, *self.chips.values()):
            part.setVisible(self.people.rowCount() > 0)
        self._fit_table()
        if self.people.rowCount():
            # Before the index, which would show the same person again.
            self._show_person(self.people.standing(row).annotator)
            self.table.setCurrentIndex(self.people.index(row, NAME))

    def _show_person(self, annotator: str) -> None:
        """List the articles as they stand for one annotator."""
        project = self.session.project
        if project is None:
            return
        self.annotator = annotator
        who = "Your" if annotator == self.session.person else f"{annotator}’s"
        self.whose.setText(f"{who} articles")
        self.cards.open_article = self.session.article.id if self.session.article else ""
        self.articles.load(project.articles(ArticleQuery(annotator=annotator)))
        self._count_chips()

    def _count_chips(self) -> None:
        for state, chip in self.chips.items():
            number = self.articles.states[state] if state else self.articles.total
            chip.set_words(f"{sentence_case(state) or 'All'} {number:,}")
            chip.setChecked(self.articles.filter.state == state)

    def _fit_table(self) -> None:
        """Make the table as high as its rows, up to a third of the page."""
        rows = min(self.people.rowCount(), 8)
        head, bar = self.table.horizontalHeader(), self.table.horizontalScrollBar()
        self.table.setFixedHeight(rows * ROW_HEIGHT + head.sizeHint().height() + bar.sizeHint().height() + 2)
        if self.people.rowCount():
            head.setSectionResizeMode(NAME, QHeaderView.ResizeMode.Stretch)

    # --- doing ---------------------------------------------------------------------------------

    def _choose_state(self, state: str) -> None:
        self.articles.show_only(Filter(state=state))
        self._count_chips()

    def _choose_person(self, index: Index) -> None:
        standing: Standing | None = index.data(STANDING_ROLE)
        if standing and standing.annotator != self.annotator:
            self._show_person(standing.annotator)

    def _show_feedback(self) -> None:
        """Show the verdicts on the chosen annotator's work."""
        judging_of(self.session).feedback_on = self.annotator
        self.session.command_wanted.emit("feedback")

    def _open(self, index: Index) -> None:
        row = index.data(ROW_ROLE)
        if row and self.session.open_article(row.id):
            self.session.show_layer(self.annotator)
            self.session.command_wanted.emit("page-annotate")

    # --- putting together ----------------------------------------------------------------------

    def _lay_out(self) -> None:
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._dress_table()
        self.list.setItemDelegate(self.cards)
        self.list.setMaximumWidth(LIST_WIDTH)
        self.empty.say("Nobody has marked anything yet.", "")
        chips = wrapping(QWidget())
        flow = FlowLayout(chips)
        for chip in self.chips.values():
            flow.addWidget(chip)
        column = QVBoxLayout(self)
        column.setContentsMargins(36, 26, 36, 12)
        column.setSpacing(10)
        head = QHBoxLayout()
        head.addWidget(words("Progress", "page title"), 1)
        head.addWidget(self.feedback)
        head.addWidget(self.assign)
        column.addLayout(head)
        column.addWidget(self.empty)
        column.addWidget(self.table)
        column.addSpacing(10)
        column.addWidget(self.whose)
        column.addWidget(chips)
        column.addWidget(self.list, 1)

    def _dress_table(self) -> None:
        table = self.table
        table.setAccessibleName("Annotators")
        table.setModel(self.people)
        table.setItemDelegate(self.bars)
        table.setShowGrid(False)
        table.setTabKeyNavigation(False)
        table.verticalHeader().hide()
        table.verticalHeader().setDefaultSectionSize(ROW_HEIGHT)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        head = table.horizontalHeader()
        head.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        head.setStretchLastSection(False)
        head.setHighlightSections(False)
        head.setMinimumSectionSize(56)

    def _connect(self) -> None:
        session = self.session
        for state, chip in self.chips.items():
            chip.clicked.connect(lambda _=False, s=state: self._choose_state(s))
        self.table.selectionModel().currentChanged.connect(lambda index, _before: self._choose_person(index))
        self.list.chosen.connect(self._open)
        self.feedback.clicked.connect(self._show_feedback)
        self.assign.clicked.connect(lambda: session.command_wanted.emit("assign"))
        session.changed.connect(self._hear)
        for signal in (session.project_changed, session.person_changed):
            signal.connect(self._hear)
