"""How the counts of one passage belong together: parts of a whole, sums of people, ends of a range."""

from collections.abc import Sequence
from dataclasses import replace
from functools import reduce
from itertools import pairwise
from typing import Literal, NamedTuple

from annotator.model import count_lexicon as lexicon
from annotator.model.count_context import NounKind, harm_told_at
from annotator.model.count_hedges import Hedge
from annotator.model.count_words import Sort
from annotator.model.figure import Figure, Qualifier
from annotator.model.tokens import Token, text_at, words

_SENTENCE_ENDS = words(". ! ? ;")
_BETWEEN_ENDS = words("and or but to with then , — (")
_FILLERS = words("another a an further additional the his her their its also at least some other")
_CLAUSE_WORDS = lexicon.SPEECH | words(
    "is are was were has have had which who where when after before because"
)
WHOLE_WORDS = words("them whom which those these us")
_LONGEST_GAP = 14
_LONGEST_LIST = 12

Link = Literal["and", ",", ""]


class Said(NamedTuple):
    """A figure that a passage states, the tokens that state it, and the noun phrase after them."""

    figure: Figure
    first: int
    stop: int
    noun: NounKind
    noun_stop: int
    """Index after the noun phrase, `stop` when none follows."""
    hedge: Hedge = ""
    sort: Sort = "number"

    @property
    def has_noun(self) -> bool:
        return self.noun_stop > self.stop


def sentence_start(passage: Sequence[Token], start: int, stop: int) -> int:
    """Return where in a stretch of tokens its last sentence begins."""
    return next(
        (at + 1 for at in range(stop - 1, start - 1, -1) if passage[at].text in _SENTENCE_ENDS), start
    )


def harm_in(passage: Sequence[Token], start: int, stop: int) -> str:
    """Return the last harm told in a stretch of tokens."""
    texts = (passage[at].text for at in range(stop - 1, start - 1, -1))
    return next((lexicon.HARM[text] for text in texts if text in lexicon.HARM), "")


def wholes(passage: Sequence[Token], said: Sequence[Said]) -> list[Said]:
    """Leave out the parts of a count that stands before them, and what is joined to a part."""
    result = list(said[:1])
    in_part = False
    for before, this in pairwise(said):
        in_part = _is_part(passage, before, this) or (
            in_part and link(passage, before, this) != "" and not _closes(passage, before, this)
        )
        if not in_part or (result[-1].noun == "thing" and this.noun != "thing"):
            result.append(this)
    return result


def _is_part(passage: Sequence[Token], before: Said, this: Said) -> bool:
    """Recognise "12, including four", "12 (four of them", "12, of whom four", "12 — four"."""
    if _is_upper_end(passage, before, this):
        return False
    start = sentence_start(passage, before.stop, this.first)
    for at in range(start, this.first):
        if passage[at].text in lexicon.PART_MARKERS or lexicon.PART_PHRASES.at(passage, at):
            return True
    opened = [passage[at].text for at in range(start, this.first) if passage[at].text in "(—:)"]
    return opened[-1:] not in ([], [")"]) or _names_its_whole(passage, this)


def _names_its_whole(passage: Sequence[Token], this: Said) -> bool:
    """Recognise "four of them", "two commanders among them", "four of the dead"."""
    for at in (this.stop, this.noun_stop):
        if text_at(passage, at) in ("of", "among"):
            after = text_at(passage, at + 1)
            after = text_at(passage, at + 2) if after == "the" else after
            if after in WHOLE_WORDS or after in lexicon.HARM:
                return True
    return False


def _closes(passage: Sequence[Token], before: Said, this: Said) -> bool:
    return any(passage[at].text in (")", "—") for at in range(before.stop, this.first))


def link(passage: Sequence[Token], before: Said, this: Said) -> Link:
    """Say what joins two counts of people into one list: "and", a comma, or nothing."""
    if this.first - before.stop > _LONGEST_GAP or "thing" in (before.noun, this.noun):
        return ""
    if any(passage[at].text in _CLAUSE_WORDS | _SENTENCE_ENDS for at in range(before.stop, this.first)):
        return ""
    if harm_in(passage, before.stop, this.first) or not (_adds(before) and _adds(this)):
        return ""
    at = this.first - 1
    while at >= before.stop:
        found = lexicon.CONNECTORS.at(passage, at)
        if found:
            return "and"
        if passage[at].text == ",":
            return ","
        if passage[at].text not in _FILLERS and passage[at].text not in ("as", "well", "with", "along"):
            return ""
        at -= 1
    return ""


