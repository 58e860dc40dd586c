"""One annotator's work, gathered to be handed in."""

from collections.abc import Collection, Iterable

from annotator.model.records import Annotation, Article, Entity, Link
from annotator.model.review import GOLD, Assignment, Round, Ruling
from annotator.services.part import ABOUT_ARTICLES, Part, add_settlements, reach, words_in
from annotator.store.excerpts import Thing


def gather_own(part: Part, person: str) -> Part:
    """Gather what a person did, what they did it on, and what it refers to."""
    there = {thing.id for thing in part.things(Article.KIND) if not thing.is_deleted}
    articles, used = set[str](), set[str]()
    gold = _add_rulings(part, there, articles, person)
    own = _add_annotations(part, there, articles, used, (person, gold))
    for thing in part.things(Link.KIND):
        is_gold = thing.body["layer"] == GOLD and thing.body["source"] in own
        if thing.body["layer"] == person or is_gold:
            part.add(Link.KIND, thing)
            used.update(words_in(thing.body))
    for kind, who in ABOUT_ARTICLES:
        for thing in part.things(kind):
            is_gold = thing.body[who] == GOLD and thing.actor == person
            if (thing.body[who] == person or is_gold) and thing.body["article"] in there:
                _take(part, kind, thing, articles, used)
    assigned = [a for a in part.project.assignments(annotator=person) if a.article in there]
    _add_assigned(part, assigned)
    articles.update(a.article for a in assigned)
    part.articles = len(articles)
    part.wanted.update((Article.KIND, article) for article in articles)
    _add_own_entities(part, person, used)
    add_settlements(part, person)
    return part


def _add_annotations(
    part: Part, there: Collection[str], articles: set[str], used: set[str], whose: tuple[str, Collection[str]]
) -> set[str]:
    """Add a person's annotations, and those of the gold layer that are theirs; return the ids."""
    person, gold = whose
    own: set[str] = set()
    for thing in part.things(Annotation.KIND):
        layer = thing.body["layer"]
        is_own = layer == person or (layer == GOLD and (thing.id in gold or thing.actor == person))
        if is_own and thing.body["article"] in there:
            own.add(thing.id)
            _take(part, Annotation.KIND, thing, articles, used)
    return own


def _add_rulings(part: Part, there: Collection[str], articles: set[str], person: str) -> set[str]:
    """Add what a person adjudicated; return the ids of the gold annotations that they made."""
    gold: set[str] = set()
    for thing in part.things(Ruling.KIND):
        if thing.body["adjudicator"] == person and thing.body["article"] in there:
            _take(part, Ruling.KIND, thing, articles, set())
            gold.add(thing.body.get("gold", ""))
    return gold


def _take(part: Part, kind: str, thing: Thing, articles: set[str], used: set[str]) -> None:
    """Add what is said of an article; what was deleted needs none."""
    part.add(kind, thing)
    if not thing.is_deleted:
        articles.add(thing.body["article"])
        used.update(words_in(thing.body))


def _add_assigned(part: Part, assigned: Iterable[Assignment]) -> None:
    for assignment in assigned:
        part.wanted.add((Assignment.KIND, assignment.id))
        part.wanted.add((Round.KIND, assignment.round))
    known = {(Round.KIND, a_round.id) for a_round in part.project.rounds()}
    part.wanted = {key for key in part.wanted if key[0] != Round.KIND or key in known}


def _add_own_entities(part: Part, person: str, used: set[str]) -> None:
    """Add the named things that one's work refers to, and those that one changed or deleted last."""
    things = {thing.id: thing for thing in part.things(Entity.KIND)}
    own = {thing.id for thing in things.values() if thing.actor == person}
    gone = {own_id for own_id in own if things[own_id].is_deleted}
    reached = reach(things, used | own)
    part.entities = len(reached)
    part.work += len(own)
    part.wanted.update((Entity.KIND, own_id) for own_id in reached | gone)
