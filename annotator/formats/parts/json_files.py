"""JSON files of other programs, read whole."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from annotator.formats.errors import FormatError
from annotator.formats.parts.bodies import BadRecord
from annotator.formats.parts.decoding import read_bytes
from annotator.formats.parts.strict_json import parsed, parsed_from

MAX_JSON = 200_000_000

_NEXT = re.compile(r"[^ \t\n\r]|\Z")


def json_text(path: Path, limit: int = MAX_JSON) -> str:
    """Read a JSON file of at most `limit` bytes, which is UTF-8 by its standard."""
    try:
        return read_bytes(path, limit).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise FormatError(f"{path.name} is not UTF-8, as JSON must be; save it as UTF-8") from error


def json_object(path: Path, what: str) -> dict[str, Any]:
    """Read a file that is one JSON object."""
    try:
        value = parsed(json_text(path), "its content")
    except BadRecord as error:
        raise FormatError(f"{path.name} is not {what}: {error}") from error
    if not isinstance(value, dict):
        raise FormatError(f"{path.name} is not {what}: it is not one JSON object")
    return value


def json_items(path: Path) -> Iterator[tuple[int, Any]]:
    """Yield the items of a JSON array or of JSON Lines, each with the line it begins in.

    An item that can't be read comes as a BadRecord; what follows it in an array can't be read either.
    """
    text = json_text(path)
    return _array_items(text) if text.lstrip().startswith("[") else _lines(text)


def _lines(text: str) -> Iterator[tuple[int, Any]]:
    for line, row in enumerate(text.split("\n"), 1):
        if row.strip():
            try:
                yield line, parsed(row, "it")
            except BadRecord as error:
                yield line, error


def _array_items(text: str) -> Iterator[tuple[int, Any]]:
    line, counted, at = 1, 0, text.index("[") + 1
    while True:
        at = _next(text, at)
        if text.startswith("]", at):
            return
        line += text.count("\n", counted, at)
        counted = at
        try:
            item, at = parsed_from(text, at, "it")
        except BadRecord as error:
            yield line, error
            return
        yield line, item
        at = _next(text, at)
        if text.startswith(",", at):
            at += 1
        elif not text.startswith("]", at):
            yield line, BadRecord("what follows it is not valid JSON")
            return


def _next(text: str, at: int) -> int:
    """Return where the next character stands that isn't white space to JSON."""
    found = _NEXT.search(text, at)
    return found.start() if found else len(text)
