"""What stands around a number: the noun it counts, the harm told of it, and why it may count nothing."""

from collections.abc import Sequence
from typing import Literal

from annotator.model import count_lexicon as lexicon
from annotator.model.number_words import Number, number_at
from annotator.model.tokens import Token, text_at, words

NounKind = Literal["person", "thing", "unit", ""]

_LONGEST_NOUN_PHRASE = 8
_AGE_UNITS = words("year years yr yrs month months week weeks day days")
_AGE_LINKS = words("and to or between from under over , -")
_IN_THAT_YEAR = words("in since during until by late early mid year before after")
_LOOSENING = words("odd ish some plus")
_LIMITS = words("under over below above")
_ENDS_A_NAME = frozenset([",", ")", ".", ";", "—", ""])


def noun_after(passage: Sequence[Token], at: int) -> tuple[NounKind, int]:
    """Say what kind of noun the phrase from an index on is about, and where the phrase ends.

    The first plural is its head; singulars before it only qualify it: "hospital workers" are persons.
    """
    at = _over_partitive(passage, at)
    kind: NounKind = ""
    for _ in range(_LONGEST_NOUN_PHRASE):
        at = over_age(passage, at)
        word = text_at(passage, at)
        if not _continues_noun(passage, at):
            break
        at += 1
        if word in lexicon.PEOPLE:
            return "person", at
        kind = _noun_kind(word) or kind
        if word in lexicon.PLURAL_THINGS or word in lexicon.UNITS:
            break
    return kind, at


def _noun_kind(word: str) -> NounKind:
    if word in lexicon.PERSON:
        return "person"
    if word in lexicon.UNITS:
        return "unit"
    return "thing" if word in lexicon.THINGS else ""


def _continues_noun(passage: Sequence[Token], at: int) -> bool:
    word = text_at(passage, at)
    if word == "-":
        return True
    return (word[:1].isalpha() and word not in lexicon.BOUNDARIES) or word == "%"


def _over_partitive(passage: Sequence[Token], at: int) -> int:
    """Step over "of the", "of its", "out of the 40"."""
    if text_at(passage, at) == "out" and text_at(passage, at + 1) == "of":
        at += 1
    if text_at(passage, at) != "of":
        return at
    at += 1
    while text_at(passage, at) in lexicon.DETERMINERS:
        at += 1
    whole = number_at(passage, at)
    return whole.stop if whole else at


def over_whole(passage: Sequence[Token], at: int) -> int:
    """Step over the whole that a count is part of: "of the 40" in "12 of the 40 hostages"."""
    after = _over_partitive(passage, at)
    return after if after > at and number_at(passage, after - 1) else at


def over_age(passage: Sequence[Token], at: int) -> int:
    """Step over "12-year-old" or "12 year old"."""
    number = number_at(passage, at)
    if not number:
        return at
    unit_at = _over_hyphen(passage, number.stop)
    if text_at(passage, unit_at) not in _AGE_UNITS:
        return at
    old_at = _over_hyphen(passage, unit_at + 1)
    return old_at + 1 if text_at(passage, old_at) == "old" else at


def _over_hyphen(passage: Sequence[Token], at: int) -> int:
    return at + 1 if text_at(passage, at) == "-" else at


def harm_told_at(passage: Sequence[Token], at: int) -> str:
    """Return the harm that a predicate from an index on tells: "were reportedly killed"."""
    for _ in range(6):
        word = text_at(passage, at)
        if word in lexicon.HARM:
            return lexicon.HARM[word]
        if word not in lexicon.AUXILIARIES and not (word.endswith("ly") and word.isalpha()):
            return ""
        at += 1
    return ""


def counts_nothing(passage: Sequence[Token], first: int, number: Number, *, firmly: bool) -> bool:
    """Say whether a number is a date, an age, a measure, a name or the like.

    `firmly` says that words before it, such as "at least", make it a count rather than a year.
    """
    return (
        _is_part_of_word(passage, first, number.stop)
        or _is_measure(passage, first, number.stop)
        or _is_age(passage, first, number)
        or _is_day(passage, first, number)
        or (not firmly and _is_year(passage, first, number))
        or _is_name(passage, first)
        or _is_ratio(passage, first, number)
    )


def _is_part_of_word(passage: Sequence[Token], first: int, stop: int) -> bool:
    """Recognise MH17, AK-47, 10:30, 9/11, 101st, five-year."""
    if first and passage[first].glued and _binds(passage, first - 1, first - 2):
        return True
    if stop >= len(passage) or not passage[stop].glued:
        return False
    after = text_at(passage, stop + 1)
    if passage[stop].text == "-":
        return after not in lexicon.MANY_IN_ONE | _LOOSENING
    return (passage[stop].is_word and passage[stop].text not in _LOOSENING) or (
        passage[stop].text in (":", "/") and after[:1].isdecimal()
    )


