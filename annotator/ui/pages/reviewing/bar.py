"""The line above the article: who is compared, whether names are seen, and accepting all that agrees."""

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from annotator.ui.article.voices import gold
from annotator.ui.fields.buttons import Chip
from annotator.ui.fields.flow import FlowLayout, wrapping
from annotator.ui.fields.tabbing import put_in_order
from annotator.ui.pages.reviewing.chips import Tag, VoiceChip
from annotator.ui.pages.reviewing.state import Review
from annotator.ui.theme import Theme
from annotator.ui.widgets import rule

ACCEPT_ALL = "Accept what all agree on…"


class Legend(QWidget):
    """Tells whose line is whose; a click on a name takes that annotator out, or back in."""

    accept_wanted = Signal()
    toggled = Signal()
    """Other annotators are compared."""

    def __init__(self, review: Review, theme: Theme) -> None:
        super().__init__()
        self.review, self.theme = review, theme
        self.chips: list[VoiceChip] = []
        self.gold = Tag(theme)
        self.hide_names = Chip("Hide names", theme, self)
        self.hide_names.setToolTip("Call the annotators A, B, C everywhere on this page")
        self.hide_names.clicked.connect(lambda: review.hide_names(not review.names_hidden))
        self.accept_all = Chip(ACCEPT_ALL, theme, self)
        self.accept_all.clicked.connect(self.accept_wanted)
        self._lay_out()
        self.set_theme(theme)

    def refresh(self) -> None:
        """Show who has read the article, and who of them is compared."""
        review = self.review
        if [chip.voice for chip in self.chips] != list(review.voices):
            self._make_chips()
        for chip in self.chips:
            is_compared = chip.voice.layer in review.compared
            chip.setChecked(is_compared)
            chip.setAccessibleDescription("compared" if is_compared else "left out")
        self.gold.setVisible(any(case.gold for case in review.cases) or review.draft is not None)
        self.gold.setToolTip("What has been decided")
        self.hide_names.setChecked(review.names_hidden)

    def show_accepting(self, shown: bool) -> None:
        """Say whether the bar that accepts by a rule is open."""
        self.accept_all.setChecked(shown)

    def set_theme(self, theme: Theme) -> None:
        self.theme = theme
        self.setStyleSheet(f"#legend {{ background: {theme.surface}; }}")
        self.gold.theme = theme
        self.gold.show_voice(gold())
        for chip in (*self.chips, self.hide_names, self.accept_all):
            chip.set_theme(theme)

    def _make_chips(self) -> None:
        for old in self.chips:
            old.hide()
            old.deleteLater()
        while self._flow.count():
            self._flow.takeAt(0)
        self.chips = [VoiceChip(voice, self.theme, self._row) for voice in self.review.voices]
        for chip in self.chips:
            chip.clicked.connect(partial(self._toggle, chip.voice.layer))
            chip.show()
        for part in (*self.chips, self.gold, self.hide_names, self.accept_all):
            self._flow.addWidget(part)
        put_in_order([self._row, *self.chips, self.hide_names, self.accept_all])
        self._row.updateGeometry()

    def _toggle(self, layer: str, _checked: bool = False) -> None:
        compared = self.review.compared
        self.review.compare([n for n in self.review.readers if (n in compared) != (n == layer)])
        self.toggled.emit()

    def _lay_out(self) -> None:
        self.setObjectName("legend")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName("Who is compared")
        self._row = wrapping(QWidget())
        self._flow = FlowLayout(self._row, gap=6)
        for part in (self.gold, self.hide_names, self.accept_all):
            self._flow.addWidget(part)
        inside = QVBoxLayout()
        inside.setContentsMargins(16, 9, 16, 9)
        inside.addWidget(self._row)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(inside)
        column.addWidget(rule())
