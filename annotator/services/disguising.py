"""Pseudonyms: chosen people, organisations and incidents get stand-ins in all that an export says."""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

from annotator.formats.dataset import ArticleRecord
from annotator.formats.losses import Lost
from annotator.model.anchor import anchor
from annotator.model.records import Annotation, Article, Entity, Link
from annotator.model.scheme import Scheme
from annotator.model.span import Fragments, Span, joined
from annotator.model.text import article_id, canonical, fingerprint
from annotator.services.errors import Refused
from annotator.services.spellings import Spellings, texts_in
from annotator.store.project import Project

REMAINING = "places where a part of a replaced name remains"
LEADING_BACK = "addresses of articles in which names were replaced, where the names stand"


@dataclass(frozen=True, slots=True)
class StandIn:
    """What one entity is called in an export; empty for a name made from its kind and a number.

    `spellings` are other ways in which the articles write it, besides its name.
    """

    entity: str
    name: str = ""
    spellings: tuple[str, ...] = ()


class Disguise:
    """Replaces names in records, keeping every span on what it marked."""

    def __init__(self, project: Project, stand_ins: Sequence[StandIn]) -> None:
        entities = {e.id: e for e in project.entities(merged=True)}
        self._names = _named(entities, stand_ins)
        of: dict[str, str] = {}
        for stand_in in stand_ins:
            for spelling in (*_spellings(entities, stand_in.entity), *stand_in.spellings):
                if spelling.strip():
                    of.setdefault(spelling.strip(), self._names[stand_in.entity])
        leads = {e.id: _lead(entities, e, self._names) for e in entities.values()}
        self._merged = {merged: self._names[lead] for merged, lead in leads.items() if lead}
        self._spelled = Spellings(of)

    def words(self, words: str) -> str:
        """Replace the names in what an export says of itself."""
        return self._spelled.replaced(words)

    def entity(self, entity: Entity) -> Entity:
        """Rename an entity if it is one of the chosen; others may still mention those."""
        name = self._merged.get(entity.id) or self.words(entity.name)
        return replace(
            entity,
            name=name,
            note=self.words(entity.note),
            attributes=self._values(entity.attributes),
            extra=self._values(entity.extra),
        )

    def record(self, record: ArticleRecord) -> tuple[ArticleRecord, list[Lost]]:
        """Replace the names in a record; name the parts of names that remain in it."""
        changed = _Changed(record.text, self._spelled.pattern, self._spelled.stand_in)
        article = self._article(record.article, changed.text)
        annotations = tuple(self._annotation(a, article, changed) for a in record.annotations)
        links = tuple(self._link(link) for link in record.links)
        progress = tuple(replace(p, article=article.id) for p in record.progress or ())
        new = replace(
            record,
            article=article,
            text=changed.text,
            annotations=annotations,
            links=links,
            progress=progress,
        )
        leads_back = article.url and article.sha256 != record.article.sha256
        lost = [(LEADING_BACK, article.title)] if leads_back else []
        return new, [*self._remaining(new), *lost]

    def remaining_in_scheme(self, scheme: Scheme) -> Iterator[Lost]:
        """Find the same in the rules, examples and choices of a scheme, which go out as they are."""
        what = "replaced names that remain in the scheme's rules and examples"
        for label in scheme.labels:
            choices = (value for attribute in label.attributes for value in attribute.values)
            for part in self._spelled.remaining("\n".join((label.rule, label.good, label.bad, *choices))):
                yield what, f"“{part}” in {label.title}"

    def remaining_in_entities(self, entities: Iterable[Entity]) -> Iterator[Lost]:
        """Find the same in what is said of people and incidents, as it was replaced."""
        for entity in entities:
            own = [] if entity.id in self._merged else [entity.name]
            for words in texts_in([*own, entity.note, entity.attributes, entity.extra]):
                for part in self._spelled.remaining(words):
                    yield REMAINING, f"“{part}” in “{entity.name}”"

    def _article(self, article: Article, text: str) -> Article:
        sha256 = fingerprint(text)
        return replace(
            article,
            id=article.id if sha256 == article.sha256 else article_id(sha256, article.url or article.id),
            sha256=sha256,
            title=self.words(article.title),
            author=self.words(article.author),
            outlet=self.words(article.outlet),
            extra=self._values(article.extra),
        )

    def _annotation(self, a: Annotation, article: Article, changed: "_Changed") -> Annotation:
        fragments = changed.moved(a.fragments)
        return replace(
            a,
            article=article.id,
            fragments=fragments,
            anchor=anchor(changed.text, fragments),
            attributes=self._values(a.attributes),
            note=self.words(a.note),
            extra=self._values(a.extra),
        )

    def _link(self, link: Link) -> Link:
        return replace(link, attributes=self._values(link.attributes), extra=self._values(link.extra))

    def _values(self, values: Mapping[str, Any]) -> dict[str, Any]:
        return {name: self._value(value) for name, value in values.items()}

    def _value(self, value: Any) -> Any:
        if isinstance(value, str):
            return self.words(value)
        if isinstance(value, list):
            return [self._value(item) for item in value]
        return self._values(value) if isinstance(value, dict) else value

    def _remaining(self, record: ArticleRecord) -> Iterator[Lost]:
        """Find single words of replaced names, which may still give them away."""
        article = record.article
        said = [[a.note, a.attributes, a.extra] for a in record.annotations]
        said += [[link.attributes, link.extra] for link in record.links]
        described = (record.text, article.title, article.author, article.outlet)
        for words in (*described, *texts_in([article.extra, said])):
            for part in self._spelled.remaining(words):
                yield REMAINING, f"“{part}” in “{article.title}”"
        for part in self._spelled.remaining_in_address(article.url):
            yield REMAINING, f"“{part}” in “{article.title}”"


