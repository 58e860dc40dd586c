"""spaCy DocBin: a Doc for each article, in which each layer is a span group.

The guide's page `formats-docbin.md` documents it. Reading is in `docbin_reading.py`.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import srsly
from spacy.tokens import Doc, DocBin, Span, SpanGroup
from spacy.util import filter_spans
from spacy.vocab import Vocab

from annotator.formats.dataset import ArticleRecord, Dataset, Header, OpenPart, Remark
from annotator.formats.docbin.spacy_tokens import spacy_tokens
from annotator.formats.losses import Lost
from annotator.formats.parts import bodies
from annotator.formats.parts.plain_values import Shelf, lost_of_names
from annotator.formats.parts.spaced_words import Word, spaced_words
from annotator.model.change import to_json
from annotator.model.records import Annotation, Link
from annotator.model.scheme import Attribute, Scheme

KEY = "annotator"
"""Under this key of `doc.user_data` stands what no slot of a Doc holds."""
ONLY_LAYER = "sc"
"""The group that spaCy trains on unless told otherwise."""

_GOLD = "gold"
# Besides the words: what `doc.ents` is made of.
_ATTRS = ("ENT_IOB", "ENT_TYPE", "ENT_KB_ID")


def read(path: Path, scheme: Scheme, remark: Remark) -> Dataset:
    """Read the docs of one file."""
    from annotator.formats.docbin import reading as docbin_reading

    return docbin_reading.read(path, scheme, remark)


def write(dataset: Dataset, open_part: OpenPart) -> None:
    """Write all docs at once: they share one table of strings."""
    out = open_part("")
    docs = _Docs(dataset.header)
    for record in dataset:
        docs.add(record)
    out.write(docs.to_bytes())


def lost_of_header(header: Header) -> Iterator[Lost]:
    """Name what no Doc holds of the project."""
    return lost_of_names(header)


class _Docs:
    """The docs of one file. Which groups they need is known when all are there: each has them all."""

    def __init__(self, header: Header) -> None:
        self._scheme = header.scheme or Scheme("", 1, "")
        self._shelf = Shelf(header.entities)
        self._vocab = Vocab()
        self._bin = DocBin(_ATTRS, store_user_data=True)
        self._groups: list[dict[str, bytes]] = []

    def add(self, record: ArticleRecord) -> None:
        """Add the doc of an article."""
        marked = [fragment for a in record.annotations for fragment in a.fragments]
        tokens = spacy_tokens(record.text, record.article.language)
        words = spaced_words(record.text, tokens, marked)
        doc = Doc(
            self._vocab,
            words=[record.text[w.start : w.stop] for w in words],
            spaces=[w.spaced for w in words],
            user_data={KEY: _plain(self._said(record))},
        )
        groups = self._grouped(doc, record, words)
        _set_entities(doc, groups)
        self._bin.add(doc)
        for span in (span for group in groups.values() for span in group):
            self._bin.strings |= {span.label_, span.kb_id_, span.id_}
        self._groups.append({layer: group.to_bytes() for layer, group in groups.items()})

    def to_bytes(self) -> bytes:
        """Return the file."""
        layers = sorted({layer for groups in self._groups for layer in groups})
        empty = {layer: _group(Doc(self._vocab), layer, ()).to_bytes() for layer in layers or [ONLY_LAYER]}
        names = {layer: [layer] if len(empty) > 1 else list({layer: 0, ONLY_LAYER: 0}) for layer in empty}
        # As SpanGroups writes itself.
        self._bin.span_groups = [
            srsly.msgpack_dumps({groups.get(layer, empty[layer]): names[layer] for layer in empty})
            for groups in self._groups
        ]
        return self._bin.to_bytes()

    def _grouped(self, doc: Doc, record: ArticleRecord, words: Sequence[Word]) -> dict[str, SpanGroup]:
        """Make the group of each layer that has read the article."""
        first = {word.start: at for at, word in enumerate(words)}
        last = {word.stop: at for at, word in enumerate(words, 1)}
        spans: dict[str, list[Span]] = {p.annotator: [] for p in record.progress or ()}
        for a in record.annotations:
            entity = self._entity_of(a)
            spans.setdefault(a.layer, []).extend(
                Span(doc, first[f.start], last[f.stop], label=a.label, kb_id=entity, span_id=a.id)
                for f in a.fragments
            )
        return {layer: _group(doc, layer, spans[layer]) for layer in sorted(spans)}

    def _entity_of(self, a: Annotation) -> str:
        """Return the id of the first actor or incident that an annotation names."""
        named = (a.attributes.get(x.name) for x in self._of_label(a.label) if x.kind == "entity")
        return next((value for value in named if isinstance(value, str)), "")

    def _of_label(self, name: str) -> Sequence[Attribute]:
        label = self._scheme.label(name)
        return label.attributes if label else ()

    def _said(self, record: ArticleRecord) -> dict[str, Any]:
        return {
            "article": {**record.article.to_body(), "id": record.article.id},
            "annotations": {a.id: self._of_annotation(a) for a in record.annotations},
            "links": [self._of_link(link) for link in record.links],
            "progress": [bodies.without(p.to_body(), "article") for p in record.progress or ()],
        }

    def _of_annotation(self, a: Annotation) -> dict[str, Any]:
        attributes = self._shelf.plain(self._of_label(a.label), a.attributes)
        said = {"attributes": attributes, "note": a.note, "origin": a.origin, "scheme": a.scheme}
        return {**bodies.keys_of(a), **said}

    def _of_link(self, link: Link) -> dict[str, Any]:
        kind = self._scheme.link(link.type)
        attributes = self._shelf.plain(kind.attributes if kind else (), link.attributes)
        return {**link.to_body(), "id": link.id, "attributes": attributes}


def _group(doc: Doc, layer: str, spans: Sequence[Span]) -> SpanGroup:
    return SpanGroup(doc, name=layer, attrs={"layer": layer}, spans=spans)


def _set_entities(doc: Doc, groups: Mapping[str, SpanGroup]) -> None:
    """Take entities from the gold layer, or the only one: the longest that don't overlap.

    spaCy can't learn an entity that begins or ends with white space.
    """
    layer = _GOLD if _GOLD in groups else next(iter(groups)) if len(groups) == 1 else None
    if layer is not None:
        fit = (span for span in groups[layer] if not (span[0].text.isspace() or span[-1].text.isspace()))
        doc.set_ents(filter_spans(fit))


def _plain(row: Mapping[str, Any]) -> Any:
    """Bring values into the form that JSON gives back: the same for the same values, and valid UTF-8."""
    return json.loads(to_json(row).encode("utf-8", "replace"))
