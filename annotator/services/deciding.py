"""Decide, under the choices made, what of the files comes in: on sorts of spans, not on every one."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import partial

from annotator.model.change import ObjectKey
from annotator.model.records import Annotation, Entity, Link, Progress
from annotator.model.review import Reply
from annotator.model.scheme import Label, LinkType
from annotator.services.gathering import Gathering, ReadFile, ReadRecord
from annotator.services.growing import Growth
from annotator.services.identifying import Identified, derived
from annotator.services.incoming_verdicts import IncomingVerdicts
from annotator.services.misfits import Misfits
from annotator.services.naming import LEFT_OUT, Choices, Naming
from annotator.services.remarks import Remarks
from annotator.services.sorts import Incoming, IncomingLink, LinkSort, Sort
from annotator.store.project import Project


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the spans of a sort become: of this label, with these names of attributes changed."""

    label: Label
    renamed: Mapping[str, str]


@dataclass(slots=True)
class There:
    """Which things the project has; each is looked up once."""

    project: Project
    _found: dict[ObjectKey, bool] = field(default_factory=dict)
    _kinds: dict[str, str] | None = None

    def kinds(self) -> Mapping[str, str]:
        """Map the ids of all named things to their kinds."""
        if self._kinds is None:
            self._kinds = {entity.id: entity.kind for entity in self.project.entities(merged=True)}
        return self._kinds

    def has(self, kind: str, own_id: str) -> bool:
        key = (kind, own_id)
        found = self._found.get(key)
        if found is None:
            found = self._found[key] = self.project.body(kind, own_id) is not None
        return found


