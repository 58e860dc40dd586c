"""What a plot of lines shows: for each series, values at moments with their intervals."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import floor


@dataclass(frozen=True, slots=True)
class Spot:
    """One value; `at` is its place from left to right, in any unit. Without a value the line has a gap."""

    at: float
    name: str
    """The place in words: a date."""
    value: float | None
    low: float | None = None
    high: float | None = None
    told: str = ""
    """All of it in one sentence."""
    exact: tuple[str, ...] = ()
    """What stands for it in tables of numbers."""


@dataclass(frozen=True, slots=True)
class Series:
    """One line with the words that stand at its end."""

    name: str
    colour: str
    spots: tuple[Spot, ...]


@dataclass(frozen=True, slots=True)
class Lines:
    """A plot with a title.

    `fields` name the columns of the table of numbers: of lines, of moments, and of what spots' `exact` holds.
    """

    title: str
    series: tuple[Series, ...] = ()
    note: str = ""
    across: str = ""
    """What the moments are, where that has to be said."""
    fields: tuple[str, ...] = ()


def reach(lines: Lines) -> tuple[float, float]:
    """Return the least and the greatest place."""
    places = [spot.at for series in lines.series for spot in series.spots]
    return (min(places), max(places)) if places else (0.0, 1.0)


def depth(lines: Lines) -> float:
    """Return where the scale of values, which ends at 1, begins: at 0, or below what is negative."""
    values = [
        v for series in lines.series for spot in series.spots for v in (spot.value, spot.low) if v is not None
    ]
    least = min(values, default=0.0)
    return 0.0 if least >= 0 else max(-1.0, floor(least * 5) / 5)


def spread(wanted: Sequence[float], gap: float, low: float, high: float) -> list[float]:
    """Move places as little as need be, so that they are `gap` apart and between `low` and `high`."""
    order = sorted(range(len(wanted)), key=lambda at: wanted[at])
    placed = [0.0] * len(wanted)
    least = low
    for at in order:
        placed[at] = max(wanted[at], least)
        least = placed[at] + gap
    most = high
    for at in reversed(order):
        placed[at] = min(placed[at], most)
        most = placed[at] - gap
    return placed


def numbers(lines: Lines) -> list[list[str]]:
    """Return the values of a plot as rows of words."""
    rows = [[series.name, spot.name, *spot.exact] for series in lines.series for spot in series.spots]
    return [list(lines.fields), *rows]
