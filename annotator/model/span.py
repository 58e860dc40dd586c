"""Spans of a text and the algebra on them.

Offsets are 0-based, end-exclusive, in Unicode code points of the stored text.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from heapq import heappop, heappush


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Half-open range of code points: `text[start:stop]` is the span. Never empty."""

    start: int
    stop: int

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.stop:
            raise ValueError(f"a span needs 0 <= start < stop, not {self.start} to {self.stop}")

    def __len__(self) -> int:
        return self.stop - self.start

    def overlaps(self, other: "Span") -> bool:
        return self.start < other.stop and other.start < self.stop

    def contains(self, other: "Span") -> bool:
        return self.start <= other.start and other.stop <= self.stop

    def holds(self, offset: int) -> bool:
        """Say whether the character at `offset` lies in the span."""
        return self.start <= offset < self.stop


Fragments = tuple[Span, ...]
"""One or more spans, in order, apart from each other: what one annotation marks."""


def joined(spans: Iterable[Span]) -> Fragments:
    """Sort spans and join those that overlap or touch."""
    result: list[Span] = []
    for span in sorted(spans):
        if result and span.start <= result[-1].stop:
            result[-1] = Span(result[-1].start, max(result[-1].stop, span.stop))
        else:
            result.append(span)
    return tuple(result)


def hull(fragments: Sequence[Span]) -> Span:
    """Return the smallest span that holds every fragment."""
    return Span(fragments[0].start, max(f.stop for f in fragments))


def size(fragments: Iterable[Span]) -> int:
    """Count the code points in all fragments."""
    return sum(len(f) for f in fragments)


def intersection(a: Sequence[Span], b: Sequence[Span]) -> int:
    """Count the code points that two sorted sets of fragments share."""
    shared = i = j = 0
    while i < len(a) and j < len(b):
        shared += max(0, min(a[i].stop, b[j].stop) - max(a[i].start, b[j].start))
        if a[i].stop <= b[j].stop:
            i += 1
        else:
            j += 1
    return shared


def shared(a: Sequence[Span], b: Sequence[Span]) -> Fragments:
    """Return the stretches that two sorted sets of fragments share."""
    found: list[Span] = []
    i = j = 0
    while i < len(a) and j < len(b):
        start, stop = max(a[i].start, b[j].start), min(a[i].stop, b[j].stop)
        if start < stop:
            found.append(Span(start, stop))
        if a[i].stop <= b[j].stop:
            i += 1
        else:
            j += 1
    return tuple(found)


def trimmed(text: str, span: Span) -> Span | None:
    """Leave white space at both ends out of the span; None when nothing else is in it."""
    words = text[span.start : span.stop]
    start = span.start + len(words) - len(words.lstrip())
    stop = span.stop - (len(words) - len(words.rstrip()))
    return Span(start, stop) if start < stop else None


def lanes(marked: Sequence[Fragments]) -> list[int]:
    """Give each annotation of an article a lane, so that no two in one lane overlap.

    Longer ones that start earlier come first, so what is nested lies further down; lanes depend on all
    annotations of the article and not on what is visible, so they do not jump while scrolling.
    Fragments take their whole hull, else an underline would break what stands between.
    """
    hulls = [
        (m[0].start, -max(f.stop for f in m)) if len(m) > 1 else (m[0].start, -m[0].stop) for m in marked
    ]
    busy: list[tuple[int, int]] = []
    free: list[int] = []
    result = [0] * len(marked)
    for i in sorted(range(len(marked)), key=hulls.__getitem__):
        start, stop = hulls[i][0], -hulls[i][1]
        while busy and busy[0][0] <= start:
            heappush(free, heappop(busy)[1])
        lane = heappop(free) if free else len(busy)
        heappush(busy, (stop, lane))
        result[i] = lane
    return result
