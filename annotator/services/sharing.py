"""Parts of a project as files of their own: one's own work to hand in, a copy for a colleague to work in."""

from pathlib import Path

from annotator.services.assigning import blind_articles
from annotator.services.errors import Refused
from annotator.services.own_work import gather_own
from annotator.services.part import Part, Shared, quiet
from annotator.services.person import checked
from annotator.services.visible_work import gather_seen
from annotator.store.excerpts import Tell
from annotator.store.project import Project

SUFFIX = ".annotator"


def save_mine(project: Project, *, actor: str, out: Path, tell: Tell = quiet) -> Shared:
    """Write a project with one annotator's work and nobody else's."""
    person = checked(actor)
    with project.snapshot() as still:
        part = gather_own(Part(still, tell=tell), person)
        if not part.work:
            raise Refused(f"there is no work of “{person}” in this project; nothing was written")
        return part.written(out)


def copy_for(project: Project, *, person: str, out: Path, tell: Tell = quiet) -> Shared:
    """Write a project with everything that a colleague may see, to work in.

    Of the articles of a blind round that hasn't ended, the others' work is left out.
    """
    person = checked(person)
    with project.snapshot() as still:
        return gather_seen(Part(still, tell=tell), person, blind_articles(still)).written(out)
