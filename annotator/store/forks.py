"""Forks: objects that were changed in two places, neither knowing of the other's change."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from operator import itemgetter

from annotator.model.change import Change, ObjectKey
from annotator.model.excerpts import followed, original_id
from annotator.model.settlement import Settlement, settlement_id
from annotator.store.bodies import SCHEME, parsed
from annotator.store.connection import Connection, Row
from annotator.store.journal import CHANGE_COLUMNS
from annotator.store.queries import Step

_NEVER = (SCHEME, Settlement.KIND)
"""Schemes are joined when they meet, and a settlement says the same whoever wrote it."""
_AT_ONCE = 500

# Of a chain of revisions all but the last are somebody's parent. A copy counts as its original; of the
# changes that it follows, only the nearest is looked at here.
_SEVERAL = "SELECT kind, id FROM revision WHERE kind NOT IN (?, ?) GROUP BY kind, id HAVING count(*) > 1"
_ORIGINAL = "substr({change} || '.', 1, instr({change} || '.', '.') - 1)"
_NEAREST = _ORIGINAL.format(change="substr(r.parent || ' ', 1, instr(r.parent || ' ', ' ') - 1)")
_BRANCHED = (
    "SELECT r.kind, r.id FROM {several} m JOIN revision r ON r.kind = m.kind AND r.id = m.id"
    f" LEFT JOIN revision p ON p.change >= {_NEAREST} AND p.change < {_NEAREST} || '/'"
    " AND p.kind = r.kind AND p.id = r.id GROUP BY r.kind, r.id"
    f" HAVING count(DISTINCT {_ORIGINAL.format(change='r.change')})"
    f" - count(DISTINCT {_ORIGINAL.format(change='p.change')}) > 1 ORDER BY r.kind, r.id"
)
_REVISIONS = (
    f"SELECT r.kind, r.id, r.parent, r.body, {CHANGE_COLUMNS} FROM wanted CROSS JOIN revision r"
    " ON r.kind = column1 AND r.id = column2 CROSS JOIN change c ON c.id = r.change"
)

_Revision = tuple[tuple[str, ...], str | None, Change]
"""The changes that a revision follows, its body as JSON, and the change that wrote it."""


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
    settling = {original_id(row[0]) for row in db.rows(_SETTLING, (Settlement.KIND,))}
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
    revisions = _originals(rows)
    parents = {parent for parents, _, _ in revisions.values() for parent in parents}
    latest_first = sorted(revisions, key=lambda own: revisions[own][2].rank, reverse=True)
    versions, others = latest_first[:1], [own for own in latest_first[1:] if own not in parents]
    seen = _bodies(revisions, versions[0], settling)
    seen |= {revisions[own][1] for own in others if _is_settled(key, revisions[own][2], settled)}
    for own in others:
        text = revisions[own][1]
        if text not in seen:
            seen.add(text)
            versions.append(own)
    steps = tuple(Step(revisions[own][2], parsed(revisions[own][1])) for own in versions)
    return Fork(*key, steps) if len(steps) > 1 else None


def _originals(rows: Iterable[Row]) -> dict[str, _Revision]:
    """Map changes to their revisions; those of copies are one with the original's, or the first copy's."""
    revisions: dict[str, _Revision] = {}
    for parent, text, *row in sorted(rows, key=itemgetter(2)):
        change = Change(*row)
        known = revisions.setdefault(original_id(change.id), ((), text, change))
        revisions[original_id(change.id)] = ((*known[0], *followed(parent)), *known[1:])
    return revisions


def _is_settled(key: ObjectKey, change: Change, settled: set[str]) -> bool:
    """Say whether somebody chose already, looking at a change or at a copy of it."""
    return any(settlement_id(key, known) in settled for known in (change.id, original_id(change.id)))


def _bodies(revisions: Mapping[str, _Revision], last: str, settling: set[str]) -> set[str | None]:
    """Collect the bodies of a revision and of all that it follows.

    By body and not by change alone, because not all that a copy follows need be here. What a settlement
    chose counts only while it stands: when that is undone, the fork is there again.
    """
    seen: set[str] = set()
    bodies: set[str | None] = set()
    waiting = [last]
    while waiting:
        change = waiting.pop()
        if change in revisions and change not in seen:
            seen.add(change)
            if change == last or change not in settling:
                bodies.add(revisions[change][1])
            waiting += revisions[change][0]
    return bodies
