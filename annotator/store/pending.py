"""Changes that could not be written: kept in memory, written aside, shown, and brought back."""

import json
import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

from annotator.model.change import Draft, Revision, new_id, to_json
from annotator.store import opening
from annotator.store.home import Home
from annotator.store.journal import Entry


class Aside:
    """The entries of one project that wait to be written, with a file that outlives the program."""

    def __init__(self, home: Home, project_id: str, path: Path) -> None:
        self._project_id = project_id
        self._folder = home.aside / project_id
        self._path = path.resolve()
        self._file = self._folder / f"{new_id()}.jsonl"
        self._taken: set[Path] = set()
        self.entries: list[Entry] = []

    def keep(self, entry: Entry) -> bool:
        """Add an entry; say whether it could be written aside, too."""
        self.entries.append(entry)
        self._taken.add(self._file)
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            with self._file.open("ab") as file:
                file.write(_to_line(entry, self._path))
                file.flush()
                os.fsync(file.fileno())
        except OSError:
            return False
        return True

    def take_back(self) -> None:
        """Read what earlier windows kept aside for this copy of the project."""
        files = sorted(self._folder.glob("*.jsonl")) if self._folder.is_dir() else []
        for file in files:
            kept = list(_read(file))
            if all(self._is_mine(path) for path, _ in kept):
                self._taken.add(file)
                self.entries += [entry for _, entry in kept]

    def settle(self) -> None:
        """Forget what has been written."""
        self.entries.clear()
        for file in self._taken:
            with suppress(OSError):  # Entries are known by id, so reading them again does nothing.
                file.unlink(missing_ok=True)
        self._taken.clear()

    def _is_mine(self, path: Path) -> bool:
        """Say whether an entry was meant for this copy, or for one that is gone from its place."""
        return path == self._path or opening.id_of_file(path) != self._project_id


def _to_line(entry: Entry, path: Path) -> bytes:
    draft = entry.draft
    line = {
        "id": entry.id,
        "at": entry.at,
        "path": str(path),
        "action": draft.action,
        "actor": draft.actor,
        "undoes": draft.undoes,
        "revisions": [[r.kind, r.id, r.body] for r in draft.revisions],
        "texts": draft.texts,
    }
    return to_json(line).encode("utf-8", "surrogatepass") + b"\n"


def _from_line(line: dict[str, Any]) -> Entry:
    revisions = tuple(Revision(*revision) for revision in line["revisions"])
    draft = Draft(line["action"], line["actor"], revisions, line["undoes"], tuple(line["texts"]))
    return Entry(line["id"], line["at"], draft)


def _read(file: Path) -> Iterator[tuple[Path, Entry]]:
    """Read for which path each entry was kept; the last line may be torn, and was then never promised."""
    try:
        lines = file.read_bytes().splitlines()
    except OSError:
        return
    for raw in lines:
        with suppress(ValueError, KeyError, TypeError):
            line = json.loads(raw.decode("utf-8", "surrogatepass"))
            yield Path(line["path"]), _from_line(line)
