"""How far each annotator is: articles by state, spans by label."""

from collections.abc import Mapping
from dataclasses import dataclass

from annotator.model.records import ArticleState
from annotator.store.lists import ArticleQuery, Counts
from annotator.store.project import Project


@dataclass(frozen=True, slots=True)
class Standing:
    """The work of one annotator; the articles in all states add up to those of the project."""

    annotator: str
    states: Mapping[ArticleState, int]
    by_label: Mapping[str, int]

    @property
    def articles(self) -> int:
        return sum(self.states.values())

    @property
    def spans(self) -> int:
        return sum(self.by_label.values())


def standings(project: Project, also: str = "") -> list[Standing]:
    """Count the work of everybody who has done any, by name; of `also` even if they haven't."""
    counts = project.counts()
    names = sorted({*project.layers(), *([also] if also else [])}, key=lambda name: (name.casefold(), name))
    return [Standing(name, _states(project, name, counts), counts.layers.get(name, {})) for name in names]


def _states(project: Project, annotator: str, counts: Counts) -> dict[ArticleState, int]:
    marked = project.articles(ArticleQuery(annotator=annotator, mine=True))
    reading = sum(row.state == "reading" for row in marked)
    done, skipped = counts.done.get(annotator, 0), counts.skipped.get(annotator, 0)
    to_do = counts.articles - reading - done - skipped
    return {"to do": to_do, "reading": reading, "done": done, "skipped": skipped}
