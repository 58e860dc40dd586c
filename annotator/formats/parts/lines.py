"""Lines of a text file from a stranger: of a bounded length, in UTF-8 unless they can't be."""

from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import BinaryIO

from annotator.formats.dataset import Remark
from annotator.formats.errors import FormatError

MAX_LINE = 50_000_000

_WIDE = (b"\xff\xfe", b"\xfe\xff")
"""The marks of UTF-16 and UTF-32."""


def numbered_lines(path: Path, remark: Remark, limit: int = MAX_LINE) -> Iterator[tuple[int, str]]:
    """Yield each line with its number, without its end.

    A line that isn't UTF-8 is read as Windows-1252, and the first of them is remarked upon.
    """
    is_guessed = False
    try:
        with path.open("rb") as file:
            for number, line in enumerate(_bounded(file, path.name, limit), 1):
                text = _text(line)
                if text is None and not is_guessed:
                    remark(number, "was read as Windows-1252, which is a guess; save the file as UTF-8")
                    is_guessed = True
                yield number, line.decode("cp1252", "replace") if text is None else text
    except OSError as error:
        raise FormatError(
            f"{path.name} can't be read ({error.strerror}); check that it is a file you may open"
        ) from error


def _bounded(file: BinaryIO, name: str, limit: int) -> Iterator[bytes]:
    """Yield lines as a file does, but never take in a line without end."""
    is_first = True
    for line in iter(partial(file.readline, limit + 1), b""):
        if len(line) > limit:
            raise FormatError(f"{name} has a line of more than {limit // 1_000_000} MB; check what it is")
        if is_first and line.startswith(_WIDE):
            raise FormatError(f"{name} is UTF-16; save it as UTF-8")
        yield (line.removeprefix(b"\xef\xbb\xbf") if is_first else line).rstrip(b"\r\n")
        is_first = False


def _text(line: bytes) -> str | None:
    try:
        return line.decode("utf-8").replace("\x00", "\ufffd")
    except UnicodeDecodeError:
        return None
