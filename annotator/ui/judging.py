"""Verdicts on the layer that is shown: what there is, and whether the person may give some."""

from typing import Any

from PySide6.QtCore import QObject, Signal

from annotator.model.change import ObjectKey
from annotator.model.records import Annotation, Article
from annotator.model.review import GOLD, Decision, Reply, Verdict
from annotator.model.span import Fragments
from annotator.services import feedback, verdicts
from annotator.services.feedback import Given
from annotator.services.staleness import Staleness
from annotator.services.verdicts import proposed_fragments
from annotator.ui.session import Session
from annotator.ui.spelling import counted, sentence_case
from annotator.ui.touched import article_of

_VERDICTS = frozenset((Verdict.KIND, Reply.KIND))
_CONCERNED = _VERDICTS | {Annotation.KIND, Article.KIND}
FEW = 500
"""Up to how many changed verdicts are looked at one by one; else all of the layer's are read again."""


class Judging(QObject):
    """Keeps the verdicts of the open article current; one for each session."""

    changed = Signal()
    change_wanted = Signal(str)
    """A decision that needs more than a key: "reject" or "change"."""
    answer_wanted = Signal()
    """A verdict is to be answered in words."""
    words_sought = Signal(object)
    """Words that were not marked, as Fragments, are to be selected in the article."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.session = session
        self._verdicts: tuple[Verdict, ...] = ()
        self._replies: tuple[Reply, ...] = ()
        self._staleness: Staleness | None = None
        self.given: tuple[Given, ...] = ()
        """All verdicts on the layer that is shown, in the open article."""
        self.feedback_on = ""
        """Whose feedback the page is to show first; "" leaves it as it is."""
        self._told: object = None
        self.articles: frozenset[str] = frozenset()
        """The articles in which something is asked of that layer's annotator."""
        session.article_changed.connect(self._read_article)
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

    @property
    def at_hand(self) -> tuple[Given, ...]:
        """The verdicts on the selected span, or on the selected words where nothing is marked."""
        session = self.session
        if session.selected:
            return self.of(session.selected)
        passage = session.passage
        return tuple(g for g in self.missed if passage and proposed_fragments(g.verdict) == passage)

    @property
    def may_answer(self) -> bool:
        """Say whether the person has an open verdict at hand, on their own work."""
        project = self.session.project
        writable = project is not None and not project.read_only
        return writable and self.session.own and any(g.is_open for g in self.at_hand)

    def take_over(self) -> None:
        """Do what the first open verdict at hand asks for."""
        wanted = next((g for g in self.at_hand if g.is_open and verdicts.can_take_over(g.verdict)), None)
        if wanted is None:
            self.session.failed.emit("This verdict proposes nothing to take over; answer it or settle it")
            return
        change = self.session.do(verdicts.take_over, verdict=wanted.verdict.id)
        written = change.revisions if change else ()
        own_id = next((r.id for r in written if r.kind == Annotation.KIND and r.body), "")
        if own_id:
            self.session.select_words(())
            self.session.select(own_id)

    def settle(self) -> None:
        """Leave it at that with the first open verdict at hand."""
        wanted = next((g for g in self.at_hand if g.is_open), None)
        if wanted is not None:
            self.session.do(verdicts.answer, verdict=wanted.verdict.id, settled=True)

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

    @property
    def open(self) -> tuple[Given, ...]:
        """The verdicts that are not settled, one for each span or place, in the order of the article."""
        found: dict[object, Given] = {}
        for given in self.given:
            where = given.annotation.id if given.annotation else proposed_fragments(given.verdict)
            if given.is_open and where:
                found.setdefault(where, given)
        return tuple(found.values())

    @property
    def missing(self) -> tuple[Fragments, ...]:
        """The places with an open verdict where nothing is marked."""
        return tuple(proposed_fragments(g.verdict) for g in self.open if g.annotation is None)

    def go(self, step: int) -> None:
        """Select the next (1) or previous (-1) span or words with an open verdict, and so round."""
        session, order = self.session, [(g.place, n) for n, g in enumerate(self.open)]
        if not order:
            return
        here = self._place_at_hand(step)
        ahead = [at for at in order if (at > here if step > 0 else at < here)]
        given = self.open[(ahead or order)[0 if step > 0 else -1][1]]
        if given.annotation is not None:
            session.select_words(())
            session.select(given.annotation.id)
            session.sought.emit(given.annotation.hull)
        else:
            session.select("")
            self.words_sought.emit(proposed_fragments(given.verdict))

    def _place_at_hand(self, step: int) -> tuple[int, int]:
        """Return where the reader is: the place, and which of the open verdicts there."""
        ids = {g.verdict.id for g in self.at_hand}
        at = next(((g.place, n) for n, g in enumerate(self.open) if g.verdict.id in ids), None)
        annotation, passage = self.session.selected_annotation(), self.session.passage
        if at is not None:
            return at
        if annotation is not None:
            return annotation.hull.start, -1 if step < 0 else len(self.given)
        end = -1 if step > 0 else len(self.session.text) + 1
        return passage[0].start if passage else end, -1

    # --- hearing -------------------------------------------------------------------------------

    def _begin(self) -> None:
        project, session = self.session.project, self.session
        self._staleness = Staleness(project) if project else None
        mine = self._read_all()
        if not session.own:
            mine = feedback.open_verdicts(project, session.person) if project and session.person else ()
        if mine:
            where = counted(len({verdict.article for verdict in mine}), "article")
            session.asked.emit(
                f"{counted(len(mine), 'open verdict')} on your work, in {where}",
                "Show feedback",
                lambda: session.command_wanted.emit("feedback"),
            )

    def _hear(self, keys: frozenset[ObjectKey]) -> None:
        project, kinds = self.session.project, {kind for kind, _ in keys}
        verdicts_on = [key for key in keys if key[0] in _VERDICTS]
        if project is None or not kinds & _CONCERNED:
            return
        if Article.KIND in kinds or len(verdicts_on) > FEW:
            self._read_all()
        elif verdicts_on:
            for article in {article_of(project, key) for key in verdicts_on}:
                is_open = bool(feedback.open_verdicts(project, self.session.layer, article))
                self.articles = self.articles - {article} | ({article} if is_open else set())
            self._read_article()
        else:
            self._tell()

    def _read_all(self) -> tuple[Verdict, ...]:
        """Read everything anew; return what is open of the layer, in all articles."""
        project = self.session.project
        found = feedback.open_verdicts(project, self.session.layer) if project else ()
        self.articles = frozenset(verdict.article for verdict in found)
        self._read_article()
        return found

    def _read_article(self) -> None:
        project, article = self.session.project, self.session.article
        self._verdicts = project.verdicts(article.id, self.session.layer) if project and article else ()
        self._replies = project.replies(article.id) if project and article and self._verdicts else ()
        self._tell()

    def _tell(self) -> None:
        """Tell what became of the verdicts, if anything did."""
        session, before = self.session, self._told
        article = session.article
        there = (*session.annotations, *session.astray)
        self.given = (
            feedback.told(self._verdicts, self._replies, there, self._staleness.in_article(article.id))
            if self._staleness and article and self._verdicts
            else ()
        )
        self._told = (self.given, self.articles)
        if self._told != before:
            self.changed.emit()


def judging_of(session: Session) -> Judging:
    """Return the one object that knows a session's verdicts."""
    found: Judging | None = session.findChild(Judging)
    return found or Judging(session)
