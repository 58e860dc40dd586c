"""From records to CASes: one for each article and layer, as INCEpTION has one for each user."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from cassis import Cas
from cassis.typesystem import FeatureStructure

from annotator.formats.cas.types import (
    ARRAY,
    ARTICLE,
    ENTITY,
    LINK,
    METADATA,
    OF,
    OTHER,
    SENTENCE,
    SOURCE,
    SPAN,
    TARGET,
    TEXTS,
    TOKEN,
    Types,
)
from annotator.formats.cas.values import FRAGMENTS, NOTE, STRINGS, is_legal, json_of, legal
from annotator.formats.dataset import ArticleRecord, Dataset, Header
from annotator.formats.losses import Lost
from annotator.formats.parts.bodies import keys_of, without
from annotator.formats.parts.file_names import FileNames
from annotator.formats.parts.plain_values import Shelf
from annotator.formats.parts.tokenizing import sentences, split_at, tokens
from annotator.model.records import Annotation, Entity, Link
from annotator.model.scheme import Label, LinkType, Scheme
from annotator.model.span import Span

NOBODY = "unread"
"""The folder of articles that nobody has worked on."""


def lost_of_header(header: Header) -> Iterator[Lost]:
    """Name what has no place in a type system."""
    if header.scheme:
        yield "scheme with its examples, colours and keys", header.scheme.title


def lost_of_record(record: ArticleRecord) -> Iterator[Lost]:
    """Name the links that other programs won't see; the files themselves hold them by the ids of spans."""
    layers = {a.id: a.layer for a in record.annotations}
    for link in record.links:
        if {link.layer} != {layers.get(link.source), layers.get(link.target)}:
            yield "links between articles or annotators, which other programs won't see", link.type


class CasWriter:
    """Makes the CASes of a dataset; `types` is what its type system has become so far."""

    def __init__(self, header: Header) -> None:
        self._scheme = header.scheme or Scheme("", 1, "")
        self.types = Types(self._scheme)
        self._entities = {entity.id: entity for entity in header.entities}
        self._shelf = Shelf(header.entities)
        self._folders, self._files = FileNames(), FileNames()

    def cases(self, dataset: Dataset) -> Iterator[tuple[str, Cas]]:
        """Yield each CAS with the name of its file, without a suffix."""
        for record in dataset:
            name = self._files.name(record.article.id, record.article.title or record.article.id)
            segments = _segments(record)
            for layer in _layers(record):
                folder = self._folders.name(layer, layer or NOBODY)
                yield f"{folder}/{name}", self._cas(record, layer, segments)

    def _cas(self, record: ArticleRecord, layer: str, segments: "_Segments") -> Cas:
        cas = _Layer(self.types, self._shelf, record, layer)
        cas.add_article()
        cas.add_segments(segments)
        own = [a for a in record.annotations if a.layer == layer]
        for a in own:
            cas.add_span(a)
        links = _links(record, layer)
        for link in links:
            cas.add_link(link)
        for entity in self._named(own, links):
            cas.add_entity(entity)
        return cas.cas

    def _named(self, annotations: Iterable[Annotation], links: Iterable[Link]) -> list[Entity]:
        """List the entities that are referred to, and those that they were merged into."""
        holders: list[tuple[Label | LinkType | None, Mapping[str, Any]]]
        holders = [(self._scheme.label(a.label), a.attributes) for a in annotations]
        holders += [(self._scheme.link(link.type), link.attributes) for link in links]
        open_ = [
            values.get(attribute.name)
            for holder, values in holders
            for attribute in (holder.attributes if holder else ())
            if attribute.kind == "entity"
        ]
        found: dict[str, Entity] = {}
        while open_:
            named = open_.pop()
            if isinstance(named, str) and named in self._entities and named not in found:
                found[named] = self._entities[named]
                open_.append(found[named].merged_into)
        return [found[entity_id] for entity_id in sorted(found)]


