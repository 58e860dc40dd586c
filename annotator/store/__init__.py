"""The project file; the only SQL."""

import logging

from annotator.store.check import Problem
from annotator.store.errors import NotSaved, ProjectError, Stale
from annotator.store.home import Home
from annotator.store.lists import ArticleQuery, ArticleRow, Counts
from annotator.store.project import Project
from annotator.store.queries import Step
from annotator.store.search import Hit

# Without a log to go to, what is logged goes nowhere: neither to standard error nor into a complaint.
logging.getLogger("annotator").addHandler(logging.NullHandler())

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
    "Stale",
    "Step",
]
