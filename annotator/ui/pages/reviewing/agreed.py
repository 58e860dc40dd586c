"""Accept many cases by a rule: which rule, where, how many that would be, and do it."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QComboBox, QFrame, QHBoxLayout, QSpinBox, QVBoxLayout, QWidget

from annotator.model.review import GOLD
from annotator.services import reviewing
from annotator.services.errors import Refused
from annotator.services.reviewing import First, Majority, Plan, Rule, Unanimous
from annotator.store.home import Home
from annotator.store.project import Project
from annotator.ui.asking import Asking
from annotator.ui.fields.buttons import Chip
from annotator.ui.fields.flow import FlowLayout, wrapping
from annotator.ui.pages.reviewing.state import Review
from annotator.ui.reading_beside import source
from annotator.ui.session import Session
from annotator.ui.spelling import counted, sentence_case
from annotator.ui.theme import Theme
from annotator.ui.widgets import button, words
from annotator.ui.work import Source, Tell, carry_out

RULES = {"unanimous": "Unanimous", "majority": "Majority", "first": "One annotator first"}
_MEANINGS = {
    "unanimous": "Takes what everybody who has read an article says, two at least.",
    "majority": "Takes what at least so many annotators say, if no other version has as many.",
    "first": "Takes everything of one annotator wherever they have read the article.",
}


class AgreedBar(QFrame):
    """Stands above the article while it is wanted; nothing is written before its button is pressed."""

    closed = Signal()

    def __init__(self, session: Session, review: Review, theme: Theme) -> None:
        super().__init__()
        self.session, self.review = session, review
        self.rule, self.everywhere = "unanimous", False
        self.rules = {name: Chip(title, theme, self) for name, title in RULES.items()}
        self.least, self.first = QSpinBox(), QComboBox()
        self.here, self.all = Chip("This article", theme, self), Chip("All articles", theme, self)
        self.meaning, self.count = words(role="caption", wrap=True), words(role="strong")
        self.accept, self.close_bar = button("Accept", "primary"), button("Close")
        self.plan: Plan | None = None
        self._asking = Asking(self)
        self._lay_out()
        self._connect()
        self.hide()

    def open(self) -> None:
        """Show the bar and count what the rule would accept."""
        self._fill()
        self.show()
        self.rules[self.rule].setFocus(Qt.FocusReason.OtherFocusReason)
        self.refresh()

    def compare_others(self) -> None:
        """Offer and count what the annotators who are compared now say."""
        self._fill()
        self.refresh()

    def shut(self) -> None:
        """Put the bar away."""
        if not self.isHidden():
            self.hide()
            self._asking.stop()
            self.closed.emit()

    def set_theme(self, theme: Theme) -> None:
        for chip in (*self.rules.values(), self.here, self.all):
            chip.set_theme(theme)

    # --- counting ------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Count anew, beside the window."""
        project, article = self.session.project, self.session.article
        if self.isHidden() or project is None:
            return
        for name, chip in self.rules.items():
            chip.setChecked(name == self.rule)
        self.here.setChecked(not self.everywhere)
        self.all.setChecked(self.everywhere)
        self.all.set_words(f"All {counted(len(project.article_ids()), 'article')}")
        self.least.setVisible(self.rule == "majority")
        self.first.setVisible(self.rule == "first")
        self.meaning.setText(_MEANINGS[self.rule])
        self._show_plan(None)
        if not self.review.may_decide:
            self._asking.drop()
            self.count.setText("Fewer than two annotators are compared")
        elif article is not None:
            ask = partial(_plan, source(project, self.session.home), self._wanted(project))
            self._asking.ask(ask)

    def _wanted(self, project: Project) -> Callable[..., Plan]:
        """Return what makes the plan of the rule that is chosen."""
        article = self.session.article
        here = [article.id] if article else []
        return partial(
            reviewing.planned,
            articles=project.article_ids() if self.everywhere else here,
            rule=self._rule(),
            layers=self._layers(project),
        )

    def _rule(self) -> Rule:
        if self.rule == "majority":
            return Majority(self.least.value())
        return First(str(self.first.currentData())) if self.rule == "first" else Unanimous()

    def _layers(self, project: Project) -> Sequence[str]:
        left_out = self.review.left_out | {GOLD}
        return [layer for layer in project.layers() if layer not in left_out]

    def _show_count(self, done: int, total: int) -> None:
        if self.plan is None and self.everywhere:
            self.count.setText(f"Counting … {done:,} of {total:,} articles")

    def _show_plan(self, plan: Plan | None) -> None:
        self.plan = plan
        if plan is None:
            self.count.setText("Counting …")
        elif plan.draft is None:
            self.count.setText("Nothing left that the rule decides")
        else:
            self.count.setText(_deeds(plan))
        self.accept.setEnabled(plan is not None and plan.draft is not None)
        number = plan.accepted if plan else 0
        self.accept.setText(f"Accept {counted(number, 'span')}" if number else "Accept")

    def _say_failure(self, failure: str) -> None:
        self.count.setText(failure)

    # --- doing ---------------------------------------------------------------------------------

    def write(self) -> None:
        """Accept what the rule says, as one change."""
        session, project = self.session, self.session.project
        if project is None or self.plan is None or self.plan.draft is None:
            return
        plan = self.plan
        if self.everywhere:
            self._write_beside(project, plan)
        elif session.do(partial(_accept, self._wanted(project))):
            self._said(plan)
        self.refresh()

    def _write_beside(self, project: Project, plan: Plan) -> None:
        """Decide many articles in a thread of its own, with a count and a way to stop it."""
        session, actor = self.session, self.session.do(_may_decide)
        if actor is None:
            return
        wanted = partial(_accept, self._wanted(project), actor=actor)
        written = carry_out(
            self.window(), "Accepting into gold", partial(_write, project.path, session.home, wanted)
        )
        session.publish()
        if written.failure:
            session.failed.emit(written.failure)
        elif written.result:
            session.saved.emit()
            self._said(plan)

    def _said(self, plan: Plan) -> None:
        accepted = f"{counted(plan.accepted, 'span')} accepted into gold"
        ended = f"{counted(plan.ended, 'article')} done in gold"
        said = [words for words, n in ((accepted, plan.accepted or plan.rejected), (ended, plan.ended)) if n]
        self.session.said.emit(f"{', '.join(said)}; undo takes all of it back")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.shut()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            # Here it never decides the case behind the bar.
            focused = self.focusWidget()
            if isinstance(focused, QAbstractButton):
                focused.click()
        else:
            super().keyPressEvent(event)

    # --- putting together ----------------------------------------------------------------------

    def _fill(self) -> None:
        """Offer the annotators there are, by the names they are shown under."""
        project = self.session.project
        chosen = self.first.currentData()
        self.first.clear()
        layers = self._layers(project) if project else ()
        for layer in sorted(layers, key=self.review.name_of):
            self.first.addItem(self.review.name_of(layer), layer)
        self.first.setCurrentIndex(max(0, self.first.findData(chosen)))
        self.least.setRange(2, max(2, len(layers)))

    def _choose_rule(self, name: str, _checked: bool = False) -> None:
        self.rule = name
        self.refresh()

    def _choose_where(self, everywhere: bool, _checked: bool = False) -> None:
        self.everywhere = everywhere
        self.refresh()

    def _lay_out(self) -> None:
        self.setProperty("part", "notice")
        self.setProperty("tone", "calm")
        self.setAccessibleName("Accept what all agree on")
        self.setStyleSheet("QSpinBox, QComboBox { min-height: 14px; padding: 2px 8px; }")
        self.least.setPrefix("of ")
        self.least.setMinimumWidth(84)
        self.least.setAccessibleName("Annotators who say the same, at least")
        self.first.setAccessibleName("The annotator who is followed")
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 10, 16, 10)
        column.setSpacing(7)
        column.addWidget(_flow(*self.rules.values(), self.least, self.first))
        column.addWidget(self.meaning)
        column.addWidget(_flow(self.here, self.all))
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.count, 1)
        row.addWidget(self.close_bar)
        row.addWidget(self.accept)
        column.addLayout(row)

    def _connect(self) -> None:
        for name, chip in self.rules.items():
            chip.clicked.connect(partial(self._choose_rule, name))
        self.here.clicked.connect(partial(self._choose_where, False))
        self.all.clicked.connect(partial(self._choose_where, True))
        self.least.valueChanged.connect(self.refresh)
        self.first.activated.connect(self.refresh)
        self.accept.clicked.connect(self.write)
        self.close_bar.clicked.connect(self.shut)
        self._asking.answered.connect(self._show_plan)
        self._asking.failed.connect(self._say_failure)
        self._asking.told.connect(self._show_count)
        self.session.closing.connect(self._asking.give_up)


