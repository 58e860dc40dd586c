"""Work that other tools keep in JSON Lines: a line for each annotator of a text, joined when read."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Any

from annotator.formats.dataset import ArticleRecord, Remark
from annotator.formats.errors import FormatError
from annotator.formats.parts import bodies
from annotator.formats.parts.bodies import BadRecord
from annotator.formats.parts.canonical import Canonical, identified
from annotator.formats.parts.decoding import MAX_TEXT
from annotator.formats.parts.derived_ids import derived_id
from annotator.formats.parts.json_lines import lines_of, opened, value_of
from annotator.model.change import to_json
from annotator.model.records import Annotation, Article, Link, Progress
from annotator.model.text import says_nothing

Row = dict[str, Any]


def workers(record: ArticleRecord, links: Iterable[Link]) -> list[str]:
    """Name everybody who has spans, links or progress in an article."""
    names = {a.layer for a in record.annotations} | {link.layer for link in links}
    return sorted(names | {p.annotator for p in record.progress or ()})


def shared_links(links: Iterable[Link], row_of: Callable[[Link], Row]) -> Row:
    """Return the key “links” for links that lead out of a line; nothing where there are none."""
    rows = [row_of(link) for link in links]
    return {"links": rows} if rows else {}


def take_rows(path: Path, tool: str, remark: Remark, take: Callable[[int, Row], None]) -> None:
    """Hand on each line that is an object, with its number; raise FormatError when none can be taken."""
    taken, first = 0, ""
    with opened(path) as file:
        for number, line in lines_of(file):
            try:
                take(number, bodies.row_of(value_of(line), "it"))
                taken += 1
            except BadRecord as error:
                remark(number, f"the line was left out: {error}")
                first = first or f" (line {number}: {error})"
    if not taken:
        raise FormatError(
            f"{path.name} has no line that {tool} could have written{first}; choose another format"
        )


@dataclass(slots=True)
class Work:
    """What the lines of one text bring. `knows_states` says that all of them tell who has read it."""

    article: Article
    text: Canonical
    file: str
    line: int
    marks: list[tuple[int, Annotation]] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    states: dict[str, Progress] = field(default_factory=dict)
    knows_states: bool = True
    repeated: int = 0
    _seen: dict[tuple[Any, ...], tuple[int, int]] = field(default_factory=dict)

    def add(self, line: int, annotation: Annotation) -> int:
        """Add an annotation and return its place; one that an earlier line has is not new."""
        key = (annotation.layer, annotation.label, annotation.fragments, to_json(annotation.attributes))
        first, at = self._seen.setdefault(key, (line, len(self.marks)))
        if first != line and annotation.id in ("", self.marks[at][1].id):
            self.repeated += 1
            return at
        self.marks.append((line, annotation))
        return len(self.marks) - 1

    def id_at(self, at: int) -> str:
        """Return the id of the annotation at a place, giving it one if it has none: a link needs it."""
        line, a = self.marks[at]
        if not a.id:
            own_id = derived_id(self.file, self.article.id, a.layer, a.label, a.fragments, at)
            self.marks[at] = line, replace(a, id=own_id)
        return self.marks[at][1].id

    def record(self) -> ArticleRecord:
        """Return everything as one record."""
        lines = {annotation.id: line for line, annotation in self.marks}
        if sum(not annotation.id for _, annotation in self.marks) > 1:
            del lines[""]
        return ArticleRecord(
            self.article,
            self.text.text,
            tuple(annotation for _, annotation in self.marks),
            tuple(self.links),
            tuple(self.states[name] for name in sorted(self.states)) if self.knows_states else None,
            self.line,
            lines,
        )


class Works:
    """The works of one file, by article; lines of one text come together."""

    def __init__(self, path: Path, remark: Remark) -> None:
        self._file, self._remark = path.name, remark
        self._works: dict[str, Work] = {}

    def find(self, line: int, article: Article, raw: str) -> Work:
        """Return the work on an article with this text; raise BadRecord for a text that can't be one."""
        if says_nothing(raw):
            raise BadRecord("its text holds nothing but characters that can't be seen")
        if len(raw) > MAX_TEXT:
            raise BadRecord(f"its text has {len(raw):,} characters, at most {MAX_TEXT:,} are taken; split it")
        text = Canonical(raw)
        article = identified(article, text.text, partial(self._remark, line))
        return self._works.setdefault(article.id, Work(article, text, self._file, line))

    def records(self) -> list[ArticleRecord]:
        """Return the records in the order of their first lines, saying what was taken once."""
        repeated = sum(work.repeated for work in self._works.values())
        if repeated:
            what = "spans that several lines of one annotator have were taken once"
            self._remark(None, f"{what}: {repeated:,}")
        return [work.record() for work in self._works.values()]


class Mentions:
    """What is said once of a file, with how many lines it concerns; the remark stands at the first."""

    def __init__(self) -> None:
        self._counts: Counter[str] = Counter()
        self._first: dict[str, int] = {}

    def add(self, line: int, what: str, count: int = 1) -> None:
        self._counts[what] += count
        self._first.setdefault(what, line)

    def tell(self, remark: Remark) -> None:
        for what, count in self._counts.items():
            remark(self._first[what], f"{what}: {count:,}")
