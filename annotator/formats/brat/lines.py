"""The lines of an `.ann` file, put together again where a line end stood inside a record."""

import re
from collections.abc import Callable
from dataclasses import dataclass

_START = re.compile(r"([A-Za-z]+\d\S*|#\S*|\*)\t([^\t]*)\t?(.*)", re.DOTALL)
_PLACE = r"\d{1,18}[ \t]+\d{1,18}"
# Tabs that became spaces; the record of a span can still be told.
_LOOSE = re.compile(rf"(T\d+)[ \t]+(\S+[ \t]+{_PLACE}(?:;{_PLACE})*)(?:[ \t](.*))?", re.DOTALL)
_ID = re.compile(r"[A-Za-z]\d*|#\d*|\*")
_GOES_ON = frozenset("TN#")
"""Kinds whose last field is free text."""

Say = Callable[[int, str], None]


@dataclass(frozen=True, slots=True)
class Line:
    """One record: its id (“T1”), its second field (“claim 0 5”), and what stands after the second tab."""

    number: int
    id: str
    fields: str
    tail: str
    is_last: bool = False
    """Whether the file ends in it, without a line end, and so may be cut off in it."""

    @property
    def kind(self) -> str:
        return self.id[0]


def ann_lines(content: str, say: Say) -> list[Line]:
    """Return the records of a file; what belongs to none is said."""
    # Only these: other line ends may stand in quoted words, and lone carriage returns do.
    ends = "\r\n|\n" if "\n" in content else "\r"
    started: list[tuple[int, str, str, list[str]]] = []
    blank = 0
    lines = re.split(ends, content)
    for number, line in enumerate(lines, 1):
        match = _START.fullmatch(line) or _LOOSE.fullmatch(line)
        if match:
            started.append((number, match[1], match[2].strip(), [match[3] or ""]))
        elif not line.strip():
            blank += 1
            continue
        elif number == len(lines) and _ID.fullmatch(line):
            say(number, f"“{line}” was left out: the file is cut off in it")
        elif started and started[-1][1][0] in _GOES_ON:
            say(number, f"the words of {started[-1][1]} go on here: they have line ends in them")
            started[-1][3].extend([*[""] * blank, line])
        else:
            say(number, f"“{_short(line)}” is no record of brat's; it was left out")
        blank = 0
    return [
        Line(number, own, fields, "\n".join(words), is_last=number + len(words) > len(lines))
        for number, own, fields, words in started
    ]


def _short(line: str) -> str:
    return line if len(line) <= 40 else line[:39] + "…"
