"""Which annotations of two or more annotators are about the same thing: best one-to-one overlap."""

from collections.abc import Callable, Iterable, Sequence
from itertools import combinations

from annotator.model.span import Fragments, Span, intersection, size

Placed = tuple[Fragments, str]
"""Where an annotation stands, and its label."""

Alike = Callable[[str, str], bool]
"""Says whether annotations with two labels may be about the same thing."""

Key = tuple[int, int]
"""Whose annotation it is, and which of theirs."""

Rank = tuple[tuple[tuple[int, int], ...], str]
"""Fragments as plain numbers, and the label."""

Candidate = tuple[float, bool, Rank, Rank, int, int, float]


def overlap(one: Sequence[Span], other: Sequence[Span]) -> float:
    """Return how much two sets of fragments share: code points in both / in either (Jaccard), 0 to 1."""
    if len(one) == len(other) == 1:  # Nearly all are.
        a, b = one[0], other[0]
        shared = min(a.stop, b.stop) - max(a.start, b.start)
        return shared / (a.stop - a.start + b.stop - b.start - shared) if shared > 0 else 0.0
    shared = intersection(one, other)
    return shared / (size(one) + size(other) - shared) if shared else 0.0


def pairs(
    one: Sequence[Placed], other: Sequence[Placed], alike: Alike, threshold: float = 0.0
) -> list[tuple[int, int, float]]:
    """Match the annotations of two annotators, each with at most one: the best overlap first, greedily.

    Each pair is (index in `one`, index in `other`, overlap), in the order of `one`. A pair needs some
    overlap, of at least `threshold`. Of pairs that overlap alike, those with the same label come first,
    then those that stand earlier, so the result does not depend on the order of either list.
    """
    return Matching((one, other), alike, threshold).pairs(0, 1)


def groups(lists: Sequence[Sequence[Placed]], alike: Alike, threshold: float = 0.0) -> list[list[Key]]:
    """Group the annotations of several annotators: what is about the same thing, at most one of each.

    An annotation is (whose, index). The best overlaps of all pairs of annotators come first, of at least
    `threshold`; two groups are joined only while no annotator would have two in it. Groups stand in the
    order of the text.
    """
    found = Matching(lists, alike, threshold).groups()
    grouped = {key for group in found for key in group}
    every = ((who, i) for who, placed in enumerate(lists) for i in range(len(placed)))
    found += ([key] for key in every if key not in grouped)
    return sorted(found, key=lambda group: _first(lists, group))


class Matching:
    """What the annotations of several annotators can be matched with, ready to be paired and grouped."""

    def __init__(self, lists: Sequence[Sequence[Placed]], alike: Alike, threshold: float = 0.0) -> None:
        self._found: dict[tuple[int, int], list[Candidate]] = {
            (a, b): sorted(_candidates(lists[a], lists[b], alike, threshold))
            for a, b in combinations(range(len(lists)), 2)
        }

    def pairs(self, one: int, other: int) -> list[tuple[int, int, float]]:
        """Match the annotations of two of them as `pairs` does; `one` comes before `other`."""
        taken: tuple[set[int], set[int]] = set(), set()
        matched = []
        for *_, i, j, share in self._found[one, other]:
            if i not in taken[0] and j not in taken[1]:
                taken[0].add(i)
                taken[1].add(j)
                matched.append((i, j, share))
        return sorted(matched)

    def groups(self) -> list[list[Key]]:
        """Group the annotations of all as `groups` does, but only those that match any, in no order."""
        group_of: dict[Key, list[Key]] = {}
        for *_, (a, i), (b, j) in self._ranked():
            mine, theirs = group_of.setdefault((a, i), [(a, i)]), group_of.setdefault((b, j), [(b, j)])
            if mine is not theirs and not {who for who, _ in mine} & {who for who, _ in theirs}:
                mine += theirs
                for key in theirs:
                    group_of[key] = mine
        distinct = {id(group): sorted(group) for group in group_of.values() if len(group) > 1}
        return list(distinct.values())

    def _ranked(self) -> list[tuple[Candidate, Key, Key]]:
        return sorted(
            (candidate, (a, candidate[-3]), (b, candidate[-2]))
            for (a, b), found in self._found.items()
            for candidate in found
        )


def _first(lists: Sequence[Sequence[Placed]], group: Sequence[Key]) -> tuple[int, int, object]:
    placed = [lists[who][i][0] for who, i in group]
    return min(f[0].start for f in placed), -max(f[-1].stop for f in placed), group


def _candidates(
    one: Sequence[Placed], other: Sequence[Placed], alike: Alike, threshold: float
) -> Iterable[Candidate]:
    mine, theirs = [_ranks(placed) for placed in one], [_ranks(placed) for placed in other]
    for i, j in _near(one, other):
        (fragments, label), (their_fragments, their_label) = one[i], other[j]
        if not alike(label, their_label):
            continue
        share = overlap(fragments, their_fragments)
        if share > 0 and share >= threshold:
            a, b = mine[i], theirs[j]
            yield -share, label != their_label, min(a, b), max(a, b), i, j, share


def _ranks(placed: Placed) -> Rank:
    """Return what sorts like an annotation's place and label, and faster."""
    fragments, label = placed
    return tuple([(f.start, f.stop) for f in fragments]), label


def _near(one: Sequence[Placed], other: Sequence[Placed]) -> Iterable[tuple[int, int]]:
    """Yield the pairs whose hulls overlap, by a sweep over both lists in order of place."""
    mine, theirs = sorted(_hulls(one)), sorted(_hulls(other))
    active: list[tuple[int, int, int]] = []
    at = 0
    for start, stop, i in mine:
        while at < len(theirs) and theirs[at][0] < stop:
            active.append(theirs[at])
            at += 1
        # `mine` comes in order of its starts, so what ends before this one ends before all that follow.
        active = [hull for hull in active if hull[1] > start]
        yield from ((i, j) for begin, _, j in active if begin < stop)


def _hulls(placed: Sequence[Placed]) -> Iterable[tuple[int, int, int]]:
    return ((fragments[0].start, fragments[-1].stop, i) for i, (fragments, _) in enumerate(placed))
