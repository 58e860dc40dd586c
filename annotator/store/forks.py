"""Forks: objects that were changed in two places, neither knowing of the other's change."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from annotator.model.change import Change, ObjectKey
from annotator.model.settlement import Settlement, settlement_id
from annotator.store.bodies import SCHEME, parsed
from annotator.store.connection import Connection, Row
from annotator.store.journal import CHANGE_COLUMNS
from annotator.store.queries import Step

_NEVER = (SCHEME, Settlement.KIND)
"""Schemes are joined when they meet, and a settlement says the same whoever wrote it."""
_AT_ONCE = 500

# Of a chain of revisions all but the last are somebody's parent.
_SEVERAL = "SELECT kind, id FROM revision WHERE kind NOT IN (?, ?) GROUP BY kind, id HAVING count(*) > 1"
_BRANCHED = (
    "SELECT r.kind, r.id FROM {several} m JOIN revision r ON r.kind = m.kind AND r.id = m.id"
    " LEFT JOIN revision p ON p.change = r.parent AND p.kind = r.kind AND p.id = r.id"
    " GROUP BY r.kind, r.id HAVING count(*) - count(DISTINCT p.change) > 1 ORDER BY r.kind, r.id"
)
_REVISIONS = (
    f"SELECT r.kind, r.id, r.parent, r.body, {CHANGE_COLUMNS} FROM wanted CROSS JOIN revision r"
    " ON r.kind = column1 AND r.id = column2 CROSS JOIN change c ON c.id = r.change"
)

_Revision = tuple[str | None, str | None, Change]
"""The change that a revision follows, its body as JSON, and the change that wrote it."""


@dataclass(frozen=True, slots=True)
class Fork:
    """The versions of one object: the one that stands, then the others, latest first."""

    kind: str
    id: str
    versions: tuple[Step, ...]

    @property
    def key(self) -> ObjectKey:
        return self.kind, self.id


def forks(db: Connection, keys: Sequence[ObjectKey] | None) -> tuple[Fork, ...]:
    """Find the objects of which a version stands that doesn't follow on another, and isn't equal to one."""
    branched = iter(_branched(db, keys))
    settled = {row[0] for row in db.rows(_SETTLED, (Settlement.KIND,))}
    settling = {row[0] for row in db.rows(_SETTLING, (Settlement.KIND,))}
    found: list[Fork] = []
    while some := list(islice(branched, _AT_ONCE)):
        of: dict[ObjectKey, list[Row]] = {}
        for kind, own_id, *revision in db.rows_for(some, _REVISIONS):
            of.setdefault((kind, own_id), []).append(tuple(revision))
        found += (fork for key in some if (fork := _fork(key, of[key], settled, settling)))
    return tuple(found)


_SETTLED = (
    "SELECT w.id FROM winner w JOIN revision r ON r.change = w.change AND r.kind = w.kind AND r.id = w.id"
    " WHERE w.kind = ? AND r.body IS NOT NULL"
)

_SETTLING = "SELECT DISTINCT change FROM revision WHERE kind = ?"


def _branched(db: Connection, keys: Sequence[ObjectKey] | None) -> list[ObjectKey]:
    if keys is None:
        return db.rows(_BRANCHED.format(several=f"({_SEVERAL})"), _NEVER)
    wanted = [key for key in keys if key[0] not in _NEVER]
    named = "(SELECT column1 AS kind, column2 AS id FROM wanted)"
    return db.rows_for(wanted, _BRANCHED.format(several=named))


def _fork(key: ObjectKey, rows: Iterable[Row], settled: set[str], settling: set[str]) -> Fork | None:
    """Compare the ends of all chains with the one that won."""
    revisions = {row[2]: (row[0], row[1], Change(*row[2:])) for row in rows}
    parents = {parent for parent, _, _ in revisions.values()}
    latest_first = sorted((r[2] for r in revisions.values()), key=lambda change: change.rank, reverse=True)
    versions, others = latest_first[:1], [c for c in latest_first[1:] if c.id not in parents]
    seen = _bodies(revisions, versions[0].id, settling)
    seen |= {revisions[c.id][1] for c in others if settlement_id(key, c.id) in settled}
    for change in others:
        text = revisions[change.id][1]
        if text not in seen:
            seen.add(text)
            versions.append(change)
    steps = tuple(Step(change, parsed(revisions[change.id][1])) for change in versions)
    return Fork(*key, steps) if len(steps) > 1 else None


def _bodies(revisions: Mapping[str, _Revision], last: str, settling: set[str]) -> set[str | None]:
    """Collect the bodies of a revision and of all that it follows.

    By body and not by change, because an excerpt holds copies of revisions under changes of its own. What a
    settlement chose counts only while it stands: when that is undone, the fork is there again.
    """
    change: str | None = last
    seen: set[str] = set()
    bodies: set[str | None] = set()
    while change is not None and change in revisions and change not in seen:
        seen.add(change)
        if change == last or change not in settling:
            bodies.add(revisions[change][1])
        change = revisions[change][0]
    return bodies
