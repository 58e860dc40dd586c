"""Who did what when, newest first."""

from dataclasses import dataclass

from annotator.services.errors import Refused
from annotator.store.project import Project


@dataclass(frozen=True, slots=True)
class Entry:
    """One change; `objects` counts what it touched, `at` is wall time in UTC."""

    id: str
    actor: str
    at: str
    action: str
    undoes: str | None
    objects: int


def chronicle(project: Project, *, article: str | None = None, limit: int | None = None) -> tuple[Entry, ...]:
    """List the changes to a project, or to one article and what is on it."""
    changes = project.changes(limit, article)
    if article is not None and not changes:
        raise Refused(f"no article has the id “{article}”; `annotator history` without --article shows all")
    return tuple(Entry(c.id, c.actor, c.at, c.action, c.undoes, _size(project, c.id)) for c in changes)


def _size(project: Project, change: str) -> int:
    found = project.change(change)
    return len(found.revisions) if found else 0
