"""The objects of a project that go into a file of their own, as they are gathered."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from annotator.model.change import ObjectKey
from annotator.model.records import Annotation, Article, Entity, Link, Progress
from annotator.model.review import Reply, Ruling, Verdict
from annotator.model.settlement import Settlement
from annotator.store.excerpts import Tell, Thing
from annotator.store.project import Project

ABOUT_ARTICLES = ((Progress.KIND, "annotator"), (Verdict.KIND, "reviewer"), (Reply.KIND, "annotator"))
"""Kinds of what is said of an article, each with the key of its body that says by whom."""
_TELL_EVERY = 1000
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


@dataclass(slots=True)
class Part:
    """The objects that go into a file, as they are gathered."""

    project: Project
    wanted: set[ObjectKey] = field(default_factory=set)
    layers: Counter[str] = field(default_factory=Counter)
    left_out: Counter[tuple[str, str]] = field(default_factory=Counter)
    articles: int = 0
    entities: int = 0
    work: int = 0
    """How many things in it somebody did, beside what they did it on."""
    tell: Tell = quiet
    read: int = 0

    def things(self, kind: str) -> Iterator[Thing]:
        """Read the objects of a kind, and tell how many were read so far."""
        for thing in self.project.things(kind):
            self.read += 1
            if self.read % _TELL_EVERY == 0:
                self.tell(self.read, 0)
            yield thing

    def add(self, kind: str, thing: Thing) -> None:
        self.wanted.add(thing.of(kind))
        self.work += 1
        if kind == Annotation.KIND and not thing.is_deleted:
            self.layers[thing.body["layer"]] += 1

    def leave(self, kind: str, thing: Thing, why: str) -> None:
        if not thing.is_deleted:
            self.left_out[kind, why] += 1

    def written(self, out: Path) -> Shared:
        self.project.excerpt(out, self.wanted, self.tell)
        return Shared(
            out,
            self.articles,
            dict(sorted(self.layers.items())),
            self.entities,
            tuple(sorted(LeftOut(_noun(kind, n), n, why) for (kind, why), n in self.left_out.items())),
        )


def add_settlements(part: Part, person: str = "") -> None:
    """Add who settled which forks of the objects that are there; of a person or all."""
    for thing in part.things(Settlement.KIND):
        is_there = (thing.body["kind"], thing.body["object"]) in part.wanted
        if is_there and person in ("", thing.actor):
            part.add(Settlement.KIND, thing)


def reach(things: Mapping[str, Thing], named: Iterable[str]) -> set[str]:
    """Follow merges and references from named things, as far as they are there."""
    reached: set[str] = set()
    waiting = list(named)
    while waiting:
        thing = things.get(waiting.pop())
        if thing and thing.id not in reached and not thing.is_deleted:
            reached.add(thing.id)
            waiting += words_in(thing.body)
    return reached


def words_in(value: Any) -> Iterator[str]:
    """Yield every text in a body; the ids of what it refers to are among them, whatever the scheme says."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for part in value.values():
            yield from words_in(part)
    elif isinstance(value, list):
        for part in value:
            yield from words_in(part)


def _noun(kind: str, n: int) -> str:
    one = _NOUNS.get(kind, "thing")
    return one if n == 1 else _PLURALS.get(kind, f"{one}s")
