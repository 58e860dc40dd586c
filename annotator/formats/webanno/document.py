"""One file of WebAnno TSV 3: its layers, its text, and its rows with where they stand in the text."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from annotator.formats.dataset import Remark
from annotator.formats.errors import FormatError
from annotator.formats.parts.decoding import MAX_TEXT
from annotator.formats.parts.lines import numbered_lines
from annotator.formats.webanno.columns import (
    COMMENT,
    FORMAT,
    Layer,
    layers,
    unescaped,
    unescaped_java,
    unescaped_text,
)
from annotator.model.text import Utf16Offsets

_ROW = re.compile(r"([0-9]{1,9}-[0-9]{1,9}(?:\.[0-9]{1,9})?)\t([0-9]{1,9})-([0-9]{1,9})\t([^\t]*)(?:\t(.*))?")
_FIRST = re.compile(rf"{FORMAT}([0-9]{{1,3}})\.([0-9]{{1,3}})\s*")
_TEXT = "#Text="
_NO_ROW = "it is too long, or does not begin with a number, offsets and a token"

MAX_ROW = 5_000_000
MAX_GAP = 10_000
"""Characters between two sentences; more is a damaged offset."""


class Unit(NamedTuple):
    """A row: a token, or a piece of one; `start` and `stop` count as the file does."""

    line: int
    id: str
    start: int
    stop: int
    token: str
    cells: Sequence[str]


class Comment(NamedTuple):
    """What our own files say beside the rows."""

    line: int
    name: str
    said: str


@dataclass(slots=True)
class _Sentence:
    lines: list[str] = field(default_factory=list)
    has_rows: bool = False
    start: int = -1
    """Where its first token begins; -1 where that row is missing or bad."""


@dataclass(frozen=True, slots=True)
class _Way:
    """One way to read a file: what the lines of its text mean, and what its offsets count."""

    unescape: Callable[[str], str]
    is_utf16: bool

    def text(self, sentences: Iterable[_Sentence]) -> str:
        """Put the text together; what stands between sentences is not in the file, only how much of it."""
        pieces, size = [""], 0
        for sentence in sentences:
            if 0 < size == sentence.start + 1:
                pieces[-1], size = pieces[-1][:-1], size - 1
            gap = sentence.start - size
            gap = gap if 0 < gap <= MAX_GAP else 0
            pieces += (" " * gap, "\n".join(map(self.unescape, sentence.lines)) + "\n")
            size += gap + self._size(pieces[-1])
        return "".join(pieces)[:-1]

    def offsets(self, text: str) -> Callable[[int], int]:
        """Return what turns offsets of the file into those of the text."""
        return Utf16Offsets(text).from_utf16 if self.is_utf16 else _same

    def _size(self, text: str) -> int:
        return Utf16Offsets(text).to_utf16(len(text)) if self.is_utf16 else len(text)


class Document:
    """A file as it was read. `agrees` says whether all its tokens stand where its offsets say."""

    def __init__(self, path: Path, remark: Remark) -> None:
        self.path, self._remark = path, remark
        self.layers: tuple[Layer, ...] = ()
        self.comments: list[Comment] = []
        self.units: list[Unit] = []
        self.marked: list[Unit] = []
        self._sentences: list[_Sentence] = []
        self._size = 0
        self._read()
        self.text, self.offset, self.agrees = self._chosen()

    @property
    def has_gaps(self) -> bool:
        """Say whether something stands between sentences of which a file only tells how much it is."""
        return len(self._sentences) > 1

    def begin(self, white_space: str) -> None:
        """Put in what stands before the first sentence."""
        if white_space.isspace() and self.text.startswith(" " * len(white_space)):
            self.text = white_space + self.text[len(white_space) :]

    def _read(self) -> None:
        lines = numbered_lines(self.path, self._remark)
        self._version = _version(next(lines, (1, ""))[1], self.path.name)
        declarations = []
        for line, text in lines:
            if text.startswith(_TEXT):
                self._text(text.removeprefix(_TEXT))
            elif text.startswith("#T_") and not self._sentences:
                declarations.append(text)
            elif text.startswith(COMMENT):
                name, _, said = text.removeprefix(COMMENT).partition("=")
                self.comments.append(Comment(line, name, said))
            elif text.strip() and not text.startswith("#"):
                self._row(line, text)
        self.layers = layers(declarations)
        self._leave_out_cut()

    def _text(self, line: str) -> None:
        if not self._sentences or self._sentences[-1].has_rows:
            self._sentences.append(_Sentence())
        self._sentences[-1].lines.append(line)
        self._size += len(line)
        if self._size > 2 * MAX_TEXT:
            raise self._too_long()

    def _row(self, line: int, text: str) -> None:
        sentence = self._sentences[-1] if self._sentences else _Sentence()
        is_first, sentence.has_rows = not sentence.has_rows, True
        match = _ROW.fullmatch(text) if len(text) <= MAX_ROW else None
        if not match or int(match[2]) > int(match[3]):
            self._remark(line, f"the row was left out: {_NO_ROW}")
            return
        said = match[5] or ""
        unit = Unit(line, match[1], int(match[2]), int(match[3]), match[4], said.split("\t"))
        self.units.append(unit)
        if said.strip("_\t"):
            self.marked.append(unit)
        if is_first:
            sentence.start = unit.start

    def _leave_out_cut(self) -> None:
        """Leave out the last row if the file was cut off in it: it has fewer cells than the one before."""
        if not self.units:
            return
        *before, last = self.units
        declared = sum(len(layer.columns) for layer in self.layers)
        if len(last.cells) < (len(before[-1].cells) if before else declared):
            self._remark(last.line, "the row was left out: the file is cut off in it")
            self.units.pop()
            self.marked = [unit for unit in self.marked if unit is not last]

    def _chosen(self) -> tuple[str, Callable[[int], int], bool]:
        """Read the text in the way by which the most tokens stand in their places."""
        usual, other = unescaped_text, unescaped_java
        if self._version <= (3, 1):
            usual, other = other, usual
        tries: list[tuple[int, _Way, str]] = []
        for way in (_Way(usual, True), _Way(usual, False), _Way(other, True), _Way(unescaped, True)):
            text = way.text(self._sentences)
            if len(text) > MAX_TEXT:
                raise self._too_long()
            tries.append((self._astray(text, way.offsets(text)), way, text))
            if not tries[-1][0]:
                break
        astray, way, text = min(tries, key=lambda one: one[0])
        if astray:
            what = "don't" if astray > 1 else "doesn't"
            self._remark(None, f"{astray:,} of its tokens {what} stand where the offsets say")
        elif not way.is_utf16:
            self._remark(None, "its offsets count code points, not UTF-16 units as they should")
        return text, way.offsets(text), not astray

    def _astray(self, text: str, offset: Callable[[int], int]) -> int:
        """Count the tokens that don't stand in their places; some programs escape them, others don't."""
        pieces = (text[offset(unit.start) : offset(unit.stop)] for unit in self.units)
        each = zip(pieces, (unit.token for unit in self.units), strict=True)
        return sum(piece not in (token, unescaped(token)) for piece, token in each)

    def _too_long(self) -> FormatError:
        return FormatError(f"{self.path.name} has more than {MAX_TEXT:,} characters of text; split it")


def _same(offset: int) -> int:
    return offset


def _version(line: str, name: str) -> tuple[int, int]:
    match = _FIRST.fullmatch(line)
    if not match:
        raise FormatError(f"{name} is not WebAnno TSV 3: its first line does not say so; export it anew")
    if match[1] != "3":
        raise FormatError(f"{name} is WebAnno TSV {match[1]}.{match[2]}; export it as version 3")
    return int(match[1]), int(match[2])
