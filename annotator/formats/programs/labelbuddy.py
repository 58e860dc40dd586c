"""labelbuddy's documents and annotations, as JSON or as JSON Lines.

Offsets are `start_char` and `end_char`, in code points, or `start_byte` and `end_byte`, in bytes of UTF-8;
where a file has both, the former count.
"""

from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from annotator.formats.dataset import ArticleRecord, Dataset, Header, Remark
from annotator.formats.errors import FormatError
from annotator.formats.parts import bodies
from annotator.formats.parts.article_fields import described_article
from annotator.formats.parts.bodies import BadRecord, Row
from annotator.formats.parts.canonical import Canonical, Say, identified
from annotator.formats.parts.decoding import MAX_TEXT
from annotator.formats.parts.html_text import HtmlText
from annotator.formats.parts.json_files import json_items
from annotator.formats.parts.lone_article import title_of
from annotator.formats.parts.utf8_offsets import Utf8Offsets
from annotator.model.records import Annotation, Article
from annotator.model.scheme import Attribute, Label, Scheme
from annotator.model.text import says_nothing

EXTRA = "extra_data"
"""What was typed in for an annotation, as an attribute."""

_KEYS = ("text", "annotations", "metadata", "display_title", "list_title", "utf8_text_md5_checksum")


def read(path: Path, _scheme: Scheme, remark: Remark) -> Dataset:
    """Read documents with their annotations; those without their text are left out and said."""
    records: list[ArticleRecord] = []
    items = 0
    for line, item in json_items(path):
        items += 1
        try:
            if isinstance(item, BadRecord):
                raise item
            records.append(_record(bodies.row_of(item, "it"), line, partial(remark, line)))
        except BadRecord as error:
            remark(line, f"the document was left out: {error}")
    if not items:
        raise FormatError(f"{path.name} holds no documents; export them from labelbuddy anew")
    return Dataset(Header(labels=_labels(records)), records)


def _record(row: Row, line: int, say: Say) -> ArticleRecord:
    if not set(row) & set(_KEYS):
        raise BadRecord("it is no document of labelbuddy")
    if row.get("text") is None:
        raise BadRecord("the file has annotations without their text; export it from labelbuddy with texts")
    raw = bodies.text_of(row, "text", None)
    if len(raw) > MAX_TEXT:
        raise BadRecord(f"its text has {len(raw):,} characters, at most {MAX_TEXT:,} are taken; split it")
    if says_nothing(raw):
        raise BadRecord("its text holds nothing but characters that can't be seen")
    text = Canonical(raw)
    article = identified(_article(row, text.text), text.text, say)
    annotations = _annotations(bodies.rows_of(row, "annotations"), raw, article.id, say)
    placed = (text.placed(a, say) for a in annotations)
    return ArticleRecord(article, text.text, tuple(a for a in placed if a), line=line)


def _article(row: Row, text: str) -> Article:
    metadata = row.get("metadata") or {}
    if not isinstance(metadata, dict):
        raise BadRecord("“metadata” is not an object")
    # The titles are shown as HTML.
    titles = (HtmlText(bodies.text_of(row, name)).text for name in ("list_title", "display_title"))
    shown = next((" ".join(title.split()) for title in titles if title.strip()), "")
    article = described_article(metadata, title_of(text))
    return replace(article, title=shown) if shown else article


def _annotations(rows: list[Any], raw: str, article: str, say: Say) -> list[Annotation]:
    found: list[Annotation] = []
    units: list[Utf8Offsets] = []
    for number, item in enumerate(rows, 1):
        try:
            row = bodies.row_of(item, "it")
            if not units and "start_char" not in row:
                units.append(Utf8Offsets(raw))
            found.append(bodies.annotation(_body(row, *units), article))
        except BadRecord as error:
            say(f"annotation {number} was left out: {error}")
    return found


def _body(row: Row, units: Utf8Offsets | None = None) -> dict[str, Any]:
    if "start_char" in row:
        place = [row["start_char"], row.get("end_char")]
    else:
        place = [_code_points(row, name, units) for name in ("start_byte", "end_byte")]
    said = bodies.text_of(row, EXTRA) if row.get(EXTRA) is not None else ""
    label = bodies.name_of(row, "label_name", None)
    return {"label": label, "fragments": [place], "attributes": {EXTRA: said} if said else {}}


def _code_points(row: Row, name: str, units: Utf8Offsets | None) -> int:
    """Convert an offset in bytes; labelbuddy passes over one in the midst of a character, too."""
    value = row.get(name)
    if type(value) is not int or value < 0 or units is None:
        raise BadRecord("it has no offsets")
    offset = units.from_utf8(value)
    if units.to_utf8(offset) != value:
        raise BadRecord(f"its offset {value:,} lies within a character or after the text")
    return offset


def _labels(records: list[ArticleRecord]) -> tuple[Label, ...]:
    """Give the labels that something was typed in for an attribute that holds it."""
    labels = sorted({a.label for record in records for a in record.annotations if a.attributes})
    return tuple(Label(label, label, attributes=(Attribute(EXTRA, "text"),)) for label in labels)
