"""Parts of a project as files of their own: one's own work to hand in, a copy for a colleague to work in."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from annotator.model.change import ObjectKey
from annotator.model.records import Annotation, Article, Entity, Link, Progress
from annotator.model.review import GOLD, Assignment, Reply, Round, Ruling, Verdict
from annotator.model.settlement import Settlement
from annotator.services.assigning import blind_articles
from annotator.services.errors import Refused
from annotator.services.person import checked
from annotator.store.excerpts import Tell, Thing
from annotator.store.project import Project

SUFFIX = ".annotator"

_KINDS = (
    *(Annotation.KIND, Article.KIND, Assignment.KIND, Entity.KIND, Link.KIND, Progress.KIND),
    *(Reply.KIND, Round.KIND, Ruling.KIND, Verdict.KIND, Settlement.KIND),
)
_SHARED = ("project", "scheme")
_ABOUT_ARTICLES = ((Progress.KIND, "annotator"), (Verdict.KIND, "reviewer"), (Reply.KIND, "annotator"))
"""Kinds of what is said of an article, each with the key of its body that says by whom."""
_BY_ARTICLE = ((Annotation.KIND, "layer"), *_ABOUT_ARTICLES, (Ruling.KIND, "adjudicator"))
_NOUNS = {
    Annotation.KIND: "span",
    Article.KIND: "article",
    Entity.KIND: "person, organisation or incident",
    Link.KIND: "link",
    Progress.KIND: "state of an article",
    Reply.KIND: "answer to a verdict",
    Ruling.KIND: "decision",
    Verdict.KIND: "verdict",
}
_PLURALS = {
    Entity.KIND: "persons, organisations or incidents",
    Progress.KIND: "states of articles",
    Reply.KIND: "answers to verdicts",
}

BLIND = "others’ work in a blind round"
UNSEEN = "only others’ work in a blind round names them"
REMOVED = "their article was removed"
UNKNOWN = "a newer version of Annotator made them"


@dataclass(frozen=True, slots=True, order=True)
class LeftOut:
    """How much of one kind is not in the file, and why."""

    what: str
    count: int
    why: str


@dataclass(frozen=True, slots=True)
class Shared:
    """What was written, and what was left out of it; `annotations` are counted by layer."""

    file: Path
    articles: int
    annotations: Mapping[str, int]
    entities: int
    left_out: tuple[LeftOut, ...] = ()


def quiet(_done: int, _total: int) -> None:
    """Tell nobody."""


def save_mine(project: Project, *, actor: str, out: Path, tell: Tell = quiet) -> Shared:
    """Write a project with one annotator's work and nobody else's."""
    person = checked(actor)
    with project.snapshot() as still:
        part = _own_part(still, person)
        if not part.work:
            raise Refused(f"there is no work of “{person}” in this project; nothing was written")
        return part.written(out, tell)


def copy_for(project: Project, *, person: str, out: Path, tell: Tell = quiet) -> Shared:
    """Write a project with everything that a colleague may see, to work in.

    Of the articles of a blind round that hasn't ended, the others' work is left out.
    """
    person = checked(person)
    with project.snapshot() as still:
        return _part_for(still, person, blind_articles(still)).written(out, tell)


@dataclass(slots=True)
class _Part:
    """The objects that go into a file, as they are gathered."""

    project: Project
    wanted: set[ObjectKey] = field(default_factory=set)
    layers: Counter[str] = field(default_factory=Counter)
    left_out: Counter[tuple[str, str]] = field(default_factory=Counter)
    work: int = 0
    """How many things in it somebody did, beside what they did it on."""

    def add(self, kind: str, thing: Thing) -> None:
        self.wanted.add(thing.of(kind))
        self.work += 1
        if kind == Annotation.KIND and not thing.is_deleted:
            self.layers[thing.body["layer"]] += 1

    def leave(self, kind: str, thing: Thing, why: str) -> None:
        if not thing.is_deleted:
            self.left_out[kind, why] += 1

    def written(self, out: Path, tell: Tell) -> Shared:
        self.project.excerpt(out, self.wanted, tell)
        there = Counter(kind for kind, _ in self.wanted)
        return Shared(
            out,
            there[Article.KIND],
            dict(sorted(self.layers.items())),
            there[Entity.KIND],
            tuple(sorted(LeftOut(_noun(kind, n), n, why) for (kind, why), n in self.left_out.items())),
        )


# --- one's own work ------------------------------------------------------------------------------


def _own_part(project: Project, person: str) -> _Part:
    part, articles = _Part(project), set[str]()
    there = {thing.id for thing in project.things(Article.KIND) if not thing.is_deleted}
    assigned = [a for a in project.assignments(annotator=person) if a.article in there]
    used: set[str] = set()
    gold = _add_rulings(part, there, articles, person)
    own: set[str] = set()
    for thing in project.things(Annotation.KIND):
        layer, article = thing.body["layer"], thing.body["article"]
        is_own = layer == person or (layer == GOLD and (thing.id in gold or thing.actor == person))
        if is_own and article in there:
            own.add(thing.id)
            _take(part, Annotation.KIND, thing, articles, used)
    for thing in project.things(Link.KIND):
        is_gold = thing.body["layer"] == GOLD and thing.body["source"] in own
        if thing.body["layer"] == person or is_gold:
            part.add(Link.KIND, thing)
            used.update(_words(thing.body))
    for kind, who in _ABOUT_ARTICLES:
        for thing in project.things(kind):
            if thing.body[who] == person and thing.body["article"] in there:
                _take(part, kind, thing, articles, used)
    _add_assigned(part, assigned)
    articles.update(a.article for a in assigned)
    part.wanted.update((Article.KIND, article) for article in articles)
    _add_own_entities(part, person, used)
    _add_settlements(part, person)
    return part


def _add_rulings(part: _Part, there: Collection[str], articles: set[str], person: str) -> set[str]:
    """Add what a person adjudicated; return the ids of the gold annotations that they made."""
    gold: set[str] = set()
    for thing in part.project.things(Ruling.KIND):
        if thing.body["adjudicator"] == person and thing.body["article"] in there:
            _take(part, Ruling.KIND, thing, articles, set())
            gold.add(thing.body.get("gold", ""))
    return gold


def _take(part: _Part, kind: str, thing: Thing, articles: set[str], used: set[str]) -> None:
    """Add what is said of an article; what was deleted needs none."""
    part.add(kind, thing)
    if not thing.is_deleted:
        articles.add(thing.body["article"])
        used.update(_words(thing.body))


def _add_assigned(part: _Part, assigned: Iterable[Assignment]) -> None:
    for assignment in assigned:
        part.wanted.add((Assignment.KIND, assignment.id))
        part.wanted.add((Round.KIND, assignment.round))
    known = {(Round.KIND, a_round.id) for a_round in part.project.rounds()}
    part.wanted = {key for key in part.wanted if key[0] != Round.KIND or key in known}


def _add_own_entities(part: _Part, person: str, used: set[str]) -> None:
    """Add the named things that one's work refers to, and those that one changed or deleted last."""
    things = {thing.id: thing for thing in part.project.things(Entity.KIND)}
    own = {thing.id for thing in things.values() if thing.actor == person}
    gone = {own_id for own_id in own if things[own_id].is_deleted}
    reached = _reached(things, used | own)
    part.work += len(own)
    part.wanted.update((Entity.KIND, own_id) for own_id in reached | gone)


