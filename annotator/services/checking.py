"""Check a project: the file, its journal, its texts, and every span against its text."""

from dataclasses import dataclass

from annotator.store.check import Problem
from annotator.store.project import Project


@dataclass(frozen=True, slots=True)
class Checked:
    """What was looked at, and what is wrong with it."""

    articles: int
    annotations: int
    problems: tuple[Problem, ...]

    @property
    def is_sound(self) -> bool:
        return not self.problems


def check(project: Project) -> Checked:
    """Look at everything in a project."""
    counts = project.counts()
    annotations = sum(n for labels in counts.layers.values() for n in labels.values())
    return Checked(counts.articles, annotations, tuple(project.problems()))
