"""What a colleague may see of a project, gathered for a copy: in a blind round without the others' work."""

from collections.abc import Collection, Mapping

from annotator.model.change import ObjectKey
from annotator.model.records import Annotation, Article, Entity, Link, Progress
from annotator.model.review import Assignment, Reply, Round, Ruling, Verdict
from annotator.model.settlement import Settlement
from annotator.services.part import ABOUT_ARTICLES, Part, add_settlements, reach, words_in
from annotator.store.bodies import PROJECT, SCHEME
from annotator.store.excerpts import Thing

BLIND = "others’ work in a blind round"
UNSEEN = "only others’ work in a blind round names them"
REMOVED = "their article was removed"
UNKNOWN = "a newer version of Annotator made them"

_KINDS = (
    *(Annotation.KIND, Article.KIND, Assignment.KIND, Entity.KIND, Link.KIND, Progress.KIND),
    *(Reply.KIND, Round.KIND, Ruling.KIND, Verdict.KIND, Settlement.KIND, PROJECT, SCHEME),
)
_BY_ARTICLE = ((Annotation.KIND, "layer"), *ABOUT_ARTICLES, (Ruling.KIND, "adjudicator"))


def gather_seen(part: Part, person: str, blind: Collection[str]) -> Part:
    """Gather all that a person may see; `blind` are the articles on which that is only their own work."""
    there = _add_articles(part)
    unseen: list[ObjectKey] = []
    places: dict[str, str] = {}
    """The articles of the spans that are, or may have links that are, left out."""
    for kind, who in _BY_ARTICLE:
        for thing in part.things(kind):
            article = thing.body["article"]
            if kind == Annotation.KIND and (article in blind or article not in there):
                places[thing.id] = article
            why = _why_not(article, there, article in blind and thing.body[who] != person)
            _add_or_leave(part, kind, thing, why, unseen)
    for thing in part.things(Link.KIND):
        ends = {places[end] for end in (thing.body["source"], thing.body["target"]) if end in places}
        is_unseen = thing.body["layer"] != person and not ends.isdisjoint(blind)
        why = BLIND if is_unseen else "" if ends <= there else REMOVED
        _add_or_leave(part, Link.KIND, thing, why, unseen)
    for kind in (Assignment.KIND, Round.KIND):
        for thing in part.things(kind):
            part.add(kind, thing)
    _add_unknown(part, is_blind=bool(blind))
    _add_seen_entities(part, unseen)
    add_settlements(part)
    return part


def _add_articles(part: Part) -> set[str]:
    there = set()
    for thing in part.things(Article.KIND):
        part.wanted.add(thing.of(Article.KIND))
        if not thing.is_deleted:
            there.add(thing.id)
    part.articles = len(there)
    return there


def _why_not(article: str, there: Collection[str], is_unseen: bool) -> str:
    return BLIND if is_unseen else "" if article in there else REMOVED


def _add_or_leave(part: Part, kind: str, thing: Thing, why: str, unseen: list[ObjectKey]) -> None:
    if not why:
        part.add(kind, thing)
        return
    part.leave(kind, thing, why)
    if why == BLIND:
        unseen.append(thing.of(kind))


def _add_unknown(part: Part, *, is_blind: bool) -> None:
    """Add what only a newer version knows, unless it may be what nobody is to see."""
    for kind in part.project.kinds():
        if kind not in _KINDS:
            for thing in part.things(kind):
                if is_blind:
                    part.leave(kind, thing, UNKNOWN)
                else:
                    part.add(kind, thing)


def _add_seen_entities(part: Part, unseen: list[ObjectKey]) -> None:
    """Add all named things but those that only what is left out refers to, or ever referred to."""
    project = part.project
    things = {thing.id: thing for thing in part.things(Entity.KIND)}
    hidden = set[str]()
    if unseen:
        named = things.keys() & {word for body in project.bodies_ever(unseen) for word in words_in(body)}
        hidden = (named | reach(things, named)) - reach(things, _named_in(part, things))
    seen = things.keys() - hidden
    seen |= reach(things, seen)
    part.entities = sum(not things[own_id].is_deleted for own_id in seen)
    part.wanted.update((Entity.KIND, own_id) for own_id in seen)
    for own_id in things.keys() - seen:
        part.leave(Entity.KIND, things[own_id], UNSEEN)


def _named_in(part: Part, things: Mapping[str, Thing]) -> set[str]:
    """Collect the named things that the file's other objects refer to."""
    found: set[str] = set()
    for kind in (Annotation.KIND, Link.KIND, Verdict.KIND):
        for thing in part.things(kind):
            if thing.of(kind) in part.wanted and not thing.is_deleted:
                found.update(word for word in words_in(thing.body) if word in things)
    return found
