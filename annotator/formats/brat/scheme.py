"""A scheme for a folder that has none of ours: from brat's configuration, and from what is in the files."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from annotator.formats.brat.conf_reading import Configuration, Relation, any_of
from annotator.model.scheme import Attribute, Scheme, SchemeError

_NUMBER = re.compile(r"-?\d{1,15}(\.\d{1,15})?")
MOST_CHOICES = 50
"""With more values than these, an attribute is text."""


@dataclass(slots=True)
class Seen:
    """What occurs in the files: labels with the values of their attributes, and links."""

    labels: dict[str, dict[str, list[Any]]] = field(default_factory=dict)
    links: dict[str, bool] = field(default_factory=dict)
    """Whether each type of link joins equivalent spans."""

    def mark(self, label: str, attributes: Mapping[str, Any]) -> None:
        known = self.labels.setdefault(label, {})
        for name, value in attributes.items():
            values = known.setdefault(name, [])
            if value not in values and len(values) <= MOST_CHOICES:
                values.append(value)

    def link(self, name: str, *, is_equivalence: bool = False) -> None:
        self.links[name] = self.links.get(name, False) or is_equivalence


def guessed_scheme(configuration: Configuration, seen: Seen) -> Scheme | None:
    """Make a scheme of all that can be in one; None when nothing can."""
    names = dict.fromkeys((*configuration.labels, *seen.labels))
    labels = [row for name in names if _is_sound(row := _label(name, configuration, seen))]
    known = {row["id"] for row in labels}
    links = [_link(name, configuration, seen, known) for name in {**configuration.relations, **seen.links}]
    sound = [row for row in links if _is_sound({"id": "x"}, row)]
    return _scheme(labels, sound) if labels else None


def _label(name: str, configuration: Configuration, seen: Seen) -> dict[str, Any]:
    found = seen.labels.get(name, {})
    listed = {
        attribute: values
        for attribute, (labels, values) in configuration.attributes.items()
        if name in labels or any_of(labels)
    }
    attributes = [
        _attribute(attribute, listed.get(attribute, ()), found.get(attribute, []))
        for attribute in dict.fromkeys((*listed, *found))
    ]
    return {
        "id": name,
        "title": configuration.titles.get(name, name),
        "colour": configuration.colours.get(name, "#6b7484"),
        "attributes": [row for row in attributes if row],
    }


def _attribute(name: str, listed: tuple[str, ...], found: list[Any]) -> dict[str, Any]:
    """Guess the kind of an attribute; without listed values it is a flag, unless other values occur."""
    every = [item for value in found for item in (value if isinstance(value, list) else [value])]
    words = list(dict.fromkeys((*listed, *(value for value in every if isinstance(value, str) and value))))
    if not words:
        return {"name": name, "kind": "flag"} if all(value is True for value in every) else {}
    if len(words) > max(MOST_CHOICES, len(listed)):
        return {"name": name, "kind": "text"}
    kind = "choices" if any(isinstance(value, list) for value in found) else "choice"
    return {"name": name, "kind": kind, "values": words}


def _link(name: str, configuration: Configuration, seen: Seen, labels: set[str]) -> dict[str, Any]:
    relation = configuration.relations.get(name, Relation())
    is_group = relation.transitive or seen.links.get(name, False)
    ends = [
        [] if any_of(types) or not types <= labels else sorted(types)
        for types in (relation.sources, relation.targets)
    ]
    return {
        "id": name,
        "from": ends[0],
        "to": ends[1],
        "symmetric": is_group or relation.symmetric,
        **({"transitive": True} if is_group else {}),
    }


def _is_sound(label: dict[str, Any], link: dict[str, Any] | None = None) -> bool:
    """Say whether a scheme can have a label, or a link between any labels."""
    free = [{**link, "from": [], "to": []}] if link else []
    return _scheme([label], free) is not None


def _scheme(labels: list[dict[str, Any]], links: list[dict[str, Any]]) -> Scheme | None:
    try:
        return Scheme.from_body(
            {"scheme": {"id": "brat", "title": "brat"}, "label": labels, "link": links, "entity": []}
        )
    except SchemeError:
        return None


def converted(attribute: Attribute | None, value: str) -> Any:
    """Read the value of an attribute's line as the scheme says what kind it is."""
    if attribute is None:
        return value
    if attribute.kind == "flag" and value.lower() in ("true", "false"):
        return value.lower() == "true"
    if attribute.kind == "number" and _NUMBER.fullmatch(value):
        return float(value) if "." in value else int(value)
    return [value] if attribute.kind == "choices" else value
