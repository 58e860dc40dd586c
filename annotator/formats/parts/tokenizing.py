"""Tokens and sentences for formats that need them: of any script, always the same, without a library.

Every character that is no white space lies in exactly one token, and every token in one sentence. Offsets
count code points.
"""

import re
import unicodedata
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from functools import cache
from itertools import chain, groupby, pairwise

from annotator.model.span import Span
from annotator.model.tokens import ABBREVIATIONS

_PLANES = (*range(0x20000), *range(0xE0000, 0xE0200))
"""Where Unicode keeps its marks and its characters without a width."""

_TOKEN = r"""
    \d+(?:[.,:\u066b\u066c]\d+)+                                  # 1,200 and 3.5 and 12:30
    | (?<!\w)(?:[^\W\d_]\.){2,}                                   # U.N.
    | \w[\wEXT]*(?:['’](?![sS]\b)\w[\wEXT]*)*[\u200b\ufeff]*      # don't, but Kerry and 's
    | (?<=\w)['’][sS]\b
    | ([.!?*=~-])\1+
    | [\U0001f1e6-\U0001f1ff]{2}[EXT]*                            # flags
    | \S(?:[EXT\U0001f3fb-\U0001f3ff]|(?<=\u200d)[^\w\s])*[\u200b\ufeff]*
"""

_ENDS = frozenset(".!?…؟۔।॥։።")
_FULL_WIDTH_ENDS = frozenset("。．！？｡")
_CLOSERS = frozenset("\"'”’»›)]}」』）］")
_UNENDING = frozenset(ABBREVIATIONS.split())


def tokens(text: str) -> list[Span]:
    """Cut a text into words, numbers and signs; a letter with its marks and a joined emoji stay whole."""
    return [Span(*match.span()) for match in _pattern().finditer(text)]


def token_edges(text: str) -> "array[int]":
    """Cut a text as `tokens` does; return where each begins and ends, in half the time."""
    return array("q", chain.from_iterable(map(re.Match.span, _pattern().finditer(text))))


def split_at(whole: Sequence[Span], edges: Iterable[int]) -> list[Span]:
    """Split the tokens that have an edge inside them."""
    cuts: dict[int, list[int]] = {}
    for edge in sorted({*edges}):
        at = bisect_left(whole, edge, key=lambda token: token.start) - 1
        if at >= 0 and edge < whole[at].stop:
            cuts.setdefault(at, []).append(edge)
    result: list[Span] = []
    done = 0
    for at, inside in cuts.items():
        result += whole[done:at]
        ends = (whole[at].start, *inside, whole[at].stop)
        result += (Span(start, stop) for start, stop in pairwise(ends))
        done = at + 1
    return result + list(whole[done:])


def sentences(text: str, of: Sequence[Span]) -> list[list[Span]]:
    """Group tokens into sentences; they end in blank lines and after their punctuation."""
    groups: list[list[Span]] = []
    for at, token in enumerate(of):
        if not at or _begins(text, of, at):
            groups.append([])
        groups[-1].append(token)
    return groups


def touched(of: Sequence[Span], span: Span) -> range:
    """Return the indexes of the tokens that share a character with a span; of none where only space is."""
    first = bisect_right(of, span.start, key=lambda token: token.stop)
    return range(first, max(first, bisect_left(of, span.stop, key=lambda token: token.start)))


@cache
def _pattern() -> re.Pattern[str]:
    """Spell out what may follow a letter or sign and belongs to it: `re` has no class for it."""
    kinds = ("Mn", "Mc", "Me", "Cf")
    codes = [n for n in _PLANES if unicodedata.category(chr(n)) in kinds and n not in (0x200B, 0xFEFF)]
    # As ranges: `re` goes through what lies beyond 0xFFFF one by one.
    groups = groupby(enumerate(codes), lambda numbered: numbered[1] - numbered[0])
    ranges = [[code for _, code in group] for _, group in groups]
    extending = "".join(f"{chr(run[0])}-{chr(run[-1])}" for run in ranges)
    return re.compile(_TOKEN.replace("EXT", extending), re.VERBOSE)


def _begins(text: str, of: Sequence[Span], at: int) -> bool:
    """Say whether a sentence begins with the token at an index, which is not the first."""
    gap = text[of[at - 1].stop : of[at].start]
    if gap.count("\n") > 1:
        return True
    end = at - 1
    while end and text[of[end].start] in _CLOSERS and of[end - 1].stop == of[end].start:
        end -= 1
    last, following = text[of[end].stop - 1], text[of[at].start]
    if last in _FULL_WIDTH_ENDS:
        return following not in _CLOSERS
    return bool(gap) and last in _ENDS and not following.islower() and not _is_short(text, of, end)


def _is_short(text: str, of: Sequence[Span], at: int) -> bool:
    """Say whether a full stop belongs to an abbreviation or an initial: "Mr. Kerry", "J. Kerry"."""
    if not at or text[of[at].start : of[at].stop] != "." or of[at - 1].stop != of[at].start:
        return False
    word = text[of[at - 1].start : of[at - 1].stop]
    return word in _UNENDING or (len(word) == 1 and word.isupper())
