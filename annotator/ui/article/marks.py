"""The annotations of the article shown, ordered and laned for quick questions."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate
from typing import NamedTuple

from annotator.model.records import Annotation
from annotator.model.span import Fragments, hull, lanes, size


class Mark(NamedTuple):
    """One annotation with the range its fragments reach over, and the lane its underline lies in."""

    start: int
    minus_stop: int
    """Negative, so that marks sort into reading order with the longer first."""
    lane: int
    annotation: Annotation

    @property
    def stop(self) -> int:
        return -self.minus_stop

    @property
    def id(self) -> str:
        return self.annotation.id

    @property
    def fragments(self) -> Fragments:
        return self.annotation.fragments


class Marks:
    """All annotations of an article, in reading order, longer ones first."""

    def __init__(self, annotations: Sequence[Annotation] = ()) -> None:
        fragments = [annotation.fragments for annotation in annotations]
        starts = [f[0].start for f in fragments]
        stops = [-f[0].stop if len(f) == 1 else -hull(f).stop for f in fragments]
        # No two marks have start, stop and lane in common, so annotations are never compared.
        self._marks = sorted(map(Mark, starts, stops, lanes(fragments), annotations))
        self._starts = sorted(starts)
        self._reach = list(accumulate((-mark[1] for mark in self._marks), max))
        self._depths: dict[tuple[int, int], int] = {}
        self._by_id = {mark[3].id: mark for mark in self._marks}

    def __len__(self) -> int:
        return len(self._marks)

    def __iter__(self) -> Iterator[Mark]:
        return iter(self._marks)

    def get(self, annotation: str) -> Mark | None:
        return self._by_id.get(annotation)

    def between(self, start: int, stop: int) -> list[Mark]:
        """List the annotations that reach into a range of code points, outer ones first."""
        first = bisect_right(self._reach, start)
        last = bisect_left(self._starts, stop)
        return [mark for mark in self._marks[first:last] if -mark[1] > start]

    def depth(self, start: int, stop: int) -> int:
        """Count the lanes that are used in a range."""
        known = self._depths.get((start, stop))
        if known is None:
            known = 1 + max((mark.lane for mark in self.between(start, stop)), default=-1)
            self._depths[start, stop] = known
        return known

    def following(self, annotation: str, offset: int, step: int) -> Mark | None:
        """Return the next (1) or previous (-1) annotation, from the one given or else from an offset.

        After the last one comes the first.
        """
        here = self._by_id.get(annotation)
        if here is None:
            at = bisect_left(self._starts, offset) - (step < 0)
        else:
            at = bisect_left(self._marks, here) + step
        return self._marks[at % len(self._marks)] if self._marks else None


def smallest_first(marks: Iterable[Mark]) -> list[Mark]:
    """Sort annotations by how many characters they mark; of equal ones the inner first."""
    return sorted(marks, key=lambda mark: (size(mark.fragments), -mark.lane, mark.id))
