"""The annotations of the article shown, ordered and laned for quick questions."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import accumulate
from typing import NamedTuple

from annotator.model.records import Annotation
from annotator.model.span import Fragments, hull, lanes, size

_NO_ROWS: Mapping[int, int] = {}


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
    """All annotations of an article, in reading order, longer ones first.

    Where `layers` are named, those of each have lanes of their own, in the order of the layers; what is in
    no layer named comes last.
    """

    def __init__(self, annotations: Sequence[Annotation] = (), layers: Sequence[str] = ()) -> None:
        fragments = [annotation.fragments for annotation in annotations]
        starts = [f[0].start for f in fragments]
        stops = [-f[0].stop if len(f) == 1 else -hull(f).stop for f in fragments]
        self._groups: tuple[range, ...] = ()
        self._spare = range(0)
        placed = self._grouped(annotations, layers) if layers else lanes(fragments)
        # No two marks have start, stop and lane in common, so annotations are never compared.
        self._marks = sorted(map(Mark, starts, stops, placed, annotations))
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
            rows = self.rows(start, stop)
            known = 1 + max(rows.values() or [mark.lane for mark in self.between(start, stop)], default=-1)
            self._depths[start, stop] = known
        return known

    def rows(self, start: int, stop: int) -> Mapping[int, int]:
        """Say which lane lies where in a range, when layers have lanes of their own; else nothing.

        Each layer named keeps at least one row, so that the order of the rows says whose spans they are.
        """
        if not self._groups:
            return _NO_ROWS
        used = [mark.lane for mark in self.between(start, stop)]
        rows: dict[int, int] = {}
        for group in self._groups:
            least = group.start - (group is self._spare)
            deepest = max((lane for lane in used if lane in group), default=least)
            rows |= {lane: len(rows) + lane - group.start for lane in range(group.start, deepest + 1)}
        return rows

    def _grouped(self, annotations: Sequence[Annotation], layers: Sequence[str]) -> list[int]:
        """Give each layer lanes that follow those of the layer before; unnamed ones share the last lanes."""
        order = {layer: number for number, layer in enumerate(layers)}
        members: list[list[int]] = [[] for _ in range(len(layers) + 1)]
        for i, annotation in enumerate(annotations):
            members[order.get(annotation.layer, len(layers))].append(i)
        result = [0] * len(annotations)
        first, groups = 0, []
        for group in members:
            within = lanes([annotations[i].fragments for i in group])
            for i, lane in zip(group, within, strict=True):
                result[i] = first + lane
            groups.append(range(first, first + 1 + max(within, default=0)))
            first = groups[-1].stop
        self._groups, self._spare = tuple(groups), groups[-1]
        return result

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
