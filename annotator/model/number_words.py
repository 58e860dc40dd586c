"""Numbers as English writes them: "1,200", "1.5 million", "sixty-two", "a hundred and five", "two dozen"."""

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from annotator.model.tokens import Phrases, Token, numbered, text_at, words

SMALL = numbered(
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen"
    " seventeen eighteen nineteen"
)
TENS = numbered("twenty thirty forty|fourty fifty sixty seventy eighty ninety", first=20, step=10)
SCALES = {
    "dozen": 12,
    "score": 20,
    "hundred": 100,
    "thousand": 1000,
    "lakh": 10**5,
    "million": 10**6,
    "crore": 10**7,
    "billion": 10**9,
}
PLURAL_SCALES = {f"{word}s": value for word, value in SCALES.items()}
_BARE_SCALES = SCALES.keys() - {"score"}
_SHORT_SCALES = {"k": 1000, "mn": 10**6, "mln": 10**6, "bn": 10**9}
_MILLION_OF = words("people civilians children refugees syrians displaced have were are")
_SHARES = Phrases.grouped(
    {
        Decimal("0.25"): "quarter|quarter of a|a quarter|a quarter of a",
        Decimal("0.5"): "half|half a|half -|half - a|half - a -|a half|a half -",
        Decimal("0.75"): "three quarters of a|three - quarters of a",
    }
)
OPENERS = SMALL.keys() | TENS.keys() | SCALES.keys() | _SHARES.openers
"""The words that a number in words begins with, besides "a" and "an"."""
_MOST = 10**12
_MOST_DIGITS = 15


class Number(NamedTuple):
    """A whole number read from a passage, and the index of the token after it."""

    value: int
    stop: int
    scale: int = 1
    """What its last word multiplies by: 1000 in "two thousand". A range shares it: "two to three hundred"."""
    bare: bool = False
    """Written in digits alone, without separators: perhaps a year."""


def number_at(passage: Sequence[Token], at: int) -> Number | None:
    """Read the longest whole number that begins at an index, or None."""
    if not 0 <= at < len(passage):
        return None
    if passage[at].is_numeral:
        return _in_digits(passage, at)
    return _share(passage, at) or _in_words(passage, at)


def numeral_times(token: Token, scale: int) -> int | None:
    """Read a numeral in a scale named elsewhere, as the 1.5 of "1.5 to 2 million"; None when not whole."""
    number = _whole(_decimal(token.text), scale, 0) if token.is_numeral else None
    return number.value if number else None


def _in_digits(passage: Sequence[Token], at: int) -> Number | None:
    written = passage[at].text
    short = text_at(passage, at + 1) if at + 1 < len(passage) and passage[at + 1].glued else ""
    if short == "m" and text_at(passage, at + 2) in _MILLION_OF:
        short = "mn"
    if short in _SHORT_SCALES:
        return _whole(_decimal(written), _SHORT_SCALES[short], at + 2)
    times, stop = _scales(passage, at + 1)
    if times > 1:
        return _whole(_decimal(written), times, stop)
    value = _digits(written)
    if value is None:
        return None
    thousands = 1000 if written.endswith(",000") else 1
    return Number(value, at + 1, thousands, bare=written.isdecimal())


def _scales(passage: Sequence[Token], at: int) -> tuple[int, int]:
    """Multiply the scale words from an index on: "hundred thousand" is 100,000."""
    times = 1
    while True:
        word_at = at + 1 if text_at(passage, at) == "-" else at
        scale = SCALES.get(text_at(passage, word_at)) or PLURAL_SCALES.get(text_at(passage, word_at))
        if scale is None or times * scale > _MOST:
            return times, at
        times, at = times * scale, word_at + 1


def _digits(written: str) -> int | None:
    """Read a numeral as a whole number: English groups thousands by commas, much else by dots or spaces."""
    parts = re.split(r"[.\u066b]", written)
    if len(parts) > 1 and not (
        0 < len(parts[0]) < 4 and parts[0] != "0" and all(len(p) == 3 for p in parts[1:])
    ):
        return None
    digits = "".join(char for char in written if char.isdecimal())
    return int(digits) if len(digits) <= _MOST_DIGITS else None


