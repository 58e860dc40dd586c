"""The page where files are looked at before they come in: what they bring, and what is wrong with them."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QComboBox

from annotator.formats.registry import FORMATS
from annotator.model.review import GOLD
from annotator.services import importing
from annotator.services.looking import Plan
from annotator.services.naming import Name, remember, remembered
from annotator.store.home import Home
from annotator.store.project import Project
from annotator.ui.fields.sections import Sections
from annotator.ui.pages.deed import DeedPage
from annotator.ui.pages.importing.found import Found
from annotator.ui.pages.importing.names import UnknownNames
from annotator.ui.pages.importing.telling import amount, summary
from annotator.ui.session import Session
from annotator.ui.spelling import sentence_case
from annotator.ui.theme import Theme
from annotator.ui.work import Tell, carry_out

SHOWN_FILES = 8


class ImportPage(DeedPage):
    """Reads what the session was given to import, and writes it when the person says so."""

    def __init__(self, session: Session, theme: Theme) -> None:
        super().__init__("Import", "Cancel")
        self.session = session
        self.plan: Plan | None = None
        self.choices: dict[Name, str] = {}
        self.side = Sections("What comes in")
        self.format, self.layer = QComboBox(), QComboBox()
        self.names = UnknownNames()
        self.found = Found()
        self._fill_formats()
        self._fill_side()
        self.assemble("Import", self.side, self.found)
        self._connect()
        self.set_theme(theme)

    def set_theme(self, _theme: Theme) -> None:
        self.found.list.viewport().update()

    def focus(self) -> None:
        """Put the keyboard where the work is."""
        (self.deed if self.deed.isVisibleTo(self) else self.back).setFocus()

    # --- reading -------------------------------------------------------------------------------

    def take(self) -> None:
        """Look at the files that the session was given."""
        project = self.session.project
        if project is not None and self.session.incoming:
            self.choices = remembered(self.session.home, project.scheme.id)
            self._offer(project)
            self._read()

    def _offer(self, project: Project) -> None:
        """Begin with what the files say themselves."""
        self.format.setCurrentIndex(0)
        self.layer.clear()
        self.layer.addItem("Whoever the file names, else you", None)
        for name in dict.fromkeys((self.session.person, *project.layers(), GOLD)):
            self.layer.addItem(f"{name} (you)" if name == self.session.person else name, name)

    def _read(self) -> None:
        """Plan the import under the choices made so far; what can't be read at all is said."""
        session = self.session
        if session.project is None or not session.incoming:
            return
        wanted = partial(
            importing.plan,
            paths=session.incoming,
            actor=session.person,
            format_id=self.format.currentData(),
            layer=self.layer.currentData(),
            choices=dict(self.choices),
        )
        task = partial(_plan, session.project.path, session.home, wanted)
        read = carry_out(self.window(), "Reading files", task)
        if read.cancelled and self.plan is None:
            self.leave()
        elif read.cancelled:
            self._show_failure("reading was stopped; choose again to read the files anew")
        elif read.result is None:
            self._show_failure(read.failure)
        else:
            self._show(read.result, session.project)

    def _show_failure(self, failure: str) -> None:
        """Say why nothing can be read; another format may do."""
        self.plan = None
        self._files.setText(_named(self.session.incoming))
        self._head.setText("Nothing can be imported")
        self._summary.setText(sentence_case(failure) + ("" if failure.endswith(".") else "."))
        self._summary.show()
        self._show_names(False)
        self.found.show_nothing()
        self._show_deed(False)

    def _show(self, plan: Plan, project: Project) -> None:
        self.plan = plan
        self._head.setText("Nothing new to import" if plan.is_empty else amount(plan))
        self._summary.setText("\n".join(summary(plan)))
        self._summary.setVisible(bool(self._summary.text()))
        self._files.setText(_named(self.session.incoming))
        self.names.show_names(plan.unknown, project.scheme)
        self.side.watch(self.names)
        self._show_names(bool(plan.unknown))
        self.found.show_plan(plan)
        self.deed.setText(f"Import {amount(plan)}".replace("&", "&&"))
        self._show_deed(not plan.is_empty)

    def _show_deed(self, shown: bool) -> None:
        """Show the button that imports; the keyboard never stays at one that is gone."""
        self.back.setText("Cancel" if shown else "Close")
        if self.deed.hasFocus() and not shown:
            self.back.setFocus()
        self.deed.setVisible(shown)

    def _show_names(self, shown: bool) -> None:
        for widget in (self._names_head, self._names_hint, self.names):
            widget.setVisible(shown)

    def _choose(self, name: Name, becomes: str | None) -> None:
        """Read the files again with another choice."""
        if becomes is None:
            self.choices.pop(name, None)
        else:
            self.choices[name] = becomes
        self._read()

    # --- writing -------------------------------------------------------------------------------

    def write(self) -> None:
        """Write what was planned, then show its first article."""
        session, plan = self.session, self.plan
        if session.project is None or plan is None or plan.is_empty:
            return
        remember(session.home, session.project.scheme.id, self.choices)
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
        session.said.emit(f"Imported {amount(plan)}")

    def leave(self) -> None:
        """Let go of the files and go back to the articles."""
        self.plan, self.session.incoming = None, ()
        self.session.command_wanted.emit("page-annotate")

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
        self.side.row(self.layer, caption="Whose work it is")
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
        self.names.chosen.connect(self._choose)
        for box in (self.format, self.layer):
            box.activated.connect(self._read)
        self.session.incoming_changed.connect(self.take)


def _named(paths: tuple[Path, ...]) -> str:
    """Name the files and folders that are read."""
    names = [path.name or str(path) for path in paths[:SHOWN_FILES]]
    more = len(paths) - SHOWN_FILES
    return ", ".join(names) + (f" and {more:,} more" if more > 0 else "")


def _plan(path: Path, home: Home, wanted: Callable[..., Plan], tell: Tell) -> Plan:
    with Project.open(path, home=home, read_only=True) as project:
        return wanted(project, tell=tell)


def _write(path: Path, home: Home, plan: Plan, tell: Tell) -> bool:
    with Project.open(path, home=home) as project:
        importing.apply(project, plan, tell)
    return True
