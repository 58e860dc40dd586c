"""Everything that is said of one span: words, verdicts, values, note, links, history."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from annotator.model.records import Annotation
from annotator.model.scheme import Label, Scheme
from annotator.model.values import problems
from annotator.services.telling import Told
from annotator.ui.fields.base import Surroundings
from annotator.ui.fields.form import Form
from annotator.ui.fields.note import NoteEdit
from annotator.ui.panels.inspector.history import HistoryList
from annotator.ui.panels.inspector.links import LinkList, Tie
from annotator.ui.panels.inspector.verdicts import VerdictList
from annotator.ui.spelling import quoted
from annotator.ui.theme import Theme
from annotator.ui.widgets import rule, words

if TYPE_CHECKING:
    from annotator.ui.panels.inspector.judge import JudgeForm


class SpanView(QWidget):
    """One span, to be read and filled in."""

    value_changed = Signal(str, object)
    note_changed = Signal(str)
    left = Signal()
    judged = Signal(str, object)
    """A verdict was given: the decision, and what else is said."""
    words_wanted = Signal()

    def __init__(self, theme: Theme, surroundings: Surroundings) -> None:
        super().__init__()
        self.theme, self._surroundings = theme, surroundings
        self.judge: JudgeForm | None = None
        """Made with the first span that is somebody else's: the window opens without it."""
        self.verdicts = VerdictList("Verdicts", theme)
        self.quotation = words(role="quotation", wrap=True)
        self.banner = words(role="note", wrap=True)
        self.form = Form(theme, surroundings)
        self.note = NoteEdit()
        self.links = LinkList(theme)
        self.history = HistoryList()
        self._form_rule = rule()
        self.form.changed.connect(self.value_changed)
        self.note.settled.connect(self.note_changed)
        for part in (self.form, self.note):
            part.left.connect(self.left)
        self._lay_out()

    def show_span(self, annotation: Annotation, label: Label | None, locked: str) -> None:
        """Show a span; `locked` says why it can't be changed, if it can't."""
        self.quotation.setText(quoted(annotation.words))
        self.banner.setText(locked)
        self.banner.setVisible(bool(locked))
        attributes = label.attributes if label else ()
        found = problems(label, annotation.attributes) if label and not locked else {}
        self.form.show_values(attributes, annotation.attributes, found, annotation.id)
        self.form.set_read_only(bool(locked))
        self._form_rule.setVisible(bool(attributes))
        self.note.show_words(annotation.note)
        self.note.setReadOnly(bool(locked))

    def show_judge(self, annotation: Annotation | None, scheme: Scheme) -> None:
        """Let a verdict be given on a span, or on none."""
        if annotation is not None:
            self._judge().show_span(annotation, scheme)
        if self.judge is not None:
            self.judge.setVisible(annotation is not None)

    @property
    def asks_for_change(self) -> bool:
        """Say whether a change is being put together, to which the selected words may belong."""
        return self.judge is not None and self.judge.isVisible() and self.judge.decision.value == "change"

    def begin_verdict(self, decision: str) -> None:
        """Ask for what a decision needs."""
        if self.judge is not None:
            self.judge.begin(decision)

    def _judge(self) -> "JudgeForm":
        if self.judge is None:
            from annotator.ui.panels.inspector.judge import JudgeForm

            self.judge = JudgeForm(self.theme, self._surroundings)
            self.judge.given.connect(self.judged)
            self.judge.words_wanted.connect(self.words_wanted)
            self._column.insertWidget(self._column.indexOf(self._form_rule), self.judge)
        return self.judge

    def show_links(self, ties: list[Tie], may_link: bool) -> None:
        self.links.show_ties(ties, may_link)

    def show_history(self, steps: tuple[Told, ...], person: str, may_restore: bool) -> None:
        self.history.show_steps(steps, person, may_restore)

    def stops(self) -> list[QWidget]:
        """List everything that takes the focus in the order Tab visits it."""
        first = [*self.verdicts.stops(), *(self.judge.stops() if self.judge else ())]
        return [*first, *self.form.stops(), self.note, *self.links.stops(), *self.history.stops()]

    def commit(self) -> None:
        """Settle whatever is being typed."""
        self.form.commit()
        self.note.settle()

    def begin(self, attribute: str = "") -> None:
        """Take the focus in a field, or in the note when the span has none."""
        if not self.form.begin(attribute):
            self.note.setFocus()

    def set_theme(self, theme: Theme) -> None:
        self.theme = theme
        for part in (self.form, self.links, self.verdicts):
            part.set_theme(theme)
        if self.judge is not None:
            self.judge.set_theme(theme)

    def _lay_out(self) -> None:
        column = self._column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        parts: list[QWidget] = [self.quotation, self.banner, self.verdicts, self._form_rule, self.form]
        for widget in [*parts, rule(), self.note, self.links, self.history]:
            column.addWidget(widget)
        column.addStretch(1)
