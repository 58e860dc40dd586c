"""From the JSON of a stranger to model values: shapes and sizes are checked, unknown keys are kept."""

import re
from collections.abc import Mapping
from functools import lru_cache
from itertools import pairwise
from sys import intern
from typing import Any

from annotator.model.anchor import Anchor
from annotator.model.records import Annotation, Article, Entity, Link, Progress
from annotator.model.review import DECISIONS, Reply, Verdict
from annotator.model.span import Span

MAX_DEPTH = 16
MAX_NAME = 1_000
MAX_FRAGMENTS = 10_000
MAX_WHOLE_NUMBER = 2**63 - 1

_TEXTS = ("id", "layer", "label", "prefix", "suffix", "note", "origin", "scheme")
_ANNOTATION = frozenset({*_TEXTS, "article", "fragments", "exact", "attributes", "sources"})
_ONLY_TEXT = {str}

_NOBODY = "all"
"""Stands for everybody where a layer is asked for, so nobody's work can be called so."""
_CONTROLS = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]")

Row = Mapping[str, Any]


class BadRecord(ValueError):
    """One record that can't be used; the message says what is wrong with it, in a few words."""


def row_of(value: Any, what: str) -> dict[str, Any]:
    """Take a JSON object that is not nested too deeply."""
    if not isinstance(value, dict):
        raise BadRecord(f"{what} is not an object")
    check_value(value, MAX_DEPTH)
    return value


def rows_of(row: Row, name: str) -> list[Any]:
    """Take a list; a missing one is empty."""
    rows = row.get(name)
    if rows is None:
        return []
    if not isinstance(rows, list):
        raise BadRecord(f"“{name}” is not a list")
    return rows


def text_of(row: Row, name: str, default: str | None = "") -> str:
    """Take a text; without a default it must be there and say something."""
    value = row.get(name, default)
    if not isinstance(value, str) or (default is None and not value.strip()):
        raise BadRecord(f"“{name}” is missing or not text")
    return value


def name_of(row: Row, name: str, default: str | None = "") -> str:
    """Take a text that names something: an id, a label, a layer."""
    value = text_of(row, name, default)
    if len(value) > MAX_NAME:
        raise BadRecord(f"“{name}” is longer than {MAX_NAME} characters")
    return value


def article(value: Any) -> Article:
    row = row_of(value, "the article")
    for key in ("title", "outlet", "author", "published", "url", "language", "sha256"):
        text_of(row, key)
    return Article.from_body(name_of(row, "id"), without(row, "id"))


def annotation(value: Any, article_id: str) -> Annotation:
    """Read an annotation; fragments are sorted with their words, and may not overlap."""
    if not isinstance(value, dict):
        raise BadRecord("the annotation is not an object")
    texts = [value.get(name, "") for name in _TEXTS]
    if {*map(type, texts)} != _ONLY_TEXT:
        _name_bad_text(value)
    own_id, layer, label, prefix, suffix, note, origin, scheme = texts
    if not label.strip() or len(own_id) > MAX_NAME or len(layer) > MAX_NAME or len(label) > MAX_NAME:
        _name_bad_text(value)
    check_layer(layer)
    extra = {} if value.keys() <= _ANNOTATION else without(value, *_ANNOTATION)
    if extra:
        check_value(extra, MAX_DEPTH)
    fragments, exact = _placed(value)
    wanted = Anchor(exact, prefix, suffix)
    said = (_attributes(value), note, origin, scheme, extra, _sources(value))
    return Annotation(own_id, article_id, intern(layer), intern(label), fragments, wanted, *said)


def keys_of(a: Annotation) -> dict[str, Any]:
    """Return what formats keep of an annotation beside their own columns: its sources, and unknown keys."""
    return {**a.extra, "sources": list(a.sources)} if a.sources else dict(a.extra)


def link(value: Any) -> Link:
    row = row_of(value, "the link")
    for key in ("type", "source", "target"):
        name_of(row, key, None)
    check_layer(name_of(row, "layer"))
    body = {**without(row, "id"), "layer": row.get("layer", ""), "attributes": _attributes(row)}
    return Link.from_body(name_of(row, "id"), body)


def entity(value: Any) -> Entity:
    row = row_of(value, "the entity")
    for key in ("id", "kind", "name"):
        name_of(row, key, None)
    text_of(row, "note")
    name_of(row, "merged_into")
    return Entity.from_body(row["id"], {**without(row, "id"), "attributes": _attributes(row)})


def progress(value: Any, article_id: str) -> Progress:
    row = row_of(value, "the progress")
    check_layer(name_of(row, "annotator", None))
    if row.get("state") not in ("to do", "reading", "done", "skipped"):
        raise BadRecord(f"“{row.get('state')}” is not a state of an article")
    return Progress.from_body("", {**row, "article": article_id})


