"""The page where other projects are looked at before they are merged: who brings what, and what wins."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from annotator.services import merging
from annotator.services.merge_words import STAYS, amounts
from annotator.services.merging import Plan, Report
from annotator.services.naming import Name
from annotator.services.scheme_sides import Side
from annotator.store.home import Home
from annotator.store.project import Project
from annotator.ui.fields.sections import Sections
from annotator.ui.merge_desk import MergeDesk
from annotator.ui.pages.deed import DeedPage
from annotator.ui.pages.importing.names import UnknownNames
from annotator.ui.pages.merging.coming import Coming
from annotator.ui.pages.merging.sides import SchemeSides
from annotator.ui.session import Session
from annotator.ui.spelling import counted, sentence_case
from annotator.ui.theme import Theme
from annotator.ui.work import Tell, carry_out

SHOWN_FILES = 8
SHOWN_WORDS = 6


class MergePage(DeedPage):
    """Reads what the desk was given to merge, and merges it when the person says so."""

    def __init__(self, session: Session, theme: Theme) -> None:
        super().__init__("Merge", "Cancel")
        self.session, self.desk = session, MergeDesk.of(session)
        self.plan: Plan | None = None
        self.choices: dict[Name, str] = {}
        self.sides: dict[str, Side] = {}
        self.side = Sections("What comes in")
        self.names = UnknownNames()
        self.contrasts = SchemeSides()
        self.coming = Coming()
        self._fill_side()
        self.assemble("Merge", self.side, self.coming)
        self.names.chosen.connect(self._choose)
        self.contrasts.chosen.connect(self._choose_side)
        self.desk.brought.connect(self.take)
        session.closing.connect(self._let_go)
        session.project_changed.connect(self._forget)
        self.set_theme(theme)

    def set_theme(self, _theme: Theme) -> None:
        self.coming.update()

    def focus(self) -> None:
        """Put the keyboard where the work is."""
        (self.deed if self.deed.isVisibleTo(self) else self.back).setFocus()

    # --- reading -------------------------------------------------------------------------------

    def take(self) -> None:
        """Look at the files that the desk was given."""
        self.choices, self.sides = {}, {}
        self._read()

    def _read(self) -> None:
        """Plan the merge under the choices made so far; what can't be read is said."""
        session = self.session
        if session.project is None or not self.desk.paths:
            return
        self._let_go()
        choices, sides = dict(self.choices), dict(self.sides)
        wanted = partial(merging.planned, paths=self.desk.paths, choices=choices, sides=sides)
        read = carry_out(
            self.window(), "Reading projects", partial(_plan, session.project.path, session.home, wanted)
        )
        if read.result is not None:
            self._show(read.result, session.project)
        elif read.cancelled:
            self.leave()
        else:
            self._show_failure(read.failure)

    def _show_failure(self, failure: str) -> None:
        self._files.setText(_named(self.desk.paths))
        self._head.setText("Nothing can be merged")
        self._summary.setText(sentence_case(failure) + ("" if failure.endswith(".") else "."))
        self._show_names(False)
        self._show_sides(False)
        self.coming.show_nothing()
        self._show_deed(False)

    def _show(self, plan: Plan, project: Project) -> None:
        self.plan = plan
        self._files.setText(_named(self.desk.paths))
        self._head.setText(_head(plan))
        self._summary.setText("\n".join(_summary(plan)))
        self.names.show_names(plan.unknown, project.scheme)
        self.side.watch(self.names)
        self._show_names(bool(plan.unknown))
        self.contrasts.show_contrasts(plan.contrasts)
        self.side.watch(self.contrasts)
        self._show_sides(bool(plan.contrasts))
        self.coming.show_plan(plan)
        self._show_deed(not plan.is_empty)

    def _show_deed(self, shown: bool) -> None:
        """Show the button that merges; the keyboard never stays at one that is gone."""
        self.back.setText("Cancel" if shown else "Close")
        self.deed.setVisible(shown)
        if self.isVisible():
            self.focus()

    def _show_names(self, shown: bool) -> None:
        for widget in (self._names_head, self._names_hint, self.names):
            widget.setVisible(shown)

    def _show_sides(self, shown: bool) -> None:
        for widget in (self._sides_head, self.contrasts):
            widget.setVisible(shown)

    def _choose_side(self, part: str, side: Side) -> None:
        """Read the files again with other words for a part of a label."""
        self.sides[part] = side
        self._read()
        if part in self.contrasts.boxes:
            self.contrasts.boxes[part].setFocus()

    def _choose(self, name: Name, becomes: str | None) -> None:
        """Read the files again with another choice."""
        if becomes is None:
            self.choices.pop(name, None)
        else:
            self.choices[name] = becomes
        self._read()
        if name in self.names.boxes:
            self.names.boxes[name].setFocus()

    # --- merging -------------------------------------------------------------------------------

    def write(self) -> None:
        """Merge what was planned, then go back, or on to what is to be settled by hand."""
        session, plan = self.session, self.plan
        if session.project is None or plan is None or plan.is_empty:
            return
        self.plan = None  # It is used up, however the merge ends.
        task = partial(_apply, session.project.path, session.home, plan, session.person)
        done = carry_out(self.window(), "Merging", task)
        session.publish()
        if done.result is None:
            if done.failure:
                session.failed.emit(done.failure)
            else:
                session.said.emit("Nothing was merged")
            self._read()
            return
        session.saved.emit()
        self._report(done.result)

    def _report(self, report: Report) -> None:
        """Say what was done, in one sentence, with the way to what is to be settled."""
        session, n = self.session, len(report.forks)
        merged = f"Merged {_named(self.desk.paths)}: {_head(report.plan).lower()}"
        self.leave()
        if session.article is None and session.project:
            next(
                (article for article in session.project.article_ids() if session.open_article(article)), None
            )
        if n:
            changed = counted(n, "thing was", "things were")
            session.asked.emit(
                f"{merged}. {changed} changed on two machines; the later change stands",
                "Look at them",
                lambda: session.command_wanted.emit("forks"),
            )
        else:
            session.asked.emit(merged, "", None)

    def leave(self) -> None:
        """Let go of the files and go back to the articles."""
        self._let_go()
        self.desk.paths = ()
        self.session.command_wanted.emit("page-annotate")

    def _forget(self) -> None:
        """Another project is open: what was looked at is not about it."""
        if self.desk.paths:
            self.leave()

    def _let_go(self) -> None:
        if self.plan:
            self.plan.close()
        self.plan = None

    # --- putting together ----------------------------------------------------------------------

    def _fill_side(self) -> None:
        self._files = self.side.remark("muted")
        self._head = self.side.remark("heading")
        self._summary = self.side.remark("")
        self._names_head = self.side.section("Labels and links that your scheme lacks")
        self._names_hint = self.side.remark()
        self._names_hint.setText(
            "Leaving a label out removes its spans here; their history keeps them, and undo brings them back."
        )
        self.side.row(self.names)
        self._sides_head = self.side.section("Labels of which the schemes say other things")
        self.side.row(self.contrasts)


