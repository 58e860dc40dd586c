"""What was changed on two machines at once: both versions in words, and which of them is to stand."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from annotator.model.change import Change, Draft, ObjectKey, Revision
from annotator.model.records import Annotation, Article, Entity, Link, Progress
from annotator.model.review import Assignment, Reply, Round, Ruling, Verdict
from annotator.model.settlement import Settlement
from annotator.model.values import is_empty
from annotator.services.errors import Refused
from annotator.services.telling import value_words
from annotator.store.bodies import PROJECT, is_sound
from annotator.store.forks import Fork
from annotator.store.project import Project

Body = Mapping[str, Any]
Field = tuple[str, str]
"""What is said, and its value in words."""

MOST_WORDS = 60
NOUNS = {
    Annotation.KIND: "span",
    Link.KIND: "link",
    Entity.KIND: "person, organisation or incident",
    Article.KIND: "article details",
    Progress.KIND: "state",
    Verdict.KIND: "verdict",
    Reply.KIND: "answer to a verdict",
    Ruling.KIND: "ruling",
    Round.KIND: "round",
    Assignment.KIND: "assignment",
    PROJECT: "project",
}


@dataclass(frozen=True, slots=True)
class Version:
    """One version: the change that gave it, by whom and when, and what it says."""

    change: str
    who: str
    at: str
    """Wall time in UTC, ISO 8601."""
    action: str
    fields: tuple[Field, ...]
    """Empty when it deletes."""
    body: Body | None

    @property
    def words(self) -> str:
        return "; ".join(f"{name.lower()}: {value}" for name, value in self.fields) or "deleted"


@dataclass(frozen=True, slots=True)
class Forked:
    """One object with its versions, the one that stands first; `article` is where it is, "" for nowhere."""

    kind: str
    id: str
    title: str
    article: str
    article_title: str
    versions: tuple[Version, ...]

    @property
    def key(self) -> ObjectKey:
        return self.kind, self.id

    def differing(self) -> frozenset[str]:
        """Name the fields on which the versions don't agree."""
        said = [dict(version.fields) for version in self.versions]
        names = {name for fields in said for name in fields}
        return frozenset(name for name in names if len({fields.get(name) for fields in said}) > 1)


def forks(project: Project, wanted: Callable[[ObjectKey], bool] = lambda _key: True) -> tuple[Forked, ...]:
    """List what was changed on two machines and nobody has settled yet."""
    return tuple(_told(project, fork) for fork in project.forks() if wanted(fork.key))


def told(project: Project, key: ObjectKey, versions: Iterable[tuple[Change, Body | None]]) -> Forked:
    """Tell some versions of an object, the one that stands first."""
    kind, own_id = key
    steps = tuple(versions)
    body = next((body for _, body in steps if body is not None), {})
    article = own_id if kind == Article.KIND else str(body.get("article") or _of_link(project, kind, body))
    found = project.article(article) if article else None
    return Forked(
        kind,
        own_id,
        _title(project, kind, body),
        article,
        found.title if found else "",
        tuple(
            Version(change.id, change.actor, change.at, change.action, fields(project, kind, body), body)
            for change, body in steps
        ),
    )


def settle(project: Project, *, actor: str, chosen: Mapping[ObjectKey, str]) -> Change:
    """Let one version of each of some forks stand; `chosen` are the changes that gave them."""
    revisions: list[Revision] = []
    there = {fork.key: fork for fork in project.forks(list(chosen))}
    for key, change in chosen.items():
        fork = there.get(key)
        step = next((s for s in fork.versions if s.change.id == change), None) if fork else None
        if fork is None or step is None:
            raise Refused("this was settled or changed meanwhile; look at what is left of the list")
        if step is not fork.versions[0]:
            revisions.append(Revision(*key, step.body))
        settled = [Settlement(*key, s.change.id) for s in fork.versions[1:]]
        revisions += [Revision(Settlement.KIND, s.id, s.to_body()) for s in settled]
    noun = NOUNS.get(next(iter(chosen), ("", ""))[0], "object")
    what = f"the versions of one {noun}" if len(chosen) == 1 else f"the versions of {len(chosen):,} things"
    return project.commit(Draft(f"settle {what}", actor, tuple(revisions)))


