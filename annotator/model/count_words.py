"""One count as news words it: a number, a range, a vague word or a person, with its hedges."""

from collections.abc import Sequence
from typing import Literal, NamedTuple

from annotator.model import count_lexicon as lexicon
from annotator.model.count_context import (
    counts_nothing,
    is_former_state,
    noun_after,
    over_age,
    over_ratio,
    over_whole,
)
from annotator.model.count_hedges import (
    AFTER,
    BEFORE,
    BOUNDS,
    FIRM,
    Hedge,
    about,
    between,
    exactly,
    hedged,
    vague,
)
from annotator.model.figure import Figure
from annotator.model.number_words import OPENERS, PLURAL_SCALES, SCALES, Number, number_at, numeral_times
from annotator.model.tokens import Phrases, Token, text_at

Sort = Literal["number", "loose", "one", "definite"]
"""A "one" is a single named person ("a man"); a "loose" one ("some", "both") and a "definite" one ("his
wife") count only where harm is told of them or a noun of persons follows."""


class Count(NamedTuple):
    """A count and the tokens that state it; without a figure, tokens to step over: they count nothing."""

    figure: Figure | None
    first: int
    stop: int
    hedge: Hedge = ""
    sort: Sort = "number"


_TO = Phrases.grouped({True: "to|-|or|or possibly|or perhaps|or maybe|or even"})
_VAGUE = Phrases.grouped(
    {
        3: "several|a few|quite a few|a handful of|a handful",
        2: """
            some | many | numerous | multiple | various | countless | untold | a number of |
            a large number of | large numbers of | a great many | a good many | a small number of |
            an increasing number of
        """,
    }
)
_PLURALS = PLURAL_SCALES | {"tens": 10}
_COUPLE = Phrases.grouped({2: "a couple of|a couple|couple of"})
_GROUPS = {"both": 2, "couple": 2, "pair": 2, "duo": 2, "twins": 2, "trio": 3, "triplets": 3, "quartet": 4}
_NOBODY = Phrases.grouped(
    {
        0: """
            no one | nobody | none | no - one | not one | neither | no loss of life |
            without loss of life
        """,
    }
)
_NO = Phrases.grouped({0: "no|without|without any|without a single|not a single|not any"})
_DETERMINERS: dict[str, Sort] = {
    **dict.fromkeys(("a", "an", "another"), "one"),
    **dict.fromkeys(("the", "his", "her", "their", "its", "my", "our"), "definite"),
}
_OPENERS = (
    OPENERS
    | _PLURALS.keys()
    | _GROUPS.keys()
    | _DETERMINERS.keys()
    | lexicon.SHARES
    | {"between", "from"}
    | frozenset().union(*(table.openers for table in (BEFORE, _VAGUE, _COUPLE, _NOBODY, _NO)))
)
_MOST_HEDGES = 4
_MOST_MODIFIERS = 6


def count_at(passage: Sequence[Token], at: int, hedges: tuple[Hedge, ...] = ()) -> Count | None:
    """Read the count that begins at an index, with the words that hedge it; `hedges` stand before it."""
    if not (passage[at].is_numeral or passage[at].text in _OPENERS):
        return None
    found = BEFORE.at(passage, at) if len(hedges) < _MOST_HEDGES else None
    if found and found[1] < len(passage):
        hedge, after = found
        inner = count_at(passage, after, (*hedges, hedge))
        if inner and inner.sort in ("number", "loose"):
            return _under(passage, hedge, at, inner)
    return _bare_at(passage, at, hedges)


def _under(passage: Sequence[Token], hedge: Hedge, at: int, count: Count) -> Count:
    """Put a count under the hedge that stands before it."""
    if count.figure is None:
        return _someone_at(passage, at) or count
    if hedge == "only":
        return count
    return count._replace(figure=hedged(count.figure, hedge), first=at, hedge=hedge, sort="number")


