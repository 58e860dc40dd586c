"""The right side of the page: what is compared, how far it is, and the measures in three views."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from annotator.services.agreement import Corpus
from annotator.ui.lists.cards import Emptiness
from annotator.ui.pages.agreement.confusing import ConfusionView
from annotator.ui.pages.agreement.drift import DriftView
from annotator.ui.pages.agreement.measures import MeasuresView
from annotator.ui.pages.agreement.measuring import Found
from annotator.ui.pages.agreement.tables import Tables
from annotator.ui.pages.agreement.wording import guide_page
from annotator.ui.plots.area import PlotArea
from annotator.ui.plots.frame import PlotFrame
from annotator.ui.progressing import ProgressLine
from annotator.ui.spelling import counted, listed
from annotator.ui.theme import Theme
from annotator.ui.widgets import button, words


class Figures(QWidget):
    """A heading, a switch between views, and the view; or why there is nothing to see."""

    wanted = Signal(object, str)
    """The passages behind a Measured are wanted; the sentence tells it."""
    counted = Signal(object, str)
    """The passages that a cell of the matrix counts, and the sentence that tells it."""
    guide_wanted = Signal(str)
    """A page of the guide is wanted, by its file's name."""
    said = Signal(str)
    failed = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.corpus: Corpus | None = None
        self._note = ""
        self.head = words("", "heading", wrap=True)
        self.line = ProgressLine()
        self.measures = MeasuresView(theme)
        self.confusion = ConfusionView(theme)
        self.drift = DriftView(theme)
        self.empty = Emptiness()
        self.views = QStackedWidget()
        titles: dict[str, PlotArea] = {
            "Measures": self.measures,
            "Confusion": self.confusion,
            "Over time": self.drift,
        }
        self.tabs = {view: button(title, "tab") for title, view in titles.items()}
        self._last: PlotArea = self.measures
        self._lay_out()
        self._connect()

    @property
    def is_busy(self) -> bool:
        """Say whether a view is still to be worked out."""
        return self.confusion.asking.is_busy or self.drift.asking.is_busy

    @property
    def is_empty(self) -> bool:
        """Say whether words stand in the place of tables."""
        return self.views.currentWidget() is self.empty

    def focus(self) -> None:
        """Put the keyboard into the view."""
        view = self.views.currentWidget()
        if view is self.drift:
            self.drift.chart.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            table = self.confusion.view if view is self.confusion else self.measures.spans.view
            table.setFocus(Qt.FocusReason.OtherFocusReason)

    def set_theme(self, theme: Theme) -> None:
        for view in (self.measures, self.confusion, self.drift):
            view.set_theme(theme)

    # --- showing -------------------------------------------------------------------------------

    def say(self, sentence: str) -> None:
        """Say something in the stead of tables."""
        self.corpus = None
        self.head.setText("Agreement")
        self.empty.say(sentence, "")
        self.views.setCurrentWidget(self.empty)
        self.line.rest()
        for tab in self.tabs.values():
            tab.setEnabled(False)

    def show_found(self, found: Found) -> None:
        """Show what was measured, in the view that was looked at."""
        agreement, asked = found.agreement, found.corpus.asked
        self.corpus = found.corpus
        articles = counted(len(agreement.articles), "article")
        self.head.setText(f"{listed(agreement.layers)} on {articles}")
        percent = round(asked.threshold * 100)
        self._note = f"{articles}; spans match from {percent} % overlap; seed {asked.seed}"
        for tab in self.tabs.values():
            tab.setEnabled(True)
        self.measures.show_tables(Tables(agreement, found.corpus.scheme, self._note, is_final=found.is_final))
        if self.is_empty:
            self._turn(self._last)
        elif found.is_final or self.views.currentWidget() is self.confusion:
            self._feed(self.views.currentWidget())

    def give_up(self) -> None:
        """Leave no thread behind."""
        for view in (self.confusion, self.drift):
            view.asking.give_up()

    def _turn(self, view: PlotArea) -> None:
        self._last = view
        self.tabs[view].setChecked(True)
        self.views.setCurrentWidget(view)
        self._feed(view)

    def _feed(self, view: QWidget | None) -> None:
        """Work out what only this view shows."""
        if self.corpus is not None and isinstance(view, ConfusionView | DriftView):
            view.show_corpus(self.corpus, self._note)

    # --- putting together ----------------------------------------------------------------------

    def _frames(self) -> tuple[PlotFrame, ...]:
        return (*(table.frame for table in self.measures.tables), self.confusion.frame, self.drift.frame)

    def _connect(self) -> None:
        for table in self.measures.tables:
            table.wanted.connect(self.wanted)
            table.guide_wanted.connect(lambda measure: self.guide_wanted.emit(guide_page(measure)))
        self.confusion.opened.connect(self.counted)
        for view in (self.confusion, self.drift):
            view.failed.connect(self.failed)
        for frame in self._frames():
            frame.said.connect(self.said)
            frame.failed.connect(self.failed)

    def _lay_out(self) -> None:
        for view in (*self.tabs, self.empty):
            self.views.addWidget(view)
        head = QVBoxLayout()
        head.setContentsMargins(28, 18, 24, 2)
        head.setSpacing(8)
        head.addWidget(self.head)
        head.addLayout(self._switch())
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(head)
        column.addWidget(self.views, 1)

    def _switch(self) -> QHBoxLayout:
        group = QButtonGroup(self)
        switch = QHBoxLayout()
        switch.setSpacing(4)
        for view, tab in self.tabs.items():
            tab.setCheckable(True)
            tab.setChecked(view is self.measures)
            tab.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            tab.clicked.connect(lambda _=False, v=view: self._turn(v))
            group.addButton(tab)
            switch.addWidget(tab)
        switch.addSpacing(16)
        switch.addWidget(self.line, 1)
        return switch
