"""What the page of merging works on: the files that were handed to it."""

from collections.abc import Iterable
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from annotator.ui.session import Session


class MergeDesk(QObject):
    """The files that are being looked at, to be merged."""

    brought = Signal()
    forks_wanted = Signal()
    """What was changed on two machines is to be looked at anew."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.paths: tuple[Path, ...] = ()

    @classmethod
    def of(cls, session: Session) -> "MergeDesk":
        """Return the one desk of a session."""
        return session.findChild(cls) or cls(session)

    def bring(self, paths: Iterable[Path]) -> None:
        """Look at files, to merge them if the person wants it."""
        self.paths = tuple(paths)
        self.brought.emit()
