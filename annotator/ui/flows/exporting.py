"""Exports: choose, see what will be lost, write."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

from annotator.store.home import Home
from annotator.store.project import Project
from annotator.ui.context import Context
from annotator.ui.flows import projects
from annotator.ui.spelling import counted
from annotator.ui.work import Source

if TYPE_CHECKING:
    from annotator.services.exporting import Exported


def export(c: Context) -> None:
    """Ask what to export and how, write it, and say where it is."""
    from annotator.ui.dialogs.export import ExportDialog

    project = c.session.project
    if project is None:
        return
    dialog = ExportDialog(
        c.window, project, source(project, c.session.home), projects.usual_folder(c) / project.path.name
    )
    if dialog.exec() and dialog.exported:
        tell(c, dialog.exported)


def tell(c: Context, done: "Exported") -> None:
    """Say what was written, and offer to show it."""
    first = done.files[0]
    goal = first if len(done.files) == 1 else first.parent
    c.stage.remark(
        f"{counted(done.annotations, 'span')} in {counted(done.articles, 'article')}"
        f" exported to “{goal.name}” in {goal.parent}",
        "Show folder",
        lambda: _show(first.parent),
    )


def source(project: Project, home: Home) -> Source:
    """Return how another thread can read the project as it stands, unsaved changes included."""
    if not project.pending:
        return lambda: Project.open(project.path, home=home, read_only=True)
    stack = ExitStack()
    copy = stack.enter_context(project.snapshot())

    @contextmanager
    def kept() -> Iterator[Project]:
        yield copy

    return kept


def _show(folder: Path) -> None:
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))