def verdict(value: Any, article_id: str) -> Verdict:
    row = row_of(value, "the verdict")
    for key in ("layer", "reviewer"):
        check_layer(name_of(row, key, None))
    if row["layer"] == row["reviewer"]:
        raise BadRecord("nobody gives a verdict on their own work")
    if row.get("decision") not in DECISIONS:
        raise BadRecord(f"“{row.get('decision')}” is not a verdict")
    for key in ("reason", "comment"):
        text_of(row, key)
    if not isinstance(row.get("proposed", {}), dict):
        raise BadRecord("“proposed” is not an object")
    named = {"annotation": name_of(row, "annotation"), "revision": name_of(row, "revision")}
    return Verdict.from_body(name_of(row, "id"), {**without(row, "id"), **named, "article": article_id})


def reply(value: Any, article_id: str) -> Reply:
    row = row_of(value, "the answer")
    name_of(row, "verdict", None)
    check_layer(name_of(row, "annotator", None))
    text_of(row, "comment")
    if not isinstance(row.get("settled", False), bool):
        raise BadRecord("“settled” is neither true nor false")
    return Reply.from_body("", {**row, "article": article_id})


@lru_cache
def check_layer(name: str) -> None:
    """Refuse a name that nobody's work can have; an empty one was not stated."""
    if not name:
        return
    if not name.strip() or name.strip().casefold() == _NOBODY or _CONTROLS.search(name):
        raise BadRecord(f"“{name[:40]}” can't be the name of a layer")


def without(row: Row, *keys: str) -> dict[str, Any]:
    return {key: value for key, value in row.items() if key not in keys}


def check_value(value: dict[str, Any] | list[Any], depth: int) -> None:
    """Refuse what is nested too deeply, and whole numbers no database holds."""
    if not depth:
        raise BadRecord(f"it is nested more than {MAX_DEPTH} levels deep")
    for item in value.values() if isinstance(value, dict) else value:
        if isinstance(item, str):
            continue
        if isinstance(item, dict | list):
            check_value(item, depth - 1)
        elif isinstance(item, int) and abs(item) > MAX_WHOLE_NUMBER:
            raise BadRecord("it holds a number that is too large")


def _name_bad_text(row: Row) -> None:
    """Raise for the first text of an annotation that isn't one."""
    for name in _TEXTS[:3]:
        name_of(row, name, None if name == "label" else "")
    for name in _TEXTS[3:]:
        text_of(row, name)


def _attributes(row: Row) -> dict[str, Any]:
    attributes = row.get("attributes", {})
    if not isinstance(attributes, dict):
        raise BadRecord("“attributes” is not an object")
    check_value(attributes, MAX_DEPTH)
    return attributes


def _sources(row: Row) -> tuple[str, ...]:
    sources = row.get("sources", [])
    if not isinstance(sources, list) or any(type(s) is not str or len(s) > MAX_NAME for s in sources):
        raise BadRecord("“sources” is not a list of ids")
    return tuple(sources)


def _placed(row: Row) -> tuple[tuple[Span, ...], tuple[str, ...]]:
    pairs = rows_of(row, "fragments")
    if not 0 < len(pairs) <= MAX_FRAGMENTS:
        raise BadRecord("“fragments” needs at least one pair of offsets")
    spans = [_span(pair) for pair in pairs]
    words = rows_of(row, "exact") or [""] * len(spans)
    if len(words) != len(spans) or {*map(type, words)} != {str}:
        raise BadRecord("“exact” needs the words of each fragment")
    if len(spans) > 1:
        spans, words = _in_order(spans, words)
    return tuple(spans), tuple(words) if all(words) else ()


def _in_order(spans: list[Span], words: list[str]) -> tuple[list[Span], list[str]]:
    order = sorted(range(len(spans)), key=spans.__getitem__)
    spans = [spans[i] for i in order]
    if any(a.overlaps(b) for a, b in pairwise(spans)):
        raise BadRecord("its fragments overlap each other")
    return spans, [words[i] for i in order]


def _span(pair: Any) -> Span:
    if not isinstance(pair, list) or len(pair) != 2:
        raise BadRecord("a fragment is not a pair of whole numbers")
    start, stop = pair
    if type(start) is not int or type(stop) is not int:
        raise BadRecord("a fragment is not a pair of whole numbers")
    if not 0 <= start < stop <= MAX_WHOLE_NUMBER:
        raise BadRecord(f"the span from {start} to {stop} is empty or runs backwards")
    return Span(start, stop)
