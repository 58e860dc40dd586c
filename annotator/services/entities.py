"""Actors and incidents: the named things that annotations refer to."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from annotator.model.change import Change, Draft, Revision, new_id
from annotator.model.records import Entity
from annotator.services.errors import Refused
from annotator.store.project import Project


def create(
    project: Project, *, actor: str, kind: str, name: str, attributes: Mapping[str, Any] | None = None
) -> Entity:
    """Create an entity; one of that kind and name (whatever the case) is returned if there is one."""
    found = project.scheme.entity_kind(kind)
    if found is None:
        raise Refused(f"the scheme has no kind of entity “{kind}”; choose one it has")
    name = _clean(name)
    there = named(project, kind, name)
    if there:
        return there
    new = Entity(new_id(), kind, name, dict(attributes or {}))
    _write(project, actor, f"create {found.title.lower()} “{name}”", new)
    return new


def named(project: Project, kind: str, name: str) -> Entity | None:
    """Find an entity by kind and name, whatever the case."""
    wanted = name.strip().casefold()
    return next((e for e in project.entities(kind) if e.name.casefold() == wanted), None)


def rename(project: Project, *, actor: str, entity: str, name: str) -> Entity:
    """Give an entity another name; every annotation that refers to it shows the new one."""
    old = _entity(project, entity)
    name = _clean(name)
    twin = named(project, old.kind, name)
    if twin and twin.id != old.id:
        raise Refused(f"“{twin.name}” is there already; merge the two instead")
    return _changed(project, actor, f"rename to “{name}”", old, replace(old, name=name))


def set_value(project: Project, *, actor: str, entity: str, name: str, value: Any) -> Entity:
    """Set one attribute of an entity; an empty value takes it away."""
    old = _entity(project, entity)
    attributes = {key: kept for key, kept in old.attributes.items() if key != name}
    if value not in (None, "", []):
        attributes[name] = value
    return _changed(project, actor, f"set {name}", old, replace(old, attributes=attributes))


def set_note(project: Project, *, actor: str, entity: str, note: str) -> Entity:
    """Set the note of an entity."""
    old = _entity(project, entity)
    return _changed(project, actor, "edit the note", old, replace(old, note=note))


def merge(project: Project, *, actor: str, entity: str, into: str) -> Change:
    """Merge an entity into another: whatever refers to the first shows the second; undo parts them.

    Values the second lacks are taken from the first.
    """
    gone, kept = _entity(project, entity), _entity(project, into)
    if gone.id == kept.id:
        raise Refused("these two are one already")
    if gone.kind != kept.kind:
        raise Refused("only entities of one kind can be merged; choose two of the same kind")
    filled = replace(kept, attributes={**gone.attributes, **kept.attributes})
    pointing = replace(gone, merged_into=kept.id)
    revisions = [Revision.of(e) for e in (pointing, filled)]
    return project.commit(Draft(f"merge “{gone.name}” into “{kept.name}”", actor, tuple(revisions)))


def delete(project: Project, *, actor: str, entity: str) -> Change:
    """Delete an entity that nothing refers to."""
    old = _entity(project, entity)
    uses = project.entity_uses(old.id)
    if uses:
        spans = "1 span refers" if uses == 1 else f"{uses} spans refer"
        raise Refused(f"{spans} to “{old.name}”; merge it into another instead")
    return project.commit(Draft(f"delete “{old.name}”", actor, (Revision("entity", old.id, None),)))


def _entity(project: Project, entity: str) -> Entity:
    found = project.entity(entity)
    if found is None:
        raise Refused("this entity is gone; undo its deletion or choose another")
    return found


def _clean(name: str) -> str:
    words = " ".join(name.split())
    if not words:
        raise Refused("a name is missing; type one")
    return words


def _changed(project: Project, actor: str, action: str, old: Entity, new: Entity) -> Entity:
    if new != old:
        _write(project, actor, action, new)
    return new


def _write(project: Project, actor: str, action: str, entity: Entity) -> None:
    project.commit(Draft(action, actor, (Revision.of(entity),)))
