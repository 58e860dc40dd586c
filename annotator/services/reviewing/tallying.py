"""Count what there is to decide, by article: for the filter of disputed articles and for progress."""

from collections.abc import Iterable
from dataclasses import dataclass

from annotator.model.review import GOLD
from annotator.services.looking import Tell, quiet
from annotator.services.reviewing.cases import Case, cases
from annotator.store.project import Project


@dataclass(frozen=True, slots=True)
class Standing:
    """How far the adjudication of an article is, in cases.

    Of those in which annotators differ, `open` and `resolved`; of those in which they agree, `agreed` are
    not in the gold layer yet, and `accepted` are.
    """

    open: int = 0
    resolved: int = 0
    agreed: int = 0
    accepted: int = 0

    @property
    def is_disputed(self) -> bool:
        return self.open > 0


def tally(project: Project, articles: Iterable[str] | None = None, tell: Tell = quiet) -> dict[str, Standing]:
    """Count the cases of articles that two or more annotators have read, of those named or all.

    Takes some milliseconds an article; `tell` is told how many are done, of how many, and may raise.
    """
    readers = project.all_readers()
    shared = {own_id for own_id, names in readers.items() if len(set(names) - {GOLD}) > 1}
    wanted = [own_id for own_id in (readers if articles is None else articles) if own_id in shared]
    found: dict[str, Standing] = {}
    for own_id in wanted:
        tell(len(found), len(wanted))
        found[own_id] = standing(cases(project, own_id))
    tell(len(wanted), len(wanted))
    return found


def standing(found: Iterable[Case]) -> Standing:
    """Count the cases of one article."""
    counts = dict.fromkeys(("open", "resolved", "agreed", "accepted"), 0)
    for case in found:
        if case.differences:
            counts["resolved" if case.is_decided else "open"] += 1
        elif case.is_agreed:
            counts["accepted" if case.is_decided else "agreed"] += 1
    return Standing(**counts)