# --- a copy for a colleague ----------------------------------------------------------------------


def _part_for(project: Project, person: str, blind: Collection[str]) -> _Part:
    part = _Part(project)
    there = _add_articles(part)
    unseen: list[ObjectKey] = []
    places: dict[str, str] = {}
    """The articles of the spans that are, or may have links that are, left out."""
    for kind, who in _BY_ARTICLE:
        for thing in project.things(kind):
            article = thing.body["article"]
            if kind == Annotation.KIND and (article in blind or article not in there):
                places[thing.id] = article
            why = _why_not(article, there, article in blind and thing.body[who] != person)
            _add_or_leave(part, kind, thing, why, unseen)
    for thing in project.things(Link.KIND):
        ends = {places[end] for end in (thing.body["source"], thing.body["target"]) if end in places}
        is_unseen = thing.body["layer"] != person and not ends.isdisjoint(blind)
        why = BLIND if is_unseen else "" if ends <= there else REMOVED
        _add_or_leave(part, Link.KIND, thing, why, unseen)
    for kind in (Assignment.KIND, Round.KIND):
        for thing in project.things(kind):
            part.add(kind, thing)
    _add_unknown(part, is_blind=bool(blind))
    _add_seen_entities(part, unseen)
    _add_settlements(part)
    return part


