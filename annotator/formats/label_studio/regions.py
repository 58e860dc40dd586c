"""The regions of one annotation of Label Studio: spans, what is said of them, and relations."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from annotator.formats.label_studio.config import Controls, value_of, words_of
from annotator.formats.label_studio.format import OWN
from annotator.formats.parts import bodies
from annotator.formats.parts.bodies import BadRecord
from annotator.formats.parts.plain_values import Shelf
from annotator.model.figure import figure_problem

Say = Callable[[str], None]
Row = Mapping[str, Any]

_LABELLED = "labels"


@dataclass(slots=True)
class Region:
    """A place in the text with its labels, and the results that say more of it."""

    id: str
    start: int
    stop: int
    words: str
    labels: list[str]
    note: str
    kept: Row | None
    """What we kept with it; None for a region that is not ours."""
    more: list[Row] = field(default_factory=list)


@dataclass(slots=True)
class Regions:
    """The results of one annotation, sorted."""

    spans: list[Region] = field(default_factory=list)
    relations: list[Row] = field(default_factory=list)


def regions_of(annotation: Row, left: Counter[str], say: Say) -> Regions:
    """Sort the results of an annotation; what marks no place in a text is counted."""
    found = Regions()
    said: list[Row] = []
    for result in bodies.rows_of(annotation, "result"):
        value = result.get("value") if isinstance(result, dict) else None
        if not isinstance(result, dict) or not (isinstance(value, dict) or result.get("type") == "relation"):
            say("a region was left out: it is not an object with a value")
        elif result.get("type") == "relation":
            found.relations.append(result)
        elif not str(result.get("type")).endswith(_LABELLED):
            said.append(result)
        elif not _is_text(result):
            left[str(result.get("type"))[:80]] += 1
        else:
            found.spans.append(_region(result))
    _share_out(said, found.spans, left)
    return found


def _is_text(result: Row) -> bool:
    """Say whether a region stands between two characters of a text, not in a page, a picture or a talk."""
    places = [result["value"].get(name) for name in ("start", "end")]
    whole = all(isinstance(place, int) and not isinstance(place, bool) for place in places)
    return whole and result.get("type") == _LABELLED and isinstance(result["value"].get(_LABELLED), list)


def _region(result: Row) -> Region:
    value, meta = result["value"], result.get("meta")
    words, note = value.get("text"), meta.get("text", "") if isinstance(meta, dict) else ""
    lines = note if isinstance(note, list) else [note]
    return Region(
        str(result.get("id") or ""),
        value["start"],
        value["end"],
        words if isinstance(words, str) else "",
        [label for label in value[_LABELLED] if isinstance(label, str) and label.strip()],
        "\n".join(line for line in lines if isinstance(line, str)),
        kept_of(result),
    )


def kept_of(result: Row) -> Row | None:
    """Return what we kept with a region or a relation; None for one that is not ours."""
    meta = result.get("meta")
    kept = meta.get(OWN) if isinstance(meta, dict) else None
    return kept if isinstance(kept, dict) else None


def _share_out(said: list[Row], spans: list[Region], left: Counter[str]) -> None:
    """Give each result to the region with its id, or else to the only one that it can be of."""
    by_id = {span.id: span for span in reversed(spans) if span.id}
    by_place: dict[tuple[Any, Any], list[Region]] = {}
    for span in spans:
        if not span.id:
            by_place.setdefault((span.start, span.stop), []).append(span)
    for result in said:
        value = result["value"]
        there = by_place.get((_key(value, "start"), _key(value, "end")), [])
        home = by_id.get(str(result.get("id"))) or _only(there, str(result.get("from_name")))
        if home:
            home.more.append(result)
        else:
            left["answers about whole texts"] += 1


def _only(spans: list[Region], control: str) -> Region | None:
    """Return the only region of a place, or of several the one whose label the control is called by."""
    called = [span for span in spans if any(control.startswith(f"{label}.") for label in span.labels)]
    fitting = spans if len(spans) == 1 else called
    return fitting[0] if len(fitting) == 1 else None


def _key(value: Row, name: str) -> int | None:
    found = value.get(name)
    return found if isinstance(found, int) else None


class Reader:
    """Reads what is said of regions by the controls of the configuration, or by their names without one."""

    def __init__(self, controls: Controls, several: set[str]) -> None:
        self._controls, self._several = controls, several

    def attributes(self, region: Region, label: str, say: Say) -> dict[str, Any]:
        """Return the values of a region, those in controls before those that were kept beside."""
        kept = region.kept or {}
        values = Shelf().values(kept.get("attributes", {}))
        figures: dict[str, dict[str, Any]] = {}
        for result in region.more:
            name, words = str(result.get("from_name", ""))[: bodies.MAX_NAME], words_of(result["value"])
            owner, attribute, part = self._controls.names.get(name, ("", None, ""))
            if words is None or words == []:
                continue
            if attribute is None or owner != label:
                values[name.removeprefix(f"{label}.") or "answer"] = self._plain(name, words)
            elif part:
                figures.setdefault(attribute.name, {})[part] = words
            else:
                values[attribute.name] = value_of(attribute, {"": words})
        values |= dict(self._figures(label, figures, say))
        return values | dict(_entities(kept, values))

    def _plain(self, name: str, words: Any) -> Any:
        """Take a single choice as such, unless the control was seen with several."""
        single = isinstance(words, list) and len(words) == 1 and name not in self._several
        return words[0] if single else words

    def _figures(
        self, label: str, figures: Mapping[str, dict[str, Any]], say: Say
    ) -> Iterator[tuple[str, Any]]:
        for attribute in self._controls.held(label):
            if attribute.name in figures:
                figure = value_of(attribute, figures[attribute.name])
                problem = figure_problem(figure)
                if problem:
                    say(f"“{attribute.name}” of a span of “{label[:80]}” was left out: {problem}")
                else:
                    yield attribute.name, figure


def _entities(kept: Row, values: Row) -> Iterator[tuple[str, Any]]:
    """Put the id of an entity in the place of its name, unless somebody wrote another name."""
    for name, entity in shelved(kept).items():
        if isinstance(entity, dict) and values.get(name) == entity.get("name"):
            yield name, Shelf().values({name: entity})[name]


def shelved(kept: Row) -> dict[str, Any]:
    """Return the entities that were kept with a region, by the attribute that refers to them."""
    entities = kept.get("entities", {})
    if not isinstance(entities, dict):
        raise BadRecord("“entities” is not an object")
    return entities
