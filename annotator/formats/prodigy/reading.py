"""Read Prodigy's JSON Lines: our own, or what `prodigy db-out` and scripts for Prodigy write."""

import re
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

from annotator.formats.dataset import Dataset, Header, Remark
from annotator.formats.parts import bodies
from annotator.formats.parts.article_fields import described_article
from annotator.formats.parts.bodies import BadRecord
from annotator.formats.parts.canonical import Say
from annotator.formats.parts.derived_ids import derived_id
from annotator.formats.parts.guessed_labels import GuessedLabels
from annotator.formats.parts.line_works import Mentions, Row, Work, Works, take_rows
from annotator.formats.parts.lone_article import title_of
from annotator.formats.parts.plain_values import Shelf, links_of
from annotator.formats.prodigy.format import ANSWERS, SHOWN
from annotator.formats.prodigy.relations import Line, Relations
from annotator.model.records import Article
from annotator.model.scheme import Scheme

_GOLD = "gold"
# A session that nobody named is called after the moment it began.
_MOMENT = re.compile(r"\d{4}-\d\d-\d\d([_T ]\d\d[-:]\d\d[-:]\d\d)?")
_OF_PRODIGY = frozenset(
    (
        *("start", "end", "token_start", "token_end", "label", "text", "id", "type", "source", "input_hash"),
        *("rank", "pattern", "color", "ws", "disabled", "hidden", "answer"),
        *("attributes", "note", "origin", "scheme", "extra"),
    )
)
"""Keys of a span that are no attributes."""
_OF_LINES = frozenset(
    (
        *("text", "article", "layer", "tokens", "spans", "relations", "links", "answer", "progress", "html"),
        *("image", "label", "options", "accept", "priority", "score", "versions", "sessions", "view_id"),
        *("config", "choices", "default", "pattern", "rank", "model"),
    )
)
"""Keys of a line that don't describe its article."""


def read(path: Path, scheme: Scheme, remark: Remark) -> Dataset:
    """Read all lines, then join those of one text; relations may lead to spans of later lines."""
    reader = _Reader(path, scheme, remark)
    take_rows(path, "Prodigy", remark, reader.take)
    reader.relations.link(remark)
    reader.mentions.tell(remark)
    records = reader.works.records()
    return Dataset(Header(labels=reader.guesses.labels, entities=reader.shelf.entities), records)


class _Reader:
    """Takes lines, gathering works and what they show of labels and name of entities."""

    def __init__(self, path: Path, scheme: Scheme, remark: Remark) -> None:
        self.works, self.mentions = Works(path, remark), Mentions()
        self.guesses, self.shelf = GuessedLabels(scheme), Shelf()
        self.relations = Relations(self.shelf)
        self._remark = remark

    def take(self, number: int, row: Row) -> None:
        """Take in one line, or raise BadRecord."""
        answer = row.get("answer")
        if answer not in (None, "accept", "reject", "ignore"):
            raise BadRecord(f"its answer “{answer}” is none of accept, reject and ignore")
        spans, relations, links = (bodies.rows_of(row, key) for key in ("spans", "relations", "links"))
        text = bodies.text_of(row, "text", None)
        work = self.works.find(number, _article(row, text), text)
        layer, say = _layer(row), partial(self._remark, number)
        if answer in ("reject", "ignore"):
            self._leave_out(number, answer, spans)
        else:
            found = ((self._take_span(number, row, item, layer, work), item) for item in spans)
            places = {at: item for at, item in found if at is not None}
            own_id = partial(_own_id, row, layer)
            self.relations.expect(Line(number, relations, layer, work, places, own_id))
            work.links += links_of(links, self.shelf, say)
        _take_state(work, row, layer, say)
        if row.get("accept") or isinstance(row.get("label"), str):
            self.mentions.add(number, "labels of whole texts are not taken; lines that have them")

    def _leave_out(self, number: int, answer: str, spans: list[Any]) -> None:
        what = "rejected" if answer == "reject" else "ignored"
        if answer == "reject" or spans:
            self.mentions.add(number, f"lines that were {what}, whose spans are left out")

    def _take_span(self, number: int, row: Row, item: Any, layer: str, work: Work) -> int | None:
        """Add a span to its work and return its place there; None for one that is left out."""
        say = partial(self._remark, number)
        try:
            plain = _plain(bodies.row_of(item, "it"))
            said = {"id": _own_id(row, layer, item), "layer": layer, "attributes": self.shelf.values(plain)}
            body = _body(row, item) | said
            annotation = bodies.annotation(body, work.article.id)
        except BadRecord as error:
            say(f"a span was left out: {error}")
            return None
        self.guesses.see(annotation.label, plain)
        placed = work.text.placed(annotation, say)
        return work.add(number, placed) if placed else None


