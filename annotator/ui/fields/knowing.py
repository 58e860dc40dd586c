"""What fields may ask of the project that the session works on."""

from collections.abc import Sequence

from PySide6.QtCore import QObject

from annotator.model.change import ObjectKey
from annotator.model.records import Entity
from annotator.services import entities
from annotator.ui.fields.base import Surroundings
from annotator.ui.session import Session


class ProjectKnowledge(QObject):
    """Answers fields from the session's project; lists of entities are kept until one changes."""

    def __init__(self, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._lists: dict[str, Sequence[Entity]] = {}
        session.project_changed.connect(self._lists.clear)
        session.changed.connect(self._hear)

    def surroundings(self) -> Surroundings:
        return Surroundings(self._published, self._entities, self._entity, self._create)

    def _hear(self, keys: frozenset[ObjectKey]) -> None:
        if any(kind == Entity.KIND for kind, _ in keys):
            self._lists.clear()

    def _published(self) -> str:
        return self._session.article.published if self._session.article else ""

    def _entities(self, kind: str) -> Sequence[Entity]:
        project = self._session.project
        if kind not in self._lists and project is not None:
            self._lists[kind] = project.entities(kind)
        return self._lists.get(kind, ())

    def _entity(self, entity: str) -> Entity | None:
        return self._session.project.entity(entity) if self._session.project else None

    def _create(self, kind: str, name: str) -> Entity | None:
        return self._session.do(entities.create, kind=kind, name=name)
