"""Copies of changes in a part of a project: their ids tell which change each is a copy of."""

from collections.abc import Iterable

FEED = "excerpt-"
"""How the feeds begin that hold copies of changes instead of new ones."""

_APART = "."


def copied_id(change: str, copy: str) -> str:
    """Name the copy of a change: it ranks right after the change, and before any that ranks after that."""
    return f"{original_id(change)}{_APART}{copy}"


def original_id(change: str) -> str:
    """Return the id of the change that this one is or is a copy of."""
    return change.partition(_APART)[0]


def is_copy(feed: str) -> bool:
    """Say whether a feed holds copies of changes."""
    return feed.startswith(FEED)


def lineage(changes: Iterable[str]) -> str | None:
    """Write what a copied revision follows as its parent: all changes, because none of them is copied."""
    return " ".join(dict.fromkeys(map(original_id, changes))) or None


def followed(parent: str | None) -> tuple[str, ...]:
    """Return the changes that a revision with this parent follows, nearest first; of a copy all of them."""
    return tuple(map(original_id, (parent or "").split()))
