"""The texts that Web Annotations are about: in the file, or known by their address only."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from annotator.formats.parts import bodies
from annotator.formats.parts.bodies import BadRecord
from annotator.formats.parts.canonical import identified, stored_words
from annotator.formats.parts.decoding import MAX_TEXT
from annotator.formats.parts.lone_article import title_of
from annotator.formats.parts.rulers import Claim, Ruler, Text
from annotator.formats.w3c.bodies import address_of, motivations
from annotator.formats.w3c.format import DESCRIBED, own_id
from annotator.formats.w3c.selectors import Pick, found, kinds_of, listed
from annotator.model.records import Annotation, Article, Link, Progress
from annotator.model.span import Span
from annotator.model.text import says_nothing

Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Mark:
    """One annotation in one text before its place is found; `row` is what else is said of it."""

    row: Mapping[str, Any]
    picks: tuple[Pick, ...]
    beginnings: tuple[str, ...]
    name: str
    is_local: bool

    def placed(self, source: "Source", ruler: Ruler) -> Annotation:
        """Find the places of its fragments; without a text, words that are quoted make up for none."""
        context = {"prefix": self.picks[0].prefix, "suffix": self.picks[-1].suffix}
        row = {**self.row, **context}
        if source.text.stored:
            spans = [found(pick, source.text, ruler) for pick in self.picks]
            words = [_words(pick, source.text, span) for pick, span in zip(self.picks, spans, strict=True)]
            return bodies.annotation(row | _places(spans, words), source.article.id)
        quoted = [pick.exact for pick in self.picks]
        if all(pick.has_place for pick in self.picks):
            if not (source.article.sha256 or all(quoted)):
                raise BadRecord("it quotes no words to check its place by, and its text is not in the file")
            spans = [Span(*_place(pick)) for pick in self.picks]
            words = quoted if any(quoted) else list(self.beginnings)
            return bodies.annotation(row | _places(spans, words), source.article.id)
        if not all(quoted):
            raise BadRecord("it quotes no words to find it by, and its text is not in the file")
        nowhere = bodies.annotation(row | _places([Span(0, 1)], []), source.article.id)
        return replace(nowhere, fragments=(), anchor=replace(nowhere.anchor, exact=tuple(quoted)))


@dataclass(slots=True)
class Source:
    """One text with all that is said of it."""

    article: Article
    text: Text
    progress: tuple[Progress, ...] | None = None
    marks: list[Mark] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)

    def claims(self) -> list[Claim]:
        """List the places that are given with their words."""
        picks = [pick for mark in self.marks for pick in mark.picks if pick.has_place and pick.exact]
        return [([_place(pick)], pick.exact) for pick in picks]


class Sources:
    """The texts of one file, by address."""

    def __init__(self, say: Say) -> None:
        self._say = say
        self._sources: dict[str, Source] = {}

    def __iter__(self) -> Iterator[Source]:
        return iter(self._sources.values())

    def add(self, item: Mapping[str, Any]) -> bool:
        """Take in the texts that an annotation carries; say whether describing one is all that it does."""
        described = _description(item)
        for target in listed(item.get("target")):
            thing = _carrier(target)
            address = address_of(thing)
            carries = isinstance(thing.get("value"), str) or described is not None
            if address and carries and address not in self._sources:
                self._sources[address] = self._source(address, thing, described)
        return described is not None

    def get(self, address: str, item: Mapping[str, Any]) -> Source:
        """Return the source of an address; a new one without a text if need be."""
        page = address.partition("#")[0] or address
        source = self._sources.get(address) or self._sources.get(page)
        if source is None:
            if not page or len(page) > bodies.MAX_NAME:
                raise BadRecord("it names no text that it is about")
            article = Article(page, "", title=_title(item), url=page if _is_page(page) else "")
            source = self._sources[page] = Source(article, Text(""))
        return source

    def ruler(self, source: Source) -> Ruler:
        """Choose what the offsets in a text count, by the words that are quoted with them."""
        ruler = source.text.ruler(source.claims())
        if ruler.name:
            name = source.article.title or source.article.id
            self._say(f"the offsets in “{name}” count {ruler.name}; they were converted to code points")
        return ruler

    def _source(self, address: str, thing: Mapping[str, Any], described: Mapping[str, Any] | None) -> Source:
        text, row, progress = Text(_text(thing)), _undescribed(address, thing), None
        if described is not None:
            row = _described(address, described)
            progress = _progress(described, row["id"])
        article = bodies.article({**row, "language": thing.get("language", "")})
        if text.stored:
            article = identified(article, text.stored, self._say)
        return Source(article, text, progress)


def _description(item: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """Return what an annotation of ours says of an article."""
    if "describing" not in motivations(item):
        return None
    rows = [body for body in listed(item.get("body")) if isinstance(body, dict)]
    return next((row for row in rows if "Dataset" in kinds_of(row) and "sha256" in row), None)


def _carrier(target: Any) -> Mapping[str, Any]:
    """Return the resource that may carry a text: the source of a target, or the target itself."""
    source = target.get("source") if isinstance(target, dict) else None
    thing = source if isinstance(source, dict) else target
    return thing if isinstance(thing, dict) else {"id": thing}


def _undescribed(address: str, thing: Mapping[str, Any]) -> dict[str, Any]:
    """Tell of a text that only has an address."""
    value = thing.get("value")
    title = title_of(value) if isinstance(value, str) else ""
    return {"id": address, "url": address if _is_page(address) else "", "title": title}


def _described(address: str, row: Mapping[str, Any]) -> dict[str, Any]:
    keys = row.get("keys", {})
    if not isinstance(keys, dict):
        raise BadRecord("“keys” is not an object")
    known = {name: row.get(name, "") for name in DESCRIBED}
    return {**keys, **known, "id": own_id("article", address)}


def _is_page(address: str) -> bool:
    return address.startswith(("http://", "https://"))


def _text(thing: Mapping[str, Any]) -> str:
    value = thing.get("value", "")
    if not isinstance(value, str) or len(value) > MAX_TEXT:
        raise BadRecord(f"its text is none, or has more than {MAX_TEXT:,} characters")
    return "" if says_nothing(value) else value


def _progress(row: Mapping[str, Any], article: str) -> tuple[Progress, ...] | None:
    if "progress" not in row:
        return None
    return tuple(bodies.progress(item, article) for item in bodies.rows_of(row, "progress"))


def _place(pick: Pick) -> tuple[int, int]:
    """Return the place that a pick has."""
    return pick.start or 0, pick.stop or 0


def _places(spans: list[Span], words: list[str]) -> dict[str, Any]:
    return {"fragments": [[span.start, span.stop] for span in spans], "exact": words}


def _words(pick: Pick, text: Text, span: Span) -> str:
    """Return the words to check a place by; what was found by its words needs none."""
    return stored_words(pick.exact) if pick.has_place and pick.exact else text.stored[span.start : span.stop]


def _title(item: Mapping[str, Any]) -> str:
    """Take the title that Hypothesis gives of a page."""
    document = item.get("document")
    titles = listed(document.get("title")) if isinstance(document, dict) else []
    return next((title for title in titles if isinstance(title, str)), "")
