"""Verdicts on one annotator's work, which they alone can change: given, answered, taken over, settled."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from annotator.model.anchor import anchor
from annotator.model.change import Change, Draft, Revision, new_id
from annotator.model.records import Annotation
from annotator.model.review import DECISIONS, GOLD, REASONS, Decision, Reason, Reply, Verdict
from annotator.model.span import Fragments, Span
from annotator.model.values import defaults, is_empty
from annotator.services.errors import Refused
from annotator.services.tagging import fragments_in, known_label, relabelled, text_of
from annotator.store.project import Project

_ACTIONS: dict[Decision, str] = {
    "accept": "accept {}'s span",
    "reject": "reject {}'s span",
    "change": "ask {} for a change",
}


def give(
    project: Project,
    *,
    actor: str,
    annotation: str,
    decision: Decision,
    reason: Reason = "",
    comment: str = "",
    proposed: Mapping[str, Any] | None = None,
) -> Verdict:
    """Give a verdict on somebody else's annotation as it stands now; one given before is changed.

    `proposed` holds what ought to be otherwise: `label`, `fragments` (spans or pairs of offsets), and of
    `attributes` those that ought to differ, with an empty value where there ought to be none.
    """
    found = project.annotation(annotation)
    if found is None:
        raise Refused("this span is gone: somebody deleted it; there is nothing to give a verdict on")
    if found.layer == actor:
        raise Refused("this span is your own; change it instead of giving a verdict on it")
    if found.layer == GOLD:
        raise Refused("this span was adjudicated; decide anew on the Review page instead")
    _check(decision, reason)
    verdict = Verdict(
        *(f"{annotation}:{actor}", found.article, annotation, found.layer, actor),
        *(decision, reason, comment.strip(), project.standing(found.article).get(annotation, "")),
        _proposal(project, found, proposed or {}) if decision == "change" else {},
    )
    return _write(project, verdict, _ACTIONS[decision].format(found.layer))


def give_missed(
    project: Project,
    *,
    actor: str,
    article: str,
    layer: str,
    spans: Iterable[Span],
    label: str,
    comment: str = "",
) -> Verdict:
    """Say that an annotator missed something: where it stands, and what it is.

    Said again of the same place, it changes what was said.
    """
    if layer in (actor, GOLD):
        raise Refused("only another annotator's work gets verdicts; show theirs first")
    known_label(project, label)
    proposed = {"label": label, **_place(text_of(project, article), spans)}
    said: tuple[Decision, Reason] = ("change", "missed")
    own_id = _said_before(project, actor, article, layer, proposed["fragments"]) or new_id()
    verdict = Verdict(own_id, article, "", layer, actor, *said, comment.strip(), "", proposed)
    return _write(project, verdict, f"say what {layer} missed")


def accept_rest(project: Project, *, actor: str, article: str, layer: str) -> Change | None:
    """Accept all spans of a layer in an article that the actor gave no verdict on yet, as one change."""
    judged = {v.annotation for v in project.verdicts(article, layer) if v.reviewer == actor}
    standing = project.standing(article)
    rest = [a for a in project.annotations(article, layer) if a.id not in judged]
    if layer == actor:
        raise Refused("these spans are your own; only others' work gets verdicts")
    if not rest:
        return None
    verdicts = (
        Verdict(*(f"{a.id}:{actor}", article, a.id, layer, actor, "accept"), revision=standing.get(a.id, ""))
        for a in rest
    )
    return project.commit(Draft(f"accept {layer}'s other spans", actor, tuple(map(Revision.of, verdicts))))


def withdraw(project: Project, *, actor: str, verdict: str) -> Change:
    """Take back a verdict of one's own, with the answer to it."""
    found = _found(project, verdict)
    if found.reviewer != actor:
        raise Refused(f"this verdict is {found.reviewer}'s; only they can withdraw it")
    replies = (r for r in project.replies(found.article) if r.verdict == verdict)
    gone = (Revision(Verdict.KIND, verdict, None), *(Revision(Reply.KIND, r.id, None) for r in replies))
    return project.commit(Draft("withdraw the verdict", actor, gone))


def answer(
    project: Project, *, actor: str, verdict: str, comment: str | None = None, settled: bool | None = None
) -> Reply:
    """Answer a verdict on one's own work, or mark it settled; what isn't said stays as it was."""
    found = _found(project, verdict)
    if found.layer != actor:
        raise Refused(f"this verdict is about {found.layer}'s work; only they can answer it")
    old = reply_to(project, found) or Reply(verdict, found.article, actor)
    said = old.comment if comment is None else comment.strip()
    new = replace(old, comment=said, settled=old.settled if settled is None else settled)
    if new != old:
        action = "answer a verdict" if new.comment != old.comment else _settling(new)
        project.commit(Draft(action, actor, (Revision.of(new),)))
    return new


def take_over(project: Project, *, actor: str, verdict: str) -> Change:
    """Do to one's own work what a verdict asks for, and settle it, as one change.

    A rejected span is deleted with its links, a missed one is tagged, another is changed as proposed.
    """
    found = _found(project, verdict)
    if found.layer != actor:
        raise Refused(f"this verdict is about {found.layer}'s work; only they can take it over")
    settled = replace(
        reply_to(project, found) or Reply(verdict, found.article, actor),
        settled=True,
    )
    revisions = (*_wanted(project, found), Revision.of(settled))
    return project.commit(Draft("take over a verdict", actor, revisions))


