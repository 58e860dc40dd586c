"""Tell what happened to a span, in words: who, when, what changed."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from annotator.model.dates import date_problem
from annotator.model.excerpts import is_copy
from annotator.model.figure import Figure, figure_problem
from annotator.model.records import Annotation
from annotator.model.scheme import Attribute
from annotator.model.values import is_empty
from annotator.store.project import Project

Body = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Told:
    """One step of a span's history; `body` is what the span was after it, None when deleted."""

    change: str
    at: str
    """Wall time in UTC, ISO 8601."""
    actor: str
    words: str
    body: Body | None


def told(project: Project, annotation: str) -> tuple[Told, ...]:
    """Tell the history of a span, newest step first."""
    result: list[Told] = []
    undone: dict[str, bool] = {}
    before: Body | None = None
    for step in project.history("annotation", annotation):
        change = step.change
        if result and is_copy(change.feed) and step.body == before:
            continue
        words = difference(project, before, step.body, first=not result)
        if change.undoes:
            undone[change.id] = not undone.get(change.undoes, False)
            words += " (undo)" if undone[change.id] else " (redo)"
        result.append(Told(change.id, change.at, change.actor, words, step.body))
        before = step.body
    return tuple(reversed(result))


def difference(project: Project, before: Body | None, after: Body | None, *, first: bool = False) -> str:
    """Say in a few words what changed from one body of a span to the next."""
    if after is None:
        return "deleted"
    new = Annotation.from_body("", after)
    if before is None:
        return _created(new) if first else "brought back"
    old = Annotation.from_body("", before)
    if old.label != new.label:
        return f"relabelled {_title(project, old.label)} → {_title(project, new.label)}"
    told = [*_moved(old, new), *_values(project, old, new), *_noted(old, new)]
    return ", ".join(told) or "saved unchanged"


def value_words(project: Project, attribute: Attribute | None, value: Any) -> str:
    """Say a value as a person would read it."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return ", ".join(map(str, value))
    if isinstance(value, Mapping):
        problem = figure_problem(value)
        return str(value.get("words") or problem) if problem else Figure.from_body(value).spelled()
    if attribute is not None and attribute.kind == "entity":
        entity = project.entity(str(value))
        return entity.name if entity else "something since deleted"
    if attribute is not None and attribute.kind == "date" and date_problem(value) is None:
        return str(value).replace("/", " to ")
    return str(value)


def _created(new: Annotation) -> str:
    return "created" if new.origin in ("", "hand") else f"created ({new.origin})"


def _moved(old: Annotation, new: Annotation) -> list[str]:
    if old.fragments == new.fragments:
        return []
    more = len(new.fragments) - len(old.fragments)
    if more:
        return ["fragment added" if more > 0 else "fragment removed"]
    return ["boundaries moved"]


def _values(project: Project, old: Annotation, new: Annotation) -> list[str]:
    label = project.scheme.label(new.label)
    names = [name for name in new.attributes if new.attributes[name] != old.attributes.get(name)]
    told = []
    for name in names:
        value = value_words(project, label.attribute(name) if label else None, new.attributes[name])
        told.append(f"{name} set: {value}")
    cleared = [name for name in old.attributes if is_empty(new.attributes.get(name))]
    return told + [f"{name} cleared" for name in cleared]


def _noted(old: Annotation, new: Annotation) -> list[str]:
    if old.note == new.note:
        return []
    return ["note removed" if not new.note else "note edited" if old.note else "note written"]


def _title(project: Project, label: str) -> str:
    found = project.scheme.label(label)
    return found.title if found else label
