"""Read the date that an English passage states, with its precision (see dates.py).

What is relative ("Tuesday", "yesterday") is counted from the day of publication, as a reader of news does:
a weekday is the latest such day, a day or month without its year the latest that is not more than a week
after publication. What isn't understood is None, never a guess.
"""

import re
from collections.abc import Sequence
from datetime import date, timedelta
from typing import NamedTuple

from annotator.model import relative_days
from annotator.model.count_context import noun_after
from annotator.model.count_lexicon import MONTHS, WEEKDAYS
from annotator.model.dates import date_problem, first_day, last_day
from annotator.model.relative_days import name_at
from annotator.model.tokens import Token, text_at, tokens, words

LONGEST = 1000
"""Code points that are read; a date stands near the start of what states it."""

_PART = r"\d{4}(?:-\d\d(?:-\d\d)?)?"
_ISO = re.compile(rf"(?<![\d/-]){_PART}(?:/{_PART})?(?![\d/-])")
_NUMERIC = re.compile(r"(?<![\d/.-])(\d{1,4})([/.-])(\d{1,2})\2(\d{1,4})(?![\d/-])")
_LINKS = words("to - — / and until till through or into")
_ORDINALS = words("st nd rd th")
_CERTAIN_BEFORE = words("in since of last by until early late mid this during next before after from to")
_VERBS_TOO = words("may march mar sat sun wed mon")
_SLACK = timedelta(days=7)


class Moment(NamedTuple):
    """A day, month or year as it is written, and the index of the token after it; 0 is not written."""

    stop: int
    year: int = 0
    month: int = 0
    day: int = 0
    value: str = ""
    """The whole value, where it was counted from the day of publication."""


def parse(words: str, near: str = "") -> str | None:
    """Read the first date in a passage; `near` is the article's own date, empty when unknown."""
    words = words[:LONGEST]
    return _in_digits(words) or _in_words(tokens(words), _latest_day(near), _is_day(near))


def _in_digits(words: str) -> str | None:
    """Read 2016-09-20, and 20/09/2016 where it is clear which is the month."""
    for match in _ISO.finditer(words):
        value = "".join(str(int(char)) if char.isdecimal() else char for char in match[0])
        if len(value) > 4 and date_problem(value) is None:
            return value
    for match in _NUMERIC.finditer(words):
        first, second, third = int(match[1]), int(match[3]), int(match[4])
        if len(match[1]) == 4 and len(match[4]) < 3:
            return _valid(f"{first:04d}-{second:02d}-{third:02d}")
        if len(match[1]) < 3 and len(match[4]) == 4 and (max(first, second) > 12 or first == second):
            return _valid(f"{third:04d}-{min(first, second):02d}-{max(first, second):02d}")
    return None


def _in_words(passage: Sequence[Token], near: date | None, exact: bool) -> str | None:
    """Read the first date in words; what is merely relative needs an exact day to count from."""
    today = near if exact else None
    for at in range(len(passage)):
        moment = _moment_at(passage, at, today) or _lone_day(passage, at)
        found = _stretch_from(passage, moment, near, today) if moment else None
        if found:
            return _valid(f"{found}/{today}" if today and _runs_on(passage, at, found, today) else found)
        if moment and moment.month:
            return None
    return relative_days.overnight(passage, today)


def _runs_on(passage: Sequence[Token], at: int, found: str, today: date) -> bool:
    """Say whether a date begins a time that lasts until publication: "since July"."""
    since = "since" in (text_at(passage, at - 1), text_at(passage, at - 2))
    return since and "/" not in found and last_day(found) < today.isoformat()


def _stretch_from(
    passage: Sequence[Token], first: Moment, near: date | None, today: date | None
) -> str | None:
    """Read one date, or the range of two that it begins."""
    second = None
    if text_at(passage, first.stop) in _LINKS:
        second = _moment_at(passage, first.stop + 1, today) or _lone_day(passage, first.stop + 1)
    both = _range(passage, first, second, near) if second else None
    return both or _resolved(first, near)


def _range(passage: Sequence[Token], first: Moment, second: Moment, near: date | None) -> str | None:
    """Join two moments; each may lend the other its month and year."""
    if first.month and first.day and not second.month and not second.value and second.day:
        second = _with_year(passage, second._replace(month=first.month, year=first.year), second.stop)
    if second.month and second.day and not first.month and not first.value:
        first = first._replace(month=second.month)
    if not (first.year or first.value):
        end = _resolved(second, near)
        year = int(end[:4]) if end and not second.value else 0
        wraps = (first.month, first.day) > (second.month, second.day)
        first = first._replace(year=year - 1 if year and wraps else year)
    elif not (second.year or second.value):
        wraps = (first.month, first.day) > (second.month, second.day)
        second = second._replace(year=first.year + wraps if first.year else 0)
    start, end = _resolved(first, near), _resolved(second, near)
    if not start or not end or "/" in start + end or start == end:
        return None
    return _valid(f"{start}/{end}")


def _resolved(moment: Moment, near: date | None) -> str | None:
    """Write a moment as a value, in the latest year that fits when it names none."""
    if moment.value:
        return moment.value
    if moment.day and not moment.month:
        return None
    tail = "".join(f"-{part:02d}" for part in (moment.month, moment.day) if part)
    if moment.year:
        return _valid(f"{moment.year:04d}{tail}")
    if not near or not moment.month:
        return None
    years = (f"{year:04d}{tail}" for year in range(near.year + 1, max(0, near.year - 9), -1))
    latest = near.toordinal() + _SLACK.days
    fitting = (value for value in years if _valid(value) and _ordinal(first_day(value)) <= latest)
    return next(fitting, None)


