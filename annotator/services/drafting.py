"""Build what was decided: the revisions that an import writes."""

from collections.abc import Callable, Iterator
from dataclasses import replace

from annotator.model.change import Revision
from annotator.model.records import Annotation, Link
from annotator.services.deciding import Decision, Wanted
from annotator.services.gathering import ReadFile, ReadRecord
from annotator.services.identifying import derived
from annotator.services.naming import renamed_values
from annotator.services.sorts import Incoming
from annotator.store.bodies import SCHEME
from annotator.store.project import Project


class Drafting:
    """Builds the revisions of a decision. The project is only read.

    `keep` leaves what was gathered as it is; without it, what is built is let go of, so that it is not held
    twice.
    """

    def __init__(
        self, decision: Decision, project: Project, *, keep: bool, tick: Callable[[], None] = lambda: None
    ) -> None:
        self._decision, self._project, self._keep, self._tick = decision, project, keep, tick
        self._identified = decision.identified
        self._stamp = decision.gathering.scheme.stamp

    def revisions(self) -> tuple[Revision, ...]:
        """Build everything that will be written."""
        decision = self._decision
        links = [Revision.of(link) for link in self._links()]
        if not self._keep:
            self._identified.let_go()
        written = [Revision.of(entity) for entity in decision.entities.values()]
        written += [Revision.of(home.article) for home in decision.gathering.new_homes()]
        for file in decision.gathering.files:
            for record in file.records:
                written += self._record(record, file)
        written += links
        written += [Revision.of(progress) for progress in decision.progress.values()]
        written += [Revision.of(review) for review in decision.verdicts.reviews.values()]
        scheme = decision.growth.grown()
        if scheme:
            written.insert(0, Revision(SCHEME, self._project.id, scheme.to_body()))
        return tuple(written)

    def _record(self, record: ReadRecord, file: ReadFile) -> Iterator[Revision]:
        self._tick()
        spans = record.spans
        if not self._keep:
            record.spans = []
        pairs = [(span, wanted) for span in spans if (wanted := self._wanted(span))]
        del spans
        pairs.reverse()
        while pairs:
            span, wanted = pairs.pop()
            if span.sort and span.sort.fate == "new":
                yield Revision.of(self._signed(span, wanted, record, file))

    def _wanted(self, span: Incoming) -> Wanted | None:
        return self._decision.wanted.get(span.sort) if span.sort else None

    def _signed(self, span: Incoming, wanted: Wanted, record: ReadRecord, file: ReadFile) -> Annotation:
        """Fill in what a file leaves open: id, article and layer, where it stands, where it is from."""
        # Built in one go: replacing fields one by one is what makes large imports slow.
        claimed, placing = span.claimed, span.placing
        article, label = record.home.article.id, wanted.label.id
        identity = (span.id, article, span.layer, label)
        values = renamed_values(claimed.attributes, wanted.renamed)
        if placing is None or (
            (claimed.id, claimed.article, claimed.layer, claimed.label) == identity
            and claimed.anchor is placing.anchor
            and claimed.attributes is values
            and claimed.origin
            and claimed.scheme
            and not claimed.sources
        ):
            return claimed
        return Annotation(
            id=span.id,
            article=article,
            layer=span.layer,
            label=label,
            fragments=placing.fragments,
            anchor=placing.anchor,
            attributes=values,
            note=claimed.note,
            origin=claimed.origin or file.origin,
            scheme=claimed.scheme or self._stamp,
            extra=claimed.extra,
            sources=self._identified.traced(claimed.sources, file),
        )

    def _links(self) -> Iterator[Link]:
        for links, kind in self._decision.linked:
            for link in links:
                source, target = link.ends
                own_id = link.id or derived(kind, source, target)
                yield replace(link.link, id=own_id, layer=link.layer, type=kind, source=source, target=target)
