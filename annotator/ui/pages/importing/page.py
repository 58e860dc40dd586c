"""The page where files are looked at before they come in: what they bring, and what is wrong with them."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QComboBox, QWidget

from annotator.formats.registry import FORMATS
from annotator.services import importing
from annotator.services.errors import Refused
from annotator.services.looking import Plan
from annotator.services.naming import Name, fitting, remember, remembered
from annotator.store.home import Home
from annotator.store.project import Project
from annotator.ui.fields.sections import Sections
from annotator.ui.pages.deed import DeedPage
from annotator.ui.pages.importing.found import Found
from annotator.ui.pages.importing.looking import Asked, Looking
from annotator.ui.pages.importing.names import UnknownNames
from annotator.ui.pages.importing.telling import amount, everything, summary
from annotator.ui.pages.importing.whose import Whose
from annotator.ui.progressing import ProgressLine
from annotator.ui.session import Session
from annotator.ui.spelling import sentence_case
from annotator.ui.theme import Theme
from annotator.ui.work import Tell, carry_out

SHOWN_FILES = 8
BAR_WIDTH = 110
BY_HAND = (
    Qt.FocusReason.TabFocusReason,
    Qt.FocusReason.BacktabFocusReason,
    Qt.FocusReason.MouseFocusReason,
)

SHOW_STALE_AFTER_MS = 150
"""What is brought up to date sooner is not marked as old: it would only flicker."""


class ImportPage(DeedPage):
    """Shows what the session was given to import, and writes it when the person says so."""

    def __init__(self, session: Session, theme: Theme) -> None:
        super().__init__("Import", "Cancel")
        self.session = session
        self.plan: Plan | None = None
        """What is shown, if it is what the choices come to."""
        self.choices: dict[Name, str | None] = {}
        self._strange: dict[Name, str | None] = {}
        """Earlier choices that lead to nothing this scheme has: they may fit another version."""
        self._is_waiting = False
        """Whether the keyboard is at the way back only until there is something to import."""
        self.looking = Looking(session)
        self.side = Sections("What comes in")
        self.format, self.whose = QComboBox(), Whose()
        self.names = UnknownNames()
        self.found = Found()
        self.line = ProgressLine("Reading", may_stop=False)
        self.line.bar.setFixedWidth(BAR_WIDTH)
        self._late = QTimer(self, singleShot=True, interval=SHOW_STALE_AFTER_MS)
        self._fill_formats()
        self._fill_side()
        self.assemble("Import", self.side, self.found, self.line)
        self._connect()
        self.set_theme(theme)

    def set_theme(self, _theme: Theme) -> None:
        for shown in (self.found.list, self.found.widened):
            shown.viewport().update()

    def focus(self) -> None:
        """Put the keyboard where the work is, or will be."""
        self._let_keyboard_wait()
        self._give_keyboard_to_deed()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """See whether a person goes to the way back themselves: then the keyboard stays there."""
        if isinstance(event, QFocusEvent) and event.gotFocus() and event.reason() in BY_HAND:
            self._is_waiting = False
        return super().eventFilter(watched, event)

    @property
    def is_busy(self) -> bool:
        """Say whether what is shown is still to come."""
        return self.looking.is_busy

    # --- reading -------------------------------------------------------------------------------

    def take(self) -> None:
        """Look at the files that the session was given."""
        project = self.session.project
        if project is not None and self.session.incoming:
            known = remembered(self.session.home, project.scheme.id)
            self.choices = fitting(project.scheme, known)
            self._strange = {name: to for name, to in known.items() if name not in self.choices}
            self.format.setCurrentIndex(0)
            self.whose.offer(self.session.person, project.layers())
            self._read()

    def _read(self) -> None:
        """Read the files; until something is known of them there is nothing to choose."""
        project, incoming = self.session.project, self.session.incoming
        if project is None or not incoming:
            return
        asked = self._asked() or Asked(None, dict(self.choices))
        self.looking.read(project, incoming, self.format.currentData(), asked)
        self._show_nothing("Reading …")
        self.line.begin("Reading")

    def _decide(self) -> None:
        """Bring what is shown up to date with the choices; meanwhile nothing can be written."""
        project = self.session.project
        if project is None:
            return
        self.plan, asked = None, self._asked()
        if asked is None:
            self._wait_for_name()
        elif self.looking.decide(project, asked):
            self._late.start()
        else:
            self._read()

    def _wait_for_name(self) -> None:
        """Import nothing while it is being typed whose work it is to be."""
        self.plan = None
        self.looking.pause()
        self._rest()

    def _asked(self) -> Asked | None:
        """Return what is chosen; None while the name of whose work it is to be is still to be typed."""
        try:
            return Asked(self.whose.layer(), dict(self.choices))
        except Refused:
            return None

    def _choose(self, name: Name, becomes: str | None, proposed: str | None) -> None:
        """Let a name become another thing; what is proposed anyway need not be remembered."""
        if becomes == proposed:
            self.choices.pop(name, None)
        else:
            self.choices[name] = becomes
        self._decide()

    # --- showing -------------------------------------------------------------------------------

    def _show_stale(self) -> None:
        """Mark what is shown as old, where it takes longer than a moment to bring it up to date."""
        if self.looking.is_reading or not self.is_busy:
            return
        self._move_keyboard_from_deed()
        self.deed.setEnabled(False)
        self.line.begin("Updating the figures")

    def _show_failure(self, failure: str) -> None:
        """Say why nothing can be read; another format may do."""
        self._show_nothing("Nothing can be imported")
        self._summary.setText(_sentence(failure, self.session.incoming))
        self._summary.show()
        self._rest()

    def _show_nothing(self, head: str) -> None:
        self.plan = None
        self._files.setText(_named(self.session.incoming))
        self._head.setText(head)
        self._summary.hide()
        self._show_names(False)
        self.found.show_nothing()
        self._show_deed(False)

    def _show(self, plan: Plan) -> None:
        self.plan = plan if self._asked() else None
        self._head.setText("Nothing new to import" if plan.is_empty else amount(plan))
        self._summary.setText("\n".join(summary(plan)))
        self._summary.setVisible(bool(self._summary.text()))
        self.names.show_names(plan.unknown, plan.base)
        self.side.watch(self.names)
        self._show_names(bool(plan.unknown))
        self.found.show_plan(plan)
        self.deed.setText(f"Import {amount(plan)}".replace("&", "&&"))
        self._show_deed(not plan.is_empty)
        self._rest()

    def _rest(self) -> None:
        """Let it be seen that nothing more is to come."""
        self._late.stop()
        self.line.rest()
        if self.plan is None:
            self._move_keyboard_from_deed()
        self.deed.setEnabled(self.plan is not None)
        self._give_keyboard_to_deed()

    def _show_deed(self, shown: bool) -> None:
        if not shown:
            self._move_keyboard_from_deed()
        self.back.setText("Cancel" if shown or self.is_busy else "Close")
        self.deed.setVisible(shown)

    def _move_keyboard_from_deed(self) -> None:
        """Let the keyboard never stay at a button that is gone."""
        if self._is_at(self.deed):
            self._let_keyboard_wait()

    def _let_keyboard_wait(self) -> None:
        self.back.setFocus()
        self._is_waiting = True

    def _give_keyboard_to_deed(self) -> None:
        """Put the keyboard to what can be imported now, unless a person has moved it meanwhile."""
        may_press = self.deed.isVisibleTo(self) and self.deed.isEnabled()
        if may_press and self._is_waiting and self._is_at(self.back):
            self._is_waiting = False
            self.deed.setFocus()

    def _is_at(self, widget: QWidget) -> bool:
        """Say whether the keyboard is there, or will be: while files are dropped the window has it not."""
        return self.window().focusWidget() is widget

    def _show_names(self, shown: bool) -> None:
        for widget in (self._names_head, self._names_hint, self.names):
            widget.setVisible(shown)

    # --- writing -------------------------------------------------------------------------------

    def write(self) -> None:
        """Write what is shown, then show its first article."""
        session, plan = self.session, self.plan
        if session.project is None or plan is None or plan.is_empty:
            return
        remember(session.home, session.project.scheme.id, {**self._strange, **self.choices})
        written = carry_out(
            self.window(), "Importing", partial(_write, session.project.path, session.home, plan)
        )
        session.publish()
        if written.result is None:
            self._tell_failure(written.failure)
            return
        session.saved.emit()
        if plan.articles:
            session.open_article(plan.articles[0].article.id)
        self.leave()
        session.said.emit(f"Imported {everything(plan)}")

    def leave(self) -> None:
        """Let go of the files and go back to the articles."""
        self._forget()
        self.session.command_wanted.emit("page-annotate")

    def _forget(self) -> None:
        self.plan, self.session.incoming = None, ()
        self.looking.forget()
        self.found.show_nothing()
        self._rest()

    def _tell_failure(self, failure: str) -> None:
        if failure:
            self.session.failed.emit(failure)
        else:
            self.session.said.emit("Nothing was imported")

    # --- putting together ----------------------------------------------------------------------

    def _fill_side(self) -> None:
        self._files = self.side.remark("muted")
        self._head = self.side.remark("heading")
        self._summary = self.side.remark("")
        self.side.row(self.format, caption="Format")
        self.side.row(self.whose, caption="Whose work it is")
        self._names_head = self.side.section("Names that the scheme lacks")
        self._names_hint = self.side.remark()
        self._names_hint.setText("What you choose is proposed for the next file.")
        self.side.row(self.names)

    def _fill_formats(self) -> None:
        self.format.addItem("As each file shows", None)
        for how in FORMATS:
            if how.reads:
                self.format.addItem(how.title, how.id)

    def _connect(self) -> None:
        self.back.installEventFilter(self)
        self.names.chosen.connect(self._choose)
        self.format.activated.connect(self._read)
        self.whose.chosen.connect(self._decide)
        self.whose.typing.connect(self._wait_for_name)
        self._late.timeout.connect(self._show_stale)
        self.looking.found.connect(self._show)
        self.looking.failed.connect(self._show_failure)
        self.looking.told.connect(self.line.tell)
        self.session.incoming_changed.connect(self.take)
        self.session.project_changed.connect(self._forget)


def _named(paths: tuple[Path, ...]) -> str:
    """Name the files and folders that are read."""
    names = [path.name or str(path) for path in paths[:SHOWN_FILES]]
    more = len(paths) - SHOWN_FILES
    return ", ".join(names) + (f" and {more:,} more" if more > 0 else "")


def _sentence(failure: str, paths: tuple[Path, ...]) -> str:
    """Make a sentence of why not; the name of a file at its beginning stays as it is."""
    begins_with_name = any(path.name and failure.startswith(path.name) for path in paths)
    return (failure if begins_with_name else sentence_case(failure)) + ("" if failure.endswith(".") else ".")


def _write(path: Path, home: Home, plan: Plan, tell: Tell) -> bool:
    with Project.open(path, home=home) as project:
        importing.apply(project, plan, tell)
    return True
