"""Makes a project: its title, its file, its scheme."""

from pathlib import Path

from PySide6.QtWidgets import QComboBox, QFileDialog, QLineEdit, QWidget

from annotator.formats.scheme_toml import read as read_scheme
from annotator.model.scheme import Scheme, SchemeError
from annotator.services.samples import built_in_scheme
from annotator.services.sharing import SUFFIX
from annotator.store.errors import ProjectError
from annotator.store.home import Home
from annotator.store.project import Project
from annotator.ui.dialogs.form import Form
from annotator.ui.dialogs.places import typed_place
from annotator.ui.widgets import button


class NewProject(Form):
    """The file's name follows the title until it is chosen; `made` is the new project."""

    def __init__(self, parent: QWidget, home: Home, folder: Path) -> None:
        super().__init__(parent, "New project", "Make the project", 520)
        self.made: Project | None = None
        self._home = home
        self._folder = folder
        self._scheme = built_in_scheme()
        self.title = QLineEdit()
        self.title.setPlaceholderText("Hama, autumn 2016")
        self.place = QLineEdit()
        self.scheme = QComboBox()
        self.scheme.addItem(self._scheme.title)
        self.scheme.addItem("From a file …")
        self._lay_out()
        self.title.textEdited.connect(self._suggest)
        self.scheme.activated.connect(self._choose_scheme)
        self._suggest("")

    def _lay_out(self) -> None:
        choose = button("Choose …")
        choose.clicked.connect(self._choose_place)
        self.row("Title", self.title)
        self.row("File", self.place, choose)
        self.row("Scheme: labels, attributes, links", self.scheme)
        self.end()

    def _suggest(self, title: str) -> None:
        """Name the file after the title, in a form every disk takes, until somebody names it."""
        if self.place.isModified():
            return
        plain = "".join(c if c.isalnum() or c in " -_.," else " " for c in title)
        name = " ".join(plain.split()).strip(".") or "Untitled"
        self.place.setText(str(self._folder / f"{name}{SUFFIX}"))

    def _choose_place(self) -> None:
        name, _ = QFileDialog.getSaveFileName(
            self, "Where the project goes", self.place.text(), f"Annotator projects (*{SUFFIX})"
        )
        if name:
            self.place.setText(name if name.endswith(SUFFIX) else name + SUFFIX)
            self.place.setModified(True)

    def _choose_scheme(self, index: int) -> None:
        """Read another scheme; one that can't be used is explained, and the one before stays."""
        if index == 0:
            self._scheme = built_in_scheme()
            self.mark(self.scheme, "")
            return
        if self.scheme.itemData(index):
            self._scheme = self.scheme.itemData(index)
            return
        self.scheme.setCurrentIndex(0)
        name, _ = QFileDialog.getOpenFileName(self, "Choose a scheme", str(self._folder), "Schemes (*.toml)")
        if name:
            self.use_scheme(Path(name))

    def use_scheme(self, file: Path) -> None:
        """Use the scheme of a file, or say what is wrong with it."""
        try:
            scheme: Scheme = read_scheme(file.read_bytes())
        except OSError as error:
            self.mark(self.scheme, f"{file.name} can't be read ({error.strerror}); choose another file")
        except SchemeError as error:
            self.mark(self.scheme, f"{file.name}: {error}")
        else:
            self.mark(self.scheme, "")
            self._scheme = scheme
            self.scheme.insertItem(1, f"{scheme.title} ({file.name})", scheme)
            self.scheme.setCurrentIndex(1)

    def path(self) -> Path:
        return typed_place(self.place.text())

    def problems(self) -> dict[QWidget, str]:
        try:
            self.path()
        except ValueError as reason:
            return {self.place: str(reason)}
        return {}

    def finish(self) -> dict[QWidget, str]:
        title = " ".join(self.title.text().split()) or self.path().stem
        try:
            self.made = Project.create(self.path(), scheme=self._scheme, title=title, home=self._home)
        except ProjectError as reason:
            return {self.place: str(reason)}
        return {}
