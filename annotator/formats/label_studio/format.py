"""Label Studio JSON: an array of tasks, with the configuration that it needs and a note on both.

An article is a task, an annotator's work in it one annotation. Offsets count code points. Where Label
Studio has no place for something, it stands in `meta` of its task, region or relation under "annotator".
Reading is in `label_studio_reading.py`.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from annotator.formats.dataset import ArticleRecord, Dataset, Header, OpenPart, Remark
from annotator.formats.label_studio.config import LABELS, TEXT, Controls, Value, config
from annotator.formats.label_studio.note import note
from annotator.formats.losses import Lost
from annotator.formats.parts import bodies
from annotator.formats.parts.plain_values import Shelf
from annotator.model.change import to_json
from annotator.model.records import Annotation, Link
from annotator.model.scheme import Label, Scheme

OWN = "annotator"
"""The key of `meta` that ours stands under."""

DESCRIBED = ("title", "outlet", "author", "published", "url", "language")
GOLD = "gold"


def read(path: Path, scheme: Scheme, remark: Remark) -> Dataset:
    """Read an export of Label Studio, full or minimal."""
    from annotator.formats.label_studio import reading as label_studio_reading

    return label_studio_reading.read(path, scheme, remark)


def write(dataset: Dataset, open_part: OpenPart) -> None:
    """Write the tasks as they come, then the configuration that fits them."""
    scheme = dataset.header.scheme or Scheme("", 1, "")
    tasks = _Tasks(scheme, Shelf(dataset.header.entities))
    out, between = open_part(""), b"[\n"
    for record in dataset:
        # A lone surrogate, which no UTF-8 holds, becomes its JSON escape.
        out.write(between + tasks.task(record).encode("utf-8", "backslashreplace"))
        between = b",\n"
    out.write(b"[]\n" if between == b"[\n" else b"\n]\n")
    labels = [*scheme.labels, *(Label(name, name) for name in sorted(tasks.unknown_labels))]
    open_part("config.xml").write(config(Controls(labels), scheme.links, sorted(tasks.unknown_links)))
    open_part("import.txt").write(note(scheme).encode("utf-8", "backslashreplace"))


def lost_of_header(header: Header) -> Iterator[Lost]:
    """Name what neither tasks nor configuration hold of the project."""
    scheme = header.scheme
    if scheme:
        yield "version of the scheme", scheme.stamp
    for link in scheme.links if scheme else ():
        if link.sources or link.targets or link.same_label or link.attributes:
            yield "rules on what a link may join, and its attributes", link.title
    for entity in header.entities:
        if entity.attributes or entity.note or entity.merged_into or entity.extra:
            yield "notes and attributes of people and incidents", entity.name


def lost_of_record(record: ArticleRecord) -> Iterator[Lost]:
    """Name the links that Label Studio can't show; they are in the file all the same."""
    layers = _layers(record.annotations)
    for link in record.links:
        if not _is_shown(link, layers):
            yield "links that Label Studio doesn't show, between annotators or articles", link.type


def _layers(annotations: Iterable[Annotation]) -> dict[str, str]:
    return {a.id: a.layer for a in annotations}


def _is_shown(link: Link, layers: Mapping[str, str]) -> bool:
    """Say whether a link lies within one annotation object."""
    return layers.get(link.source) == layers.get(link.target) == link.layer


