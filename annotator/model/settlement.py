"""What settles a fork: an object that was changed on two machines, neither knowing of the other's change."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar

from annotator.model.change import ObjectKey
from annotator.model.records import Body, rest


@dataclass(frozen=True, slots=True)
class Settlement:
    """Says that somebody looked at the version that `change` gave an object, and chose."""

    KIND: ClassVar = "settlement"
    _KEYS: ClassVar = ("kind", "object", "change")

    kind: str
    object: str
    change: str
    extra: Mapping[str, Any] = field(default_factory=dict)

    @property
    def id(self) -> str:
        return settlement_id((self.kind, self.object), self.change)

    def to_body(self) -> dict[str, Any]:
        return {**self.extra, **{key: getattr(self, key) for key in self._KEYS}}

    @classmethod
    def from_body(cls, _id: str, body: Body) -> "Settlement":
        return cls(body["kind"], body["object"], body["change"], rest(body, cls._KEYS))


def settlement_id(key: ObjectKey, change: str) -> str:
    kind, object_id = key
    return f"{change}:{kind}:{object_id}"
