"""How each annotator agrees with the others as time goes on."""

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout

from annotator.services.agreement import Corpus, Point, drifts
from annotator.ui.asking import Asking
from annotator.ui.fields.buttons import Chip
from annotator.ui.pages.agreement.drifting import TITLE, are_dated, drift_lines
from annotator.ui.plots.area import PlotArea
from annotator.ui.plots.chart import ChartView
from annotator.ui.plots.frame import PlotFrame
from annotator.ui.progressing import ProgressLine
from annotator.ui.theme import Theme
from annotator.ui.widgets import words

WORKING = "Following everybody"


class DriftView(PlotArea):
    """A plot with a line for each annotator, by articles done or by date."""

    failed = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._found: Mapping[str, tuple[Point, ...]] = {}
        self._note = ""
        self._corpus: Corpus | None = None
        self.asking = Asking(self)
        self.chart = ChartView(TITLE, theme)
        self.frame = PlotFrame(self.chart, self.chart.picture, TITLE)
        self.told = words("", wrap=True)
        self.line = ProgressLine(WORKING, "Work it out", "Stopped before the lines were drawn.")
        self.line.follow(self.asking)
        self.line.go_on_wanted.connect(self._ask)
        self.by_done, self.by_date = Chip("By articles done", theme), Chip("By date", theme)
        self._lay_out()
        self.by_done.clicked.connect(self._draw)
        self.by_date.clicked.connect(self._draw)
        self.chart.walked.connect(self.told.setText)
        self.asking.answered.connect(self._show)
        self.asking.failed.connect(self.failed)

    def set_theme(self, theme: Theme) -> None:
        self.chart.set_theme(theme)
        for chip in (self.by_done, self.by_date):
            chip.set_theme(theme)

    def show_corpus(self, corpus: Corpus, note: str) -> None:
        """Follow the annotators of another corpus."""
        self._note = note
        self._corpus = corpus
        self._ask()

    def _ask(self) -> None:
        corpus = self._corpus
        if corpus is not None:
            self.told.setText("")
            self.line.begin()
            self.asking.ask(lambda tell: drifts(corpus, tell))

    def _show(self, found: Mapping[str, tuple[Point, ...]]) -> None:
        self._found = found
        self.by_date.setEnabled(are_dated(found))
        if not self.by_date.isEnabled():
            self.by_done.setChecked(True)
        self._draw()

    def _draw(self) -> None:
        self.chart.show_lines(drift_lines(self._found, self._note, by_date=self.by_date.isChecked()))

    def _lay_out(self) -> None:
        self._group = QButtonGroup(self)
        line = QHBoxLayout()
        for chip in (self.by_done, self.by_date):
            self._group.addButton(chip)
            line.addWidget(chip)
        line.addSpacing(16)
        line.addWidget(self.line, 1)
        self.by_done.setChecked(True)
        column = self.column
        column.addLayout(line)
        column.addWidget(self.frame)
        column.addWidget(self.told)
        sentence = (
            "Overlap F1 of each annotator with all others, over a window of articles in the order in which"
            " they were done. The band is the 95 % interval. A line that falls tells of somebody who has"
            " begun to read the guideline in another way."
        )
        column.addWidget(words(sentence, "caption", wrap=True))
        column.addStretch(1)