def _decimal(written: str) -> Decimal | None:
    number = re.sub(r"[^\d.]", "", written.replace("\u066b", "."))
    return Decimal(number) if number.count(".") < 2 and len(number) <= _MOST_DIGITS else None


def _whole(value: Decimal | None, scale: int, stop: int) -> Number | None:
    number = None if value is None else value * scale
    return Number(int(number), stop, scale) if number is not None and number == int(number) else None


def _share(passage: Sequence[Token], at: int) -> Number | None:
    """Read "half a dozen", "a quarter of a million"."""
    found = _SHARES.at(passage, at)
    if not found:
        return None
    share, stop = found
    return _whole(share, SCALES.get(text_at(passage, stop), 1), stop + 1)


def _in_words(passage: Sequence[Token], at: int) -> Number | None:
    """Add up groups such as "two hundred thousand", "and five", each of a smaller scale than the last."""
    total, limit, number = 0, _MOST, None
    while group := _group(passage, at):
        scaled = _scaled(passage, group)
        if scaled.value >= limit or (number and scaled.scale >= limit):
            break
        total += scaled.value
        number = Number(total, scaled.stop, scaled.scale)
        limit = scaled.scale
        if limit in (1, 12, 20, 100):
            break
        at = _continued(passage, scaled.stop)
    return number


def _scaled(passage: Sequence[Token], group: Number) -> Number:
    """Multiply a group by the scale word after it, and add "and a half" of that."""
    word_at = _over_hyphen(passage, group.stop)
    halved = [text_at(passage, group.stop + n) for n in range(3)] == ["and", "a", "half"]
    if halved:
        word_at = group.stop + 3
    scale = SCALES.get(text_at(passage, word_at)) or PLURAL_SCALES.get(text_at(passage, word_at))
    if scale is None or (scale in (12, 20, 100) and group.scale == 100):
        return group
    value = group.value * scale + (scale // 2 if halved else 0)
    stop = word_at + 1
    if not halved and [text_at(passage, stop + n) for n in range(3)] == ["and", "a", "half"]:
        return Number(value + scale // 2, stop + 3, 1)
    return Number(value, stop, scale)


def _group(passage: Sequence[Token], at: int) -> Number | None:
    """Read what may stand before a scale word: "sixty-two", "two hundred and five", "twelve hundred", "a"."""
    head = _below_hundred(passage, at) or _one_of_a_scale(passage, at)
    if not head:
        return None
    hundred_at = _over_hyphen(passage, head.stop)
    if text_at(passage, hundred_at) not in ("hundred", "hundreds") or head.value == 0:
        return head
    at = hundred_at + 1
    rest = _below_hundred(passage, _continued(passage, at))
    if rest and rest.value and text_at(passage, _over_hyphen(passage, rest.stop)) != "hundred":
        return Number(head.value * 100 + rest.value, rest.stop)
    return Number(head.value * 100, at, 100)


def _one_of_a_scale(passage: Sequence[Token], at: int) -> Number | None:
    """Read the one that "a hundred" or a bare "dozen" begins with; a bare "score" counts nothing."""
    if text_at(passage, at) in ("a", "an"):
        return Number(1, at + 1) if text_at(passage, at + 1) in SCALES else None
    return Number(1, at) if text_at(passage, at) in _BARE_SCALES else None


def _below_hundred(passage: Sequence[Token], at: int) -> Number | None:
    first = text_at(passage, at)
    if first in SMALL:
        return Number(SMALL[first], at + 1)
    if first not in TENS:
        return None
    unit_at = _over_hyphen(passage, at + 1)
    unit = SMALL.get(text_at(passage, unit_at), 0)
    return Number(TENS[first] + unit, unit_at + 1) if 0 < unit < 10 else Number(TENS[first], at + 1)


def _over_hyphen(passage: Sequence[Token], at: int) -> int:
    return at + 1 if text_at(passage, at) == "-" else at


def _continued(passage: Sequence[Token], at: int) -> int:
    """Step over "and" or a hyphen inside a number; "and" leads only to what is below a hundred."""
    at = _over_hyphen(passage, at)
    if text_at(passage, at) != "and":
        return at
    after = _over_hyphen(passage, at + 1)
    return after if _below_hundred(passage, after) else at
