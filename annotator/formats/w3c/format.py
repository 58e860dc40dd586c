"""W3C Web Annotation, as JSON-LD: one collection with one page of annotations, each on a line of its own.

The guide's page `formats-w3c.md` documents it. Each article comes with an annotation that describes it and
holds its text, then with one for each span and each link. Offsets count code points, as the standard says.
Reading is in `w3c_reading.py`.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote

from annotator.formats.dataset import ArticleRecord, Dataset, Header, OpenPart, Remark
from annotator.formats.parts import bodies
from annotator.formats.parts.headers import header_row
from annotator.formats.parts.plain_values import Shelf
from annotator.formats.parts.strict_json import one_line
from annotator.model.anchor import CONTEXT
from annotator.model.records import Annotation, Link
from annotator.model.scheme import Scheme
from annotator.model.span import Span

STANDARD = "http://www.w3.org/ns/anno.jsonld"
URN = "urn:annotator:"
DESCRIBED = ("title", "outlet", "author", "published", "url", "sha256")
"""What the description of an article says in properties of its own."""

_JSON = "@json"
_TERMS: dict[str, Any] = {
    "@version": 1.1,
    "annotator": URN,
    **{
        name: {"@id": f"annotator:{name}", "@type": _JSON}
        for name in ("attributes", "keys", "project", "progress")
    },
    **{name: f"annotator:{name}" for name in ("origin", "schemeVersion", "beginning", "sha256")},
    "title": "dcterms:title",
    "outlet": "dcterms:publisher",
    "author": "dc:creator",
    "published": "dcterms:date",
    "url": "schema:url",
}


def read(path: Path, scheme: Scheme, remark: Remark) -> Dataset:
    """Read annotations of texts, and the texts if they are in the file."""
    from annotator.formats.w3c import reading as w3c_reading

    return w3c_reading.read(path, scheme, remark)


def write(dataset: Dataset, open_part: OpenPart) -> None:
    """Write the collection, with each annotation as it comes."""
    out, writer, total = open_part(""), _Writer(dataset.header), 0
    out.write(_head(dataset.header))
    for record in dataset:
        for item in writer.items(record):
            out.write((b",\n" if total else b"\n") + _encoded(one_line(item)))
            total += 1
    out.write(_encoded(f'\n]}},"total":{total}}}\n'))


def iri(kind: str, own_id: str) -> str:
    """Name a thing as the web does."""
    return f"{URN}{kind}:{quote(own_id, safe='', errors='surrogatepass')}"


def own_id(kind: str, name: str) -> str:
    """Return the id that a name of ours was made of; another's name as it is."""
    prefix = f"{URN}{kind}:"
    return unquote(name.removeprefix(prefix)) if name.startswith(prefix) else name


def _head(header: Header) -> bytes:
    collection = {
        "@context": [STANDARD, _TERMS],
        "id": iri("collection", "1"),
        "type": "AnnotationCollection",
        "label": header.title,
        "project": header_row(header),
    }
    page = {"id": iri("page", "1"), "type": "AnnotationPage", "partOf": collection["id"], "startIndex": 0}
    return _encoded(f'{one_line(collection)[:-1]},"first":{one_line(page)[:-1]},"items":[')


class _Writer:
    """Makes annotations of records."""

    def __init__(self, header: Header) -> None:
        self._scheme = header.scheme or Scheme("", 1, "")
        self._shelf = Shelf(header.entities)

    def items(self, record: ArticleRecord) -> Iterator[dict[str, Any]]:
        yield _description(record)
        for a in record.annotations:
            yield self._span(a, record)
        for link in record.links:
            yield self._link(link)

    def _span(self, a: Annotation, record: ArticleRecord) -> dict[str, Any]:
        label = self._scheme.label(a.label)
        targets = [_target(a, number, record.text) for number in range(len(a.fragments))]
        note = [{"type": "TextualBody", "purpose": "commenting", "value": a.note}] if a.note else []
        return _said(
            {
                "id": iri("annotation", a.id),
                "type": "Annotation",
                "motivation": "tagging",
                "creator": _creator(a.layer),
                "body": [_tag(a.label), *note],
                "target": targets[0] if len(targets) == 1 else targets,
                "attributes": self._shelf.plain(label.attributes if label else (), a.attributes),
                "origin": a.origin,
                "schemeVersion": a.scheme,
                "keys": bodies.keys_of(a),
            }
        )

    def _link(self, link: Link) -> dict[str, Any]:
        kind = self._scheme.link(link.type)
        to = {"type": "SpecificResource", "purpose": "linking", "source": iri("annotation", link.target)}
        return _said(
            {
                "id": iri("link", link.id),
                "type": "Annotation",
                "motivation": "linking",
                "creator": _creator(link.layer),
                "body": [_tag(link.type), to],
                "target": iri("annotation", link.source),
                "attributes": self._shelf.plain(kind.attributes if kind else (), link.attributes),
                "keys": dict(link.extra),
            }
        )


def _description(record: ArticleRecord) -> dict[str, Any]:
    """Describe an article, with its text in it where there is one."""
    article = record.article
    described = {name: getattr(article, name) for name in DESCRIBED}
    body = _said({"type": "Dataset", "purpose": "describing", **described, "keys": dict(article.extra)})
    if record.progress is not None:
        body["progress"] = [bodies.without(p.to_body(), "article") for p in record.progress]
    return {
        "id": iri("description", article.id),
        "type": "Annotation",
        "motivation": "describing",
        "body": body,
        "target": _said(
            {
                "id": iri("article", article.id),
                "type": "Text",
                "format": "text/plain",
                "language": article.language,
                "value": record.text,
            }
        ),
    }


def _target(a: Annotation, number: int, text: str) -> dict[str, Any]:
    """Select one fragment; a release without texts has only the beginning of its words."""
    span = a.fragments[number]
    exact = a.anchor.exact[number] if a.anchor.exact else ""
    place = {"type": "TextPositionSelector", "start": span.start, "end": span.stop}
    target = {"type": "SpecificResource", "source": iri("article", a.article), "selector": place}
    if not text:
        return target | ({"beginning": exact} if exact else {})
    words = {"type": "TextQuoteSelector", "exact": exact, **_around(span, text)}
    return target | {"selector": [place, words]}


def _around(span: Span, text: str) -> dict[str, str]:
    before, after = text[max(0, span.start - CONTEXT) : span.start], text[span.stop : span.stop + CONTEXT]
    return {"prefix": before, "suffix": after}


def _tag(name: str) -> dict[str, str]:
    return {"type": "TextualBody", "purpose": "tagging", "value": name}


def _creator(layer: str) -> dict[str, str]:
    return {"id": iri("layer", layer), "name": layer}


def _said(row: dict[str, Any]) -> dict[str, Any]:
    """Leave out what says nothing."""
    return {name: value for name, value in row.items() if value not in ("", {})}


def _encoded(text: str) -> bytes:
    # A lone surrogate, which no UTF-8 holds, becomes its JSON escape.
    return text.encode("utf-8", "backslashreplace")
