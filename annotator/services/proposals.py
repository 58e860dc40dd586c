"""What a verdict proposes, told beside what the annotator has: label, boundaries and values."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from annotator.model.scheme import Label
from annotator.model.span import Fragments, Span, joined, shared
from annotator.model.values import is_empty
from annotator.services.feedback import Given
from annotator.services.telling import value_words
from annotator.services.verdicts import proposed_fragments
from annotator.store.project import Project

Fate = Literal["kept", "added", "dropped"]
Piece = tuple[str, Fate]
"""Some words, and what the proposal does to them."""

BETWEEN = " … "


@dataclass(frozen=True, slots=True)
class Proposal:
    """What a verdict proposes: label and values in lines of words, the boundaries in pieces."""

    lines: tuple[str, ...] = ()
    pieces: tuple[Piece, ...] = ()

    @property
    def spoken(self) -> tuple[str, ...]:
        """All of it in words."""
        return (*self.lines, *filter(None, [boundary_words(self.pieces)]))


def proposal(project: Project, text: str, given: Given) -> Proposal:
    """Tell what a verdict on a span of a text proposes."""
    return Proposal(proposal_words(project, given), boundary_pieces(text, given))


def proposal_words(project: Project, given: Given) -> tuple[str, ...]:
    """Say what a verdict proposes but for the boundaries, a line each: "Claim → Quote"."""
    proposed, own = given.verdict.proposed, given.annotation
    lines = []
    label = project.scheme.label(str(proposed.get("label", "")))
    before = project.scheme.label(own.label) if own else None
    if label is not None and label != before:
        lines.append(f"{before.title} → {label.title}" if before else f"mark as {label.title}")
    values = proposed.get("attributes")
    for name, value in _in_order(label or before, values if isinstance(values, dict) else {}):
        was = _value(project, before, name, own.attributes.get(name)) if own else ""
        will = _value(project, label or before, name, value)
        lines.append(f"{name}: {was} → {will}" if was and was != will else f"{name}: {will}")
    return tuple(lines)


def boundary_pieces(text: str, given: Given) -> tuple[Piece, ...]:
    """Cut the words of a span and of the one proposed where they begin to differ; () where none is proposed.

    Between stretches that don't touch stands an ellipsis.
    """
    after = joined(proposed_fragments(given.verdict))
    if not after or after[-1].stop > len(text):
        return ()
    before = given.annotation.fragments if given.annotation else ()
    if not before:
        return _spaced([(span, "kept") for span in after], text)
    common = shared(before, after)
    cut: list[tuple[Span, Fate]] = [(span, "kept") for span in common]
    cut += [(span, "added") for span in _without(after, common)]
    cut += [(span, "dropped") for span in _without(before, common)]
    return _spaced(sorted(cut), text)


def boundary_words(pieces: tuple[Piece, ...]) -> str:
    """Say the same in a sentence, for lists and for those who listen: "adds “in Aleppo”"."""
    added, dropped = (
        [f"“{words.strip()}”" for words, fate in pieces if fate == f] for f in ("added", "dropped")
    )
    parts = [f"{verb} {', '.join(some)}" for verb, some in (("adds", added), ("drops", dropped)) if some]
    return "; ".join(parts)


def _in_order(label: Label | None, values: Mapping[str, Any]) -> list[tuple[str, Any]]:
    """Put values in the order in which the label has its attributes, then others by name."""
    places = {attribute.name: n for n, attribute in enumerate(label.attributes if label else ())}
    return sorted(values.items(), key=lambda item: (places.get(item[0], len(places)), item[0]))


def _value(project: Project, label: Label | None, name: str, value: object) -> str:
    attribute = label.attribute(name) if label else None
    return "nothing" if is_empty(value) else value_words(project, attribute, value)


def _without(spans: Fragments, common: Fragments) -> Iterator[Span]:
    """Yield the stretches of spans that are not common to others."""
    for span in spans:
        inside = [c for c in common if span.start <= c.start and c.stop <= span.stop]
        edges = [span.start, *(at for c in inside for at in (c.start, c.stop)), span.stop]
        yield from (Span(a, b) for a, b in zip(edges[::2], edges[1::2], strict=True) if a < b)


def _spaced(cut: list[tuple[Span, Fate]], text: str) -> tuple[Piece, ...]:
    pieces: list[Piece] = []
    for n, (span, fate) in enumerate(cut):
        if n and cut[n - 1][0].stop < span.start:
            pieces.append((BETWEEN, "kept"))
        pieces.append((text[span.start : span.stop], fate))
    return tuple(pieces)
