"""Asks where a part of the project goes, and for whom it is."""

from datetime import date
from pathlib import Path

from PySide6.QtWidgets import QComboBox, QFileDialog, QLineEdit, QWidget

from annotator.model.review import GOLD
from annotator.services.assigning import blind_articles
from annotator.services.errors import Refused
from annotator.services.person import checked
from annotator.services.sharing import SUFFIX
from annotator.store.project import Project
from annotator.ui.dialogs.form import Form
from annotator.ui.dialogs.places import typed_place
from annotator.ui.spelling import counted
from annotator.ui.widgets import button


class Share(Form):
    """One line for the file, which is named after the person until somebody names it."""

    def __init__(self, parent: QWidget, title: str, deed: str, project: Project, folder: Path) -> None:
        super().__init__(parent, title, deed, 520)
        self._project, self._folder = project, folder
        self.place = QLineEdit()

    def path(self) -> Path:
        """Return where the file goes."""
        return typed_place(self.place.text())

    def problems(self) -> dict[QWidget, str]:
        try:
            place = self.path()
        except ValueError as reason:
            return {self.place: str(reason)}
        if not place.parent.is_dir():
            return {self.place: f"there is no folder {place.parent}; make it or choose another"}
        if place.exists():
            return {self.place: f"“{place.name}” is there already; choose another name"}
        return {}

    def _add_place(self) -> None:
        choose = button("Choose …")
        choose.clicked.connect(self._choose_place)
        self.row("File", self.place, choose)
        self.end()

    def _suggest(self, who: str) -> None:
        """Name the file after the project, the person and the day, unless somebody named it."""
        if self.place.isModified():
            return
        words = " ".join((self._project.title, who, date.today().isoformat()))
        plain = "".join(c if c.isalnum() or c in " -_.," else " " for c in words)
        self.place.setText(str(self._folder / f"{' '.join(plain.split())}{SUFFIX}"))

    def _choose_place(self) -> None:
        name, _ = QFileDialog.getSaveFileName(
            self, "Where the file goes", self.place.text(), f"Annotator projects (*{SUFFIX})"
        )
        if name:
            self.place.setText(name)
            self.place.setModified(True)


class SaveMine(Share):
    """Where one's own work goes."""

    def __init__(self, parent: QWidget, project: Project, person: str, folder: Path) -> None:
        super().__init__(parent, "Save my work as", "Save my work", project, folder)
        self.say(
            f"A project with the work of {person} and nobody else’s, to hand in. It can be merged any number"
            " of times."
        )
        self._suggest(person)
        self._add_place()
        self.place.setFocus()


class CopyFor(Share):
    """Whom a copy is for, and where it goes."""

    def __init__(self, parent: QWidget, project: Project, person: str, folder: Path) -> None:
        super().__init__(parent, "Make a copy for a colleague", "Make the copy", project, folder)
        self.say(self._explained())
        self.who = QComboBox()
        line = QLineEdit()
        line.setPlaceholderText("The name that signs their work")
        self.who.setLineEdit(line)
        self.who.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.who.addItems(self._colleagues(person))
        self.who.setCurrentIndex(-1)
        self.row("For", self.who)
        self._add_place()
        self.who.editTextChanged.connect(self._suggest)
        self._suggest("")
        self.who.setFocus()

    def colleague(self) -> str:
        return checked(self.who.currentText())

    def problems(self) -> dict[QWidget, str]:
        if not self.who.currentText().strip():
            return {self.who: "a name is missing; type the one that signs your colleague’s work"}
        try:
            self.colleague()
        except Refused as reason:
            return {self.who: str(reason)}
        return super().problems()

    def _explained(self) -> str:
        blind = len(blind_articles(self._project))
        if not blind:
            return "A project with everything that is in this one, to work in."
        return (
            f"A project to work in, with all that they may see. {counted(blind, 'article')} of a blind round"
            " will hold only their own work."
        )

    def _colleagues(self, person: str) -> list[str]:
        """List those who work here or were given articles, but for the person and the gold layer."""
        names = {*self._project.layers(), *(a.annotator for a in self._project.assignments())}
        return sorted(names - {person, GOLD}, key=lambda name: (name.casefold(), name))
