"""The columns of the tables of a dataset, for writing and for reading."""

from annotator.formats.parts.cells import AttributeColumns
from annotator.model.scheme import Scheme

UNIT = "code point"
SPANS = (
    *("annotation", "article", "title", "outlet", "published", "url", "layer", "label"),
    *("start", "stop", "unit", "fragments", "words"),
)
SPANS_END = ("note", "origin", "scheme", "sources", "other")
ARTICLES = (
    *("article", "part", "title", "outlet", "author", "published", "url", "language", "sha256"),
    *("done", "skipped", "other", "text"),
)
LINKS = ("link", "layer", "type", "source", "target", "source words", "target words")
ENTITIES = ("entity", "kind", "name", "merged into", "note")
ABOUT = ("what", "value")
CONTINUED = ("sheet", "row", "column", "part", "text")


def span_columns(scheme: Scheme) -> AttributeColumns:
    return AttributeColumns((label.id, label.attributes) for label in scheme.labels)


def link_columns(scheme: Scheme) -> AttributeColumns:
    return AttributeColumns((link.id, link.attributes) for link in scheme.links)


def entity_columns(scheme: Scheme) -> AttributeColumns:
    return AttributeColumns((kind.id, kind.attributes) for kind in scheme.entities)
