"""The CASes in a folder or a ZIP, each with the type system that stands beside it or further up."""

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path, PurePosixPath

from annotator.formats.errors import FormatError
from annotator.formats.parts.archives import Archive
from annotator.formats.parts.decoding import read_bytes

MAX_FILE = 50_000_000
"""Most bytes of a CAS; it has some hundred for each token."""

Say = Callable[[str], None]
_Read = Callable[[], bytes]
_Tree = dict[PurePosixPath, _Read]

_TYPES = "typesystem.xml"


@dataclass(frozen=True, slots=True)
class CasFile:
    """One CAS: its name in the folder or ZIP, the file on the disk, and how to read both.

    `types` names its type system, None where there is none.
    """

    name: PurePosixPath
    path: Path
    read: _Read
    types: PurePosixPath | None
    read_types: _Read


def cas_files(path: Path, suffix: str, say: Say) -> Iterator[CasFile]:
    """List the CASes in a folder at any depth or in a ZIP, or the one; `say` is told what can't be read."""
    if path.is_dir():
        yield from _with_zipped(_in_folder(path, suffix), suffix, path.parent, say)
    elif path.suffix.casefold() == ".zip":
        with Archive(path) as archive:
            yield from _with_zipped(_in_archive(archive), suffix, path, say)
    else:
        folder = path.absolute().parent
        name = PurePosixPath(folder.name, path.name)
        tree = _types_in(folder.parent, "") | _types_in(folder, folder.name)
        tree[name] = partial(_read, path)
        yield from (file for file in _found(tree, {}, path.suffix.casefold(), path) if file.name == name)


def _with_zipped(tree: _Tree, suffix: str, disk: Path, say: Say) -> Iterator[CasFile]:
    """Yield the CASes of a tree and those in its ZIPs: INCEpTION packs each CAS with its type system."""
    yield from _found(tree, {}, suffix, disk)
    for name in sorted(tree):
        if name.suffix.casefold() == ".zip":
            try:
                with Archive(Path(name.name), content=tree[name]()) as archive:
                    inside = _in_archive(archive, str(name.with_suffix("")))
                    yield from _found(inside, tree, suffix, _on_disk(name, disk))
            except FormatError as error:
                say(str(error))


def _found(tree: _Tree, outer: _Tree, suffix: str, disk: Path) -> Iterator[CasFile]:
    """Yield the CASes of a tree, in the order of their names; `outer` has further type systems."""
    readers = outer | tree
    types = {name.parent: name for name in sorted(readers) if name.name.casefold().endswith(_TYPES)}
    for name in sorted(tree):
        if name.suffix.casefold() == suffix:
            near = next((types[parent] for parent in name.parents if parent in types), None)
            yield CasFile(name, _on_disk(name, disk), tree[name], near, readers[near] if near else bytes)


def _on_disk(name: PurePosixPath, disk: Path) -> Path:
    return disk / name if disk.is_dir() else disk


def _in_folder(root: Path, suffix: str) -> _Tree:
    tree = _types_in(root.parent, "")
    for at, folders, files in os.walk(root):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in files:
            if name.casefold().endswith((suffix, _TYPES, ".zip")) and not name.startswith("."):
                path = Path(at, name)
                tree[PurePosixPath(path.relative_to(root.parent))] = partial(_read, path)
    return tree


def _in_archive(archive: Archive, prefix: str = "") -> _Tree:
    return {PurePosixPath(prefix, name): partial(archive.read, name) for name in archive.names}


def _types_in(folder: Path, prefix: str) -> _Tree:
    try:
        paths = [path for path in folder.iterdir() if path.name.casefold().endswith(_TYPES)]
    except OSError:
        return {}
    return {PurePosixPath(prefix, path.name): partial(_read, path) for path in paths}


def _read(path: Path) -> bytes:
    return read_bytes(path, MAX_FILE)
