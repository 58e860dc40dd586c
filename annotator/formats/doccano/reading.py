"""Read doccano's JSON Lines: our own, those of any of its versions, and what scripts make for it."""

from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Any

from annotator.formats.dataset import Dataset, Header, Remark
from annotator.formats.doccano.claims import KEYS, Claim, claims_of, cuts_a_word, has_whole_labels
from annotator.formats.doccano.format import SHOWN
from annotator.formats.parts import bodies
from annotator.formats.parts.article_fields import described_article
from annotator.formats.parts.bodies import BadRecord
from annotator.formats.parts.canonical import Say
from annotator.formats.parts.guessed_labels import GuessedLabels
from annotator.formats.parts.line_works import Mentions, Row, Work, Works, take_rows
from annotator.formats.parts.lone_article import title_of
from annotator.formats.parts.plain_values import Shelf, links_of
from annotator.model.records import Article, Link
from annotator.model.scheme import Scheme

_OF_LINES = frozenset(
    (
        *(*KEYS, "id", "doc_id", "sha256", "text", "data", "meta", "relations", "links", "cats"),
        *("annotator", "username", "state"),
    )
)
"""Keys of a line that don't describe its article."""


def read(path: Path, scheme: Scheme, remark: Remark) -> Dataset:
    """Read all lines, then join those of one text."""
    reader = _Reader(path, scheme, remark)
    take_rows(path, "doccano", remark, reader.take)
    reader.tell()
    return Dataset(Header(labels=reader.guesses.labels), reader.works.records())


class _Reader:
    """Takes lines, gathering works and what is to be said of the file."""

    def __init__(self, path: Path, scheme: Scheme, remark: Remark) -> None:
        self.works, self.guesses = Works(path, remark), GuessedLabels(scheme)
        self._mentions, self._remark = Mentions(), remark
        self._looked_at = 0
        self._cut: list[int] = []

    def take(self, number: int, row: Row) -> None:
        """Take in one line, or raise BadRecord."""
        say = partial(self._remark, number)
        relations, links = (bodies.rows_of(row, key) for key in ("relations", "links"))
        text = self._text(number, row)
        work = self.works.find(number, _article(row, text), text)
        places: dict[Any, int] = {}
        for claim in claims_of(row, say):
            at = self._take_span(number, claim, _layer(row), work)
            if at is not None and isinstance(claim.number, int | str):
                places.setdefault(claim.number, at)
            if at is not None and not _is_ours(row):
                self._look_at(number, work, at)
        for item in relations:
            try:
                work.links.append(_link(bodies.row_of(item, "it"), _layer(row), work, places))
            except BadRecord as error:
                say(f"a relation was left out: {error}")
        work.links += links_of(links, Shelf(), say)
        _take_state(work, row, say)
        if has_whole_labels(row):
            self._mentions.add(number, "labels of whole texts are not taken; lines that have them")

    def tell(self) -> None:
        """Remark upon what concerns several lines."""
        self._mentions.tell(self._remark)
        if self._cut:
            share = f"{len(self._cut):,} of {self._looked_at:,} spans begin or end inside a word"
            doubt = "the offsets may count graphemes, or the end may be the last character"
            self._remark(self._cut[0], f"{share}; look whether that is meant: {doubt}")

    def _text(self, number: int, row: Row) -> str:
        keys = [key for key in ("text", "data") if isinstance(row.get(key), str)]
        if len(keys) > 1:
            self._mentions.add(number, "“text” was taken and “data” was not; lines that have both")
        return bodies.text_of(row, keys[0] if keys else "text", None)

    def _take_span(self, number: int, claim: Claim, layer: str, work: Work) -> int | None:
        """Add a span to its work and return its place there; None for one that is left out."""
        say = partial(self._remark, number)
        try:
            annotation = bodies.annotation(claim.body(layer), work.article.id)
        except BadRecord as error:
            say(f"a span was left out: {error}")
            return None
        if type(claim.label) is int:
            self._mentions.add(number, "labels are numbers, as doccano wrote them once; spans that have them")
        self.guesses.see(annotation.label, {})
        placed = work.text.placed(annotation, say)
        return work.add(number, placed) if placed else None

    def _look_at(self, number: int, work: Work, at: int) -> None:
        self._looked_at += 1
        if cuts_a_word(work.text.text, work.marks[at][1].hull):
            self._cut.append(number)


def _is_ours(row: Row) -> bool:
    return isinstance(row.get("sha256"), str)


def _layer(row: Row) -> str:
    """Return whose line it is. The key of the first versions is metadata in others: who wrote a tweet."""
    name = row.get("annotator") or (row.get("username") if "doc_id" in row else "")
    return name if isinstance(name, str) else ""


def _article(row: Row, text: str) -> Article:
    """Read what a line says of its article; doccano has metadata in “meta” or among its own keys."""
    meta = row.get("meta")
    others = {key: value for key, value in row.items() if key not in _OF_LINES}
    said = {**(meta if isinstance(meta, dict) else {"meta": meta}), **others}
    if not _is_ours(row):
        return described_article(said, title_of(text))
    described = {name: said[name] for name in SHOWN if isinstance(said.get(name), str)}
    rest = {key: value for key, value in said.items() if key not in SHOWN and value not in (None, [])}
    return bodies.article({**rest, **described, "id": row.get("id", ""), "sha256": row["sha256"]})


def _link(row: Row, layer: str, work: Work, places: Mapping[Any, int]) -> Link:
    ends = []
    for key in ("from_id", "to_id"):
        number = row.get(key)
        if not isinstance(number, int | str) or number not in places:
            raise BadRecord(f"its “{key}” is none of the entities of the line")
        ends.append(work.id_at(places[number]))
    own_id = bodies.name_of(row, "link")
    return bodies.link(
        {"id": own_id, "type": row.get("type"), "layer": layer, "source": ends[0], "target": ends[1]}
    )


def _take_state(work: Work, row: Row, say: Say) -> None:
    """Take in how far an annotator is, which only our export knows."""
    work.knows_states &= _is_ours(row)
    if _is_ours(row) and "state" in row:
        try:
            found = bodies.progress({"annotator": _layer(row), "state": row["state"]}, work.article.id)
            work.states[found.annotator] = found
        except BadRecord as error:
            say(f"who has read it was left out: {error}")
