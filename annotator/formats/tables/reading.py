"""Read the tables of a dataset back: our own, or what a script or a person wrote in the same columns."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any, Protocol

from annotator.formats.dataset import ArticleRecord, Dataset, Header, Remark
from annotator.formats.parts import bodies
from annotator.formats.parts.bodies import BadRecord
from annotator.formats.parts.canonical import Canonical, identified
from annotator.formats.parts.cells import MAX_CELL, AttributeColumns, guessed_attributes, items_of, units_of
from annotator.formats.parts.decoding import MAX_TEXT
from annotator.formats.parts.plain_values import other_parts
from annotator.formats.parts.sheets import Row
from annotator.formats.tables.columns import UNIT, entity_columns, link_columns
from annotator.model.records import Annotation, Article, Entity, Link, Progress
from annotator.model.scheme import Label, Scheme
from annotator.model.text import says_nothing

_NUMBER = re.compile(r"[0-9]{1,9}")
_PAIR = re.compile(r"\s*(\d{1,18})\s*\.\.\s*(\d{1,18})\s*")
_DESCRIBED = ("title", "outlet", "author", "published", "url", "language", "sha256")


@dataclass(slots=True)
class _Work:
    """What the tables say of one article, gathered before the record is made."""

    article: Article
    line: int | None = None
    texts: list[tuple[int, str]] = field(default_factory=list)
    annotations: list[tuple[int, Annotation]] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    progress: list[Progress] | None = None

    def lines(self) -> dict[str, int]:
        """Map the id of each annotation to its line; several without an id can't be told apart by it."""
        lines = {annotation.id: line for line, annotation in self.annotations}
        if sum(not annotation.id for _, annotation in self.annotations) > 1:
            del lines[""]
        return lines


class Table(Protocol):
    """A table with a head; each row comes with the line it begins in."""

    @property
    def columns(self) -> Sequence[str]: ...

    def rows(self) -> Iterator[tuple[int, Row]]: ...


@dataclass(frozen=True, slots=True)
class Source:
    """One table of a dataset, and how to remark on its lines."""

    table: Table
    remark: Remark


def read(sources: Mapping[str, Source], header: Header, scheme: Scheme) -> Dataset:
    """Read the tables "spans" and, where they are there, "articles", "links" and "entities".

    `header` holds what the file says beside its tables; its scheme goes before that of the project.
    """
    scheme = header.scheme or scheme
    works: dict[str, _Work] = {}
    if "articles" in sources:
        _read_articles(sources["articles"], works)
    spans = _SpanReader(sources["spans"], scheme)
    spans.read(works)
    if "links" in sources:
        _read_links(sources["links"], scheme, works)
    entities = tuple(_read_entities(sources["entities"], scheme)) if "entities" in sources else ()
    header = replace(header, labels=tuple(spans.guessed.values()), entities=entities)
    return Dataset(header, _records(works, sources["spans"].remark))


class _SpanReader:
    """Turns rows of the main table into annotations."""

    def __init__(self, source: Source, scheme: Scheme) -> None:
        self.guessed: dict[str, Label] = {}
        self._table, self._remark, self._scheme = source.table, source.remark, scheme
        self._columns: dict[str, AttributeColumns] = {}

    def read(self, works: dict[str, _Work]) -> None:
        for line, row in self._table.rows():
            self._take(line, row, works)

    def _take(self, line: int, row: Row, works: dict[str, _Work]) -> None:
        """Add the annotation of a row to its article, or remark why it is left out."""
        say = partial(self._remark, line)
        try:
            name = bodies.name_of(row, "article", None)
            annotation = bodies.annotation(self._body(row, say), name)
            work = works.get(name) or _Work(_article(row, {}), line)
        except BadRecord as error:
            say(f"the span was left out: {error}")
            return
        works[name] = work
        work.annotations.append((line, annotation))

    def _body(self, row: Row, say: Callable[[str], None]) -> dict[str, Any]:
        if row.get("unit", UNIT) not in ("", UNIT):
            raise BadRecord(f"its offsets count “{row['unit']}”, only code points are read")
        label = bodies.name_of(row, "label", None)
        other = _other(row)
        fragments = _fragments(row)
        return {
            **other.get("keys", {}),
            "id": row.get("annotation", ""),
            "layer": row.get("layer", ""),
            "label": label,
            "fragments": fragments,
            "exact": _exact(row.get("words", ""), fragments),
            "attributes": self._of_label(label).values(label, row, say) | other.get("attributes", {}),
            **{key: row.get(key, "") for key in ("note", "origin", "scheme")},
            **({"sources": items_of(row["sources"])} if row.get("sources") else {}),
        }

    def _of_label(self, label: str) -> AttributeColumns:
        """Return the columns of one label, guessed from the file where the scheme lacks the label."""
        if label not in self._columns:
            known = self._scheme.label(label)
            attributes = known.attributes if known else guessed_attributes(label, self._table.columns)
            if known is None:
                self.guessed[label] = Label(label, label, attributes=attributes)
            self._columns[label] = AttributeColumns([(label, attributes)])
        return self._columns[label]


