"""What becomes of the scheme when projects are merged: nothing that either side's has is lost."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from annotator.model.records import Annotation, Link
from annotator.model.scheme import Scheme
from annotator.services.joining import joined, led
from annotator.services.naming import Choices, Name, Unknown
from annotator.store.bodies import SCHEME
from annotator.store.incoming import Incoming
from annotator.store.project import Project


@dataclass(frozen=True, slots=True)
class Meeting:
    """The scheme that is here, those that come and don't stand, and what their names become.

    `added` and `differing` say in words what ours gets, and where they don't agree. `unknown` are labels and
    links that ours lacks.
    """

    ours: Scheme
    others: tuple[Scheme, ...]
    becomes: Mapping[Name, str]
    added: tuple[str, ...]
    differing: tuple[str, ...]
    unknown: tuple[Unknown, ...]

    def grown(self, standing: Scheme) -> Scheme | None:
        """Return the scheme that all have in common once one of them stands; None when that one is it."""
        return _grown(self.ours, standing, self.others, self.becomes)


def met(project: Project, incoming: Incoming, choices: Choices) -> Meeting:
    """Compare the scheme of a project with those that come in."""
    ours, key = project.scheme, (SCHEME, project.id)
    history = project.history(*key)
    known = [step.body for step in history]
    # What ours follows says nothing new, and neither does a copy of it.
    ends = [(own_id, body) for own_id, body in incoming.ends(SCHEME) if body not in known]
    standing, others = ours, [Scheme.from_body(body) for _, body in ends]
    best = incoming.step(key) if incoming.has(key) else None
    if best and best[0].rank > history[-1].change.rank and best[1]:
        standing = Scheme.from_body(best[1])
        others = [other for other in others if other != standing]
        if key in incoming.keys("over"):
            others.append(ours)
    unknown = tuple(_unknown(ours, (standing, *others), incoming, choices))
    becomes = {one.name: one.becomes for one in unknown if one.becomes is not None}
    final = _grown(ours, standing, others, becomes) or standing
    lost = [f"{words}, which is no longer there" for words in joined(final, ours).added]
    differing = [words for other in (standing, *others) for words in joined(ours, other).differing]
    return Meeting(
        ours=ours,
        others=tuple(others),
        becomes=becomes,
        added=joined(ours, final).added,
        differing=tuple(dict.fromkeys((*differing, *lost))),
        unknown=unknown,
    )


def _grown(
    ours: Scheme, standing: Scheme, others: Sequence[Scheme], becomes: Mapping[Name, str]
) -> Scheme | None:
    final = led(standing, becomes, ours)
    for other in others:
        final = joined(final, led(other, becomes, ours)).scheme or final
    if final == standing:
        return None
    version = max(standing.version + 1, final.version)
    return Scheme.from_body(replace(final, version=version).to_body())


def _unknown(
    ours: Scheme, schemes: Sequence[Scheme], incoming: Incoming, choices: Choices
) -> Iterator[Unknown]:
    """List the labels and links that ours lacks, each with how often it comes and what it becomes."""
    labels = dict.fromkeys(label.id for scheme in schemes for label in scheme.labels)
    links = dict.fromkeys(link.id for scheme in schemes for link in scheme.links)
    spans, used = incoming.names(Annotation.KIND), incoming.names(Link.KIND)
    for label in labels:
        if ours.label(label) is None:
            name = Name("label", label)
            yield Unknown(name, spans.get(label, 0), choices.get(name))
    for link in links:
        if ours.link(link) is None:
            name = Name("link", link)
            yield Unknown(name, used.get(link, 0), choices.get(name))
