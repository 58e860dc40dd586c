"""Deal articles out to annotators: evenly, with as much overlap as is wanted, the same way under one seed."""

import math
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from itertools import combinations

from annotator.services.errors import Refused

Hands = Mapping[str, Collection[str]]
"""The annotators of each article."""


@dataclass(frozen=True, slots=True)
class Overlap:
    """How many annotators read an article: as many for each, or one, and for a share of them two."""

    annotators: int = 1
    share: float = 0.0
    """Between 0 and 1: how many of the articles get two annotators, where `annotators` is 1."""


@dataclass(frozen=True, slots=True)
class Deal:
    """Who gets what: the new hands, and all that each has of these articles then."""

    new: tuple[tuple[str, str], ...]
    """Pairs of article and annotator."""
    hands: Hands
    annotators: tuple[str, ...]

    @property
    def loads(self) -> dict[str, int]:
        """Count the articles that each of the annotators has."""
        counted = Counter(who for hand in self.hands.values() for who in hand)
        return {who: counted[who] for who in self.annotators}

    @property
    def dealt(self) -> int:
        """Count the articles that somebody gets."""
        return len({article for article, _ in self.new})

    @property
    def shared(self) -> int:
        """Count the articles that two or more have."""
        return sum(len(hand) > 1 for hand in self.hands.values())


def parsed_overlap(words: str) -> Overlap:
    """Read "2", annotators for each article, or "20%", a share that two get; ValueError says otherwise."""
    number = words.strip()
    if number.endswith("%"):
        share = _number(number.removesuffix("%"))
        if share is not None and 0 <= share <= 100:
            return Overlap(share=share / 100)
    elif number.isascii() and number.isdigit() and 1 <= len(number) <= 4 and int(number):
        return Overlap(int(number))
    raise ValueError(
        f"“{words}” is no overlap; write how many annotators each article gets, as 2, or the share of"
        " articles that two get, as 20%"
    )


def _number(words: str) -> float | None:
    try:
        number = float(words)
    except ValueError:
        return None
    return number if math.isfinite(number) else None


def deal(
    articles: Sequence[str], annotators: Sequence[str], overlap: Overlap, seed: int, there: Hands
) -> Deal:
    """Deal articles out so that all have as many as another, and pairs meet as often as another.

    What anybody has already (`there`) stays, counts, and isn't dealt again.
    """
    _check(articles, annotators, overlap)
    table = _Table(annotators, {a: list(there.get(a, ())) for a in articles})
    shuffled = {article: _shuffled(seed, article) for article in articles}
    # Those that have most hands stay shared, if only a share is to be.
    order = sorted(shuffled, key=lambda article: (-len(table.hands[article]), shuffled[article]))
    doubled = math.floor(overlap.share * len(order) + 0.5)
    for place, article in enumerate(order):
        wanted = max(overlap.annotators, 2 if place < doubled else 1)
        table.fill(article, wanted, shuffled[article])
    table.even_out()
    return Deal(tuple(table.new), table.hands, tuple(annotators))


def _check(articles: Sequence[str], annotators: Sequence[str], overlap: Overlap) -> None:
    if not annotators:
        raise Refused("nobody was named to get articles; name one annotator or more")
    if len({*annotators}) < len(annotators):
        raise Refused("an annotator is named twice; name each once")
    if not articles:
        raise Refused("there are no articles to deal out; choose some")
    most = max(overlap.annotators, 2 if overlap.share else 1)
    if most > len(annotators):
        raise Refused(
            f"an article can't get {most} annotators, as only {len(annotators)} are named; name more or"
            " choose a smaller overlap"
        )


class _Table:
    """The hands while they are dealt."""

    def __init__(self, annotators: Sequence[str], hands: dict[str, list[str]]) -> None:
        self.hands = hands
        self.new: list[tuple[str, str]] = []
        self._places = {who: place for place, who in enumerate(annotators)}
        self._loads = Counter(dict.fromkeys(annotators, 0))
        self._met = Counter[frozenset[str]]()
        for hand in hands.values():
            self._loads.update(who for who in hand if who in self._loads)
            self._met.update(map(frozenset, combinations(hand, 2)))

    def fill(self, article: str, wanted: int, turn: int) -> None:
        """Give an article to as many as are wanted: to who has fewest, then who met the others least.

        Of several, it goes to the one whose turn it is.
        """
        hand = self.hands[article]
        while len(hand) < wanted:
            free = [who for who in self._places if who not in hand]
            if not free:
                return
            who = min(free, key=lambda who: self._rank(hand, who, turn))
            self._met.update(frozenset((who, other)) for other in hand)
            self._loads[who] += 1
            hand.append(who)
            self.new.append((article, who))

    def even_out(self) -> None:
        """Move what was dealt from who has most to who has fewest: earlier hands make loads uneven."""
        for place, (article, who) in enumerate(self.new):
            hand = self.hands[article]
            free = [other for other in self._places if other not in hand]
            lowest = min(free, key=lambda other: self._loads[other], default=who)
            if self._loads[who] - self._loads[lowest] > 1:
                self._loads[who] -= 1
                self._loads[lowest] += 1
                hand[hand.index(who)] = lowest
                self.new[place] = (article, lowest)

    def _rank(self, hand: Sequence[str], who: str, turn: int) -> tuple[int, int, int]:
        met = sum(self._met[frozenset((who, other))] for other in hand)
        return self._loads[who], met, (self._places[who] + turn) % len(self._places)


def _shuffled(seed: int, key: str) -> int:
    digest = sha256(f"{seed}\n{key}".encode("utf-8", "surrogatepass")).digest()
    return int.from_bytes(digest[:8], "big")
