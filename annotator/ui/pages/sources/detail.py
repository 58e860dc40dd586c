"""Everything about one entity: name, values, note, mentions, merging."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from annotator.model.records import Annotation, Entity
from annotator.model.scheme import Attribute, EntityKind
from annotator.model.values import value_problem
from annotator.services import entities
from annotator.services.assigning import seen_by
from annotator.store.project import Project
from annotator.ui.fields.base import Surroundings
from annotator.ui.fields.form import Form
from annotator.ui.fields.note import NoteEdit
from annotator.ui.fields.typed import LineEdit
from annotator.ui.lists.cards import CardList
from annotator.ui.models.hits import FIND_ROLE, Find, FindsModel
from annotator.ui.pages.sources.merging import MergeBox
from annotator.ui.pages.sources.painting import MentionDelegate
from annotator.ui.session import Session
from annotator.ui.spelling import counted
from annotator.ui.theme import Theme
from annotator.ui.widgets import button, rule, words

FORM_WIDTH = 340
INDENT = 7
"""Room for the frame of the name, which shows when it is edited."""


class NameEdit(LineEdit):
    """A heading that can be edited; it is as wide as its words, so that a button can stand beside them."""

    def __init__(self) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.setStyleSheet("min-height: 30px;")
        self.textChanged.connect(self.updateGeometry)

    def sizeHint(self) -> QSize:
        self.ensurePolished()
        wide = self.fontMetrics().horizontalAdvance(self.text())
        return QSize(max(160, wide + 24), self.fontMetrics().height() + 12)

    def minimumSizeHint(self) -> QSize:
        return QSize(160, self.sizeHint().height())


class EntityDetail(QWidget):
    """One entity; every change goes through the session."""

    open_span = Signal(str, str)
    merged = Signal(str)
    """Into this entity."""

    def __init__(self, session: Session, theme: Theme, surroundings: Surroundings) -> None:
        super().__init__()
        self.session = session
        self.entity = ""
        self.name = NameEdit()
        self.rename = button("Rename", "link")
        self.about = words(role="muted", wrap=True)
        self.form = Form(theme, surroundings)
        self.note = NoteEdit()
        self.merge = MergeBox(theme, surroundings)
        self.delete = button("Delete")
        self.kept = words(role="caption", wrap=True)
        self.found = FindsModel()
        self.mentions = CardList("Mentions", self.found)
        self.painter = MentionDelegate(theme)
        self.number = words(role="section")
        self._lay_out()
        self._connect()

    def show_entity(self, entity: Entity, kind: EntityKind, project: Project, person: str) -> None:
        """Show an entity; what is being typed for it stays."""
        if entity.id != self.entity:
            self.commit()
            self.merge.forget()
        self.entity = entity.id
        self.name.show_words(entity.name)
        self.name.setAccessibleName(f"Name of the {kind.title.lower()}")
        found = {a.name: value_problem(a, entity.attributes.get(a.name)) for a in kind.attributes}
        problems = {name: problem for name, problem in found.items() if problem}
        self.form.show_values(kind.attributes, entity.attributes, problems, entity.id)
        self.note.show_words(entity.note)
        self._show_mentions(entity, project, person)
        self.about.setText(_also(entity, kind, project))
        self._lock(project.read_only)

    def commit(self) -> None:
        """Save what is being typed."""
        if self.entity:
            self.name.settle()
            self.form.commit()
            self.note.settle()

    def set_theme(self, theme: Theme) -> None:
        self.form.set_theme(theme)
        self.merge.set_theme(theme)
        self.painter.theme = theme
        self.mentions.viewport().update()

    def _show_mentions(self, entity: Entity, project: Project, person: str) -> None:
        shown = project.mentions(entity.id)
        self.found.show_finds(finds(project, entity, seen_by(project, person, shown)))
        told = f"Mentioned in {counted(len(shown), 'span')}" if shown else "Not mentioned yet"
        self.number.setText(told)
        self.mentions.setVisible(bool(shown))
        self.merge.show_entity(entity, len(shown))
        self.delete.setEnabled(not shown and not project.read_only)
        refer = "span refers" if len(shown) == 1 else "spans refer"
        self.kept.setText(f"{len(shown):,} {refer} to it; merge it into another instead." if shown else "")
        self.kept.setVisible(bool(shown))
        self.delete.setToolTip(self.kept.text())

    def _lock(self, locked: bool) -> None:
        self.name.setReadOnly(locked)
        self.rename.setVisible(not locked)
        self.note.setReadOnly(locked)
        self.form.set_read_only(locked)
        self.merge.setEnabled(not locked)

    # --- doing ---------------------------------------------------------------------------------

    def _begin_rename(self) -> None:
        self.name.setFocus(Qt.FocusReason.OtherFocusReason)
        self.name.selectAll()

    def _rename(self, name: str) -> None:
        if self.session.do(entities.rename, entity=self.entity, name=name) is None:
            found = self.session.project.entity(self.entity) if self.session.project else None
            self.name.setText(found.name if found else name)

    def _set_value(self, name: str, value: object) -> None:
        self.session.do(entities.set_value, entity=self.entity, name=name, value=value)

    def _set_note(self, note: str) -> None:
        self.session.do(entities.set_note, entity=self.entity, note=note)

    def _merge(self, into: str) -> None:
        gone = self.entity
        if self.session.do(entities.merge, entity=gone, into=into):
            self.merged.emit(into)

    def _delete(self) -> None:
        self.session.do(entities.delete, entity=self.entity)

    def _open(self, find: Find | None) -> None:
        if find:
            self.open_span.emit(find.article, find.annotation)

    # --- putting together ----------------------------------------------------------------------

    def _lay_out(self) -> None:
        self.name.setProperty("role", "name")
        self.name.setToolTip("Rename")
        self.about.setIndent(INDENT)
        self.mentions.setItemDelegate(self.painter)
        column = QVBoxLayout(self)
        column.setContentsMargins(28, 22, 28, 20)
        column.setSpacing(4)
        head = QHBoxLayout()
        head.addWidget(self.name)
        head.addWidget(self.rename)
        head.addStretch(1)
        column.addLayout(head)
        column.addWidget(self.about)
        column.addSpacing(10)
        beside = QHBoxLayout()
        beside.setSpacing(28)
        beside.addWidget(self._left_side())
        right = QVBoxLayout()
        right.setSpacing(8)
        right.addWidget(self.number)
        right.addWidget(self.mentions, 1)
        right.addStretch(0)
        beside.addLayout(right, 1)
        column.addLayout(beside, 1)

    def _left_side(self) -> QWidget:
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(INDENT, 0, INDENT, 6)
        column.setSpacing(12)
        noted = QVBoxLayout()
        noted.setSpacing(4)
        noted.addWidget(words("Note", "caption"))
        noted.addWidget(self.note)
        column.addWidget(self.form)
        column.addLayout(noted)
        for widget in (rule(), self.merge, rule()):
            column.addWidget(widget)
        column.addWidget(self.delete, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.kept)
        column.addStretch(1)
        area = QScrollArea()
        area.setObjectName("plain")
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFixedWidth(FORM_WIDTH)
        area.setWidget(inside)
        return area

    def _connect(self) -> None:
        self.name.settled.connect(self._rename)
        self.rename.clicked.connect(self._begin_rename)
        self.form.changed.connect(self._set_value)
        self.note.settled.connect(self._set_note)
        self.merge.confirmed.connect(self._merge)
        self.delete.clicked.connect(self._delete)
        self.mentions.chosen.connect(lambda index: self._open(index.data(FIND_ROLE)))


def finds(project: Project, entity: Entity, mentions: Sequence[Annotation]) -> list[Find]:
    """Make mentions ready to be listed."""
    titles = {a: found.title for a in {m.article for m in mentions} if (found := project.article(a))}
    return [_find(project, entity, mention, titles.get(mention.article, "")) for mention in mentions]


def _find(project: Project, entity: Entity, mention: Annotation, title: str) -> Find:
    label = project.scheme.label(mention.label)
    attributes: tuple[Attribute, ...] = label.attributes if label else ()
    as_what = [
        a.name
        for a in attributes
        if a.kind == "entity" and _means(project, mention.attributes.get(a.name), entity)
    ]
    about = ", ".join([label.title if label else mention.label, *as_what])
    colour = label.colour if label else "#808080"
    flat = " ".join(mention.words.split())
    return Find(mention.article, title, flat, annotation=mention.id, colour=colour, about=about)


def _means(project: Project, value: object, entity: Entity) -> bool:
    found = project.entity(value) if isinstance(value, str) and value else None
    return found is not None and found.id == entity.id


def _also(entity: Entity, kind: EntityKind, project: Project) -> str:
    """Name the kind, and the other names that were merged into this one."""
    others = [
        other.name
        for other in project.entities(kind.id, merged=True)
        if other.merged_into and (found := project.entity(other.id)) and found.id == entity.id
    ]
    return kind.title + (f" · also {', '.join(others)}" if others else "")
