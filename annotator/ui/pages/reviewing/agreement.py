"""Agreement on the article: F1 of each pair of those compared, by label."""

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import combinations
from operator import eq

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from annotator.model.matching import pairs
from annotator.model.records import Annotation
from annotator.model.scheme import Scheme
from annotator.ui.article.voices import Voice
from annotator.ui.plots.pairs import Pair, PairTable, Value
from annotator.ui.theme import Theme
from annotator.ui.widgets import rule

THRESHOLD = 0.5
MOST = 4
"""Annotators of whom every pair has room in the table."""


class ArticleAgreement(QWidget):
    """The table by label and pair; a cell asks for the cases behind it."""

    asked = Signal(str, object)
    """A label, and the layers of two annotators."""
    left = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.table = PairTable(theme)
        self._layers: dict[str, str] = {}
        self.table.opened.connect(self._ask)
        self.table.left.connect(self.left)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 0, 4)
        column.setSpacing(10)
        for part in (rule(), self.table):
            column.addWidget(part)

    @property
    def stop(self) -> QWidget:
        """The widget that takes the focus."""
        return self.table.table

    def set_theme(self, theme: Theme) -> None:
        self.table.set_theme(theme)

    def show_article(
        self, scheme: Scheme, annotations: Sequence[Annotation], compared: Sequence[Voice]
    ) -> None:
        """Show how those compared agree on an article; nothing where there are no pairs or too many."""
        found = overlap_f1(annotations, compared)
        self.setVisible(bool(found) and len(compared) <= MOST)
        if self.isHidden():
            return
        used = {label for label, _ in found}
        known = [label for label in scheme.labels if label.id in used]
        initials = [voice.initial for voice in compared]
        self._layers = dict(zip(initials, (voice.layer for voice in compared), strict=True))
        self.table.show_values(known, list(combinations(initials, 2)), found, THRESHOLD)

    def _ask(self, label: str, one: str, other: str) -> None:
        self.asked.emit(label, (self._layers[one], self._layers[other]))


def overlap_f1(
    annotations: Sequence[Annotation], compared: Sequence[Voice]
) -> Mapping[tuple[str, Pair], Value]:
    """Return F1 by label and pair, who go by their initials; boundaries may differ as far as overlap goes."""
    placed = {
        v.initial: [(a.fragments, a.label) for a in annotations if a.layer == v.layer] for v in compared
    }
    sizes = {who: Counter(label for _, label in marked) for who, marked in placed.items()}
    found: dict[tuple[str, Pair], Value] = {}
    for one, other in combinations(placed, 2):
        matches = pairs(placed[one], placed[other], eq, THRESHOLD)
        matched = Counter(placed[one][i][1] for i, _, _ in matches)
        for label, spans in (sizes[one] + sizes[other]).items():
            found[label, (one, other)] = 2 * matched[label] / spans
    return found
