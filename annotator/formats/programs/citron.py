"""Citron JSON: the quotations of one text, as the BBC's Citron finds them and its annotator saves them.

A quote has the spans of its content, the sources it is attributed to and the cue that introduces it. They
become annotations with the labels “quote”, “source” and “cue”, joined by links. Those that refer to each
other get the label “mention” unless they are sources. Offsets count code points.
"""

from collections import Counter
from functools import partial
from itertools import product
from math import isfinite
from pathlib import Path
from typing import Any

from annotator.formats.dataset import ArticleRecord, Dataset, Header, Remark
from annotator.formats.errors import FormatError
from annotator.formats.parts import bodies
from annotator.formats.parts.article_fields import described_article
from annotator.formats.parts.bodies import BadRecord, Row
from annotator.formats.parts.canonical import Canonical, Say, identified
from annotator.formats.parts.decoding import MAX_TEXT
from annotator.formats.parts.derived_ids import derived_id
from annotator.formats.parts.json_files import json_object
from annotator.formats.parts.lone_article import title_of
from annotator.model.records import Annotation, Article, Link
from annotator.model.scheme import Attribute, Label, Scheme
from annotator.model.text import says_nothing

QUOTE, SOURCE, CUE, MENTION = "quote", "source", "cue", "mention"
ATTRIBUTED, CUED, REFERS = "attributed-to", "cued-by", "refers-to"
LABELS = (Label(QUOTE, "Quote", attributes=(Attribute("confidence", "number"),)),)

_WHAT = "Citron JSON"
_READ = ("text", "quotes", "coreference_groups")


def read(path: Path, _scheme: Scheme, remark: Remark) -> Dataset:
    """Read the one article of a file; what is wrong with a quote is said by its number."""
    row = json_object(path, _WHAT)
    if not isinstance(row.get("quotes"), list):
        raise FormatError(f"{path.name} is not {_WHAT}: it has no list of “quotes”")
    raw = row.get("text")
    if not isinstance(raw, str) or says_nothing(raw):
        raise FormatError(f"{path.name} has quotes but not the text they stand in; add it as “text”")
    if len(raw) > MAX_TEXT:
        raise FormatError(f"{path.name} has a text of more than {MAX_TEXT:,} characters; split it")
    say = partial(remark, None)
    text = Canonical(raw)
    article = identified(_article(row, title_of(text.text) or path.stem, say), text.text, say)
    quotes = _Quotes(article.id, text, say)
    quotes.take(row)
    record = ArticleRecord(article, text.text, tuple(quotes.annotations), tuple(quotes.links))
    return Dataset(Header(labels=LABELS), (record,))


def _article(row: dict[str, Any], title: str, say: Say) -> Article:
    """Take what a file says besides its quotes for the article's own."""
    try:
        return described_article(bodies.without(row, *_READ), title)
    except BadRecord as error:
        say(f"what is said of the article was left out: {error}")
        return Article("", "", title)


class _Quotes:
    """What becomes of the quotes of one text; a span that several of them name is marked once."""

    def __init__(self, article: str, text: Canonical, say: Say) -> None:
        self.annotations: list[Annotation] = []
        self.links: list[Link] = []
        self._article, self._text, self._say = article, text, say
        self._marked: dict[tuple[str, str], str] = {}
        self._linked: set[tuple[str, ...]] = set()
        self._times: Counter[str] = Counter()

    def take(self, row: Row) -> None:
        """Take in the quotes, then what refers to what: that may be the source of a later quote."""
        referring: list[tuple[list[str], Row, str]] = []
        for number, item in enumerate(row["quotes"], 1):
            name = f"quote {number}"
            if isinstance(item, dict):
                referring.append((self._take_quote(item, name), item, name))
            else:
                self._say(f"{name} was left out: it is not an object")
        for sources, quote, name in referring:
            for target in self._mentions(_listed(quote, "coreferences"), name):
                self._link(REFERS, sources, [target])
        for number, group in enumerate(_listed(row, "coreference_groups"), 1):
            members = self._mentions(group if isinstance(group, list) else [group], f"coreference {number}")
            self._link(REFERS, members[1:], members[:1])

    def _take_quote(self, row: Row, name: str) -> list[str]:
        """Take in one quote; return its sources."""
        sources = self._spans(SOURCE, _listed(row, "sources") or _listed(row, "source"), name)
        cues = self._spans(CUE, _listed(row, "cue"), name)
        contents = _listed(row, "contents")
        more = {"citron id": row["id"]} if row.get("id") else {}
        quotes = self._mark(QUOTE, contents, name, attributes=_confidence(row), **more) if contents else []
        self._link(ATTRIBUTED, quotes, sources)
        self._link(CUED, quotes, cues)
        return sources

    def _spans(self, label: str, values: list[Any], name: str) -> list[str]:
        """Mark single spans, or find them where they are marked; return their ids."""
        found: list[str] = []
        for value in values:
            key = (label, _place([value]))
            if key not in self._marked:
                for made in self._mark(label, [value], name):
                    self._marked[key] = made
            found += [self._marked[key]] if key in self._marked else []
        return found

    def _mentions(self, values: list[Any], name: str) -> list[str]:
        """Mark what something refers to, unless it is a source."""
        found: list[str] = []
        for value in values:
            source = self._marked.get((SOURCE, _place([value])))
            found += [source] if source else self._spans(MENTION, [value], name)
        return found

    def _mark(self, label: str, values: list[Any], name: str, **more: Any) -> list[str]:
        """Mark the fragments of one annotation; return its id, or nothing when it can't be marked."""
        try:
            rows = [bodies.row_of(value, f"its {label}") for value in values]
            key = f"{label} {_place(rows)}"
            self._times[key] += 1
            body = {
                **more,
                "id": derived_id(self._article, key, self._times[key]),
                "label": label,
                "fragments": [[row.get("start"), row.get("end")] for row in rows],
                "exact": [row.get("text", "") for row in rows],
            }
            claimed = bodies.annotation(body, self._article)
        except BadRecord as error:
            self._say(f"the {label} of {name} was left out: {error}")
            return []
        placed = self._text.placed(claimed, self._say)
        self.annotations += [placed] if placed else []
        return [placed.id] if placed else []

    def _link(self, kind: str, sources: list[str], targets: list[str]) -> None:
        """Link each source to each target, once; what refers to each other does so in one direction."""
        for source, target in product(sources, targets):
            pair = (kind, *sorted((source, target)))
            if source != target and pair not in self._linked:
                self._linked.add(pair)
                self.links.append(Link(derived_id(kind, source, target), "", kind, source, target))


def _listed(row: Row, name: str) -> list[Any]:
    """Take a list, or one thing as a list of it."""
    value = row.get(name)
    return value if isinstance(value, list) else [] if value is None else [value]


def _place(rows: list[Any]) -> str:
    return ";".join(f"{row.get('start')}-{row.get('end')}" for row in rows if isinstance(row, dict))


def _confidence(row: Row) -> dict[str, float]:
    """Take how sure Citron was, which it writes as text."""
    try:
        value = float(row.get("confidence", ""))
    except (TypeError, ValueError):
        return {}
    return {"confidence": value} if isfinite(value) else {}
