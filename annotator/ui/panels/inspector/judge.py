"""Giving a verdict on somebody else's span: accept, reject, or ask for a change."""

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from annotator.model.records import Annotation
from annotator.model.review import REASONS
from annotator.model.scheme import Attribute, Label, Scheme
from annotator.ui.fields.base import Surroundings
from annotator.ui.fields.choice import Combo, ComboField, SegmentedField
from annotator.ui.fields.form import Form
from annotator.ui.spelling import quoted
from annotator.ui.theme import Theme
from annotator.ui.widgets import button, words

_DECISIONS = (("Accept", "accept"), ("Reject", "reject"), ("Change", "change"))


class JudgeForm(QWidget):
    """Accept is given at once; the others ask for a reason first, and a change for what it is."""

    given = Signal(str, object)
    """A decision, and what else is said: reason, comment, proposed."""
    words_wanted = Signal()
    """The words selected in the article are to be the span's boundaries."""

    def __init__(self, theme: Theme, surroundings: Surroundings) -> None:
        super().__init__()
        self._subject = ""
        self._fragments: Sequence[tuple[int, int]] = ()
        self._values: dict[str, Any] = {}
        self.decision = SegmentedField(Attribute("Verdict", "choice"), theme, surroundings, _DECISIONS)
        self.reason = ComboField(Attribute("Reason", "choice", REASONS[1:]), theme, surroundings)
        self.label = Combo()
        self.boundaries = button("Use the selected words")
        self.place = words(role="caption", wrap=True)
        self.form = Form(theme, surroundings)
        self.comment = QLineEdit()
        self.give = button("Give verdict", "primary")
        self._of_any: tuple[QWidget, ...] = (self.reason, self.comment, self.give)
        self._of_change: tuple[QWidget, ...] = (self.label, self.boundaries, self.form)
        self._name_parts()
        self._lay_out()
        self.decision.committed.connect(self._decide)
        self.boundaries.clicked.connect(self.words_wanted)
        self.form.changed.connect(self._values.__setitem__)
        self.label.currentIndexChanged.connect(lambda _index: self._show_form())
        self.comment.returnPressed.connect(self._give)
        self.give.clicked.connect(self._give)
        self._decide("")

    def show_span(self, annotation: Annotation, scheme: Scheme) -> None:
        """Begin anew with a span; what is being typed for the same one stays."""
        if annotation.id == self._subject:
            return
        self._subject, self._annotation, self._scheme = annotation.id, annotation, scheme
        self._fragments = ()
        self._values.clear()
        self.place.setText("")
        self.label.clear()
        for label in scheme.labels:
            self.label.addItem(label.title, label.id)
        self.label.setCurrentIndex(max(0, self.label.findData(annotation.label)))
        self.reason.show_value(None)
        self.comment.clear()
        self._decide("")

    def begin(self, decision: str) -> None:
        """Ask for what a decision needs, the keyboard in the first field."""
        self._decide(decision)
        self.reason.combo.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def use_words(self, fragments: Sequence[tuple[int, int]], selected: str) -> None:
        """Propose other boundaries."""
        self._fragments = fragments
        self.place.setText(quoted(selected))
        self.place.show()

    def stops(self) -> list[QWidget]:
        """List everything that takes the focus in the order Tab visits it."""
        fields = [self.reason.combo, self.label, self.boundaries, *self.form.stops(), self.comment, self.give]
        return [*self.decision.stops(), *fields]

    def set_theme(self, theme: Theme) -> None:
        self.decision.set_theme(theme)
        self.form.set_theme(theme)

    def _decide(self, decision: object) -> None:
        self.decision.show_value(decision or None)
        if decision == "accept":
            self._give()
            return
        more, change = decision in ("reject", "change"), decision == "change"
        for part in self._of_any:
            part.setVisible(more)
        for part in self._of_change:
            part.setVisible(change)
        self.place.setVisible(change and bool(self._fragments))
        if change:
            self._show_form()

    def _show_form(self) -> None:
        """Show the values as they are, or those proposed, of the label that is chosen."""
        chosen = self._chosen()
        if chosen is not None and self.decision.value == "change":
            values = {**self._annotation.attributes, **self._values}
            self.form.show_values(chosen.attributes, values, {}, f"{self._subject} as {chosen.id}")

    def _chosen(self) -> Label | None:
        return self._scheme.label(str(self.label.currentData())) if self._subject else None

    def _give(self) -> None:
        decision = self.decision.value
        if not decision or not self._subject:
            return
        self.form.commit()
        said: dict[str, Any] = {}
        if decision != "accept":
            said = {"reason": self.reason.value or "", "comment": self.comment.text()}
        if decision == "change":
            said["proposed"] = self._proposed()
        self._subject = ""
        self.given.emit(decision, said)

    def _proposed(self) -> Mapping[str, Any]:
        chosen = self._chosen()
        values = {name: v for name, v in self._values.items() if chosen and chosen.attribute(name)}
        proposed: dict[str, Any] = {"label": self.label.currentData(), "attributes": values}
        return {**proposed, "fragments": self._fragments} if self._fragments else proposed

    def _name_parts(self) -> None:
        self.decision.setAccessibleName("Verdict")
        self.reason.combo.setAccessibleName("Reason")
        self.reason.combo.setItemText(0, "reason …")
        self.label.setAccessibleName("Label it should have")
        self.comment.setPlaceholderText("Comment …")
        self.comment.setAccessibleName("Comment")

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(words("Your verdict", "section"))
        for part in (self.decision, self.reason, self.label, self.boundaries, self.place, self.form):
            column.addWidget(part)
        column.addWidget(self.comment)
        row = QHBoxLayout()
        row.addWidget(self.give)
        row.addStretch(1)
        column.addLayout(row)