def _adds(said: Said) -> bool:
    """Say whether a count may be one of a sum."""
    return said.figure.high != 0 and (said.sort != "loose" or said.noun == "person")


def joined(passage: Sequence[Token], said: Sequence[Said]) -> list[Said]:
    """Join the ends of ranges, then add up counts of people in lists that end with "and"."""
    result: list[Said] = []
    said = _ranges(passage, said)
    start = 0
    while start < len(said):
        stop = _list_stop(passage, said, start)
        result.append(reduce(_sum, said[start:stop]))
        start = stop
    return result


def _ranges(passage: Sequence[Token], said: Sequence[Said]) -> list[Said]:
    """Join "at least 9 and as many as 15", "at least 13, possibly 20"."""
    result: list[Said] = []
    for this in said:
        figure = _spanning(result[-1].figure, this.figure) if result else None
        if result and figure and _is_upper_end(passage, result[-1], this):
            before = result[-1]
            result[-1] = this._replace(figure=figure, first=before.first, noun=before.noun or this.noun)
        else:
            result.append(this)
    return result


def _is_upper_end(passage: Sequence[Token], before: Said, this: Said) -> bool:
    if this.hedge not in ("at most", "fewer than", "perhaps") or (before.has_noun and this.has_noun):
        return False
    gap = range(before.noun_stop, this.first)
    return 0 < len(gap) < 4 and all(passage[at].text in _BETWEEN_ENDS for at in gap)


def _spanning(lower: Figure, upper: Figure) -> Figure | None:
    """Make one figure of a lower count and a higher one that was also named."""
    high = upper.high if upper.high is not None else upper.best
    known = [bound for bound in (lower.low, lower.best) if bound is not None]
    if high is None or not known or high < max(known):
        return None
    qualifier: Qualifier = "about" if lower.low is None else "range"
    return replace(lower, qualifier=qualifier, high=high)


def _list_stop(passage: Sequence[Token], said: Sequence[Said], start: int) -> int:
    """Return the index after the list of counts that begins at one; what only commas join is no list."""
    stop = start + 1
    for at in range(start, min(start + _LONGEST_LIST, len(said)) - 1):
        joint = link(passage, said[at], said[at + 1])
        if not joint or _begins_clause(passage, said[start], said[at], said[at + 1]):
            break
        if joint == "and" or _ends_headline(passage, said[start], said[at + 1]):
            stop = at + 2
    return stop


def _begins_clause(passage: Sequence[Token], head: Said, before: Said, this: Said) -> bool:
    """Say whether a count has a harm of its own: "killing four people and nine were injured"."""
    if not harm_told_at(passage, this.noun_stop):
        return False
    own_subject = before.has_noun and not this.has_noun
    return own_subject or harm_before(passage, head.first) != ""


def _ends_headline(passage: Sequence[Token], head: Said, this: Said) -> bool:
    """Recognise the list of "3 soldiers, 4 militants killed", which lacks its "and"."""
    whole = text_at(passage, head.noun_stop - 1) in ("people", "persons") or not head.has_noun
    return not whole and harm_told_at(passage, this.noun_stop) != ""


def harm_before(passage: Sequence[Token], first: int) -> str:
    """Return the harm told shortly before a count, in its sentence."""
    return harm_in(passage, sentence_start(passage, max(0, first - _LONGEST_GAP), first), first)


def _sum(one: Said, other: Said) -> Said:
    """Make two counts one; it is a number as soon as either is."""
    sort: Sort = one.sort if one.sort == other.sort else "number"
    noun = one.noun or other.noun
    return other._replace(figure=_figure_sum(one.figure, other.figure), first=one.first, sort=sort, noun=noun)


def _figure_sum(a: Figure, b: Figure) -> Figure:
    low, best, high = _plus(_floor(a), _floor(b)), _plus(a.best, b.best), _plus(a.high, b.high)
    qualifiers = {a.qualifier, b.qualifier}
    if "vague" in qualifiers:
        qualifier: Qualifier = "vague"
    elif len(qualifiers) == 1 and "not stated" not in qualifiers:
        qualifier = a.qualifier
    elif low is None:
        qualifier = "about" if high is None else "at most"
    else:
        qualifier = "at least" if high is None else "range"
    if qualifier == "at most":
        low = None
    return Figure("", qualifier, low, best, high)


def _floor(figure: Figure) -> int | None:
    return 0 if figure.qualifier in ("at most", "not stated") else figure.low


def _plus(a: int | None, b: int | None) -> int | None:
    return None if a is None or b is None else a + b
