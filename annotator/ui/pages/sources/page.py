"""Assemble the page: kinds and names at the left, the chosen one at the right."""

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QStackedWidget, QVBoxLayout, QWidget

from annotator.model.change import ObjectKey
from annotator.model.records import Annotation, Article, Entity
from annotator.model.scheme import EntityKind
from annotator.services import entities
from annotator.ui.fields.buttons import Chip
from annotator.ui.fields.flow import FlowLayout, wrapping
from annotator.ui.fields.knowing import ProjectKnowledge
from annotator.ui.lists.cards import CardList, Emptiness
from annotator.ui.models.entities import ENTITY_ROLE, EntityListModel, Index
from annotator.ui.pages.sources.detail import EntityDetail
from annotator.ui.pages.sources.painting import EntityDelegate
from annotator.ui.session import Session
from annotator.ui.theme import Theme
from annotator.ui.widgets import button

SIDE_WIDTH = 310


class SourcesPage(QWidget):
    """People, organisations and incidents: named, described, merged, and found again in the articles."""

    def __init__(self, session: Session, theme: Theme) -> None:
        super().__init__()
        self.session = session
        self.kind = ""
        self.shown = ""
        self._is_stale = False
        self.model = EntityListModel(self._uses)
        self.search = QLineEdit()
        self.kinds: dict[str, Chip] = {}
        self.make = button("", "link")
        self.list = CardList("People, organisations and incidents", self.model)
        self.painter = EntityDelegate(theme)
        self.empty = Emptiness()
        surroundings = ProjectKnowledge(session, self).surroundings()
        self.detail = EntityDetail(session, theme, replace(surroundings, published=lambda: ""))
        self.right = QStackedWidget()
        self._theme = theme
        self._lay_out()
        self._connect()
        self.set_theme(theme)
        self._rebuild()

    def focus(self) -> None:
        """Put the keyboard where the work is."""
        self.search.setFocus()

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.painter.theme = theme
        self.detail.set_theme(theme)
        for chip in self.kinds.values():
            chip.set_theme(theme)

    def commit(self) -> None:
        """Save what is being typed."""
        self.detail.commit()

    # --- showing -------------------------------------------------------------------------------

    def _rebuild(self) -> None:
        """Show another project's kinds."""
        for chip in self.kinds.values():
            chip.deleteLater()
        project = self.session.project
        self.kinds = {kind.id: self._chip(kind) for kind in (project.scheme.entities if project else ())}
        if self.kind not in self.kinds:
            self.kind = next(iter(self.kinds), "")
        self._reload()

    def _reload(self) -> None:
        """Read the entities again, staying at the one shown."""
        project = self.session.project
        self.model.load(project.entities(self.kind) if project and self.kind else ())
        for name, chip in self.kinds.items():
            kind = project.scheme.entity_kind(name) if project else None
            number = len(project.entities(name)) if project else 0
            chip.set_words(f"{kind.title if kind else name} {number:,}")
            chip.setChecked(name == self.kind)
        self._show(self.shown)

    def _show(self, entity: str) -> None:
        """Show one entity, or the first when that isn't there."""
        place = max(self.model.place(entity), 0)
        project = self.session.project
        there = self.model.rowCount() > 0 and project is not None
        self.shown = self.model.at(place).id if there else ""
        self.painter.open_article = self.shown
        self._show_create()
        if not there or project is None:
            self._say_empty()
            return
        self.list.setCurrentIndex(self.model.index(place))
        self.list.viewport().update()
        kind = project.scheme.entity_kind(self.kind)
        if kind:
            self.detail.show_entity(self.model.at(place), kind, project, self.session.person)
            self.right.setCurrentWidget(self.detail)

    def _say_empty(self) -> None:
        typed = self.model.typed
        if typed:
            self.empty.say(f"Nobody and nothing here is named “{typed}”.", "")
        else:
            self.empty.say(
                "Nothing here yet. Type a name at the left to create one, or fill in a span on the"
                " Annotate page: names typed there are kept here.",
                "",
            )
        self.right.setCurrentWidget(self.empty)

    def _show_create(self) -> None:
        typed, project = self.model.typed, self.session.project
        known = project is not None and bool(typed) and entities.named(project, self.kind, typed)
        self.make.setText(f"Create “{typed}”".replace("&", "&&"))
        self.make.setAccessibleName(f"Create “{typed}”")
        self.make.setVisible(bool(typed) and not known and project is not None and not project.read_only)

    def _hear(self, keys: frozenset[ObjectKey]) -> None:
        """Read anew what a change may concern, at once or when the page is next shown."""
        if not {kind for kind, _ in keys} & {"scheme", Entity.KIND, Annotation.KIND, Article.KIND}:
            return
        if self.isVisible():
            self._rebuild_or_reload(any(kind == "scheme" for kind, _ in keys))
        else:
            self._is_stale = True

    def _rebuild_or_reload(self, has_new_scheme: bool) -> None:
        self._is_stale = False
        if has_new_scheme:
            self._rebuild()
        else:
            self._reload()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._is_stale:
            self._rebuild_or_reload(True)

    # --- doing ---------------------------------------------------------------------------------

    def _choose_kind(self, kind: str) -> None:
        self.detail.commit()
        self.kind, self.shown = kind, ""
        self._reload()

    def _search(self, typed: str) -> None:
        self.model.show_only(typed)
        self._show(self.shown)

    def _create(self) -> None:
        made = self.session.do(entities.create, kind=self.kind, name=self.model.typed)
        if made:
            self.search.clear()
            self._show(made.id)

    def _choose(self, index: Index) -> None:
        entity = index.data(ENTITY_ROLE)
        if entity:
            self._show(entity.id)

    def _open_span(self, article: str, annotation: str) -> None:
        """Show a mention in its article, in the layer it belongs to."""
        project = self.session.project
        found = project.annotation(annotation) if project else None
        if found and self.session.open_article(article):
            self.session.show_layer(found.layer)
            self.session.select(annotation)
            self.session.command_wanted.emit("page-annotate")
            self.session.sought.emit(found.hull)

    def _uses(self, entity: str) -> int:
        return self.session.project.entity_uses(entity) if self.session.project else 0

    # --- putting together ----------------------------------------------------------------------

    def _chip(self, kind: EntityKind) -> Chip:
        chip = Chip(kind.title, self._theme, self._tabs)
        chip.clicked.connect(lambda: self._choose_kind(kind.id))
        self._flow.addWidget(chip)
        chip.show()
        return chip

    def _lay_out(self) -> None:
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.search.setPlaceholderText("Search or create by name")
        self.search.setAccessibleName("Search or create by name")
        self.list.setItemDelegate(self.painter)
        side = QWidget()
        side.setObjectName("side")
        side.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        side.setFixedWidth(SIDE_WIDTH)
        self._tabs = wrapping(QWidget())
        self._flow = FlowLayout(self._tabs)
        column = QVBoxLayout(side)
        column.setContentsMargins(12, 12, 12, 6)
        column.setSpacing(8)
        for widget in (self.search, self._tabs):
            column.addWidget(widget)
        column.addWidget(self.make, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.list, 1)
        for page in (self.detail, self.empty):
            self.right.addWidget(page)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(side)
        row.addWidget(self.right, 1)

    def _connect(self) -> None:
        session = self.session
        self.search.textChanged.connect(self._search)
        self.search.returnPressed.connect(self._enter)
        self.make.clicked.connect(self._create)
        self.list.chosen.connect(self._choose)
        self.list.selectionModel().currentChanged.connect(lambda index, _before: self._choose(index))
        self.detail.open_span.connect(self._open_span)
        self.detail.merged.connect(self._show)
        session.project_changed.connect(self._rebuild)
        session.changed.connect(self._hear)
        session.closing.connect(self.commit)

    def _enter(self) -> None:
        """Create what is typed when nothing has that name, else go into the list."""
        if self.make.isVisibleTo(self) and not self.model.rowCount():
            self._create()
        elif self.model.rowCount():
            self.list.setFocus()
