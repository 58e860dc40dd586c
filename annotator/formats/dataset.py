"""The values that cross between a format and the rest: a header, then one record an article."""

from collections import Counter
from collections.abc import Callable, Collection, Generator, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO, Protocol

from annotator.model.records import Annotation, Article, Entity, Link, Progress
from annotator.model.review import Reply, Verdict
from annotator.model.scheme import Label, Scheme


class Remark(Protocol):
    """Where a reader reports what it left out or mended: line (from 1) or None, and one sentence.

    `file` is needed where it isn't the one that `read` was called with.
    """

    def __call__(self, line: int | None, message: str, /, *, file: Path | None = None) -> None: ...


OpenPart = Callable[[str], BinaryIO]
"""Opens one file of an export for writing.

In a format of one file, "" is the main file and any other name one of the format's `parts`; in a format
that is a folder, the name is the path of the file in it, with "/" between folders. A format of many files
closes each when it is written; the others are closed at the end.
"""


Tag = tuple[str, str]
"""A layer and a label."""


@dataclass(frozen=True, slots=True)
class Header:
    """What a dataset says once. `scheme` is None when the format doesn't carry one.

    `labels` are what a file without a scheme shows of labels that the project's scheme lacks. `layers` are
    those whose work may be in the records, where that is known before they are read.
    """

    title: str = ""
    scheme: Scheme | None = None
    labels: tuple[Label, ...] = ()
    entities: tuple[Entity, ...] = ()
    layers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ArticleRecord:
    """One article with everything said of it; a link stands with its source.

    From a reader, the text is canonical and the fragments count its code points, but they are only
    claims: an empty `anchor.exact` means that the file has no words to check them by, no fragments that it
    has words and no place. An empty id, layer or origin was not stated. `progress` is None when the format
    doesn't know it. `line` is where the record begins in its file, `lines` where its annotations do, by id,
    if elsewhere. `file` is where all that stands, if it isn't the file or folder that was read, and `files`
    where its annotations do, by id. `local` are ids that tell annotations apart in what is read and nowhere
    else, such as “T1”: they are not stored.
    """

    article: Article
    text: str
    annotations: tuple[Annotation, ...] = ()
    links: tuple[Link, ...] = ()
    progress: tuple[Progress, ...] | None = None
    line: int | None = None
    lines: Mapping[str, int] = field(default_factory=dict)
    file: Path | None = None
    files: Mapping[str, Path] = field(default_factory=dict)
    local: Collection[str] = ()
    verdicts: tuple[Verdict, ...] = ()
    """Whose `revision` is empty where the annotation was changed after it was read."""
    replies: tuple[Reply, ...] = ()

    @property
    def size(self) -> int:
        """How many annotations there are."""
        return len(self.annotations)

    @property
    def tags(self) -> Counter[Tag]:
        """How many annotations there are of each layer and label."""
        return tags_of(self.annotations)


def tags_of(annotations: Iterable[Annotation]) -> Counter[Tag]:
    """Count annotations by layer and label."""
    return Counter((a.layer, a.label) for a in annotations)


@dataclass(frozen=True, slots=True)
class Dataset:
    """A header and a stream of records, so that a million spans never stand in memory at once."""

    header: Header
    records: Iterable[ArticleRecord]

    def __iter__(self) -> Iterator[ArticleRecord]:
        return iter(self.records)

    @contextmanager
    def closing(self) -> Iterator[Iterator[ArticleRecord]]:
        """Iterate over the records, and close what they come from even if they are not all taken."""
        stream = iter(self.records)
        try:
            yield stream
        finally:
            if isinstance(stream, Generator):
                stream.close()
