"""Which files of a folder belong together, and which folders are annotators'."""

import os
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from annotator.formats.errors import FormatError

ANN = ".ann"
TEXT = ".txt"

_ABOUT = re.compile(r"(readme|licen[cs]e|copying|changes|changelog)\b", re.IGNORECASE)
_PARTS = frozenset(
    (
        *(
            "train",
            "training",
            "dev",
            "devel",
            "development",
            "val",
            "valid",
            "validation",
            "test",
            "testing",
        ),
        *("eval", "evaluation", "trial", "data", "corpus", "corpora", "brat", "docs", "documents"),
        *("annotations", "texts"),
    )
)
"""Names of folders that are parts of a corpus, not annotators."""


@dataclass(frozen=True, slots=True)
class Pair:
    """An `.ann` file and its text, or one without the other; `suffix` is an annotator's, as in a_ann.ann."""

    ann: Path | None
    text: Path | None
    suffix: str = ""

    @property
    def file(self) -> Path:
        found = self.ann or self.text
        assert found
        return found

    @property
    def stem(self) -> str:
        """The name that the article has among the files."""
        return (self.text or self.file).stem


def listed(path: Path) -> list[Path]:
    """List the files at any depth of a folder, or those beside a file; hidden ones are passed over."""
    try:
        return sorted(_walked(path) if path.is_dir() else _visible(path.parent.iterdir()))
    except OSError as error:
        raise FormatError(
            f"{path.name or path} can't be read ({error.strerror}); check that you may open it"
        ) from error


def paired(files: Sequence[Path], root: Path) -> list[Pair]:
    """Find the text of each `.ann` file, and then the texts that no `.ann` file is for."""
    texts = _Texts(file for file in files if file.suffix.lower() == TEXT)
    pairs = [texts.pair(file, root) for file in files if file.suffix.lower() == ANN]
    used = {pair.text for pair in pairs}
    folders = {pair.text.parent for pair in pairs if pair.text} | {root}
    loose = [text for text in texts if text not in used and not _ABOUT.match(text.name)]
    return pairs + [Pair(None, text) for text in loose if _is_below(text, folders)]


def layers_of(pairs: Iterable[Pair], root: Path) -> tuple[dict[Path, str], tuple[str, ...]]:
    """Map `.ann` files to annotators by suffix or folder, and name folders of which that is doubtful.

    Folders in which the same articles stand are surely annotators'. Where no article stands in two, any
    may be a part of the corpus, but for those named so.
    """
    ways = {pair.file: _way(pair, root) for pair in pairs if pair.ann}
    names = {pair.file: pair.stem for pair in pairs}
    level, is_sure = _level([(way, names[file]) for file, way in ways.items()])
    layers = {file: way[level] if len(way) > level else "" for file, way in ways.items()}
    doubtful = () if is_sure else tuple(sorted(set(layers.values()) - {""}))
    return {**layers, **{pair.file: pair.suffix for pair in pairs if pair.suffix}}, doubtful


def _walked(folder: Path) -> Iterator[Path]:
    def fail(error: OSError) -> None:
        # What can't be listed further down is the caller's to say.
        if Path(error.filename) == folder:
            raise error

    for at, folders, names in os.walk(folder, onerror=fail):
        folders[:] = [name for name in folders if not name.startswith(".")]
        yield from _visible(Path(at, name) for name in names)


def _visible(files: Iterable[Path]) -> Iterator[Path]:
    return (file for file in files if not file.name.startswith(".") and file.is_file())


def _is_below(text: Path, folders: set[Path]) -> bool:
    return not folders.isdisjoint((text.parent, *text.parent.parents))


def _way(pair: Pair, root: Path) -> tuple[str, ...]:
    inside = pair.file.parent.relative_to(root) if pair.file.is_relative_to(root) else Path()
    return tuple(part for part in inside.parts if part.casefold() not in _PARTS)


def _level(ways: list[tuple[tuple[str, ...], str]]) -> tuple[int, bool]:
    """Find the depth at which folders hold the same articles most often; the first if none does."""
    best, most = 0, 0
    for level in range(max((len(way) for way, _ in ways), default=0)):
        named: dict[tuple[str, ...], set[str]] = {}
        for way, stem in ways:
            if len(way) > level:
                named.setdefault((*way[:level], "/", *way[level + 1 :], stem), set()).add(way[level])
        shared = sum(len(names) - 1 for names in named.values())
        if shared > most:
            best, most = level, shared
    return best, most > 0 or len({way[:1] for way, _ in ways if way}) < 2


class _Texts:
    """The texts of a folder, by name."""

    def __init__(self, texts: Iterable[Path]) -> None:
        self._by_stem: dict[str, list[Path]] = {}
        self._all = list(texts)
        for text in self._all:
            self._by_stem.setdefault(text.stem, []).append(text)

    def __iter__(self) -> Iterator[Path]:
        return iter(self._all)

    def pair(self, ann: Path, root: Path) -> Pair:
        """Find a text of the same name beside, above or elsewhere, else one that a suffix was added to."""
        for folder in _upwards(ann.parent, root):
            text = self._in(folder, ann.stem)
            if text:
                return Pair(ann, text)
        for at in [at for at, ch in enumerate(ann.stem) if ch in "_-."][::-1]:
            for folder in _upwards(ann.parent, root):
                text = self._in(folder, ann.stem[:at])
                if text and ann.stem[at + 1 :].strip():
                    return Pair(ann, text, ann.stem[at + 1 :])
        elsewhere = self._by_stem.get(ann.stem, [])
        return Pair(ann, elsewhere[0] if len(elsewhere) == 1 else None)

    def _in(self, folder: Path, stem: str) -> Path | None:
        return next((text for text in self._by_stem.get(stem, ()) if text.parent == folder), None)


def _upwards(folder: Path, root: Path) -> list[Path]:
    """List a folder and those above it, up to the root."""
    return [at for at in (folder, *folder.parents) if at == root or at.is_relative_to(root)]
