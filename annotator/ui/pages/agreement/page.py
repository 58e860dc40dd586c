"""The Agreement page: what is compared at the left, how well annotators agree at the right."""

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QHideEvent, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from annotator.model.change import ObjectKey
from annotator.services.agreement import Asked, Measured, Passage, passages
from annotator.services.errors import Refused
from annotator.ui.asking import Asking
from annotator.ui.pages.agreement.choices import AgreementChoices
from annotator.ui.pages.agreement.figures import Figures
from annotator.ui.pages.agreement.measuring import Found, Measuring
from annotator.ui.pages.agreement.passages import PassagesPanel
from annotator.ui.pages.agreement.wording import as_sentence
from annotator.ui.pages.table import page_row
from annotator.ui.session import Session
from annotator.ui.theme import Theme
from annotator.ui.widgets import words

SIDE_WIDTH = 270
ASK_AFTER_MS = 150
"""How long a choice must rest before it is measured: several are often made in a row."""
COMPARING, INTERVALS = "Comparing", "Working out intervals"


class AgreementPage(QWidget):
    """Asks anew whenever a choice or the project changes; each cell leads to its passages."""

    def __init__(self, session: Session, theme: Theme) -> None:
        super().__init__()
        self.session = session
        self._asked: Asked | None = None
        """What was asked last; None when it has to be asked anew."""
        self.choices = AgreementChoices(session, theme)
        self.measuring = Measuring(session)
        self.looking = Asking(self)
        self.figures = Figures(theme)
        self.passages = PassagesPanel(session, theme)
        self.right = QStackedWidget()
        self._behind: Measured | None = None
        """The measure whose passages were asked for last."""
        self._soon = QTimer(self, singleShot=True, interval=ASK_AFTER_MS)
        self._lay_out()
        self._connect()
        self.figures.say(f"{COMPARING} …")

    @property
    def is_busy(self) -> bool:
        """Say whether anything is still to be worked out."""
        is_asking = self.measuring.is_busy or self.looking.is_busy or self.figures.is_busy
        return self._soon.isActive() or is_asking

    def focus(self) -> None:
        """Put the keyboard where the work is."""
        if self.right.currentWidget() is self.passages:
            self.passages.focus()
        elif self.figures.is_empty:
            self.choices.all_done.setFocus()
        else:
            self.figures.focus()

    def set_theme(self, theme: Theme) -> None:
        for part in (self.choices, self.figures, self.passages):
            part.set_theme(theme)

    # --- asking --------------------------------------------------------------------------------

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._look_around()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._soon.stop()

    def _look_around(self) -> None:
        """Offer what the project has now, and ask if that makes another question."""
        project = self.session.project
        if project is not None and self.isVisible():
            self.choices.show_project(project)
            self._soon.start()

    def _ask(self) -> None:
        """Measure what is chosen, or say why that can't be."""
        project = self.session.project
        if project is None:
            return
        try:
            asked = self.choices.asked()
        except Refused as reason:
            self._asked = None
            self.measuring.drop()
            self.figures.say(as_sentence(str(reason)))
            return
        if asked != self._asked:
            self._asked = asked
            self.figures.line.begin(COMPARING)
            self.measuring.ask(project, asked)

    def _show(self, found: Found) -> None:
        was_empty = self.figures.is_empty
        self.figures.show_found(found)
        if was_empty and self.choices.all_done.hasFocus():
            # The keyboard only waited there.
            self.figures.focus()
        if found.is_final:
            self.figures.line.rest()
        else:
            self.figures.line.begin(self._second_step())

    def _second_step(self) -> str:
        return f"{INTERVALS} and γ" if self._asked and self._asked.gamma else INTERVALS

    def _fail(self, sentence: str) -> None:
        self._asked = None
        said = as_sentence(sentence)
        if self.measuring.is_second:
            # The values are there, and stay.
            self.figures.line.rest(said)
        else:
            self.figures.say(said)

    def _stopped(self) -> None:
        what = "the intervals were worked out" if self.measuring.is_second else "anything was compared"
        self.figures.line.rest(f"Stopped before {what}.", may_go_on=True)

    def _go_on(self) -> None:
        if self.measuring.is_second:
            self.figures.line.begin(self._second_step())
            self.measuring.go_on()
        else:
            self._asked = None
            self._ask()

    # --- passages ------------------------------------------------------------------------------

    def _look(self, one: Measured, told: str) -> None:
        """List the passages behind a measure."""
        if self.figures.corpus is not None:
            self._behind = one
            self.passages.wait(told)
            self.right.setCurrentWidget(self.passages)
            self.passages.focus()
            self._find()

    def _find(self) -> None:
        """Look for the passages that are wanted, also once more after that was stopped."""
        corpus, one = self.figures.corpus, self._behind
        if corpus is not None and one is not None:
            self.passages.line.begin()
            self.looking.ask(lambda tell: passages(corpus, one, tell))

    def _show_counted(self, found: tuple[Passage, ...], told: str) -> None:
        self.passages.wait(told)
        self.right.setCurrentWidget(self.passages)
        self._show_passages(found)

    def _show_passages(self, found: tuple[Passage, ...]) -> None:
        self.passages.show_passages(found)
        if self.right.currentWidget() is self.passages and self.isVisible():
            self.passages.focus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave the passages on Esc, wherever on the page the keyboard is."""
        if event.key() == Qt.Key.Key_Escape and self.right.currentWidget() is self.passages:
            self._back()
        else:
            super().keyPressEvent(event)

    def _back(self) -> None:
        self.looking.drop()
        self.right.setCurrentWidget(self.figures)
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

    def _hear(self, _keys: frozenset[ObjectKey]) -> None:
        """Measure anew what has changed, at once or when the page is next shown."""
        self._asked = None
        self.measuring.forget()
        self._look_around()

    def _show_project(self) -> None:
        self._asked = None
        self.right.setCurrentWidget(self.figures)
        self.figures.say(f"{COMPARING} …")
        self._look_around()

    def _give_up(self) -> None:
        """Leave no thread behind when the project goes."""
        self._soon.stop()
        self.measuring.give_up()
        self.looking.give_up()
        self.figures.give_up()

    # --- putting together ----------------------------------------------------------------------

    def _connect(self) -> None:
        session, figures, measuring = self.session, self.figures, self.measuring
        self.choices.changed.connect(self._soon.start)
        self._soon.timeout.connect(self._ask)
        measuring.found.connect(self._show)
        measuring.failed.connect(self._fail)
        measuring.told.connect(figures.line.tell)
        measuring.stopped.connect(self._stopped)
        figures.line.stop_wanted.connect(measuring.stop)
        figures.line.go_on_wanted.connect(self._go_on)
        figures.wanted.connect(self._look)
        figures.counted.connect(self._show_counted)
        figures.guide_wanted.connect(session.guide_wanted)
        figures.said.connect(session.said)
        figures.failed.connect(session.failed)
        self.looking.answered.connect(self._show_passages)
        self.looking.failed.connect(session.failed)
        self.passages.line.follow(self.looking)
        self.passages.line.go_on_wanted.connect(self._find)
        self.passages.left.connect(self._back)
        self.passages.chosen.connect(self._open)
        session.changed.connect(self._hear)
        session.project_changed.connect(self._show_project)
        session.article_changed.connect(self._look_around)
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
        for part in (self.figures, self.passages):
            self.right.addWidget(part)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(side)
        row.addWidget(self.right, 1)
