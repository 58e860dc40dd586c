"""Verdicts on the layer that is shown: what there is, and whether the person may give some."""

from typing import Any

from PySide6.QtCore import QObject, Signal

from annotator.model.change import ObjectKey
from annotator.model.records import Annotation
from annotator.model.review import GOLD, Decision, Reply, Verdict
from annotator.services import feedback, verdicts
from annotator.services.feedback import Given
from annotator.ui.session import Session
from annotator.ui.spelling import counted, sentence_case

_CONCERNED = frozenset((Verdict.KIND, Reply.KIND, Annotation.KIND))


class Judging(QObject):
    """Keeps the verdicts of the open article current; one for each session."""

    changed = Signal()
    change_wanted = Signal(str)
    """A decision that needs more than a key: "reject" or "change"."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.session = session
        self.given: tuple[Given, ...] = ()
        """All verdicts on the layer that is shown, in the open article."""
        self.articles: frozenset[str] = frozenset()
        """The articles in which something is asked of that layer's annotator."""
        session.article_changed.connect(self._read)
        session.layer_changed.connect(self._read_all)
        session.person_changed.connect(self._read_all)
        session.project_changed.connect(self._begin)
        session.changed.connect(self._hear)
        self._begin()

    @property
    def may_judge(self) -> bool:
        """Say whether the layer is somebody else's work, which gets verdicts."""
        session = self.session
        project = session.project
        writable = project is not None and not project.read_only
        return writable and bool(session.person) and not session.own and session.layer not in ("", GOLD)

    @property
    def flagged(self) -> frozenset[str]:
        """The annotations of the open article with a verdict that is not settled."""
        return frozenset(g.verdict.annotation for g in self.given if g.is_open and g.verdict.annotation)

    def of(self, annotation: str) -> tuple[Given, ...]:
        """Return the verdicts on one annotation."""
        return tuple(g for g in self.given if g.verdict.annotation == annotation)

    @property
    def missed(self) -> tuple[Given, ...]:
        """The verdicts on what is not marked at all, or no longer."""
        return tuple(g for g in self.given if g.annotation is None)

    def give(self, decision: Decision, **more: Any) -> None:
        """Give a verdict on the selected span."""
        if self.may_judge and self.session.selected:
            given = self.session.do(
                verdicts.give, annotation=self.session.selected, decision=decision, **more
            )
            if given:
                self.session.said.emit(
                    f"{sentence_case(feedback.decision_words(decision))}; undo takes it back"
                )

    def miss(self, label: str, comment: str) -> None:
        """Say that the selected words are missing in the layer."""
        session = self.session
        if session.article is not None and session.passage:
            about = {"article": session.article.id, "layer": session.layer, "spans": session.passage}
            if session.do(verdicts.give_missed, label=label, comment=comment, **about):
                session.select_words(())
                session.said.emit(f"Said that {session.layer} missed it; undo takes it back")

    def accept_rest(self) -> None:
        """Accept all spans of the layer in the open article that have no verdict of one's own."""
        session = self.session
        if session.article is None or not self.may_judge:
            return
        change = session.do(verdicts.accept_rest, article=session.article.id, layer=session.layer)
        if change:
            session.said.emit(f"Accepted {counted(len(change.revisions), 'span')}")

    def next_flagged(self, step: int) -> str:
        """Return the next (1) or previous (-1) annotation with an open verdict, after the selected one."""
        order = [a.id for a in self.session.annotations if a.id in self.flagged]
        if not order:
            return ""
        places = {a.id: n for n, a in enumerate(self.session.annotations)}
        here = places.get(self.session.selected, -1 if step > 0 else len(places))
        ahead = [own for own in order if (places[own] - here) * step > 0]
        return (ahead or order)[0 if step > 0 else -1]

    # --- hearing -------------------------------------------------------------------------------

    def _begin(self) -> None:
        self._read_all()
        project, session = self.session.project, self.session
        mine = feedback.open_articles(project, session.person) if project and session.person else ()
        if project and mine:
            where = counted(len(mine), "article")
            session.asked.emit(
                f"There are open verdicts on your work in {where}",
                "Show them",
                lambda: session.command_wanted.emit("feedback"),
            )

    def _hear(self, keys: frozenset[ObjectKey]) -> None:
        if any(kind in _CONCERNED for kind, _ in keys):
            self._read_all()

    def _read_all(self) -> None:
        project = self.session.project
        self.articles = feedback.open_articles(project, self.session.layer) if project else frozenset()
        self._read()

    def _read(self) -> None:
        session = self.session
        is_shown = session.project is not None and session.article is not None
        self.given = (
            feedback.of_article(session.project, session.article.id, session.layer)
            if is_shown and session.project and session.article
            else ()
        )
        self.changed.emit()


def judging_of(session: Session) -> Judging:
    """Return the one object that knows a session's verdicts."""
    found: Judging | None = session.findChild(Judging)
    return found or Judging(session)
