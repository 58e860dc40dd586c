"""Gather what files bring, record by record, until it can be written as one change."""

import hashlib
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from annotator.formats.dataset import ArticleRecord
from annotator.formats.registry import Format
from annotator.model.change import Revision
from annotator.model.records import RECORDED_STATES, Annotation, Entity, Link, Progress
from annotator.model.review import GOLD
from annotator.services.growing import Growth
from annotator.services.homes import Home, Homes, date_remark, is_textless, may_wait
from annotator.services.incoming_verdicts import IncomingVerdicts
from annotator.services.misfits import Misfits
from annotator.services.naming import Choices, Naming
from annotator.services.placing import Placing, place
from annotator.services.reading import read
from annotator.services.remarks import Remarks
from annotator.store.bodies import SCHEME
from annotator.store.project import Project


@dataclass(frozen=True, slots=True)
class _File:
    """What is being read, and how to remark on it."""

    path: Path
    remarks: Remarks
    misfits: Misfits

    @property
    def origin(self) -> str:
        return f"import: {self.path.name}"

    def say(self, line: int | None, message: str, /, *, file: Path | None = None) -> None:
        """Remark on a line; `file` stands for a folder that was read."""
        self.remarks.add(str(file or self.path), line, message)


class Gathering:
    """What an import will write. The project is only read.

    `layer` takes all work that comes in; without it, work whose annotator isn't named goes to the actor.
    """

    def __init__(self, project: Project, actor: str, layer: str | None, choices: Choices) -> None:
        self._project, self._actor, self._layer = project, actor, layer
        self._has_annotations = any(project.counts().layers.values())
        self.growth = Growth(project.scheme, is_unused=not self._has_annotations)
        self.naming = Naming(self.growth, choices)
        self._stamp = project.scheme.stamp
        self.remarks = Remarks()
        self.known = 0
        self.incidents = self.known_incidents = 0
        self._homes = Homes(project)
        self._waiting: list[tuple[ArticleRecord, _File]] = []
        self._is_settled = False
        self._entities: dict[str, Entity] = {}
        self._links: list[tuple[Link, _File, ArticleRecord]] = []
        self._renamed: dict[str, str] = {}
        self._taken: set[str] = set()
        self.verdicts = IncomingVerdicts(project, layer, self._label_of)
        self._twins: Counter[str] = Counter()

    def take(self, path: Path, how: Format, tick: Callable[[], None]) -> int:
        """Take in one file whole, or raise FormatError; return how many of its records could be used."""
        file = _File(path, self.remarks, Misfits(self._is_entity))
        dataset = read(how, path, self._project.scheme, file.say)
        records = []
        with dataset.closing() as stream:
            for record in stream:
                records.append(record)
                tick()
        self.growth.learn(dataset.header)
        named = len(self._entities)
        taken = sum(self._take_entity(entity, file) for entity in dataset.header.entities)
        if how.incidents_only:
            new = len(self._entities) - named
            self.incidents += new
            self.known_incidents += taken - new
            return taken
        if how.labels_only:
            return sum(self.naming.label(label.id) is not None for label in dataset.header.labels)
        # Let go of each record as it is taken, so that a large file is not held twice.
        records.reverse()
        before = len(self._waiting)
        used = sum(self._take_record(records.pop(), file) for _ in range(len(records)))
        for line, at, message in file.misfits.remarks():
            file.say(line, message, file=at)
        return used + len(self._waiting) - before

    @property
    def skipped(self) -> int:
        """How many articles came that were there already."""
        return self._homes.skipped

    @property
    def entities(self) -> int:
        """How many people, organisations and incidents are new."""
        return len(self._entities)

    def homes(self) -> tuple[Home, ...]:
        return self._homes.all()

    def links(self) -> Iterator[Link]:
        """Yield the links whose ends will both be there; remark upon the others."""
        taken: set[str] = set()
        for link, file, record in self._links:
            ends = [self._renamed.get(end, end) for end in (link.source, link.target)]
            own_id = link.id or _derived(link.type, *ends)
            if not all(end in self._taken or self._project.annotation(end) for end in ends):
                file.say(
                    record.line,
                    f"a link “{link.type}” was left out: one of its spans is not there",
                    file=record.files.get(link.source, record.file),
                )
            elif own_id not in taken and self._project.body("link", own_id) is None:
                taken.add(own_id)
                yield replace(link, id=own_id, source=ends[0], target=ends[1])

    def settle(self) -> None:
        """Bring to an end what all files together decide, before the rest is asked for."""
        self._is_settled = True
        for record, file in self._waiting:
            self._take_record(record, file)
        self._add_attributes()

    def hand_over(self, links: tuple[Link, ...]) -> tuple[Revision, ...]:
        """Return everything that will be written, letting go of it, so that it is not held twice."""
        scheme = self.growth.grown()
        homes = self.homes()
        written = [Revision.of(entity) for entity in self._entities.values()]
        written += [Revision.of(home.article) for home in homes if home.is_new]
        for home in homes:
            written += [
                Revision.of(self._traced(home.annotations.pop(key))) for key in list(home.annotations)
            ]
        written += [Revision.of(link) for link in links]
        written += [Revision.of(progress) for home in homes for progress in home.progress.values()]
        written += [Revision.of(review) for home in homes for review in home.reviews.values()]
        if scheme:
            written.insert(0, Revision(SCHEME, self._project.id, scheme.to_body()))
        return tuple(written)

    def _traced(self, annotation: Annotation) -> Annotation:
        """Let a gold annotation name what it came from by the ids that this has got."""
        if not annotation.sources or not self._renamed:
            return annotation
        sources = tuple(self._renamed.get(own_id, own_id) for own_id in annotation.sources)
        return replace(annotation, sources=sources)

    def _add_attributes(self) -> None:
        there = (*self._project.entities(merged=True), *self._entities.values())
        for (file, line), message in self.naming.grow({entity.id: entity.kind for entity in there}):
            self.remarks.add(str(file), line, message)

    def _take_entity(self, entity: Entity, file: _File) -> bool:
        """Take in a named thing unless it is there; say whether it could be used."""
        if self._project.body("entity", entity.id) is not None:
            return True
        if self.growth.kind(entity.kind) is None:
            file.say(None, f"“{entity.name}” was left out: “{entity.kind}” can't be a kind of entity")
            return False
        self._entities.setdefault(entity.id, entity)
        return True

    def _take_record(self, record: ArticleRecord, file: _File) -> bool:
        home = self._home(record, file)
        if home is None:
            return False
        layers = {self._take_annotation(a, home, record, file) for a in record.annotations} - {""}
        for link in record.links:
            self._take_link(link, record, file)
        self._take_progress(record, home, layers)
        if record.verdicts or record.replies:
            self.verdicts.take(
                record, home, self._taken, lambda message: file.say(record.line, message, file=record.file)
            )
        return True

    def _label_of(self, label: str) -> str:
        found = self.naming.label(label)
        return found.id if found else label

    def _home(self, record: ArticleRecord, file: _File) -> Home | None:
        """Find where a record belongs; one without its text waits for a file that has it."""
        found = self._homes.find(record, str(file.path))
        if isinstance(found, Home):
            remark = date_remark(record.article) if found.is_new else ""
            if remark:
                file.say(record.line, remark, file=record.file)
            return found
        if may_wait(record) and not self._is_settled:
            self._waiting.append((record, file))
            return None
        name = record.article.title or record.article.id
        file.say(record.line, f"the article “{name}” was left out: {found}", file=record.file)
        return None

    def _take_annotation(self, claimed: Annotation, home: Home, record: ArticleRecord, file: _File) -> str:
        """Take in one annotation; return its layer, or "" when it was left out."""
        line = record.lines.get(claimed.id, record.line)
        at = record.files.get(claimed.id, record.file)
        label = self.naming.label(claimed.label)
        if label is None:
            if self.naming.is_left_out("label", claimed.label):
                return ""
            bad = f"a span was left out: “{claimed.label[:80]}” can't be a label"
            file.say(line, bad, file=at)
            return ""
        layer = self._layer or claimed.layer or self._actor
        new_id = self._id_of(claimed, home.article.id, layer, is_local=claimed.id in record.local)
        if new_id in self._taken:
            twin = f"a span was left out: its id “{new_id}” was there before"
            file.say(line, twin, file=at)
            return ""
        if self._has_annotations and self._project.body("annotation", new_id) is not None:
            self.known += 1
            return layer
        is_cut = is_textless(record) and home.article.sha256 == record.article.sha256
        placing = place(claimed, home.text, is_cut=is_cut)
        if placing.remark:
            file.say(line, placing.remark, file=at)
        if not placing.fragments:
            return ""
        values = self.naming.values(label, claimed.label, claimed.attributes, (at or file.path, line))
        file.misfits.look_at(label, values, line, at)
        self._taken.add(new_id)
        identity = (new_id, home.article.id, layer)
        home.annotations[new_id] = self._signed(claimed, placing, identity, (label.id, values), file)
        return layer

    def _signed(
        self,
        claimed: Annotation,
        placing: Placing,
        identity: tuple[str, str, str],
        said: tuple[str, Mapping[str, Any]],
        file: _File,
    ) -> Annotation:
        """Fill in what a file leaves open: id, article and layer, where it stands, where it is from."""
        # Built in one go: replacing fields one by one is what makes large imports slow.
        own_id, article, layer = identity
        label, values = said
        if (
            (claimed.id, claimed.article, claimed.layer, claimed.label) == (*identity, label)
            and claimed.anchor is placing.anchor
            and claimed.attributes is values
            and claimed.origin
            and claimed.scheme
        ):
            return claimed
        return Annotation(
            id=own_id,
            article=article,
            layer=layer,
            label=label,
            fragments=placing.fragments,
            anchor=placing.anchor,
            attributes=values,
            note=claimed.note,
            origin=claimed.origin or file.origin,
            scheme=claimed.scheme or self._stamp,
            extra=claimed.extra,
            sources=claimed.sources,
        )

    def _id_of(self, claimed: Annotation, article: str, layer: str, *, is_local: bool) -> str:
        """Return the id from the file; another but always the same one for a copy in another layer."""
        if claimed.id and not is_local:
            if claimed.layer in ("", layer):
                return claimed.id
            return self._renamed.setdefault(claimed.id, _derived(claimed.id, layer))
        places = ";".join(f"{f.start}-{f.stop}" for f in claimed.fragments)
        key = "\n".join((article, layer, claimed.label, places or claimed.words))
        self._twins[key] += 1
        new_id = _derived(key, str(self._twins[key]))
        if is_local:
            self._renamed[claimed.id] = new_id
        return new_id

    def _take_link(self, link: Link, record: ArticleRecord, file: _File) -> None:
        kind = self.naming.link(link.type)
        if kind is None:
            if self.naming.is_left_out("link", link.type):
                return
            bad = f"a link was left out: “{link.type[:80]}” can't be a type of link"
            file.say(record.line, bad, file=record.file)
            return
        layer = self._layer or link.layer or self._actor
        new_id = link.id if link.layer in ("", layer) or not link.id else _derived(link.id, layer)
        self._links.append((replace(link, id=new_id, layer=layer, type=kind.id), file, record))

    def _take_progress(self, record: ArticleRecord, home: Home, layers: set[str]) -> None:
        """Take over who has read the article; a format that doesn't know it brings finished work."""
        article = home.article.id
        if record.progress is None:
            # That spans of gold come says nothing of how far the adjudication is.
            states = [Progress(article, layer, "done") for layer in sorted(layers - {GOLD})]
        else:
            states = [
                replace(p, article=article, annotator=self._layer or p.annotator or self._actor)
                for p in record.progress
            ]
        for p in states:
            if p.state in RECORDED_STATES and self._project.progress(article, p.annotator) is None:
                home.progress.setdefault(p.annotator, p)

    def _is_entity(self, entity: str) -> bool:
        return entity in self._entities or self._project.body("entity", entity) is not None


def _derived(*parts: str) -> str:
    return hashlib.sha256("\n".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:32]
