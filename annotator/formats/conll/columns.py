"""The rows of a CoNLL file, whoever wrote it: a token first, its tag last, empty lines between sentences."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote

from annotator.formats.conll.bio import is_tag
from annotator.formats.conll.format import NO_POS, NOTHING
from annotator.formats.dataset import Remark
from annotator.formats.errors import FormatError
from annotator.formats.parts.bodies import BadRecord
from annotator.formats.parts.decoding import MAX_TEXT
from annotator.formats.parts.lines import numbered_lines

MAX_ROW = 2_000_000

_NUMBER = re.compile(r"[0-9]{1,9}")


class Row(NamedTuple):
    """One token with its tag; without offsets, `start` and `stop` are -1."""

    line: int
    token: str
    tag: str
    start: int = -1
    stop: int = -1
    notes: Mapping[str, str] = {}


@dataclass(slots=True)
class Document:
    """What stands between two lines of -DOCSTART-, by sentences; nothing of it when that is too much."""

    line: int
    sentences: list[list[Row]] = field(default_factory=lambda: [[]])
    size: int = 0

    @property
    def has_offsets(self) -> bool:
        return any(row.start >= 0 for sentence in self.sentences for row in sentence)

    def add(self, row: Row) -> None:
        self.size += len(row.token) + 1
        if self.size > MAX_TEXT:
            self.sentences = [[]]
        else:
            self.sentences[-1].append(row)

    def end_sentence(self) -> None:
        if self.sentences[-1]:
            self.sentences.append([])


class ConllFile:
    """One file, and what was remarked of the whole of it."""

    def __init__(self, path: Path, remark: Remark) -> None:
        self.path, self._remark = path, remark
        self._said: set[str] = set()

    def documents(self) -> Iterator[Document]:
        """Yield each document that has tokens; raise FormatError in the end if nothing was tagged."""
        document, has_tags, has_rows = Document(1), False, False
        for line, text in numbered_lines(self.path, self._remark, MAX_ROW):
            if text.startswith("-DOCSTART-"):
                if document.size:
                    yield document
                document = Document(line)
            elif not text.strip():
                document.end_sentence()
            elif row := self._row(line, text):
                document.add(row)
                has_rows, has_tags = True, has_tags or (len(text.split()) > 1 and is_tag(row.tag))
        if not has_tags:
            raise FormatError(f"{self.path.name} {_NO_TAGS if has_rows else _NO_ROWS}")
        if document.size:
            yield document

    def say_once(self, line: int | None, message: str) -> None:
        """Remark upon something that is so in many places; the first counts."""
        if message not in self._said:
            self._said.add(message)
            self._remark(line, message)

    def _row(self, line: int, text: str) -> Row | None:
        """Read a row; None for a comment, and for a bad row, which is remarked upon."""
        cells = [cell.strip() for cell in text.rstrip().split("\t" if "\t" in text else None)]
        tag = cells[-1]
        if text.startswith("#") and not is_tag(tag):
            return None
        try:
            if len(cells) == 6 and cells[1] == NO_POS:
                return _placed_row(line, cells)
        except BadRecord as error:
            self._remark(line, f"the token was left out: {error}")
            return None
        if len(cells) == 1:
            self.say_once(line, "a token without a tag was read as outside of every span")
            return Row(line, cells[0], "O")
        if not is_tag(tag):
            self.say_once(line, "a tag without B- or I- was read as one span with its neighbours of that tag")
        return Row(line, cells[0], tag)


_NO_ROWS = "is empty; there is nothing to import in it"
_NO_TAGS = "is not CoNLL: no line ends in a tag such as O or B-claim; see the guide for what it needs"


def _placed_row(line: int, cells: list[str]) -> Row:
    token, _, *offsets, said, tag = cells
    if not all(map(_NUMBER.fullmatch, offsets)):
        raise BadRecord("its third and fourth columns are no offsets")
    start, stop = map(int, offsets)
    if stop > MAX_TEXT:
        raise BadRecord(f"it ends at {stop:,}, and an article has at most {MAX_TEXT:,} characters")
    if stop - start != len(token):
        raise BadRecord(f"it has {len(token):,} characters, but its offsets say {stop - start:,}")
    return Row(line, token, _uncoded(tag), start, stop, _notes(said))


def _notes(said: str) -> dict[str, str]:
    if said == NOTHING:
        return {}
    pairs = (note.partition("=") for note in said.split("|"))
    return {key: _uncoded(value) for key, _, value in pairs}


def _uncoded(text: str) -> str:
    return unquote(text).replace("\x00", "\ufffd")
