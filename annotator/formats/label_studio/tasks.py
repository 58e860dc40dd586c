"""One task of Label Studio in the same shape, whichever export it comes from."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from annotator.formats.label_studio.config import TEXT
from annotator.formats.label_studio.format import OWN
from annotator.formats.parts import bodies
from annotator.formats.parts.bodies import BadRecord

_NOT_DATA = frozenset(
    {"id", "annotator", "annotation_id", "created_at", "updated_at", "lead_time", "agreement"}
)
_URL = re.compile(r"(https?|s3|gs|azure-blob)://\S+|/data/\S+")
_USERNAME = re.compile(r"\s*(.*?),\s*\d+\s*", re.DOTALL)

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Task:
    """The data of a task, the annotations in it and what we kept with it."""

    data: Row
    annotations: list[Any] = field(default_factory=list)
    predictions: list[Any] = field(default_factory=list)
    kept: Row = field(default_factory=dict)


def task_of(item: Any) -> Task:
    """Take a task from a full or a minimal export, or an annotation that was stored with its task."""
    if not isinstance(item, dict):
        raise BadRecord("it is not an object")
    task = item.get("task")
    if isinstance(item.get("data"), dict):
        meta = item.get("meta")
        kept = meta.get(OWN) if isinstance(meta, dict) else None
        annotations = bodies.rows_of(item, "annotations") or bodies.rows_of(item, "completions")
        return Task(
            item["data"],
            annotations,
            bodies.rows_of(item, "predictions"),
            kept if isinstance(kept, dict) else {},
        )
    if isinstance(task, dict) and isinstance(task.get("data"), dict):
        return Task(task["data"], [item])
    return _minimal(item)


def _minimal(item: Row) -> Task:
    """Turn an item of a minimal export into a task: its regions stand under the names of their controls."""
    data, result = {}, []
    for name, value in item.items():
        regions = (
            [v for v in value if isinstance(v, dict) and "start" in v] if isinstance(value, list) else []
        )
        result += [_result(name, region) for region in regions]
        if not regions and name not in _NOT_DATA:
            data[name] = value
    annotation = {"id": item.get("annotation_id"), "completed_by": item.get("annotator"), "result": result}
    return Task(data, [annotation] if result or "annotation_id" in item else [])


def _result(name: str, region: Row) -> dict[str, Any]:
    kind = next((key for key in region if key.endswith("labels")), "")
    return {"from_name": name, "type": kind, "value": region}


def text_of(task: Task, keys: Iterable[str], quotes: Iterable[str]) -> str:
    """Return the text of a task: the field of the configuration, “text”, or the one with the quoted words."""
    texts = {name: value for name, value in task.data.items() if isinstance(value, str)}
    named = next((texts[key] for key in (*keys, TEXT) if texts.get(key, "").strip()), None)
    if named is None:
        wanted = list(quotes)
        said = [text for text in texts.values() if text.strip()]
        named = max(said, key=lambda text: (sum(q in text for q in wanted), len(text)), default=None)
    if named is None:
        raise BadRecord("it has no text")
    if _URL.fullmatch(named.strip()):
        raise BadRecord(f"its text is not in the file but at {named.strip()[:200]}; export it with its text")
    return named


def layer_of(annotation: Row) -> str:
    """Name whose annotation it is: an address, a name, or the number of a user."""
    by = annotation.get("completed_by")
    username = annotation.get("created_username")
    if isinstance(username, str) and username.strip():
        # Label Studio adds the number of the user; ours has no user.
        found = _USERNAME.fullmatch(username) if by is not None else None
        return (found[1] if found else username).strip() if by is not None else username
    if isinstance(by, dict):
        names = [by.get(key) for key in ("first_name", "last_name")]
        full = " ".join(name for name in names if isinstance(name, str) and name.strip())
        address = by.get("email")
        by = address if isinstance(address, str) and address.strip() else full or by.get("id")
    if isinstance(by, str) and by not in ("", "None", "{}"):
        return by.strip()
    return f"annotator {by}" if isinstance(by, int) and not isinstance(by, bool) else ""


def is_cancelled(annotation: Row) -> bool:
    return annotation.get("was_cancelled") is True or annotation.get("skipped") is True