def _moment_at(passage: Sequence[Token], at: int, today: date | None) -> Moment | None:
    """Read a day, a month or a year that begins at an index."""
    at = _over_weekday(passage, at)
    counted = relative_days.at(passage, at, today) if today else None
    if counted:
        return Moment(counted[1], value=counted[0])
    return _day_first(passage, at) or _month_first(passage, at, today) or _year_at(passage, at)


def _over_weekday(passage: Sequence[Token], at: int) -> int:
    """Step over the weekday of "Tuesday, Sept. 20": the date says it better."""
    if name_at(passage, at) not in WEEKDAYS:
        return at
    after = at + 1
    while text_at(passage, after) in (",", "the"):
        after += 1
    dated = _day_first(passage, after) or _month_first(passage, after, None)
    return after if dated and dated.day else at


def _day_first(passage: Sequence[Token], at: int) -> Moment | None:
    """Read "20 September 2016", "20-Sep-2016", "the 20th of September"."""
    day = _lone_day(passage, at)
    if not day:
        return None
    month_at = day.stop + 1 if text_at(passage, day.stop) in ("of", "-") else day.stop
    month = MONTHS.get(name_at(passage, month_at))
    return _with_year(passage, day._replace(month=month), month_at + 1) if month else None


def _month_first(passage: Sequence[Token], at: int, today: date | None) -> Moment | None:
    """Read "September 20, 2016", "September 2016", "September last year", "September"."""
    month = MONTHS.get(name_at(passage, at))
    if not month:
        return None
    day = _lone_day(passage, at + 1)
    if day:
        return _with_year(passage, day._replace(month=month), day.stop)
    dated = _with_year(passage, Moment(at + 1, month=month), at + 1)
    if not dated.year and today:
        dated = _with_relative_year(passage, dated, today)
    return dated if dated.year or _is_surely_a_month(passage, at) else None


def _with_year(passage: Sequence[Token], moment: Moment, at: int) -> Moment:
    """Add the year that follows a day or a month."""
    year_at = at + 1 if text_at(passage, at) in (",", "of", "-") else at
    year = _year_number(passage, year_at)
    return moment._replace(year=year, stop=year_at + 1) if year else moment._replace(stop=at)


def _with_relative_year(passage: Sequence[Token], moment: Moment, today: date) -> Moment:
    at = moment.stop + 1 if text_at(passage, moment.stop) == "of" else moment.stop
    back = {"last": 1, "this": 0, "next": -1}.get(text_at(passage, at))
    if back is None or text_at(passage, at + 1) != "year":
        return moment
    return moment._replace(year=today.year - back, stop=at + 2)


def _is_surely_a_month(passage: Sequence[Token], at: int) -> bool:
    """Say whether a lone month is one: "May" and "March" begin sentences as verbs."""
    if passage[at].text not in _VERBS_TOO or len(passage) == 1:
        return True
    return passage[at].capital and text_at(passage, at - 1) in _CERTAIN_BEFORE


def _lone_day(passage: Sequence[Token], at: int) -> Moment | None:
    """Read the number of a day, "20" or "20th"."""
    text = text_at(passage, at)
    if not text[:1].isdecimal() or len(text) > 2 or not 1 <= int(text) <= 31:
        return None
    return Moment(at + 2 if text_at(passage, at + 1) in _ORDINALS else at + 1, day=int(text))


def _year_at(passage: Sequence[Token], at: int) -> Moment | None:
    """Read a year that stands alone, or the decade of "the 1990s"."""
    year = _year_number(passage, at)
    if not year or _is_glued_to_digits(passage, at):
        return None
    if text_at(passage, at + 1) == "s" and passage[at + 1].glued and year % 10 == 0:
        return Moment(at + 2, value=f"{year}/{year + 9}")
    return None if noun_after(passage, at + 1)[0] in ("person", "unit") else Moment(at + 1, year=year)


def _is_glued_to_digits(passage: Sequence[Token], at: int) -> bool:
    """Recognise a year in a date in digits whose month can't be told, but not in 2011-2016."""
    joins = ("/", "-", ".")
    before, after = text_at(passage, at - 2), text_at(passage, at + 2)
    return (text_at(passage, at - 1) in joins and before.isdecimal() and len(before) < 3) or (
        text_at(passage, at + 1) in joins and after.isdecimal() and len(after) < 3
    )


def _year_number(passage: Sequence[Token], at: int) -> int:
    text = text_at(passage, at)
    return int(text) if len(text) == 4 and text.isdecimal() and 1800 <= int(text) < 2200 else 0


def _valid(value: str) -> str | None:
    return value if date_problem(value) is None else None


def _ordinal(day: str) -> int:
    return date.fromisoformat(day).toordinal()


def _is_day(near: str) -> bool:
    return len(near) >= 10 and _valid(near[:10]) is not None


def _latest_day(near: str) -> date | None:
    """Return the last day of the date of publication, which may be a month or a year only."""
    part = near[:10].split("/")[-1]
    return date.fromisoformat(last_day(part)) if part and _valid(part) else None
