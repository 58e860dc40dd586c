"""What a format can hold, and what is lost where it can't: counted and named before anything is written."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from annotator.formats.dataset import ArticleRecord, Header
from annotator.model.records import Annotation

Lost = tuple[str, str]
"""What is lost, in words that follow a number ("spans in several fragments"), and one example of it."""


@dataclass(frozen=True, slots=True)
class Holds:
    """What a format can hold of annotations."""

    nested: bool
    fragments: bool
    attributes: bool
    links: bool
    layers: bool


@dataclass(frozen=True, slots=True)
class Loss:
    """One thing that will be missing, how often, and an example of it."""

    what: str
    count: int
    example: str


class Tally:
    """Counts losses, keeping of the examples of each the least: the same one in whatever order they come."""

    def __init__(self) -> None:
        self._counts: dict[str, int] = {}
        self._examples: dict[str, str] = {}

    def add(self, lost: Iterable[Lost]) -> None:
        for what, example in lost:
            self._counts[what] = self._counts.get(what, 0) + 1
            self._examples[what] = min(example, self._examples.get(what, example))

    def losses(self) -> tuple[Loss, ...]:
        """List the losses by name."""
        return tuple(Loss(what, self._counts[what], self._examples[what]) for what in sorted(self._counts))


def unreadable(records: Iterable[tuple[str, str]]) -> Iterator[Lost]:
    """Name the records, by kind and id, that are left out because nobody can read them."""
    return (("records left out because they can't be read", f"{kind} {own_id}") for kind, own_id in records)


@dataclass(frozen=True, slots=True)
class Lacks:
    """Everything one format loses: by its flags, and by what its module says of itself."""

    holds: Holds
    of_header: Callable[[Header], Iterable[Lost]]
    of_record: Callable[[ArticleRecord], Iterable[Lost]]

    def in_header(self, header: Header) -> Iterator[Lost]:
        yield from self.of_header(header)

    def in_record(self, record: ArticleRecord) -> Iterator[Lost]:
        yield from _by_flags(self.holds, record)
        yield from self.of_record(record)


def nothing_of_header(_: Header) -> Iterable[Lost]:
    return ()


def nothing_of_record(_: ArticleRecord) -> Iterable[Lost]:
    return ()


def lost_sources(record: ArticleRecord) -> Iterator[Lost]:
    """Name the gold spans of a format that doesn't hold which annotations they came from."""
    what = "gold spans without the annotations they came from"
    return ((what, quoted(a)) for a in record.annotations if a.sources)


def quoted(annotation: Annotation) -> str:
    """Show an annotation in a report: its label and its first words."""
    words = " ".join(annotation.words.split())
    return f"{annotation.label} “{words if len(words) <= 60 else words[:59] + '…'}”"


def _by_flags(holds: Holds, record: ArticleRecord) -> Iterator[Lost]:
    """Name what is lost of spans that can be written at all; `fitting.py` sees to those that can't."""
    for a in () if holds.attributes and holds.layers else record.annotations:
        if not holds.attributes and a.attributes:
            yield "spans whose attributes are left out", quoted(a)
        if not holds.layers:
            yield "spans whose annotator is not named", f"{quoted(a)} by {a.layer}"
    if not holds.links:
        yield from (("links", f"{link.type}, by {link.layer}") for link in record.links)
