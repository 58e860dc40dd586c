"""Write a project's work in a format: first look at what would be lost, then all of it or nothing."""

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any, BinaryIO

from annotator import __version__
from annotator.formats.dataset import ArticleRecord, Dataset, Header
from annotator.formats.fitting import fitted
from annotator.formats.losses import Loss, Tally
from annotator.formats.parts.file_names import part_name
from annotator.formats.registry import FORMATS, Format, format_by_id
from annotator.model.records import Entity
from annotator.model.review import GOLD, ORIGINS, Way
from annotator.services.agreement.streaming import ExactAgreement
from annotator.services.card import NOT_TO_REBUILD, Facts, card
from annotator.services.destination import CARD, LOSSES, MAIN, MANIFEST, destination
from annotator.services.disguising import Disguise
from annotator.services.errors import Refused
from annotator.services.many_values import many_values
from annotator.services.near_duplicates import ALIKE, Clusters, Groups, NearDuplicates, clusters_of
from annotator.services.picking import Lose, Picker, nowhere, used_entities
from annotator.services.releasing import released
from annotator.services.splitting import split_articles
from annotator.services.spool import Spool, spooling
from annotator.services.staging import Stage, staged_files, staged_folder
from annotator.services.wanted import Wanted
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
    clusters: Clusters | None = None
    """The near-duplicates that a split kept together."""


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
    destination(out, wanted.format, project.path, needs_folder=wanted.needs_folder)


@contextmanager
def prepared(project: Project, wanted: Wanted, tell: Tell = quiet) -> "Iterator[Export]":
    """Look over a project as it stands now, and keep it so until the export is written or given up."""
    with project.snapshot() as still, spooling() as spool:
        yield Export(still, project.path, wanted, spool, tell)


