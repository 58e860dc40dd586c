"""What lies under a point of the page."""

from PySide6.QtCore import QPointF

from annotator.model.span import Fragments
from annotator.ui.article.boxes import Boxes
from annotator.ui.article.edges import Handle
from annotator.ui.article.marks import Mark, Marks, smallest_first

_REACH = 6.0
"""Pixels around a handle that belong to it."""


def marks_at(point: QPointF, offset: int, marks: Marks, boxes: Boxes, gap: float) -> list[Mark]:
    """List the annotations under a point, the smallest first; `offset` is the code point nearest to it.

    The gap below a line belongs to the line, so that underlines can be clicked.
    """
    near = marks.between(max(0, offset - 1), offset + 1)
    block = boxes.block_at(offset)
    return smallest_first(m for m in near if _covers(boxes, m.fragments, point, gap, (block, block)))


def handle_at(point: QPointF, fragments: Fragments, boxes: Boxes, blocks: tuple[int, int]) -> Handle | None:
    """Return the end of a selected span's fragment under a point."""
    for number, fragment in enumerate(fragments):
        for box in boxes.of(fragment, blocks):
            if not box.top - _REACH <= point.y() <= box.bottom + _REACH:
                continue
            if box.stop_x is not None and abs(point.x() - box.stop_x) <= _REACH:
                return Handle(number, "stop")
            if box.start_x is not None and abs(point.x() - box.start_x) <= _REACH:
                return Handle(number, "start")
    return None


def next_outward(hits: list[Mark], selected: str, *, again: bool) -> str:
    """Return which of the annotations under a click to select: the smallest, then outward, and round.

    `again` says that the selected one was chosen by a click before this one.
    """
    ids = [mark.id for mark in hits]
    if selected not in ids or not (again or ids[0] == selected):
        return ids[0] if ids else ""
    return ids[(ids.index(selected) + 1) % len(ids)]


def _covers(boxes: Boxes, fragments: Fragments, point: QPointF, gap: float, blocks: tuple[int, int]) -> bool:
    return any(
        box.left - 1 <= point.x() <= box.right + 1 and box.top <= point.y() < box.bottom + gap
        for box in boxes.all_of(fragments, blocks)
    )
