"""Dates as people write them, turned into dates with precision (see dates.py).

What is relative ("Tuesday", "yesterday") is counted from the day of publication, as a reader of news does;
what isn't understood is None, never a guess.
"""

import calendar
import re
from datetime import date, timedelta

from annotator.model.dates import date_problem

_WEEKDAYS = {name.casefold(): index for index, name in enumerate(calendar.day_name)}
_WEEKDAYS |= {name[:3]: index for name, index in _WEEKDAYS.items()}
_WEEKDAYS |= {"tues": 1, "weds": 2, "thur": 3, "thurs": 3}
_MONTHS = {name.casefold(): index for index, name in enumerate(calendar.month_name) if name}
_MONTHS |= {name[:3]: index for name, index in _MONTHS.items()} | {"sept": 9}
_DAYS_AWAY = {
    "today": 0,
    "tonight": 0,
    "this morning": 0,
    "this afternoon": 0,
    "this evening": 0,
    "yesterday": -1,
    "last night": -1,
    "tomorrow": 1,
    "the day before yesterday": -2,
}
_LEADS = re.compile(r"^(?:on|in|at|since|by|early|late|the|during|early on|late on) ")
_TIMES_OF_DAY = re.compile(r" (?:at )?(?:morning|afternoon|evening|night|noon|midday|midnight)$")
_DAYS_AGO = re.compile(r"(\d{1,3}|a|one|two|three|four|five|six|seven) (day|week)s? ago")
_SMALL = {"a": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7}
_RANGE = re.compile(r"(?:from |between )?(.+?)(?: to | until | and |\s?[–—]\s?| - )(.+)")


def parse(words: str, published: str = "") -> str | None:
    """Understand a date typed in words; `published` is the article's own date, "" when unknown."""
    plain = re.sub(r"[.,]", " ", words.casefold().replace("’", "'"))
    plain = re.sub(r"(?<=\d)(?:st|nd|rd|th)\b", "", plain)
    plain = " ".join(plain.split())
    today = _day(published)
    return _one(plain, today, published) or _range(plain, today, published)


def _range(plain: str, today: date | None, published: str) -> str | None:
    match = _RANGE.fullmatch(plain)
    if not match:
        return None
    last = _one(match[2], today, published)
    first = _one(match[1], today, published)
    if first is None and last and match[1].isdecimal() and len(last) == 10:
        first = f"{last[:8]}{int(match[1]):02d}"
    found = f"{first}/{last}"
    return found if first and last and date_problem(found) is None else None


def _one(plain: str, today: date | None, published: str) -> str | None:
    """Understand one day, month or year."""
    if plain and date_problem(plain) is None:
        return plain
    bare = plain if plain in _DAYS_AWAY else _TIMES_OF_DAY.sub("", plain)
    while bare not in _DAYS_AWAY and _LEADS.match(bare):
        bare = _LEADS.sub("", bare, count=1)
    return _relative(bare, today) or _spelled(bare, published)


def _relative(plain: str, today: date | None) -> str | None:
    """Count from the day of publication."""
    if today is None:
        return None
    if plain in _DAYS_AWAY:
        return _shifted(today, _DAYS_AWAY[plain])
    if ago := _DAYS_AGO.fullmatch(plain):
        days = _SMALL.get(ago[1]) or int(ago[1])
        return _shifted(today, -days * (7 if ago[2] == "week" else 1))
    which, _, name = plain.rpartition(" ")
    if name in _WEEKDAYS and which in ("", "last", "this", "next", "this past"):
        return _weekday(today, _WEEKDAYS[name], which)
    return _period(today, plain)


def _weekday(today: date, weekday: int, which: str) -> str | None:
    """Take the nearest such day: the day of publication or before it, unless "next" is said."""
    back = (today.weekday() - weekday) % 7
    if which == "next":
        return _shifted(today, 7 - back)
    return _shifted(today, -(back or 7) if which == "last" else -back)


def _period(today: date, plain: str) -> str | None:
    """Understand this and last week, month, year."""
    which, _, what = plain.partition(" ")
    if which not in ("this", "last") or what not in ("week", "month", "year"):
        return None
    back = which == "last"
    if what == "year":
        return f"{today.year - back:04d}"
    if what == "month":
        first = today.replace(day=1) - timedelta(days=int(back))
        return f"{first.year:04d}-{first.month:02d}"
    monday = _shifted(today, -today.weekday() - 7 * back)
    sunday = _shifted(today, 6 - today.weekday() - 7 * back)
    return f"{monday}/{sunday}" if monday and sunday else None


def _spelled(plain: str, published: str) -> str | None:
    """Understand a month by name, with or without its day and year."""
    parts = [part for part in plain.split(" ") if part not in ("of", *_WEEKDAYS)]
    months = [_MONTHS[part] for part in parts if part in _MONTHS]
    numbers = [part for part in parts if part.isdecimal() and part.isascii()]
    if len(months) != 1 or len(numbers) + 1 != len(parts):
        return None
    years = [number for number in numbers if len(number) == 4]
    days = [int(number) for number in numbers if len(number) < 3]
    if len(years) > 1 or len(days) > 1 or len(years) + len(days) != len(numbers):
        return None
    tail = f"-{months[0]:02d}" + (f"-{days[0]:02d}" if days else "")
    found = f"{years[0]}{tail}" if years else _latest(tail, published)
    return found if found and date_problem(found) is None else None


def _latest(tail: str, published: str) -> str | None:
    """Give a month or day without a year the latest year in which it isn't after the publication."""
    year = published[:4]
    if date_problem(published) or not year:
        return None
    same = f"{year}{tail}"
    return f"{int(year) - 1:04d}{tail}" if same > published[: len(same)].ljust(len(same), "9") else same


def _day(published: str) -> date | None:
    try:
        return date.fromisoformat(published) if len(published) == 10 else None
    except ValueError:
        return None


def _shifted(day: date, days: int) -> str | None:
    try:
        return (day + timedelta(days=days)).isoformat()
    except OverflowError:
        return None
