"""How far the adjudication of every article is, counted beside the window and kept current."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from annotator.model.change import ObjectKey
from annotator.model.records import Annotation, Article, Progress
from annotator.model.review import GOLD, Ruling
from annotator.ui.asking import Asking
from annotator.ui.reading_beside import source
from annotator.ui.session import Session
from annotator.ui.touched import article_of
from annotator.ui.work import Source, Tell

if TYPE_CHECKING:
    from annotator.services.reviewing import Standing

AT_ONCE = 500
"""Articles that are counted unasked; more are once somebody reviews, for each takes some milliseconds."""
SOON_MS, LATER_MS = 150, 1500
"""How long changes are gathered, and how long a project that was opened is left in peace."""
MOST = 50
"""Objects after which all articles are counted again, not those that changed."""
_ALL = frozenset(("scheme", "entity"))
_SOME = frozenset((Annotation.KIND, Progress.KIND, Ruling.KIND))

Answer = tuple[frozenset[str] | None, "dict[str, Standing] | None"]
"""Which articles were counted, None for all; and those that two or more annotators have read.

None in their place: there are too many to be counted unasked.
"""


class Disputes(QObject):
    """Knows of each article how many disagreements are open and resolved; one for each session."""

    changed = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.session = session
        self.standings: dict[str, Standing] = {}
        self.is_known = False
        """Whether all articles have been counted once."""
        self._waiting: set[str] = set()
        self._is_all_waiting = False
        self._is_wanted = False
        """Whether somebody reviews, so that all articles are counted however many there are."""
        self._asking = Asking(self)
        self._asking.answered.connect(self._take_in)
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self._ask)
        session.project_changed.connect(self._begin)
        session.changed.connect(self._hear)
        session.closing.connect(self._forget)
        self._begin()

    def total(self) -> tuple[int, int]:
        """Count the disagreements of all articles that are resolved, and all."""
        resolved = sum(found.resolved for found in self.standings.values())
        return resolved, resolved + sum(found.open for found in self.standings.values())

    @property
    def disputed(self) -> frozenset[str]:
        """The articles that have a disagreement which nobody has decided."""
        return frozenset(article for article, found in self.standings.items() if found.is_disputed)

    def hurry(self) -> None:
        """Count all articles now, if that is still to come."""
        was_wanted, self._is_wanted = self._is_wanted, True
        if self._timer.isActive():
            self._timer.start(0)
        elif not (was_wanted or self.is_known or self._asking.is_busy):
            self._is_all_waiting = self._is_worth_counting()
            self._ask()

    # --- hearing -------------------------------------------------------------------------------

    def _begin(self) -> None:
        self._forget()
        if self._is_worth_counting():
            self._is_all_waiting = True
            self._timer.start(LATER_MS)
        else:
            self.is_known = True
            self.changed.emit()

    def _is_worth_counting(self) -> bool:
        project = self.session.project
        return project is not None and len([name for name in project.layers() if name != GOLD]) > 1

    def _forget(self) -> None:
        self._timer.stop()
        self._asking.give_up()
        self.standings, self.is_known = {}, False
        self._waiting, self._is_all_waiting, self._is_wanted = set(), False, False

    def _hear(self, keys: frozenset[ObjectKey]) -> None:
        project = self.session.project
        touching = [key for key in keys if key[0] in _SOME]
        everything = len(touching) > MOST or any(kind in _ALL for kind, _ in keys)
        if project is None or not (touching or everything or _has_article(keys)):
            return
        if everything or _has_article(keys):
            self._is_all_waiting = self._is_worth_counting()
        else:
            self._waiting.update(filter(None, (article_of(project, key) for key in touching)))
        if (self._is_all_waiting or self._waiting) and not self._timer.isActive():
            self._timer.start(SOON_MS)

    # --- counting ------------------------------------------------------------------------------

    def _ask(self) -> None:
        project = self.session.project
        if project is None or self._asking.is_busy:
            return
        wanted = None if self._is_all_waiting else frozenset(self._waiting)
        self._waiting, self._is_all_waiting = set(), False
        if wanted is None or wanted:
            most = None if self._is_wanted or wanted is not None else AT_ONCE
            self._asking.ask(partial(_count, source(project, self.session.home), wanted, most))

    def _take_in(self, answer: Answer) -> None:
        wanted, found = answer
        if found is None:
            self._is_all_waiting = self._is_wanted
            self._ask()
            return
        kept = {} if wanted is None else {a: s for a, s in self.standings.items() if a not in wanted}
        self.standings = kept | found
        self.is_known = self.is_known or wanted is None
        self.changed.emit()
        self._ask()


def disputes_of(session: Session) -> Disputes:
    """Return what counts for a session, made when it is first asked for."""
    return session.findChild(Disputes) or Disputes(session)


def _count(read: Source, wanted: frozenset[str] | None, most: int | None, tell: Tell) -> Answer:
    # Loaded only when there is something to count: it takes 75 ms, and the window opens without it.
    from annotator.services import reviewing

    with read() as project:
        if most is not None and len(project.all_readers()) > most:
            return wanted, None
        return wanted, reviewing.tally(project, wanted, tell)


def _has_article(keys: frozenset[ObjectKey]) -> bool:
    return any(kind == Article.KIND for kind, _ in keys)
