"""Which files an import reads, and in which format."""

import os
from collections.abc import Iterator, Sequence
from pathlib import Path

from annotator.formats.registry import FORMATS, Format, format_by_id, format_of
from annotator.services.destination import is_for_people
from annotator.services.errors import Refused

Source = tuple[Path, Format | None]


def chosen_format(format_id: str | None, *, articles_only: bool = False) -> Format | None:
    """Return the format of an id, or None when it is to be guessed; refuse one that can't be read."""
    if format_id is None:
        return None
    found = format_by_id(format_id)
    readable = [f.id for f in FORMATS if f.reads and (f.articles_only or not articles_only)]
    if found is None or found.id not in readable:
        raise Refused(f"“{format_id}” is not a format that can be read; choose one of {', '.join(readable)}")
    return found


def sources(paths: Sequence[Path], chosen: Format | None) -> list[Source]:
    """List the files to read: those named, and in folders, at any depth, those of a known suffix.

    Hidden files and folders are skipped; a file named twice is read once. A folder is one source of a format
    that is a folder, when it holds files of that format; what an export writes for people is skipped. A
    package is one source, whatever lies in it. A folder in a folder that can't be listed stands among the
    files: reading it fails too, and says why. A file has no format when it is in none that ends so.
    """
    found: dict[tuple[Path, str], Source] = {}
    for path in paths:
        for file, how in _sources(path, chosen):
            if how is None or not _is_part(file, how):
                found.setdefault((file.resolve(), how.id if how else ""), (file, how))
    if not found:
        names = ", ".join(str(path) for path in paths) or "nothing"
        raise Refused(f"there is nothing to import in {names}; choose text files or an export")
    return list(found.values())


def _is_part(file: Path, how: Format) -> bool:
    """Say whether a file is read with another one, also where it looks like another format: a note."""
    guess = format_of(file)
    return how.is_part(file) or (guess is not None and guess.is_part(file))


def _sources(path: Path, chosen: Format | None) -> Iterator[Source]:
    try:
        package = _package(path)
        if package and chosen in (None, package):
            yield path, package
        elif path.is_dir():
            yield from _in_folder(path, chosen)
        elif path.is_file():
            yield path, chosen or _guessed(path)
        elif path.exists():
            raise Refused(f"{path} is not a file but a device or a pipe; choose a file or a folder")
        else:
            raise Refused(f"{path} does not exist; check its name")
    except OSError as error:
        raise Refused(f"{path} can't be read ({error.strerror}); check that you may open it") from error


def _guessed(path: Path) -> Format | None:
    """Guess a file's format; text if nothing ends so, for what is none of those that do is no article."""
    with path.open("rb"):
        guess = format_of(path)
    return guess or (None if _alike(path) else _text())


def in_no_format(path: Path) -> str:
    """Say that a file is none of what its ending promises."""
    return (
        f"{path.name} is in no format known to end in {path.suffix.lower()} ({', '.join(_alike(path))});"
        " name its format, or “text” to take it as an article"
    )


def _alike(path: Path) -> list[str]:
    suffix = path.suffix.lower()
    return [f.id for f in FORMATS if f.reads and suffix in f.suffixes]


def _in_folder(folder: Path, chosen: Format | None) -> Iterator[Source]:
    unreadable: list[Path] = []
    files = [file for file in _walk(folder, unreadable) if not is_for_people(file)]
    candidates = [f for f in ([chosen] if chosen else FORMATS) if f.reads and f.folder]
    whole = [f for f in candidates if _is_of(files, f, is_chosen=f is chosen)]
    for how in whole:
        yield folder, how
    has_texts = any(how.with_texts for how in whole)
    rest = () if chosen and chosen.folder else files
    for file in rest:
        guess = chosen or format_of(file)
        is_read = guess in whole or (has_texts and guess == _text())
        if guess and file.suffix.lower() in guess.suffixes and not is_read:
            yield file, guess
    for path in unreadable:
        yield path, chosen or _text()


def _package(path: Path) -> Format | None:
    """Return the format of a folder that is a package."""
    named = (f for f in FORMATS if f.reads and f.package and path.suffix.lower() in f.suffixes)
    return next((f for f in named if (path / f.package).is_file()), None)


def _is_of(files: Sequence[Path], how: Format, *, is_chosen: bool) -> bool:
    """Say whether some file is of a format, by its name, and by its head where others end the same."""
    named = [file for file in files if file.suffix.lower() in how.suffixes]
    if is_chosen or not how.signature:
        return bool(named)
    return any(format_of(file) is how for file in named)


def _walk(folder: Path, unreadable: list[Path]) -> Iterator[Path]:
    """Yield every file and package in a folder, sorted; a link that leads in a circle is followed once.

    Raises OSError when the folder itself can't be listed; those in it that can't are added to `unreadable`.
    """

    def fail(error: OSError) -> None:
        if Path(error.filename) == folder:
            raise error
        unreadable.append(Path(error.filename))

    seen: set[tuple[int, int]] = set()
    for at, folders, files in os.walk(folder, onerror=fail, followlinks=True):
        status = Path(at).stat()
        if (status.st_dev, status.st_ino) in seen:
            folders.clear()
            continue
        seen.add((status.st_dev, status.st_ino))
        visible = sorted(name for name in folders if not name.startswith("."))
        packages = [name for name in visible if _package(Path(at, name))]
        folders[:] = [name for name in visible if name not in packages]
        yield from (Path(at, name) for name in packages)
        yield from (Path(at, name) for name in sorted(files) if _is_visible_file(at, name))


def _is_visible_file(folder: str, name: str) -> bool:
    try:
        return not name.startswith(".") and Path(folder, name).is_file()
    except PermissionError:
        return True  # Reading it will say so.


def _text() -> Format:
    return next(f for f in FORMATS if f.id == "text")
