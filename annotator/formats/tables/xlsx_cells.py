"""Values in the cells of a workbook: what XML can't hold is escaped the way Excel does, "_x000D_"."""

import re
from datetime import datetime, time
from typing import Any

from annotator.formats.parts.cells import MAX_CELL, PART_UNITS, cut, units_of

MAX_ROWS = 1_048_576
"""Rows of a sheet."""
MAX_COLUMNS = 16_384
"""Columns of a sheet."""

_CODES = "00[01][0-9A-Fa-f]|005[Ff]|[Ff]{3}[EeFf]"
_TO_ESCAPE = re.compile(f"[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]|_(?=x(?:{_CODES})_)")
_ESCAPE = re.compile(f"_x({_CODES})_")
_LONGEST_ESCAPE = 7


def pieces_of(text: str) -> list[str]:
    """Cut a text into pieces that fit a cell when they are escaped; most texts are one."""
    if len(text) * _LONGEST_ESCAPE <= MAX_CELL:
        return [text]
    whole = escaped(text)
    if units_of(whole) <= MAX_CELL:
        return [text]
    return cut(text, PART_UNITS if whole == text else PART_UNITS // _LONGEST_ESCAPE)


def escaped(text: str) -> str:
    """Write a text so that XML holds it; what nothing holds becomes U+FFFD."""
    return _TO_ESCAPE.sub(_escape, text)


def text_of(value: Any) -> str:
    """Read a cell of any type as the text that a person would see in it."""
    match value:
        case None:
            return ""
        case str():
            return _unescaped(value)
        case bool():
            return "true" if value else "false"
        case datetime() if value.time() == time():
            return value.date().isoformat()
    return str(value)


def _escape(match: re.Match[str]) -> str:
    code = ord(match[0])
    return "\ufffd" if code == 0 or 0xD800 <= code < 0xE000 else f"_x{code:04X}_"


def _unescaped(cell: str) -> str:
    return _ESCAPE.sub(lambda match: chr(int(match[1], 16) or 0xFFFD), cell) if "_x" in cell else cell
