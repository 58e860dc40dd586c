"""Split articles into parts for training and testing, the same way under the same seed."""

import hashlib
import re
from collections.abc import Mapping, Sequence

Split = Mapping[str, float]
"""The share of each part, by its name; shares count against their sum."""

_DEVICE = re.compile(r"con|prn|aux|nul|(com|lpt)[0-9¹²³]", re.IGNORECASE)
_AROUND_EQUALS, _BETWEEN = re.compile(r"\s*=\s*"), re.compile(r"\s*,\s*|\s+")
_PART = re.compile(r"([^\W_][\w-]{0,40})=(\d{1,9}(?:\.\d{1,9})?)")


def parsed(words: str) -> dict[str, float]:
    """Read "train=80,dev=10,test=10", commas or spaces between; raise ValueError with what is wrong."""
    split: dict[str, float] = {}
    for part in _BETWEEN.split(_AROUND_EQUALS.sub("=", words.strip())):
        match = _PART.fullmatch(part)
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


def split_articles(groups: Mapping[str, Sequence[str]], split: Split, seed: int) -> dict[str, str]:
    """Map each article id to its part; the articles of a group stay together.

    Groups stand in an order that only their keys and the seed make, and the parts take their shares of it
    one after another, so each part has its share as nearly as the groups allow.
    """
    total = sum(map(len, groups.values()))
    ends = _ends(split)
    parts, before = {}, 0
    for key in sorted(groups, key=lambda key: _shuffled(key, seed)):
        size = len(groups[key])
        middle = (before + size / 2) / total
        part = next((name for name, end in ends if middle < end), ends[-1][0])
        parts.update(dict.fromkeys(groups[key], part))
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


def _shuffled(key: str, seed: int) -> str:
    return hashlib.sha256(f"{seed}\n{key}".encode()).hexdigest()
