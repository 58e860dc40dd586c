"""From the readings of many CASes to one record for each article."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from annotator.formats.cas.reading import Reading, is_layer
from annotator.formats.dataset import ArticleRecord
from annotator.model.records import Annotation

_LAYERS = {"CURATION_USER": "gold", "INITIAL_CAS": ""}
"""What INCEpTION calls those who are no users."""

_IN_PROJECTS = ("annotation", "curation")
"""Folders of an INCEpTION project in which each document has a folder, and in it each user a file."""


@dataclass(frozen=True, slots=True)
class Found:
    """A reading, with the name of its file in what was read, and where that stands on the disk."""

    name: PurePosixPath
    path: Path
    reading: Reading


def merged(found: Sequence[Found]) -> list[ArticleRecord]:
    """Bring together what is said of each article, whoever says it."""
    layers = _layers([f for f in found if f.reading.layer is None])
    groups: dict[str, list[Found]] = {}
    for f in found:
        layer = layers[f.name] if f.reading.layer is None else f.reading.layer
        groups.setdefault(f.reading.article.id, []).append(replace(f, reading=_of_layer(f.reading, layer)))
    return [_record(group) for group in groups.values()]


def title_of(name: PurePosixPath) -> str:
    """Return what a file is called for: a document."""
    parts = name.parts
    at = next((at for at, part in enumerate(parts[:-1]) if part in _IN_PROJECTS), None)
    return name.stem if at is None or at + 2 >= len(parts) else parts[at + 1]


def _layers(found: Sequence[Found]) -> dict[PurePosixPath, str]:
    """Tell from the names of files whose work they hold: of a user's file, or of a user's folder."""
    folders: dict[PurePosixPath, set[str]] = {}
    names: dict[str, set[PurePosixPath]] = {}
    for f in found:
        folders.setdefault(f.name.parent, set()).add(f.reading.article.id)
        names.setdefault(f.reading.article.id, set()).add(f.name)
    several = [same for same in names.values() if len(same) > 1]
    is_by_file = bool(several) and all(len(articles) == 1 for articles in folders.values())
    is_by_folder = bool(several) and all(len({name.name for name in same}) == 1 for same in several)
    return {f.name: _layer(f.name, is_by_file, is_by_folder) for f in found}


def _layer(name: PurePosixPath, is_by_file: bool, is_by_folder: bool) -> str:
    if is_by_file or any(part in _IN_PROJECTS for part in name.parts[:-1]):
        layer = _LAYERS.get(name.stem, name.stem)
    else:
        layer = name.parent.name if is_by_folder else ""
    return layer if is_layer(layer) else ""


def _of_layer(reading: Reading, layer: str) -> Reading:
    """Give a layer to what has none of its own."""
    return replace(
        reading,
        annotations=[a if a.layer else replace(a, layer=layer) for a in reading.annotations],
        links=[link if link.layer else replace(link, layer=layer) for link in reading.links],
    )


def _record(group: Sequence[Found]) -> ArticleRecord:
    readings = [f.reading for f in group]
    # Our own files tell more of an article than others do.
    first = next((r for r in readings if r.progress is not None), readings[0])
    known = [p for r in readings for p in r.progress or ()]
    return ArticleRecord(
        first.article,
        first.text,
        tuple(sorted((a for r in readings for a in r.annotations), key=_order)),
        tuple(link for r in readings for link in r.links),
        None if first.progress is None else tuple(known),
        file=group[0].path,
        files={a.id: f.path for f in group for a in f.reading.annotations},
        local=frozenset[str]().union(*(r.local for r in readings)),
    )


def _order(a: Annotation) -> tuple[int, int, str]:
    return a.hull.start, -a.hull.stop, a.id