def _head(plan: Plan) -> str:
    return sentence_case(_listed(amounts(plan, "span"))) or "Nothing new"


def _summary(plan: Plan) -> list[str]:
    """Say how much of the files is new, and what becomes of the scheme."""
    total = sum(brought.changes for brought in plan.brought)
    where = "the file" if len(plan.brought) == 1 else f"{len(plan.brought):,} files"
    new = f"{plan.changes:,} of {counted(total, 'change')} in {where}"
    said = [f"{new} {'is' if plan.changes == 1 else 'are'} new."]
    if plan.scheme:
        said.append(f"Your scheme gets {_listed(plan.scheme)}.")
    if plan.differing:
        said.append(f"The schemes differ in {_listed(plan.differing)}; {STAYS}.")
    return said


def _listed(things: tuple[str, ...] | list[str]) -> str:
    """Name the first few things, and count the others."""
    shown = list(things[:SHOWN_WORDS])
    if len(things) > SHOWN_WORDS:
        shown.append(f"{len(things) - SHOWN_WORDS:,} more")
    return " and ".join([", ".join(shown[:-1]), shown[-1]]) if len(shown) > 1 else "".join(shown)


def _named(paths: tuple[Path, ...]) -> str:
    names = [path.name for path in paths[:SHOWN_FILES]]
    more = len(paths) - SHOWN_FILES
    return ", ".join(names) + (f" and {more:,} more" if more > 0 else "")


def _plan(path: Path, home: Home, wanted: Callable[..., Plan], tell: Tell) -> Plan:
    with Project.open(path, home=home, read_only=True) as project:
        return wanted(project, tell=tell)


def _apply(path: Path, home: Home, plan: Plan, person: str, tell: Tell) -> Report:
    with Project.open(path, home=home) as project:
        return merging.apply(project, plan, actor=person, tell=tell)
