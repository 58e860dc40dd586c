"""A table with a row for each article: CSV, values separated by tabs, or JSON Lines."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import replace
from functools import partial
from itertools import chain, islice
from pathlib import Path
from typing import Any

from annotator.formats.dataset import ArticleRecord, Dataset, Header, Remark
from annotator.formats.errors import FormatError
from annotator.formats.parts.bodies import BadRecord
from annotator.formats.parts.canonical import Canonical, identified
from annotator.formats.parts.decoding import encoding_of
from annotator.formats.parts.json_lines import MAX_LINE
from annotator.formats.parts.lone_article import say_guess, title_of
from annotator.formats.parts.sheets import CsvFile
from annotator.formats.parts.strict_json import parsed
from annotator.formats.tables.article_columns import ArticleColumns
from annotator.formats.tables.columns import ARTICLES
from annotator.model.scheme import Scheme

LOOKED_AT = 100
"""Lines of JSON in which the names of the columns are looked for."""

Found = Mapping[str, Any] | BadRecord
Rows = Iterator[tuple[int, Found]]


def read(path: Path, _scheme: Scheme, remark: Remark) -> Dataset:
    """Read the articles of a table in any encoding."""
    encoding = encoding_of(path)
    rows, names = _json(path, encoding) if _is_json(path, encoding) else _csv(path, encoding)
    return articles(path, rows, names, remark, encoding)


def articles(
    path: Path, rows: Rows, names: Iterable[str], remark: Remark, encoding: str = "utf-8"
) -> Dataset:
    """Make an article of each row as they are asked for, and say at the end what was read from where."""
    columns = ArticleColumns(names)
    if not columns.has_text:
        raise FormatError(f"{path.name} has no column with the text of articles; call it “text”")
    return Dataset(Header(), _Reader(path.stem, columns, encoding, remark).records(rows))


class _Reader:
    """Makes a record of each row."""

    def __init__(self, stem: str, columns: ArticleColumns, encoding: str, remark: Remark) -> None:
        self._stem, self._columns, self._encoding, self._remark = stem, columns, encoding, remark
        self._odd_dates: list[str] = []

    def records(self, rows: Rows) -> Iterator[ArticleRecord]:
        is_any = False
        for line, row in rows:
            try:
                yield self._record(line, row)
                is_any = True
            except BadRecord as error:
                self._remark(line, f"the article was left out: {error}")
        if is_any:
            self._tell()

    def _record(self, line: int, row: Found) -> ArticleRecord:
        if isinstance(row, BadRecord):
            raise row
        text = Canonical(self._columns.text(row)).text
        article = self._columns.article(row)
        if odd := self._columns.odd_date(article):
            self._odd_dates.append(odd)
        title = article.title or title_of(text) or f"{self._stem} {line}"
        article = identified(replace(article, title=title), text, partial(self._remark, line))
        return ArticleRecord(article, text, line=line)

    def _tell(self) -> None:
        self._remark(None, self._columns.told())
        if self._odd_dates:
            number = f"{len(self._odd_dates):,} dates are" if self._odd_dates[1:] else "1 date is"
            example = f"such as “{self._odd_dates[0][:40]}”"
            self._remark(None, f"{number} not certain, {example}, and kept as written only; write 2016-09-21")
        say_guess(self._encoding, self._remark)


def _is_json(path: Path, encoding: str) -> bool:
    with path.open(encoding=encoding, errors="replace") as file:
        return file.read(1_000).lstrip().startswith("{")


def _json(path: Path, encoding: str) -> tuple[Rows, Sequence[str]]:
    """Open JSON Lines; the columns are those of the first lines together."""
    rows = _json_rows(path, encoding)
    head = list(islice(rows, LOOKED_AT))
    objects = [row for _, row in head if not isinstance(row, BadRecord)]
    if not objects:
        line, why = head[0]
        raise FormatError(f"{path.name} is not JSON Lines, as line {line:,} shows: {why}")
    if objects[0].get("format") == "annotator":
        raise FormatError(f"{path.name} is Annotator's JSON Lines; rename it so that it ends in .jsonl")
    return chain(head, rows), tuple(dict.fromkeys(name for row in objects for name in row))


def _json_rows(path: Path, encoding: str) -> Rows:
    with path.open(encoding=encoding, errors="replace", newline="\n") as file:
        number = 0
        while line := file.readline(MAX_LINE + 1):
            number += 1
            if len(line) > MAX_LINE:
                while line and not line.endswith("\n"):
                    line = file.readline(MAX_LINE)
                yield number, BadRecord(f"the line is longer than {MAX_LINE // 1_000_000} MB")
            elif line.strip():
                yield number, _json_row(line)


def _json_row(line: str) -> Found:
    try:
        row = parsed(line, "the line")
    except BadRecord as error:
        return error
    return row if isinstance(row, dict) else BadRecord("the line is not an object")


def _csv(path: Path, encoding: str) -> tuple[Rows, Sequence[str]]:
    file = CsvFile(path, encoding, "replace")
    with closing(file.lines()) as lines:
        _, head = next(lines, (1, []))
    if set(ARTICLES) <= set(head):
        raise FormatError(f"{path.name} goes with a long CSV file; choose that one instead")
    if set(head) >= _OF_LONG_CSV:
        raise FormatError(f"{path.name} is Annotator's long CSV; rename it so that it ends in .csv")
    names = told_apart(head)
    return _csv_rows(file, names), names


_OF_LONG_CSV = {"annotation", "article", "label", "fragments"}


def _csv_rows(file: CsvFile, names: Sequence[str]) -> Rows:
    with closing(file.lines()) as lines:
        next(lines, None)
        for line, cells in lines:
            if any(cells[len(names) :]):
                sizes = f"it has {len(cells):,} cells and the head {len(names):,}"
                yield line, BadRecord(f"{sizes}; put texts that hold the separator in quotation marks")
            elif any(cells):
                yield line, dict(zip(names, cells, strict=False))


def told_apart(head: Sequence[str]) -> tuple[str, ...]:
    """Give a name to columns without one, and another one to those that share one."""
    names: dict[str, None] = {}
    for number, name in enumerate(head, 1):
        wanted = name.strip() or f"column {number}"
        while wanted in names:
            wanted = f"{wanted} {number}"
        names[wanted] = None
    return tuple(names)
