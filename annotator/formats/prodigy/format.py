"""Prodigy JSON Lines: a line for each annotator of an article, as `prodigy db-out` writes them.

The guide's page `formats-prodigy.md` documents it. Prodigy makes its hashes itself when lines without them
are brought in. Reading is in `prodigy_reading.py`.
"""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from annotator.formats.dataset import ArticleRecord, Dataset, Header, OpenPart, Remark
from annotator.formats.losses import Lost
from annotator.formats.parts import bodies
from annotator.formats.parts.json_lines import line_of
from annotator.formats.parts.line_works import shared_links, workers
from annotator.formats.parts.plain_values import Shelf, lost_of_names
from annotator.formats.parts.spaced_words import Word, spaced_words
from annotator.formats.parts.tokenizing import tokens
from annotator.model.records import Annotation, Article, Link, Progress
from annotator.model.scheme import Attribute, Scheme

SHOWN = ("title", "outlet", "author", "published", "url", "language")
"""What Prodigy shows beneath the text."""
ANSWERS = {"accept": "done", "ignore": "skipped"}
"""What an answer says of the annotator, where the line doesn't say otherwise."""

Row = dict[str, Any]


def read(path: Path, scheme: Scheme, remark: Remark) -> Dataset:
    """Read the lines of one file, joining those of one text."""
    from annotator.formats.prodigy import reading as prodigy_reading

    return prodigy_reading.read(path, scheme, remark)


def write(dataset: Dataset, open_part: OpenPart) -> None:
    """Write the lines of each article as it comes."""
    out = open_part("")
    header = dataset.header
    scheme, shelf = header.scheme or Scheme("", 1, ""), Shelf(header.entities)
    for record in dataset:
        for row in _Lines(record, scheme, shelf).rows():
            out.write(line_of(row))


def lost_of_header(header: Header) -> Iterator[Lost]:
    """Name what no line holds of the project."""
    return lost_of_names(header)


class _Lines:
    """The lines of one article; they share their tokens, so that they can be compared."""

    def __init__(self, record: ArticleRecord, scheme: Scheme, shelf: Shelf) -> None:
        self._record, self._scheme, self._shelf = record, scheme, shelf
        marked = [fragment for a in record.annotations for fragment in a.fragments]
        words = spaced_words(record.text, tokens(record.text), marked)
        self._first = {word.start: at for at, word in enumerate(words)}
        self._last = {word.stop: at for at, word in enumerate(words)}
        self._tokens = [_token(record.text, at, word) for at, word in enumerate(words)]
        self._by_id = {a.id: a for a in record.annotations}
        self._inside = [x for x in record.links if x.source in self._by_id and x.target in self._by_id]

    def rows(self) -> Iterator[Row]:
        """Yield a line for each annotator; one without an answer where nobody has read the article."""
        layers = workers(self._record, self._inside)
        for at, layer in enumerate(layers or [""]):
            away = [link for link in self._record.links if link not in self._inside]
            yield self._row(layer) | (shared_links(away, self._away) if not at else {})

    def _row(self, layer: str) -> Row:
        relations = [self._relation(link) for link in self._inside if link.layer == layer]
        row = {
            "text": self._record.text,
            "meta": {name: value for name in SHOWN if (value := getattr(self._record.article, name))},
            "article": _article(self._record.article),
            "tokens": self._tokens,
            "spans": [self._span(a) for a in self._record.annotations if a.layer == layer],
            "relations": relations,
        }
        if not layer:
            return row
        view = "relations" if relations else "spans_manual"
        names = {"_annotator_id": layer, "_session_id": layer, "_view_id": view, "layer": layer}
        return row | names | self._answer(layer, row)

    def _answer(self, layer: str, row: Row) -> Row:
        found = next((p for p in self._record.progress or () if p.annotator == layer), None)
        state = found.state if found else ""
        is_skipped = state == "skipped" and not row["spans"] and not row["relations"]
        answer = "ignore" if is_skipped else "accept"
        return {"answer": answer} | _progress(found, ANSWERS[answer])

    def _span(self, a: Annotation) -> Row:
        attributes = self._shelf.plain(self._of_label(a.label), a.attributes)
        said = {"attributes": attributes, "note": a.note, "origin": a.origin, "scheme": a.scheme}
        return {**self._place(a), "text": a.words, **_kept({**said, "extra": bodies.keys_of(a)})}

    def _place(self, a: Annotation) -> Row:
        """Say where a span stands; the last token is one of its own."""
        return {
            "start": a.hull.start,
            "end": a.hull.stop,
            "token_start": self._first[a.hull.start],
            "token_end": self._last[a.hull.stop],
            "label": a.label,
            "id": a.id,
        }

    def _relation(self, link: Link) -> Row:
        head, child = (self._place(self._by_id[end]) for end in (link.source, link.target))
        return {
            "head": head["token_end"],
            "child": child["token_end"],
            "head_span": head,
            "child_span": child,
            "label": link.type,
            **_kept({"id": link.id, "attributes": self._of_link(link), "extra": link.extra}),
        }

    def _away(self, link: Link) -> Row:
        return {**link.to_body(), "id": link.id, "attributes": self._of_link(link)}

    def _of_label(self, name: str) -> Sequence[Attribute]:
        label = self._scheme.label(name)
        return label.attributes if label else ()

    def _of_link(self, link: Link) -> Row:
        kind = self._scheme.link(link.type)
        return self._shelf.plain(kind.attributes if kind else (), link.attributes)


def _token(text: str, at: int, word: Word) -> Row:
    words = text[word.start : word.stop]
    return {"text": words, "start": word.start, "end": word.stop, "id": at, "ws": word.spaced}


def _article(article: Article) -> Row:
    return {**article.extra, "id": article.id, "sha256": article.sha256}


def _progress(found: Progress | None, implied: str) -> Row:
    """Say how far the annotator is where the answer alone would say something else."""
    if found is None:
        return {"progress": {}}
    if found.state == implied and not found.extra:
        return {}
    return {"progress": bodies.without(found.to_body(), "article", "annotator")}


def _kept(row: Mapping[str, Any]) -> Row:
    """Leave out what says nothing."""
    return {key: value for key, value in row.items() if value not in ("", {}, None)}
