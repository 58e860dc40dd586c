"""The app-data folder: backups, changes kept aside, feeds remembered, samples and logs."""

import json
import os
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

import platformdirs


@dataclass(frozen=True, slots=True)
class Home:
    """Where this installation keeps what belongs to it and not to a project."""

    folder: Path

    @classmethod
    def default(cls) -> "Home":
        """Return the folder named by ANNOTATOR_HOME, else the platform's place for app data."""
        named = os.environ.get("ANNOTATOR_HOME")
        return cls(Path(named) if named else platformdirs.user_data_path("annotator", appauthor=False))

    @property
    def backups(self) -> Path:
        return self.folder / "backups"

    @property
    def aside(self) -> Path:
        return self.folder / "aside"

    @property
    def heads(self) -> Path:
        return self.folder / "heads"

    @property
    def samples(self) -> Path:
        return self.folder / "samples"

    @property
    def logs(self) -> Path:
        return self.folder / "logs"

    def remember_head(self, project_id: str, path: Path, head: dict[str, Any]) -> None:
        """Remember how far this installation has written to one copy of a project."""
        target = self._head_file(project_id, path)
        with suppress(OSError):  # Not remembered means a new feed next time; nothing is lost.
            target.parent.mkdir(parents=True, exist_ok=True)
            write_whole(target, json.dumps(head).encode())

    def claim_head(self, project_id: str, path: Path) -> dict[str, Any] | None:
        """Take the remembered head of one copy, so that nobody else can; None when there is none.

        Removing the file is the claim: of two windows only one succeeds, and a killed process leaves
        nothing to continue.
        """
        source = self._head_file(project_id, path)
        try:
            head = json.loads(source.read_bytes())
            source.unlink()
        except (OSError, ValueError):
            return None
        return head if isinstance(head, dict) else None

    def _head_file(self, project_id: str, path: Path) -> Path:
        copy = f"{project_id}\n{path.resolve()}".encode("utf-8", "surrogateescape")
        return self.heads / f"{sha256(copy).hexdigest()[:32]}.json"


def write_whole(target: Path, content: bytes) -> None:
    """Write a file so that it is there whole or not at all."""
    draft = target.with_name(f"{target.name}.{os.getpid()}.tmp")
    try:
        with draft.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(target)
    except BaseException:
        with suppress(OSError):  # What went wrong first is what counts.
            draft.unlink(missing_ok=True)
        raise
