"""`annotator.conf`: what brat has no place for, so that a folder comes back as it was. brat ignores it.

One JSON object a line: what is said once, then for each article its name among the files, what is said of
it, and for each folder of a layer the ids and other details of the lines in its `.ann` file.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any, BinaryIO

from annotator.formats.dataset import ArticleRecord, Header, Remark
from annotator.formats.parts import bodies
from annotator.formats.parts.bodies import BadRecord
from annotator.formats.parts.headers import header_of, header_row
from annotator.formats.parts.strict_json import one_line, parsed
from annotator.model.records import Article, Link, Progress

NAME = "annotator.conf"
FORMAT = "annotator-brat"
VERSION = 1
MAX_LINE = 100_000_000

Details = Mapping[str, Any]
"""By the id of a line of the `.ann` file, details of what stands there; "line" is how it stood there."""


@dataclass(frozen=True, slots=True)
class Layer:
    """What is kept of the `.ann` file of one article in one folder."""

    name: str
    spans: Details = field(default_factory=dict)
    links: Details = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Kept:
    """What is kept of one article."""

    article: Article
    layers: Mapping[str, Layer]
    links: tuple[Link, ...]
    progress: tuple[Progress, ...]


@dataclass(frozen=True, slots=True)
class KeptFolder:
    """What is kept of a folder; articles go by their files' name without its suffix."""

    header: Header = field(default_factory=Header)
    articles: Mapping[str, Kept] = field(default_factory=dict)


def header_line(header: Header) -> bytes:
    """Write what is said once."""
    return _line({"format": FORMAT, "version": VERSION, **header_row(header)})


def article_line(name: str, record: ArticleRecord, layers: Mapping[str, Any], links: list[Link]) -> bytes:
    """Write what is kept of an article: `links` are those that no `.ann` file holds."""
    return _line(
        {
            "file": name,
            "article": {**record.article.to_body(), "id": record.article.id},
            "layers": layers,
            "links": [{**link.to_body(), "id": link.id} for link in links],
            "progress": [bodies.without(p.to_body(), "article") for p in record.progress or ()],
        }
    )


def read_kept(path: Path, remark: Remark) -> KeptFolder:
    """Read what is kept; what can't be used is remarked upon and missed, no more."""
    say = partial(remark, file=path)
    try:
        with path.open("rb") as file:
            header = _header(_row(file.readline(MAX_LINE + 1)), partial(say, 1))
            return KeptFolder(header, dict(_articles(file, say)))
    except OSError as error:
        say(None, f"the file was left out: it can't be read ({error.strerror})")
    except BadRecord as error:
        say(1, f"the file was left out: {error}")
    return KeptFolder()


def _line(row: dict[str, Any]) -> bytes:
    return one_line(row).encode("utf-8", "backslashreplace") + b"\n"


def _row(line: bytes) -> dict[str, Any]:
    if len(line) > MAX_LINE:
        raise BadRecord(f"the line is longer than {MAX_LINE // 1_000_000} MB")
    try:
        row = parsed(line.decode("utf-8-sig"), "the line")
    except UnicodeDecodeError as error:
        raise BadRecord("the line is not UTF-8") from error
    if not isinstance(row, dict):
        raise BadRecord("the line is not an object")
    return row


def _header(row: dict[str, Any], say: Callable[[str], None]) -> Header:
    if row.get("format") != FORMAT or row.get("version") != VERSION:
        raise BadRecord(f"its first line does not say that it is “{FORMAT}”, version {VERSION}")
    return header_of(row, say)


def _articles(file: BinaryIO, remark: Remark) -> Iterator[tuple[str, Kept]]:
    number = 1
    while line := file.readline(MAX_LINE + 1):
        number += 1
        try:
            row = _row(line)
            yield bodies.name_of(row, "file", None), _kept(row)
        except BadRecord as error:
            remark(number, f"what is kept of an article was left out: {error}")


def _kept(row: dict[str, Any]) -> Kept:
    article = bodies.article(row.get("article", {}))
    return Kept(
        article,
        {folder: _layer(layer) for folder, layer in _object(row, "layers").items()},
        tuple(map(bodies.link, bodies.rows_of(row, "links"))),
        tuple(bodies.progress(item, article.id) for item in bodies.rows_of(row, "progress")),
    )


def _layer(row: Any) -> Layer:
    if not isinstance(row, dict):
        raise BadRecord("a layer is not an object")
    name = bodies.name_of(row, "layer")
    bodies.check_layer(name)
    return Layer(name, _details(row, "spans"), _details(row, "links"))


def _details(row: dict[str, Any], name: str) -> Details:
    return {own_id: kept for own_id, kept in _object(row, name).items() if isinstance(kept, dict)}


def _object(row: dict[str, Any], name: str) -> dict[str, Any]:
    value = row.get(name, {})
    if not isinstance(value, dict):
        raise BadRecord(f"“{name}” is not an object")
    return value
