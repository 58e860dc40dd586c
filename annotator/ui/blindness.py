"""Keeps the others' work out of sight on the articles of a blind round."""

from PySide6.QtCore import QObject

from annotator.model.review import Round
from annotator.services.assigning import blind_round
from annotator.ui.session import Session


def round_of(session: Session) -> Round | None:
    """Return the blind round that hides the others' layers of the open article, if any does."""
    if session.project is None or session.article is None or not session.person:
        return None
    return blind_round(session.project, article=session.article.id, person=session.person)


class Blindness(QObject):
    """Shows one's own layer whenever another one may not be seen."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        # Before any panel listens, so that none ever shows what is hidden.
        for signal in (session.article_changed, session.layer_changed, session.person_changed):
            signal.connect(self._look)
        session.changed.connect(lambda _keys: self._look())

    def _look(self) -> None:
        session = self._session
        if session.own:
            return
        found = round_of(session)
        if found:
            session.show_layer(session.person)
            session.said.emit(
                f"“{found.title}” is a blind round: you see the others’ work here when it has ended"
            )
