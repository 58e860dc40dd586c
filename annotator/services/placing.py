"""Check where imported spans say they stand, and find them again where they drifted."""

from dataclasses import dataclass

from annotator.model.anchor import Anchor, anchor, reanchored
from annotator.model.records import Annotation
from annotator.model.span import Fragments


@dataclass(frozen=True, slots=True)
class Placing:
    """Where an imported span stands; no fragments when nowhere. `remark` says what was done, if anything."""

    fragments: Fragments
    anchor: Anchor
    remark: str = ""


_NOWHERE = Anchor(())


def place(annotation: Annotation, text: str, *, is_cut: bool = False) -> Placing:
    """Keep a span that stands on its words, move one that drifted, refuse one without a certain place.

    A span that is only quoted, without a place, gets the one where its words stand.
    `is_cut` says that the text is the right one for certain, and that the words may only be the first ones.
    """
    wanted, fragments = annotation.anchor, annotation.fragments
    if is_cut and fragments:
        return _by_first_words(annotation, text)
    if fragments and fragments[-1].stop <= len(text):
        found = anchor(text, fragments)
        if not wanted.exact or wanted.exact == found.exact:
            return _kept(annotation, Placing(fragments, wanted if wanted == found else found))
    elif fragments and not wanted.exact:
        return _beyond(annotation, text)
    again = reanchored(text, wanted)
    if again is None:
        return _refused(annotation, "its words stand in no one place of the text")
    return _kept(annotation, Placing(again, anchor(text, again), _moved(annotation, again)))


def _by_first_words(annotation: Annotation, text: str) -> Placing:
    if annotation.fragments[-1].stop > len(text):
        return _beyond(annotation, text)
    found = anchor(text, annotation.fragments)
    first = annotation.anchor.exact
    if first and not all(a.startswith(b) for a, b in zip(found.exact, first, strict=True)):
        return _refused(annotation, "its first words don't stand there")
    return _kept(annotation, Placing(annotation.fragments, found))


def _beyond(annotation: Annotation, text: str) -> Placing:
    return _refused(annotation, f"it ends after the article, which has {len(text):,} characters")


def _kept(annotation: Annotation, placing: Placing) -> Placing:
    """Keep a place unless only white space stands there: that marks nothing."""
    for words in placing.anchor.exact:
        if words and not words.isspace():
            return placing
    return _refused(annotation, "it marks nothing but white space")


def _refused(annotation: Annotation, why: str) -> Placing:
    return Placing((), _NOWHERE, f"{_named(annotation)} was left out: {why}")


def _moved(annotation: Annotation, again: Fragments) -> str:
    if not annotation.fragments:
        return ""
    by = again[0].start - annotation.fragments[0].start
    far = "1 character" if abs(by) == 1 else f"{abs(by):,} characters"
    way = f"{far} {'on' if by > 0 else 'back'}" if by else "with its fragments"
    return f"{_named(annotation)} was re-anchored {way}"


def _named(annotation: Annotation) -> str:
    words = _short(annotation.anchor)
    quoted = f" “{words}”" if words else ""
    place = f" at {annotation.fragments[0].start:,}" if annotation.fragments else ""
    return f"the {annotation.label}{quoted}{place}"


def _short(wanted: Anchor) -> str:
    words = " ".join(" … ".join(wanted.exact).split())
    return words if len(words) <= 40 else words[:39] + "…"