def _bare_at(passage: Sequence[Token], at: int, hedges: tuple[Hedge, ...]) -> Count | None:
    if over_age(passage, at) > at:
        return _someone_at(passage, at) or Count(None, at, over_age(passage, at))
    return (
        _share_at(passage, at)
        or _vague_at(passage, at)
        or _number_at(passage, at, firmly=any(hedge in FIRM for hedge in hedges))
        or (None if hedges else _nobody_at(passage, at) or _someone_at(passage, at))
    )


def _share_at(passage: Sequence[Token], at: int) -> Count | None:
    """Step over "most of the 30", "half the 40": how many that is was not stated."""
    if text_at(passage, at) not in lexicon.SHARES:
        return None
    after = over_whole(passage, at + 1)
    if after == at + 1 and text_at(passage, after) in ("the", "its", "their"):
        whole = number_at(passage, after + 1)
        after = whole.stop if whole else after
    return Count(None, at, after) if after > at + 1 else None


def _vague_at(passage: Sequence[Token], at: int) -> Count | None:
    """Read "dozens", "several hundred", "tens of thousands", "a couple of dozen"."""
    found = _VAGUE.at(passage, at)
    couple = _COUPLE.at(passage, at)
    if couple:
        number, stop = _times_scales(passage, *couple)
        return _unless_measure(passage, Count(about(number), at, stop))
    if found and text_at(passage, at - 1) not in ("how", "as", "so", "too"):
        low, stop = _times_scales(passage, *found)
        return _unless_measure(passage, Count(vague(low), at, stop, sort="loose" if low == 2 else "number"))
    word = text_at(passage, at)
    if word not in _PLURALS:
        return None
    low, stop = _times_scales(passage, 2 * _PLURALS[word], at + 1)
    return _unless_measure(passage, Count(vague(low), at, stop))


def _times_scales(passage: Sequence[Token], number: int, at: int) -> tuple[int, int]:
    """Multiply by the scale words that follow: "few HUNDRED", "tens OF THOUSANDS"."""
    while number < 10**12:
        word_at = at + 1 if text_at(passage, at) == "of" else at
        word = text_at(passage, word_at)
        scale = PLURAL_SCALES.get(word) or (SCALES.get(word) if word_at == at else None)
        if not scale:
            break
        number, at = number * scale, word_at + 1
    return number, at


def _unless_measure(passage: Sequence[Token], count: Count) -> Count:
    is_measure = noun_after(passage, count.stop)[0] == "unit"
    return count._replace(figure=None, sort="number") if is_measure else count


def _number_at(passage: Sequence[Token], at: int, *, firmly: bool) -> Count | None:
    """Read a number or a range with what loosens it afterwards; step over a number that counts nothing."""
    opener = text_at(passage, at)
    start = at + 1 if opener in ("between", "from") else at
    if is_former_state(passage, start):
        return Count(None, at, start + 1)
    low, high = _ends(passage, start, "and" if opener == "between" else "to")
    if start > at and not high:
        return None
    if not low:
        return Count(None, at, at + 1) if start < len(passage) and passage[start].is_numeral else None
    whole = high._replace(bare=low.bare, value=low.value) if high else low
    if counts_nothing(passage, start, whole, firmly=firmly):
        return Count(None, at, _over_uncounted(passage, whole.stop))
    if high:
        return Count(between(*sorted((low.value, high.value))), at, high.stop)
    return _loosened(passage, at, low)


def _over_uncounted(passage: Sequence[Token], stop: int) -> int:
    """Step over "percent of the 30" after a number that counts nothing."""
    noun_stop = noun_after(passage, stop)[1]
    after = over_whole(passage, noun_stop)
    return after if after > noun_stop else over_ratio(passage, stop)


def _ends(passage: Sequence[Token], at: int, link: str) -> tuple[Number | None, Number | None]:
    """Read the two ends of a range, the second None where only one number stands."""
    low = number_at(passage, at)
    stop = low.stop if low else at + 1
    after = _over_link(passage, stop, link)
    high = number_at(passage, after) if after > stop and at < len(passage) else None
    if not high:
        return low, None
    value = _shared(passage[at], low, high)
    if value is None or (value >= high.value and link != "and"):
        return low, None
    return Number(value, stop, bare=low.bare if low else False), high


