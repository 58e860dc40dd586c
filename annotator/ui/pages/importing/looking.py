"""Looks at files beside the window: they are read once, and a plan follows every choice."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from annotator.services import importing
from annotator.services.looking import Look, Plan
from annotator.services.many_values import keep_aside, take_back
from annotator.services.naming import Choices
from annotator.store.project import Project
from annotator.ui.asking import Asking, Task
from annotator.ui.pages.importing.telling import in_no_format
from annotator.ui.reading_beside import source
from annotator.ui.session import Session
from annotator.ui.work import Tell


@dataclass(frozen=True, slots=True)
class Asked:
    """Under what a plan is made: whose the work is to be, and what names become."""

    layer: str | None
    choices: Choices


@dataclass(frozen=True, slots=True)
class _Seen:
    look: Look
    asked: Asked
    plan: Plan


class Looking(QObject):
    """Answers the latest question only; what was chosen while files are read needs no second reading."""

    found = Signal(object)
    """The Plan under the choices that hold now."""
    failed = Signal(str)
    told = Signal(int, int)

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._look: Look | None = None
        self._asked = Asked(None, {})
        self._asking = Asking(self)
        self._asking.answered.connect(self._answer)
        self._asking.failed.connect(self._fail)
        self._asking.told.connect(self.told)
        session.closing.connect(self.give_up)

    @property
    def is_busy(self) -> bool:
        return self._asking.is_busy

    @property
    def is_reading(self) -> bool:
        """Say whether files are being read, so that there is nothing to show yet."""
        return self.is_busy and self._look is None

    def read(self, project: Project, paths: Sequence[Path], format_id: str | None, asked: Asked) -> None:
        """Read files, and plan their import."""
        self._let_go()
        self._asked = asked
        opened, actor = source(project, self._session.home), self._session.person

        def task(tell: Tell) -> _Seen:
            with opened() as still:
                look = importing.look(
                    still, paths, actor=actor, format_id=format_id, tell=tell, astray=in_no_format
                )
                seen = _seen(look, still, asked, tell)
            keep_aside()
            return seen

        self._asking.ask(task)

    def decide(self, project: Project, asked: Asked) -> bool:
        """Plan under other choices, unless there is nothing that was read; say whether there is."""
        self._asked = asked
        if self._look is not None:
            self._asking.ask(self._planning(self._look, project, asked))
        return self._look is not None or self.is_busy

    def pause(self) -> None:
        """Plan nothing for now; what was read is kept."""
        if not self.is_reading:
            self._asking.drop()

    def forget(self) -> None:
        """Let go of what was read, and of what is being read."""
        self._asking.drop()
        self._let_go()

    def give_up(self) -> None:
        """Leave no thread behind when the project goes."""
        self._asking.give_up()
        self._let_go()

    def _let_go(self) -> None:
        """Forget what was read, unless a thread is still at it: then it goes with the thread."""
        look, self._look = self._look, None
        take_back()
        if look is not None and not self.is_busy:
            look.let_go()

    def _planning(self, look: Look, project: Project, asked: Asked) -> Task:
        opened = source(project, self._session.home)

        def task(tell: Tell) -> _Seen:
            with opened() as still:
                return _seen(look, still, asked, tell)

        return task

    def _answer(self, seen: _Seen) -> None:
        self._look = seen.look
        if seen.asked == self._asked:
            self.found.emit(seen.plan)
        elif self._session.project is not None:
            self.decide(self._session.project, self._asked)

    def _fail(self, why: str) -> None:
        self._let_go()
        self.failed.emit(why)


def _seen(look: Look, project: Project, asked: Asked, tell: Tell) -> _Seen:
    return _Seen(look, asked, look.plan(project, layer=asked.layer, choices=asked.choices, tell=tell))
