"""The panel at the right: the case looked at, its versions, what to do with it, and all cases."""

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QPushButton, QScrollArea, QVBoxLayout, QWidget

from annotator.ui.fields.buttons import Chip
from annotator.ui.fields.flow import FlowLayout, wrapping
from annotator.ui.fields.knowing import ProjectKnowledge
from annotator.ui.fields.tabbing import put_in_order
from annotator.ui.pages.reviewing import showing
from annotator.ui.pages.reviewing.agreement import ArticleAgreement
from annotator.ui.pages.reviewing.cards import Shown, VersionCard
from annotator.ui.pages.reviewing.editor import Editor
from annotator.ui.pages.reviewing.listing import CASE_ROLE, ROW_HEIGHT, CaseDelegate, CaseList, CaseListModel
from annotator.ui.pages.reviewing.state import Review
from annotator.ui.pages.reviewing.values import SHOWS, Only
from annotator.ui.session import Session
from annotator.ui.spelling import sentence_case
from annotator.ui.theme import Theme
from annotator.ui.widgets import button, rule, words

MARGIN, SCROLL_BAR = 16, 10
ROOMY = 340
"""Width from which the buttons have room for all their words."""
_DRESS = (
    "#reviewing QPushButton { padding: 5px 8px; } #reviewing QPushButton:focus { padding: 4px 7px; }"
    " #reviewing QPushButton[role=link] { padding: 4px 6px; }"
    " #reviewing QListView, #reviewing QTableView, #reviewing QHeaderView { background: transparent; }"
    " #reviewing QHeaderView::section { background: transparent; }"
)
LEAST_ROWS, MOST_ROWS = 3, 9


