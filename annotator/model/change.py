"""The journal's values: what one person did at one time."""

import hashlib
import json
import os
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from json.encoder import encode_basestring
from typing import Any, ClassVar, Protocol

ObjectKey = tuple[str, str]
"""Kind and id of one object: ("annotation", "0197…")."""


class Recorded(Protocol):
    """What the journal keeps the bodies of."""

    KIND: ClassVar[str]

    @property
    def id(self) -> str: ...
    def to_body(self) -> dict[str, Any]: ...


@dataclass(frozen=True, slots=True)
class Revision:
    """The full new body of one object; None when it is deleted. `parent` is the change it replaces."""

    kind: str
    id: str
    body: Mapping[str, Any] | None
    parent: str | None = None

    @classmethod
    def of(cls, thing: Recorded) -> "Revision":
        """Make the revision that gives a thing its present body."""
        return cls(thing.KIND, thing.id, thing.to_body())

    @property
    def key(self) -> ObjectKey:
        return self.kind, self.id


@dataclass(frozen=True, slots=True)
class Draft:
    """What a service asks the project to write as one change.

    `action` is worded so that "Undo {action}" reads well: "tag as Claim". `texts` are article texts in
    canonical form that the revisions name by SHA-256. `id` is what the change is to be called, where its
    revisions name it.
    """

    action: str
    actor: str
    revisions: tuple[Revision, ...]
    undoes: str | None = None
    texts: tuple[str, ...] = ()
    id: str = ""


@dataclass(frozen=True, slots=True)
class Change:
    """One acknowledged change.

    `feed` is one installation writing to one copy of the file, `n` runs 1, 2, 3 … in it without a gap;
    `seq` is the Lamport number; `at` the wall time in UTC, for people only; `hash` chains it to the
    change before it in its feed.
    """

    id: str
    feed: str
    n: int
    seq: int
    actor: str
    at: str
    action: str
    undoes: str | None
    hash: str
    revisions: tuple[Revision, ...] = ()

    @property
    def rank(self) -> tuple[int, str]:
        """Order in which changes win: the highest rank's revision of an object is the current one."""
        return self.seq, self.id


def chain_hash(before: str, change: Change, bodies: Iterable[str] | None = None) -> str:
    """Hash a change (without its own hash) onto the hash before it in its feed.

    What is hashed are lines of JSON: the change, then for each revision what it is of and its body.
    `bodies` are those of the revisions as JSON, when they are at hand; they may be hundreds of megabytes.
    """
    chain = ChainHash(before, change)
    texts = (to_json(r.body) for r in change.revisions) if bodies is None else bodies
    for revision, text in zip(change.revisions, texts, strict=True):
        chain.add(revision, text)
    return chain.value()


class ChainHash:
    """The same hash, of a change whose revisions come one after another."""

    def __init__(self, before: str, change: Change) -> None:
        head = [
            *(before, change.id, change.feed, change.n, change.seq),
            *(change.actor, change.at, change.action, change.undoes),
        ]
        self._digest = hashlib.sha256(to_json(head).encode("utf-8", "surrogatepass"))

    def add(self, revision: Revision, text: str) -> None:
        """Take in the next revision by kind and id, with its body as JSON."""
        self._digest.update(f"\n{_key_json(revision)}\n{text}".encode("utf-8", "surrogatepass"))

    def value(self) -> str:
        return self._digest.hexdigest()


def _key_json(revision: Revision) -> str:
    """Write what a revision is of as `to_json` does, in a third of the time."""
    parent = "null" if revision.parent is None else encode_basestring(revision.parent)
    return f"[{encode_basestring(revision.kind)},{encode_basestring(revision.id)},{parent}]"


# Bodies are never circular, and not asking saves a tenth of an import.
_ENCODER = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"), check_circular=False)


def to_json(value: Any) -> str:
    """Write JSON the one way the journal hashes it: compact, keys sorted, no escapes."""
    return _ENCODER.encode(value)


def new_id() -> str:
    """Make a UUID of version 7 (RFC 9562): ids sort by the millisecond they were made in."""
    value = (time.time_ns() // 1_000_000) << 80 | int.from_bytes(os.urandom(10), "big")
    value = value & ~(0xF << 76) | 0x7 << 76
    value = value & ~(0x3 << 62) | 0x2 << 62
    digits = f"{value:032x}"
    return "-".join((digits[:8], digits[8:12], digits[12:16], digits[16:20], digits[20:]))
