"""Read spaCy DocBin: our own, or what a script saved as training data."""

from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from spacy.tokens import Doc, Span, SpanGroup

from annotator.formats.dataset import ArticleRecord, Dataset, Header, Remark
from annotator.formats.docbin.format import KEY, ONLY_LAYER
from annotator.formats.docbin.opening import BROKEN, docs_of
from annotator.formats.parts import bodies
from annotator.formats.parts.bodies import BadRecord
from annotator.formats.parts.canonical import Canonical, Say, identified
from annotator.formats.parts.decoding import MAX_TEXT
from annotator.formats.parts.guessed_labels import GuessedLabels
from annotator.formats.parts.lone_article import one_line, title_of
from annotator.formats.parts.plain_values import Shelf, links_of
from annotator.formats.parts.strict_json import parsed
from annotator.model.change import to_json
from annotator.model.records import Annotation, Progress
from annotator.model.scheme import Scheme
from annotator.model.text import says_nothing

Body = dict[str, Any]


def read(path: Path, scheme: Scheme, remark: Remark) -> Dataset:
    """Read the docs of one file, leaving out those that can't be used."""
    reader = _Reader(scheme)
    records = []
    for number, doc in enumerate(docs_of(path), 1):
        say = partial(_say, remark, number)
        try:
            records.append(reader.record(doc, say))
        except BadRecord as error:
            say(f"the article was left out: {error}")
    if reader.categorised:
        remark(None, f"categories of whole texts are not taken; docs that have them: {reader.categorised:,}")
    header = Header(labels=reader.guesses.labels, entities=reader.shelf.entities)
    return Dataset(header, records)


def _say(remark: Remark, number: int, message: str) -> None:
    remark(None, f"in doc {number:,}, {message}")


class _Reader:
    """Makes records of docs, gathering what they show of labels and name of entities."""

    def __init__(self, scheme: Scheme) -> None:
        self.guesses, self.shelf = GuessedLabels(scheme), Shelf()
        self.categorised = 0

    def record(self, doc: Doc | None, say: Say) -> ArticleRecord:
        """Return what a doc says, or raise BadRecord."""
        if doc is None:
            raise BadRecord("it is damaged")
        self.categorised += bool(doc.cats)
        text, said = _text(doc, say), _said(doc)
        described = {} if said else {"title": one_line(title_of(text.text))}
        article = identified(bodies.article(said.get("article", described)), text.text, say)
        annotations = []
        for body in _annotation_bodies(doc, said, say):
            placed = self._annotation(body, article.id, text, say)
            annotations += [placed] if placed else []
        return ArticleRecord(
            article,
            text.text,
            tuple(annotations),
            tuple(links_of(bodies.rows_of(said, "links"), self.shelf, say)),
            tuple(_progress(said, article.id, say)) if "progress" in said else None,
        )

    def _annotation(self, body: Body, article: str, text: Canonical, say: Say) -> Annotation | None:
        plain = body.get("attributes", {})
        try:
            values = self.shelf.values(plain)
            annotation = bodies.annotation({**body, "attributes": values}, article)
        except BadRecord as error:
            say(f"a span was left out: {error}")
            return None
        self.guesses.see(annotation.label, plain)
        return text.placed(annotation, say)


def _text(doc: Doc, say: Say) -> Canonical:
    raw = doc.text
    if says_nothing(raw):
        raise BadRecord("its text holds nothing but characters that can't be seen")
    if len(raw) > MAX_TEXT:
        raise BadRecord(f"its text has {len(raw):,} characters, at most {MAX_TEXT:,} are taken; split it")
    if doc.has_unknown_spaces:
        say("the words don't say where spaces stand; one was put after each")
    return Canonical(raw)


def _said(doc: Doc) -> Body:
    """Read what stands beside the slots of a doc of ours."""
    value = doc.user_data.get(KEY)
    if not isinstance(value, dict):
        return {}
    try:
        # msgpack gave tuples for lists.
        text = to_json(value)
    except (TypeError, ValueError, RecursionError) as error:
        raise BadRecord(f"its “{KEY}” is not as JSON would have it") from error
    return bodies.row_of(parsed(text, f"its “{KEY}”"), f"its “{KEY}”")


def _annotation_bodies(doc: Doc, said: Body, say: Say) -> list[Body]:
    """Return the annotations of all groups; entities too where the doc isn't ours."""
    known = bodies.row_of(said.get("annotations", {}), "“annotations”")
    made: list[Body] = []
    whole: dict[tuple[str, str], Body] = {}
    for layer, mark in _in_groups(doc, say) if said else _everywhere(doc, say):
        if (layer, mark.id) in whole:
            whole[layer, mark.id]["fragments"].append([mark.start, mark.stop])
            continue
        is_known = mark.id in known
        made.append(mark.body(bodies.row_of(known[mark.id], "what is said of a span") if is_known else None))
        made[-1]["layer"] = layer
        if is_known:
            whole[layer, mark.id] = made[-1]
    return made


class _Mark(NamedTuple):
    """A span of a doc, taken out of it; offsets count characters of the doc's text."""

    label: str
    start: int
    stop: int
    id: str
    entity: str

    def body(self, known: Body | None) -> Body:
        """Return an annotation's body: with what our export says of it, else with the ids that spaCy has."""
        body = {"label": self.label, "fragments": [[self.start, self.stop]]}
        if known is not None:
            return {**known, **body, "id": self.id}
        ids = {"kb_id": self.entity, "id": self.id}
        return {**body, "attributes": {name: value for name, value in ids.items() if value}}


def _everywhere(doc: Doc, say: Say) -> Iterator[tuple[str, _Mark]]:
    """Yield the spans of all groups, then the entities that are in none."""
    seen = set()
    for layer, mark in _in_groups(doc, say):
        seen.add(mark[:3])
        yield layer, mark
    try:
        entities = doc.ents
    except BROKEN:
        say("the entities were left out: they are damaged")
    else:
        yield from (("", mark) for mark in _marks(entities, say) if mark[:3] not in seen)


def _in_groups(doc: Doc, say: Say) -> Iterator[tuple[str, _Mark]]:
    """Yield the spans of each group; a group that stands under its own name too is taken once."""
    groups = {key: list(_marks(group, say)) for key, group in doc.spans.items()}
    for key, group in doc.spans.items():
        if key == group.name or groups.get(group.name) != groups[key]:
            layer = group.attrs.get("layer")
            layer = layer if isinstance(layer, str) else "" if key == ONLY_LAYER else key
            yield from ((layer, mark) for mark in groups[key])


def _marks(spans: SpanGroup | Sequence[Span], say: Say) -> Iterator[_Mark]:
    """Take out spans; their offsets in characters are only claims, so they are counted anew."""
    for at in range(len(spans)):
        try:
            span = spans[at]
            stop = span[-1].idx + len(span[-1])
            yield _Mark(span.label_, span[0].idx, stop, span.id_, span.kb_id_)
        except BROKEN:
            say("a span was left out: it is damaged")


def _progress(said: Body, article: str, say: Say) -> Iterator[Progress]:
    for row in bodies.rows_of(said, "progress"):
        try:
            yield bodies.progress(row, article)
        except BadRecord as error:
            say(f"who has read it was left out: {error}")
