"""QualCoder's projects: texts, codes, and who coded which passage.

Offsets are those of its window, which counts UTF-16 units; some of its functions count code points. Where
that makes a difference, the words that a coding quotes decide.
"""

import re
from collections import defaultdict
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any

from annotator.formats.dataset import ArticleRecord, Dataset, Header, Remark
from annotator.formats.parts import bodies
from annotator.formats.parts.article_fields import described_article
from annotator.formats.parts.bodies import BadRecord
from annotator.formats.parts.canonical import Canonical, Say, identified
from annotator.formats.parts.database_tables import Row, Table, Tables, number, tell_apart, words
from annotator.formats.parts.decoding import MAX_TEXT
from annotator.model.records import Annotation
from annotator.model.scheme import Attribute, Label, Scheme
from annotator.model.text import Utf16Offsets, canonical, says_nothing

TABLES = (
    Table("source", ("id", "name", "fulltext"), ("memo",)),
    Table("code_name", ("cid", "name"), ("memo", "color", "catid")),
    Table("code_text", ("cid", "fid", "seltext", "pos0", "pos1", "owner"), ("memo", "important")),
    Table("code_cat", ("catid", "name"), is_needed=False),
    Table("annotation", ("fid", "pos0", "pos1", "memo", "owner"), is_needed=False),
    Table("attribute", ("name", "attr_type", "value", "id"), is_needed=False),
    Table("code_image", ("cid",), is_needed=False),
    Table("code_av", ("cid",), is_needed=False),
)

ANNOTATION = "annotation"
"""The label of what QualCoder calls an annotation: a note on a passage, without a code."""
IMPORTANT = "important"
NOBODY = "default"
"""What QualCoder calls whoever gave it no name."""

_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")


def from_tables(tables: Tables, _scheme: Scheme, remark: Remark) -> Dataset:
    """Read every text of a project; pictures, sound and film, and codings of them, are left out and said."""
    say = partial(remark, None)
    codings = _Codings(tables)
    records: list[ArticleRecord] = []
    media = 0
    for row in tables["source"]:
        if says_nothing(words(row, "fulltext")):
            media += 1
            continue
        name = words(row, "name") or f"file {row['id']}"
        try:
            records.append(_record(row, name, codings, say))
        except BadRecord as error:
            say(f"“{name}” was left out: {error}")
    for count, what in (
        (media, "files without text (pictures, sound, film)"),
        (len(tables["code_image"]) + len(tables["code_av"]), "codings of pictures, sound or film"),
        (codings.astray, "codings whose code or text is not there"),
    ):
        if count:
            say(f"{what} were left out: {count:,}")
    return Dataset(Header(labels=codings.labels), records)


def _record(row: Row, name: str, codings: "_Codings", say: Say) -> ArticleRecord:
    raw = words(row, "fulltext")
    if len(raw) > MAX_TEXT:
        raise BadRecord(f"it has more than {MAX_TEXT:,} characters; split it")
    text = _Text(raw)
    article = identified(described_article(codings.said_of(row), name), text.text, say)
    stored = Canonical(text.text)
    annotations: list[Annotation] = []
    for coding in codings.of(row["id"]):
        try:
            claimed = bodies.annotation(codings.claim(coding, text), article.id)
        except BadRecord as error:
            say(f"the coding at {coding['pos0']} of “{name}” was left out: {error}")
            continue
        placed = stored.placed(claimed, say)
        annotations += [placed] if placed else []
    return ArticleRecord(article, text.text, tuple(annotations))


class _Text:
    """A text with the ways in which its offsets may have been counted."""

    def __init__(self, raw: str) -> None:
        canonized = Canonical(raw)
        self.text = canonized.text
        units = Utf16Offsets(self.text)
        self._ways: list[Callable[[int], int]] = [units.from_utf16]
        if len(self.text) != len(raw) or max(raw) > "\uffff":
            self._ways.append(canonized.offset)

    def place(self, start: int, stop: int, exact: str) -> list[int]:
        """Find where a passage is, as the first way that puts it on its words counts, else the usual way."""
        places = [[way(start), way(stop)] for way in self._ways]
        wanted = canonical(f".{exact}")[1:]
        return next((place for place in places if self.text[slice(*place)] == wanted), places[0])


class _Codings:
    """The codings of a project with their codes, and what is said of its files."""

    def __init__(self, tables: Tables) -> None:
        categories = {row["catid"]: words(row, "name") for row in tables["code_cat"]}
        has_important = any(row["important"] for row in tables["code_text"])
        self.labels = tuple(
            _label(row, categories.get(row["catid"], ""), has_important) for row in tables["code_name"]
        )
        self._names = {row["cid"]: words(row, "name") for row in tables["code_name"]}
        texts = {row["id"] for row in tables["source"] if not says_nothing(words(row, "fulltext"))}
        self._of: dict[Any, list[Row]] = defaultdict(list)
        self.astray = 0
        for row in (*tables["code_text"], *tables["annotation"]):
            if row["fid"] in texts and ("cid" not in row or row["cid"] in self._names):
                self._of[row["fid"]].append(row)
            else:
                self.astray += 1
        owners = (words(row, "owner") for rows in self._of.values() for row in rows)
        self._is_signed = tell_apart(owners, NOBODY)
        self._said: dict[Any, dict[str, Any]] = defaultdict(dict)
        for row in tables["attribute"]:
            if row["attr_type"] == "file" and words(row, "name"):
                self._said[row["id"]][words(row, "name")] = words(row, "value")

    def of(self, source: Any) -> list[Row]:
        return self._of.get(source, [])

    def said_of(self, source: Row) -> dict[str, Any]:
        """Return what is said of a file: its attributes and its memo."""
        return {**self._said.get(source["id"], {}), "memo": words(source, "memo")}

    def claim(self, row: Row, text: _Text) -> dict[str, Any]:
        """Return what a coding says, with the words that it quotes; an annotation quotes none."""
        start, stop = number(row, "pos0"), number(row, "pos1")
        if start is None or stop is None or not 0 <= start < stop:
            raise BadRecord("its offsets mark nothing")
        exact = words(row, "seltext") if "cid" in row else ""
        return {
            "layer": words(row, "owner") if self._is_signed else "",
            "label": self._names[row["cid"]] if "cid" in row else ANNOTATION,
            "fragments": [text.place(start, stop, exact)],
            "exact": [exact] if exact else [],
            "attributes": {IMPORTANT: True} if row.get(IMPORTANT) else {},
            "note": words(row, "memo"),
        }


def _label(row: Row, category: str, has_important: bool) -> Label:
    label = Label(
        *(words(row, "name"), words(row, "name")),
        rule=words(row, "memo"),
        attributes=(Attribute(IMPORTANT, "flag"),) if has_important else (),
        extra={"category": category} if category else {},
    )
    colour = words(row, "color").lower()
    return replace(label, colour=colour) if _COLOUR.fullmatch(colour) else label
