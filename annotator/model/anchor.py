"""Quotes with context: how an annotation proves, or finds again, where it stands."""

from collections.abc import Sequence
from dataclasses import dataclass

from annotator.model.span import Fragments, Span

CONTEXT = 32
"""Code points of context kept on either side of an annotation."""


@dataclass(frozen=True, slots=True)
class Anchor:
    """The exact words of each fragment, with what stands before the first and after the last."""

    exact: tuple[str, ...]
    prefix: str = ""
    suffix: str = ""


def anchor(text: str, fragments: Fragments) -> Anchor:
    """Take the words and the context of fragments from their text."""
    start, stop = fragments[0].start, fragments[-1].stop
    return Anchor(
        tuple([text[f.start : f.stop] for f in fragments]),
        text[max(0, start - CONTEXT) : start],
        text[stop : stop + CONTEXT],
    )


def stands(text: str, fragments: Fragments, exact: tuple[str, ...]) -> bool:
    """Say whether each fragment marks exactly its words."""
    return tuple([text[f.start : f.stop] for f in fragments]) == exact


def marks(text: str, pairs: Sequence[Sequence[int]], exact: Sequence[str]) -> bool:
    """Say the same of fragments that are still pairs of numbers, as in a body."""
    if len(pairs) == len(exact) == 1:  # As nearly all are; an export asks a million times.
        start, stop = pairs[0]
        return text[start:stop] == exact[0]
    return [text[start:stop] for start, stop in pairs] == list(exact)


def reanchored(text: str, wanted: Anchor) -> Fragments | None:
    """Find where the quoted words stand in a text: exactly one place, else None.

    Places of the first fragment are weighed by how much of the context agrees, later fragments stand at
    their next occurrence; a tie between places is ambiguous and never guessed.
    """
    candidates = [
        (_context_score(text, fragments, wanted), fragments) for fragments in _placings(text, wanted.exact)
    ]
    if not candidates:
        return None
    best = max(score for score, _ in candidates)
    winners = [fragments for score, fragments in candidates if score == best]
    return winners[0] if len(winners) == 1 else None


def _placings(text: str, exact: tuple[str, ...]) -> list[Fragments]:
    """List every placing of the words in order, each later fragment at its nearest occurrence."""
    if not exact or not all(exact):
        return []
    placings = []
    at = text.find(exact[0])
    while at >= 0:
        spans, end = [Span(at, at + len(exact[0]))], at + len(exact[0])
        for words in exact[1:]:
            follows = text.find(words, end)
            if follows < 0:
                break
            end = follows + len(words)
            spans.append(Span(follows, end))
        else:
            placings.append(tuple(spans))
        at = text.find(exact[0], at + 1)
    return placings


def _context_score(text: str, fragments: Fragments, wanted: Anchor) -> int:
    start, stop = fragments[0].start, fragments[-1].stop
    before = text[max(0, start - len(wanted.prefix)) : start]
    after = text[stop : stop + len(wanted.suffix)]
    return _common_prefix(before[::-1], wanted.prefix[::-1]) + _common_prefix(after, wanted.suffix)


def _common_prefix(a: str, b: str) -> int:
    return next((i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))
