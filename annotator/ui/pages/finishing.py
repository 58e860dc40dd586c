"""Marking an article as done: say what is missing first, then go on to the next."""

from collections.abc import Callable

from PySide6.QtCore import QObject

from annotator.model.records import Article
from annotator.services import progress
from annotator.services.progress import Gap
from annotator.ui.session import Session
from annotator.ui.spelling import counted


class Finishing(QObject):
    """Asks once about what is missing; asked the same a second time, it goes ahead."""

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
        self._asked = ("", "", "")
        """Of which article, annotator and lacks was asked last: the same asked again goes ahead."""

    def finish(self) -> None:
        """Mark the article as done, or say what it lacks."""
        session, project, article = self.session, self.session.project, self.session.article
        if project is None or article is None or not session.may_change():
            return
        gaps = progress.gaps(project, actor=session.person, article=article.id) if session.person else []
        missing = _missing(gaps, self._unread())
        question = (article.id, session.person, missing)
        if not missing or self._asked == question:
            self._mark(article)
            return
        self._asked = question
        session.asked.emit(
            f"Not done yet: {missing}. Ctrl+Enter again marks it as done anyway",
            "Mark as done anyway",
            lambda: self._mark(article),
        )
        if gaps:
            self._show(gaps[0])

    def _show(self, gap: Gap) -> None:
        """Select what is incomplete and bring it into view."""
        self.session.select(gap.annotation)
        annotation = self.session.selected_annotation()
        if annotation:
            self.session.sought.emit(annotation.fragments[0])

    def _mark(self, article: Article) -> None:
        """Mark the article that was asked about, whichever is shown by now, and go on."""
        session = self.session
        self._asked = ("", "", "")
        session.do(progress.mark, article=article.id, state="done")
        if session.project and session.person and session.project.progress(article.id, session.person):
            is_here = session.article is not None and session.article.id == article.id
            has_next = not is_here or self._go_on()
            after = "" if has_next else "; that was the last one to do"
            session.said.emit(f"“{article.title}” is done{after}")


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