class _Changed:
    """A text with names replaced, and where its offsets have gone."""

    def __init__(self, text: str, pattern: re.Pattern[str], stand_in: Callable[[re.Match[str]], str]) -> None:
        pieces: list[str] = []
        self._starts: list[int] = []
        self._stops: list[int] = []
        self._new_starts: list[int] = []
        self._new_stops: list[int] = []
        at = new = 0
        for match in pattern.finditer(text):
            name = canonical(stand_in(match))
            pieces += [text[at : match.start()], name]
            new += match.start() - at
            self._starts.append(match.start())
            self._stops.append(match.end())
            self._new_starts.append(new)
            new += len(name)
            self._new_stops.append(new)
            at = match.end()
        self.text = "".join([*pieces, text[at:]])

    def moved(self, fragments: Fragments) -> Fragments:
        """Follow fragments; one that begins or ends inside a name now holds all of the stand-in."""
        spans = [
            Span(self._offset(f.start, is_stop=False), self._offset(f.stop, is_stop=True)) for f in fragments
        ]
        meet = any(a.stop > b.start for a, b in pairwise(spans))
        return joined(spans) if meet else tuple(spans)

    def _offset(self, offset: int, *, is_stop: bool) -> int:
        at = bisect_left(self._starts, offset) - 1
        if at < 0:
            return offset
        if offset < self._stops[at]:
            return self._new_stops[at] if is_stop else self._new_starts[at]
        return offset - self._stops[at] + self._new_stops[at]


def _named(entities: Mapping[str, Entity], stand_ins: Sequence[StandIn]) -> dict[str, str]:
    """Give each chosen entity its stand-in's name; numbers run by kind, in the order of choice."""
    numbers = Counter[str]()
    names: dict[str, str] = {}
    for stand_in in stand_ins:
        entity = entities.get(stand_in.entity)
        if entity is None:
            raise Refused("an entity that is to get a pseudonym is not in the project; choose it anew")
        if entity.id in names:
            raise Refused(f"“{entity.name}” is to get two pseudonyms; give it one, other spellings behind |")
        numbers[entity.kind] += 1
        names[entity.id] = stand_in.name.strip() or f"{entity.kind.capitalize()} {numbers[entity.kind]}"
    twice = next((name for name, n in Counter(names.values()).items() if n > 1), "")
    if twice:
        raise Refused(f"two pseudonyms are “{twice}”; give each its own, so that they can be told apart")
    taken = next((e.name for e in entities.values() if e.id not in names and e.name in names.values()), "")
    if taken:
        raise Refused(f"“{taken}” is the name of another in the project; choose another pseudonym")
    return names


def _spellings(entities: Mapping[str, Entity], chosen: str) -> Iterator[str]:
    """Yield the names of an entity and of all that were merged into it."""
    for entity in entities.values():
        if _lead(entities, entity, {chosen: ""}):
            yield entity.name


def _lead(entities: Mapping[str, Entity], entity: Entity, chosen: Iterable[str]) -> str:
    """Follow merges from an entity to one of the chosen; "" when they lead elsewhere."""
    seen: set[str] = set()
    current: Entity | None = entity
    while current and current.id not in seen:
        if current.id in chosen:
            return current.id
        seen.add(current.id)
        current = entities.get(current.merged_into)
    return ""


def chosen_stand_ins(project: Project, wanted: Iterable[str]) -> tuple[StandIn, ...]:
    """Read "John Kerry|Kerry=Official A": a name or id, other spellings, the stand-in; refuse the unknown."""
    return tuple(_chosen(project, words) for words in wanted)


def _chosen(project: Project, words: str) -> StandIn:
    spelled, _, name = words.partition("=")
    first, *spellings = (part.strip() for part in spelled.split("|"))
    found = [e for e in project.entities() if first in (e.id, e.name)]
    if len(found) != 1:
        why = "several have that name; write its id" if found else "check its spelling on the Sources page"
        raise Refused(f"no one actor or incident is “{first}”: {why}")
    return StandIn(found[0].id, name.strip(), tuple(spellings))
