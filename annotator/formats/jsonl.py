"""Our own JSON Lines: one line for the project, then one line an article; loses nothing.

The guide's page `formats-jsonl.md` documents it. Lines end in LF; keys are sorted, so the same project
gives the same bytes.
"""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, BinaryIO, TypeVar

from annotator.formats import bodies
from annotator.formats.bodies import BadRecord
from annotator.formats.canonical import Canonical, identified
from annotator.formats.dataset import ArticleRecord, Dataset, Header, OpenPart, Remark
from annotator.formats.decoding import MAX_TEXT
from annotator.formats.errors import FormatError
from annotator.formats.strict_json import one_line, parsed
from annotator.model.records import Annotation, Article, Entity, Link
from annotator.model.scheme import Scheme, SchemeError
from annotator.model.text import says_nothing

NAME = "annotator"
VERSION = 1
MAX_LINE = 100_000_000

T = TypeVar("T")


def write(dataset: Dataset, open_part: OpenPart) -> None:
    """Write the header line, then one line an article as they come."""
    out = open_part("")
    out.write(_line(_header_row(dataset.header)))
    for record in dataset:
        out.write(_line(_record_row(record)))


def read(path: Path, _scheme: Scheme, remark: Remark) -> Dataset:
    """Read the header at once and the articles as they are asked for."""
    try:
        file = path.open("rb")
    except OSError as error:
        raise FormatError(f"{path.name} can't be read ({error.strerror})") from error
    try:
        header = _header(file.readline(MAX_LINE + 1), path.name, remark)
    except BaseException:
        file.close()
        raise
    return Dataset(header, _records(file, remark))


def _line(row: dict[str, Any]) -> bytes:
    # A lone surrogate, which no UTF-8 holds, becomes its JSON escape.
    return one_line(row).encode("utf-8", "backslashreplace") + b"\n"


def _header_row(header: Header) -> dict[str, Any]:
    return {
        "format": NAME,
        "version": VERSION,
        "unit": "code point",
        "title": header.title,
        "scheme": header.scheme.to_body() if header.scheme else None,
        "entities": [_row(entity) for entity in header.entities],
    }


def _record_row(record: ArticleRecord) -> dict[str, Any]:
    return {
        "article": _row(record.article),
        "text": record.text,
        "annotations": [bodies.without(_row(a), "article") for a in record.annotations],
        "links": [_row(link) for link in record.links],
        "progress": [bodies.without(p.to_body(), "article") for p in record.progress or ()],
    }


def _row(value: Article | Annotation | Link | Entity) -> dict[str, Any]:
    return {**value.to_body(), "id": value.id}


def _header(line: bytes, name: str, remark: Remark) -> Header:
    if not line:
        raise FormatError(f"{name} is empty; there is nothing to import in it")
    row = _first_row(line, name)
    try:
        if not isinstance(row.get("scheme"), dict | None):
            remark(1, "the scheme was left out: it is not an object")
        scheme = Scheme.from_body(row["scheme"]) if isinstance(row.get("scheme"), dict) else None
        entities = tuple(_each(row, "entities", bodies.entity, lambda message: remark(1, message)))
        return Header(bodies.text_of(row, "title"), scheme, entities=entities)
    except (SchemeError, BadRecord) as error:
        raise FormatError(f"{name} can't be used, in line 1 {error}") from error


def _first_row(line: bytes, name: str) -> dict[str, Any]:
    """Read the line that says which format and which version of it this is."""
    try:
        row = bodies.row_of(_parsed(line), "the first line")
    except BadRecord as error:
        raise FormatError(f"{name} is not Annotator's JSON Lines: line 1 {error}") from error
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
        number = 1
        while line := file.readline(MAX_LINE + 1):
            number += 1
            if len(line) > MAX_LINE:
                _skip_line(file)
            if line.strip():
                yield from _attempted(line, number, remark)


def _attempted(line: bytes, number: int, remark: Remark) -> Iterator[ArticleRecord]:
    """Yield the record of one line, or remark why there is none."""
    try:
        yield _record(line, number, lambda message: remark(number, message))
    except BadRecord as error:
        remark(number, f"the article was left out: {error}")


def _record(line: bytes, number: int, say: Callable[[str], None]) -> ArticleRecord:
    row = _parsed(line)
    if not isinstance(row, dict):
        raise BadRecord("the line is not an object")
    article = bodies.article(row.get("article", {}))
    text = Canonical("") if _is_textless(row, article) else _text(row)
    if text.text:
        article = identified(article, text.text, say)
    annotations = _each(row, "annotations", lambda item: bodies.annotation(item, article.id), say)
    return ArticleRecord(
        article,
        text.text,
        tuple(placed for a in annotations if (placed := text.placed(a, say))),
        tuple(_each(row, "links", bodies.link, say)),
        tuple(_each(row, "progress", lambda item: bodies.progress(item, article.id), say))
        if "progress" in row
        else None,
        line=number,
    )


def _is_textless(row: dict[str, Any], article: Article) -> bool:
    """Say whether an article came without its text on purpose: its hash stands for it."""
    return row.get("text", "") == "" and bool(article.id and article.sha256)


def _text(row: dict[str, Any]) -> Canonical:
    raw = bodies.text_of(row, "text", None)
    if says_nothing(raw):
        raise BadRecord("its text holds nothing but characters that can't be seen")
    if len(raw) > MAX_TEXT:
        raise BadRecord(f"its text has {len(raw):,} characters, at most {MAX_TEXT:,} are taken; split it")
    return Canonical(raw)


def _each(row: dict[str, Any], name: str, reader: Callable[[Any], T], say: Callable[[str], None]) -> list[T]:
    """Read the items of a list, leaving out the bad ones with a remark."""
    values = []
    for number, item in enumerate(bodies.rows_of(row, name), 1):
        try:
            values.append(reader(item))
        except BadRecord as error:
            say(f"item {number} of “{name}” was left out: {error}")
    return values


def _parsed(line: bytes) -> Any:
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
