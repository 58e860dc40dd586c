"""JSON from strangers: no NaN, no infinity, nothing that neither UTF-8 nor SQLite can hold."""

import json
import re
from typing import Any, NoReturn

import msgspec

from annotator.formats.parts.bodies import BadRecord
from annotator.model.change import to_json

MAX_DIGITS = 1_000
"""Digits of a whole number; Python itself takes no more than 4,300."""

# JSON can spell lone surrogates and NUL.
_SUSPECT = re.compile(r"\\u(?:[dD][89a-fA-F]|0000)")
# Line ends to some readers of lines, though not to JSON.
LINE_ENDS = {"\x85": "\\u0085", "\u2028": "\\u2028", "\u2029": "\\u2029"}
_UNHOLDABLE = re.compile("[\ud800-\udfff\x00]")


def parsed(text: str, what: str) -> Any:
    """Read JSON; raise BadRecord with what it was that is not JSON."""
    try:
        value = _FAST_DECODER.decode(text)
    except (ValueError, RecursionError):
        # The slow one takes half characters too, and says better what is wrong.
        value = _parsed_slowly(text, what)
    return _cleaned(value) if _SUSPECT.search(text) else value


def _parsed_slowly(text: str, what: str) -> Any:
    try:
        return _DECODER.decode(text)
    except RecursionError as error:
        raise BadRecord(f"{what} is nested too deeply") from error
    except ValueError as error:
        raise BadRecord(f"{what} is not valid JSON ({_where(error)})") from error


def parsed_from(text: str, at: int, what: str) -> tuple[Any, int]:
    """Read the JSON value that begins at an offset, and say where it ends."""
    try:
        value, stop = _DECODER.raw_decode(text, at)
    except RecursionError as error:
        raise BadRecord(f"{what} is nested too deeply") from error
    except ValueError as error:
        raise BadRecord(f"{what} is not valid JSON ({_where(error)})") from error
    return (_cleaned(value) if _SUSPECT.search(text, at, stop) else value), stop


def _where(error: ValueError) -> str:
    """Say where JSON breaks off, or what in it is no JSON, in words for whoever wrote the file."""
    if isinstance(error, json.JSONDecodeError):
        return f"at its character {error.pos + 1:,}"
    return str(error)


def one_line(value: Any) -> str:
    """Write JSON that every reader of lines takes for one."""
    text = to_json(value)
    for character, escape in LINE_ENDS.items():
        if character in text:
            text = text.replace(character, escape)
    return text


def _cleaned(value: Any) -> Any:
    """Put U+FFFD in place of what can't be stored, in every text and key."""
    if isinstance(value, str):
        return _UNHOLDABLE.sub("\ufffd", value)
    if isinstance(value, list):
        return [_cleaned(item) for item in value]
    if isinstance(value, dict):
        return {_cleaned(key): _cleaned(item) for key, item in value.items()}
    return value


def _no_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is not a number of JSON")


def _finite(digits: str) -> float:
    value = float(digits)
    if value in (float("inf"), float("-inf")):
        raise ValueError(f"{digits[:20]} is too large a number")
    return value


def _whole(digits: str) -> int:
    if len(digits) > MAX_DIGITS:
        raise ValueError(f"{digits[:20]}… is too large a number")
    return int(digits)


_FAST_DECODER = msgspec.json.Decoder()
_DECODER = json.JSONDecoder(parse_constant=_no_constant, parse_float=_finite, parse_int=_whole)
