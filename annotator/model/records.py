"""The things a project holds. Each becomes a JSON body and comes back from one.

A body keeps keys this version doesn't know (`extra`), so a newer colleague's file loses nothing.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, ClassVar, Literal, get_args

from annotator.model.anchor import Anchor, anchor, stands
from annotator.model.span import Fragments, Span, hull

Body = Mapping[str, Any]

ArticleState = Literal["to do", "reading", "done", "skipped"]
STATES: tuple[ArticleState, ...] = get_args(ArticleState)
RECORDED_STATES: tuple[ArticleState, ...] = ("done", "skipped")
"""What is recorded; "reading" is an article with work of one's own, "to do" one without."""


@dataclass(frozen=True, slots=True)
class Article:
    """One article without its text, which the project holds once by its SHA-256."""

    KIND: ClassVar = "article"
    _KEYS: ClassVar = ("sha256", "title", "outlet", "author", "published", "url", "language")

    id: str
    sha256: str
    title: str = ""
    outlet: str = ""
    author: str = ""
    published: str = ""
    """Date as ISO 8601 (EDTF level 0): 2016-09-21, 2016-09 or 2016."""
    url: str = ""
    language: str = ""
    extra: Body = field(default_factory=dict)

    def to_body(self) -> dict[str, Any]:
        return {**self.extra, **{key: getattr(self, key) for key in self._KEYS}}

    @classmethod
    def from_body(cls, article_id: str, body: Body) -> "Article":
        described = {key: body.get(key, "") for key in cls._KEYS}
        return cls(id=article_id, **described, extra=rest(body, cls._KEYS))


@dataclass(frozen=True, slots=True)
class Annotation:
    """A label on one or more fragments of an article, in one annotator's layer.

    `attributes` maps attribute names to JSON values: text for choice, text, date (EDTF) and entity (its
    id), a list of words for choices, a number, true or false, a figure's body.
    """

    KIND: ClassVar = "annotation"
    _KEYS: ClassVar = frozenset(
        (
            *("article", "layer", "label", "fragments", "exact", "prefix", "suffix"),
            *("attributes", "note", "origin", "scheme", "sources"),
        )
    )

    id: str
    article: str
    layer: str
    label: str
    fragments: Fragments
    anchor: Anchor
    attributes: Body = field(default_factory=dict)
    note: str = ""
    origin: str = "hand"
    """"hand", "import: FILE", "rule: NAME VERSION", or in the gold layer "gold: WAY"."""
    scheme: str = ""
    extra: Body = field(default_factory=dict)
    sources: tuple[str, ...] = ()
    """The annotations that one of the gold layer came from."""

    @property
    def hull(self) -> Span:
        return hull(self.fragments)

    @property
    def words(self) -> str:
        """The marked words, fragments joined by an ellipsis."""
        return " … ".join(self.anchor.exact)

    def stands_in(self, text: str) -> bool:
        """Say whether every fragment still marks exactly its words."""
        return stands(text, self.fragments, self.anchor.exact)

    def placed(self, text: str, fragments: Fragments) -> "Annotation":
        """Return this annotation on other fragments of its article's text."""
        return replace(self, fragments=fragments, anchor=anchor(text, fragments))

    def to_body(self) -> dict[str, Any]:
        return {
            **self.extra,
            "article": self.article,
            "layer": self.layer,
            "label": self.label,
            "fragments": [[f.start, f.stop] for f in self.fragments],
            "exact": list(self.anchor.exact),
            "prefix": self.anchor.prefix,
            "suffix": self.anchor.suffix,
            "attributes": dict(self.attributes),
            "note": self.note,
            "origin": self.origin,
            "scheme": self.scheme,
            **({"sources": list(self.sources)} if self.sources else {}),
        }

    @classmethod
    def from_body(cls, annotation_id: str, body: Body) -> "Annotation":
        """Read an annotation back; raise KeyError, TypeError or ValueError when the body isn't one."""
        return cls(
            annotation_id,
            body["article"],
            body["layer"],
            body["label"],
            tuple([Span(start, stop) for start, stop in body["fragments"]]),
            Anchor(tuple(body["exact"]), body.get("prefix", ""), body.get("suffix", "")),
            body.get("attributes", {}),
            body.get("note", ""),
            body.get("origin", ""),
            body.get("scheme", ""),
            rest(body, cls._KEYS),
            tuple(body.get("sources", ())),
        )


@dataclass(frozen=True, slots=True)
class Link:
    """A typed relation from one annotation to another, in one annotator's layer."""

    KIND: ClassVar = "link"
    _KEYS: ClassVar = ("layer", "type", "source", "target", "attributes")

    id: str
    layer: str
    type: str
    source: str
    target: str
    attributes: Body = field(default_factory=dict)
    extra: Body = field(default_factory=dict)

    def to_body(self) -> dict[str, Any]:
        return {**self.extra, **{key: getattr(self, key) for key in self._KEYS}}

    @classmethod
    def from_body(cls, link_id: str, body: Body) -> "Link":
        return cls(
            link_id,
            body["layer"],
            body["type"],
            body["source"],
            body["target"],
            body.get("attributes", {}),
            rest(body, cls._KEYS),
        )


@dataclass(frozen=True, slots=True)
class Entity:
    """A named thing that annotations refer to. One merged into another only points at it."""

    KIND: ClassVar = "entity"
    _KEYS: ClassVar = ("kind", "name", "attributes", "note", "merged_into")

    id: str
    kind: str
    name: str
    attributes: Body = field(default_factory=dict)
    note: str = ""
    merged_into: str = ""
    extra: Body = field(default_factory=dict)

    def to_body(self) -> dict[str, Any]:
        return {**self.extra, **{key: getattr(self, key) for key in self._KEYS}}

    @classmethod
    def from_body(cls, entity_id: str, body: Body) -> "Entity":
        return cls(
            entity_id,
            body["kind"],
            body["name"],
            body.get("attributes", {}),
            body.get("note", ""),
            body.get("merged_into", ""),
            rest(body, cls._KEYS),
        )


@dataclass(frozen=True, slots=True)
class Progress:
    """How far one annotator is with one article; "done" without spans is "read, nothing here"."""

    KIND: ClassVar = "progress"
    _KEYS: ClassVar = ("article", "annotator", "state")

    article: str
    annotator: str
    state: ArticleState
    extra: Body = field(default_factory=dict)

    @property
    def id(self) -> str:
        return progress_id(self.article, self.annotator)

    def to_body(self) -> dict[str, Any]:
        return {**self.extra, **{key: getattr(self, key) for key in self._KEYS}}

    @classmethod
    def from_body(cls, _id: str, body: Body) -> "Progress":
        return cls(body["article"], body["annotator"], body["state"], rest(body, cls._KEYS))


def progress_id(article: str, annotator: str) -> str:
    return f"{article}:{annotator}"


def rest(body: Body, known: Collection[str]) -> dict[str, Any]:
    """Pick the keys of a body that this version doesn't know."""
    return {key: value for key, value in body.items() if key not in known}
