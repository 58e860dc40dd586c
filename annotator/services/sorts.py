"""Incoming spans in sorts that every choice treats alike, so that a choice is arithmetic on sorts."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from annotator.model.figure import figure_problem
from annotator.model.records import Annotation, Link
from annotator.model.scheme import Attribute, AttributeKind
from annotator.services.homes import Home
from annotator.services.placing import Placing

Fate = Literal["new", "known", "nowhere"]
"""What becomes of a span that is wanted: it comes in, the project has it, or it stands in no place."""

_PLAIN = frozenset((bool, int, float))

_DAY = re.compile(r"\d{4}-\d\d-\d\d")


def _is_day(value: Any) -> bool:
    return isinstance(value, str) and _DAY.fullmatch(value) is not None


def _is_figure(value: Any) -> bool:
    return isinstance(value, dict) and "words" in value and not figure_problem(value)


def _are_choices(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(item, str) and item for item in value)


KINDS: Mapping[AttributeKind, Callable[[Any], bool]] = {
    "flag": lambda value: isinstance(value, bool),
    "number": lambda value: isinstance(value, int | float),
    "date": _is_day,
    "text": lambda value: isinstance(value, str),
    "figure": _is_figure,
    "choices": _are_choices,
}
"""What values fit an attribute of a kind, the narrowest kind first."""


@dataclass(slots=True, eq=False)
class Incoming:
    """One span of a file; `number` tells where among all it was read, `is_local` whether its id is stored.

    Its id, layer and sort depend on whose work it is to be.
    """

    claimed: Annotation
    number: int
    line: int | None
    file: Path | None
    is_local: bool
    placing: Placing | None = None
    id: str = ""
    layer: str = ""
    sort: "Sort | None" = None


class Values:
    """What the spans of a sort say by one attribute: each value with how often and by which span first."""

    __slots__ = ("_counts", "_firsts", "_kinds", "_others", "seen_with")

    def __init__(self) -> None:
        self._counts: dict[Any, int] = {}
        self._firsts: dict[Any, Incoming] = {}
        self._others: list[tuple[Any, Incoming]] = []
        """Lists and figures, which have no hash, one by one."""
        self._kinds: frozenset[str] | None = None
        self.seen_with: tuple[Attribute, Any] | None = None
        """What was found when these values were last held against an attribute."""

    def add(self, value: Any, span: Incoming) -> None:
        kind = type(value)
        if kind is not str and kind not in _PLAIN:
            self._others.append((value, span))
            return
        key = value if kind is str else (kind, value)
        before = self._counts.get(key, 0)
        self._counts[key] = before + 1
        if not before:
            self._firsts[key] = span

    def kinds(self) -> frozenset[str]:
        """Name the kinds of attribute that all of these values would fit."""
        if self._kinds is None:
            values = [value for value, *_ in self.each()]
            self._kinds = frozenset(kind for kind, fits in KINDS.items() if all(map(fits, values)))
        return self._kinds

    def each(self) -> Iterator[tuple[Any, int, Incoming]]:
        """Yield values, how often each came, and its first span."""
        for key, count in self._counts.items():
            yield key if type(key) is str else key[1], count, self._firsts[key]
        for value, span in self._others:
            yield value, 1, span


@dataclass(slots=True, eq=False)
class Sort:
    """Spans of one file with one label and fate that say something by the same attributes, in one order.

    `names` are those attributes. A span whose id came before is of a sort of its own, for which of them comes
    in depends on what is left out. `remarked` are spans that were moved or are nowhere.
    """

    label: str
    fate: Fate
    names: tuple[str, ...]
    contested: str
    number: int
    spans: list[Incoming] = field(default_factory=list)
    values: dict[str, Values] = field(default_factory=dict)
    homes: dict[str, int] = field(default_factory=dict)
    """How many spans there are in each article."""
    layers: dict[str, int] = field(default_factory=dict)
    """How many spans there are of each annotator."""
    remarked: list[Incoming] = field(default_factory=list)

    def add(self, span: Incoming, home: Home) -> None:
        """Take in one more span of this sort."""
        span.sort = self
        self.spans.append(span)
        article = home.article.id
        self.homes[article] = self.homes.get(article, 0) + 1
        self.layers[span.layer] = self.layers.get(span.layer, 0) + 1
        if self.fate != "known" and span.placing and span.placing.remark:
            self.remarked.append(span)
        said = span.claimed.attributes
        for name, values in self.values.items():
            values.add(said[name], span)

    def let_go(self) -> None:
        """Forget the spans; what was decided of them stays."""
        self.spans, self.values, self.remarked = [], {}, []


@dataclass(slots=True, eq=False)
class IncomingLink:
    """A link with the id, layer and ends that it will have; `file` is where it stands.

    `number` tells where among all links it was read.
    """

    link: Link
    id: str
    layer: str
    ends: tuple[str, str]
    number: int
    line: int | None
    file: Path


LinkFate = Literal["new", "known", "each"]
"""A link comes in with its ends, or is there already, or has to be looked at by itself."""


@dataclass(slots=True, eq=False)
class LinkSort:
    """Links of one file with one type between spans of the same two sorts."""

    type: str
    fate: LinkFate
    ends: tuple[Sort | None, ...]
    links: list[IncomingLink] = field(default_factory=list)
