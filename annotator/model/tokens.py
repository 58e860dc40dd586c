"""Words, numerals and signs of an English passage, and tables of phrases to find among them."""

import re
from collections.abc import Mapping, Sequence
from typing import Generic, NamedTuple, TypeVar

# The full stop of these belongs to the word and ends no sentence.
ABBREVIATIONS = (
    "Jan Feb Mar Apr Jun Jul Aug Sept Sep Oct Nov Dec Mon Tues Tue Wed Thurs Thur Thu Fri Sat Sun"
    " No Mr Mrs Ms Dr St Gen Col Lt Maj Sgt Capt Prof Approx approx ca c"
)
_TOKEN = re.compile(
    rf"""
    \d{{1,3}}(?:,\d{{2,3}}){{0,4}},\d{{3}}(?!\d|,\d)(?:\.\d+)?     # 1,200 and 1,20,000
    | \d{{1,3}}(?:[ \u00a0\u2007\u2009\u202f'’\u066c]\d{{3}}){{1,4}}(?!\d)   # 1 200
    | \d+(?:[.\u066b]\d+)*
    | (?:[^\W\d_]\.){{2,}}                                    # U.N.
    | \b(?:{"|".join(ABBREVIATIONS.split())})\.
    | [^\W\d_]+(?:['’][^\W\d_]+)*
    | \S
    """,
    re.VERBOSE,
)
_HYPHENS = frozenset("-\u2010\u2011\u2012\u2013\u2212")
_DASHES = _HYPHENS | frozenset("\u2014\u2015")


class Token(NamedTuple):
    """One word, numeral or sign of a passage; `start` and `stop` count code points of the passage.

    `text` is in lower case, with straight apostrophes and without the full stop of an abbreviation; a
    hyphen that joins words is "-", a dash between them "—".
    """

    text: str
    start: int
    stop: int
    glued: bool
    """No space stands before it."""
    capital: bool

    @property
    def is_numeral(self) -> bool:
        return self.text[0].isdecimal()

    @property
    def is_word(self) -> bool:
        return self.text[0].isalpha()


def tokens(passage: str) -> list[Token]:
    """Cut a passage into words, numerals and signs."""
    result: list[Token] = []
    end = -1
    for match in _TOKEN.finditer(passage):
        start, stop = match.span()
        written = match[0]
        text = written.lower()
        if text in _DASHES:
            joins = text in _HYPHENS and start == end and passage[stop : stop + 1].strip() != ""
            text = "-" if joins else "—"
        elif len(text) > 1:
            text = text.replace("’", "'")
            text = text.rstrip(".") if text.count(".") == 1 and text[0].isalpha() else text
        result.append(Token(text, start, stop, start == end, written[0].isupper()))
        end = stop
    return result


def text_at(passage: Sequence[Token], at: int) -> str:
    """Return the text of the token at an index, empty outside the passage."""
    return passage[at].text if 0 <= at < len(passage) else ""


def words(*lines: str) -> frozenset[str]:
    """Read a table of single words."""
    return frozenset(" ".join(lines).split())


def numbered(line: str, first: int = 0, step: int = 1) -> dict[str, int]:
    """Number the words of a line; a word with bars stands for several of the same number."""
    numbers = enumerate(line.split())
    return {word: first + step * n for n, alike in numbers for word in alike.split("|")}


Meaning = TypeVar("Meaning")


class Phrases(Generic[Meaning]):
    """Phrases of one or more words and what each means; finds the longest that stands at a place."""

    def __init__(self, meanings: Mapping[str, Meaning]) -> None:
        self._by_first: dict[str, list[tuple[tuple[str, ...], Meaning]]] = {}
        for phrase in sorted(meanings, key=lambda p: -len(p.split())):
            parts = tuple(phrase.split())
            self._by_first.setdefault(parts[0], []).append((parts, meanings[phrase]))

    @property
    def openers(self) -> frozenset[str]:
        """The words that phrases begin with."""
        return frozenset(self._by_first)

    @classmethod
    def grouped(cls, groups: Mapping[Meaning, str]) -> "Phrases[Meaning]":
        """Read a table of meanings, each with its phrases between bars."""
        return cls({phrase: meaning for meaning, line in groups.items() for phrase in line.split("|")})

    def at(self, passage: Sequence[Token], at: int) -> tuple[Meaning, int] | None:
        """Return the meaning of the phrase at an index, and the index after it."""
        for parts, meaning in self._by_first.get(text_at(passage, at), ()):
            if all(text_at(passage, at + n) == part for n, part in enumerate(parts)):
                return meaning, at + len(parts)
        return None