def _deeds(plan: Plan) -> str:
    """Say what a plan does, in one line."""
    done = [f"accepts {counted(plan.accepted, 'span')}"] if plan.accepted or not plan.ended else []
    done += [f"rejects {counted(plan.rejected, 'case')}"] if plan.rejected else []
    done += [f"marks {counted(plan.ended, 'article')} as done in gold"] if plan.ended else []
    return sentence_case(", ".join(done))


def _flow(*parts: QWidget) -> QWidget:
    holder = wrapping(QWidget())
    flow = FlowLayout(holder, gap=6)
    for part in parts:
        flow.addWidget(part)
    return holder


def _plan(read: Source, wanted: Callable[..., Plan], tell: Tell) -> Plan:
    with read() as project:
        return wanted(project, actor="", tell=tell)


def _accept(wanted: Callable[..., Plan], project: Project, *, actor: str, tell: Tell | None = None) -> bool:
    """Plan and carry out; False when the rule decides nothing any more."""
    plan = wanted(project, actor=actor, **({"tell": tell} if tell else {}))
    return reviewing.apply(project, plan) is not None


def _may_decide(project: Project, *, actor: str) -> str:
    """Return who decides, once the project can be written."""
    if project.read_only:
        raise Refused(f"nothing can be decided: this project {project.read_only_reason}")
    if project.pending:
        raise Refused("some changes are not in the file yet; decide when they are saved")
    return actor


def _write(path: Path, home: Home, wanted: Callable[..., bool], tell: Tell) -> bool:
    with Project.open(path, home=home) as project:
        return wanted(project, tell=tell)
