"""The gold annotation that is being made, with its label, values and note to be changed in place."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from annotator.model.records import Annotation
from annotator.model.values import problems
from annotator.store.project import Project
from annotator.ui.article.voices import gold
from annotator.ui.fields.base import Surroundings
from annotator.ui.fields.form import Form
from annotator.ui.fields.note import NoteEdit
from annotator.ui.pages.reviewing.chips import Tag
from annotator.ui.panels.inspector.labels import LabelBar
from annotator.ui.spelling import quoted
from annotator.ui.theme import Theme
from annotator.ui.widgets import button, words

HINT = "Move its ends in the text with [ and ], or drag their handles; Ctrl+drag adds a fragment."


class Editor(QFrame):
    """Says what is changed; writes nothing."""

    relabelled = Signal(str)
    value_changed = Signal(str, object)
    note_changed = Signal(str)
    left = Signal()

    def __init__(self, theme: Theme, surroundings: Surroundings) -> None:
        super().__init__()
        self.setProperty("part", "card")
        self.voice = Tag(theme)
        self.accept, self.back = button("Accept  ↵", "primary"), button("Back  Esc")
        self.accept.setAccessibleName("Accept as edited")
        self.back.setAccessibleName("Back, without accepting")
        self.labels = LabelBar(theme)
        self.quotation = words(role="quotation", wrap=True)
        self.hint = words(HINT, "caption", wrap=True)
        self.form = Form(theme, surroundings)
        self.note = NoteEdit()
        self._offered: tuple[str, ...] = ()
        self._connect()
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 10, 12, 12)
        column.setSpacing(10)
        head = QHBoxLayout()
        head.setSpacing(6)
        head.addWidget(self.voice)
        head.addStretch(1)
        head.addWidget(self.back)
        head.addWidget(self.accept)
        column.addLayout(head)
        for part in (self.labels, self.quotation, self.hint, self.form, self.note):
            column.addWidget(part)

    def show_draft(self, draft: Annotation, project: Project) -> None:
        """Show the annotation as it stands now; what is being typed stays."""
        scheme = project.scheme
        alike = [label for label in scheme.labels if scheme.are_alike(label.id, draft.label)]
        offered = tuple(label.id for label in alike)
        if offered != self._offered:
            self._offered = offered
            self.labels.build(alike)
        self.voice.show_voice(gold())
        self.labels.mark(draft.label, "")
        self.quotation.setText(quoted(draft.words))
        label = scheme.label(draft.label)
        attributes = label.attributes if label else ()
        found = problems(label, draft.attributes) if label else {}
        self.form.show_values(attributes, draft.attributes, found, draft.id)
        self.note.show_words(draft.note)

    def begin(self) -> None:
        """Take the focus in the first field."""
        if not self.form.begin():
            self.note.setFocus()

    def commit(self) -> None:
        """Settle what is being typed."""
        self.form.commit()
        self.note.settle()

    def stops(self) -> list[QWidget]:
        """List everything that takes the focus in the order Tab visits it."""
        return [*self.form.stops(), self.note, *self.labels.stops(), self.back, self.accept]

    def set_theme(self, theme: Theme) -> None:
        self.voice.theme = theme
        self.voice.show_voice(gold())
        for part in (self.labels, self.form):
            part.set_theme(theme)

    def _connect(self) -> None:
        self.labels.pressed.connect(self.relabelled)
        self.form.changed.connect(self.value_changed)
        self.note.settled.connect(self.note_changed)
        for part in (self.form, self.note):
            part.left.connect(self.left)
