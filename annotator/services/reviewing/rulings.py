"""Which ruling is about which annotations, and whether it still is about what stands."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from hashlib import sha256

from annotator.model.records import Annotation
from annotator.model.review import ORIGINS, Ruling


def derived_id(*parts: str) -> str:
    """Derive an id, the same in every copy of a project, so that two decisions on one thing meet."""
    return sha256("\n".join(parts).encode()).hexdigest()[:32]


def is_live(ruling: Ruling, gold: Mapping[str, Annotation], standing: Mapping[str, str]) -> bool:
    """Say whether everything that was ruled on still has the body that was read, and the gold exists."""
    is_read = all(standing.get(own_id) == change for own_id, change in ruling.sources.items())
    return is_read and (not ruling.gold or ruling.gold in gold)


def implied(
    rulings: Sequence[Ruling], gold: Mapping[str, Annotation], standing: Mapping[str, str]
) -> list[Ruling]:
    """Return rulings in the place of those that gold annotations, brought in from elsewhere, lack.

    A source that was changed later than the gold annotation counts as changed since; ids of changes begin
    with their time.
    """
    ruled = {ruling.gold for ruling in rulings}
    return [
        Ruling(
            derived_id("ruling", own_id),
            annotation.article,
            "",
            {source: _read(standing, source, own_id) for source in annotation.sources},
            own_id,
            ORIGINS.get(annotation.origin, "adjudicated"),
        )
        for own_id, annotation in gold.items()
        if annotation.sources and own_id not in ruled
    ]


def assigned(
    rulings: Sequence[Ruling], groups: Sequence[Collection[str]], live: Collection[str]
) -> dict[int, list[Ruling]]:
    """Map groups of annotations, by index, to the rulings on them, the one that counts first.

    A ruling goes to the group that has most of its annotations, and -1 gathers those on none of them.
    Rulings that somebody made come before those that are only implied.
    """
    group_of = {own_id: i for i, group in enumerate(groups) for own_id in group}
    ranked: dict[int, list[tuple[bool, bool, int, str, Ruling]]] = {}
    for ruling in rulings:
        hits = Counter(group_of[own_id] for own_id in ruling.sources if own_id in group_of)
        best = min(hits, key=lambda i: (-hits[i], i), default=-1)
        is_whole = ruling.id in live and best >= 0 and set(groups[best]) <= ruling.sources.keys()
        ranked.setdefault(best, []).append(
            (not is_whole, not ruling.adjudicator, -hits[best], ruling.id, ruling)
        )
    return {i: [ruling for *_, ruling in sorted(found, key=lambda r: r[:4])] for i, found in ranked.items()}


def _read(standing: Mapping[str, str], source: str, gold: str) -> str:
    change = standing.get(source, "")
    return change if change <= standing.get(gold, "") else ""
