"""Who works here, and whose layer is shown."""

from PySide6.QtWidgets import QWidget

from annotator.services import person
from annotator.store.home import Home
from annotator.ui.context import Context


def ask(home: Home, window: QWidget) -> str:
    """Ask for the annotator's name and remember it; "" when they decline."""
    from annotator.ui.dialogs.name import AskName

    dialog = AskName(window, person.recall(home))
    return _remembered(home, dialog.name()) if dialog.exec() else ""


def change(c: Context) -> None:
    """Work under another name from now on, in the layer of that name."""
    name = ask(c.session.home, c.window)
    if name and name != c.session.person:
        c.session.be(name)


def _remembered(home: Home, name: str) -> str:
    try:
        return person.remember(home, name)
    except OSError:
        # It is asked again at the next start; work goes on under it now.
        return person.checked(name)
