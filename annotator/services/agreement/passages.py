"""The passages behind a measure, and the confusion matrix with those behind its counts."""

from collections.abc import Callable, Iterator, Sequence
from operator import eq, itemgetter

from annotator.model.matching import groups, pairs
from annotator.model.scheme import Scheme
from annotator.model.span import Span, hull
from annotator.services.agreement.answers import (
    NOTHING,
    Confusion,
    Measured,
    Pair,
    Passage,
    PassageKind,
    Tell,
)
from annotator.services.agreement.corpus import ArticleMarks, Corpus, Mark
from annotator.services.agreement.data import aspects, chosen, multiple_choices
from annotator.services.agreement.pacing import paced, silent
from annotator.services.reviewing.explaining import of_labels, of_place

Member = tuple[str, Mark]
"""A layer, and what it marked."""


def passages(corpus: Corpus, cell: Measured, tell: Tell = silent) -> tuple[Passage, ...]:
    """Return the passages behind a measure, in the order of articles and text; `tell` may raise to cancel.

    Behind one of values stand the spans of its label that match; behind others everything of its label,
    matched within label families whatever the overlap, so that a passage says what differs.
    """
    layers = cell.pair or corpus.layers
    articles = paced(corpus.articles, tell)
    if cell.attribute is not None:
        says = _saying(corpus, cell.label or "", cell.attribute)
        return tuple(p for article in articles for p in _of_values(corpus, article, layers, cell, says))
    found = (passage for article in articles for passage in _of_article(corpus, article, layers))
    return tuple(passage for passage in found if cell.label is None or cell.label in passage.labels)


def _saying(corpus: Corpus, label: str, name: str) -> Callable[[Mark], object]:
    """Return what tells the values of a mark, None for those that have none."""
    known = corpus.scheme.label(label)
    for aspect in aspects(known):
        if aspect.name == name:
            return lambda mark: aspect.data([mark.attributes], corpus.entities)[0]
    (attribute,) = (a for a in multiple_choices(known) if a.name == name)
    return lambda mark: chosen(attribute, mark.attributes)


def _of_values(
    corpus: Corpus,
    article: ArticleMarks,
    layers: Sequence[str],
    cell: Measured,
    says: Callable[[Mark], object],
) -> Iterator[Passage]:
    readers = [layer for layer in layers if layer in article.marks]
    own = {layer: [mark for mark in article.marks[layer] if mark.label == cell.label] for layer in readers}
    placed = [[(mark.fragments, mark.label) for mark in own[layer]] for layer in readers]
    for group in groups(placed, eq, corpus.asked.threshold):
        members = [(readers[who], own[readers[who]][i]) for who, i in group]
        stated = [member for member in members if says(member[1]) is not None]
        if len(stated) > 1:
            same = len({says(mark) for _, mark in stated}) == 1
            note = f"{cell.attribute} {'is the same' if same else 'differs'}"
            yield _passage(article, stated, "agreement" if same else "value", note)


def confusion(corpus: Corpus, pair: Pair, tell: Tell = silent) -> Confusion:
    """Count which labels two layers gave to spans that match; the threshold is the one asked for."""
    behind: dict[Pair, list[Passage]] = {}
    for article in paced(corpus.articles, tell):
        if pair[0] in article.marks and pair[1] in article.marks:
            for members in sorted(_matched(corpus, article, pair), key=_place):
                labels = tuple(_label_of(layer, members) for layer in pair)
                behind.setdefault((labels[0], labels[1]), []).append(
                    _passage(article, members, *_difference(corpus.scheme, pair, members))
                )
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


def _place(members: Sequence[Member]) -> tuple[Span, str]:
    first = members[0][1]
    return hull(first.fragments), first.id


def _label_of(layer: str, members: Sequence[Member]) -> str:
    return next((mark.label for who, mark in members if who == layer), NOTHING)


def _of_article(corpus: Corpus, article: ArticleMarks, layers: Sequence[str]) -> Iterator[Passage]:
    readers = [layer for layer in layers if layer in article.marks]
    if len(readers) < 2:
        return
    placed = [[(mark.fragments, mark.label) for mark in article.marks[layer]] for layer in readers]
    for group in groups(placed, corpus.scheme.are_alike):
        members = [(readers[who], article.marks[readers[who]][i]) for who, i in group]
        yield _passage(article, members, *_difference(corpus.scheme, readers, members))


def _passage(article: ArticleMarks, members: Sequence[Member], kind: PassageKind, note: str) -> Passage:
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


def _difference(scheme: Scheme, readers: Sequence[str], members: Sequence[Member]) -> tuple[PassageKind, str]:
    """Say what differs most between those who have read an article."""
    having = [layer for layer, _ in members]
    lacking = [layer for layer in readers if layer not in having]
    if lacking:
        only = "only " if len(having) == 1 else ""
        others = f", not {_listed(lacking)}" if len(readers) > 2 else ""
        return "one-sided", f"{only}{_listed(having)}{others}"
    marks = [mark for _, mark in members]
    labels = [difference.words for difference in of_labels(scheme, (mark.label for mark in marks))]
    places = [difference.words for difference in of_place([mark.fragments for mark in marks])]
    kind: PassageKind = "label" if labels else "boundaries" if places else "agreement"
    return kind, "; ".join([*labels, *places]) or "the same"


def _listed(words: Sequence[str]) -> str:
    return " and ".join([", ".join(words[:-1]), words[-1]]) if len(words) > 1 else "".join(words)
