"""Measures agreement beside the window: values first, then their intervals."""

from dataclasses import dataclass, replace

from PySide6.QtCore import QObject, Signal

from annotator.services.agreement import Agreement, Asked, Corpus, gathered, measured
from annotator.store.project import Project
from annotator.ui.asking import Asking
from annotator.ui.reading_beside import source
from annotator.ui.session import Session
from annotator.ui.work import Tell


@dataclass(frozen=True, slots=True)
class Found:
    """What was measured on which corpus; not final while intervals are still to come."""

    corpus: Corpus
    agreement: Agreement
    is_final: bool


class Measuring(QObject):
    """Answers one question at a time, in two steps; a newer question takes the place of an older."""

    found = Signal(object)
    """A Found: the values, then the same with intervals."""
    failed = Signal(str)
    told = Signal(int, int)
    stopped = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._asked = Asked()
        self._corpus: Corpus | None = None
        self.is_second = False
        """Whether the values are there and the intervals are being worked out."""
        self.asking = Asking(self)
        self.asking.answered.connect(self._answer)
        for mine, theirs in (
            (self.failed, self.asking.failed),
            (self.told, self.asking.told),
            (self.stopped, self.asking.stopped),
        ):
            theirs.connect(mine)

    @property
    def is_busy(self) -> bool:
        return self.asking.is_busy

    def ask(self, project: Project, asked: Asked) -> None:
        """Measure; what was read is used again where the same is compared."""
        self._asked, self.is_second = asked, False
        quick = replace(asked, resamples=0, gamma=False)
        kept = self._corpus if self._corpus and _compares(self._corpus.asked) == _compares(asked) else None
        opened = source(project, self._session.home)

        def task(tell: Tell) -> Found:
            if kept is not None:
                corpus = replace(kept, asked=quick)
            else:
                with opened() as still:
                    corpus = gathered(still, quick, tell)
            return Found(corpus, measured(corpus, tell), is_final=False)

        self.asking.ask(task)

    def go_on(self) -> None:
        """Work out the intervals of the values that are there."""
        if self._corpus is None:
            return
        self.is_second = True
        corpus = replace(self._corpus, asked=self._asked)
        self.asking.ask(lambda tell: Found(corpus, measured(corpus, tell), is_final=True))

    def stop(self) -> None:
        self.asking.stop()

    def drop(self) -> None:
        """Measure nothing any more, and say nothing of it."""
        self.asking.drop()

    def forget(self) -> None:
        """Read anew the next time: the project has changed."""
        self._corpus = None

    def give_up(self) -> None:
        """Leave no thread behind."""
        self.asking.give_up()
        self.forget()

    def _answer(self, found: Found) -> None:
        if not found.is_final:
            self._corpus = found.corpus
        self.found.emit(found)
        if not found.is_final:
            self.go_on()


def _compares(asked: Asked) -> tuple[object, ...]:
    """Return what decides which spans are read."""
    return asked.layers, asked.labels, asked.articles
