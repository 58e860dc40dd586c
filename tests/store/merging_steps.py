"""Steps of merging, and a process that merges one project into another and says when it begins and ends."""

from multiprocessing.connection import Connection
from pathlib import Path

from annotator.model.change import Draft
from annotator.store.home import Home
from annotator.store.incoming import Brought
from annotator.store.project import Project


def nothing(_project: Project) -> Draft | None:
    """Want no change on top of a merge."""
    return None


def quiet(_rows: int) -> None:
    """Tell nobody."""


def merge(project: Project, *paths: Path) -> tuple[Brought, ...]:
    """Merge files; return what each of them brought."""
    with project.incoming(paths, quiet) as incoming:
        project.merge(incoming, nothing)
        return incoming.brought


def say_and_merge(said: Connection, path: Path, home: Path, other: Path) -> None:
    with (
        Project.open(path, home=Home(home)) as project,
        project.incoming([other], quiet) as incoming,
    ):
        said.send_bytes(b"begins")
        project.merge(incoming, nothing)
        said.send_bytes(b"merged")
