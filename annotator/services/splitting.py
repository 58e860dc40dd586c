"""Split articles into parts for training and testing, the same way under the same seed."""

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Mapping

Split = Mapping[str, float]
"""The share of each part, by its name; shares count against their sum."""

_DEVICE = re.compile(r"con|prn|aux|nul|(com|lpt)[0-9¹²³]", re.IGNORECASE)
_PART = re.compile(r"([^\W_][\w-]{0,40})=(\d{1,9}(?:\.\d{1,9})?)")


def parsed(words: str) -> dict[str, float]:
    """Read "train=80,dev=10,test=10"; raise ValueError with what is wrong."""
    split: dict[str, float] = {}
    for part in words.split(","):
        match = _PART.fullmatch(part.strip())
        if not match:
            raise ValueError(
                f"“{part}” is not a part, of letters and digits, and its share; write train=80,dev=10,test=10"
            )
        if _DEVICE.fullmatch(match[1]):
            raise ValueError(f"“{match[1]}” can't be the name of a folder on Windows; choose another")
        if match[1].casefold() in map(str.casefold, split):
            raise ValueError(f"the part “{match[1]}” is named twice")
        split[match[1]] = float(match[2])
    if not sum(split.values()):
        raise ValueError("the shares are all nothing; write train=80,dev=10,test=10")
    return split


def fold(text: str) -> str:
    """Reduce a text to a fingerprint of its letters and digits, whatever the case, spaces and points."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    return hashlib.sha256("".join(ch for ch in plain if ch.isalnum()).encode("utf-8")).hexdigest()


def split_articles(folded: Iterable[tuple[str, str]], split: Split, seed: int) -> dict[str, str]:
    """Map each article id to its part; articles with the same fold stay together.

    Groups stand in an order that only their words and the seed make, and the parts take their shares of
    it one after another, so each part has its share as nearly as the groups allow.
    """
    groups: dict[str, list[str]] = {}
    for article, fingerprint in folded:
        groups.setdefault(fingerprint, []).append(article)
    total = sum(map(len, groups.values()))
    ends = _ends(split)
    parts, before = {}, 0
    for fingerprint in sorted(groups, key=lambda f: _shuffled(f, seed)):
        size = len(groups[fingerprint])
        middle = (before + size / 2) / total
        part = next((name for name, end in ends if middle < end), ends[-1][0])
        parts.update(dict.fromkeys(groups[fingerprint], part))
        before += size
    return parts


def _ends(split: Split) -> list[tuple[str, float]]:
    """Return where each part that has a share ends, between 0 and 1."""
    total, reached, ends = sum(split.values()), 0.0, []
    for name, share in split.items():
        reached += share
        if share:
            ends.append((name, reached / total))
    return ends


def _shuffled(fingerprint: str, seed: int) -> str:
    return hashlib.sha256(f"{seed}\n{fingerprint}".encode()).hexdigest()
