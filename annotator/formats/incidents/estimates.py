"""From the reports of an incident to one estimate, by a rule that anybody can follow."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from annotator.formats.incidents.columns import DEATHS
from annotator.formats.incidents.reports import Report

_COLUMN = {"side A": "deaths_a", "side B": "deaths_b", "civilians": "deaths_civilians"}


@dataclass(frozen=True, slots=True)
class Estimate:
    """What the reports of an incident say together."""

    low: int
    best: int
    high: int
    deaths: dict[str, int]
    """How `best` is made up: the four columns of deaths add up to it."""


def estimate(reports: Sequence[Report]) -> Estimate | None:
    """Take the lowest low, the highest high, and the best that is reported most often, or the lower one."""
    if not reports:
        return None
    votes = Counter(report.best for report in reports)
    best = min(votes, key=lambda number: (-votes[number], number))
    told = [_told(report) for report in reports if report.best == best]
    fullest = max(told, key=lambda deaths: sum(deaths.values()))
    deaths = {**dict.fromkeys(DEATHS, 0), **fullest}
    deaths["deaths_unknown"] = best - sum(fullest.values())
    return Estimate(min(r.low for r in reports), best, max(r.high for r in reports), deaths)


def _told(report: Report) -> dict[str, int]:
    """Say who the dead of a report were, by itself or by its parts; parts that exceed it tell nothing."""
    if report.victims in _COLUMN:
        return {_COLUMN[report.victims]: report.best}
    told = Counter[str]()
    for part in report.parts:
        if part.victims in _COLUMN:
            told[_COLUMN[part.victims]] += part.best
    return dict(told) if told.total() <= report.best else {}
