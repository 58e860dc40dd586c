"""The page that deals articles out, and shows whose they are."""

from PySide6.QtCore import QTimer
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QVBoxLayout, QWidget

from annotator.model.change import ObjectKey
from annotator.model.records import Annotation, Entity, Link
from annotator.model.review import Round
from annotator.services import assigning
from annotator.services.dealing import Deal
from annotator.services.errors import Refused
from annotator.store.lists import ArticleQuery
from annotator.store.project import Project
from annotator.ui.lists.cards import Emptiness
from annotator.ui.models.assignments import AssignmentsModel
from annotator.ui.pages.assigning.choices import DealChoices, titles_of
from annotator.ui.pages.assigning.hands import Hands
from annotator.ui.pages.deed import DeedPage
from annotator.ui.session import Session
from annotator.ui.spelling import sentence_case
from annotator.ui.theme import Theme
from annotator.ui.widgets import button, repolish, words

PREVIEW_AFTER_MS = 120
"""Typing may go on: what would be dealt is worked out when it rests."""


class AssignPage(DeedPage):
    """At the left what is to be dealt out, at the right who has what."""

    def __init__(self, session: Session, theme: Theme) -> None:
        super().__init__("Deal out", "Back")
        self.session = session
        self.dealt: Deal | None = None
        self._is_stale = True
        self.model = AssignmentsModel()
        self.choices = DealChoices(theme)
        self.preview = words(role="strong", wrap=True)
        self.hands = Hands(self.model, theme)
        self.rounds = QComboBox()
        self.end = button("End round")
        self.empty = Emptiness()
        self._late = QTimer(self, singleShot=True, interval=PREVIEW_AFTER_MS)
        self.assemble("Assign", self.choices, self._right(), self.preview)
        self._connect()

    def focus(self) -> None:
        """Put the keyboard where the work is."""
        first = next(iter(self.choices.people.values()), self.choices.name)
        first.setFocus()

    def set_theme(self, theme: Theme) -> None:
        self.choices.set_theme(theme)
        self.hands.set_theme(theme)

    # --- showing -------------------------------------------------------------------------------

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._is_stale:
            self.reload()

    def reload(self) -> None:
        """Read everything again."""
        project = self.session.project
        self._is_stale = False
        if project is None:
            return
        self.choices.blockSignals(True)
        self.choices.show_project(project, self.session.person)
        self.choices.blockSignals(False)
        self._offer_rounds(project)
        self._show_hands()
        self.work_out()

    def _offer_rounds(self, project: Project) -> None:
        before, rounds = self.rounds.currentData(), project.rounds()
        known = {self.rounds.itemData(i) for i in range(self.rounds.count())}
        fresh = [a_round.id for a_round in rounds if a_round.id not in known]
        self.rounds.blockSignals(True)
        self.rounds.clear()
        self.rounds.addItem("All rounds, and none", None)
        for a_round, title in zip(rounds, titles_of(rounds), strict=True):
            self.rounds.addItem(title, a_round.id)
        wanted = fresh[-1] if fresh else before
        self.rounds.setCurrentIndex(max(self.rounds.findData(wanted), 0) if wanted else 0)
        self.rounds.blockSignals(False)

    def _show_hands(self) -> None:
        """Show who has what, and how far they are in the round shown."""
        project = self.session.project
        if project is None:
            return
        chosen = self._round(project)
        shares = assigning.shares(project, chosen.id if chosen else None)
        articles, people = project.articles(ArticleQuery()), tuple(self.choices.people)
        told = (project.rounds(), project.assignments(), shares)
        if self.model.people == people and self.model.has_articles(articles):
            self.model.refresh(*told)
        else:
            self.model.load(articles, people, *told)
        self.end.setVisible(bool(chosen))
        self.end.setEnabled(bool(chosen and not chosen.ended and not project.read_only))
        has_table = bool(articles and people)
        self.hands.setVisible(has_table)
        self.empty.setVisible(not has_table)
        self.empty.say("Add an annotator at the left." if articles else "There are no articles yet.", "")

    def _round(self, project: Project) -> Round | None:
        return next((r for r in project.rounds() if r.id == self.rounds.currentData()), None)

    def work_out(self) -> None:
        """Say what would be dealt."""
        self._late.stop()
        project = self.session.project
        self.dealt = None
        if project is None:
            return
        try:
            self.choices.chosen_round(project)
            self.dealt = assigning.planned(
                project,
                articles=self.choices.articles(project),
                annotators=self.choices.annotators(),
                overlap=self.choices.overlap(),
                seed=self.choices.seed.value(),
            )
        except Refused as reason:
            self._say(sentence_case(str(reason)) + ".", "muted")
        else:
            self._say(_told(self.dealt), "strong")
        may = bool(self.dealt and self.dealt.new and not project.read_only)
        self.deed.setEnabled(may)

    def _say(self, sentence: str, role: str) -> None:
        self.preview.setText(sentence)
        self.preview.setProperty("role", role)
        repolish(self.preview)

    # --- doing ---------------------------------------------------------------------------------

    def write(self) -> None:
        """Deal out what was previewed."""
        project = self.session.project
        if project is None:
            return
        self.work_out()
        if self.dealt is None or not self.dealt.new:
            return
        dealt, a_round = self.dealt, self.choices.chosen_round(project)
        change = self.session.do(assigning.deal_out, dealt=dealt, a_round=a_round)
        if change:
            self.session.said.emit(f"Dealt out: {assigning.preview(dealt)}")

    def leave(self) -> None:
        """Go back to how far everybody is."""
        self.session.command_wanted.emit("page-progress")

    def _turn(self, give: bool, hands: tuple[tuple[str, str], ...]) -> None:
        """Give articles in the round shown, or take them back."""
        project = self.session.project
        chosen = self._round(project) if project else None
        if give:
            self.session.do(assigning.give, hands=hands, a_round=chosen.id if chosen else "")
        else:
            self.session.do(assigning.take, hands=hands)

    def _end_round(self) -> None:
        project = self.session.project
        chosen = self._round(project) if project else None
        if chosen and self.session.do(assigning.end_round, a_round=chosen.id):
            self.session.said.emit(f"The round “{chosen.title}” has ended; undo opens it again")

    # --- hearing -------------------------------------------------------------------------------

    def _hear(self, keys: frozenset[ObjectKey]) -> None:
        """Take in what changed, at once or when the page is next shown."""
        if not {kind for kind, _ in keys} - _UNTOUCHED:
            return
        self._is_stale = True
        if self.isVisible():
            self.reload()

    def _forget(self) -> None:
        self._is_stale = True
        if self.isVisible():
            self.reload()

    def _connect(self) -> None:
        session = self.session
        self._late.timeout.connect(self.work_out)
        self.choices.changed.connect(self._late.start)
        self.choices.people_changed.connect(self._show_hands)
        self.hands.turned.connect(self._turn)
        self.hands.left.connect(self.leave)
        self.rounds.activated.connect(lambda _index: self._show_hands())
        self.end.clicked.connect(self._end_round)
        session.changed.connect(self._hear)
        for signal in (session.project_changed, session.person_changed):
            signal.connect(self._forget)

    # --- putting together ----------------------------------------------------------------------

    def _right(self) -> QWidget:
        right = QWidget()
        self.rounds.setAccessibleName("Round shown")
        self.rounds.setMinimumWidth(220)
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(words("Who has what", "section"))
        line.addStretch(1)
        line.addWidget(self.rounds)
        line.addWidget(self.end)
        column = QVBoxLayout(right)
        column.setContentsMargins(24, 24, 24, 12)
        column.setSpacing(10)
        column.addLayout(line)
        column.addWidget(words("A click or Space in a cell gives an article, or takes it back.", "caption"))
        column.addWidget(self.hands, 1)
        column.addWidget(self.empty, 1)
        return right


_UNTOUCHED = frozenset((Annotation.KIND, Link.KIND, Entity.KIND))
"""Kinds of objects of which nothing is shown here."""


def _told(dealt: Deal) -> str:
    """Say who would have how many, and how much of that they have already."""
    if not dealt.new:
        return f"Everybody has theirs already: {assigning.preview(dealt)}."
    there = sum(dealt.loads.values()) - len(dealt.new)
    already = f" They have {there:,} of these already." if there else ""
    return f"{assigning.preview(dealt)}.{already}"
