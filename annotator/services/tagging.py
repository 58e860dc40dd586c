"""Tag spans and change what was tagged; each function is one change of one annotator."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from annotator.model.anchor import anchor, reanchored
from annotator.model.change import Change, Draft, Revision, new_id
from annotator.model.records import Annotation
from annotator.model.scheme import Label
from annotator.model.span import Fragments, Span, joined, trimmed
from annotator.model.values import defaults, is_empty
from annotator.services.errors import Refused
from annotator.services.suggesting import values_from_words
from annotator.store.project import Project


def tag(
    project: Project,
    *,
    actor: str,
    article: str,
    label: str,
    spans: Iterable[Span],
    attributes: dict[str, Any] | None = None,
) -> Annotation:
    """Mark spans of an article with a label, in the actor's own layer.

    White space at the ends is left out; spans that touch become one fragment.
    """
    kind = known_label(project, label)
    text = text_of(project, article)
    fragments = fragments_in(text, spans)
    annotation = Annotation(
        id=new_id(),
        article=article,
        layer=actor,
        label=label,
        fragments=fragments,
        anchor=anchor(text, fragments),
        attributes={**defaults(kind), **(attributes or {})},
        scheme=project.scheme.stamp,
    )
    _write(project, actor, f"tag as {kind.title}", annotation)
    return annotation


def relabel(project: Project, *, actor: str, annotation: str, label: str) -> Annotation:
    """Give an annotation another label; values both labels know are kept, others stay in the history."""
    old = own(project, actor, annotation)
    action = f"relabel as {known_label(project, label).title}"
    return _changed(project, actor, action, old, relabelled(project, old, label))


def relabelled(project: Project, old: Annotation, label: str) -> Annotation:
    """Return an annotation with another label and the values that both labels know, or refuse."""
    kind = known_label(project, label)
    known = {a.name: a for a in kind.attributes}
    before = project.scheme.label(old.label)
    kept = {
        name: value
        for name, value in old.attributes.items()
        if name in known and before is not None and before.attribute(name) == known[name]
    }
    attributes = {**defaults(kind), **values_from_words(kind, old.words), **kept}
    return replace(old, label=label, attributes=attributes, scheme=project.scheme.stamp)


def move(project: Project, *, actor: str, annotation: str, fragments: Iterable[Span]) -> Annotation:
    """Move the boundaries of an annotation."""
    old = own(project, actor, annotation)
    text = text_of(project, old.article)
    new = old.placed(text, fragments_in(text, fragments))
    action = "move boundaries" if len(new.fragments) == len(old.fragments) else "change fragments"
    return _changed(project, actor, action, old, new)


def add_fragment(project: Project, *, actor: str, annotation: str, span: Span) -> Annotation:
    """Add a stretch of text to an annotation; one that touches a fragment is joined to it."""
    old = own(project, actor, annotation)
    text = text_of(project, old.article)
    new = old.placed(text, fragments_in(text, (*old.fragments, span)))
    return _changed(project, actor, "add a fragment", old, new)


def delete(project: Project, *, actor: str, annotation: str) -> Change:
    """Delete an annotation, and the actor's links from and to it."""
    old = own(project, actor, annotation)
    links = [link for link in project.links_of(annotation) if link.layer == actor]
    gone = (Revision("annotation", old.id, None), *(Revision("link", link.id, None) for link in links))
    return project.commit(Draft(f"delete {_title(project, old.label)}", actor, gone))


def set_value(project: Project, *, actor: str, annotation: str, name: str, value: Any) -> Annotation:
    """Set one attribute; an empty value takes it away. Illegal values are kept and shown as illegal."""
    old = own(project, actor, annotation)
    attributes = {key: kept for key, kept in old.attributes.items() if key != name}
    if not is_empty(value):
        attributes[name] = value
    return _changed(project, actor, f"set {name}", old, replace(old, attributes=attributes))


def set_note(project: Project, *, actor: str, annotation: str, note: str) -> Annotation:
    """Set the note of an annotation."""
    old = own(project, actor, annotation)
    return _changed(project, actor, "edit the note", old, replace(old, note=note))


def restore(project: Project, *, actor: str, annotation: str, body: Any) -> Annotation:
    """Bring an annotation back to a body of its history, also after it was deleted."""
    old = project.annotation(annotation)
    new = Annotation.from_body(annotation, body)
    if new.layer != actor:
        raise _not_own(new.layer)
    if old == new:
        return new
    _write(project, actor, f"restore {_title(project, new.label)}", new)
    return new


def reanchor(
    project: Project, *, actor: str, annotation: str, fragments: Iterable[Span] | None = None
) -> Annotation:
    """Put a span that no longer matches its text where its words stand, or where the user says.

    Refused when the words stand in no place or in several that fit equally well.
    """
    old = own(project, actor, annotation)
    text = text_of(project, old.article)
    found = fragments_in(text, fragments) if fragments is not None else reanchored(text, old.anchor)
    if found is None:
        raise Refused(
            f"“{old.words}” can't be placed: it stands in no one place of the article;"
            " select the right words and re-anchor it there"
        )
    return _changed(project, actor, "re-anchor", old, old.placed(text, found))


def own(project: Project, actor: str, annotation: str) -> Annotation:
    """Return an annotation of the actor's own layer, or refuse."""
    found = project.annotation(annotation)
    if found is None:
        raise Refused("this span is gone: somebody deleted it; undo brings it back")
    if found.layer != actor:
        raise _not_own(found.layer)
    return found


def text_of(project: Project, article: str) -> str:
    """Return the stored text of an article, or refuse."""
    found = project.article(article)
    if found is None:
        raise Refused("this article is not in the project; it may have been removed, undo brings it back")
    return project.text(found.sha256)


def _not_own(layer: str) -> Refused:
    return Refused(f"this span belongs to {layer}; only its own annotator can change it")


def known_label(project: Project, label: str) -> Label:
    """Return a label of the scheme, or refuse."""
    found = project.scheme.label(label)
    if found is None:
        raise Refused(f"the scheme has no label “{label}”; choose one of its labels")
    return found


def _title(project: Project, label: str) -> str:
    found = project.scheme.label(label)
    return found.title if found else label


def fragments_in(text: str, spans: Iterable[Span]) -> Fragments:
    """Make fragments of spans without white space at the ends, or refuse."""
    wanted = list(spans)
    if any(span.stop > len(text) for span in wanted):
        raise Refused("the selection ends after the article; select it again")
    kept = joined(span for span in (trimmed(text, span) for span in joined(wanted)) if span)
    if not kept:
        raise Refused("nothing is selected but white space; select some words first")
    return kept


def _changed(project: Project, actor: str, action: str, old: Annotation, new: Annotation) -> Annotation:
    if new != old:
        _write(project, actor, action, new)
    return new


def _write(project: Project, actor: str, action: str, annotation: Annotation) -> None:
    project.commit(Draft(action, actor, (Revision.of(annotation),)))
