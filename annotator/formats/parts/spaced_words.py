"""Words and the spaces after them, from which spaCy and Prodigy put a text together again."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from annotator.formats.parts.tokenizing import split_at
from annotator.model.span import Span


class Word(NamedTuple):
    """A word, a sign or white space; `spaced` says that one space follows, which is in no word."""

    start: int
    stop: int
    spaced: bool


def spaced_words(text: str, tokens: Iterable[Span], marked: Sequence[Span]) -> list[Word]:
    """Cut a text into words that hold all of it, so that every marked span begins and ends with one.

    Tokens with an edge of a span inside are split there. White space between them is a word too, but for
    one space after each word, unless a span begins or ends with it.
    """
    starts, stops = {span.start for span in marked}, {span.stop for span in marked}
    words: list[Span] = []
    spaced: set[int] = set()
    at = 0
    for token in (*tokens, Span(len(text), len(text) + 1)):
        if words and at < token.start and text[at] == " " and at not in starts and at + 1 not in stops:
            spaced.add(at)
            at += 1
        if at < token.start:
            words.append(Span(at, token.start))
        words.append(token)
        at = token.stop
    return [Word(w.start, w.stop, w.stop in spaced) for w in split_at(words[:-1], starts | stops)]
