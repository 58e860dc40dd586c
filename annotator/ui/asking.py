"""Questions worked out beside the window, quietly: a newer one takes the place of an older."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from annotator.services.many_values import many_values
from annotator.ui.work import Tell, Work

Task = Callable[[Tell], object]


class Asking(QObject):
    """Works out one thing at a time in a thread of its own; what was overtaken is never answered."""

    answered = Signal(object)
    failed = Signal(str)
    told = Signal(int, int)
    """How much is done, of how much."""
    stopped = Signal()
    """The person had it stopped; nothing follows."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._work: Work[object] | None = None
        self._next: Task | None = None
        self._is_dropped = False

    @property
    def is_busy(self) -> bool:
        return self._work is not None

    def ask(self, task: Task) -> None:
        """Work this out, in the stead of what is being worked out."""
        self._is_dropped = False
        if self._work is None:
            self._begin(task)
        else:
            self._next = task
            self._work.cancel()

    def stop(self) -> None:
        """Give up what is being worked out, when it can be."""
        self._next = None
        if self._work is not None:
            self._work.cancel()

    def drop(self) -> None:
        """Give up what is being worked out, and say nothing of it."""
        self._is_dropped = True
        self.stop()

    def give_up(self) -> None:
        """Leave no thread behind: wait until what is being worked out has stopped, and say nothing."""
        self._next = None
        work, self._work = self._work, None
        if work is not None:
            work.finished.disconnect(self._ended)
            work.cancel()
            work.wait()

    def _begin(self, task: Task) -> None:
        # A collection among a million values would hold up the window for half a second.
        work: Work[object] = Work(many_values()(task))
        self._work = work
        work.told.connect(self.told)
        work.finished.connect(self._ended)
        work.start()

    def _ended(self) -> None:
        work, self._work = self._work, None
        if work is None:
            return
        work.wait()
        task, self._next = self._next, None
        if task is not None:
            self._begin(task)
        elif work.cancelled and not self._is_dropped:
            self.stopped.emit()
        elif work.failure and not self._is_dropped:
            self.failed.emit(work.failure)
        elif not self._is_dropped:
            self.answered.emit(work.result)
