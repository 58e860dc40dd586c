"""Formats of many files, each with some articles, or with one annotator's part of them."""

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from annotator.formats.dataset import ArticleRecord, Remark
from annotator.formats.errors import FormatError
from annotator.formats.losses import Lost
from annotator.model.records import Annotation

ReadFile = Callable[[Path, Remark], Iterable[ArticleRecord]]


def layers_of(record: ArticleRecord) -> tuple[str, ...]:
    """List those who have read an article or marked something in it; "" when nobody has."""
    names = {a.layer for a in record.annotations} | {p.annotator for p in record.progress or ()}
    return tuple(sorted(names)) or ("",)


def of_layer(record: ArticleRecord, layer: str) -> list[Annotation]:
    """List the spans of a layer that have a token to stand on: those that aren't mere white space."""
    return [a for a in record.annotations if a.layer == layer and not _is_blank(record, a)]


def lost_blanks(record: ArticleRecord) -> Iterator[Lost]:
    for a in record.annotations:
        if _is_blank(record, a):
            yield "spans of nothing but white space", f"{a.label} at {a.hull.start:,}"


def _is_blank(record: ArticleRecord, a: Annotation) -> bool:
    return not record.text[a.hull.start : a.hull.stop].strip()


def files_in(folder: Path, suffixes: Sequence[str]) -> list[Path]:
    """List the files of a folder, at any depth, that end in one of the suffixes; hidden ones are skipped."""
    found: list[Path] = []
    seen: set[Path] = set()
    for at, folders, names in os.walk(folder, followlinks=True):
        if Path(at).resolve() in seen:
            folders.clear()
            continue
        seen.add(Path(at).resolve())
        folders[:] = [name for name in folders if not name.startswith(".")]
        found += (Path(at, name) for name in names if not name.startswith("."))
    return sorted(path for path in found if path.suffix.lower() in suffixes and path.is_file())


def records_of(paths: Iterable[Path], read: ReadFile, remark: Remark) -> Iterator[ArticleRecord]:
    """Read files one after the other; those that can't be read are remarked upon, unless all are so."""
    failure, is_any_read = None, False
    for path in paths:
        try:
            for record in read(path, partial(remark, file=path)):
                yield replace(record, file=path)
            is_any_read = True
        except FormatError as error:
            failure = error
            remark(None, f"the file was left out: {error}", file=path)
    if failure and not is_any_read:
        raise failure


def joined(records: Iterable[ArticleRecord]) -> Iterator[ArticleRecord]:
    """Bring together what several files say of one article."""
    works: dict[tuple[str, str], ArticleRecord] = {}
    for record in records:
        key = (record.article.id, record.text)
        works[key] = _both(works[key], record) if key in works else record
    yield from works.values()


def _both(a: ArticleRecord, b: ArticleRecord) -> ArticleRecord:
    return replace(
        a,
        annotations=a.annotations + b.annotations,
        links=a.links + b.links,
        progress=(*(a.progress or ()), *(b.progress or ())),
        lines={**a.lines, **b.lines},
        files={**a.files, **{own.id: b.file for own in b.annotations if b.file}},
        local={*a.local, *b.local},
    )
