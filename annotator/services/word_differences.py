"""Which words of a text other versions of it lack."""

import re
from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher
from itertools import groupby, pairwise

Stretches = tuple[tuple[str, bool], ...]
"""The parts of a text, each with whether it differs."""

MOST_WORDS = 2_000
"""Words of a text that are compared one by one; of more, the whole differs."""
_WORD = re.compile(r"\S+|\s+")


def differing_words(said: str, others: Iterable[str]) -> Stretches:
    """Cut a text where its words begin and end to be those of all others.

    Where they have no word in common, the whole is one stretch that differs.
    """
    mine = _WORD.findall(said)
    texts = [_WORD.findall(other) for other in others]
    if max(map(len, (mine, *texts))) > 2 * MOST_WORDS:
        return ((said, True),)
    common = set(range(len(mine)))
    for theirs in texts:
        common &= _matching(mine, theirs)
    if not any(mine[i].strip() for i in common):
        return ((said, True),) if said else ()
    differs = [i not in common for i in range(len(mine))]
    # White space between two words that differ belongs to them, other white space to nobody.
    for before, after in pairwise([i for i, word in enumerate(mine) if word.strip()]):
        for i in range(before + 1, after):
            differs[i] = differs[before] and differs[after]
    return _joined(mine, differs)


def _matching(mine: Sequence[str], theirs: Sequence[str]) -> set[int]:
    blocks = SequenceMatcher(None, mine, theirs, autojunk=False).get_matching_blocks()
    return {block.a + i for block in blocks for i in range(block.size)}


def _joined(words: Sequence[str], differs: Sequence[bool]) -> Stretches:
    runs = groupby(zip(words, differs, strict=True), key=lambda pair: pair[1])
    return tuple(("".join(word for word, _ in run), differing) for differing, run in runs)
