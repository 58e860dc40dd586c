"""The values that cross between a format and the rest: a header, then one record an article."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import BinaryIO

from annotator.model.records import Annotation, Article, Entity, Link, Progress
from annotator.model.scheme import Label, Scheme

Remark = Callable[[int | None, str], None]
"""Where a reader reports what it left out or mended: line (from 1) or None, and one sentence."""

OpenPart = Callable[[str], BinaryIO]
"""Opens one file of an export for writing: "" is the main file, "links" the one beside it for links."""


@dataclass(frozen=True, slots=True)
class Header:
    """What a dataset says once. `scheme` is None when the format doesn't carry one.

    `labels` are what a file without a scheme shows of labels that the project's scheme lacks.
    """

    title: str = ""
    scheme: Scheme | None = None
    labels: tuple[Label, ...] = ()
    entities: tuple[Entity, ...] = ()


@dataclass(frozen=True, slots=True)
class ArticleRecord:
    """One article with everything said of it; a link stands with its source.

    From a reader, the text is canonical and the fragments count its code points, but they are only
    claims: an empty `anchor.exact` means that the file has no words to check them by. An empty id, layer
    or origin was not stated. `progress` is None when the format doesn't know it. `line` is where the
    record begins in its file, `lines` where its annotations do, by id, if elsewhere.
    """

    article: Article
    text: str
    annotations: tuple[Annotation, ...] = ()
    links: tuple[Link, ...] = ()
    progress: tuple[Progress, ...] | None = None
    line: int | None = None
    lines: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Dataset:
    """A header and a stream of records, so that a million spans never stand in memory at once."""

    header: Header
    records: Iterable[ArticleRecord]

    def __iter__(self) -> Iterator[ArticleRecord]:
        return iter(self.records)
