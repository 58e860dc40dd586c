"""Write files so that all of them are there whole, or none is."""

import hashlib
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from io import BufferedWriter, FileIO
from pathlib import Path
from typing import BinaryIO


class _SettledFile(BufferedWriter):
    """A file that is on the disk once it is closed."""

    def close(self) -> None:
        try:
            if not self.closed:
                self.flush()
                os.fsync(self.fileno())
        finally:
            super().close()


class Stage:
    """A folder beside the place where files will stand; each is opened once, written, and then settled.

    A format of many files closes each itself, as no system keeps thousands open.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._open: list[BinaryIO] = []
        self.names: list[str] = []

    def open(self, name: str) -> BinaryIO:
        """Open one file for writing by its name, which may begin with folders."""
        path = self._folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        file = _SettledFile(FileIO(path, "x"))
        self._open = [*(other for other in self._open if not other.closed), file]
        self.names.append(name)
        return file

    def close(self) -> None:
        """Bring everything written so far to the disk and close it."""
        while self._open:
            self._open.pop().close()

    def digest(self, name: str) -> tuple[str, int]:
        """Return SHA-256 and size of a file that was closed."""
        path = self._folder / name
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest(), path.stat().st_size

    def abandon(self) -> None:
        for file in self._open:
            with suppress(OSError):  # What can't be flushed goes with its folder.
                file.close()
        shutil.rmtree(self._folder, ignore_errors=True)


@contextmanager
def staged_folder(out: Path) -> Iterator[Stage]:
    """Stage a folder, and put it in the place of the one that is there."""
    draft = _beside(out, "part")
    stage = Stage(draft)
    try:
        draft.mkdir()
        yield stage
        stage.close()
        _swap(draft, out)
    finally:
        stage.abandon()
    _sync_folder(out.parent)


@contextmanager
def staged_files(folder: Path) -> Iterator[Stage]:
    """Stage files, and put each in its place: the one opened first, on which the others hang, last."""
    draft = _beside(folder / "export", "part")
    stage = Stage(draft)
    try:
        draft.mkdir()
        yield stage
        stage.close()
        for name in reversed(stage.names):
            (draft / name).replace(folder / name)
    finally:
        stage.abandon()
    _sync_folder(folder)


def _swap(draft: Path, out: Path) -> None:
    """Put a folder in place of another one; the old comes back if the new can't."""
    if not out.exists():
        draft.rename(out)
        return
    old = _beside(out, "old")
    out.rename(old)
    try:
        draft.rename(out)
    except BaseException:
        old.rename(out)
        raise
    shutil.rmtree(old, ignore_errors=True)


def _beside(path: Path, what: str) -> Path:
    return path.with_name(f".{path.name}.{os.getpid()}.{what}")


def _sync_folder(folder: Path) -> None:
    """Bring the names in a folder to the disk, where the system can."""
    if os.name == "posix":
        with suppress(OSError):
            handle = os.open(folder, os.O_RDONLY)
            try:
                os.fsync(handle)
            finally:
                os.close(handle)
