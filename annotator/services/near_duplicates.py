"""Find articles that are the same but for some words: wire copy under another headline, or cut at its end.

MinHash proposes pairs, and each pair is then compared exactly, by the runs of three words that it shares.
"""

import hashlib
import re
import unicodedata
from array import array
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import combinations
from operator import eq

from annotator.services.scripts import UNSPACED

RUN = 3
"""Words in a run; characters, in scripts that don't set words apart."""
ALIKE = 0.5
"""Share of the runs in either of two articles that are in both, from which they are near-duplicates."""

_ROWS, _BANDS = 3, 85
"""Slots of a sketch that make a band, and bands: a pair at the threshold is missed once in 80,000."""
_SEED = 1
_HOPELESS = 0.35
"""Estimates below which no pair is compared exactly: five standard errors below the threshold."""
_AT_HAND = 500
"""Articles whose runs are kept at hand while pairs are compared."""

_UNSPACED_CHARACTER = re.compile(f"[{UNSPACED}]")
_UNSPACED_WORD = re.compile(f"[{UNSPACED}]|[^\\W{UNSPACED}]+")
_WORD = re.compile(r"\w+")

Groups = dict[str, list[str]]
"""The ids of articles that belong together, by a key that only their words make."""


@dataclass(frozen=True, slots=True)
class Clusters:
    """How many groups have two articles or more, how many articles are in those, and in each part."""

    clusters: int
    clustered_articles: int
    parts: Mapping[str, int] = field(default_factory=dict)

    @property
    def told(self) -> str:
        """Say it in sentences."""
        amount = f"{self.clusters:,} {'cluster' if self.clusters == 1 else 'clusters'}"
        together = f"{amount} of near-duplicates, {self.clustered_articles:,} articles, each in one part."
        parts = ", ".join(f"{name} {articles:,}" for name, articles in self.parts.items())
        return f"{together if self.clusters else 'No two articles are near-duplicates.'} Articles: {parts}."


class NearDuplicates:
    """Takes articles one by one, keeps a kilobyte of each, and groups those that are alike."""

    def __init__(self) -> None:
        self._folds: dict[str, list[str]] = {}
        self._sketches: dict[bytes, list[str]] = {}

    def add(self, article_id: str, text: str) -> None:
        words = words_of(text)
        self._folds.setdefault(fold(words), []).append(article_id)
        self._sketches.setdefault(_sketch(words), []).append(article_id)

    def groups(self, text_of: Callable[[str], str]) -> Groups:
        """Group all articles; those that are like a third one stand together too.

        The groups don't depend on the order in which articles came.
        """
        joined = _Joined()
        for same in (*self._folds.values(), *self._sketches.values()):
            joined.join(same)
        pairs = _Pairs({ids[0]: sketch for sketch, ids in self._sketches.items()}, text_of)
        for bucket in _buckets(self._sketches):
            for one, other in combinations(bucket, 2) if joined.are_apart(bucket) else ():
                if joined.are_apart((one, other)) and pairs.are_alike(one, other):
                    joined.join((one, other))
        return self._keyed(joined)

    def _keyed(self, joined: "_Joined") -> Groups:
        """Give each group the least of its articles' fingerprints as key."""
        groups: Groups = {}
        keys: dict[str, str] = {}
        for fingerprint, ids in sorted(self._folds.items()):
            for article_id in ids:
                key = keys.setdefault(joined.lead(article_id), fingerprint)
                groups.setdefault(key, []).append(article_id)
        return groups


def clusters_of(groups: Groups) -> Clusters:
    """Count what a split has to keep together."""
    sizes = [len(ids) for ids in groups.values() if len(ids) > 1]
    return Clusters(len(sizes), sum(sizes))


class _Pairs:
    """Compares pairs of articles: sketches first, then runs."""

    def __init__(self, sketches: Mapping[str, bytes], text_of: Callable[[str], str]) -> None:
        self._slots = {article_id: memoryview(sketch).cast("I") for article_id, sketch in sketches.items()}
        self._runs = lru_cache(_AT_HAND)(lambda article_id: runs(words_of(text_of(article_id))))
        self._unlike: set[tuple[str, str]] = set()

    def are_alike(self, one: str, other: str) -> bool:
        if (one, other) in self._unlike:
            return False
        equal = sum(map(eq, self._slots[one], self._slots[other]))
        if equal < _HOPELESS * _ROWS * _BANDS:
            return False
        if similarity(self._runs(one), self._runs(other)) >= ALIKE:
            return True
        self._unlike.add((one, other))
        return False


class _Joined:
    """Articles that were joined, directly or through others; each knows one of them as its lead."""

    def __init__(self) -> None:
        self._leads: dict[str, str] = {}

    def lead(self, article_id: str) -> str:
        leads = self._leads
        while (lead := leads.setdefault(article_id, article_id)) != article_id:
            leads[article_id] = article_id = leads[lead]
        return article_id

    def join(self, ids: Sequence[str]) -> None:
        for article_id in ids[1:]:
            self._leads[self.lead(article_id)] = self.lead(ids[0])

    def are_apart(self, ids: Sequence[str]) -> bool:
        return len(set(map(self.lead, ids))) > 1


def words_of(text: str) -> list[str]:
    """Cut a text into words, whatever their case and the signs between; one without words is its only one."""
    plain = unicodedata.normalize("NFKC", text).casefold().replace("_", " ")
    word = _UNSPACED_WORD if _UNSPACED_CHARACTER.search(plain) else _WORD
    return word.findall(plain) or [text]


def fold(words: Sequence[str]) -> str:
    """Return a fingerprint of letters and digits, wherever they are divided into words."""
    return hashlib.sha256("".join(words).encode("utf-8")).hexdigest()


def runs(words: Sequence[str]) -> frozenset[str]:
    """Return the runs of three words; fewer words are one run."""
    return frozenset(map(" ".join, zip(*(words[n:] for n in range(RUN)), strict=False))) or frozenset(
        (" ".join(words),)
    )


def similarity(one: frozenset[str], other: frozenset[str]) -> float:
    """Return the Jaccard similarity of two sets that aren't empty."""
    shared = len(one & other)
    return shared / (len(one) + len(other) - shared)


def _sketch(words: Sequence[str]) -> bytes:
    from rensa import RMinHash  # Only splits need it.

    sketch = RMinHash(num_perm=_ROWS * _BANDS, seed=_SEED)
    sketch.update(list(runs(words)))
    return array("I", sketch.digest()).tobytes()


def _buckets(sketches: dict[bytes, list[str]]) -> Iterator[list[str]]:
    """Yield articles whose sketches agree in a band, one of each sketch, a band in memory at a time."""
    size = len(next(iter(sketches), b"")) // _BANDS
    for at in range(0, size * _BANDS, size or 1):
        buckets: dict[bytes, list[str]] = {}
        for sketch, ids in sketches.items():
            buckets.setdefault(sketch[at : at + size], []).append(ids[0])
        yield from (bucket for bucket in buckets.values() if len(bucket) > 1)
