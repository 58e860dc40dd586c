"""Asks whose work this is, when the first span is made."""

import getpass

from PySide6.QtWidgets import QLineEdit, QWidget

from annotator.services.errors import Refused
from annotator.services.person import checked
from annotator.ui.dialogs.form import Form


class AskName(Form):
    """One line for a name, which may be the login name."""

    def __init__(self, parent: QWidget, name: str = "") -> None:
        super().__init__(parent, "Whose work is this?", "Use this name", 400)
        self.say("Your name signs every span you tag and is the name of your layer.")
        self.line = QLineEdit(name or _login())
        self.line.selectAll()
        self.row("Your name", self.line)
        self.end()
        self.line.setFocus()

    def name(self) -> str:
        return checked(self.line.text())

    def problems(self) -> dict[QWidget, str]:
        try:
            self.name()
        except Refused as reason:
            return {self.line: str(reason)}
        return {}


def _login() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return ""
