"""Give incoming work its ids and layers, and sort it: what depends on whose work it is to be."""

import hashlib
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import count

from annotator.model.records import RECORDED_STATES, Annotation, Link, Progress
from annotator.model.review import GOLD
from annotator.model.values import is_empty
from annotator.services.gathering import ReadFile, ReadRecord
from annotator.services.placing import place
from annotator.services.sorts import Fate, Incoming, IncomingLink, LinkFate, LinkSort, Sort, Values
from annotator.store.project import Project

Mark = tuple[Progress, frozenset[Sort] | None]
"""How far an annotator is, with the sorts of spans of which one must come in for that, if any must."""


class Identified:
    """All work of some files as it is when it comes into one layer, or keeps its own.

    `layer` takes all work; without it, work whose annotator isn't named goes to the actor.
    """

    def __init__(
        self,
        files: Sequence[ReadFile],
        project: Project,
        actor: str,
        layer: str | None,
        tell: Callable[[int, int], None],
    ) -> None:
        self.files, self.layer = files, layer
        self.sorts: dict[ReadFile, tuple[Sort, ...]] = {}
        self.sort_of: dict[str, Sort] = {}
        """The sorts of spans by id, but for new spans whose id came twice."""
        self._actor = actor
        self.marks: list[Mark] = []
        """Who has read what, as the records say it, unless the project knows it."""
        self._renamed: dict[str, str] = {}
        self._local: dict[ReadFile, dict[str, str]] = {file: {} for file in files}
        """What became of ids that tell apart what stands in one file."""
        self._numbers = count()
        self._twins: Counter[str] = Counter()
        self._read = project
        self._project = project if any(project.counts().layers.values()) else None
        total, done = 2 * sum(len(file.records) for file in files), count(1)
        self._tick: Callable[[], None] = lambda: tell(next(done), total)
        contested = self._identify()
        for file in files:
            self.sorts[file] = self._sorted(file, contested)
        links = {
            file: [self._linked(link, r, file) for r in file.records for link in r.links] for file in files
        }
        self.links = self._sorted_links(links)

    def annotator(self, name: str) -> str:
        """Return whose the work of an annotator will be."""
        return self.layer or name or self._actor

    def traced(self, sources: tuple[str, ...], file: ReadFile) -> tuple[str, ...]:
        """Name what a gold annotation came from by the ids that this has got."""
        return tuple([self._new_id(own_id, file) for own_id in sources])

    def let_go(self) -> None:
        """Forget what was sorted, before it is written; the sorts themselves stay with their spans."""
        for sorts in self.sorts.values():
            for sort in sorts:
                sort.let_go()
        self.sorts, self.links, self.sort_of, self.marks = {}, {}, {}, []

    def _identify(self) -> set[str]:
        """Give all spans their ids; return those that came more than once."""
        seen: set[str] = set()
        twice: set[str] = set()
        for file in self.files:
            for record in file.records:
                self._tick()
                article = record.home.article.id
                for span in record.spans:
                    span.layer = self.layer or span.claimed.layer or self._actor
                    span.id = own_id = self._id_of(span, article, self._local[file])
                    (twice if own_id in seen else seen).add(own_id)
        return twice

    def _id_of(self, span: Incoming, article: str, local: dict[str, str]) -> str:
        """Return the id from the file; another but always the same one for a copy in another layer."""
        claimed, layer = span.claimed, span.layer
        if claimed.id and not span.is_local:
            if claimed.layer in ("", layer):
                return claimed.id
            return self._renamed.setdefault(claimed.id, derived(claimed.id, layer))
        places = ";".join(f"{f.start}-{f.stop}" for f in claimed.fragments)
        key = "\n".join((article, layer, claimed.label, places or claimed.words))
        self._twins[key] += 1
        new_id = derived(key, str(self._twins[key]))
        if span.is_local:
            local[claimed.id] = new_id
        return new_id

    def _new_id(self, own_id: str, file: ReadFile) -> str:
        """Return the id that an annotation of a file has got."""
        return self._local[file].get(own_id) or self._renamed.get(own_id, own_id)

    def _sorted(self, file: ReadFile, contested: set[str]) -> tuple[Sort, ...]:
        sorts: dict[tuple[str, Fate, tuple[str, ...], str], Sort] = {}
        for record in file.records:
            self._tick()
            for span in record.spans:
                fate = self._fate(span, record)
                names = _saying(span.claimed) if fate == "new" else ()
                twin = span.id if span.id in contested and fate != "known" else ""
                key = (span.claimed.label, fate, names, f"{twin}\n{span.number}" if twin else "")
                sort = sorts.get(key)
                if sort is None:
                    values = {name: Values() for name in names}
                    sort = sorts[key] = Sort(*key[:3], twin, span.number, values=values)
                sort.add(span, record.home)
                if fate != "nowhere" and not twin:
                    self.sort_of[span.id] = sort
            self.marks += self._marks(record)
        return tuple(sorts.values())

    def _marks(self, record: ReadRecord) -> Iterator[Mark]:
        """Tell who has read an article; a format that doesn't know it brings finished work."""
        article = record.home.article.id
        if record.progress is not None:
            for p in record.progress:
                if p.state in RECORDED_STATES:
                    annotator = self.annotator(p.annotator)
                    yield from self._mark(Progress(article, annotator, p.state, p.extra), None)
            return
        sorts: dict[str, set[Sort]] = {}
        for span in record.spans:
            # That spans of gold come says nothing of how far the adjudication is.
            if span.layer != GOLD and span.sort and span.sort.fate != "nowhere":
                sorts.setdefault(span.layer, set()).add(span.sort)
        for layer in sorted(sorts):
            yield from self._mark(Progress(article, layer, "done"), frozenset(sorts[layer]))

    def _mark(self, progress: Progress, sorts: frozenset[Sort] | None) -> Iterator[Mark]:
        if self._read.progress(progress.article, progress.annotator) is None:
            yield progress, sorts

    def _fate(self, span: Incoming, record: ReadRecord) -> Fate:
        """Find out what will become of a span if it is wanted; where it stands is looked for once."""
        if self._project and self._project.body(Annotation.KIND, span.id) is not None:
            return "known"
        if span.placing is None:
            span.placing = place(span.claimed, record.home.text, is_cut=record.is_cut)
        return "new" if span.placing.fragments else "nowhere"

    def _sorted_links(
        self, links: Mapping[ReadFile, list[IncomingLink]]
    ) -> dict[ReadFile, tuple[LinkSort, ...]]:
        every = [link for some in links.values() for link in some]
        ids = Counter(link.id for link in every if link.id)
        ends = Counter(link.ends for link in every)
        sorted_ = {}
        for file, some in links.items():
            sorts: dict[tuple[str, LinkFate, tuple[Sort | None, ...]], LinkSort] = {}
            for link in some:
                between = tuple([self.sort_of.get(end) for end in link.ends])
                is_alone = ids[link.id] <= 1 and ends[link.ends] == 1
                fate = self._fate_of_link(link, between) if is_alone else "each"
                key = (link.link.type, fate, between if fate == "new" else ())
                sorts.setdefault(key, LinkSort(*key)).links.append(link)
            sorted_[file] = tuple(sorts.values())
        return sorted_

    def _fate_of_link(self, link: IncomingLink, between: tuple[Sort | None, ...]) -> LinkFate:
        """Find out whether a link whose ends come in will come in too."""
        if link.id and self._project and self._project.body(Link.KIND, link.id) is not None:
            return "known"
        # One without an id may be there under the type that it becomes, if its ends are there.
        is_plain = all(between) and (link.id or any(end.fate == "new" for end in between if end))
        return "new" if is_plain else "each"

    def _linked(self, link: Link, record: ReadRecord, file: ReadFile) -> IncomingLink:
        layer = self.annotator(link.layer)
        own_id = link.id if link.layer in ("", layer) or not link.id else derived(link.id, layer)
        ends = (self._new_id(link.source, file), self._new_id(link.target, file))
        at = record.link_files.get(link.source, record.file) or file.path
        return IncomingLink(link, own_id, layer, ends, next(self._numbers), record.line, at)


def derived(*parts: str) -> str:
    """Make an id that is always the same of the same parts."""
    return hashlib.sha256("\n".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:32]


def _saying(claimed: Annotation) -> tuple[str, ...]:
    """Name the attributes that say something."""
    return tuple([name for name, value in claimed.attributes.items() if value or not is_empty(value)])
