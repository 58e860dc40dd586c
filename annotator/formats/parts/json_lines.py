"""JSON Lines: one JSON value a line, in UTF-8; lines end in LF."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, BinaryIO

import msgspec

from annotator.formats.errors import FormatError
from annotator.formats.parts.bodies import BadRecord
from annotator.formats.parts.strict_json import LINE_ENDS, one_line, parsed

MAX_LINE = 100_000_000


_ENCODER = msgspec.json.Encoder(order="deterministic")


def line_of(row: Mapping[str, Any]) -> bytes:
    """Write one line; keys are sorted, so the same row gives the same bytes."""
    try:
        line = _ENCODER.encode(row)
    except UnicodeEncodeError:
        # A lone surrogate, which no UTF-8 holds, becomes its JSON escape.
        line = one_line(msgspec.to_builtins(row)).encode("utf-8", "backslashreplace")
    for character, escape in () if line.isascii() else LINE_ENDS.items():
        if character.encode() in line:
            line = line.replace(character.encode(), escape.encode())
    return line + b"\n"


def opened(path: Path) -> BinaryIO:
    """Open a file for reading; raise FormatError when that can't be."""
    try:
        return path.open("rb")
    except OSError as error:
        raise FormatError(f"{path.name} can't be read ({error.strerror})") from error


def lines_of(file: BinaryIO, number: int = 1) -> Iterator[tuple[int, bytes]]:
    """Yield each line that isn't blank, with its number; one that is too long is cut off."""
    while line := file.readline(MAX_LINE + 1):
        if len(line) > MAX_LINE:
            _skip_line(file)
        if line.strip():
            yield number, line
        number += 1


def value_of(line: bytes) -> Any:
    """Read a line; raise BadRecord with what is wrong with it."""
    if len(line) > MAX_LINE:
        raise BadRecord(f"the line is longer than {MAX_LINE // 1_000_000} MB")
    try:
        text = line.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadRecord("the line is not UTF-8") from error
    return parsed(text, "the line")


def _skip_line(file: BinaryIO) -> None:
    while (piece := file.readline(1 << 20)) and not piece.endswith(b"\n"):
        pass
