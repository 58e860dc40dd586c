"""What an export is asked for: format, whose work, which articles, and what to do with what can't be kept."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from annotator.formats.fitting import Fitting
from annotator.formats.registry import FORMATS, Format
from annotator.model.dates import date_problem, first_day, last_day
from annotator.model.records import Annotation, Article, ArticleState
from annotator.services.disguising import StandIn
from annotator.services.errors import Refused
from annotator.services.splitting import Split
from annotator.store.project import Project

MOST_WORDS = 1_000


@dataclass(frozen=True, slots=True)
class Wanted:
    """What to export; an empty choice of layers, labels, states or outlets means all.

    An article has a state if one of the annotators chosen has it; gold's counts where gold is alone. `since`
    and `until` are dates as articles have them: a day, a month or a year. `per_label` writes a folder for
    each label. `words`, when it is a number, leaves the texts out and at most so many words of each span in.
    """

    format: Format
    layers: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()
    states: tuple[ArticleState, ...] = ()
    outlets: tuple[str, ...] = ()
    since: str = ""
    until: str = ""
    split: Split | None = None
    seed: int = 0
    fitting: Fitting = field(default_factory=Fitting)
    per_label: bool = False
    words: int | None = None
    stand_ins: tuple[StandIn, ...] = ()

    @property
    def is_whole(self) -> bool:
        """Say whether nothing is filtered out."""
        return not (self.layers or self.labels or self.picks_articles)

    @property
    def picks_articles(self) -> bool:
        return bool(self.states or self.outlets or self.since or self.until)

    @property
    def needs_folder(self) -> bool:
        return bool(self.split) or self.per_label

    def told(self) -> dict[str, Any]:
        """Say for the manifest what was chosen."""
        return {
            "layers": list(self.layers),
            "labels": list(self.labels),
            "states": list(self.states),
            "outlets": list(self.outlets),
            "since": self.since,
            "until": self.until,
            "split": self.split and dict(self.split),
            "seed": self.seed if self.split else None,
            "overlapping": None if self.format.takes.nested else self.fitting.overlaps,
            "broken": None if self.format.takes.fragments else self.fitting.broken,
            "file_per_label": self.per_label,
            "words": self.words,
            "pseudonyms": len(self.stand_ins),
        }

    def has_layer(self, layer: str) -> bool:
        return not self.layers or layer in self.layers

    def has(self, annotation: Annotation) -> bool:
        return self.has_layer(annotation.layer) and (not self.labels or annotation.label in self.labels)

    def has_article(self, article: Article, states: Iterable[ArticleState]) -> bool:
        """Say whether an article is wanted that is in these states with the chosen annotators."""
        return (
            (not self.outlets or article.outlet in self.outlets)
            and (not self.states or any(state in self.states for state in states))
            and _in_period(article.published, self.since, self.until)
        )


def check(project: Project, wanted: Wanted) -> None:
    """Refuse what the project hasn't got, or what the format can't do."""
    layers = project.layers()
    for layer in wanted.layers:
        if layer not in layers:
            there = ", ".join(layers) or "none yet"
            raise Refused(f"the project has no work of “{layer}”; choose one of its layers ({there}) or all")
    for label in wanted.labels:
        if project.scheme.label(label) is None:
            there = ", ".join(known.id for known in project.scheme.labels)
            raise Refused(f"the scheme has no label “{label}”; choose one of {there}")
    for date in (wanted.since, wanted.until):
        problem = date_problem(date) if date else None
        if problem or "/" in date:
            raise Refused(problem or f"“{date}” is not one date; write 2016-09-21, 2016-09 or 2016")
    if wanted.since and wanted.until and first_day(wanted.since) > last_day(wanted.until):
        raise Refused(
            f"no date is on or after {wanted.since} and on or before {wanted.until}; exchange the two"
        )
    _check_outlets(project, wanted)
    _check_words(wanted)


def _check_outlets(project: Project, wanted: Wanted) -> None:
    outlets = project.outlets() if wanted.outlets else ()
    for outlet in wanted.outlets:
        if outlet not in outlets:
            there = ", ".join(outlets) or "none yet"
            raise Refused(f"no article is from the outlet “{outlet}”; choose one of those there ({there})")


def _check_words(wanted: Wanted) -> None:
    if wanted.words is None:
        return
    if not wanted.format.textless:
        able = ", ".join(f.id for f in FORMATS if f.writes and f.textless)
        raise Refused(f"{wanted.format.title} can't do without the texts; choose one of {able}")
    if not 0 <= wanted.words <= MOST_WORDS:
        raise Refused(f"{wanted.words} words of each span are too many; choose 0 to {MOST_WORDS:,}")


def _in_period(published: str, since: str, until: str) -> bool:
    """Compare dates of any precision: a month is in a period that it touches."""
    if not since and not until:
        return True
    if date_problem(published):
        return False
    first, _, last = published.partition("/")
    begins_in_time = not until or first_day(first) <= last_day(until)
    return begins_in_time and (not since or last_day(last or first) >= first_day(since))