class Decision:
    """What of the files comes in. The project is only read."""

    def __init__(
        self,
        gathering: Gathering,
        identified: Identified,
        there: There,
        choices: Choices,
        tick: Callable[[], None],
    ) -> None:
        self.gathering, self.identified = gathering, identified
        self.growth = Growth(gathering.scheme, is_unused=gathering.is_unused)
        self.naming = Naming(self.growth, choices)
        self.wanted: dict[Sort, Wanted] = {}
        """The sorts of spans that come in, or are there already."""
        self.entities: dict[str, Entity] = {}
        self.progress: dict[str, Progress] = {}
        self.incidents = self.known_incidents = 0
        self.linked: list[tuple[list[IncomingLink], str]] = []
        """The links that come in, and the types that they will be of."""
        self.remarks = Remarks(gathering.remarks)
        self._there, self._tick = there, tick
        self._taken: set[str] = set()
        """Of ids that came twice, those that are taken."""
        self._said: list[tuple[int, str, int | None, str]] = []
        self.verdicts = IncomingVerdicts(there.project, identified.layer, partial(_label_of, self.naming))
        self._decide()

    # What it comes to

    @property
    def annotations(self) -> int:
        """How many spans are new."""
        return sum(len(sort.spans) for sort in self.wanted if sort.fate == "new")

    @property
    def links(self) -> int:
        """How many links are new."""
        return sum(len(links) for links, _ in self.linked)

    @property
    def known(self) -> int:
        """How many spans are there already."""
        return sum(len(sort.spans) for sort in self.wanted if sort.fate == "known")

    def per_article(self) -> dict[str, int]:
        """Count the new spans of each article."""
        return _summed(sort.homes for sort in self.wanted if sort.fate == "new")

    def per_annotator(self) -> dict[str, int]:
        """Count the new spans of each annotator, by name."""
        return dict(sorted(_summed(sort.layers for sort in self.wanted if sort.fate == "new").items()))

    def takes(self, own_id: str) -> bool:
        """Say whether a new span of this id comes in."""
        sort = self.identified.sort_of.get(own_id)
        return own_id in self._taken if sort is None else sort.fate == "new" and sort in self.wanted

    @property
    def replies(self) -> int:
        """How many answers to verdicts are new."""
        return sum(kind == Reply.KIND for kind, _ in self.verdicts.reviews)

    @property
    def brings_anything(self) -> bool:
        """Say whether there is anything to write."""
        new = (*self.gathering.new_homes(), self.annotations, self.links, *self.verdicts.reviews)
        return any(new) or bool(self.entities or self.progress or self.growth.grown())

    # Deciding

    def _decide(self) -> None:
        files = self.gathering.files
        for file in files:
            self.growth.learn(file.header)
        kinds = {file: self._take_file(file) for file in files}
        for file in files:
            self._look_at_values(file)
        self._add_attributes()
        taken: set[str] = set()
        for file in files:
            self._take_links(list(zip(self.identified.links[file], kinds[file], strict=True)), taken)
            self._remark()
        for file in files:
            for record in file.records:
                self._take_verdicts(record, file)
        for progress, sorts in self.identified.marks:
            if sorts is None or any(sort in self.wanted for sort in sorts):
                self.progress.setdefault(progress.id, progress)

    def _take_file(self, file: ReadFile) -> list[LinkType | None]:
        """Take in the names that a file uses; return what the sorts of its links become."""
        self._tick()
        self.growth.learn(file.header)
        self._take_entities(file)
        if file.how.labels_only:
            for label in file.header.labels:
                self.naming.label(label.id, 0)
        for sort in self.identified.sorts[file]:
            self._take_sort(sort, file)
        self._remark()
        return [self.naming.link(sort.type, len(sort.links)) for sort in self.identified.links[file]]

    def _remark(self) -> None:
        """Make the remarks on spans or links of a file in the order of the file."""
        for _, where, line, message in sorted(self._said, key=lambda one: one[0]):
            self.remarks.add(where, line, message)
        self._said = []

    def _take_entities(self, file: ReadFile) -> None:
        new = known = 0
        for entity in file.header.entities:
            if self._there.has(Entity.KIND, entity.id):
                known += 1
            elif self.growth.kind(entity.kind) is None:
                bad = f"“{entity.name}” was left out: “{entity.kind}” can't be a kind of entity"
                self.remarks.add(str(file.path), None, bad)
            elif self.entities.setdefault(entity.id, entity) is entity:
                new += 1
            else:
                known += 1
        if file.how.incidents_only:
            self.incidents += new
            self.known_incidents += known

    def _take_sort(self, sort: Sort, file: ReadFile) -> None:
        label = self.naming.label(sort.label, len(sort.spans))
        if label is None:
            if not self.naming.is_left_out("label", sort.label):
                bad = f"a span was left out: “{sort.label[:80]}” can't be a label"
                self._say_of(sort.spans, file, lambda _span: bad)
            return
        if sort.contested and sort.contested in self._taken:
            twin = f"a span was left out: its id “{sort.contested}” was there before"
            self._say_of(sort.spans, file, lambda _span: twin)
            return
        self._say_of(sort.remarked, file, lambda span: span.placing.remark if span.placing else "")
        if sort.fate == "nowhere":
            return
        if sort.contested:
            self._taken.add(sort.contested)
        self.wanted[sort] = Wanted(label, self.naming.renamed(label, sort, file.path))

    def _say_of(self, spans: list[Incoming], file: ReadFile, words: Callable[[Incoming], str]) -> None:
        for span in spans:
            self._said.append((span.number, str(span.file or file.path), span.line, words(span)))

    def _look_at_values(self, file: ReadFile) -> None:
        """Remark upon values of a file that the scheme does not foresee."""
        misfits = Misfits(self._is_entity)
        for sort in self.identified.sorts[file]:
            wanted = self.wanted.get(sort)
            said: set[str] = {LEFT_OUT}
            for name in sort.names if wanted else ():
                new = wanted.renamed.get(name, name) if wanted else name
                if new not in said and wanted:
                    said.add(new)
                    misfits.look_at(wanted.label, new, sort.values[name])
        for line, at, message in misfits.remarks():
            self.remarks.add(str(at or file.path), line, message)

    def _add_attributes(self) -> None:
        kinds = {**self._there.kinds(), **{entity.id: entity.kind for entity in self.entities.values()}}
        for file, line, message in self.naming.grow(kinds):
            self.remarks.add(str(file), line, message)

    def _take_links(self, sorts: list[tuple[LinkSort, LinkType | None]], taken: set[str]) -> None:
        """Take in the links of a file; of those that may be one, the first is taken."""
        alone = [(link, kind) for sort, kind in sorts if kind and sort.fate == "each" for link in sort.links]
        for link, kind in sorted(alone, key=lambda one: one[0].number):
            if self._takes_link(link, kind, taken):
                self.linked.append(([link], kind.id))
        for sort, found in sorts:
            self._take_link_sort(sort, found)

    def _take_link_sort(self, sort: LinkSort, kind: LinkType | None) -> None:
        """Take in links whose ends will both be there; remark upon others."""
        if kind is None:
            if not self.naming.is_left_out("link", sort.type):
                bad = f"a link was left out: “{sort.type[:80]}” can't be a type of link"
                self._say_of_links(sort.links, bad)
        elif sort.fate == "new" and all(end and self._is_there(end) for end in sort.ends):
            self.linked.append((sort.links, kind.id))
        elif sort.fate == "new":
            self._miss(sort.links, kind)

    def _is_there(self, end: Sort) -> bool:
        return end.fate == "known" or end in self.wanted

    def _takes_link(self, link: IncomingLink, kind: LinkType, taken: set[str]) -> bool:
        own_id = link.id or derived(kind.id, *link.ends)
        if not all(self.takes(end) or self._there.has(Annotation.KIND, end) for end in link.ends):
            self._miss([link], kind)
            return False
        if own_id in taken or self._there.has(Link.KIND, own_id):
            return False
        taken.add(own_id)
        return True

    def _miss(self, links: list[IncomingLink], kind: LinkType) -> None:
        self._say_of_links(links, f"a link “{kind.id}” was left out: one of its spans is not there")

    def _say_of_links(self, links: list[IncomingLink], words: str) -> None:
        for link in links:
            self._said.append((link.number, str(link.file), link.line, words))

    def _take_verdicts(self, record: ReadRecord, file: ReadFile) -> None:
        if record.reviewed is None:
            return
        where = str(record.file or file.path)
        self.verdicts.take(
            record.reviewed,
            record.home,
            self.takes,
            lambda message: self.remarks.add(where, record.line, message),
        )

    def _is_entity(self, entity: str) -> bool:
        return entity in self.entities or self._there.has(Entity.KIND, entity)


def _summed(counts: Iterable[Mapping[str, int]]) -> dict[str, int]:
    result: dict[str, int] = {}
    for some in counts:
        for name, count in some.items():
            result[name] = result.get(name, 0) + count
    return result


def _label_of(naming: Naming, label: str) -> str:
    """Return the id that a label of a file has here; a verdict is no span that counts."""
    found = naming.label(label, 0)
    return found.id if found else label
