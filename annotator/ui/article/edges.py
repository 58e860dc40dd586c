"""Move the start or the end of a span: by words, by graphemes, or to a place."""

from dataclasses import dataclass, replace
from typing import Literal

from annotator.model.span import Fragments, Span, joined
from annotator.ui.article.boundaries import Kind, snapped, step_back, step_on

Side = Literal["start", "stop"]


@dataclass(frozen=True, slots=True)
class Handle:
    """One end of one fragment of the selected span."""

    fragment: int
    side: Side


@dataclass(frozen=True, slots=True)
class Step:
    """A move of the first start or the last end by one word or grapheme."""

    side: Side
    outward: bool
    kind: Kind = Kind.Word


def stepped(text: str, fragments: Fragments, step: Step) -> Fragments:
    """Move an end by one step; the same fragments when nothing would be left or there is no more text."""
    if step.side == "start":
        first = fragments[0]
        start = _start_after(text, first, step)
        return (replace(first, start=start), *fragments[1:]) if start < first.stop else fragments
    last = fragments[-1]
    stop = _stop_after(text, last, step)
    return (*fragments[:-1], replace(last, stop=stop)) if stop > last.start else fragments


def dragged(text: str, fragments: Fragments, handle: Handle, offset: int, *, exact: bool) -> Fragments:
    """Move one end of a fragment to an offset, widened to whole words; fragments that meet are joined."""
    old = fragments[handle.fragment]
    start, stop = (offset, old.stop) if handle.side == "start" else (old.start, offset)
    moved = snapped(text, start, stop, exact=exact) if start < stop else None
    if moved is None:
        return fragments
    # Only the end that is dragged may move: the other may stand inside a word on purpose.
    kept = replace(moved, stop=old.stop) if handle.side == "start" else replace(moved, start=old.start)
    return joined([*fragments[: handle.fragment], kept, *fragments[handle.fragment + 1 :]])


def _start_after(text: str, span: Span, step: Step) -> int:
    if step.outward:
        start = step_back(text, span.start, step.kind)
        return start if text[start : span.start].strip() else span.start
    inner = step_on(text, span.start, step.kind)
    return inner + len(text[inner : span.stop]) - len(text[inner : span.stop].lstrip())


def _stop_after(text: str, span: Span, step: Step) -> int:
    if step.outward:
        stop = step_on(text, span.stop, step.kind)
        return stop if text[span.stop : stop].strip() else span.stop
    inner = step_back(text, span.stop, step.kind)
    return span.start + len(text[span.start : inner].rstrip())
