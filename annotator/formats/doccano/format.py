"""doccano JSON Lines: entities with relations in the main file, and plain labels in the part "flat".

The guide's page `formats-doccano.md` documents them. Each annotator of an article has a line: doccano
itself writes a file for each. Reading is in `doccano_reading.py`.
"""

from collections.abc import Iterator, Sequence
from itertools import count
from pathlib import Path
from typing import Any

from annotator.formats.dataset import ArticleRecord, Dataset, Header, OpenPart, Remark
from annotator.formats.losses import Lost, lost_sources, quoted
from annotator.formats.parts.json_lines import line_of
from annotator.formats.parts.line_works import shared_links, workers
from annotator.model.records import Annotation, Article, Link
from annotator.model.scheme import Scheme

SHOWN = ("title", "outlet", "author", "published", "url", "language")
"""What stands beside the text; doccano keeps it as metadata."""

Row = dict[str, Any]


def read(path: Path, scheme: Scheme, remark: Remark) -> Dataset:
    """Read the lines of one file, joining those of one text."""
    from annotator.formats.doccano import reading as doccano_reading

    return doccano_reading.read(path, scheme, remark)


def write(dataset: Dataset, open_part: OpenPart) -> None:
    """Write the lines of each article as it comes, in both forms."""
    out, flat = open_part(""), open_part("flat")
    lines = _Lines()
    for record in dataset:
        for row in lines.rows(record):
            out.write(line_of(row))
            flat.write(line_of(_flat(row)))


def lost_of_header(header: Header) -> Iterator[Lost]:
    """Name what no line holds of the project."""
    if header.scheme:
        yield "scheme with its rules, examples, colours and keys", header.scheme.title
    yield from (("people, organisations and incidents", entity.name) for entity in header.entities)


def lost_of_record(record: ArticleRecord) -> Iterator[Lost]:
    """Name what is lost of spans and links besides attributes."""
    yield from lost_sources(record)
    for a in record.annotations:
        if a.note:
            yield "notes", quoted(a)
        if a.extra:
            yield "spans of which further keys are left out", quoted(a)
        if a.origin not in ("", "hand"):
            yield "spans of which it isn't said what they come from", f"{quoted(a)}, {a.origin}"
    for link in record.links:
        if link.attributes or link.extra:
            yield "links whose attributes are left out", f"{link.type}, by {link.layer}"


class _Lines:
    """The lines of one file, in which entities and relations are numbered through."""

    def __init__(self) -> None:
        self._entities, self._relations = count(1), count(1)

    def rows(self, record: ArticleRecord) -> Iterator[Row]:
        """Yield a line for each annotator, one without a name where nobody has read the article."""
        layer_of = {a.id: a.layer for a in record.annotations}

        def is_inside(link: Link) -> bool:
            return layer_of.get(link.source) == layer_of.get(link.target) == link.layer

        inside = [link for link in record.links if is_inside(link)]
        away = shared_links((link for link in record.links if not is_inside(link)), _away)
        states = {p.annotator: p.state for p in record.progress or ()}
        for layer in workers(record, ()) or [""]:
            annotations = [a for a in record.annotations if a.layer == layer]
            links = [link for link in inside if link.layer == layer]
            named = {"annotator": layer} if layer else {}
            state = {"state": states[layer]} if layer in states else {}
            yield _about(record) | named | state | self._work(annotations, links) | away
            away = {}

    def _work(self, annotations: Sequence[Annotation], links: Sequence[Link]) -> Row:
        numbers = {a.id: next(self._entities) for a in annotations}
        return {
            "entities": [
                {
                    "id": numbers[a.id],
                    "label": a.label,
                    "start_offset": a.hull.start,
                    "end_offset": a.hull.stop,
                    "annotation": a.id,
                }
                for a in annotations
            ],
            "relations": [
                {
                    "id": next(self._relations),
                    "from_id": numbers[link.source],
                    "to_id": numbers[link.target],
                    "type": link.type,
                    "link": link.id,
                }
                for link in links
            ],
            "Comments": [],
        }


def _about(record: ArticleRecord) -> Row:
    article: Article = record.article
    described = {name: value for name in SHOWN if (value := getattr(article, name))}
    meta = {"meta": dict(article.extra)} if article.extra else {}
    return {"id": article.id, "sha256": article.sha256, "text": record.text, **described, **meta}


def _away(link: Link) -> Row:
    return {key: getattr(link, key) for key in ("id", "layer", "type", "source", "target")}


def _flat(row: Row) -> Row:
    """Return a line as doccano has it without relations."""
    labels = sorted([e["start_offset"], e["end_offset"], e["label"]] for e in row["entities"])
    kept = {key: value for key, value in row.items() if key not in ("entities", "relations", "links")}
    return {**kept, "label": labels}