def can_take_over(verdict: Verdict) -> bool:
    """Say whether a verdict asks for something that can be done by itself."""
    return verdict.decision == "reject" or (verdict.decision == "change" and bool(verdict.proposed))


def reply_to(project: Project, verdict: Verdict) -> Reply | None:
    """Read the annotator's answer to a verdict."""
    body = project.body(Reply.KIND, Reply(verdict.id, verdict.article, verdict.layer).id)
    return None if body is None else Reply.from_body("", body)


def proposed_fragments(verdict: Verdict) -> Fragments:
    """Return the boundaries that a verdict proposes; none when it leaves them or holds no sound ones."""
    pairs = verdict.proposed.get("fragments") or ()
    try:
        return tuple(Span(start, stop) for start, stop in pairs)
    except (TypeError, ValueError):
        return ()  # from another program


def changed(project: Project, annotation: Annotation, verdict: Verdict) -> Annotation:
    """Return an annotation as a verdict proposes it."""
    label = verdict.proposed.get("label")
    new = annotation
    if isinstance(label, str) and label:
        new = relabelled(project, new, label)
    fragments = proposed_fragments(verdict)
    if fragments:
        text = text_of(project, new.article)
        new = new.placed(text, fragments_in(text, fragments))
    values = verdict.proposed.get("attributes")
    if isinstance(values, Mapping):
        merged = {**new.attributes, **values}
        new = replace(new, attributes={name: v for name, v in merged.items() if not is_empty(v)})
    return new


def _wanted(project: Project, verdict: Verdict) -> tuple[Revision, ...]:
    """Return what a verdict asks to be written in the annotator's layer."""
    if not verdict.annotation:
        return (Revision.of(_missed(project, verdict)),)
    own = project.annotation(verdict.annotation)
    if own is None:
        raise Refused("this span is gone: you deleted it; mark the verdict as settled instead")
    if verdict.decision == "reject":
        links = [link for link in project.links_of(own.id) if link.layer == own.layer]
        gone = ((Annotation.KIND, own.id), *((link.KIND, link.id) for link in links))
        return tuple(Revision(*key, None) for key in gone)
    new = changed(project, own, verdict)
    if not can_take_over(verdict) or new == own:
        raise Refused("this verdict proposes nothing that your span isn't already; mark it as settled")
    return (Revision.of(new),)


def _said_before(project: Project, actor: str, article: str, layer: str, fragments: object) -> str:
    """Return the id of the verdict that says of the same place that it was missed; "" for none."""
    given = (v for v in project.corrections(layer, article) if v.reviewer == actor and not v.annotation)
    return next((v.id for v in given if v.proposed.get("fragments") == fragments), "")


def _missed(project: Project, verdict: Verdict) -> Annotation:
    label = str(verdict.proposed.get("label", ""))
    kind = known_label(project, label)
    text = text_of(project, verdict.article)
    fragments = fragments_in(text, proposed_fragments(verdict))
    own = project.annotations(verdict.article, verdict.layer)
    if any((a.label, a.fragments) == (label, fragments) for a in own):
        raise Refused("you have marked this already; mark the verdict as settled")
    return Annotation(
        *(new_id(), verdict.article, verdict.layer, label, fragments, anchor(text, fragments)),
        attributes=defaults(kind),
        scheme=project.scheme.stamp,
    )


def _proposal(project: Project, found: Annotation, wanted: Mapping[str, Any]) -> dict[str, Any]:
    """Keep of a proposal what differs from the annotation."""
    proposed: dict[str, Any] = {}
    label = wanted.get("label")
    if label and label != found.label:
        known_label(project, label)
        proposed["label"] = label
    if wanted.get("fragments"):
        spans = [pair if isinstance(pair, Span) else Span(*pair) for pair in wanted["fragments"]]
        place = _place(text_of(project, found.article), spans)
        if place["fragments"] != [[f.start, f.stop] for f in found.fragments]:
            proposed |= place
    values = wanted.get("attributes") or {}
    differing = {name: value for name, value in values.items() if value != found.attributes.get(name)}
    if differing:
        proposed["attributes"] = differing
    return proposed


def _place(text: str, spans: Iterable[Span]) -> dict[str, Any]:
    fragments = fragments_in(text, spans)
    exact = [text[f.start : f.stop] for f in fragments]
    return {"fragments": [[f.start, f.stop] for f in fragments], "exact": exact}


def _check(decision: str, reason: str) -> None:
    if decision not in DECISIONS:
        raise Refused(f"“{decision}” is not a verdict; choose one of {', '.join(DECISIONS)}")
    if reason not in REASONS:
        raise Refused(f"“{reason}” is not a reason; choose one of {', '.join(filter(None, REASONS))}")


def _found(project: Project, verdict: str) -> Verdict:
    body = project.body(Verdict.KIND, verdict)
    if body is None:
        raise Refused("this verdict is gone: the reviewer withdrew it")
    return Verdict.from_body(verdict, body)


def _settling(reply: Reply) -> str:
    return "settle a verdict" if reply.settled else "reopen a verdict"


def _write(project: Project, verdict: Verdict, action: str) -> Verdict:
    if project.body(Verdict.KIND, verdict.id) != verdict.to_body():
        project.commit(Draft(action, verdict.reviewer, (Revision.of(verdict),)))
    return verdict
