"""Write a project's work in a format: first look at what would be lost, then all of it or nothing."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, BinaryIO

from annotator import __version__
from annotator.formats.dataset import ArticleRecord, Dataset, Header
from annotator.formats.fitting import fitted
from annotator.formats.losses import Loss, Tally, unreadable
from annotator.formats.registry import FORMATS, Format, format_by_id, part_name
from annotator.services.destination import LOSSES, MAIN, MANIFEST, Destination, destination
from annotator.services.errors import Refused
from annotator.services.picking import Picker, Wanted, used_entities
from annotator.services.splitting import fold, split_articles
from annotator.services.staging import Stage, staged_files, staged_folder
from annotator.store.project import Project

Tell = Callable[[int, int], None]
"""Is told how many articles are done, of how many; may raise to cancel."""


@dataclass(frozen=True, slots=True)
class Exported:
    """What was written."""

    articles: int
    annotations: int
    files: tuple[Path, ...]
    losses: tuple[Loss, ...]


def quiet(_done: int, _total: int) -> None:
    """Tell nobody."""


def written_format(format_id: str) -> Format:
    """Return the format of an id, or refuse one that can't be written."""
    found = format_by_id(format_id)
    if found is None or not found.writes:
        known = ", ".join(f.id for f in FORMATS if f.writes)
        raise Refused(f"“{format_id}” is not a format that can be written; choose one of {known}")
    return found


def check_place(out: Path, wanted: Wanted, project: Project) -> None:
    """Refuse a place that an export can't go to, before any work is done."""
    destination(out, wanted.format, project.path, is_split=bool(wanted.split))


@contextmanager
def prepared(project: Project, wanted: Wanted, tell: Tell = quiet) -> "Iterator[Export]":
    """Look over a project as it stands now, and keep it so until the export is written or given up."""
    with project.snapshot() as still:
        yield Export(still, project.path, wanted, tell)


class Export:
    """One export, looked over: what it holds and what will be lost."""

    def __init__(self, still: Project, project: Path, wanted: Wanted, tell: Tell) -> None:
        self._still, self._project, self._wanted = still, project, wanted
        self._picker = Picker(still, wanted)
        self._sizes: dict[str, int] = {}
        self._folds: list[tuple[str, str]] = []
        self.losses, self._header = self._look_over(tell)

    @property
    def articles(self) -> int:
        return len(self._sizes)

    @property
    def annotations(self) -> int:
        return sum(self._sizes.values())

    def write(self, out: Path, tell: Tell = quiet) -> Exported:
        """Write everything to its place, or leave what is there as it was."""
        place = destination(out, self._wanted.format, self._project, is_split=bool(self._wanted.split))
        ticks = _Ticks(tell, self.articles)
        try:
            names = self._write_folder(place, ticks) if place.is_folder else self._write_file(place, ticks)
        except OSError as error:
            raise Refused(
                f"{out} can't be written ({error.strerror}); free some space or choose another place"
            ) from error
        folder = out if place.is_folder else out.parent
        return Exported(self.articles, self.annotations, tuple(folder / name for name in names), self.losses)

    def _look_over(self, tell: Tell) -> tuple[tuple[Loss, ...], Header]:
        """Read everything once: verify, count, and find what will be lost."""
        tally, lacks = Tally(), self._wanted.format.lacks()
        tally.add(unreadable(self._still.unreadable()))
        used: set[str] = set()
        total = len(self._picker.article_ids)
        for number, record in enumerate(self._picker.records(self._picker.article_ids, tally.add), 1):
            record, lost = fitted(record, self._wanted.format.holds, self._wanted.fitting)
            tally.add(lost)
            tally.add(lacks.in_record(record))
            used.update(used_entities(self._still.scheme, record))
            self._sizes[record.article.id] = len(record.annotations)
            if self._wanted.split:
                self._folds.append((record.article.id, fold(record.text)))
            tell(number, total)
        header = Header(self._still.title, self._still.scheme, entities=self._picker.entities(used))
        tally.add(lacks.in_header(header))
        return tally.losses(), header

    def _write_file(self, place: Destination, ticks: "_Ticks") -> list[str]:
        name = place.path.name
        with staged_files(place.path.parent) as stage:
            self._write_part(stage, name, tuple(self._sizes), ticks)
        return stage.names

    def _write_folder(self, place: Destination, ticks: "_Ticks") -> list[str]:
        main = MAIN + self._wanted.format.suffixes[0]
        with staged_folder(place.path) as stage:
            counts: dict[str, Sequence[str]] = {}
            for folder, article_ids in self._parts().items():
                before = len(stage.names)
                self._write_part(stage, folder + main, article_ids, ticks)
                counts |= dict.fromkeys(stage.names[before:], article_ids)
            stage.open(LOSSES).write(_json({"losses": [asdict(loss) for loss in self.losses]}))
            stage.close()
            manifest = _json(self._manifest(stage, counts))
            stage.open(MANIFEST).write(manifest)
        return sorted(stage.names)

    def _write_part(self, stage: Stage, name: str, article_ids: Sequence[str], ticks: "_Ticks") -> None:
        """Write the main file and those beside it for some of the articles."""

        how, fitting = self._wanted.format, self._wanted.fitting
        folder = name.rpartition("/")[0]

        def open_part(part: str) -> BinaryIO:
            if how.folder:
                return stage.open(f"{folder}/{part}" if folder else part)
            return stage.open(part_name(name, part))

        records = (fitted(record, how.holds, fitting)[0] for record in self._picker.records(article_ids))
        how.write(Dataset(self._header, ticks.counting(records)), open_part)

    def _parts(self) -> dict[str, tuple[str, ...]]:
        """Map each folder of the export ("" or "train/") to the articles in it."""
        split = self._wanted.split
        if not split:
            return {"": tuple(self._sizes)}
        part_of = split_articles(self._folds, split, self._wanted.seed)
        return {f"{part}/": tuple(a for a in self._sizes if part_of[a] == part) for part in split}

    def _manifest(self, stage: Stage, counts: Mapping[str, Sequence[str]]) -> dict[str, Any]:
        wanted, scheme = self._wanted, self._still.scheme
        return {
            "annotator": __version__,
            "project": self._still.title,
            "scheme": {"id": scheme.id, "version": scheme.version, "title": scheme.title},
            "format": wanted.format.id,
            "filter": {
                "layer": wanted.layer,
                "labels": list(wanted.labels),
                "split": wanted.split and dict(wanted.split),
                "seed": wanted.seed if wanted.split else None,
            },
            "articles": self.articles,
            "annotations": self.annotations,
            "files": {name: self._described(stage, name, counts.get(name)) for name in sorted(stage.names)},
        }

    def _described(self, stage: Stage, name: str, article_ids: Sequence[str] | None) -> dict[str, Any]:
        sha256, size = stage.digest(name)
        if article_ids is None:
            return {"sha256": sha256, "bytes": size}
        annotations = sum(self._sizes[article] for article in article_ids)
        return {"sha256": sha256, "bytes": size, "articles": len(article_ids), "annotations": annotations}


class _Ticks:
    """Tells of articles as they are written, over all files of an export."""

    def __init__(self, tell: Tell, total: int) -> None:
        self._tell, self._total, self._done = tell, total, 0

    def counting(self, records: Iterator[ArticleRecord]) -> Iterator[ArticleRecord]:
        for record in records:
            yield record
            self._done += 1
            self._tell(self._done, self._total)


def _json(value: Any) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=2) + "\n").encode("utf-8", "backslashreplace")
