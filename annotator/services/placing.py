"""Check where imported spans say they stand, and find them again where they drifted."""

from dataclasses import dataclass

from annotator.model.anchor import Anchor, reanchored
from annotator.model.records import Annotation
from annotator.model.span import Fragments


@dataclass(frozen=True, slots=True)
class Placing:
    """Where an imported span stands: None when nowhere; `remark` says what was done, if anything."""

    annotation: Annotation | None
    remark: str = ""


def place(annotation: Annotation, text: str) -> Placing:
    """Keep a span that stands on its words, move one that drifted, refuse one without a certain place."""
    wanted, fragments = annotation.anchor, annotation.fragments
    inside = fragments[-1].stop <= len(text)
    if inside and (not wanted.exact or annotation.stands_in(text)):
        return _placed(annotation, text, fragments)
    if not wanted.exact:
        return Placing(
            None,
            f"{_named(annotation)} was left out: it ends after the article, which has"
            f" {len(text):,} characters",
        )
    found = reanchored(text, wanted)
    if found is None:
        return Placing(
            None, f"{_named(annotation)} was left out: its words stand in no one place of the text"
        )
    moved = found[0].start - fragments[0].start
    placing = _placed(annotation, text, found)
    way = f"{abs(moved):,} characters {'on' if moved > 0 else 'back'}"
    return (
        placing
        if placing.remark
        else Placing(placing.annotation, f"{_named(annotation)} was re-anchored {way}")
    )


def _placed(annotation: Annotation, text: str, fragments: Fragments) -> Placing:
    """Put a span in its place; one that marks only white space marks nothing."""
    if not any(text[f.start : f.stop].strip() for f in fragments):
        return Placing(None, f"{_named(annotation)} was left out: it marks nothing but white space")
    return Placing(annotation.placed(text, fragments))


def _named(annotation: Annotation) -> str:
    return f"the {annotation.label} “{_short(annotation.anchor)}” at {annotation.fragments[0].start:,}"


def _short(anchor: Anchor) -> str:
    words = " ".join(" … ".join(anchor.exact).split())
    return words if len(words) <= 40 else words[:39] + "…"
