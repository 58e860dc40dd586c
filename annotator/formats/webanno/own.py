"""Files of TSV that we wrote: with comments on what no feature holds."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import Any

from annotator.formats.dataset import ArticleRecord, Remark
from annotator.formats.parts import bodies
from annotator.formats.parts.bodies import BadRecord, Row
from annotator.formats.parts.canonical import Canonical, identified
from annotator.formats.parts.strict_json import parsed
from annotator.formats.webanno.claims import Claim, Claims, Tie
from annotator.formats.webanno.columns import LABEL, LINK, LINK_TYPE, NOTE, OF_LINK, OF_SPAN, SPAN
from annotator.formats.webanno.document import Comment, Document
from annotator.formats.webanno.features import Features
from annotator.model.records import Annotation, Entity, Link
from annotator.model.scheme import ATTRIBUTE_KINDS, Attribute

_TEXTS = ("id", "origin", "scheme")


class OwnFile:
    """One article with the work of one layer, as our comments tell of it."""

    def __init__(self, document: Document, head: Row, name: str, remark: Remark) -> None:
        self._document, self._head, self._name, self._remark = document, head, name, remark
        document.begin(bodies.text_of(head, "before"))
        self._text = Canonical(document.text)
        self._article = identified(
            bodies.article(head.get("article", {})), self._text.text, partial(remark, None)
        )
        self._layer = bodies.name_of(head, "layer")
        self._said = {said["n"]: said for _, said in self._comments(".span") if type(said.get("n")) is int}
        self._features = Features(_attributes(head, "attributes"), OF_SPAN)
        self._of_links = Features(_attributes(head, "link attributes"), OF_LINK)

    def entities(self) -> Iterator[Entity]:
        for row in bodies.rows_of(self._head, "entities"):
            try:
                yield bodies.entity(row)
            except BadRecord as error:
                self._remark(None, f"an entity was left out: {error}")

    def record(self) -> ArticleRecord:
        claims = Claims(self._document, [x for x in self._document.layers if x.type in (SPAN, LINK)])
        marked = [(claim, a) for claim in claims.spans if (a := self._annotation(claim))]
        ids = {id(claim): a.id for claim, a in marked}
        progress = bodies.rows_of(self._head, "progress")
        return ArticleRecord(
            self._article,
            self._text.text,
            tuple(a for _, a in marked),
            tuple(self._links(claims.ties, ids)),
            tuple(bodies.progress(row, self._article.id) for row in progress),
            lines={a.id: claim.line for claim, a in marked},
            local={a.id for claim, a in marked if not self._said.get(claim.number, {}).get("id")},
        )

    def _comments(self, name: str) -> Iterator[tuple[int, dict[str, Any]]]:
        """Yield our comments of one sort, each with its line."""
        for comment in self._document.comments:
            if comment.name == name:
                try:
                    yield comment.line, said_by(comment)
                except BadRecord as error:
                    self._remark(comment.line, f"the comment was left out: {error}")

    def _annotation(self, claim: Claim) -> Annotation | None:
        say = partial(self._remark, claim.line)
        said = self._said.get(claim.number, {})
        values, others = self._features.values(bodies.without(claim.features, *OF_SPAN), say)
        try:
            claimed = bodies.annotation(
                {
                    **bodies.row_of(said.get("keys", {}), "“keys”"),
                    **{name: said.get(name, "") for name in _TEXTS},
                    "id": said.get("id") or f"{self._name}:{claim.number}",
                    "layer": self._layer,
                    "label": claim.features.get(LABEL, ""),
                    **placed(claim, self._document, said.get("offsets")),
                    "attributes": {
                        **others,
                        **values,
                        **bodies.row_of(said.get("attributes", {}), "“attributes”"),
                    },
                    "note": claim.features.get(NOTE, "") or said.get("note", ""),
                },
                self._article.id,
            )
        except BadRecord as error:
            say(f"a span was left out: {error}")
            return None
        return self._text.placed(claimed, say)

    def _links(self, ties: Sequence[Tie], ids: Mapping[int, str]) -> Iterator[Link]:
        """Yield the links in the rows with what our comments say of them, then those that have no row."""
        said: dict[tuple[Any, ...], list[tuple[int, dict[str, Any]]]] = defaultdict(list)
        for line, row in self._comments(".link"):
            said[row.get("source"), row.get("target"), row.get("type")].append((line, row))
        for tie in ties:
            source, target = (ids.get(id(end), "") for end in (tie.source, tie.target))
            found = said.get((source, target, tie.features.get(LINK_TYPE)))
            line, row = found.pop(0) if found else (tie.line, {"layer": self._layer})
            values, others = self._of_links.values(
                bodies.without(tie.features, *OF_LINK), partial(self._remark, tie.line)
            )
            ends = {"source": source, "target": target, "type": tie.features.get(LINK_TYPE, "")}
            yield from self._link(line, {**row, **ends}, {**others, **values})
        here = {*ids.values()}
        for line, row in (one for rows in said.values() for one in rows):
            if row.get("source") in here and row.get("target") not in here:
                yield from self._link(line, row, {})

    def _link(self, line: int, row: dict[str, Any], values: dict[str, Any]) -> Iterator[Link]:
        try:
            attributes = {**values, **bodies.row_of(row.get("attributes", {}), "“attributes”")}
            keys = bodies.row_of(row.get("keys", {}), "“keys”")
            yield bodies.link({**keys, **bodies.without(row, "keys"), "attributes": attributes})
        except BadRecord as error:
            self._remark(line, f"a link was left out: {error}")


def said_by(comment: Comment) -> dict[str, Any]:
    """Read the JSON of a comment."""
    return bodies.row_of(parsed(comment.said, "it"), "it")


def placed(claim: Claim, document: Document, offsets: Any = None) -> dict[str, Any]:
    """Say where a span stands, and by which words that can be checked."""
    start, stop = offsets if _is_place(offsets) else (claim.start, claim.stop)
    start, stop = document.offset(start), document.offset(stop)
    words = document.text[start:stop] if document.agrees or offsets else claim.words
    return {"fragments": [[start, stop]], "exact": [words]}


def _is_place(offsets: Any) -> bool:
    is_pair = isinstance(offsets, list) and len(offsets) == 2 and {*map(type, offsets)} == {int}
    return is_pair and 0 <= offsets[0] < offsets[1] <= bodies.MAX_WHOLE_NUMBER


def _attributes(head: Row, name: str) -> list[Attribute]:
    found = []
    for row in bodies.rows_of(head, name):
        described = bodies.row_of(row, f"an item of “{name}”")
        kind = described.get("kind")
        if kind not in ATTRIBUTE_KINDS:
            raise BadRecord(f"“{kind}” is not a kind of attribute")
        found.append(Attribute(bodies.name_of(described, "name", None), kind))
    return found
