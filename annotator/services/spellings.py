"""Find names in texts as they are spelled, and what remains of them elsewhere."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from annotator.services.scripts import UNSPACED

SHORTEST_PART = 3
"""Letters from which a part of a name is looked for in what remains."""
_INFLECTED = 4
"""Letters from which a part is also found with an ending."""

_UNSPACED_CHARACTER = re.compile(f"[{UNSPACED}]")
_NOT_IN_WORD = rf"(?<![^\W{UNSPACED}])"
_WORD_ENDS = rf"(?![^\W{UNSPACED}])"


class Spellings:
    """Spellings of names, each with what stands in its place."""

    def __init__(self, stand_ins: Mapping[str, str]) -> None:
        self._of = {_spaced(spelling): name for spelling, name in stand_ins.items()}
        longest_first = sorted(self._of, key=lambda spelling: (-len(spelling), spelling))
        self.pattern = re.compile("|".join(map(_whole, longest_first)) or r"(?!)")
        parts = sorted({part for spelling in self._of for part in _parts(spelling)})
        self._parts = re.compile("|".join(map(_part, parts)) or r"(?!)")
        self._parts_of_addresses = re.compile("|".join(map(re.escape, parts)) or r"(?!)", re.IGNORECASE)

    def stand_in(self, match: re.Match[str]) -> str:
        """Return what stands in the place of a name that the pattern found."""
        return self._of[_spaced(match[0])]

    def replaced(self, words: str) -> str:
        return self.pattern.sub(self.stand_in, words)

    def remaining(self, words: str) -> Iterator[str]:
        """Yield the words that still have a part of a name in them."""
        return (match[0] for match in self._parts.finditer(words))

    def remaining_in_address(self, url: str) -> Iterator[str]:
        return (match[0] for match in self._parts_of_addresses.finditer(url))


def texts_in(value: Any) -> Iterator[str]:
    """Yield every text in a value, however deep."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for item in value.values():
            yield from texts_in(item)
    elif isinstance(value, list):
        for item in value:
            yield from texts_in(item)


def _spaced(spelling: str) -> str:
    """Let any white space count as one space: a name may go on in the next line."""
    return " ".join(spelling.split())


def _whole(spelling: str) -> str:
    """Match a spelling where it is no part of a word; in some scripts no space sets words apart."""
    words = r"\s+".join(map(re.escape, spelling.split()))
    before = "" if _UNSPACED_CHARACTER.match(spelling[0]) else _NOT_IN_WORD
    after = "" if _UNSPACED_CHARACTER.match(spelling[-1]) else _WORD_ENDS
    return f"{before}{words}{after}"


def _parts(spelling: str) -> Iterable[str]:
    """Cut a spelling into the words that may give it away; small letters are no name."""
    words = re.findall(r"\w+", spelling)
    return (
        word for word in words if len(word) >= SHORTEST_PART and word[0].isalpha() and not word[0].islower()
    )


def _part(part: str) -> str:
    """Match a part of a name with its endings, in capitals, and in scripts without these inside a word."""
    if not part[0].isupper():
        return rf"[^\W{UNSPACED}]*{re.escape(part)}[^\W{UNSPACED}]*"
    forms = "|".join(map(re.escape, sorted({part, part.upper()})))
    ending = r"\w*" if len(part) >= _INFLECTED else _WORD_ENDS
    return f"{_NOT_IN_WORD}(?:{forms}){ending}"
