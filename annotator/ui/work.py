"""Long work beside the window: in a thread of its own, with a count and a way to stop it."""

import logging
from collections.abc import Callable
from contextlib import AbstractContextManager
from time import monotonic
from typing import Generic, TypeVar

from PySide6.QtCore import QEventLoop, QThread, QTimer, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from annotator.formats.errors import FormatError
from annotator.services.errors import Refused
from annotator.store.errors import ProjectError
from annotator.store.project import Project
from annotator.ui.widgets import button, words

log = logging.getLogger(__name__)

Result = TypeVar("Result")
Tell = Callable[[int, int], None]
"""Is told how much is done, of how much (0 when nobody knows); raises Cancelled to stop."""

Source = Callable[[], AbstractContextManager[Project]]
"""Opens what another thread may read of a project."""

TELL_EVERY = 0.05
"""Seconds between two counts that reach the window."""
SHOW_AFTER_MS = 400


class Cancelled(Exception):
    """The person stopped the work."""


class Work(QThread, Generic[Result]):
    """Runs one task in a thread. The task opens its own connection to the project."""

    told = Signal(int, int)

    def __init__(self, task: Callable[[Tell], Result]) -> None:
        super().__init__()
        self._task = task
        self._told_at = 0.0
        self.result: Result | None = None
        self.failure = ""
        """Why the task couldn't be done, in one sentence; "" when it was done or cancelled."""
        self.cancelled = False

    def cancel(self) -> None:
        """Ask the task to stop where it can leave nothing half done."""
        self.requestInterruption()

    def run(self) -> None:
        try:
            self.result = self._task(self._tell)
        except Cancelled:
            self.cancelled = True
        except (Refused, ProjectError, FormatError) as reason:
            self.failure = str(reason)
        except Exception as defect:  # A thread must never die without a word.
            log.exception("a task failed")
            self.failure = f"This could not be done ({defect}); the log file, in the Help menu, says more"

    def _tell(self, done: int, total: int) -> None:
        if self.isInterruptionRequested():
            raise Cancelled
        now = monotonic()
        if done >= total > 0 or now - self._told_at >= TELL_EVERY:
            self._told_at = now
            self.told.emit(done, total)


class Waiting(QDialog):
    """Shows how far a task is; the only button stops it."""

    def __init__(self, parent: QWidget, title: str, work: "Work[Result]") -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setModal(True)
        self.setMinimumWidth(380)
        self._work = work
        self._count = words("", "muted")
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setRange(0, 0)
        self._bar.setAccessibleName(title)
        stop = button("Cancel")
        stop.clicked.connect(self.reject)
        self._lay_out(title, stop)
        work.told.connect(self._tell)

    def _lay_out(self, title: str, stop: QWidget) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 18, 20, 16)
        column.setSpacing(12)
        column.addWidget(words(title, "strong"))
        column.addWidget(self._bar)
        row = QHBoxLayout()
        row.addWidget(self._count, 1)
        row.addWidget(stop)
        column.addLayout(row)

    def _tell(self, done: int, total: int) -> None:
        self._bar.setRange(0, total)
        self._bar.setValue(done)
        self._count.setText(how_far(done, total))

    def finish(self) -> None:
        """Go away, now that the task has ended."""
        self.accept()

    def reject(self) -> None:
        """Stop the task; the dialog stays until it has stopped."""
        self._count.setText("Stopping …")
        self._work.cancel()

    def closeEvent(self, event: QCloseEvent) -> None:
        event.ignore()
        self.reject()


def how_far(done: int, total: int) -> str:
    """Say how much is done, of how much where that is known; nothing while nothing is counted."""
    return f"{done:,} of {total:,}" if total else f"{done:,}" if done else ""


def carry_out(parent: QWidget, title: str, task: Callable[[Tell], Result]) -> "Work[Result]":
    """Run a task in its thread while the window stays alive; return when it ended, was stopped or failed.

    A count and a Cancel button appear when it takes longer than a moment; meanwhile nothing else in the
    window can be used.
    """
    work = Work(task)
    loop = QEventLoop()
    work.finished.connect(loop.quit)
    QTimer.singleShot(SHOW_AFTER_MS, loop, loop.quit)
    work.start()
    loop.exec(QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents)
    if not work.isFinished():
        _show_waiting(parent, title, work)
    work.wait()
    return work


def _show_waiting(parent: QWidget, title: str, work: "Work[Result]") -> None:
    waiting = Waiting(parent, title, work)
    work.finished.connect(waiting.finish)
    if not work.isFinished():
        waiting.exec()
    waiting.deleteLater()
