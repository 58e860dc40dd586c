"""ZIP files: the same bytes for the same content, and nothing believed of a stranger's."""

import io
import shutil
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path, PurePosixPath
from typing import Any, BinaryIO

from annotator.formats.errors import FormatError

MAX_MEMBERS = 200_000
MAX_UNPACKED = 2_000_000_000
MAX_MEMBER = 200_000_000
MAX_RATIO = 200
"""Text packs to a twentieth at best; a bomb to a thousandth."""

_PIECE = 1 << 20
_EPOCH = (1980, 1, 1, 0, 0, 0)
_UNREADABLE = (OSError, zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, NotImplementedError)


def write_zip(out: BinaryIO, files: Mapping[str, bytes]) -> None:
    """Write files in the order they are given, without a clock."""
    with ClocklessZip(out) as archive:
        for name, content in files.items():
            archive.writestr(name, content)


class ClocklessZip(zipfile.ZipFile):
    """A ZIP file to write, for libraries that fill one themselves: no clock leaves a trace in it."""

    def __init__(self, out: BinaryIO) -> None:
        super().__init__(out, "w", zipfile.ZIP_DEFLATED, compresslevel=6)

    def writestr(self, zinfo_or_arcname: Any, data: Any, *_: Any, **__: Any) -> None:
        super().writestr(_info(zinfo_or_arcname), data)

    def write(self, filename: Any, arcname: Any = None, *_: Any, **__: Any) -> None:
        """Write a file from the disk as a member of another name."""
        info = _info(arcname)
        info.file_size = Path(filename).stat().st_size  # So that it may be larger than 4 GB.
        with Path(filename).open("rb") as file, self.open(info, "w") as member:
            shutil.copyfileobj(file, member)

    def write_pieces(self, name: str, pieces: Iterable[bytes], size: int) -> None:
        """Write a member piece by piece, of a size that is known beforehand."""
        info = _info(name)
        info.file_size = size
        with self.open(info, "w") as member:
            for piece in pieces:
                member.write(piece)


def _info(name: str) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name, _EPOCH)
    info.compress_type = zipfile.ZIP_DEFLATED
    info.external_attr = 0o644 << 16
    info.create_system = 3
    return info


class Archive:
    """A ZIP file from a stranger; members are read by name, into memory only.

    Members whose names begin with `streamed` may be larger, as nobody holds them whole. `content` is that
    of a ZIP in a ZIP, which `path` only names.
    """

    def __init__(self, path: Path, streamed: str | None = None, content: bytes | None = None) -> None:
        self._name, self._streamed = path.name, streamed
        try:
            self._zip = zipfile.ZipFile(path if content is None else io.BytesIO(content))
        except (OSError, zipfile.BadZipFile, NotImplementedError, ValueError) as error:
            raise FormatError(
                f"{path.name} is damaged, or is not what its name says ({error}); save it anew"
            ) from error
        self._infos = {info.filename: info for info in self._zip.infolist() if info.filename[-1:] != "/"}
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
        return b"".join(self.pieces(name))

    def pieces(self, name: str) -> Iterator[bytes]:
        """Read one member piece by piece, with the errors of `read`."""
        info, left = self._infos[name], self._infos[name].file_size
        try:
            with self._zip.open(info) as member:
                while piece := member.read(min(left + 1, _PIECE)):
                    left -= len(piece)
                    if left < 0:
                        raise FormatError(f"{name} in {self._name} is larger than it says; it was not read")
                    yield piece
        except _UNREADABLE as error:
            raise FormatError(f"{name} in {self._name} can't be read ({error}); save it anew") from error

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
            if info.file_size > min(self._most(info), MAX_RATIO * info.compress_size + 1_000_000):
                raise FormatError(f"{self._name} holds a file that unpacks to far too much; it was not read")

    def _most(self, info: zipfile.ZipInfo) -> int:
        is_streamed = self._streamed is not None and info.filename.startswith(self._streamed)
        return MAX_UNPACKED if is_streamed else MAX_MEMBER
