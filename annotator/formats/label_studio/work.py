"""The annotations and links of one task of Label Studio."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from annotator.formats.label_studio.regions import Reader, Region, kept_of, regions_of
from annotator.formats.label_studio.tasks import Task, is_cancelled, layer_of
from annotator.formats.parts import bodies
from annotator.formats.parts.bodies import BadRecord
from annotator.formats.parts.derived_ids import derived_id
from annotator.formats.parts.quoted_places import Places
from annotator.model.records import Annotation, Link, Progress

Say = Callable[[str], None]
Row = Mapping[str, Any]

_NO_TYPE = "related"


class Work:
    """What is read of one task."""

    def __init__(self, reader: Reader, places: Places, article: str, say: Say) -> None:
        self.annotations: list[Annotation] = []
        self.links: list[Link] = []
        self._ours: set[str] = set()
        self._reader, self._places, self._article, self._say = reader, places, article, say

    def take(self, annotation: Any, number: int, left: Counter[str]) -> None:
        """Add the regions and relations of one annotation object."""
        try:
            if not isinstance(annotation, dict):
                raise BadRecord("it is not an object")
            found = regions_of(annotation, left, self._say)
        except BadRecord as error:
            self._say(f"annotation {number} was left out: {error}")
            return
        layer, origin = layer_of(annotation), annotation.get("origin", "")
        ids: dict[str, str] = {}
        for region in found.spans:
            own = self._id(region, str(annotation.get("id") or number))
            ids.setdefault(region.id, own)
            self._take_region(region, {"id": own, "layer": layer, "origin": origin})
        for relation in found.relations:
            for row in _links(relation, ids, layer):
                self._take_link(row)

    def take_links(self, task: Task) -> None:
        """Add the links that were kept with the task: those that lie in no one annotation object."""
        for row in bodies.rows_of(task.kept, "links"):
            self._take_link(row)

    def _id(self, region: Region, annotation: str) -> str:
        """Keep an id of ours, but not in a copy; of others, which repeat, make one that stays the same."""
        is_ours = region.kept is not None and region.id not in self._ours
        if is_ours:
            self._ours.add(region.id)
        if is_ours or not region.id:
            return region.id
        return derived_id(self._article, annotation, region.id)

    def _take_region(self, region: Region, said: Row) -> None:
        if not region.labels:
            self._say(f"a region was left out: it has no label (“{region.words[:40]}”)")
        start, stop, words = self._places.place(region.start, region.stop, region.words)
        place = {"fragments": [[start, stop]], "exact": [words] if words else []}
        for number, label in enumerate(region.labels, 1):
            own = said["id"] if number == 1 or not said["id"] else f"{said['id']}-{number}"
            try:
                row = {
                    **self._said(region, label),
                    **place,
                    "id": own,
                    "layer": said["layer"],
                    "label": label,
                }
                row["origin"] = row.get("origin") or said["origin"]
                self.annotations.append(bodies.annotation(row, self._article))
            except BadRecord as error:
                self._say(f"a span of “{label[:80]}” was left out: {error}")

    def _said(self, region: Region, label: str) -> dict[str, Any]:
        kept = region.kept or {}
        return {
            **bodies.row_of(kept.get("extra", {}), "“extra”"),
            **{key: kept[key] for key in ("origin", "scheme") if key in kept},
            "attributes": self._reader.attributes(region, label, self._say),
            "note": region.note,
        }

    def _take_link(self, row: Any) -> None:
        try:
            self.links.append(bodies.link(row))
        except BadRecord as error:
            self._say(f"a link was left out: {error}")


def _links(relation: Row, ids: Mapping[str, str], layer: str) -> Iterator[Row]:
    """Yield a link for each label of a relation."""
    kept = kept_of(relation) or {}
    extra, attributes = kept.get("extra", {}), kept.get("attributes", {})
    ends = [ids.get(str(relation.get(end)), "") for end in ("from_id", "to_id")]
    source, target = reversed(ends) if relation.get("direction") == "left" else ends
    labels = relation.get("labels")
    names = [name for name in labels if isinstance(name, str)] if isinstance(labels, list) else []
    for number, name in enumerate(names or [_NO_TYPE]):
        own = {"id": kept.get("id", "")} if number == 0 else {}
        said = {**(extra if isinstance(extra, dict) else {}), **own, "attributes": attributes}
        yield {**said, "layer": layer, "type": name, "source": source, "target": target}


def progress_of(task: Task, article: str, say: Say) -> tuple[Progress, ...] | None:
    """Say who has done or skipped a task; None when some of the work is nobody's by name.

    What we kept is renewed by what users of Label Studio have done since.
    """
    rows: list[Any] = list(bodies.rows_of(task.kept, "progress"))
    work = [a for a in task.annotations if isinstance(a, dict)]
    if "progress" in task.kept:
        work = [a for a in work if a.get("completed_by") is not None]
    named = {layer_of(a): "skipped" if is_cancelled(a) else "done" for a in work}
    if "" in named:
        return None
    found: dict[str, Progress] = {}
    for row in [*rows, *({"annotator": layer, "state": state} for layer, state in named.items())]:
        try:
            progress = bodies.progress(row, article)
            found[progress.annotator] = progress
        except BadRecord as error:
            say(f"who has read the article was left out: {error}")
    return tuple(found.values())
