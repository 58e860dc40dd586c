"""The passages behind a measure, and the confusion matrix with those behind its counts."""

from collections.abc import Iterator, Sequence
from operator import itemgetter

from annotator.model.matching import groups, overlap, pairs
from annotator.model.span import Fragments, hull
from annotator.services.agreement.answers import NOTHING, Confusion, Measured, Pair, Passage, PassageKind
from annotator.services.agreement.corpus import ArticleMarks, Corpus, Mark

Member = tuple[str, Mark]
"""A layer, and what it marked."""


def passages(corpus: Corpus, cell: Measured) -> tuple[Passage, ...]:
    """Return the passages behind a measure, in the order of articles and text.

    Spans are matched within label families, whatever their overlap, so that a passage says what differs.
    """
    layers = cell.pair or corpus.layers
    found = (passage for article in corpus.articles for passage in _of_article(corpus, article, layers))
    return tuple(passage for passage in found if cell.label is None or cell.label in passage.labels)


def confusion(corpus: Corpus, pair: Pair) -> Confusion:
    """Count which labels two layers gave to spans that match; the threshold is the one asked for."""
    behind: dict[Pair, list[Passage]] = {}
    for article in corpus.articles:
        if pair[0] in article.marks and pair[1] in article.marks:
            for members in _matched(corpus, article, pair):
                labels = tuple(_label_of(layer, members) for layer in pair)
                behind.setdefault((labels[0], labels[1]), []).append(_passage(article, pair, members))
    classes = (*corpus.labels, NOTHING)
    counts = tuple(tuple(len(behind.get((row, column), ())) for column in classes) for row in classes)
    return Confusion(pair, classes, counts, {key: tuple(found) for key, found in behind.items()})


def _matched(corpus: Corpus, article: ArticleMarks, pair: Pair) -> Iterator[list[Member]]:
    one, other = (article.marks[layer] for layer in pair)
    placed = [[(mark.fragments, mark.label) for mark in marks] for marks in (one, other)]
    matches = pairs(placed[0], placed[1], corpus.scheme.are_alike, corpus.asked.threshold)
    yield from ([(pair[0], one[i]), (pair[1], other[j])] for i, j, _ in matches)
    mine, theirs = {i for i, _, _ in matches}, {j for _, j, _ in matches}
    yield from ([(pair[0], mark)] for i, mark in enumerate(one) if i not in mine)
    yield from ([(pair[1], mark)] for j, mark in enumerate(other) if j not in theirs)


def _label_of(layer: str, members: Sequence[Member]) -> str:
    return next((mark.label for who, mark in members if who == layer), NOTHING)


def _of_article(corpus: Corpus, article: ArticleMarks, layers: Sequence[str]) -> Iterator[Passage]:
    readers = [layer for layer in layers if layer in article.marks]
    if len(readers) < 2:
        return
    placed = [[(mark.fragments, mark.label) for mark in article.marks[layer]] for layer in readers]
    for group in groups(placed, corpus.scheme.are_alike):
        members = [(readers[who], article.marks[readers[who]][i]) for who, i in group]
        yield _passage(article, readers, members)


def _passage(article: ArticleMarks, readers: Sequence[str], members: Sequence[Member]) -> Passage:
    kind, note = _difference(readers, members)
    marks = [mark for _, mark in members]
    return Passage(
        article.id,
        kind,
        tuple(mark.id for mark in marks),
        tuple(map(itemgetter(0), members)),
        tuple(mark.label for mark in marks),
        marks[0].words,
        hull(marks[0].fragments).start,
        note,
    )


def _difference(readers: Sequence[str], members: Sequence[Member]) -> tuple[PassageKind, str]:
    """Say what differs most between those who have read an article."""
    having = [layer for layer, _ in members]
    lacking = [layer for layer in readers if layer not in having]
    if lacking:
        only = "only " if len(having) == 1 else ""
        others = f", not {_listed(lacking)}" if len(readers) > 2 else ""
        return "one-sided", f"{only}{_listed(having)}{others}"
    moved = _moved([mark for _, mark in members])
    if len({mark.label for _, mark in members}) > 1:
        return "label", "label differs" + (f", {moved}" if moved else "")
    return ("boundaries", moved) if moved else ("agreement", "the same")


def _moved(marks: Sequence[Mark]) -> str:
    """Say how the boundaries differ; "" when they don't."""
    if len({mark.fragments for mark in marks}) == 1:
        return ""
    if len({len(mark.fragments) for mark in marks}) > 1:
        return "fragments differ"
    first, *others = marks
    apart = max(_apart(first.fragments, of.fragments) for of in others)
    share = min(overlap(first.fragments, of.fragments) for of in others)
    return f"boundaries differ by {apart} character{'s' * (apart > 1)}, overlap {share:.2f}"


def _apart(one: Fragments, other: Fragments) -> int:
    both = zip(one, other, strict=True)
    return sum(abs(a.start - b.start) + abs(a.stop - b.stop) for a, b in both)


def _listed(words: Sequence[str]) -> str:
    return " and ".join([", ".join(words[:-1]), words[-1]]) if len(words) > 1 else "".join(words)
