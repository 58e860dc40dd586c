"""The Agreement page: what is compared at the left, how well annotators agree at the right."""

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from annotator.model.change import ObjectKey
from annotator.services.agreement import Corpus, Measured, Passage, passages
from annotator.services.errors import Refused
from annotator.ui.asking import Asking
from annotator.ui.lists.cards import Emptiness
from annotator.ui.pages.agreement.choices import AgreementChoices
from annotator.ui.pages.agreement.confusing import ConfusionView
from annotator.ui.pages.agreement.drift import DriftView
from annotator.ui.pages.agreement.measures import MeasuresView
from annotator.ui.pages.agreement.measuring import Found, Measuring
from annotator.ui.pages.agreement.passages import PassagesPanel
from annotator.ui.pages.agreement.progressing import ProgressLine
from annotator.ui.pages.agreement.tables import Tables
from annotator.ui.pages.agreement.wording import guide_page, listed
from annotator.ui.pages.table import page_row
from annotator.ui.session import Session
from annotator.ui.spelling import counted, sentence_case
from annotator.ui.theme import Theme
from annotator.ui.widgets import button, words

SIDE_WIDTH = 270
ASK_AFTER_MS = 150
"""How long a choice must rest before it is measured: several are often made in a row."""
_CONCERNED = {"annotation", "progress", "scheme", "article", "entity", "review"}


