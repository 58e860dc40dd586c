"""Which spans of the same label match: one to one, the best overlap first, of all layers and of each pair."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations
from operator import eq

from annotator.model.matching import Key, Matching
from annotator.services.agreement.answers import Pair
from annotator.services.agreement.corpus import ArticleMarks, Corpus, Mark
from annotator.services.agreement.data import aspects, multiple_choices

Scope = Pair | None
"""Two layers, or all of them."""


class ArticleMatches:
    """The matches of one article between those of the layers that have read it, in the order of `layers`."""

    def __init__(self, layers: Sequence[str], article: ArticleMarks, threshold: float) -> None:
        self.readers = [layer for layer in layers if layer in article.marks]
        self._marks = [article.marks[layer] for layer in self.readers]
        placed = [[(mark.fragments, mark.label) for mark in marks] for marks in self._marks]
        self._matching = Matching(placed, eq, threshold)
        pairs = list(combinations(range(len(self.readers)), 2))
        self._pairs = {(self.readers[a], self.readers[b]): self._matching.pairs(a, b) for a, b in pairs}

    def overlapping(self) -> Mapping[Pair, Counter[str]]:
        """Count by label the spans of each pair that match."""
        marks = dict(zip(self.readers, self._marks, strict=True))
        return {
            pair: Counter(marks[pair[0]][i].label for i, _, _ in found) for pair, found in self._pairs.items()
        }

    def scopes(self) -> Iterator[tuple[Scope, list[list[Key]]]]:
        """Yield what matches, as (whose, index): of each pair, and of all who have read the article."""
        number = {layer: who for who, layer in enumerate(self.readers)}
        for pair, found in self._pairs.items():
            a, b = number[pair[0]], number[pair[1]]
            yield pair, [[(a, i), (b, j)] for i, j, _ in found]
        if len(self._pairs) == 1:
            yield None, [[(0, i), (1, j)] for found in self._pairs.values() for i, j, _ in found]
        elif self._pairs:
            yield None, self._matching.groups()


class Matches:
    """The matches of spans whose labels have attributes.

    `marks` are the spans of each label. A match is a row of the numbers of its marks there, one for each
    layer of the scope, -1 for those that have none.
    """

    def __init__(self, corpus: Corpus) -> None:
        self.corpus = corpus
        self.scopes: tuple[Scope, ...] = (None, *corpus.pairs)
        self.labels = tuple(label for label in corpus.labels if _has_values(corpus, label))
        self.marks: dict[str, list[Mark]] = {label: [] for label in self.labels}
        self.articles = len(corpus.articles)
        self._places = {layer: at for at, layer in enumerate(corpus.layers)}
        self._rows: dict[tuple[Scope, str], list[list[int]]] = {}
        self._numbers: dict[tuple[Scope, str], list[int]] = {}

    def add(self, number: int, article: ArticleMarks, matches: ArticleMatches) -> None:
        """Take the matches of one article."""
        own = [self._numbered(article.marks[layer]) for layer in matches.readers]
        marks = [article.marks[layer] for layer in matches.readers]
        for scope, found in matches.scopes():
            layers = self._places if scope is None else {layer: at for at, layer in enumerate(scope)}
            for match in found:
                label = marks[match[0][0]][match[0][1]].label
                if label in self.marks:
                    row = [-1] * len(layers)
                    for who, i in match:
                        row[layers[matches.readers[who]]] = own[who][i]
                    self._rows.setdefault((scope, label), []).append(row)
                    self._numbers.setdefault((scope, label), []).append(number)

    def rows(self, scope: Scope, label: str) -> list[list[int]]:
        """Return the matches of one label."""
        return self._rows.get((scope, label), [])

    def numbers(self, scope: Scope, label: str) -> list[int]:
        """Return the number of the article of each match."""
        return self._numbers.get((scope, label), [])

    def _numbered(self, marks: Sequence[Mark]) -> list[int]:
        numbers = []
        for mark in marks:
            known = self.marks.get(mark.label)
            numbers.append(-1 if known is None else len(known))
            if known is not None:
                known.append(mark)
        return numbers


def _has_values(corpus: Corpus, label: str) -> bool:
    found = corpus.scheme.label(label)
    return bool(aspects(found) or multiple_choices(found))
