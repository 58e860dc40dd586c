"""What commands say: JSON for scripts, sentences and tables for people."""

import io
import json
import sys
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import datetime
from typing import Any

Tell = Callable[[int, int], None]

COLUMNS_APART = "  "
PATIENCE = 0.5
"""Seconds of work before progress is shown."""


class Unsaid(Exception):
    """Standard output took no more; `error` says why. The work was done before anything was said."""

    def __init__(self, error: OSError) -> None:
        super().__init__(str(error))
        self.error = error


class _Nowhere(io.TextIOBase):
    """Takes what nobody will read."""

    def write(self, text: str, /) -> int:
        return len(text)


def use_utf8() -> None:
    """Write UTF-8 whatever the console's own encoding; what is no character is escaped."""
    # Python has None for a stream that was closed before it began, and prints errors to the other one then.
    sys.stdout, sys.stderr = sys.stdout or _Nowhere(), sys.stderr or _Nowhere()
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def put_json(value: dict[str, Any]) -> None:
    """Print the one JSON object of a command."""
    _say(json.dumps(value, ensure_ascii=False, indent=2))


def put(sentence: str = "") -> None:
    """Print a sentence."""
    _say(shown(sentence))


def put_aside(sentence: str) -> None:
    """Print a sentence to standard error, if anybody listens there."""
    with suppress(OSError):
        print(shown(sentence), file=sys.stderr, flush=True)


def put_table(heads: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    """Print rows beneath heads, numbers to the right."""
    texts = [[_cell(value) for value in row] for row in rows]
    numeric = [all(isinstance(row[i], int) for row in rows) for i in range(len(heads))]
    widths = [max(map(width, column)) for column in zip(heads, *texts, strict=True)]
    for line in ([*heads], *texts):
        cells = map(_padded, line, widths, numeric)
        _say(COLUMNS_APART.join(cells).rstrip())


def flush() -> None:
    """Bring what was said to standard output to its end."""
    try:
        sys.stdout.flush()
    except OSError as error:
        raise Unsaid(error) from error


def counted(n: int, one: str, many: str = "") -> str:
    """Say how many: "1 article", "2 articles"."""
    return f"{n:,} {one if n == 1 else many or one + 's'}"


def listed(words: Sequence[str]) -> str:
    """Join words: "a", "a and b", "a, b and c"."""
    return " and ".join([", ".join(words[:-1]), words[-1]]) if len(words) > 1 else "".join(words)


def moment(at: str) -> str:
    """Say a wall time in UTC as it is on this machine's clock."""
    try:
        return datetime.fromisoformat(at).astimezone().strftime("%Y-%m-%d %H:%M:%S")
    except ValueError:
        return at


def shown(text: str) -> str:
    """Keep a stranger's words from steering the terminal."""
    return "".join(ch if ch.isprintable() or ch == "\u200d" else "\ufffd" for ch in text)


def width(text: str) -> int:
    """Count the columns a text takes on a terminal."""
    marks = sum(
        unicodedata.combining(ch) > 0 or unicodedata.category(ch) in ("Cf", "Me", "Mn") for ch in text
    )
    return len(text) + sum(unicodedata.east_asian_width(ch) in "WF" for ch in text) - marks


@contextmanager
def progress(doing: str, unit: str = " articles") -> Iterator[Tell]:
    """Show how far work has come, where somebody watches and it takes a while."""
    if not sys.stderr.isatty():
        yield lambda _done, _total: None
        return
    from tqdm import tqdm

    with tqdm(desc=doing, unit=unit, delay=PATIENCE, leave=False, file=sys.stderr) as bar:

        def tell(done: int, total: int) -> None:
            bar.total = total or None
            bar.update(done - bar.n)

        yield tell


def _say(words: str) -> None:
    try:
        print(words)
    except OSError as error:
        raise Unsaid(error) from error


def _cell(value: object) -> str:
    return f"{value:,}" if isinstance(value, int) else shown(str(value))


def _padded(cell: str, columns: int, to_right: bool) -> str:
    blank = " " * (columns - width(cell))
    return blank + cell if to_right else cell + blank