class _Layer:
    """One CAS while it is made."""

    def __init__(self, types: Types, shelf: Shelf, record: ArticleRecord, layer: str) -> None:
        self.cas = Cas(types.system, sofa_string=record.text)
        self._types, self._shelf, self._record, self._layer = types, shelf, record, layer
        self._spans: dict[str, tuple[str, FeatureStructure]] = {}

    def add_article(self) -> None:
        article = self._record.article
        self._add(
            METADATA,
            begin=0,
            end=len(self._record.text),
            language=legal(article.language) or "x-unspecified",
            documentTitle=legal(article.title) or None,
            documentId=legal(article.id),
            documentUri=legal(article.url) or None,
        )
        progress = next((p for p in self._record.progress or () if p.annotator == self._layer), None)
        body = without(article.to_body(), *article.extra) | {"id": article.id, "layer": self._layer}
        said = {"keys": article.extra}
        if progress:
            body["state"] = progress.state
            said["progress"] = progress.extra
        self._add(ARTICLE, **_texts(ARTICLE, body, said))

    def add_segments(self, segments: "_Segments") -> None:
        for name, spans in ((SENTENCE, segments.sentences), (TOKEN, segments.tokens)):
            type_ = self._types.of(name)
            self.cas.add_all(type_(begin=span.start, end=span.stop) for span in spans)

    def add_span(self, a: Annotation) -> None:
        """Add an annotation for each fragment; the first has the values, and links to the others."""
        kind = self._types.label(a.label)
        features, rest = kind.features.fill(a.attributes, self._shelf.name_of)
        features[NOTE] = a.note if a.note and is_legal(a.note) else None
        first, *further = (kind.type(begin=f.start, end=f.stop) for f in a.fragments)
        self._set(first, features)
        self.cas.add_all((first, *further))
        if further:
            links = [kind.fragment(role=str(n), target=fs) for n, fs in enumerate(further, 2)]
            first[FRAGMENTS] = self._types.of(ARRAY)(elements=links)
        self._spans[a.id] = a.label, first
        said = {"keys": keys_of(a), "attributes": rest, "note": "" if features[NOTE] else a.note}
        self._add(SPAN, **{OF: first}, **_texts(SPAN, {**a.to_body(), "id": a.id}, said))

    def add_link(self, link: Link) -> None:
        """Add a relation where INCEpTION can have one; else the link is said by the ids of its ends."""
        body = {**link.to_body(), "id": link.id, "link": link.type}
        if link.layer != self._layer or not self._may_relate(link):
            said = {"keys": link.extra, "attributes": link.attributes}
            self._add(LINK, **_texts(LINK, body, said))
            return
        kind = self._types.link(link.type)
        features, rest = kind.features.fill(link.attributes, self._shelf.name_of)
        source, target = self._spans[link.source][1], self._spans[link.target][1]
        relation = kind.type(begin=target.begin, end=target.end)
        self._set(relation, {**features, SOURCE: source, TARGET: target})
        self.cas.add(relation)
        said = {"keys": link.extra, "attributes": rest}
        self._add(LINK, **{OF: relation}, **_texts(LINK, {"id": link.id}, said))

    def add_entity(self, entity: Entity) -> None:
        body = entity.to_body()
        said = {"keys": entity.extra, **{key: body[key] for key in ("attributes", "note", "merged_into")}}
        self._add(ENTITY, **_texts(ENTITY, {**body, "id": entity.id}, said))

    def _may_relate(self, link: Link) -> bool:
        """Say whether both ends are here, with labels that the relation's layer connects."""
        ends = [self._spans[end][0] for end in (link.source, link.target) if end in self._spans]
        allowed = self._types.link(link.type).ends
        return len(ends) == 2 and (not allowed or allowed.issuperset(ends))

    def _set(self, fs: FeatureStructure, features: Mapping[str, Any]) -> None:
        for name, value in features.items():
            is_list = isinstance(value, list)
            fs[name] = self._types.of(STRINGS)(elements=value) if is_list else value

    def _add(self, type_name: str, /, **features: Any) -> None:
        self.cas.add(self._types.of(type_name)(**features))


@dataclass(frozen=True, slots=True)
class _Segments:
    """The sentences and tokens of an article, the same in each of its CASes."""

    sentences: list[Span]
    tokens: list[Span]


def _segments(record: ArticleRecord) -> _Segments:
    """Cut an article so that the edges of its spans are edges of tokens."""
    whole = tokens(record.text)
    groups = sentences(record.text, whole)
    edges = {edge for a in record.annotations for f in a.fragments for edge in (f.start, f.stop)}
    return _Segments([Span(group[0].start, group[-1].stop) for group in groups], split_at(whole, edges))


def _layers(record: ArticleRecord) -> list[str]:
    """List whose CASes there are of an article; nobody's if nobody has worked on it."""
    layers = {a.layer for a in record.annotations} | {p.annotator for p in record.progress or ()}
    return sorted(layers) or [""]


def _links(record: ArticleRecord, layer: str) -> list[Link]:
    """List the links whose source is in a layer; those of no source here stand in the first."""
    layers = {a.id: a.layer for a in record.annotations}
    first = _layers(record)[0]
    return [link for link in record.links if layers.get(link.source, first) == layer]


def _texts(name: str, body: Mapping[str, Any], said: Mapping[str, Any]) -> dict[str, str]:
    """Return the features of a type that hold an object's texts, and all else as JSON in one more."""
    texts = {key: body[key] for key in TEXTS[name] if isinstance(body.get(key), str) and body[key]}
    features = {key: text for key, text in texts.items() if is_legal(text)}
    other = {"texts": {key: text for key, text in texts.items() if key not in features}, **said}
    kept = {key: value for key, value in other.items() if value}
    return {**features, OTHER: json_of(kept)} if kept else features