def _add_articles(part: _Part) -> set[str]:
    there = set()
    for thing in part.project.things(Article.KIND):
        part.wanted.add(thing.of(Article.KIND))
        if not thing.is_deleted:
            there.add(thing.id)
    return there


def _why_not(article: str, there: Collection[str], is_unseen: bool) -> str:
    return BLIND if is_unseen else "" if article in there else REMOVED


def _add_or_leave(part: _Part, kind: str, thing: Thing, why: str, unseen: list[ObjectKey]) -> None:
    if not why:
        part.add(kind, thing)
        return
    part.leave(kind, thing, why)
    if why == BLIND:
        unseen.append(thing.of(kind))


def _add_unknown(part: _Part, *, is_blind: bool) -> None:
    """Add what only a newer version knows, unless it may be what nobody is to see."""
    for kind in part.project.kinds():
        if kind not in (*_KINDS, *_SHARED):
            for thing in part.project.things(kind):
                if is_blind:
                    part.leave(kind, thing, UNKNOWN)
                else:
                    part.add(kind, thing)


def _add_seen_entities(part: _Part, unseen: list[ObjectKey]) -> None:
    """Add all named things but those that only what is left out refers to, or ever referred to."""
    project = part.project
    things = {thing.id: thing for thing in project.things(Entity.KIND)}
    hidden = set[str]()
    if unseen:
        named = things.keys() & {word for body in project.bodies_ever(unseen) for word in _words(body)}
        hidden = (named | _reached(things, named)) - _reached(things, _named_in(part, things))
    seen = things.keys() - hidden
    seen |= _reached(things, seen)
    part.wanted.update((Entity.KIND, own_id) for own_id in seen)
    for own_id in things.keys() - seen:
        part.leave(Entity.KIND, things[own_id], UNSEEN)


def _named_in(part: _Part, things: Mapping[str, Thing]) -> set[str]:
    """Collect the named things that the file's other objects refer to."""
    found: set[str] = set()
    for kind in (Annotation.KIND, Link.KIND, Verdict.KIND):
        for thing in part.project.things(kind):
            if thing.of(kind) in part.wanted and not thing.is_deleted:
                found.update(word for word in _words(thing.body) if word in things)
    return found


def _add_settlements(part: _Part, person: str = "") -> None:
    """Add who settled which forks of the objects that are there; of a person or all."""
    for thing in part.project.things(Settlement.KIND):
        is_there = (thing.body["kind"], thing.body["object"]) in part.wanted
        if is_there and person in ("", thing.actor):
            part.add(Settlement.KIND, thing)


# --- in general ----------------------------------------------------------------------------------


def _reached(things: Mapping[str, Thing], named: Iterable[str]) -> set[str]:
    """Follow merges and references from named things, as far as they are there."""
    reached: set[str] = set()
    waiting = list(named)
    while waiting:
        thing = things.get(waiting.pop())
        if thing and thing.id not in reached and not thing.is_deleted:
            reached.add(thing.id)
            waiting += _words(thing.body)
    return reached


def _words(value: Any) -> Iterator[str]:
    """Yield every text in a body; the ids of what it refers to are among them, whatever the scheme says."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for part in value.values():
            yield from _words(part)
    elif isinstance(value, list):
        for part in value:
            yield from _words(part)


def _noun(kind: str, n: int) -> str:
    one = _NOUNS.get(kind, "thing")
    return one if n == 1 else _PLURALS.get(kind, f"{one}s")
