"""From rows of CoNLL to articles: our own with what they say, or anybody's tokens and tags."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import Any

from annotator.formats.conll.bio import spans
from annotator.formats.conll.columns import ConllFile, Document, Row
from annotator.formats.conll.format import OF_ARTICLE, OF_SPAN
from annotator.formats.dataset import ArticleRecord, Dataset, Header, Remark
from annotator.formats.errors import FormatError
from annotator.formats.parts import bodies
from annotator.formats.parts.bodies import BadRecord
from annotator.formats.parts.canonical import Canonical, identified
from annotator.formats.parts.decoding import MAX_TEXT
from annotator.formats.parts.lone_article import title_of
from annotator.formats.parts.many_files import files_in, joined, records_of
from annotator.model.records import Annotation, Article, Progress
from annotator.model.scheme import Scheme
from annotator.model.text import says_nothing

SUFFIXES = (".conll", ".bio", ".iob", ".iob2")

_PLACE = re.compile(r"([0-9]{1,9})-([0-9]{1,9})")


def read(path: Path, _scheme: Scheme, remark: Remark) -> Dataset:
    """Read a file as it is asked for, or all files of a folder, which may have parts of one article."""
    if not path.is_dir():
        return Dataset(Header(), _records(path, remark))
    paths = files_in(path, SUFFIXES)
    if not paths:
        raise FormatError(f"{path.name} holds no CoNLL: none of its files ends in {' or '.join(SUFFIXES)}")
    return Dataset(Header(), joined(records_of(paths, _records, remark)))


def _records(path: Path, remark: Remark) -> Iterator[ArticleRecord]:
    file = ConllFile(path, remark)
    for document in file.documents():
        try:
            yield _record(document, file, remark)
        except BadRecord as error:
            remark(document.line, f"an article was left out: {error}")


def _record(document: Document, file: ConllFile, remark: Remark) -> ArticleRecord:
    if document.size > MAX_TEXT:
        raise BadRecord(f"its text has more than {MAX_TEXT:,} characters")
    sentences = _placed(document, remark) if document.has_offsets else _put_together(document, file)
    rows = [row for sentence in sentences for row in sentence]
    raw = _text(rows)
    text = Canonical(raw)
    if says_nothing(text.text):
        raise BadRecord("its text holds nothing that can be seen")
    notes: Mapping[str, str] = next((row.notes for row in rows if "article" in row.notes), {})
    described = _article(notes, text.text, file.path.stem)
    article = identified(described, text.text, partial(remark, document.line))
    tagging = _Tagging(raw, text, notes, article.id, file.path.name, remark)
    marked = [(row, a) for sentence in sentences for row, a in tagging.annotations(sentence)]
    return ArticleRecord(
        article,
        text.text,
        tuple(a for _, a in marked),
        progress=_progress(article.id, notes),
        line=document.line,
        lines={a.id: row.line for row, a in marked},
        local={a.id for row, a in marked if "id" not in row.notes},
    )


@dataclass(frozen=True, slots=True)
class _Tagging:
    """What the tags of one document are about."""

    raw: str
    text: Canonical
    notes: Mapping[str, str]
    article: str
    file: str
    remark: Remark

    def annotations(self, sentence: Sequence[Row]) -> Iterator[tuple[Row, Annotation]]:
        """Yield what is marked in a sentence, with the row that it begins in."""
        for tagged in spans(row.tag for row in sentence):
            first, last = sentence[tagged.start], sentence[tagged.stop - 1]
            say = partial(self.remark, first.line)
            start, stop = _stated(first.notes.get("span", ""), len(self.raw)) or (first.start, last.stop)
            try:
                claimed = bodies.annotation(self._body(tagged.label, first, start, stop), self.article)
            except BadRecord as error:
                say(f"a span was left out: {error}")
                continue
            placed = self.text.placed(claimed, say)
            if placed:
                yield first, placed

    def _body(self, label: str, row: Row, start: int, stop: int) -> dict[str, Any]:
        return {
            **{key: row.notes.get(key, "") for key in OF_SPAN},
            # Without an id of the file's own, one that tells it from the others that are read.
            "id": row.notes.get("id") or f"{self.file}:{row.line}",
            "layer": self.notes.get("layer", ""),
            "label": label,
            "fragments": [[start, stop]],
            "exact": [self.raw[start:stop]],
        }


def _placed(document: Document, remark: Remark) -> list[list[Row]]:
    """Leave out the tokens that say nowhere to stand, or where another does."""
    sentences, at = [], 0
    for sentence in document.sentences:
        kept = []
        for row in sentence:
            if row.start < at:
                why = "its offsets are in another token" if row.start >= 0 else "it has no offsets"
                remark(row.line, f"the token was left out: {why}")
            else:
                kept.append(row)
                at = row.stop
        sentences.append(kept)
    return sentences


def _put_together(document: Document, file: ConllFile) -> list[list[Row]]:
    """Place tokens without offsets one after the other, each sentence on a line of its own."""
    file.say_once(
        None,
        "it has no offsets, so its texts were put together from tokens with a space between them;"
        " they differ from the originals",
    )
    sentences, at = [], 0
    for sentence in filter(None, document.sentences):
        placed = []
        for row in sentence:
            placed.append(row._replace(start=at, stop=at + len(row.token)))
            at = placed[-1].stop + 1
        sentences.append(placed)
    for sentence in sentences[:-1]:
        sentence[-1] = sentence[-1]._replace(notes={"after": "\n"})
    return sentences


def _text(rows: Sequence[Row]) -> str:
    if not rows:
        return ""
    pieces = [_space(rows[0].notes.get("before", ""), rows[0].start), rows[0].token]
    for row, following in pairwise(rows):
        pieces += _space(row.notes.get("after", ""), following.start - row.stop), following.token
    end = rows[-1].notes.get("after", "")
    return "".join(pieces) + _space(end, len(end))


def _space(said: str, size: int) -> str:
    """Return the white space that a row tells of, if it can be that, else spaces."""
    return said if len(said) == size and not said.strip() else " " * size


def _article(notes: Mapping[str, str], text: str, stem: str) -> Article:
    described = {key: notes.get(key, "") for key in OF_ARTICLE}
    if not notes:
        described["title"] = title_of(text) or stem
    return bodies.article({**described, "id": notes.get("article", "")})


def _progress(article: str, notes: Mapping[str, str]) -> tuple[Progress, ...]:
    """Say who has read an article; whoever tagged a file that doesn't say so has."""
    if not notes:
        return (Progress(article, "", "done"),)
    if "state" not in notes:
        return ()
    row = {"annotator": notes.get("layer", ""), "state": notes["state"]}
    return (bodies.progress(row, article),)


def _stated(place: str, size: int) -> tuple[int, int] | None:
    match = _PLACE.fullmatch(place)
    if not match:
        return None
    start, stop = int(match[1]), int(match[2])
    return (start, stop) if start < stop <= size else None
