"""Our own JSON Lines: one line for the project, then one line an article; loses nothing.

The guide's page `formats-jsonl.md` documents it. Lines end in LF; keys are sorted, so the same project
gives the same bytes.
"""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, BinaryIO, TypeVar

from annotator.formats.dataset import ArticleRecord, Dataset, Header, OpenPart, Remark
from annotator.formats.errors import FormatError
from annotator.formats.own import usual
from annotator.formats.parts import bodies
from annotator.formats.parts.article_rows import each, record_of
from annotator.formats.parts.bodies import BadRecord
from annotator.formats.parts.json_lines import MAX_LINE, line_of, lines_of, opened, value_of
from annotator.formats.parts.kept import encoded, row_of
from annotator.model.scheme import Scheme, SchemeError

NAME = "annotator"
VERSION = 1

T = TypeVar("T")


def write(dataset: Dataset, open_part: OpenPart) -> None:
    """Write the header line, then one line an article as they come."""
    out = open_part("")
    out.write(line_of(_header_row(dataset.header)))
    for record in dataset:
        out.write(encoded(record))


def read(path: Path, _scheme: Scheme, remark: Remark) -> Dataset:
    """Read the header at once and the articles as they are asked for."""
    file = opened(path)
    try:
        header = _header(file.readline(MAX_LINE + 1), path.name, remark)
    except BaseException:
        file.close()
        raise
    return Dataset(header, _records(file, remark))


def _header_row(header: Header) -> dict[str, Any]:
    return {
        "format": NAME,
        "version": VERSION,
        "unit": "code point",
        "title": header.title,
        "scheme": header.scheme.to_body() if header.scheme else None,
        "entities": [row_of(entity) for entity in header.entities],
    }


def _header(line: bytes, name: str, remark: Remark) -> Header:
    if not line:
        raise FormatError(f"{name} is empty; there is nothing to import in it")
    row = _first_row(line, name)
    try:
        if not isinstance(row.get("scheme"), dict | None):
            remark(1, "the scheme was left out: it is not an object")
        scheme = Scheme.from_body(row["scheme"]) if isinstance(row.get("scheme"), dict) else None
        entities = tuple(each(row, "entities", bodies.entity, lambda message: remark(1, message)))
        return Header(bodies.text_of(row, "title"), scheme, entities=entities)
    except (SchemeError, BadRecord) as error:
        raise FormatError(f"{name} can't be used, in line 1 {error}") from error


def _first_row(line: bytes, name: str) -> dict[str, Any]:
    """Read the line that says which format and which version of it this is."""
    try:
        row = bodies.row_of(value_of(line), "the first line")
    except BadRecord as error:
        raise FormatError(
            f"{name} is not Annotator's JSON Lines, as its first line shows: {error}"
        ) from error
    if row.get("format") != NAME:
        raise FormatError(f"{name} is not Annotator's JSON Lines: its first line does not say so")
    version = row.get("version")
    if type(version) is not int or version < 1:
        raise FormatError(f"{name} can't be used, in line 1 “version” is not a number; write {VERSION}")
    if version != VERSION:
        raise FormatError(
            f"{name} has version {version} of the format, this program reads version {VERSION};"
            " use a newer Annotator"
        )
    return row


def _records(file: BinaryIO, remark: Remark) -> Iterator[ArticleRecord]:
    with file:
        for number, line in lines_of(file, 2):
            yield from _attempted(line, number, remark)


def _attempted(line: bytes, number: int, remark: Remark) -> Iterator[ArticleRecord]:
    """Yield the record of one line, or remark why there is none."""
    try:
        yield _record(line, number, lambda message: remark(number, message))
    except BadRecord as error:
        remark(number, f"the article was left out: {error}")


def _record(line: bytes, number: int, say: Callable[[str], None]) -> ArticleRecord:
    row = usual.row_of(line)
    if row is None:
        return record_of(value_of(line), number, say)
    return record_of(row, number, say, annotation=usual.annotation)
