"""How another thread reads the project that is open."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

from annotator.store.home import Home
from annotator.store.project import Project
from annotator.ui.work import Source


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
