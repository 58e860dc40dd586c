"""Small values of the Review page: which cases are listed, and a gold annotation in the making."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from annotator.model.records import Annotation
from annotator.services.reviewing import Case

Show = Literal["open", "resolved", "agreed", "all"]
SHOWS: dict[Show, Callable[[Case], bool]] = {
    "open": lambda case: case.is_open,
    "resolved": lambda case: bool(case.differences) and not case.is_open,
    "agreed": lambda case: case.is_agreed,
    "all": lambda _case: True,
}
"""Which cases are listed."""


@dataclass(frozen=True, slots=True)
class Only:
    """Cases in which one of two annotators used a label."""

    label: str
    layers: tuple[str, str]

    def fits(self, case: Case) -> bool:
        found = [v.annotation for v in case.versions if v.layer in self.layers]
        return any(a is not None and a.label == self.label for a in found)


@dataclass(frozen=True, slots=True)
class Draft:
    """A gold annotation that is being made: as it stands in the article, and what it began as."""

    annotation: Annotation
    before: Annotation

    @property
    def is_changed(self) -> bool:
        return self.annotation != self.before
