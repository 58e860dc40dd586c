"""What a stranger's database may do: hand over rows of its tables, within bounds, and nothing else."""

import sqlite3
from collections.abc import Collection

MAX_VALUE = 100_000_000
"""Bytes of one value."""

_LIMITS = {
    sqlite3.SQLITE_LIMIT_LENGTH: MAX_VALUE,
    sqlite3.SQLITE_LIMIT_SQL_LENGTH: 100_000,
    sqlite3.SQLITE_LIMIT_EXPR_DEPTH: 20,
    sqlite3.SQLITE_LIMIT_VDBE_OP: 25_000,
    sqlite3.SQLITE_LIMIT_ATTACHED: 0,
    sqlite3.SQLITE_LIMIT_TRIGGER_DEPTH: 1,
}


_FUNCTIONS = ("count", "max")


def bound(raw: sqlite3.Connection) -> None:
    """Set how much reading may cost."""
    for limit, most in _LIMITS.items():
        raw.setlimit(limit, most)


def confine(raw: sqlite3.Connection, tables: Collection[str]) -> None:
    """Let nothing but some tables be read from now on."""
    bound(raw)

    def allow(action: int, table: str | None, name: str | None, *_rest: str | None) -> int:
        is_read = (
            action == sqlite3.SQLITE_SELECT
            or (action == sqlite3.SQLITE_READ and table in tables)
            or (action == sqlite3.SQLITE_FUNCTION and name in _FUNCTIONS)
        )
        return sqlite3.SQLITE_OK if is_read else sqlite3.SQLITE_DENY

    raw.set_authorizer(allow)
