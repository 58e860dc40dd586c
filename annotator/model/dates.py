"""Dates with precision, written as ISO 8601 / EDTF level 0.

A value is a day "2016-09-20", a month "2016-09", a year "2016", or a range of two such,
"2016-09-20/2016-09-21".
"""

import calendar
import re
from typing import Any

_PART = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?", re.ASCII)


def date_problem(value: Any) -> str | None:
    """Say what is wrong with a date value, or None."""
    if not isinstance(value, str):
        return f"“{value}” is not a date"
    parts = value.split("/")
    if len(parts) > 2 or not all(_is_part(part) for part in parts):
        return f"“{value}” is not a date; write 2016-09-20, 2016-09, 2016, or two of these with / between"
    if len(parts) == 2 and first_day(parts[0]) > last_day(parts[1]):
        return f"“{value}” ends before it begins"
    return None


def first_day(part: str) -> str:
    """Return the first day of a day, month or year, as YYYY-MM-DD."""
    return (part + "-01-01")[:10] if len(part) < 7 else (part + "-01")[:10]


def last_day(part: str) -> str:
    """Return the last day of a day, month or year, as YYYY-MM-DD."""
    month = part if len(part) >= 7 else f"{part}-12"
    days = calendar.monthrange(int(month[:4]), int(month[5:7]))[1]
    return month if len(month) == 10 else f"{month}-{days:02d}"


def _is_part(part: str) -> bool:
    match = _PART.fullmatch(part)
    if not match or match[1] == "0000":
        return False
    year, month, day = int(match[1]), int(match[2] or 1), int(match[3] or 1)
    return 1 <= month <= 12 and 1 <= day <= calendar.monthrange(year, month)[1]