class CasePanel(QWidget):
    """Shows the state of the review; what is pressed here goes to it."""

    left = Signal()
    """Back to the text."""

    def __init__(self, session: Session, review: Review, theme: Theme) -> None:
        super().__init__()
        self.session, self.review, self.theme = session, review, theme
        self.heading = words(role="title", wrap=True)
        self.explanation = words(role="muted", wrap=True)
        self.decision = words(role="understood", wrap=True)
        self.missing, self.remedy = words(role="title", wrap=True), words(role="muted", wrap=True)
        self._at = ("", False)
        """The case that is shown, and whether it is edited."""
        self.cards: list[VersionCard] = []
        self._described: list[Shown] = []
        self.editor = Editor(theme, ProjectKnowledge(session, self).surroundings())
        self.accept = button("Accept", "primary")
        self.edit, self.reject = button("Edit & accept"), button("Reject all")
        self.reopen = button("Reopen  R", "link")
        self.agreement = ArticleAgreement(theme)
        self.only = Chip("", theme, self)
        self.chips = {show: Chip("", theme, self) for show in SHOWS}
        self.rows = CaseListModel()
        self.list = CaseList("Cases in this article", self.rows)
        self.delegate = CaseDelegate(theme)
        self._lay_out()
        self._connect()
        self.set_theme(theme)

    def set_theme(self, theme: Theme) -> None:
        self.theme = self.delegate.theme = theme
        self.setStyleSheet(f"#reviewing {{ background: {theme.surface}; }} {_DRESS}")
        self.editor.set_theme(theme)
        self.agreement.set_theme(theme)
        self.only.set_theme(theme)
        for chip in self.chips.values():
            chip.set_theme(theme)
        for card in self.cards:
            card.set_theme(theme)
        self.list.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._show_buttons()

    # --- showing -------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Show how things stand now."""
        review, project = self.review, self.session.project
        if project is None:
            return
        why, remedy = showing.missing(review, project)
        self.missing.setText(why)
        self.remedy.setText(remedy)
        case = review.case
        self.heading.setText(showing.heading(review))
        self.explanation.setText("" if why else case.explanation if case else self._nothing())
        self.decision.setText(showing.decision(review, project))
        for label in (self.missing, self.remedy, self.heading, self.explanation, self.decision):
            label.setVisible(bool(label.text()))
        self._show_cards(showing.cards(review, project))
        self._show_draft()
        self._show_buttons()
        self._show_list()
        self._show_top()

    def _show_top(self) -> None:
        """Begin at the top with another case, unless it was chosen in the list further down."""
        at = (self.review.at, self.review.draft is not None)
        if at != self._at and not self.list.hasFocus():
            self.area.verticalScrollBar().setValue(0)
        self._at = at

    def _nothing(self) -> str:
        """Say so when two have read the article and marked nothing at all."""
        if len(self.review.compared) < 2 or self.session.article is None:
            return ""
        return "Nobody marked anything in this article: they agree that there is nothing."

    def _show_cards(self, described: list[Shown]) -> None:
        """Make the cards anew when they say something else."""
        if described != self._described:
            held = next((i for i, card in enumerate(self.cards) if card.hasFocus()), -1)
            for card in self.cards:
                card.hide()
                card.deleteLater()
            self._described = described
            self.cards = [self._card(number, shown) for number, shown in enumerate(described)]
            if held >= 0:
                self.left.emit()
        for number, card in enumerate(self.cards):
            card.setChecked(number == self.review.chosen and bool(card.shown.stretches))
            card.setVisible(self.review.draft is None)
        deeds = [self.accept, self.edit, self.reject, self.reopen]
        put_in_order([*self.cards, *self.editor.stops(), *deeds, self.agreement.stop, self.list])

    def _card(self, number: int, shown: Shown) -> VersionCard:
        card = VersionCard(shown, self.theme)
        if shown.stretches:
            card.clicked.connect(partial(self._choose, number))
        else:
            card.setEnabled(False)
        self._versions.addWidget(card)
        return card

    def _choose(self, number: int, _checked: bool = False) -> None:
        self.review.choose(number)

    def _show_draft(self) -> None:
        draft, project = self.review.draft, self.session.project
        self.editor.setVisible(draft is not None)
        if draft and project:
            self.editor.show_draft(draft.annotation, project)

    def _show_buttons(self) -> None:
        review, case = self.review, self.review.case
        version, may = review.version, review.may_decide and review.draft is None
        is_chosen = version is not None and version.annotation is not None
        initial = review.voice(version.layer).initial if version else ""
        self._say(self.accept, f"Accept {initial}  ↵")
        roomy = self.width() >= ROOMY
        self._say(self.edit, "Edit && accept  E" if roomy else "Edit  E")
        self._say(self.reject, "Reject all  0" if roomy else "Reject  0")
        shown = {
            self.accept: is_chosen and may,
            self.edit: is_chosen and may,
            self.reject: case is not None and may,
            self.reopen: case is not None and case.ruling is not None and may,
        }
        self._deeds.setVisible(any(shown.values()))
        for widget, wanted in shown.items():
            if widget.hasFocus() and not wanted:
                self.left.emit()
            widget.setVisible(wanted)

    def _say(self, widget: QPushButton, text: str) -> None:
        if widget.text() != text:
            widget.setText(text)
            widget.setAccessibleName(text[:-1].strip().replace("&&", "&"))

    def _show_list(self) -> None:
        review = self.review
        for show, chip in self.chips.items():
            chip.set_words(f"{sentence_case(show)} {review.count(show):,}")
            chip.setChecked(show == review.show and review.only is None)
        self._show_only()
        listed = review.listed()
        self.delegate.current = review.at
        self.rows.load(listed, review.voices)
        rows = min(max(len(listed), LEAST_ROWS), MOST_ROWS)
        self.list.setFixedHeight(rows * ROW_HEIGHT + 4)
        place = self.rows.place(review.at)
        selection = self.list.selectionModel()
        blocked = selection.blockSignals(True)
        self.list.setCurrentIndex(self.rows.index(place))
        selection.blockSignals(blocked)
        if place >= 0:
            self.list.scrollTo(self.rows.index(place))
        self.list.viewport().update()
        some = bool(review.cases)
        for part in (self._list_head, self._chip_row, self.list):
            part.setVisible(some)

    def _show_only(self) -> None:
        """Say which label and pair the list is narrowed to; a click takes that away."""
        only, project = self.review.only, self.session.project
        self.only.setVisible(only is not None)
        if only is None or project is None:
            return
        label = project.scheme.label(only.label)
        names = " · ".join(self.review.voice(layer).initial for layer in only.layers)
        self.only.set_words(f"{label.title if label else only.label}, {names}  ×")
        self.only.setChecked(True)

    def show_agreement(self) -> None:
        """Measure how those compared agree on the article."""
        review, project = self.review, self.session.project
        if project is None:
            return
        annotations = [a for case in review.cases for a in case.annotations]
        compared = [voice for voice in review.voices if voice.layer in review.compared]
        self.agreement.show_article(project.scheme, annotations, compared)

    # --- putting together ----------------------------------------------------------------------

    def _lay_out(self) -> None:
        self.setObjectName("reviewing")
        self.setAccessibleName("Case")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(MARGIN, 14, MARGIN - SCROLL_BAR, MARGIN)
        column.setSpacing(8)
        for label in (self.missing, self.remedy, self.heading, self.explanation, self.decision):
            column.addWidget(label)
        self._versions = QVBoxLayout()
        self._versions.setSpacing(9)
        column.addLayout(self._versions)
        column.addWidget(self.editor)
        self._deeds = self._flow(self.accept, self.edit, self.reject, self.reopen)
        column.addWidget(self._deeds)
        column.addWidget(self.agreement)
        self._list_head = words("All cases in this article", "section")
        self._chip_row = self._flow(*self.chips.values(), self.only)
        column.addSpacing(4)
        for part in (rule(), self._list_head, self._chip_row, self.list):
            column.addWidget(part)
        column.addStretch(1)
        self.list.setItemDelegate(self.delegate)
        self._scrolled(inside)

    def _scrolled(self, inside: QWidget) -> None:
        self.area = QScrollArea()
        self.area.setObjectName("plain")
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.area.setWidget(inside)
        bar = self.area.verticalScrollBar()
        bar.rangeChanged.connect(lambda _low, high: bar.setEnabled(high > 0))
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.area)

    def _flow(self, *parts: QWidget) -> QWidget:
        holder = wrapping(QWidget())
        flow = FlowLayout(holder, gap=6)
        for part in parts:
            flow.addWidget(part)
        return holder

    def _connect(self) -> None:
        review, editor = self.review, self.editor
        editor.relabelled.connect(review.relabel)
        editor.value_changed.connect(review.set_value)
        editor.note_changed.connect(lambda note: review.revise(note=note))
        editor.left.connect(self.left)
        self.agreement.asked.connect(lambda label, pair: review.list_behind(Only(label, pair)))
        self.agreement.left.connect(self.left)
        self.only.clicked.connect(lambda: review.list_only(review.show))
        self.reject.clicked.connect(review.reject_all)
        self.edit.clicked.connect(review.edit)
        editor.back.clicked.connect(review.give_up)
        self.reopen.clicked.connect(review.reopen)
        for show, chip in self.chips.items():
            chip.clicked.connect(partial(self._list_only, show))
        self.list.selectionModel().currentChanged.connect(lambda index, _before: self._look_at(index))
        self.list.left.connect(self.left)

    def _list_only(self, show: str, _checked: bool = False) -> None:
        self.review.list_only(next(known for known in SHOWS if known == show))

    def _look_at(self, index: object) -> None:
        case = index.data(CASE_ROLE) if hasattr(index, "data") else None
        if case is not None:
            self.review.go(case.key)
