"""Make a record fit a format: what to do with spans that overlap or that are in several fragments."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Literal, get_args

from annotator.formats.dataset import ArticleRecord
from annotator.formats.losses import Holds, Lost, quoted
from annotator.model.anchor import Anchor, anchor
from annotator.model.records import Annotation
from annotator.model.span import hull, intersection, size

Overlaps = Literal["outermost", "innermost", "none"]
OVERLAPS: tuple[Overlaps, ...] = get_args(Overlaps)

Broken = Literal["apart", "whole", "none"]
BROKEN: tuple[Broken, ...] = get_args(Broken)


@dataclass(frozen=True, slots=True)
class Fitting:
    """What happens where a format can't hold a span as it is.

    Of spans that overlap, the outermost (longest) or the innermost (shortest) stay, or none of them does.
    A span in several fragments is written as several spans (apart), as one with all that stands between
    (whole), or not at all.
    """

    overlaps: Overlaps = "outermost"
    broken: Broken = "apart"


def fitted(record: ArticleRecord, holds: Holds, fitting: Fitting) -> tuple[ArticleRecord, list[Lost]]:
    """Return a record as a format can hold it, and what that loses; links of spans left out go too."""
    lost: list[Lost] = []
    if holds.nested and holds.fragments:
        return record, lost
    annotations = record.annotations
    if not holds.fragments and any(len(a.fragments) > 1 for a in annotations):
        annotations = _unbroken(record, fitting.broken, lost)
    if not holds.nested:
        annotations = _apart(annotations, holds.layers, fitting.overlaps, lost)
    if annotations is record.annotations:
        return record, lost
    kept = {a.id for a in annotations}
    gone = {a.id for a in record.annotations} - kept
    links = tuple(link for link in record.links if not {link.source, link.target} & gone)
    if len(links) < len(record.links):
        lost += [("links of spans left out", link.type) for link in record.links if link not in links]
    return replace(record, annotations=annotations, links=links), lost


def _unbroken(record: ArticleRecord, broken: Broken, lost: list[Lost]) -> tuple[Annotation, ...]:
    result: list[Annotation] = []
    for a in record.annotations:
        if len(a.fragments) == 1:
            result.append(a)
            continue
        lost.append((_SAID[broken], quoted(a)))
        if broken == "whole":
            whole = (hull(a.fragments),)
            result.append(replace(a, fragments=whole, anchor=anchor(record.text, whole)))
        elif broken == "apart":
            result += _pieces(a)
    return tuple(sorted(result, key=lambda a: (a.hull.start, -a.hull.stop, a.id)))


_SAID: dict[Broken, str] = {
    "whole": "spans in several fragments, written as one with what stands between",
    "apart": "spans in several fragments, each fragment written as a span of its own",
    "none": "spans in several fragments, left out",
}


def _pieces(a: Annotation) -> Iterable[Annotation]:
    """Make an annotation of each fragment but white space; the first keeps the id, and so the links."""
    marked = ((f, words) for f, words in zip(a.fragments, a.anchor.exact, strict=True) if words.strip())
    for number, (fragment, words) in enumerate(marked, 1):
        own_id = a.id if number == 1 else f"{a.id}-{number}"
        yield replace(a, id=own_id, fragments=(fragment,), anchor=Anchor((words,)))


def _apart(
    annotations: tuple[Annotation, ...], by_layer: bool, overlaps: Overlaps, lost: list[Lost]
) -> tuple[Annotation, ...]:
    """Leave out what overlaps, in each layer for itself where the format keeps layers apart."""
    gone: set[str] = set()
    groups: dict[str, list[Annotation]] = {}
    for a in annotations:
        groups.setdefault(a.layer if by_layer else "", []).append(a)
    for group in groups.values():
        gone |= _overlapping(group) if overlaps == "none" else _beaten(group, overlaps)
    if not gone:
        return annotations
    what = "left out" if overlaps == "none" else f"left out for the {overlaps}"
    lost += [(f"spans that overlap another span, {what}", quoted(a)) for a in annotations if a.id in gone]
    return tuple(a for a in annotations if a.id not in gone)


def _overlapping(annotations: list[Annotation]) -> set[str]:
    gone: set[str] = set()
    for a, others in _with_rivals(annotations):
        for other in others:
            gone |= {a.id, other.id}
    return gone


def _beaten(annotations: list[Annotation], overlaps: Overlaps) -> set[str]:
    """Choose spans by size, then place; each chosen one puts out those that it overlaps."""
    rivals: dict[str, set[str]] = {}
    for a, others in _with_rivals(annotations):
        for other in others:
            rivals.setdefault(a.id, set()).add(other.id)
            rivals.setdefault(other.id, set()).add(a.id)
    sign = -1 if overlaps == "outermost" else 1
    gone: set[str] = set()
    for a in sorted(annotations, key=lambda a: (sign * size(a.fragments), a.hull.start, a.id)):
        if a.id not in gone:
            gone |= rivals.get(a.id, set())
    return gone


def _with_rivals(annotations: list[Annotation]) -> Iterable[tuple[Annotation, list[Annotation]]]:
    """Yield each annotation with those before it that share characters with it."""
    open_: list[Annotation] = []
    for a in sorted(annotations, key=lambda a: (a.hull.start, -a.hull.stop, a.id)):
        open_ = [other for other in open_ if other.hull.stop > a.hull.start]
        yield a, [other for other in open_ if intersection(a.fragments, other.fragments)]
        open_.append(a)
