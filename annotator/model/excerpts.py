"""Copies of changes in a part of a project: their ids tell which change each is a copy of."""

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
