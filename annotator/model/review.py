"""What reviewing adds: verdicts on an annotator's work and answers to them, rulings, assignments, rounds."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar, Literal, get_args

from annotator.model.records import Body, rest

Decision = Literal["accept", "reject", "change"]
DECISIONS: tuple[Decision, ...] = get_args(Decision)

Reason = Literal["", "wrong label", "boundary", "value", "missed", "over-marked", "other"]
REASONS: tuple[Reason, ...] = get_args(Reason)

GOLD = "gold"
"""The layer of adjudicated work. It has "done" an article once nothing is left to decide of it."""

Way = Literal["unanimous", "majority", "adjudicated", "single"]
WAYS: tuple[Way, ...] = get_args(Way)
"""How a gold annotation came to be: all agreed, most did, a person chose or edited, one annotator's alone."""


ORIGINS: dict[str, Way] = {f"gold: {way}": way for way in WAYS}
"""What the origin of a gold annotation says."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """A reviewer's decision on one annotation of `layer`, at the revision that was read.

    Without an annotation it is about a span that the annotator missed; `proposed` then says which. For
    "change", `proposed` holds the keys of an annotation's body that ought to be otherwise (`label`,
    `fragments`, `attributes`). It never alters the annotator's own work.
    """

    KIND: ClassVar = "verdict"
    _KEYS: ClassVar = (
        *("article", "annotation", "layer", "reviewer", "decision", "reason", "comment"),
        *("revision", "proposed"),
    )

    id: str
    article: str
    annotation: str
    layer: str
    reviewer: str
    decision: Decision
    reason: Reason = ""
    comment: str = ""
    revision: str = ""
    """The change that gave the annotation the body which was read."""
    proposed: Body = field(default_factory=dict)
    extra: Body = field(default_factory=dict)

    def to_body(self) -> dict[str, Any]:
        return {**self.extra, **{key: getattr(self, key) for key in self._KEYS}}

    @classmethod
    def from_body(cls, verdict_id: str, body: Body) -> "Verdict":
        return cls(
            *(verdict_id, body["article"], body["annotation"], body["layer"], body["reviewer"]),
            *(body["decision"], body.get("reason", ""), body.get("comment", "")),
            *(body.get("revision", ""), body.get("proposed", {}), rest(body, cls._KEYS)),
        )


@dataclass(frozen=True, slots=True)
class Reply:
    """The annotator's answer to a verdict; `settled` once both can leave it at that. One for each verdict."""

    KIND: ClassVar = "reply"
    _KEYS: ClassVar = ("verdict", "article", "annotator", "comment", "settled")

    verdict: str
    article: str
    annotator: str
    comment: str = ""
    settled: bool = False
    extra: Body = field(default_factory=dict)

    @property
    def id(self) -> str:
        return f"{self.verdict}:{self.annotator}"

    def to_body(self) -> dict[str, Any]:
        return {**self.extra, **{key: getattr(self, key) for key in self._KEYS}}

    @classmethod
    def from_body(cls, _id: str, body: Body) -> "Reply":
        said = (body["verdict"], body["article"], body["annotator"])
        return cls(*said, body.get("comment", ""), body.get("settled", False), rest(body, cls._KEYS))


@dataclass(frozen=True, slots=True)
class Ruling:
    """What an adjudicator decided of annotations that compete: a gold annotation, or nothing.

    `sources` maps each annotation that was looked at to the change that gave it the body which was read:
    once an annotator changes theirs, the ruling is no longer about what stands.
    """

    KIND: ClassVar = "ruling"
    _KEYS: ClassVar = ("article", "adjudicator", "sources", "gold", "way", "comment")

    id: str
    article: str
    adjudicator: str
    sources: Mapping[str, str]
    gold: str = ""
    """The gold annotation; "" when all were rejected."""
    way: Way = "adjudicated"
    comment: str = ""
    extra: Body = field(default_factory=dict)

    def to_body(self) -> dict[str, Any]:
        body = {**self.extra, **{key: getattr(self, key) for key in self._KEYS}}
        return {**body, "sources": dict(self.sources)}

    @classmethod
    def from_body(cls, ruling_id: str, body: Body) -> "Ruling":
        return cls(
            *(ruling_id, body["article"], body["adjudicator"], body["sources"]),
            *(body.get("gold", ""), body.get("way", "adjudicated"), body.get("comment", "")),
            rest(body, cls._KEYS),
        )


@dataclass(frozen=True, slots=True)
class Round:
    """A stretch of work that articles are dealt out for; in a blind one nobody gets the others' spans."""

    KIND: ClassVar = "round"
    _KEYS: ClassVar = ("title", "blind", "ended")

    id: str
    title: str
    blind: bool = False
    ended: bool = False
    extra: Body = field(default_factory=dict)

    def to_body(self) -> dict[str, Any]:
        return {**self.extra, **{key: getattr(self, key) for key in self._KEYS}}

    @classmethod
    def from_body(cls, round_id: str, body: Body) -> "Round":
        said = (body["title"], body.get("blind", False), body.get("ended", False))
        return cls(round_id, *said, rest(body, cls._KEYS))


@dataclass(frozen=True, slots=True)
class Assignment:
    """An article that an annotator is to read, in a round or ("") outside of any."""

    KIND: ClassVar = "assignment"
    _KEYS: ClassVar = ("article", "annotator", "round")

    article: str
    annotator: str
    round: str = ""
    extra: Body = field(default_factory=dict)

    @property
    def id(self) -> str:
        return f"{self.article}:{self.annotator}"

    def to_body(self) -> dict[str, Any]:
        return {**self.extra, **{key: getattr(self, key) for key in self._KEYS}}

    @classmethod
    def from_body(cls, _id: str, body: Body) -> "Assignment":
        return cls(body["article"], body["annotator"], body.get("round", ""), rest(body, cls._KEYS))


Reviewing = Verdict | Reply | Ruling | Round | Assignment
KINDS: tuple[type[Reviewing], ...] = (Verdict, Reply, Ruling, Round, Assignment)
