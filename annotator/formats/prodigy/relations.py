"""From Prodigy's relations, which repeat where their spans stand, to links between annotations."""

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from annotator.formats.dataset import Remark
from annotator.formats.parts import bodies
from annotator.formats.parts.bodies import BadRecord
from annotator.formats.parts.line_works import Row, Work
from annotator.formats.parts.plain_values import Shelf
from annotator.model.records import Link


class Line(NamedTuple):
    """The relations of one line, and its spans by their place in the work."""

    number: int
    rows: list[Any]
    layer: str
    work: Work
    spans: Mapping[int, Row]
    own_id: Callable[[Row], str]
    """Gives the id of a span or relation that we wrote."""


class Relations:
    """Keeps relations until all spans of a file are there."""

    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf
        self._lines: list[Line] = []

    def expect(self, line: Line) -> None:
        """Keep the relations of a line."""
        if line.rows:
            self._lines.append(line)

    def link(self, remark: Remark) -> None:
        """Add a link for each relation whose ends are spans; remark upon the others."""
        for line in self._lines:
            by_id = {a.id: at for at, (_, a) in enumerate(line.work.marks) if a.id}
            for item in line.rows:
                try:
                    line.work.links.append(self._link(line, bodies.row_of(item, "it"), by_id))
                except BadRecord as error:
                    remark(line.number, f"a relation was left out: {error}")

    def _link(self, line: Line, row: Row, by_id: Mapping[str, int]) -> Link:
        ends = [line.work.id_at(_end(line, row, end, by_id)) for end in ("head", "child")]
        extra = row.get("extra", {})
        return bodies.link(
            {
                **(extra if isinstance(extra, dict) else {}),
                "id": line.own_id(row),
                "type": row.get("label"),
                "layer": line.layer,
                "source": ends[0],
                "target": ends[1],
                "attributes": self._shelf.values(row.get("attributes", {})),
            }
        )


def _end(line: Line, row: Row, end: str, by_id: Mapping[str, int]) -> int:
    """Find the place of the span at one end of a relation: by id, by offsets, or by token without them."""
    claimed = row.get(f"{end}_span")
    if not isinstance(claimed, dict):
        found = [at for at, span in line.spans.items() if _has_token(span, row.get(end))]
    elif own_id := line.own_id(claimed):
        # Where somebody else works on a line of ours, its spans have other ids than those of other lines.
        found = [by_id[i] for i in dict.fromkeys((own_id, claimed["id"])) if i in by_id][:1]
    else:
        found = [at for at, span in line.spans.items() if _is_claimed(span, claimed)]
    if len(found) != 1:
        raise BadRecord(f"its “{end}” is {'more than one span' if found else 'no span of the line'}")
    return found[0]


def _is_claimed(span: Row, claimed: Row) -> bool:
    return all(span.get(key) == claimed.get(key) for key in ("start", "end")) and claimed.get("label") in (
        None,
        span.get("label"),
    )


def _has_token(span: Row, token: Any) -> bool:
    edges = span.get("token_start"), span.get("token_end")
    return {*map(type, (*edges, token))} == {int} and edges[0] <= token <= edges[1]
