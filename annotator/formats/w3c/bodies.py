"""What a Web Annotation says of its target: labels, a note, things referred to; and who says it."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from annotator.formats.w3c.selectors import kinds_of, listed, local

_LABELLING = ("tagging", "classifying")
_ACCOUNT = re.compile(r"acct:([^@]+)@.*")


@dataclass(slots=True)
class Said:
    """What an annotation says."""

    labels: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    references: list[str] = field(default_factory=list)
    """Addresses of what a label or its target is."""
    linked: list[str] = field(default_factory=list)


def motivations(item: Mapping[str, Any]) -> list[str]:
    return [local(name) for name in listed(item.get("motivation")) if isinstance(name, str)]


def said_of(item: Mapping[str, Any]) -> Said:
    """Gather what the bodies of an annotation say, each for its purpose; also as Hypothesis writes it."""
    said, motives = Said(), motivations(item)
    default = next((motive for motive in motives if motive in (*_LABELLING, "linking")), "commenting")
    for body in (*_bodies(item.get("body")), *_texts(item.get("bodyValue")), *_texts(item.get("text"))):
        _take(body, default, said)
    said.labels += [tag for tag in listed(item.get("tags")) if isinstance(tag, str) and tag.strip()]
    if not said.labels:
        said.labels.append(motives[0] if motives else "commenting" if said.notes else "highlighting")
    return said


def layer_of(item: Mapping[str, Any]) -> str:
    """Name whoever made an annotation; "" when it doesn't say."""
    creator = next(iter(listed(item.get("creator", item.get("user")))), "")
    if isinstance(creator, dict):
        names = (creator.get(key) for key in ("name", "nickname", "nick", "id", "@id"))
        creator = next((name for name in map(_first, names) if isinstance(name, str) and name), "")
    account = _ACCOUNT.fullmatch(creator) if isinstance(creator, str) else None
    return account[1] if account else _last(creator) if isinstance(creator, str) else ""


def _bodies(value: Any) -> Iterator[Any]:
    """Yield bodies; of a choice the first, which is the one to take."""
    for body in listed(value):
        if isinstance(body, dict) and "Choice" in kinds_of(body):
            yield from listed(body.get("items"))[:1]
        elif isinstance(body, dict) and {"Composite", "List", "Independents"} & kinds_of(body):
            yield from listed(body.get("items"))
        else:
            yield body


def _texts(value: Any) -> list[dict[str, Any]]:
    return [{"type": "TextualBody", "value": value}] if isinstance(value, str) and value else []


def _take(body: Any, default: str, said: Said) -> None:
    row = body if isinstance(body, dict) else {"source": body}
    purposes = [local(name) for name in listed(row.get("purpose")) if isinstance(name, str)]
    purpose = next(iter(purposes), default)
    value, address = row.get("value"), address_of(row)
    if purpose in _LABELLING and isinstance(value, str) and value.strip():
        said.labels.append(value)
    elif purpose in _LABELLING and address:
        said.labels.append(_last(address))
        said.references.append(address)
    elif purpose == "linking" and address:
        said.linked.append(address)
    elif purpose == "identifying" and address:
        said.references.append(address)
    elif isinstance(value, str) and value:
        said.notes.append(value)
    elif address:
        said.notes.append(address)


def address_of(thing: Any) -> str:
    """Return the address of a resource, or of the source of a part of one; "" when it has none."""
    for key in ("source", "id"):
        if isinstance(thing, dict):
            thing = thing.get(key, thing.get("@id") if key == "id" else thing)
    return thing if isinstance(thing, str) else ""


def _first(value: Any) -> Any:
    return next(iter(listed(value)), "")


def _last(address: str) -> str:
    """Take the last part of an address, which names something; of other words, all."""
    is_address = bool(re.match(r"[a-z][a-z0-9+.-]*:", address))
    return next((part for part in re.split(r"[#/:]", address)[::-1] if part), "") if is_address else address