def _binds(passage: Sequence[Token], at: int, before: int) -> bool:
    """Say whether the sign or word at an index, glued to what follows, makes one word of both."""
    if passage[at].text in (":", "+"):
        return before >= 0 and passage[at].glued and passage[before].is_numeral
    return passage[at].text in ("-", "/", "#", "@", ".", "_") or passage[at].is_word or passage[at].is_numeral


def _is_measure(passage: Sequence[Token], first: int, stop: int) -> bool:
    """Recognise 18 km, 40 percent, $3 million, two and a half hours."""
    if text_at(passage, first - 1) in lexicon.CURRENCIES:
        return True
    after = [text_at(passage, stop + n) for n in range(3)]
    if after[0] == "per" or after == ["and", "a", "half"]:
        return True
    return noun_after(passage, stop)[0] == "unit"


def _is_age(passage: Sequence[Token], first: int, number: Number) -> bool:
    """Recognise aged 34; "Ahmad, 34,"; 12 years old; children under 10."""
    if over_age(passage, first) > first:
        return True
    at = first - 1
    while first - at < 8 and (text_at(passage, at) in _AGE_LINKS or number_at(passage, at)):
        at -= 1
    if text_at(passage, at) in lexicon.AGES:
        return at == first - 1 or noun_after(passage, number.stop)[0] != "person"
    if text_at(passage, at) == "of" and text_at(passage, at - 1) in lexicon.AGES:
        return True
    if number.value > 120:
        return False
    return _follows_a_name(passage, first, number.stop) or (
        text_at(passage, first - 1) in _LIMITS
        and text_at(passage, first - 2) in lexicon.PEOPLE
        and not noun_after(passage, number.stop)[0]
    )


def _follows_a_name(passage: Sequence[Token], first: int, stop: int) -> bool:
    """Recognise the age in "Ahmad, 34, and" and "Ahmad (34)"."""
    if first < 2 or not passage[first].is_numeral or text_at(passage, stop) not in _ENDS_A_NAME:
        return False
    before = passage[first - 2]
    return passage[first - 1].text in (",", "(") and (
        (before.is_word and before.capital) or before.text in lexicon.PERSON
    )


def _is_day(passage: Sequence[Token], first: int, number: Number) -> bool:
    """Recognise Sept. 19; 19 September; the 2016 of "Sept. 19, 2016"."""
    if is_month(passage, number.stop) and number.value <= 31:
        return True
    if text_at(passage, first - 1) == "," and is_month(passage, first - 3):
        return number.bare
    if not is_month(passage, first - 1):
        return False
    counted = text_at(passage, first - 2) in ("in", "during", "since") and (
        noun_after(passage, number.stop)[0] == "person" or harm_told_at(passage, number.stop) != ""
    )
    return not counted


def is_month(passage: Sequence[Token], at: int) -> bool:
    """Say whether a month's name stands at an index; "may" and "march" need their capital."""
    return text_at(passage, at) in lexicon.MONTHS and passage[at].capital


def _is_year(passage: Sequence[Token], first: int, number: Number) -> bool:
    """Recognise "in 2016" and "2011 to 2016"."""
    if not number.bare or not 1900 <= number.value < 2100 or number.stop - first not in (1, 3):
        return False
    before = text_at(passage, first - 1)
    if before in _IN_THAT_YEAR:
        return True
    if before in lexicon.DOING_HARM or harm_told_at(passage, number.stop):
        return False
    return noun_after(passage, number.stop)[0] != "person"


def _is_name(passage: Sequence[Token], first: int) -> bool:
    """Recognise Flight 752, No. 10, World War Two."""
    before = text_at(passage, first - 1)
    return before in lexicon.NAMED_BY_NUMBER and (
        passage[first - 1].capital or before in lexicon.NAMED_EVEN_SMALL
    )


def _is_ratio(passage: Sequence[Token], first: int, number: Number) -> bool:
    """Recognise two thirds; one in five; all but two; one another."""
    after = text_at(passage, number.stop)
    if after in lexicon.FRACTIONS or (number.value == 1 and after in ("another", "-")):
        return True
    if number.value == 1 and over_ratio(passage, number.stop) > number.stop:
        return True
    return text_at(passage, first - 1) == "but" and text_at(passage, first - 2) == "all"


def over_ratio(passage: Sequence[Token], at: int) -> int:
    """Step over the "in five" of "one in five"."""
    base = number_at(passage, at + 1) if text_at(passage, at) == "in" else None
    return base.stop if base and noun_after(passage, base.stop)[0] in ("", "person") else at


def is_former_state(passage: Sequence[Token], first: int) -> bool:
    """Recognise the 30 of "rose from 30 to 35" and the five of "rose by five to 35"."""
    if text_at(passage, first - 1) not in ("from", "by") or not number_at(passage, first):
        return False
    return any(text_at(passage, at) in lexicon.CHANGES for at in range(first - 5, first - 1))
