"""Read the count that an English news passage states, as one selects it."""

from collections.abc import Sequence
from dataclasses import replace

from annotator.model import count_lexicon as lexicon
from annotator.model.count_context import noun_after, over_whole
from annotator.model.count_joining import WHOLE_WORDS, Said, harm_in, joined, sentence_start, wholes
from annotator.model.count_words import Count, count_at
from annotator.model.figure import Figure
from annotator.model.tokens import Token, text_at, tokens
from annotator.model.unstated_words import unstated

LONGEST = 4000
"""Code points that are read; the count of a longer passage stands near its start."""

_FAR = 6


def parse(words: str) -> Figure | None:
    """Read the count a passage states, with the stretch of its words that states it.

    Counts of people that are joined add up ("two women and a child"), parts of a whole do not
    ("a dozen people, including four medics"). Where several counts stand, the first one with harm told
    of it is meant. None when nothing is counted; a figure "not stated" when the passage says that the
    number isn't known.
    """
    passage = tokens(words[:LONGEST])
    chosen = _chosen(passage, joined(passage, wholes(passage, _said(passage, words[:LONGEST]))))
    if not chosen:
        return None
    stated = words[passage[chosen.first].start : passage[chosen.stop - 1].stop]
    return replace(chosen.figure, words=stated)


def _said(passage: Sequence[Token], written: str) -> list[Said]:
    """List every count in the passage, in order, parts of others too."""
    unknown = unstated(written)
    result: list[Said] = []
    at = 0
    while at < len(passage):
        end = unknown.get(passage[at].start)
        count = _unstated_until(passage, at, end) if end else count_at(passage, at)
        if count and count.figure:
            result.append(_with_noun(passage, count, count.figure))
        at = over_whole(passage, count.stop) if count else at + 1
    return result


def _unstated_until(passage: Sequence[Token], at: int, end: int) -> Count:
    stop = at + 1
    while stop < len(passage) and passage[stop].start < end:
        stop += 1
    return Count(Figure(), at, stop)


def _with_noun(passage: Sequence[Token], count: Count, figure: Figure) -> Said:
    if count.sort in ("one", "definite"):
        return Said(figure, count.first, count.stop, "person", count.stop, count.hedge, count.sort)
    noun, noun_stop = noun_after(passage, count.stop)
    return Said(figure, count.first, count.stop, noun, noun_stop, count.hedge, count.sort)


def _chosen(passage: Sequence[Token], said: Sequence[Said]) -> Said | None:
    """Choose the count that is meant: of people before things, harmed before others, the first of equals."""
    ranked = []
    for n, this in enumerate(said):
        start = said[n - 1].stop if n else 0
        stop = said[n + 1].first if n + 1 < len(said) else len(passage)
        harmed = _is_harmed(passage, this, start, stop)
        if harmed or _stands_alone(passage, this):
            ranked.append((this.noun == "thing", not harmed, not harmed and this.sort == "one", n))
    return said[min(ranked)[-1]] if ranked else None


def _stands_alone(passage: Sequence[Token], said: Said) -> bool:
    """Say whether a count means something where no harm is told of it."""
    if said.sort == "definite":
        return False
    is_all = said.first == 0 and said.stop == len(passage)
    of_them = text_at(passage, said.stop) == "of" and text_at(passage, said.stop + 1) in WHOLE_WORDS
    return said.sort != "loose" or said.noun == "person" or is_all or of_them


def _is_harmed(passage: Sequence[Token], said: Said, start: int, stop: int) -> bool:
    """Say whether harm is told of a count, between the counts before and after it."""
    if harm_in(passage, sentence_start(passage, start, said.first), said.first):
        return True
    for at in range(said.first, stop):
        if passage[at].text in (".", "!", "?", ";"):
            return False
        if passage[at].text in lexicon.HARM and not _harms_next(passage, at, stop):
            return True
    return False


def _harms_next(passage: Sequence[Token], at: int, next_first: int) -> bool:
    """Say whether a word of harm acts on the count after it: "two gunmen KILLED five people"."""
    if next_first == len(passage) or next_first - at > _FAR:
        return False
    if passage[at].text not in lexicon.DOING_HARM or text_at(passage, at - 1) in lexicon.PASSIVES:
        return False
    between = (passage[n].text for n in range(at + 1, next_first))
    return all(text.isalpha() and text not in lexicon.CLAUSE_LINKS for text in between)
