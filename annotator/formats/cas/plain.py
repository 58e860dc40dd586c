"""Plain values from feature structures, whatever they hold."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from math import isfinite
from typing import Any

from cassis.typesystem import FeatureStructure

from annotator.formats.cas.types import OTHER, TEXTS
from annotator.formats.parts.bodies import BadRecord, row_of
from annotator.formats.parts.strict_json import parsed

MAX_ELEMENTS = 10_000


@dataclass(frozen=True, slots=True)
class Said:
    """What one of our own structures says: its texts, further keys, and what else stood as JSON."""

    texts: dict[str, Any] = field(default_factory=dict)
    keys: dict[str, Any] = field(default_factory=dict)
    other: dict[str, Any] = field(default_factory=dict)


def said_by(fs: FeatureStructure) -> Said:
    """Read one of our own structures; raise BadRecord when it was damaged."""
    texts = {key: fs[key] for key in TEXTS[fs.type.name] if isinstance(fs[key], str)}
    json = fs[OTHER]
    other = row_of(parsed(json, "“other”"), "“other”") if isinstance(json, str) else {}
    for part in ("texts", "keys", "attributes", "progress"):
        if not isinstance(other.get(part, {}), dict):
            raise BadRecord(f"“{part}” in “other” is not an object")
    return Said({**texts, **other.get("texts", {})}, other.get("keys", {}), other)


def plain_value(value: Any) -> Any:
    """Return the value of a feature as JSON has it; None when it holds none."""
    if isinstance(value, bool | int | str):
        return value
    if isinstance(value, float):
        return value if isfinite(value) else None
    if isinstance(value, FeatureStructure):
        return ["" if item is None else item for item in _items(value) if _is_simple(item)]
    return None


def structures(value: Any) -> list[FeatureStructure]:
    """List the feature structures that a feature refers to: one, an array of them, or a list."""
    if not isinstance(value, FeatureStructure):
        return []
    items = list(_items(value)) if _is_collection(value) else [value]
    return [item for item in items if isinstance(item, FeatureStructure)]


def _is_simple(item: Any) -> bool:
    return item is None or isinstance(item, bool | int | str) or (isinstance(item, float) and isfinite(item))


def _is_collection(fs: FeatureStructure) -> bool:
    return any(hasattr(fs, name) for name in ("elements", "head")) or fs.type.name.startswith(
        "uima.cas.Empty"
    )


def _items(collection: FeatureStructure) -> Iterator[Any]:
    """Yield the items of an array or a list, of one that runs in a circle some."""
    elements = getattr(collection, "elements", None)
    if isinstance(elements, list):
        yield from elements
    node: Any = collection
    for _ in range(MAX_ELEMENTS):
        if not hasattr(node, "head"):
            return
        yield node.head
        node = node.tail