def _read_articles(source: Source, works: dict[str, _Work]) -> None:
    knows_progress = {"done", "skipped"} & set(source.table.columns)
    for line, row in source.table.rows():
        try:
            name = bodies.name_of(row, "article", None)
            if name not in works:
                works[name] = _Work(_article(row, _other(row).get("keys", {})))
                works[name].progress = _progress(row) if knows_progress else None
            works[name].texts.append((_part(row), row.get("text", "")))
        except BadRecord as error:
            source.remark(line, f"the article was left out: {error}")


def _part(row: Row) -> int:
    number = row.get("part", "") or "1"
    if not _NUMBER.fullmatch(number):
        raise BadRecord(f"“{number[:40]}” is not the number of a part")
    return int(number)


def _article(row: Row, keys: Mapping[str, Any]) -> Article:
    described = {name: row.get(name, "") for name in _DESCRIBED}
    return bodies.article({**keys, **described, "id": row.get("article", "")})


def _progress(row: Row) -> list[Progress]:
    name = row["article"]
    rows: list[Any] = [
        {"annotator": annotator, "state": state}
        for state in ("done", "skipped")
        for annotator in items_of(row.get(state, ""))
    ]
    return [bodies.progress(p, name) for p in (*rows, *bodies.rows_of(_other(row), "progress"))]


def _read_links(source: Source, scheme: Scheme, works: dict[str, _Work]) -> None:
    home = {a.id: work for work in works.values() for _, a in work.annotations}
    columns = link_columns(scheme)
    for line, row in source.table.rows():
        try:
            link = _link(row, columns, partial(source.remark, line))
            if link.source not in home:
                raise BadRecord("the span it starts from is not in the table of spans")
            home[link.source].links.append(link)
        except BadRecord as error:
            source.remark(line, f"the link was left out: {error}")


def _link(row: Row, columns: AttributeColumns, say: Callable[[str], None]) -> Link:
    other = _other(row)
    kept = {key: row.get(key, "") for key in ("layer", "type", "source", "target")}
    attributes = columns.values(kept["type"], row, say) | other.get("attributes", {})
    return bodies.link({**other.get("keys", {}), **kept, "id": row.get("link", ""), "attributes": attributes})


def _read_entities(source: Source, scheme: Scheme) -> Iterator[Entity]:
    columns = entity_columns(scheme)
    for line, row in source.table.rows():
        try:
            yield _entity(row, columns, partial(source.remark, line))
        except BadRecord as error:
            source.remark(line, f"the entity was left out: {error}")


def _entity(row: Row, columns: AttributeColumns, say: Callable[[str], None]) -> Entity:
    other = _other(row)
    kept = {key: row.get(key, "") for key in ("kind", "name", "note")}
    attributes = columns.values(kept["kind"], row, say) | other.get("attributes", {})
    return bodies.entity(
        {
            **other.get("keys", {}),
            **kept,
            "id": row.get("entity", ""),
            "merged_into": row.get("merged into", ""),
            "attributes": attributes,
        }
    )


def _records(works: dict[str, _Work], remark: Remark) -> Iterator[ArticleRecord]:
    for work in works.values():
        raw = "".join(text for _, text in sorted(work.texts))
        if len(raw) > MAX_TEXT:
            remark(work.line, f"the article was left out: its text has more than {MAX_TEXT:,} characters")
        else:
            yield _record(work, _text(raw), remark)


def _text(raw: str) -> Canonical:
    """Take a text; one that nobody can see counts as none."""
    return Canonical("" if says_nothing(raw) else raw)


def _record(work: _Work, text: Canonical, remark: Remark) -> ArticleRecord:
    lines = work.lines()
    placed = (text.placed(a, partial(remark, line)) for line, a in work.annotations)
    are_told_apart = len(lines) == len({a.id for _, a in work.annotations})
    return ArticleRecord(
        identified(work.article, text.text, partial(remark, None)) if text.text else work.article,
        text.text,
        tuple(a for a in placed if a),
        tuple(work.links),
        None if work.progress is None else tuple(work.progress),
        work.line if are_told_apart else None,
        lines,
    )


def _other(row: Row) -> dict[str, Any]:
    return other_parts(row.get("other", ""))


def _fragments(row: Row) -> list[list[int]]:
    """Read "12..20;25..30"; without it, the columns start and stop."""
    cell = row.get("fragments", "") or f"{row.get('start', '')}..{row.get('stop', '')}"
    matches = [_PAIR.fullmatch(pair) for pair in cell.split(";")]
    if not all(matches):
        raise BadRecord(f"“{cell}” are not offsets; write 12..20, or 12..20;25..30 for two fragments")
    return [[int(m[1]), int(m[2])] for m in matches if m]


def _exact(words: str, fragments: list[list[int]]) -> list[str]:
    """Part the words of a row into those of its fragments; none when they don't tell."""
    if not words or _is_cut(words, fragments):
        return []
    if len(fragments) == 1:
        return [words]
    pieces, at = [], 0
    for start, stop in fragments:
        pieces.append(words[at : at + stop - start])
        at += stop - start + len(" … ")
    if " … ".join(pieces) == words:
        return pieces
    parted = words.split(" … ")
    return parted if len(parted) == len(fragments) else []


def _is_cut(words: str, fragments: list[list[int]]) -> bool:
    """Say whether Excel, which cuts long cells when it saves them, has left only the first words."""
    length = sum(stop - start for start, stop in fragments)
    return length > len(words) and units_of(words) in (MAX_CELL - 1, MAX_CELL)