class Export:
    """One export, looked over: what it holds and what will be lost."""

    def __init__(self, still: Project, project: Path, wanted: Wanted, spool: Spool, tell: Tell) -> None:
        self._still, self._project, self._wanted = still, project, wanted
        self._picker = Picker(still, wanted, spool)
        self._disguise = Disguise(still, wanted.stand_ins) if wanted.stand_ins else None
        self._title = self._hidden(still.title)
        self._article_ids: list[str] = []
        self._copies = NearDuplicates() if wanted.split else None
        self._spans: dict[str, Counter[str]] = {}
        self._used_labels: set[str] = set()
        self._done = Counter[str]()
        self._agreement = ExactAgreement()
        self._ways = Counter[Way | None]()
        self.losses, self._header = self._look_over(tell)
        self._groups: Groups = self._copies.groups(self._text) if self._copies else {}
        parts = {folder.rstrip("/"): len(ids) for folder, ids in self._parts().items()}
        self.clusters = replace(clusters_of(self._groups), parts=parts) if self._copies else None

    @property
    def articles(self) -> int:
        """How many articles stand in the files."""
        return 0 if self._wanted.format.labels_only else len(self._article_ids)

    @property
    def annotations(self) -> int:
        """How many spans stand in the files, as the format can hold them."""
        return sum(by_label.total() for by_label in self._spans.values())

    def first(self, articles: int) -> Dataset:
        """Return the first articles as they will be written, to be looked at."""
        ids = self._article_ids[:articles]
        picked = self._disguised(self._picker.records(ids))
        records = (self._view(record, self._labels()[0]) for _, record in picked)
        return Dataset(self._header, records)

    def write(self, out: Path, tell: Tell = quiet) -> Exported:
        """Write everything to its place, or leave what is there as it was."""
        wanted = self._wanted
        place = destination(out, wanted.format, self._project, needs_folder=wanted.needs_folder)
        ticks = _Ticks(tell, len(self._article_ids) * len(self._labels()))
        try:
            if place.is_folder:
                with staged_folder(place.path) as stage:
                    self._fill(stage, MAIN + wanted.format.suffixes[0], "", ticks)
            else:
                with staged_files(place.path.parent) as stage:
                    self._fill(stage, place.path.name, place.path.name, ticks)
        except OSError as error:
            raise Refused(
                f"{out} can't be written ({error.strerror}); free some space or choose another place"
            ) from error
        folder = out if place.is_folder else out.parent
        names = sorted(stage.names) if place.is_folder else stage.names
        files = tuple(folder / name for name in names)
        return Exported(self.articles, self.annotations, files, self.losses, self.clusters)

    @many_values()
    def _look_over(self, tell: Tell) -> tuple[tuple[Loss, ...], Header]:
        """Read everything once: verify, count, and find what will be lost."""
        tally = Tally()
        entities = tuple(map(self._renamed, self._still.entities(merged=True)))
        every = Header(scheme=self._still.scheme, entities=entities)
        lacks = self._wanted.format.lacks(every)
        used: set[str] = set()
        total = len(self._picker.article_ids)
        picked = self._picker.look_over(
            lambda lost: tally.add((what, self._hidden(such)) for what, such in lost)
        )
        records = self._disguised(picked, tally.add)
        for number, (article_id, record) in enumerate(records, 1):
            self._count(article_id, record)
            if not self._wanted.is_whole:
                used.update(used_entities(self._still.scheme, record))
            for label in self._labels_in(record):
                view = self._view(record, label, tally.add)
                tally.add(lacks.in_record(view))
                self._count_spans(view)
            tell(number, total)
        self._article_ids.sort()
        entities = tuple(map(self._renamed, self._picker.entities(used)))
        if self._disguise:
            tally.add(self._disguise.remaining_in_scheme(self._still.scheme))
            tally.add(self._disguise.remaining_in_entities(entities))
        header = Header(self._title, self._still.scheme, entities=entities, layers=self._picker.layers)
        tally.add(lacks.in_header(header))
        return tally.losses(), header

    def _renamed(self, entity: Entity) -> Entity:
        return self._disguise.entity(entity) if self._disguise else entity

    def _hidden(self, words: str) -> str:
        """Put pseudonyms into what the export says of itself."""
        return self._disguise.words(words) if self._disguise else words

    def _count(self, article_id: str, record: ArticleRecord) -> None:
        self._article_ids.append(article_id)
        self._done.update(p.annotator for p in record.progress or () if p.state == "done")
        self._agreement.add(article_id, record)
        if self._copies:
            self._copies.add(article_id, record.text)

    def _count_spans(self, view: ArticleRecord) -> None:
        if not self._wanted.format.labels_only:
            for (layer, label), n in view.tags.items():
                self._spans.setdefault(layer, Counter())[label] += n
            if any(layer == GOLD for layer, _ in view.tags):
                self._ways.update(ORIGINS.get(a.origin) for a in view.annotations if a.layer == GOLD)

    def _text(self, article_id: str) -> str:
        ((_, record),) = self._disguised(self._picker.records([article_id]))
        return record.text

    def _disguised(
        self, records: Iterable[tuple[str, ArticleRecord]], lose: Lose = nowhere
    ) -> Iterator[tuple[str, ArticleRecord]]:
        """Yield records as they were picked, under their pseudonyms, each with its article's own id."""
        for article_id, record in records:
            if self._disguise:
                sha256 = record.article.sha256
                record, remaining = self._disguise.record(record)
                lose(remaining)
                if self._wanted.words is not None and record.article.sha256 != sha256:
                    lose([(NOT_TO_REBUILD, record.article.title)])
            yield article_id, record

    def _view(self, record: ArticleRecord, label: str, lose: Lose = nowhere) -> ArticleRecord:
        """Make a record what one file holds of it: a label or all, as the format can hold it."""
        wanted = self._wanted
        if wanted.per_label:
            record = _of_label(record, label, lose)
        fit, lost = fitted(record, wanted.format.takes, wanted.fitting)
        lose(lost)
        if wanted.words is None:
            return fit
        short, lost = released(fit, wanted.words)
        lose(lost)
        return short

    def _labels(self) -> tuple[str, ...]:
        """Name the labels that get files of their own; "" for all in one."""
        if not self._wanted.per_label:
            return ("",)
        every = (label.id for label in self._still.scheme.labels)
        return tuple(label for label in every if label in self._used_labels) or ("",)

    def _labels_in(self, record: ArticleRecord) -> Sequence[str]:
        if not self._wanted.per_label:
            return ("",)
        labels = {a.label for a in record.annotations}
        labels |= {str(v.proposed.get("label")) for v in record.verdicts if not v.annotation}
        self._used_labels.update(labels)
        return sorted(labels)

    def _fill(self, stage: Stage, main: str, alone: str, ticks: "_Ticks") -> None:
        """Write all files of the export, then what it says of itself; `alone` names a single file."""
        counts: dict[str, Mapping[str, int]] = {}
        for folder, article_ids in self._parts().items():
            for label in self._labels():
                name = f"{folder}{label}/{main}" if label else folder + main
                counted = self._write_part(stage, name, article_ids, label, ticks)
                if not self._wanted.format.folder:  # Where it is many files, each holds some of that.
                    counts[name] = counted
        losses = {"losses": [asdict(loss) for loss in self.losses]}
        stage.open(_beside(alone, LOSSES)).write(_json(losses))
        stage.open(_beside(alone, CARD)).write(card(self._facts()).encode("utf-8", "replace"))
        stage.close()
        manifest = _json(self._manifest(stage, counts))
        stage.open(_beside(alone, MANIFEST)).write(manifest)

    def _write_part(
        self, stage: Stage, name: str, article_ids: Sequence[str], label: str, ticks: "_Ticks"
    ) -> Mapping[str, int]:
        """Write the main file and those beside it for some of the articles; count what is in them."""
        how = self._wanted.format
        folder = name.rpartition("/")[0]

        def open_part(part: str) -> BinaryIO:
            if how.folder:
                return stage.open(f"{folder}/{part}" if folder else part)
            return stage.open(part_name(name, part))

        counts = Counter(articles=0, annotations=0)
        picked = self._disguised(self._picker.records(article_ids))
        records = (self._view(record, label) for _, record in picked)
        how.write(Dataset(self._header, ticks.counting(records, counts)), open_part)
        return counts

    def _parts(self) -> dict[str, tuple[str, ...]]:
        """Map each folder of the export ("" or "train/") to the articles in it."""
        split = self._wanted.split
        if not split:
            return {"": tuple(self._article_ids)}
        part_of = split_articles(self._groups, split, self._wanted.seed)
        return {f"{part}/": tuple(a for a in self._article_ids if part_of[a] == part) for part in split}

    def _facts(self) -> Facts:
        return Facts(
            title=self._title,
            scheme=self._still.scheme,
            wanted=self._wanted,
            articles=self.articles,
            spans={layer: self._spans[layer] for layer in sorted(self._spans)},
            done=self._done,
            losses=self.losses,
            agreed_on=self._agreement.articles,
            agreement=self._agreement.result(),
            ways=self._ways,
        )

    def _manifest(self, stage: Stage, counts: Mapping[str, Mapping[str, int]]) -> dict[str, Any]:
        scheme, wanted = self._still.scheme, self._wanted.told()
        return {
            "annotator": __version__,
            "project": self._title,
            "scheme": {"id": scheme.id, "version": scheme.version, "title": scheme.title},
            "format": self._wanted.format.id,
            "filter": {**wanted, "outlets": [self._hidden(outlet) for outlet in wanted["outlets"]]},
            "split": self.clusters and {**asdict(self.clusters), "threshold": ALIKE},
            "articles": self.articles,
            "annotations": self.annotations,
            "files": {name: {**_digest(stage, name), **counts.get(name, {})} for name in sorted(stage.names)},
        }