def _told(project: Project, fork: Fork) -> Forked:
    return told(project, fork.key, ((step.change, step.body) for step in fork.versions))


def fields(project: Project, kind: str, body: Body | None) -> tuple[Field, ...]:
    """Say what a body says, one thing after another, leaving out what says nothing."""
    if body is None:
        return ()
    if not is_sound(kind, body):
        return (("Content", "can't be read"),)
    told = _FIELDS.get(kind, _plain)(project, body)
    return tuple((name, value) for name, value in told if value)


def _annotation(project: Project, body: Body) -> Iterator[Field]:
    annotation = Annotation.from_body("", body)
    label = project.scheme.label(annotation.label)
    yield "Label", label.title if label else annotation.label
    yield "Words", annotation.words
    yield "Place", ", ".join(f"{f.start}–{f.stop}" for f in annotation.fragments)
    for name, value in annotation.attributes.items():
        if not is_empty(value):
            found = label.attribute(name) if label else None
            yield _cased(name), value_words(project, found, value)
    yield "Note", annotation.note


def _link(project: Project, body: Body) -> Iterator[Field]:
    kind = project.scheme.link(body["type"])
    yield "Type", kind.title if kind else body["type"]
    for name, end in (("From", body["source"]), ("To", body["target"])):
        found = project.annotation(end)
        yield name, found.words if found else "something since deleted"
    yield from ((_cased(name), value_words(project, None, value)) for name, value in _attributes(body))


def _entity(project: Project, body: Body) -> Iterator[Field]:
    kind = project.scheme.entity_kind(body["kind"])
    yield "Name", body["name"]
    yield "Kind", kind.title if kind else body["kind"]
    for name, value in _attributes(body):
        found = next((a for a in kind.attributes if a.name == name), None) if kind else None
        yield _cased(name), value_words(project, found, value)
    yield "Note", body.get("note", "")
    into = project.entity(body.get("merged_into", ""))
    yield "Merged into", into.name if into else ""


def _plain(_project: Project, body: Body) -> Iterator[Field]:
    """Say whatever can be said in words, leaving out ids that mean nothing to anybody."""
    for name, value in body.items():
        if name not in _IDS and not isinstance(value, Mapping) and not is_empty(value):
            yield _cased(name), "yes" if value is True else "no" if value is False else str(value)


_IDS = frozenset(
    ("article", "annotation", "sha256", "revision", "verdict", "round", "gold", "sources", "annotator")
)
_FIELDS: dict[str, Callable[[Project, Body], Iterator[Field]]] = {
    Annotation.KIND: _annotation,
    Link.KIND: _link,
    Entity.KIND: _entity,
}


def _attributes(body: Body) -> Sequence[tuple[str, Any]]:
    return [(name, value) for name, value in body.get("attributes", {}).items() if not is_empty(value)]


def _title(project: Project, kind: str, body: Body) -> str:
    """Name an object by what one knows it by."""
    said = fields(project, kind, body)
    by_name = {Annotation.KIND: "Words", Entity.KIND: "Name", Article.KIND: "Title", Link.KIND: "Type"}
    words = dict(said).get(by_name.get(kind, ""), "")
    if kind == Progress.KIND:
        words = str(body.get("annotator", ""))
    short = words if len(words) <= MOST_WORDS else words[: MOST_WORDS - 1] + "…"
    return f"{_cased(NOUNS.get(kind, 'object'))} “{short}”" if short else _cased(NOUNS.get(kind, kind))


def _of_link(project: Project, kind: str, body: Body) -> str:
    source = project.annotation(str(body.get("source", ""))) if kind == Link.KIND else None
    return source.article if source else ""


def _cased(words: str) -> str:
    words = words.replace("_", " ")
    return words[:1].upper() + words[1:]
