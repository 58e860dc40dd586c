"""ZIP files: the same bytes for the same content, and nothing believed of a stranger's."""

import zipfile
import zlib
from collections.abc import Iterable, Mapping
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from annotator.formats.errors import FormatError

MAX_MEMBERS = 200_000
MAX_UNPACKED = 2_000_000_000
MAX_MEMBER = 200_000_000
MAX_RATIO = 200
"""Text packs to a twentieth at best; a bomb to a thousandth."""

_EPOCH = (1980, 1, 1, 0, 0, 0)


def write_zip(out: BinaryIO, files: Mapping[str, bytes]) -> None:
    """Write files in the order they are given, without a clock."""
    with Packing(out) as packing:
        for name, content in files.items():
            packing.add(name, [content], len(content))


class Packing:
    """A ZIP file that is being written, file by file and piece by piece, without a clock."""

    def __init__(self, out: BinaryIO) -> None:
        self._zip = zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=6)

    def __enter__(self) -> "Packing":
        return self

    def __exit__(self, *_: object) -> None:
        self._zip.close()

    def add(self, name: str, pieces: Iterable[bytes], size: int) -> None:
        """Write one file, whose size in bytes is known beforehand."""
        info = zipfile.ZipInfo(name, _EPOCH)
        info.compress_type = zipfile.ZIP_DEFLATED
        info.external_attr = 0o644 << 16
        info.create_system = 3
        info.file_size = size
        with self._zip.open(info, "w") as member:
            for piece in pieces:
                member.write(piece)


class Archive:
    """A ZIP file from a stranger; members are read by name, into memory only."""

    def __init__(self, path: Path) -> None:
        self._name = path.name
        try:
            self._zip = zipfile.ZipFile(path)
        except (OSError, zipfile.BadZipFile, NotImplementedError, ValueError) as error:
            raise FormatError(f"{path.name} can't be read as a ZIP file ({error}); save it anew") from error
        self._infos = {info.filename: info for info in self._zip.infolist() if not info.is_dir()}
        try:
            self._check()
        except FormatError:
            self._zip.close()
            raise

    def __enter__(self) -> "Archive":
        return self

    def __exit__(self, *_: object) -> None:
        self._zip.close()

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(self._infos)

    def read(self, name: str) -> bytes:
        """Read one member; raise FormatError when it is damaged or not what it says, KeyError without it."""
        info = self._infos[name]
        try:
            with self._zip.open(info) as member:
                content = member.read(info.file_size + 1)
        except (
            OSError,
            zipfile.BadZipFile,
            zlib.error,
            EOFError,
            RuntimeError,
            NotImplementedError,
        ) as error:
            raise FormatError(f"{name} in {self._name} can't be read ({error}); save it anew") from error
        if len(content) > info.file_size:
            raise FormatError(f"{name} in {self._name} is larger than it says; it was not read")
        return content

    def _check(self) -> None:
        """Refuse bombs, and names that lead out of a folder, before anything is unpacked."""
        infos = self._infos.values()
        if len(infos) > MAX_MEMBERS or sum(info.file_size for info in infos) > MAX_UNPACKED:
            raise FormatError(f"{self._name} unpacks to more than is taken; split it")
        for info in infos:
            parts = PurePosixPath(info.filename.replace("\\", "/")).parts
            if not parts or ".." in parts or parts[0].startswith("/") or ":" in parts[0]:
                raise FormatError(
                    f"{self._name} holds a file whose name leads out of it ({info.filename[:80]});"
                    " it was not read"
                )
            if info.file_size > MAX_MEMBER or info.file_size > MAX_RATIO * info.compress_size + 1_000_000:
                raise FormatError(f"{self._name} holds a file that unpacks to far too much; it was not read")
