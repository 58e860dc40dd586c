"""The confusion matrix of two annotators, with "nothing" as a class."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout

from annotator.services.agreement import Confusion, Corpus, confusion
from annotator.ui.asking import Asking
from annotator.ui.pages.agreement.tables import confusion_grid
from annotator.ui.plots.area import PlotArea
from annotator.ui.plots.frame import PlotFrame
from annotator.ui.plots.table import GridView
from annotator.ui.progressing import ProgressLine
from annotator.ui.theme import Theme
from annotator.ui.widgets import words

HOW = (
    "Spans are matched one to one, within a family of labels; a span that the other annotator lacks counts as"
    " nothing. The tint is the share of the row."
)


class ConfusionView(PlotArea):
    """Choose a pair; a cell opens the spans that it counts."""

    opened = Signal(object, str)
    """The passages of a cell, and the sentence that tells it."""
    failed = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._corpus: Corpus | None = None
        self._note = ""
        self.found: Confusion | None = None
        self.asking = Asking(self)
        self.line = ProgressLine("Counting", "Count them", "Stopped before all spans were counted.")
        self.line.follow(self.asking)
        self.line.go_on_wanted.connect(self._ask)
        self.pair = QComboBox()
        self.view = GridView("Confusion matrix", theme)
        self.frame = PlotFrame(self.view, self.view.picture)
        self.told = words("", wrap=True)
        self.sentence = words("", "caption", wrap=True)
        self._lay_out()
        self.pair.currentIndexChanged.connect(self._ask)
        self.view.walked.connect(lambda row, at: self.told.setText(self.view.grid.cell(row, at).told))
        self.view.opened.connect(self._open)
        self.follow(self.view)
        self.asking.answered.connect(self._show)
        self.asking.failed.connect(self.failed)

    def set_theme(self, theme: Theme) -> None:
        self.view.set_theme(theme)

    def show_corpus(self, corpus: Corpus, note: str) -> None:
        """Compare the pairs of another corpus, at the pair that was looked at if it is there."""
        self._corpus, self._note = corpus, note
        before = self.pair.currentData()
        self.pair.blockSignals(True)
        self.pair.clear()
        for one, other in corpus.pairs:
            self.pair.addItem(f"{one} and {other}", (one, other))
        place = corpus.pairs.index(before) if before in corpus.pairs else 0
        self.pair.setCurrentIndex(place)
        self.pair.blockSignals(False)
        self._ask()

    def _ask(self) -> None:
        corpus, pair = self._corpus, self.pair.currentData()
        if corpus is not None and pair is not None:
            self.told.setText("")
            self.line.begin()
            self.asking.ask(lambda tell: confusion(corpus, pair, tell))

    def _show(self, found: Confusion) -> None:
        if self._corpus is None:
            return
        self.found = found
        grid = confusion_grid(found, self._corpus.scheme, self._note)
        self.frame.title.setText(grid.title)
        self.view.show_grid(grid)
        self.sentence.setText(
            f"Rows are the labels of {found.pair[0]}, columns those of {found.pair[1]}. {HOW}"
        )

    def _open(self, row: int, column: int) -> None:
        if self.found is not None:
            names = self.found.classes
            passages = self.found.passages(names[row], names[column])
            self.opened.emit(passages, self.view.grid.cell(row, column).told)

    def _lay_out(self) -> None:
        self.pair.setAccessibleName("Pair of annotators")
        column = self.column
        line = QHBoxLayout()
        line.addWidget(self.pair)
        line.addSpacing(16)
        line.addWidget(self.line, 1)
        column.addLayout(line)
        column.addWidget(self.frame)
        column.addWidget(self.told)
        column.addWidget(self.sentence)
        column.addStretch(1)
