"""Bring other projects into the one that is open, and settle what was changed on two machines."""

from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QFileDialog

from annotator.services.errors import Refused
from annotator.store.project import Project
from annotator.ui.context import Context
from annotator.ui.flows import projects
from annotator.ui.merge_desk import MergeDesk


def choose(c: Context) -> None:
    """Ask for projects and show what merging them would do."""
    folder = str(projects.usual_folder(c.session))
    names, _ = QFileDialog.getOpenFileNames(c.window, "Merge projects into this one", folder, projects.FILTER)
    if names:
        merge_paths(c, [Path(name) for name in names])


def merge_paths(c: Context, paths: list[Path]) -> None:
    """Show what merging projects would do, for the person to go on or not."""
    if c.session.do(_may_merge):
        c.stage.hush()
        c.stage.show_page("merge")
        MergeDesk.of(c.session).bring(paths)


def take_dropped(c: Context, dropped: list[Path]) -> None:
    """Open a project that was dropped, or where one is open, ask whether to merge it instead."""
    if c.session.project is None or c.session.path == dropped[0].absolute():
        projects.open_path(c, dropped[0])
    elif len(dropped) > 1:
        merge_paths(c, dropped)
    else:
        c.stage.ask(
            f"“{dropped[0].stem}” can be merged into this project, or opened in its place",
            ("Merge it …", partial(merge_paths, c, dropped)),
            ("Open it", partial(projects.open_path, c, dropped[0])),
        )


def show_forks(c: Context) -> None:
    """Show what was changed on two machines."""
    c.stage.hush()
    c.stage.show_page("forks")
    MergeDesk.of(c.session).forks_wanted.emit()


def _may_merge(project: Project, *, actor: str) -> str:
    """Return who merges, once the project can be written."""
    if project.read_only:
        raise Refused(f"nothing can be merged: this project {project.read_only_reason}")
    if project.pending:
        raise Refused("some changes are not in the file yet; merge when they are saved")
    return actor
