"""Spans in tags of tokens: BIO, and what else goes by that name in the wild."""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

UNNAMED = "span"
"""The label of tags that are a bare B or I."""

_TAG = re.compile(r"([BIESLUM])(?:-(.+))?")
_OUTSIDE = ("O", "_", "-", "")
_BEGINS = "BSU"
_ENDS = "ESLU"


class Tagged(NamedTuple):
    """Neighbouring tokens that are one span, by their indexes; `stop` is exclusive."""

    label: str
    start: int
    stop: int


def is_tag(tag: str) -> bool:
    """Say whether this is a tag of BIO or its kin, rather than a bare label or something else."""
    return tag in _OUTSIDE or _TAG.fullmatch(tag) is not None


def spans(tags: Iterable[str]) -> Iterator[Tagged]:
    """Read BIO, IOB1, BIOES, BILOU and BMES; neighbours with the same bare label are one span."""
    label, start, at = "", 0, -1
    for at, tag in enumerate(tags):
        prefix, following = _parted(tag)
        if label and (following != label or prefix in _BEGINS):
            yield Tagged(label, start, at)
            label = ""
        if following and not label:
            label, start = following, at
        if label and prefix in _ENDS:
            yield Tagged(label, start, at + 1)
            label = ""
    if label:
        yield Tagged(label, start, at + 1)


def _parted(tag: str) -> tuple[str, str]:
    """Part a tag into its prefix and its label; no label is outside of every span."""
    if tag in _OUTSIDE:
        return "I", ""
    match = _TAG.fullmatch(tag)
    return (match[1], match[2] or UNNAMED) if match else ("I", tag)
