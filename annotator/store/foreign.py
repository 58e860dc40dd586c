"""Reading somebody else's project file, of which nothing is believed."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from annotator.model.change import Change, Revision, chain_hash
from annotator.model.text import canonical, fingerprint
from annotator.store import journal, opening, schema
from annotator.store.bodies import is_sound
from annotator.store.check import Problem
from annotator.store.confining import confine
from annotator.store.connection import APPLICATION_ID, Connection

_TABLES = ("meta", "change", "revision", "article_text")


@dataclass(frozen=True, slots=True)
class Foreign:
    """What a stranger's file holds that can be believed, and what was left out."""

    project_id: str
    changes: tuple[Change, ...]
    texts: tuple[str, ...]
    problems: tuple[Problem, ...]


def read_foreign(path: Path) -> Foreign:
    """Read the changes and texts of a project file, which is neither written nor obeyed."""
    path = path.absolute()
    opening.must_be_a_file(path)
    with opening.told(path):
        db = Connection.to_file(path, "ro")
        try:
            _confine(db)
            problems: list[Problem] = []
            texts = tuple(_texts(db, problems))
            changes = tuple(_changes(db, problems))
            return Foreign(opening.project_id(db), changes, texts, tuple(problems))
        finally:
            db.close()


def _confine(db: Connection) -> None:
    """Make sure of our tables, and let nothing but them be read."""
    if db.value("PRAGMA application_id") != APPLICATION_ID:
        raise opening.not_ours(db.path)
    wanted, found = schema.expected(1), schema.objects(db.raw)
    for table in _TABLES:
        if found.get(table) != wanted[table]:
            raise opening.altered(db.path, table)
    confine(db.raw, _TABLES)


def _texts(db: Connection, problems: list[Problem]) -> Iterator[str]:
    for sha256, text in db.rows("SELECT sha256, text FROM article_text ORDER BY pos"):
        if canonical(text) == text and fingerprint(text) == sha256:
            yield text
        else:
            problems.append(Problem("text-hash", "a text is not the one that was imported"))


def _changes(db: Connection, problems: list[Problem]) -> Iterator[Change]:
    """Read each feed up to the first change that is missing, altered or malformed."""
    broken: set[str] = set()
    n, before = dict[str, int](), dict[str, str]()
    for (change_id,) in db.rows("SELECT id FROM change ORDER BY feed, n"):
        change = journal.change(db, change_id)
        if change is None or change.feed in broken:
            continue
        problem = _problem(change, n.get(change.feed, 0), before.get(change.feed, ""))
        if problem:
            broken.add(change.feed)
            problems.append(problem)
            continue
        n[change.feed], before[change.feed] = change.n, change.hash
        yield change


def _problem(change: Change, n: int, before: str) -> Problem | None:
    what = f"“{change.action}” by {change.actor or 'the program'} at {change.at}, and what follows it,"
    if change.n != n + 1:
        return Problem("gap", f"{what} was left out: a change before it is missing")
    if chain_hash(before, change) != change.hash:
        return Problem("chain", f"{what} was left out: it was altered after it was saved")
    if not 0 < change.seq < schema.LAST_NUMBER or not all(_is_sound(r) for r in change.revisions):
        return Problem("body", f"{what} was left out: it can't be read")
    return None


def _is_sound(revision: Revision) -> bool:
    return revision.body is None or is_sound(revision.kind, revision.body)
