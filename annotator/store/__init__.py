"""The project file; the only SQL."""

from annotator.store.check import Problem
from annotator.store.errors import NotSaved, ProjectError
from annotator.store.home import Home
from annotator.store.lists import ArticleQuery, ArticleRow, Counts
from annotator.store.project import Project
from annotator.store.queries import Step
from annotator.store.search import Hit

__all__ = [
    "ArticleQuery",
    "ArticleRow",
    "Counts",
    "Hit",
    "Home",
    "NotSaved",
    "Problem",
    "Project",
    "ProjectError",
    "Step",
]
