"""Decide a case: a gold annotation and the ruling that says what it came from, in one change."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from annotator.model.change import Draft
from annotator.model.records import Annotation
from annotator.model.review import GOLD, Ruling, Way
from annotator.model.span import Span
from annotator.services import tagging
from annotator.services.errors import Refused
from annotator.services.reviewing.cases import Case
from annotator.services.reviewing.decisions import Decision, Ruled, gone, ruled, taken_ids
from annotator.services.reviewing.ending import after_deciding, progress_of_gold
from annotator.services.reviewing.gold_links import link_revisions
from annotator.store.project import Project


def accept(project: Project, *, actor: str, case: Case, layer: str, comment: str = "") -> Annotation:
    """Take one annotator's version into the gold layer, as it is."""
    return _accepted(project, actor, Decision(case, _base(case, layer), way_of(case), comment))


def accept_edited(
    project: Project,
    *,
    actor: str,
    case: Case,
    layer: str,
    label: str | None = None,
    fragments: Iterable[Span] | None = None,
    attributes: Mapping[str, Any] | None = None,
    note: str | None = None,
    comment: str = "",
) -> Annotation:
    """Take one annotator's version, or the gold one, into the gold layer with something changed.

    With another label, values go that it doesn't know, unless `attributes` says all values.
    """
    base = _base(case, layer)
    new = base if label in (None, base.label) else tagging.relabelled(project, base, label)
    if fragments is not None:
        text = tagging.text_of(project, case.article)
        new = new.placed(text, tagging.fragments_in(text, fragments))
    if attributes is not None:
        new = replace(new, attributes=dict(attributes))
    if note is not None:
        new = replace(new, note=note)
    if new == base:
        return _accepted(project, actor, Decision(case, base, way_of(case), comment))
    edited = replace(new, scheme=project.scheme.stamp)
    return _accepted(project, actor, Decision(case, edited, "adjudicated", comment))


def reject_all(project: Project, *, actor: str, case: Case, comment: str = "") -> Ruling:
    """Decide that none of the versions belongs into the gold layer."""
    return _commit(project, actor, Decision(case, None, "adjudicated", comment), "reject all versions").ruling


def reopen(project: Project, *, actor: str, case: Case) -> None:
    """Take a decision back: the rulings go, and their gold annotations with their links."""
    if case.ruling is None:
        raise Refused("nothing is decided here yet; accept a version or reject all")
    known = taken_ids(project, case.article)
    rulings = (case.ruling, *case.overtaken)
    gold = [ruling.gold for ruling in rulings if project.annotation(ruling.gold)]
    revisions = (
        *gone(Ruling.KIND, (ruling.id for ruling in rulings if ruling.id in known)),
        *gone(Annotation.KIND, gold),
        *link_revisions(project, (), gold),
    )
    open_again = progress_of_gold(project, case.article, is_over=False)
    project.commit(Draft("reopen the case", actor, (*revisions, *open_again)))


def way_of(case: Case) -> Way:
    """Say how gold comes to be that takes one version of a case as it is."""
    return "unanimous" if case.is_agreed else "single" if case.is_single else "adjudicated"


def _accepted(project: Project, actor: str, decision: Decision) -> Annotation:
    assert decision.content is not None
    label = project.scheme.label(decision.content.label)
    title = label.title if label else decision.content.label
    gold = _commit(project, actor, decision, f"accept {title} into gold").gold
    assert gold is not None
    return gold


def _commit(project: Project, actor: str, decision: Decision, action: str) -> Ruled:
    _must_stand(project, decision.case)
    done = ruled(decision, actor=actor, taken=taken_ids(project, decision.case.article))
    links = link_revisions(project, [done.gold] if done.gold else [], done.gold_gone)
    ending = after_deciding(project, decision.case)
    project.commit(Draft(action, actor, (*done.revisions(), *links, *ending)))
    return done


def _must_stand(project: Project, case: Case) -> None:
    standing = project.standing(case.article)
    if any(standing.get(own_id) != change for own_id, change in case.sources.items()):
        raise Refused("an annotator changed this meanwhile; look at it again, then decide")


def _base(case: Case, layer: str) -> Annotation:
    if layer == GOLD and case.gold is not None:
        return case.gold
    version = case.version(layer)
    if version is None or version.annotation is None:
        raise Refused(f"{layer} has nothing here to accept; choose another version, or reject all")
    return version.annotation
