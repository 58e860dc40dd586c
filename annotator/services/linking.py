"""Link annotations to each other."""

from annotator.model.change import Change, Draft, Revision, new_id
from annotator.model.records import Annotation, Link
from annotator.model.scheme import LinkType
from annotator.services.errors import Refused
from annotator.store.project import Project


def possible(project: Project, source: Annotation, target: Annotation) -> tuple[LinkType, ...]:
    """List the link types that may run from one annotation to another and don't yet."""
    if source.id == target.id:
        return ()
    there = {(k.type, k.source, k.target) for k in project.links_of(source.id)}
    return tuple(
        kind
        for kind in project.scheme.links_between(source.label, target.label)
        if (kind.id, source.id, target.id) not in there
        and not (kind.symmetric and (kind.id, target.id, source.id) in there)
    )


def link(project: Project, *, actor: str, type: str, source: str, target: str) -> Link:
    """Link two annotations in the actor's layer, across articles if need be."""
    kind = project.scheme.link(type)
    if kind is None:
        raise Refused(f"the scheme has no link “{type}”; choose one of its links")
    ends = [project.annotation(end) for end in (source, target)]
    start, stop = ends
    if start is None or stop is None:
        raise Refused("a span to be linked is gone; undo its deletion or choose another")
    if kind not in possible(project, start, stop):
        raise Refused(_why_not(project, kind, start, stop))
    new = Link(new_id(), actor, type, source, target)
    project.commit(Draft(f"link as {kind.title}", actor, (Revision.of(new),)))
    return new


def unlink(project: Project, *, actor: str, link: str) -> Change:
    """Delete a link of the actor's layer."""
    found = project.link(link)
    if found is None:
        raise Refused("this link is gone already")
    if found.layer != actor:
        raise Refused(f"this link belongs to {found.layer}; only its own annotator can delete it")
    return project.commit(Draft("delete a link", actor, (Revision("link", link, None),)))


def _why_not(project: Project, kind: LinkType, start: Annotation, stop: Annotation) -> str:
    if start.id == stop.id:
        return "a span can't be linked to itself; pick another target"
    if not kind.allows(start.label, stop.label):
        names = [label.title if (label := project.scheme.label(x.label)) else x.label for x in (start, stop)]
        return f"“{kind.title}” can't run from {names[0]} to {names[1]}; pick another target or link"
    return f"these two are linked as “{kind.title}” already"