class _Tasks:
    """Makes tasks of articles; counts annotations through the file."""

    def __init__(self, scheme: Scheme, shelf: Shelf) -> None:
        self._scheme, self._shelf = scheme, shelf
        self._controls = Controls(scheme.labels)
        self._task = self._annotation = 0
        self.unknown_labels: set[str] = set()
        self.unknown_links: set[str] = set()

    def task(self, record: ArticleRecord) -> str:
        self._task += 1
        article, layers = record.article, _layers(record.annotations)
        shown = [link for link in record.links if _is_shown(link, layers)]
        self.unknown_labels |= {a.label for a in record.annotations} - self._controls.labels.keys()
        self.unknown_links |= {link.type for link in shown if self._scheme.link(link.type) is None}
        annotations = list(self._annotations(record, shown))
        described = {key: getattr(article, key) for key in DESCRIBED if getattr(article, key)}
        row = {
            "annotations": annotations,
            "data": {TEXT: record.text, **described},
            "meta": {OWN: _kept_of(record, [link for link in record.links if link not in shown])},
            "predictions": [],
        }
        # These come first so that the format is known from the beginning of the file.
        head = f'{{"id":{self._task},"total_annotations":{len(annotations)},'
        return head + to_json(row)[1:]

    def _annotations(self, record: ArticleRecord, links: Sequence[Link]) -> Iterator[dict[str, Any]]:
        """Yield the work of each annotator, and an empty one of who has read or skipped the article."""
        states = {p.annotator: p.state for p in record.progress or ()}
        for layer in sorted({a.layer for a in record.annotations} | states.keys()):
            own = [a for a in record.annotations if a.layer == layer]
            result = [row for a in own for row in self._results(a)]
            result += [self._relation(link) for link in links if link.layer == layer]
            self._annotation += 1
            yield {
                "id": self._annotation,
                "created_username": layer,
                "ground_truth": layer == GOLD,
                "was_cancelled": not own and states.get(layer) == "skipped",
                "result": result,
            }

    def _results(self, a: Annotation) -> Iterator[dict[str, Any]]:
        """Yield the region of a span and what its controls say."""
        place = {"start": a.hull.start, "end": a.hull.stop, "text": a.words}
        place |= {"globalOffsets": {"start": a.hull.start, "end": a.hull.stop}}
        said, rest = self._controls.fill(a.label, a.attributes, self._shelf.name_of)
        kept = {
            "attributes": rest,
            "entities": self._entities(a, said),
            "extra": bodies.keys_of(a),
            "origin": a.origin,
            "scheme": a.scheme,
        }
        meta = {OWN: {key: value for key, value in kept.items() if value}}
        noted = {"text": [a.note]} if a.note else {}
        region = _result(a.id, LABELS, "labels", {**place, "labels": [a.label]})
        yield {**region, "meta": meta | noted}
        for name, value in said.items():
            yield _result(a.id, name, _TYPES[next(iter(value))], {**place, **value})

    def _entities(self, a: Annotation, said: Mapping[str, Value]) -> dict[str, Any]:
        """Name the entities that controls show by their names."""
        names = {self._controls.names[name][1].name for name in said}
        values = {name: a.attributes[name] for name in sorted(names)}
        plain = self._shelf.plain(self._controls.held(a.label), values)
        return {name: value for name, value in plain.items() if value != values[name]}

    def _relation(self, link: Link) -> dict[str, Any]:
        known = self._scheme.link(link.type)
        kept = {"id": link.id, "attributes": dict(link.attributes), "extra": dict(link.extra)}
        return {
            "type": "relation",
            "from_id": link.source,
            "to_id": link.target,
            "direction": "bi" if known and known.symmetric else "right",
            "labels": [link.type],
            "meta": {OWN: {key: value for key, value in kept.items() if value}},
        }


_TYPES = {"choices": "choices", "number": "number", "text": "textarea"}


def _result(region: str, name: str, kind: str, value: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "id": region,
        "from_name": name,
        "to_name": TEXT,
        "type": kind,
        "origin": "manual",
        "value": dict(value),
    }


def _kept_of(record: ArticleRecord, links: Sequence[Link]) -> dict[str, Any]:
    """Return what a task has no place for."""
    article = record.article
    kept = {"id": article.id, "sha256": article.sha256, "extra": dict(article.extra)}
    return {
        "article": {key: value for key, value in kept.items() if value},
        "links": [{**link.to_body(), "id": link.id} for link in links],
        "progress": [bodies.without(p.to_body(), "article") for p in record.progress or ()],
    }
