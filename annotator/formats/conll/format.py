"""CoNLL-2003 columns with BIO tags: a file for each layer, a line for each token.

The guide's page `formats-conll.md` documents the columns: the token first and the tag last, as every reader
of such files expects; between them where the token stands, and what else is said. Reading is in
`conll_reading.py`.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from typing import BinaryIO
from urllib.parse import quote

from annotator.formats.dataset import ArticleRecord, Dataset, Header, OpenPart, Remark
from annotator.formats.losses import Lost, lost_sources
from annotator.formats.parts.file_names import FileNames
from annotator.formats.parts.many_files import layers_of, lost_blanks, of_layer
from annotator.formats.parts.tokenizing import sentences, split_at, tokens, touched
from annotator.model.records import Annotation
from annotator.model.scheme import Scheme
from annotator.model.span import Span

DOCUMENT = "-DOCSTART- -X- O O"
"""This very line is the one that spaCy looks for."""

NO_POS = "-X-"
NOTHING = "_"
OF_ARTICLE = ("title", "outlet", "author", "published", "url", "language", "sha256")
OF_SPAN = ("id", "note", "origin", "scheme")

_UNSAFE = re.compile(r"[\s%|=\x00-\x1f\x7f-\x9f]")


def read(path: Path, scheme: Scheme, remark: Remark) -> Dataset:
    """Read one file, or all those in a folder."""
    from annotator.formats.conll import reading as conll_reading

    return conll_reading.read(path, scheme, remark)


def write(dataset: Dataset, open_part: OpenPart) -> None:
    """Write each article to the file of each layer that has read it or has spans in it."""
    names, files = FileNames(), dict[str, BinaryIO]()
    for record in dataset:
        whole = tokens(record.text)
        for layer in layers_of(record):
            if layer not in files:
                files[layer] = open_part(f"{names.name(layer, layer or 'unread')}.conll")
            files[layer].write(_document(record, layer, whole).encode("utf-8", "replace"))


def lost_of_header(header: Header) -> Iterator[Lost]:
    """Name what no column holds of the project."""
    if header.scheme:
        yield "scheme with its rules, examples, colours and keys", header.scheme.title
    yield from (("people, organisations and incidents", entity.name) for entity in header.entities)


def lost_of_record(record: ArticleRecord) -> Iterator[Lost]:
    """Name the keys that no column holds, and the words that are cut so that no span is lost."""
    yield from lost_blanks(record)
    if record.article.extra:
        yield "articles whose further keys are left out", record.article.title
    yield from (("spans whose further keys are left out", a.id) for a in record.annotations if a.extra)
    yield from lost_sources(record)
    yield from (
        ("words written as several tokens, as a span begins or ends in them", w) for w in _cut(record)
    )


def coded(text: str) -> str:
    """Put %XX in place of what would end a cell or a line of it."""
    return _UNSAFE.sub(lambda match: quote(match[0]), text)


def _edges(annotations: Iterable[Annotation]) -> set[int]:
    return {edge for a in annotations for edge in (a.hull.start, a.hull.stop)}


def _cut(record: ArticleRecord) -> Iterator[str]:
    """Yield each word, in each layer, that a span begins or ends in."""
    whole = tokens(record.text)
    for layer in layers_of(record):
        pieces = split_at(whole, _edges(of_layer(record, layer)))
        begins = {token.start for token in pieces} - {token.start for token in whole}
        cut = {at for begin in begins for at in touched(whole, Span(begin, begin + 1))}
        yield from (record.text[whole[at].start : whole[at].stop] for at in sorted(cut))


def _document(record: ArticleRecord, layer: str, whole: Sequence[Span]) -> str:
    """Write one article with the spans of one layer."""
    annotations = of_layer(record, layer)
    placed = split_at(whole, _edges(annotations))
    tags, notes = ["O"] * len(placed), _spaces(record.text, placed)
    if placed:
        notes[0] |= _of_article(record, layer)
    for a in annotations:
        marked = touched(placed, a.hull)
        for at in marked:
            tags[at] = f"{'I' if at > marked.start else 'B'}-{coded(a.label)}"
        notes[marked.start] |= _of_span(a, Span(placed[marked[0]].start, placed[marked[-1]].stop))
    rows = (_row(record.text, *cells) for cells in zip(placed, notes, tags, strict=True))
    return f"{DOCUMENT}\n\n" + "".join(_parted(record.text, placed, tags, rows))


def _parted(text: str, placed: Sequence[Span], tags: Sequence[str], rows: Iterable[str]) -> Iterator[str]:
    """Yield the rows with an empty line after each sentence, unless a span goes on after it."""
    begins = {sentence[0].start for sentence in sentences(text, placed)}
    for number, (token, tag, row) in enumerate(zip(placed, tags, rows, strict=True)):
        if number and token.start in begins and not tag.startswith("I-"):
            yield "\n"
        yield row
    yield "\n"


def _row(text: str, token: Span, notes: Mapping[str, str], tag: str) -> str:
    said = "|".join(f"{key}={coded(value)}" for key, value in notes.items()) or NOTHING
    return f"{text[token.start : token.stop]} {NO_POS} {token.start} {token.stop} {said} {tag}\n"


def _spaces(text: str, placed: Sequence[Span]) -> list[dict[str, str]]:
    """Note the white space around each token where it is anything but spaces."""
    notes: list[dict[str, str]] = [{} for _ in placed]
    if placed and text[: placed[0].start].strip(" "):
        notes[0]["before"] = text[: placed[0].start]
    for at, (token, following) in enumerate(pairwise(placed)):
        if text[token.stop : following.start].strip(" "):
            notes[at]["after"] = text[token.stop : following.start]
    if placed and placed[-1].stop < len(text):
        notes[-1]["after"] = text[placed[-1].stop :]
    return notes


def _of_article(record: ArticleRecord, layer: str) -> dict[str, str]:
    article = record.article
    states = {p.annotator: p.state for p in record.progress or ()}
    said = {"article": article.id, **{key: getattr(article, key) for key in OF_ARTICLE}}
    return _kept({**said, "layer": layer, "state": states.get(layer, "")})


def _of_span(a: Annotation, marked: Span) -> dict[str, str]:
    """Say what the tag can't; also where a span that begins or ends in white space does."""
    place = "" if marked == a.hull else f"{a.hull.start}-{a.hull.stop}"
    return _kept({"span": place, **{key: getattr(a, key) for key in OF_SPAN}})


def _kept(said: dict[str, str]) -> dict[str, str]:
    return {key: value for key, value in said.items() if value}
