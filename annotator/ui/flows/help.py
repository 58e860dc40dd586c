"""Help: the log file, what this is."""

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

from annotator import __version__
from annotator.ui.context import Context
from annotator.ui.logfile import log_file


def open_log(c: Context) -> None:
    """Show the log file in the system's own viewer, or say where it is."""
    path = log_file(c.session.home)
    if not path.is_file():
        c.session.said.emit("Nothing has gone wrong yet, so there is no log file")
    elif not QDesktopServices.openUrl(QUrl.fromLocalFile(str(path))):
        c.stage.remark(f"The log file is {path}")


def about(c: Context) -> None:
    """Say which version this is, and on what terms."""
    c.stage.remark(
        f"Annotator {__version__}, under the MIT licence; the fonts are under the SIL Open Font License,"
        " the icons under Apache 2.0"
    )
