"""Start the window: which project it opens, and what it says when it can't."""

import gc
import os
import sys
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from annotator import __version__
from annotator.services import person
from annotator.services.errors import Refused
from annotator.store.home import Home
from annotator.store.project import Project
from annotator.ui.appearance import Appearance
from annotator.ui.flows import projects
from annotator.ui.logfile import catch_defects, keep_log
from annotator.ui.session import Session
from annotator.ui.settings import Settings
from annotator.ui.window import Window

LOAD_AHEAD_MS = 400


def application() -> QApplication:
    """Return the one application there is, made if need be."""
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        app = QApplication(sys.argv[:1])
    app.setApplicationName("annotator")
    app.setApplicationDisplayName("Annotator")
    app.setApplicationVersion(__version__)
    app.setDesktopFileName("annotator")
    return app


def build(app: QApplication, home: Home) -> Window:
    """Build the window around a session that has no project yet."""
    settings = Settings(home)
    session = Session(home, _who(home))
    return Window(session, settings, Appearance(app, settings))


def _who(home: Home) -> str:
    """Return who sits here: ANNOTATOR_NAME, else the name remembered; "" asks when it is needed."""
    try:
        return person.checked(os.environ.get("ANNOTATOR_NAME", ""))
    except Refused:
        return person.recall(home)


def run(wanted: Path | None) -> int:
    """Open the window on a project, else the last one, else the sample, and stay until it is closed.

    A project that was asked for and can't be opened raises ProjectError before any window is shown.
    """
    home = Home.default()
    keep_log(home)
    asked_for = Project.open(wanted, home=home) if wanted else None
    app = application()
    window = build(app, home)
    catch_defects(window.warn)
    window.show()
    app.processEvents()  # The system puts the window on the screen while it is filled.
    _fill(window, asked_for)
    _let_interrupts_through(window)
    return app.exec()


def _fill(window: Window, project: Project | None) -> None:
    if project:
        projects.use(window.context, project)
    else:
        projects.open_first(window.context)
    gc.enable()
    # QTimer.singleShot would do this, but the first call takes PySide 13 ms.
    later = QTimer(window, singleShot=True, interval=LOAD_AHEAD_MS)
    later.timeout.connect(_load_ahead)
    later.start()


def _load_ahead() -> None:
    """Load what the first span needs while the person still reads, so that it is as fast as the next."""
    import annotator.model.figure_words
    import annotator.ui.fields.making  # noqa: F401 - loading it is all that is wanted


def _let_interrupts_through(window: Window) -> None:
    """Close the window on Ctrl+C in the terminal; Python looks for signals only while it runs."""
    import signal

    signal.signal(signal.SIGINT, lambda *_: window.close())
    tick = QTimer(window, interval=500)
    tick.timeout.connect(lambda: None)
    tick.start()
