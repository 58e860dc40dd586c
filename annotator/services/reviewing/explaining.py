"""In what annotators who marked the same thing differ, in words that name nobody."""

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

from annotator.model.change import to_json
from annotator.model.figure import figure_problem
from annotator.model.records import Annotation
from annotator.model.scheme import Attribute, Scheme
from annotator.model.span import Fragments, Span, joined, shared, size
from annotator.model.values import is_empty
from annotator.store.project import Project

DifferenceKind = Literal["boundaries", "label", "value", "fragments", "one-sided"]

Settle = Callable[[str], str]
"""Maps the id of an entity to that of the one it was merged into at last."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing in which versions differ, in words that fit into a sentence."""

    kind: DifferenceKind
    words: str
    attribute: str = ""


def settling(project: Project) -> Settle:
    """Return what follows merges of entities, asking the project once for each."""

    @cache
    def settled(entity: str) -> str:
        found = project.entity(entity)
        return found.id if found else entity

    return settled


def differences(
    scheme: Scheme, annotations: Sequence[Annotation], absent: int, settle: Settle
) -> tuple[Difference, ...]:
    """List in what annotations of one thing differ; `absent` annotators have read it and have nothing here.

    Notes, and the words of figures, don't count.
    """
    found: list[Difference] = []
    if not _are_same(annotations):
        found += _of_place([a.fragments for a in annotations])
        found += _of_label(scheme, annotations)
        found += _of_values(scheme, annotations, settle)
    if absent:
        found.append(Difference("one-sided", _absence(len(annotations), absent)))
    return tuple(found)


def sentence(found: Iterable[Difference], unless: str) -> str:
    """Join differences to a sentence; `unless` says what there is where there are none."""
    words = "; ".join(difference.words for difference in found) or unless
    return f"{words[:1].upper()}{words[1:]}."


def meaning(attribute: Attribute | None, value: Any, settle: Settle) -> Hashable:
    """Reduce a value to what counts of it, so that two that mean the same are equal; None says nothing."""
    if is_empty(value):
        return None
    if isinstance(value, Mapping):
        if figure_problem(value):
            return to_json(value)
        bounds = [value.get(name) for name in ("low", "best", "high")]
        return value.get("qualifier", "not stated"), *bounds
    if isinstance(value, list):
        return frozenset(item if isinstance(item, str) else to_json(item) for item in value)
    if attribute is not None and attribute.kind == "entity" and isinstance(value, str):
        return settle(value)
    return value if isinstance(value, Hashable) else to_json(value)


def stretches(annotation: Annotation, others: Iterable[Annotation]) -> tuple[tuple[str, bool], ...]:
    """Cut an annotation's words where another begins or ends; each is marked if any other lacks it.

    Between fragments stands an ellipsis.
    """
    common = _common([annotation.fragments, *(other.fragments for other in others)])
    result: list[tuple[str, bool]] = []
    for fragment, words in zip(annotation.fragments, annotation.anchor.exact, strict=False):
        if result:
            result.append((" … ", False))
        result += _cut(fragment, words, shared((fragment,), common))
    return tuple(result)


def _cut(fragment: Span, words: str, common: Fragments) -> Iterable[tuple[str, bool]]:
    at = 0
    for span in common:
        start, stop = span.start - fragment.start, span.stop - fragment.start
        if at < start:
            yield words[at:start], True
        yield words[start:stop], False
        at = stop
    if at < len(words):
        yield words[at:], True


def _are_same(annotations: Sequence[Annotation]) -> bool:
    """Say quickly, for nearly all of a million, that nothing at all differs."""
    first = annotations[0] if annotations else None
    return all(
        a.fragments == first.fragments and a.label == first.label and a.attributes == first.attributes
        for a in annotations[1:]
        if first
    )


def _of_place(placed: Sequence[Fragments]) -> Iterable[Difference]:
    if len(set(placed)) < 2:
        return
    hulls: list[Fragments] = [(Span(f[0].start, f[-1].stop),) for f in placed]
    apart = _apart(hulls)
    if apart:
        yield Difference("boundaries", f"boundaries differ by {_characters(apart)}")
    counts = sorted({len(f) for f in placed})
    if len(counts) > 1:
        yield Difference("fragments", f"fragments differ ({' or '.join(map(str, counts))})")
    if counts[0] == 1 or len(counts) > 1:
        return
    within = _common(hulls)
    gaps = _apart([shared(f, within) for f in placed])
    if gaps:
        yield Difference("fragments", f"the gaps between fragments differ by {_characters(gaps)}")


def _common(placed: Sequence[Fragments]) -> Fragments:
    first, *others = placed
    for fragments in others:
        first = shared(first, fragments)
    return first


def _apart(placed: Sequence[Fragments]) -> int:
    """Count the code points that some mark and others don't."""
    if all(len(fragments) == 1 for fragments in placed):  # Nearly all are.
        starts, stops = [f[0].start for f in placed], [f[0].stop for f in placed]
        common = min(stops) - max(starts)
        if common > 0:
            return max(stops) - min(starts) - common
    return size(joined(span for fragments in placed for span in fragments)) - size(_common(placed))


def _of_label(scheme: Scheme, annotations: Sequence[Annotation]) -> Iterable[Difference]:
    labels = list(dict.fromkeys(a.label for a in annotations))
    if len(labels) > 1:
        titles = [label.title if (label := scheme.label(own_id)) else own_id for own_id in labels]
        yield Difference("label", f"labels differ: {' or '.join(titles)}")


def _of_values(scheme: Scheme, annotations: Sequence[Annotation], settle: Settle) -> Iterable[Difference]:
    """Compare each attribute between those annotations whose label can have it."""
    for name in _names(scheme, annotations):
        holders = {a.label for a in annotations if name in a.attributes or _attribute(scheme, a, name)}
        said = {
            meaning(_attribute(scheme, a, name), a.attributes.get(name), settle)
            for a in annotations
            if a.label in holders
        }
        if len(said) > 1:
            yield Difference("value", f"“{name}” differs", name)


def _names(scheme: Scheme, annotations: Sequence[Annotation]) -> list[str]:
    """List the attributes that any annotation has, in the scheme's order, then others by name."""
    there = {name for a in annotations for name in a.attributes}
    labels = [scheme.label(own_id) for own_id in dict.fromkeys(a.label for a in annotations)]
    known = [attribute.name for label in labels if label for attribute in label.attributes]
    return [*dict.fromkeys(name for name in known if name in there), *sorted(there.difference(known))]


def _attribute(scheme: Scheme, annotation: Annotation, name: str) -> Attribute | None:
    label = scheme.label(annotation.label)
    return label.attribute(name) if label else None


def _absence(present: int, absent: int) -> str:
    if present == 1 and absent > 1:
        return f"only one of {_number(absent + 1)} annotators has it"
    return (
        "one annotator has nothing here" if absent == 1 else f"{_number(absent)} annotators have nothing here"
    )


def _characters(n: int) -> str:
    return f"{n:,} character" if n == 1 else f"{n:,} characters"


def _number(n: int) -> str:
    return ("no", "one", "two", "three", "four", "five", "six")[n] if n < 7 else str(n)
