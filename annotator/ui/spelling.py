"""Dates, times and counts as the window writes them."""

from collections.abc import Sequence
from datetime import datetime

from annotator.model.dates import date_problem

_QUOTES = "\"'“”‘’«»„"
_LONGEST = 320
"""Code points that are quoted whole; of more, the beginning and the end are."""
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def date_in_words(value: str) -> str:
    """Write an EDTF date for reading: "21 Sep 2016", "Sep 2016", "20 to 21 Sep 2016"; others as they are."""
    if not value or date_problem(value):
        return value
    return " to ".join(_part_in_words(part) for part in value.split("/"))


def _part_in_words(part: str) -> str:
    year, *rest = part.split("-")
    month = [_MONTHS[int(rest[0]) - 1]] if rest else []
    day = [str(int(rest[1]))] if len(rest) > 1 else []
    return " ".join([*day, *month, str(int(year))])


def moment(at: str, now: datetime | None = None) -> str:
    """Write a UTC time for the reader's clock: "10:42" today, else with its day."""
    try:
        time = datetime.fromisoformat(at).astimezone()
    except ValueError:
        return at
    today = (now or datetime.now()).astimezone()
    clock = f"{time:%H:%M}"
    if time.date() == today.date():
        return clock
    day = f"{time.day} {_MONTHS[time.month - 1]}"
    return f"{day} {clock}" if time.year == today.year else f"{day} {time.year} {clock}"


def counted(number: int, thing: str, things: str = "") -> str:
    """Write a number with its noun: "1 span", "1,204 spans"."""
    return f"{number:,} {thing if number == 1 else things or thing + 's'}"


def listed(names: Sequence[str]) -> str:
    """Write names as a list: "Ada, Ben and Cem"."""
    *others, last = names or [""]
    return f"{', '.join(others)} and {last}" if others else last


def sentence_case(words: str) -> str:
    """Begin with a capital and leave the rest."""
    return words[:1].upper() + words[1:]


def shortened(spoken: str, longest: int = 150, ends: int = 60) -> str:
    """Leave out the middle of many words."""
    return spoken if len(spoken) <= longest else f"{spoken[:ends].rstrip()} … {spoken[-ends:].lstrip()}"


def quoted(spoken: str) -> str:
    """Put words in quotation marks, if they have none; of many, the beginning and the end."""
    flat = " ".join(spoken.split())
    if len(flat) > _LONGEST:
        flat = f"{flat[: _LONGEST - 80].rstrip()} … {flat[-60:].lstrip()}"
    return flat if flat[:1] in _QUOTES and flat[-1:] in _QUOTES else f"“{flat}”"
