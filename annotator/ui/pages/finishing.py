"""Marking an article as done: say what is missing first, then go on to the next."""

from collections.abc import Callable

from PySide6.QtCore import QObject

from annotator.services import progress
from annotator.services.progress import Gap
from annotator.ui.session import Session
from annotator.ui.spelling import counted


class Finishing(QObject):
    """Asks once about what is missing; asked a second time for the same article, it goes ahead."""

    def __init__(
        self,
        session: Session,
        parent: QObject,
        *,
        unread: Callable[[], int],
        go_on: Callable[[], bool],
    ) -> None:
        super().__init__(parent)
        self.session = session
        self._unread = unread
        self._go_on = go_on
        self._asked = ""
        session.article_changed.connect(self._forget)

    def finish(self) -> None:
        """Mark the article as done, or say what it lacks."""
        session, project, article = self.session, self.session.project, self.session.article
        if project is None or article is None:
            return
        gaps = progress.gaps(project, actor=session.person, article=article.id) if session.person else []
        missing = _missing(gaps, self._unread())
        if not missing or self._asked == article.id:
            self._mark()
            return
        self._asked = article.id
        if gaps:
            session.select(gaps[0].annotation)
        session.asked.emit(f"Not done yet: {missing}", "Mark as done anyway", self._mark)

    def _mark(self) -> None:
        session, article = self.session, self.session.article
        if article is None:
            return
        session.do(progress.mark, article=article.id, state="done")
        if session.project and session.person and session.project.progress(article.id, session.person):
            has_next = self._go_on()
            after = "" if has_next else "; that was the last one to do"
            session.said.emit(f"“{article.title}” is done{after}")

    def _forget(self) -> None:
        self._asked = ""


def _missing(gaps: list[Gap], unread: int) -> str:
    """Say what an article lacks: required values by name, and paragraphs that were never on screen."""
    parts = []
    spans = {gap.annotation for gap in gaps}
    if gaps:
        first = gaps[0]
        parts.append(
            f"{counted(len(spans), 'span')} incomplete, first “{_short(first.words)}” ({first.attribute})"
        )
    if unread:
        parts.append(f"{counted(unread, 'paragraph')} not read")
    return " and ".join(parts)


def _short(words: str) -> str:
    return words if len(words) <= 40 else words[:39].rstrip() + "…"