class AgreementPage(QWidget):
    """Asks anew whenever a choice or the project changes; each cell leads to its passages."""

    def __init__(self, session: Session, theme: Theme) -> None:
        super().__init__()
        self.session = session
        self.corpus: Corpus | None = None
        self._note = ""
        self._is_stale = True
        self.choices = AgreementChoices(session, theme)
        self.measuring = Measuring(session)
        self.looking = Asking(self)
        self.head = words("", "heading", wrap=True)
        self.line = ProgressLine()
        self.measures = MeasuresView(theme)
        self.confusion = ConfusionView(theme)
        self.drift = DriftView(theme)
        self.passages = PassagesPanel(session, theme)
        self.empty = Emptiness()
        self.views = QStackedWidget()
        self.right = QStackedWidget()
        self.tabs = {view: button(title, "tab") for title, view in self._titles().items()}
        self._soon = QTimer(self, singleShot=True, interval=ASK_AFTER_MS)
        self._from: QWidget = self.measures
        self._lay_out()
        self._connect()
        self._say("Comparing …")

    def _titles(self) -> dict[str, QWidget]:
        return {"Measures": self.measures, "Confusion": self.confusion, "Over time": self.drift}

    @property
    def is_busy(self) -> bool:
        """Say whether anything is still to be worked out."""
        askings = (self.measuring.asking, self.looking, self.confusion.asking, self.drift.asking)
        return self._soon.isActive() or any(asking.is_busy for asking in askings)

    def focus(self) -> None:
        """Put the keyboard where the work is."""
        if self.right.currentWidget() is self.passages:
            self.passages.focus()
        elif self.views.currentWidget() is self.empty:
            self.choices.all_done.setFocus()
        else:
            self._main_of(self.views.currentWidget()).setFocus(Qt.FocusReason.OtherFocusReason)

    def set_theme(self, theme: Theme) -> None:
        for part in (self.choices, self.measures, self.confusion, self.drift, self.passages):
            part.set_theme(theme)

    # --- asking --------------------------------------------------------------------------------

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        project = self.session.project
        if project is not None:
            before = self._asked_words()
            self.choices.show_project(project)
            if self._is_stale or before != self._asked_words():
                self._ask()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._soon.stop()

    def _asked_words(self) -> str:
        """Say what is asked now, or why nothing can be."""
        try:
            return repr(self.choices.asked())
        except Refused as reason:
            return str(reason)

    def _ask(self) -> None:
        """Measure what is chosen, or say why that can't be."""
        project = self.session.project
        self._is_stale = True
        if project is None or not self.isVisible():
            return
        try:
            asked = self.choices.asked()
        except Refused as reason:
            self.measuring.stop()
            self._say(f"{sentence_case(str(reason))}.")
            return
        self._is_stale = False
        self.line.begin("Comparing")
        self.measuring.ask(project, asked)

    def _say(self, sentence: str) -> None:
        """Say something in the stead of tables."""
        self.corpus = None
        self.head.setText("Agreement")
        self.empty.say(sentence, "")
        self.views.setCurrentWidget(self.empty)
        self.line.rest()
        for tab in self.tabs.values():
            tab.setEnabled(False)

    def _show(self, found: Found) -> None:
        project = self.session.project
        if project is None:
            return
        agreement, asked = found.agreement, found.corpus.asked
        self.corpus = found.corpus
        articles = counted(len(agreement.articles), "article")
        self.head.setText(f"{listed(agreement.layers)} on {articles}")
        self._note = f"{articles}; spans match from {asked.threshold:.0%} overlap; seed {asked.seed}".replace(
            "%", " %"
        )
        for tab in self.tabs.values():
            tab.setEnabled(True)
        self.measures.show_tables(Tables(agreement, found.corpus.scheme, self._note, is_final=found.is_final))
        if self.views.currentWidget() is self.empty:
            self._turn(self._from)
        elif found.is_final or self.views.currentWidget() is self.confusion:
            self._feed(self.views.currentWidget())
        if found.is_final:
            self.line.rest()
        else:
            self.line.begin("Working out intervals")

    def _fail(self, sentence: str) -> None:
        self._say(f"{sentence_case(sentence).rstrip('.')}.")

    def _stopped(self) -> None:
        if self.measuring.is_second:
            self.line.rest("Stopped before the intervals were worked out.", may_go_on=True)
        else:
            self._is_stale = True
            self.line.rest("Stopped before anything was compared.", may_go_on=True)

    def _go_on(self) -> None:
        if self.measuring.is_second:
            self.line.begin("Working out intervals")
            self.measuring.go_on()
        else:
            self._ask()

    # --- views ---------------------------------------------------------------------------------

    def _turn(self, view: QWidget) -> None:
        self._from = view
        self.tabs[view].setChecked(True)
        self.views.setCurrentWidget(view)
        self._feed(view)

    def _feed(self, view: QWidget | None) -> None:
        """Work out what only this view shows."""
        if self.corpus is not None and isinstance(view, ConfusionView | DriftView):
            view.show_corpus(self.corpus, self._note)

    def _main_of(self, view: QWidget | None) -> QWidget:
        if view is self.drift:
            return self.drift.chart
        return self.confusion.view if view is self.confusion else self.measures.spans.view

    # --- passages ------------------------------------------------------------------------------

    def _look(self, one: Measured, told: str) -> None:
        """List the passages behind a measure."""
        corpus = self.corpus
        if corpus is None:
            return
        self.passages.wait("Passages", told)
        self.right.setCurrentWidget(self.passages)
        self.passages.focus()
        self.looking.ask(lambda _tell: passages(corpus, one))

    def _show_cell(self, found: tuple[Passage, ...], told: str) -> None:
        self.passages.wait("Passages", told)
        self.right.setCurrentWidget(self.passages)
        self._show_passages(found)

    def _show_passages(self, found: tuple[Passage, ...]) -> None:
        self.passages.show_passages(found)
        if self.right.currentWidget() is self.passages and self.isVisible():
            self.passages.focus()

    def _back(self) -> None:
        self.looking.stop()
        self.right.setCurrentIndex(0)
        self.focus()

    def _open(self, passage: Passage) -> None:
        """Show a passage in its article, where reviewers read if there is such a page."""
        project, session = self.session.project, self.session
        found = project.annotation(passage.annotations[0]) if project else None
        if found is None or not session.open_article(passage.article):
            session.said.emit("This span is not there any more")
            return
        session.show_layer(found.layer)
        session.select(found.id)
        session.command_wanted.emit("page-review" if page_row("review") else "page-annotate")
        session.sought.emit(found.hull)

    # --- hearing -------------------------------------------------------------------------------

    def _hear(self, keys: frozenset[ObjectKey]) -> None:
        if not {kind for kind, _ in keys} & _CONCERNED:
            return
        self._is_stale = True
        self.measuring.forget()
        if self.isVisible() and self.session.project:
            self.choices.show_project(self.session.project)
            self._soon.start()

    def _show_project(self) -> None:
        self.right.setCurrentIndex(0)
        self._is_stale = True
        if self.isVisible() and self.session.project:
            self.choices.show_project(self.session.project)
            self._ask()

    def _give_up(self) -> None:
        """Leave no thread behind when the project goes."""
        self._soon.stop()
        self.measuring.give_up()
        for asking in (self.looking, self.confusion.asking, self.drift.asking):
            asking.give_up()

    # --- putting together ----------------------------------------------------------------------

    def _connect(self) -> None:
        session = self.session
        self.choices.changed.connect(self._soon.start)
        self._soon.timeout.connect(self._ask)
        self.measuring.found.connect(self._show)
        self.measuring.failed.connect(self._fail)
        self.measuring.told.connect(self.line.tell)
        self.measuring.stopped.connect(self._stopped)
        self.line.stop_wanted.connect(self.measuring.stop)
        self.line.go_on_wanted.connect(self._go_on)
        for table in self.measures.tables:
            table.wanted.connect(self._look)
            table.guide_wanted.connect(lambda measure: session.guide_wanted.emit(guide_page(measure)))
        self.confusion.opened.connect(self._show_cell)
        self.looking.answered.connect(self._show_passages)
        self.looking.failed.connect(session.failed)
        self.passages.left.connect(self._back)
        self.passages.chosen.connect(self._open)
        for view in (self.confusion, self.drift):
            view.failed.connect(session.failed)
        for frame in (
            *(table.frame for table in self.measures.tables),
            self.confusion.frame,
            self.drift.frame,
        ):
            frame.said.connect(session.said)
            frame.failed.connect(session.failed)
        session.changed.connect(self._hear)
        session.project_changed.connect(self._show_project)
        session.closing.connect(self._give_up)

    def _lay_out(self) -> None:
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        side = QWidget()
        side.setObjectName("side")
        side.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        side.setFixedWidth(SIDE_WIDTH)
        column = QVBoxLayout(side)
        column.setContentsMargins(20, 16, 6, 8)
        column.setSpacing(2)
        column.addWidget(words("Agreement", "page title"))
        column.addWidget(self.choices, 1)
        for view in (*self.tabs, self.empty):
            self.views.addWidget(view)
        self.right.addWidget(self._figures())
        self.right.addWidget(self.passages)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(side)
        row.addWidget(self.right, 1)

    def _figures(self) -> QWidget:
        """Lay out what is compared, the switch between views, and the view."""
        group = QButtonGroup(self)
        switch = QHBoxLayout()
        switch.setSpacing(4)
        for view, tab in self.tabs.items():
            tab.setCheckable(True)
            tab.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            tab.clicked.connect(lambda _=False, v=view: self._turn(v))
            tab.setChecked(view is self.measures)
            group.addButton(tab)
            switch.addWidget(tab)
        switch.addSpacing(16)
        switch.addWidget(self.line, 1)
        figures = QWidget()
        head = QVBoxLayout()
        head.setContentsMargins(28, 18, 24, 2)
        head.setSpacing(8)
        head.addWidget(self.head)
        head.addLayout(switch)
        column = QVBoxLayout(figures)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(head)
        column.addWidget(self.views, 1)
        return figures
