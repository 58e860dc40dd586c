"""Where an export goes: one named file, or a folder that holds an earlier export or nothing."""

import json
import os
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from annotator.formats.parts.file_names import part_name
from annotator.formats.registry import Format
from annotator.services.errors import Refused

MANIFEST = "manifest.json"
LOSSES = "LOSSES.json"
CARD = "README.md"
MAIN = "annotations"
"""Name, before its suffix, of the main file in a folder."""

_DATABASE = b"SQLite format 3\0"
_SUFFIX = re.compile(r"\.(?=\w*[a-z])\w{1,7}", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Destination:
    """A checked place for an export."""

    path: Path
    is_folder: bool


def destination(out: Path, how: Format, project: Path, *, needs_folder: bool) -> Destination:
    """Decide where an export goes, or refuse a place where it would do harm."""
    try:
        out.stat()
    except FileNotFoundError:
        pass
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", "") or error
        raise Refused(f"{out.name[:40]} can't be looked at ({why}); choose another name") from error
    if not out.parent.is_dir():
        raise Refused(f"the folder {out.parent} does not exist; create it first")
    if how.folder or out.is_dir() or out.suffix.lower() not in how.suffixes:
        path = Path(os.path.realpath(out))
        _check_folder(path, out, how)
        _check_writable(path.parent)
        return Destination(path, is_folder=True)
    _check_file(out, project, needs_folder)
    _check_beside(out, how)
    _check_writable(out.parent)
    return Destination(out.absolute(), is_folder=False)


def _check_file(out: Path, project: Path, needs_folder: bool) -> None:
    if needs_folder:
        raise Refused(f"several files need a folder, and {out} is one file; name a folder without a suffix")
    if os.path.realpath(out) == os.path.realpath(project):
        raise Refused(f"{out} is the project itself; choose another name")
    _check_replaceable(out)


def _check_beside(out: Path, how: Format) -> None:
    """Refuse to write over what stands where parts of the export will, unless it goes with a main file."""
    for path in (
        *how.beside(out),
        *(out.with_name(part_name(out.name, n)) for n in (LOSSES, CARD, MANIFEST)),
    ):
        if path.exists() and not out.exists():
            raise Refused(f"{path} is there and would be written over; choose another name than {out.name}")
        _check_replaceable(path)


def _check_replaceable(path: Path) -> None:
    """Refuse to write over what no export ever is: a project, a folder, a device."""
    try:
        if path.exists() and not path.is_file():
            raise Refused(f"{path} is there and is not a file; choose another name")
        if path.is_file() and _is_database(path):
            raise Refused(f"{path} is a project or another database; choose another name")
    except OSError as error:
        raise Refused(f"{path} can't be looked at ({error.strerror}); choose another name") from error


def _is_database(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(len(_DATABASE)) == _DATABASE


def _check_writable(folder: Path) -> None:
    if not os.access(folder, os.W_OK):
        raise Refused(f"the folder {folder} may not be written; choose another one")


def _check_folder(path: Path, out: Path, how: Format) -> None:
    if not path.exists():
        if _SUFFIX.fullmatch(out.suffix) and how.folder:
            raise Refused(f"{how.title} is a folder of files; name a folder without a suffix, not {out.name}")
        if _SUFFIX.fullmatch(out.suffix):
            raise Refused(
                f"{out.name} does not end in {how.suffixes[0]}; name it so, or name a folder without a suffix"
            )
        return
    if not path.is_dir():
        raise Refused(f"{out} is a file; choose a folder, or a name that ends in {how.suffixes[0]}")
    exported = _exported(path)
    # What lies deeper is looked at only where all that is on top is ours: a home folder holds very much.
    ours = {name.partition("/")[0] for name in exported}
    strangers = _names(path) - ours or _files(path) - exported
    if strangers:
        raise Refused(
            f"the folder {out} holds {min(strangers)}, which no export wrote; choose an empty or a new folder"
        )


def _names(path: Path) -> set[str]:
    try:
        return {entry.name for entry in path.iterdir()}
    except OSError as error:
        raise Refused(f"{path} can't be looked at ({error.strerror}); choose another folder") from error


def _files(folder: Path) -> set[str]:
    """List what stands in a folder, as paths relative to it; empty folders count as themselves."""
    found = set()
    for at, folders, files in os.walk(folder):
        names = files or ([] if folders else ["."])
        found |= {Path(at, name).relative_to(folder).as_posix() for name in names}
    return found - {"."}


def _exported(folder: Path) -> set[str]:
    """List what an earlier export wrote into a folder, by its manifest."""
    manifest = _manifest(folder / MANIFEST)
    files = manifest.get("files")
    return {MANIFEST, *files} if isinstance(files, dict) else set()


def is_for_people(path: Path) -> bool:
    """Say whether a file is what an export says of itself, and so nothing to import."""
    for name in (MANIFEST, LOSSES, CARD):
        if path.name == name or path.name.endswith(f".{name}"):
            return bool(_manifest(path.with_name(path.name.removesuffix(name) + MANIFEST)))
    return False


def _manifest(path: Path) -> dict[str, Any]:
    """Read the manifest of an export; empty when there is none."""
    try:
        manifest: Any = json.loads(path.read_bytes())
        return manifest if isinstance(manifest, dict) and "annotator" in manifest else {}
    except (OSError, ValueError, RecursionError):
        return {}
