"""Dates that are counted from the day of publication: "Tuesday", "last night", "two weeks ago"."""

from collections.abc import Sequence
from datetime import MAXYEAR, MINYEAR, date, timedelta

from annotator.model.count_lexicon import MONTHS, WEEKDAYS
from annotator.model.number_words import number_at
from annotator.model.tokens import Phrases, Token, text_at, words

_DAYS_AWAY = Phrases.grouped(
    {
        -2: "the day before yesterday|day before yesterday",
        -1: "yesterday|last night|last evening",
        0: "today|tonight|this morning|this afternoon|this evening|earlier today",
        1: "tomorrow",
        2: "the day after tomorrow|day after tomorrow",
    }
)
_WHICH = Phrases.grouped({"last": "last", "next": "next|this coming|the coming", "this": "this"})
_SINCE = Phrases.grouped({"": "this past|this last|the past"})
_WEEKENDS = Phrases.grouped(
    {
        0: """
            at the weekend | over the weekend | during the weekend | last weekend | the past weekend |
            at weekend
        """,
        1: "this weekend",
    }
)
_PAST = Phrases.grouped(
    {
        "past": "past|the past|last|the last|previous|the previous",
    }
)
_PERIODS = {"day": 1, "week": 7, "month": 0, "year": 0}
_NEED_CAPITAL = words("sun sat wed mon")
_TIMES_OF_DAY = words("night morning evening afternoon noon")

Found = tuple[str, int]
"""A date value and the index of the token after its words."""


def name_at(passage: Sequence[Token], at: int) -> str:
    """Return the name of a weekday or month at an index, without its "'s", else empty.

    "Sun", "sat" and "wed" alone are names; in a sentence they need a capital that isn't its first.
    """
    name = text_at(passage, at).removesuffix("'s")
    if name not in WEEKDAYS and name not in MONTHS:
        return ""
    after = text_at(passage, at + 1)
    opens = at == 0 and after.isalpha() and after not in _TIMES_OF_DAY and not passage[at + 1].capital
    if name in _NEED_CAPITAL and len(passage) > 1 and (opens or not passage[at].capital):
        return ""
    return name


def at(passage: Sequence[Token], start: int, today: date) -> Found | None:
    """Read the relative date that begins at an index."""
    return (
        _day_away(passage, start, today)
        or _weekday(passage, start, today)
        or _ago(passage, start, today)
        or _weekend(passage, start, today)
        or _past(passage, start, today)
        or _period(passage, start, today)
    )


def overnight(passage: Sequence[Token], today: date | None) -> str | None:
    """Read "overnight" as the night before publication."""
    if not today or all(token.text != "overnight" for token in passage):
        return None
    return f"{_shifted(today, -1)}/{today}"


def _day_away(passage: Sequence[Token], start: int, today: date) -> Found | None:
    found = _DAYS_AWAY.at(passage, start)
    if not found and text_at(passage, start).endswith("'s"):
        bare = [passage[start]._replace(text=passage[start].text.removesuffix("'s"))]
        found = _DAYS_AWAY.at(bare, 0)
        return (_shifted(today, found[0]), start + 1) if found else None
    return (_shifted(today, found[0]), found[1]) if found else None


def _weekday(passage: Sequence[Token], start: int, today: date) -> Found | None:
    """Take the latest such day up to publication.

    "Last Friday" is never the day of publication itself, "this Friday" lies in its week, Monday to Sunday.
    """
    which, name_stop = _SINCE.at(passage, start) or _WHICH.at(passage, start) or ("", start)
    weekday = WEEKDAYS.get(name_at(passage, name_stop))
    if weekday is None:
        return None
    back = (today.weekday() - weekday) % 7
    days = {"next": 7 - back, "last": -(back or 7), "this": weekday - today.weekday(), "": -back}[which]
    stop = name_stop + 1
    return _shifted(today, days), stop + 1 if text_at(passage, stop) in _TIMES_OF_DAY else stop


def _ago(passage: Sequence[Token], start: int, today: date) -> Found | None:
    """Read "three days ago", "a month ago"."""
    number, unit_at = _amount(passage, start)
    unit = text_at(passage, unit_at).removesuffix("s")
    if number is None or text_at(passage, unit_at + 1) != "ago":
        return None
    if unit in ("hour", "minute"):
        return today.isoformat(), unit_at + 2
    value = _back(today, number, unit)
    return (value, unit_at + 2) if value else None


def _amount(passage: Sequence[Token], start: int) -> tuple[int | None, int]:
    if text_at(passage, start) in ("a", "an"):
        return 1, start + 1
    number = number_at(passage, start)
    return (number.value, number.stop) if number and number.value < 10_000 else (None, start)


def _back(today: date, number: int, unit: str) -> str | None:
    """Go back some days or weeks to a day, some months to a month, some years to a year."""
    if unit == "year":
        return f"{max(MINYEAR, today.year - number):04d}"
    if unit == "month":
        months = max(12, today.year * 12 + today.month - 1 - number)
        return f"{months // 12:04d}-{months % 12 + 1:02d}"
    return _shifted(today, -number * _PERIODS[unit]) if unit in _PERIODS else None


def _weekend(passage: Sequence[Token], start: int, today: date) -> Found | None:
    found = _WEEKENDS.at(passage, start)
    if not found:
        return None
    ahead, stop = found
    saturday = -((today.weekday() - 5) % 7) + (7 if ahead and today.weekday() < 5 else 0)
    return f"{_shifted(today, saturday)}/{_shifted(today, saturday + 1)}", stop


def _past(passage: Sequence[Token], start: int, today: date) -> Found | None:
    """Read "the past 24 hours", "the last two weeks" as a range up to publication."""
    found = _PAST.at(passage, start)
    number = number_at(passage, found[1]) if found else None
    if not number or number.value > 10_000:
        return None
    unit = text_at(passage, number.stop).removesuffix("s")
    if unit == "hour":
        value: str | None = _shifted(today, -max(1, number.value // 24))
    else:
        value = _back(today, number.value, unit)
    return (f"{value}/{today}", number.stop + 1) if value else None


def _period(passage: Sequence[Token], start: int, today: date) -> Found | None:
    """Read this, last and next week, month and year, and "last July"."""
    found = _WHICH.at(passage, start)
    if not found:
        return None
    which, name_stop = found
    ahead = {"last": -1, "this": 0, "next": 1}[which]
    unit = text_at(passage, name_stop).removesuffix("'s")
    month = MONTHS.get(unit) if which == "last" else None
    if month:
        year = today.year - (month >= today.month)
        return f"{year:04d}-{month:02d}", name_stop + 1
    if unit == "week":
        monday = 7 * ahead - today.weekday()
        return f"{_shifted(today, monday)}/{_shifted(today, monday + 6)}", name_stop + 1
    value = _back(today, -ahead, unit) if unit in ("month", "year") else None
    return (value, name_stop + 1) if value else None


def _shifted(day: date, days: int) -> str:
    """Move a day, no further than the calendar reaches."""
    first, last = date(MINYEAR, 1, 1).toordinal(), date(MAXYEAR, 12, 31).toordinal()
    return (day + timedelta(days=min(max(days, first - day.toordinal()), last - day.toordinal()))).isoformat()