def is_ours(row: Row) -> bool:
    """Say whether we wrote a line."""
    own = row.get("article")
    return isinstance(own, dict) and isinstance(own.get("sha256"), str)


def _article(row: Row, text: str) -> Article:
    """Read what a line says of its article; what Prodigy shows beneath the text describes it."""
    meta = row.get("meta")
    said = {**bodies.without(row, "meta"), **(meta if isinstance(meta, dict) else {"meta": meta})}
    if is_ours(row):
        described = {name: said[name] for name in SHOWN if isinstance(said.get(name), str)}
        return bodies.article({**row["article"], **described})
    rest = {key: value for key, value in said.items() if key not in _OF_LINES and key[:1] != "_"}
    return described_article(rest, title_of(text))


def _layer(row: Row) -> str:
    names = [n for key in ("_annotator_id", "_session_id") if isinstance(n := row.get(key), str) and n]
    return next((name for name in names if is_ours(row) or not _MOMENT.fullmatch(name)), "")


def _own_id(row: Row, layer: str, item: Row) -> str:
    """Return an id that we wrote; another, always the same, where somebody else works on a line of ours."""
    own_id = bodies.name_of(item, "id") if is_ours(row) else ""
    return derived_id(own_id, layer) if own_id and _is_taken_over(row, layer) else own_id


def _is_taken_over(row: Row, layer: str) -> bool:
    return bool(row.get("layer", "") != layer)


def _take_state(work: Work, row: Row, layer: str, say: Say) -> None:
    """Take in how far the annotator is: what our export says, else what the answer means."""
    said = row.get("progress")
    if not isinstance(said, dict) or _is_taken_over(row, layer):
        state = ANSWERS.get(row.get("answer", ""))
        said = {"state": state} if state and layer != _GOLD else {}
        work.knows_states &= is_ours(row) or bool(layer and row.get("answer"))
    if layer and said:
        try:
            found = bodies.progress({**said, "annotator": layer}, work.article.id)
        except BadRecord as error:
            say(f"who has read it was left out: {error}")
            return
        if found.state == "done" or layer not in work.states:
            work.states[layer] = found


def _plain(item: Row) -> Row:
    """Return the attributes of a span: those of ours, and keys that Prodigy itself doesn't write."""
    own = item.get("attributes", {})
    if not isinstance(own, dict):
        raise BadRecord("its “attributes” are not an object")
    return {**bodies.without(item, *_OF_PRODIGY), **own}


def _body(row: Row, item: Row) -> Row:
    extra = item.get("extra", {})
    words = item.get("text")
    return {
        **(extra if isinstance(extra, dict) else {}),
        **{key: item[key] for key in ("note", "origin", "scheme") if key in item},
        "label": item.get("label", ""),
        "fragments": [list(_offsets(row, item))],
        "exact": [words] if isinstance(words, str) and words else [],
    }


def _offsets(row: Row, item: Row) -> Iterator[Any]:
    """Yield where a span begins and ends, by its tokens if it doesn't say; the last token is its own."""
    for edge in ("start", "end"):
        if edge in item:
            yield item[edge]
            continue
        at, tokens = item.get(f"token_{edge}"), bodies.rows_of(row, "tokens")
        if type(at) is not int or not 0 <= at < len(tokens) or not isinstance(tokens[at], dict):
            raise BadRecord(f"it has no “{edge}”")
        yield tokens[at].get(edge)
