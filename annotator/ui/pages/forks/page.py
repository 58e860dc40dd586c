"""The page where what was changed on two machines is settled by hand."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from annotator.model.change import ObjectKey
from annotator.services import forking
from annotator.services.forking import Forked
from annotator.store.home import Home
from annotator.store.project import Project
from annotator.ui.lists.cards import CardList
from annotator.ui.lists.forks import ForkDelegate
from annotator.ui.merge_desk import MergeDesk
from annotator.ui.models.forks import ForksModel
from annotator.ui.pages.deed import DeedPage
from annotator.ui.pages.forks.versions import Versions
from annotator.ui.session import Session
from annotator.ui.spelling import counted
from annotator.ui.theme import Theme
from annotator.ui.widgets import button, words
from annotator.ui.work import Tell, carry_out

HINT = (
    "The later change stands. Choose with 1 and 2, or with the buttons; each choice is one change that can be"
    " undone."
)
NOTHING = "Nothing was changed on two machines, or all of it is settled."


class ForksPage(DeedPage):
    """The things at the left, the versions of the one that is chosen at the right."""

    def __init__(self, session: Session, theme: Theme) -> None:
        super().__init__("Keep all that stand", "Close")
        self.session = session
        self.forks = ForksModel()
        self.list = CardList("Changes made on two machines", self.forks)
        self.delegate = ForkDelegate(theme)
        self.versions = Versions()
        self.show_it = button("Show in the article", "link")
        self._hint, self._head = words(HINT, "muted", wrap=True), words("", "heading", wrap=True)
        self._late = QTimer(self, singleShot=True, interval=0)
        self._lay_out()
        self._connect()
        self.set_theme(theme)

    def set_theme(self, theme: Theme) -> None:
        self.delegate.theme = theme
        self.versions.set_theme(theme)
        self.list.viewport().update()

    def focus(self) -> None:
        """Put the keyboard where the work is."""
        (self.list if self.forks.rowCount() else self.back).setFocus()
        self._late.start()

    # --- looking -------------------------------------------------------------------------------

    def read(self) -> None:
        """Look for what was changed on two machines; the thing that was looked at stays, or the next."""
        session = self.session
        if session.project is None or not self.isVisible():
            return
        task = partial(_read, session.project.path, session.home)
        found = carry_out(self.window(), "Looking for changes made on two machines", task)
        if found.result is None:
            session.failed.emit(found.failure or "Looking was stopped; choose the command again")
            return
        before, row = self.shown(), self.list.currentIndex().row()
        self.forks.load(found.result)
        at = self.forks.place(before.key) if before else 0
        self._go_to(at if at >= 0 else min(row, self.forks.rowCount() - 1))
        if self.back.hasFocus() or not self.list.isVisible():
            (self.list if self.list.isVisible() else self.back).setFocus()

    def shown(self) -> Forked | None:
        """Return the thing that is looked at."""
        row = self.list.currentIndex().row()
        return self.forks.all()[row] if 0 <= row < self.forks.rowCount() else None

    def _go_to(self, row: int) -> None:
        self.list.setCurrentIndex(self.forks.index(max(row, 0)))
        self._show()

    def _show(self) -> None:
        fork, total = self.shown(), self.forks.rowCount()
        self._head.setText(fork.title if fork else NOTHING)
        self.versions.show_fork(fork)
        self.show_it.setVisible(bool(fork and fork.article))
        for widget in (self.list, self._hint):
            widget.setVisible(bool(total))
        self.deed.setVisible(total > 0)
        self.deed.setText("Keep the one that stands" if total == 1 else f"Keep all {total:,} that stand")

    # --- settling ------------------------------------------------------------------------------

    def choose(self, number: int) -> None:
        """Let one version of the thing that is looked at stand."""
        fork = self.shown()
        if fork and 0 <= number < len(fork.versions):
            self._settle({fork.key: fork.versions[number].change})

    def write(self) -> None:
        """Let everything stand as it does."""
        self._settle({fork.key: fork.versions[0].change for fork in self.forks.all()})

    def _settle(self, chosen: dict[ObjectKey, str]) -> None:
        settled = self.session.do(forking.settle, chosen=chosen) if chosen else None
        if settled:
            self.session.said.emit(f"Settled {counted(len(chosen), 'thing')}; undo brings the choice back")

    def leave(self) -> None:
        """Go back to the articles."""
        self.session.command_wanted.emit("page-annotate")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self._pressed(event.text()):
            super().keyPressEvent(event)

    def _pressed(self, letters: str) -> bool:
        """Choose by number; say whether it was one."""
        is_number = letters.isdecimal() and len(letters) == 1 and int(letters) > 0
        if is_number:
            self.choose(int(letters) - 1)
        return is_number

    def _open(self) -> None:
        """Show the thing where it stands in its article."""
        fork = self.shown()
        if fork and self.session.open_article(fork.article):
            body = next((version.body for version in fork.versions if version.body), {})
            if fork.kind == "annotation":
                self.session.show_layer(str(body.get("layer", "")))
                self.session.select(fork.id)
            self.leave()

    # --- putting together ----------------------------------------------------------------------

    def _lay_out(self) -> None:
        self.list.setItemDelegate(self.delegate)
        choices, right = QWidget(), QWidget()
        side = QVBoxLayout(choices)
        side.setContentsMargins(0, 6, 10, 0)
        side.setSpacing(12)
        side.addWidget(self._hint)
        side.addWidget(self.list, 1)
        side.addStretch(0)
        column = QVBoxLayout(right)
        column.setContentsMargins(32, 24, 32, 20)
        column.setSpacing(14)
        head = QHBoxLayout()
        head.addWidget(self._head, 1)
        head.addWidget(self.show_it, 0, Qt.AlignmentFlag.AlignTop)
        column.addLayout(head)
        column.addWidget(self.versions, 1)
        self.assemble("Changes made on two machines", choices, right)

    def _connect(self) -> None:
        self.list.selectionModel().currentChanged.connect(lambda _now, _before: self._show())
        self.list.typed.connect(self._pressed)
        self.list.left.connect(self.leave)
        self.versions.chosen.connect(self.choose)
        self.show_it.clicked.connect(self._open)
        self._late.timeout.connect(self.read)
        self.session.changed.connect(lambda _keys: self._late.start())
        self.session.project_changed.connect(self._late.start)
        MergeDesk.of(self.session).forks_wanted.connect(self._late.start)


def _read(path: Path, home: Home, _tell: Tell) -> tuple[Forked, ...]:
    with Project.open(path, home=home, read_only=True) as project:
        return forking.forks(project)
