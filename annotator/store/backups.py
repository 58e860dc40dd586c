"""Backups of a project, made by SQLite's backup API, checked by opening, and rotated."""

import os
import re
import sqlite3
import time
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

from annotator.store.connection import Connection
from annotator.store.errors import ProjectError

_UNSAFE = re.compile(r"[^\w -]")

RECENT = 5
DAYS = 7
"""How many of the newest backups are kept, and for how many days the last of each day."""
HUGE = 64 << 20
"""Bytes from which a project is backed up by itself only once a day: a copy takes noticeable time."""


def make(db: Connection, folder: Path, reason: str) -> Path:
    """Copy the project into a folder, check the copy, and let old ones go."""
    stamp = datetime.now(UTC).strftime("%Y-%m-%dT%H-%M-%S-%f")
    target = folder / f"{stamp} {_UNSAFE.sub('', reason)}.annotator"
    draft = target.with_suffix(".part")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        _copy(db, draft)
        draft.replace(target)
    except (OSError, sqlite3.Error) as error:
        with suppress(OSError):
            draft.unlink(missing_ok=True)
        raise ProjectError(
            f"“{db.path.name}” could not be backed up ({error}); check the disk that holds {folder}."
        ) from error
    rotate(folder)
    return target


def is_due(db: Connection, folder: Path) -> bool:
    """Say whether the program should make a backup by itself: always, but of a huge project once a day."""
    if db.value("SELECT page_count * page_size FROM pragma_page_count, pragma_page_size") < HUGE:
        return True
    newest = max((file.stat().st_mtime for file in folder.glob("*.annotator")), default=0.0)
    return time.time() - newest > timedelta(days=1).total_seconds()


def rotate(folder: Path) -> None:
    """Keep the newest backups and the last of each of the last days; clear what was left half made."""
    files = sorted(folder.glob("*.annotator"), reverse=True)
    last_of_day: dict[str, Path] = {}
    for file in files:
        last_of_day.setdefault(file.name[:10], file)
    kept = {*files[:RECENT], *list(last_of_day.values())[:DAYS]}
    yesterday = time.time() - timedelta(days=1).total_seconds()
    half_made = [file for file in folder.glob("*.part") if file.stat().st_mtime < yesterday]
    for file in [*half_made, *(file for file in files if file not in kept)]:
        file.unlink(missing_ok=True)


def _copy(db: Connection, draft: Path) -> None:
    draft.unlink(missing_ok=True)
    target = sqlite3.connect(draft, isolation_level=None)
    try:
        target.execute("PRAGMA synchronous=OFF")
        db.copy_into(target)
        _check(target)
    finally:
        target.close()
    with draft.open("rb+") as file:
        os.fsync(file.fileno())


def _check(target: sqlite3.Connection) -> None:
    found = target.execute("PRAGMA quick_check(1)").fetchone()[0]
    if found != "ok":
        raise sqlite3.DatabaseError(found)
