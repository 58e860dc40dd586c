"""What becomes of the scheme when projects are merged: nothing that either side's has is lost."""

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace

from annotator.model.records import Annotation, Link
from annotator.model.scheme import Scheme
from annotator.model.values import is_empty
from annotator.services.errors import Refused
from annotator.services.joining import joined, led
from annotator.services.naming import Choices, Name, Unknown
from annotator.services.scheme_sides import NO_SIDES, Contrast, Sides, check_sides, contrasts, settled
from annotator.store.bodies import SCHEME
from annotator.store.incoming import Incoming
from annotator.store.project import Project


@dataclass(frozen=True, slots=True)
class Meeting:
    """The scheme that is here, those that come and don't stand, and what their names become.

    `used` maps each label that becomes another to the attributes of which its spans say something.
    `contrasts` are what both say otherwise of a label, and `sides` whose words were chosen.
    `added` and `differing` say in words what ours gets, and where they don't agree. `unknown` are labels and
    links that ours lacks.
    """

    ours: Scheme
    others: tuple[Scheme, ...]
    becomes: Mapping[Name, str]
    used: Mapping[str, Set[str]]
    sides: Sides
    contrasts: tuple[Contrast, ...]
    added: tuple[str, ...]
    differing: tuple[str, ...]
    unknown: tuple[Unknown, ...]

    def grown(self, standing: Scheme) -> Scheme | None:
        """Return the scheme that all have in common once one of them stands; None when that one is it."""
        return _grown(self, standing)


def met(project: Project, incoming: Incoming, choices: Choices, sides: Sides = NO_SIDES) -> Meeting:
    """Compare the scheme of a project with those that come in; refuse choices for what doesn't come."""
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
    differing = [words for other in (standing, *others) for words in joined(ours, other).differing]
    named = Named.of(incoming)
    earlier = _earlier(project, incoming) if choices or named.lacks(ours, standing, *others) else ()
    check_sides(sides, ours)
    _check_choices(choices, ours, (standing, *others, *earlier), named)
    others += _called_back(earlier, named.lacks(ours, standing, *others))
    unknown = tuple(_unknown(ours, (standing, *others), named, choices))
    becomes = {one.name: one.becomes for one in unknown if one.becomes is not None}
    used = named.attributes(incoming, becomes)
    meeting = Meeting(ours, tuple(others), becomes, used, sides, (), (), (), unknown)
    final = meeting.grown(standing) or standing
    lost = [f"{words}, which is no longer there" for words in joined(final, ours).added]
    return replace(
        meeting,
        contrasts=contrasts(ours, (standing, *others), final),
        added=joined(ours, final).added,
        differing=tuple(dict.fromkeys((*differing, *lost))),
    )


@dataclass(frozen=True, slots=True)
class Named:
    """How often the work that comes in uses each label and each type of link."""

    counts: Mapping[Name, int]

    @classmethod
    def of(cls, incoming: Incoming) -> "Named":
        spans, links = incoming.names(Annotation.KIND), incoming.names(Link.KIND)
        counts = {Name("label", label): n for label, n in spans.items()}
        return cls(counts | {Name("link", link): n for link, n in links.items()})

    def lacks(self, *schemes: Scheme) -> list[Name]:
        """List what is used and none of some schemes has."""
        return [name for name in self.counts if not any(name in _names(scheme) for scheme in schemes)]

    def attributes(self, incoming: Incoming, becomes: Choices) -> dict[str, frozenset[str]]:
        """Map each label that becomes another to the attributes of which its spans say something."""
        used: dict[str, set[str]] = {name.name: set() for name in becomes if name.kind == "label"}
        for _, body in incoming.bodies(Annotation.KIND) if used else ():
            if body["label"] in used:
                values = body.get("attributes", {})
                used[body["label"]].update(name for name, value in values.items() if not is_empty(value))
        return {label: frozenset(names) for label, names in used.items()}


def _names(scheme: Scheme) -> set[Name]:
    labels = {Name("label", label.id) for label in scheme.labels}
    return labels | {Name("link", link.id) for link in scheme.links}


def _earlier(project: Project, incoming: Incoming) -> tuple[Scheme, ...]:
    """Return the versions that are here already of the schemes of these projects, the newest first."""
    ids = dict.fromkeys((project.id, *(brought.project_id for brought in incoming.brought)))
    bodies = [step.body for own_id in ids for step in reversed(project.history(SCHEME, own_id))]
    return tuple(Scheme.from_body(body) for body in bodies if body)


def _called_back(earlier: Sequence[Scheme], lacking: Sequence[Name]) -> Iterator[Scheme]:
    """Yield what earlier versions say of names that were taken out, and are used again."""
    for name in lacking:
        found = next((scheme for scheme in earlier if name in _names(scheme)), None)
        if found and name.kind == "label":
            yield replace(found, labels=tuple(x for x in found.labels if x.id == name.name), links=())
        elif found:
            links = tuple(replace(x, sources=(), targets=()) for x in found.links if x.id == name.name)
            yield replace(found, labels=(), links=links)


def _check_choices(choices: Choices, ours: Scheme, schemes: Sequence[Scheme], named: Named) -> None:
    own = _names(ours)
    there = {*named.counts, *(name for scheme in schemes for name in _names(scheme))} - own
    for name in choices:
        if name in own:
            raise Refused(
                f"“{name.name}” can't become another {name.kind}, for your scheme has it; choose one of"
                f" {_choice(there, name)}"
            )
        if name not in there:
            raise Refused(
                f"no {name.kind} “{name.name}” comes in, so it can't become another; choose one of"
                f" {_choice(there, name)}"
            )


def _choice(there: Set[Name], name: Name) -> str:
    names = sorted(one.name for one in there if one.kind == name.kind)
    return ", ".join(names) or f"those that your scheme lacks, and it lacks no {name.kind} of theirs"


def _grown(meeting: Meeting, standing: Scheme) -> Scheme | None:
    ours, becomes, used = meeting.ours, meeting.becomes, meeting.used
    final = led(standing, becomes, ours, used)
    for other in meeting.others:
        final = joined(final, led(other, becomes, ours, used)).scheme or final
    final = settled(final, meeting.sides, ours, (standing, *meeting.others))
    if final == standing:
        return None
    version = max(standing.version + 1, final.version)
    return Scheme.from_body(replace(final, version=version).to_body())


def _unknown(ours: Scheme, schemes: Sequence[Scheme], named: Named, choices: Choices) -> Iterator[Unknown]:
    """List the labels and links that ours lacks, each with how often it comes and what it becomes."""
    labels = [Name("label", label.id) for scheme in schemes for label in scheme.labels]
    links = [Name("link", link.id) for scheme in schemes for link in scheme.links]
    for name in dict.fromkeys((*labels, *links)):
        if name not in _names(ours):
            yield Unknown(name, named.counts.get(name, 0), choices.get(name))
