"""Who did what when, newest first."""

from collections.abc import Iterator
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
    return tuple(Entry(c.id, c.actor, c.at, c.action, c.undoes, project.change_size(c.id)) for c in changes)


def in_words(entries: tuple[Entry, ...]) -> Iterator[str]:
    """Say what each entry did; one that takes back an undoing does the thing again.

    Where the entry that is taken back is not listed, it counts as a first doing.
    """
    by_id = {entry.id: entry for entry in entries}
    for entry in entries:
        times, at = 0, entry
        while at.undoes and times <= len(by_id):
            times += 1
            if at.undoes not in by_id:
                break
            at = by_id[at.undoes]
        yield entry.action if not times else f"{'undo' if times % 2 else 'redo'}: {entry.action}"