class _Ticks:
    """Tells of articles as they are written, over all files of an export."""

    def __init__(self, tell: Tell, total: int) -> None:
        self._tell, self._total, self._done = tell, total, 0

    def counting(self, records: Iterable[ArticleRecord], counts: Counter[str]) -> Iterator[ArticleRecord]:
        for record in records:
            counts["articles"] += 1
            counts["annotations"] += record.size
            yield record
            self._done += 1
            self._tell(self._done, self._total)


def _of_label(record: ArticleRecord, label: str, lose: Lose) -> ArticleRecord:
    """Keep the spans of one label; a link to another label's spans has its ends in two files."""
    annotations = tuple(a for a in record.annotations if a.label == label)
    kept = {a.id for a in annotations}
    elsewhere = {a.id for a in record.annotations} - kept
    own = [link for link in record.links if link.source in kept]
    lose(("links between spans in different files", link.type) for link in own if link.target in elsewhere)
    links = tuple(link for link in own if link.target not in elsewhere)
    verdicts = tuple(
        v
        for v in record.verdicts
        if (v.annotation in kept if v.annotation else v.proposed.get("label") == label)
    )
    given = {v.id for v in verdicts}
    replies = tuple(r for r in record.replies if r.verdict in given)
    return replace(record, annotations=annotations, links=links, verdicts=verdicts, replies=replies)


def _beside(main: str, name: str) -> str:
    """Name what an export says of itself: in a folder as it is, else after the main file."""
    return part_name(main, name) if main else name


def _digest(stage: Stage, name: str) -> dict[str, Any]:
    sha256, size = stage.digest(name)
    return {"sha256": sha256, "bytes": size}


def _json(value: Any) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=2) + "\n").encode("utf-8", "backslashreplace")