def _over_link(passage: Sequence[Token], at: int, link: str) -> int:
    if link == "and":
        return at + 1 if text_at(passage, at) in ("and", "to", "-") else at
    spaced_dash = text_at(passage, at) == "—" and all(
        0 <= n < len(passage) and passage[n].is_numeral for n in (at - 1, at + 1)
    )
    found = _TO.at(passage, at)
    stop = found[1] if found else at + 1 if spaced_dash else at
    hedge = BEFORE.at(passage, stop) if stop > at else None
    return hedge[1] if hedge and hedge[0] == "at most" else stop


def _shared(token: Token, low: Number | None, high: Number) -> int | None:
    """Return the low end, in the scale of the high one where it shares it: "two to three hundred"."""
    if low is None:
        return numeral_times(token, high.scale)
    scaled = low.value * high.scale
    return scaled if low.scale == 1 and scaled < high.value else low.value


def _loosened(passage: Sequence[Token], at: int, number: Number) -> Count:
    """Read what follows a number: "or more", "or so", "-odd"."""
    sort: Sort = "loose" if text_at(passage, at) == "one" and number.stop == at + 1 else "number"
    after = AFTER.at(passage, number.stop)
    if after and not number_at(passage, after[1]):
        hedge, stop = after
        return Count(BOUNDS[hedge](number.value), at, stop)
    return Count(exactly(number.value), at, number.stop, sort=sort)


def _nobody_at(passage: Sequence[Token], at: int) -> Count | None:
    """Read "nobody", "no casualties", "without any confirmed deaths", and the two of "both"."""
    if text_at(passage, at) in _GROUPS:
        return Count(exactly(_GROUPS[text_at(passage, at)]), at, at + 1, sort="loose")
    nobody = _NOBODY.at(passage, at)
    if nobody:
        return Count(exactly(0), at, nobody[1], sort="loose")
    no = _NO.at(passage, at)
    if not no:
        return None
    for noun_at in range(no[1], no[1] + _MOST_MODIFIERS):
        word = text_at(passage, noun_at)
        if word in lexicon.HARM_NOUNS or word in lexicon.PEOPLE or word in lexicon.PERSON:
            return Count(exactly(0), at, noun_at + 1)
        if not word.isalpha() or word in lexicon.PREPOSITIONS:
            break
    return None


def _someone_at(passage: Sequence[Token], at: int) -> Count | None:
    """Read the one of "a man", "a 12-year-old boy", "his wife", and the two of "an elderly couple"."""
    sort = _DETERMINERS.get(text_at(passage, at))
    start = over_age(passage, at + 1 if sort else at)
    if start == at:
        return None
    for head in range(start, start + _MOST_MODIFIERS):
        word = text_at(passage, head)
        if (word in lexicon.PERSON or word in _GROUPS) and _ends_noun(passage, head):
            aged = start > at + 1
            also = _over_companion(passage, head + 1)
            number = _GROUPS.get(word, 1) + (also > head + 1)
            return Count(exactly(number), at, also, sort="one" if aged else sort or "one")
        modifies = word == "-" or (word[:1].isalpha() and not number_at(passage, head))
        if not modifies or (word in lexicon.BOUNDARIES and word not in lexicon.HARM):
            break
    return None


def _over_companion(passage: Sequence[Token], at: int) -> int:
    """Step over the "and woman" of "a man and woman"."""
    noun_at = at + 1
    is_one = text_at(passage, at) == "and" and text_at(passage, noun_at) in lexicon.PERSON
    return noun_at + 1 if is_one and _ends_noun(passage, noun_at) else at


def _ends_noun(passage: Sequence[Token], head: int) -> bool:
    """Say whether a noun is the head of its phrase and not a modifier, as in "a child care centre"."""
    after = text_at(passage, head + 1)
    if after == "-":
        return False
    if not after[:1].isalpha() or after in lexicon.BOUNDARIES or after.endswith(("ed", "ing", "ly")):
        return True
    return passage[head + 1].capital and not passage[head].capital
