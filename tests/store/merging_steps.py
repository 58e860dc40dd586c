"""A process that merges one project into another and says when it begins and when it is done.

The test of killing starts it: `merging_steps.py PROJECT HOME OTHER`. The test's own steps stand here too.
"""

import sys
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


def main(path: str, home: str, other: str) -> None:
    with (
        Project.open(Path(path), home=Home(Path(home))) as project,
        project.incoming([Path(other)], quiet) as incoming,
    ):
        print("begins", flush=True)
        project.merge(incoming, nothing)
        print("merged", flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
