"""A large JSON array from a stranger, item by item."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TextIO

from annotator.formats.errors import FormatError
from annotator.formats.parts.bodies import BadRecord
from annotator.formats.parts.strict_json import parsed_from

MAX_ITEM = 100_000_000
"""Most characters of one item."""

_PIECE = 1_000_000
_BETWEEN = re.compile(r"[\s,]*")


def items(path: Path) -> Iterator[tuple[int, Any]]:
    """Yield each item with the line it begins in, holding no more than one.

    A file without the brackets is read as items that follow one another. Raises BadRecord where the file
    breaks off or is no JSON, for which what follows can't be told apart; FormatError when it is no text.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            yield from _Items(file).all()
    except OSError as error:
        raise FormatError(f"{path.name} can't be read ({error.strerror})") from error
    except UnicodeDecodeError as error:
        raise FormatError(f"{path.name} is not UTF-8; save it as UTF-8") from error


class _Items:
    """What was read of a file and not yet handed on."""

    def __init__(self, file: TextIO) -> None:
        self._file = file
        self._text, self._at, self._line = "", 0, 1

    def all(self) -> Iterator[tuple[int, Any]]:
        is_array = self._next() == "["
        self._at += is_array
        while (first := self._next()) not in ("", "]"):
            line = self._line
            yield line, self._item()
        if is_array and first != "]":
            raise BadRecord("the file breaks off")
        self._at += len(first)
        if self._next():
            raise BadRecord("there is more behind the end of its list")

    def _next(self) -> str:
        """Go on to what comes next; return its first character, "" at the end of the file."""
        while True:
            found = _BETWEEN.match(self._text, self._at)
            at = found.end() if found else self._at
            self._move(at)
            if at < len(self._text) or not self._more():
                return self._text[at : at + 1]

    def _item(self) -> Any:
        while True:
            try:
                value, end = parsed_from(self._text, self._at, "it")
            except BadRecord:
                if len(self._text) - self._at > MAX_ITEM or not self._more():
                    raise
            else:
                self._move(end)
                return value

    def _move(self, to: int) -> None:
        self._line += self._text.count("\n", self._at, to)
        self._at = to

    def _more(self) -> bool:
        """Read on, at least as much as is there: a long item is tried few times."""
        rest = self._text[self._at :]
        piece = self._file.read(max(_PIECE, len(rest)))
        self._text, self._at = rest + piece, 0
        return bool(piece)
