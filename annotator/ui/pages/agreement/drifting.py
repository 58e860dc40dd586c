"""From points of agreement over time to a plot of lines."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from annotator.services.agreement import Point
from annotator.ui.article.voices import COLOURS
from annotator.ui.plots.series import Lines, Series, Spot
from annotator.ui.plots.values import between, short
from annotator.ui.spelling import counted, date_in_words

TITLE = "Overlap F1 with the others, over time"
FIELDS = ("annotator", "moment", "done", "at", "articles", "value", "low", "high", "undefined")


def drift_lines(found: Mapping[str, Sequence[Point]], note: str, *, by_date: bool) -> Lines:
    """Draw each annotator's agreement with the others, by date or by how many articles they had done."""
    series = []
    for number, (annotator, points) in enumerate(found.items()):
        spots = tuple(_spot(annotator, p, by_date) for p in points if not by_date or _moment(p) is not None)
        series.append(Series(annotator, COLOURS[number % len(COLOURS)], spots))
    return Lines(TITLE, tuple(series), note, "" if by_date else "articles done", FIELDS)


def are_dated(found: Mapping[str, Sequence[Point]]) -> bool:
    """Say whether the points lie at different moments that somebody recorded."""
    return len({p.at for points in found.values() for p in points if _moment(p) is not None}) > 1


def _spot(annotator: str, point: Point, by_date: bool) -> Spot:
    moment = _moment(point)
    place = moment.timestamp() if by_date and moment else float(point.done)
    name = date_in_words(point.at[:10]) if by_date else f"{point.done:,}"
    exact = (
        str(point.done),
        point.at,
        str(point.articles),
        *map(_exact, (point.value, point.low, point.high)),
    )
    return Spot(
        place, name, point.value, point.low, point.high, _told(annotator, point), (*exact, point.undefined)
    )


def _told(annotator: str, point: Point) -> str:
    when = f", {date_in_words(point.at[:10])}" if _moment(point) else ""
    lead = f"{annotator} after {counted(point.done, 'article')}{when}:"
    if point.value is None:
        return f"{lead} not defined, because {point.undefined}."
    within = (
        "" if point.low is None or point.high is None else f", 95 % interval {between(point.low, point.high)}"
    )
    return f"{lead} {short(point.value)}{within}, from {counted(point.articles, 'article')}."


def _moment(point: Point) -> datetime | None:
    try:
        return datetime.fromisoformat(point.at) if point.at else None
    except ValueError:
        return None


def _exact(value: float | None) -> str:
    return "" if value is None else f"{value:.6g}"
