"""Files of TSV that WebAnno or INCEpTION wrote, whatever layers they have."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any

from annotator.formats.dataset import ArticleRecord, Remark
from annotator.formats.parts import bodies
from annotator.formats.parts.bodies import BadRecord
from annotator.formats.parts.canonical import Canonical, identified
from annotator.formats.webanno.claims import Claim, Claims, Tie
from annotator.formats.webanno.columns import LABEL, LINK_TYPE, NOTE, OF_SPAN, SPAN, Layer
from annotator.formats.webanno.document import Document
from annotator.formats.webanno.features import Features
from annotator.formats.webanno.own import placed
from annotator.model.records import Annotation, Article, Link, Progress
from annotator.model.scheme import Label, Scheme

_OF_WORDS = re.compile(
    r"de\.tudarmstadt\.ukp\.dkpro\.core\.api\.(segmentation|lexmorph|syntax|transform)\..*"
)
_NAMING = (LABEL, "value", "referenceType")
_NAMING_LINKS = (LINK_TYPE, LABEL, "value")
_MAX_LABEL = 64
_NO_NAME = re.compile(r"://|\n")


def is_of_words(layer: Layer) -> bool:
    """Say whether a layer describes each word: its part of speech, its lemma, its grammar."""
    return _OF_WORDS.fullmatch(layer.type) is not None


class ForeignFile:
    """One article with the work of one person, or of nobody in particular."""

    def __init__(self, document: Document, title: str, layer: str, name: str, remark: Remark) -> None:
        self._document, self._layer, self._name, self._remark = document, layer, name, remark
        self._text = Canonical(document.text)
        self._article = identified(Article("", "", title=title), self._text.text, partial(remark, None))

    def record(self, scheme: Scheme) -> ArticleRecord:
        layers = [layer for layer in self._document.layers if not is_of_words(layer)]
        claims = Claims(self._document, layers)
        marked = [
            (claim, a)
            for number, claim in enumerate(claims.spans, 1)
            if (a := self._annotation(claim, number, scheme))
        ]
        ids = {id(claim): a.id for claim, a in marked}
        has_read = bool(self._layer or layers)
        return ArticleRecord(
            self._article,
            self._text.text,
            tuple(a for _, a in marked),
            tuple(self._links(claims.ties, ids)),
            (Progress(self._article.id, self._layer, "done"),) if has_read else (),
            lines={a.id: claim.line for claim, a in marked},
            local={*ids.values()},
        )

    def _annotation(self, claim: Claim, number: int, scheme: Scheme) -> Annotation | None:
        say = partial(self._remark, claim.line)
        features = dict(claim.features)
        note = features.pop(NOTE, "") if claim.layer.type == SPAN else ""
        label = _taken(features, _NAMING) or claim.layer.name
        try:
            claimed = bodies.annotation(
                {
                    # There is no id in the file; this one tells it from others that are read.
                    "id": f"{self._name}:{number}",
                    "layer": self._layer,
                    "label": label,
                    **placed(claim, self._document),
                    "attributes": _values(scheme.label(label), features, say),
                    "note": note,
                },
                self._article.id,
            )
        except BadRecord as error:
            say(f"a span was left out: {error}")
            return None
        return self._text.placed(claimed, say)

    def _links(self, ties: Sequence[Tie], ids: Mapping[int, str]) -> Iterator[Link]:
        for tie in ties:
            features = dict(tie.features)
            kind = _taken(features, _NAMING_LINKS) or tie.name or tie.layer.name
            source, target = (ids.get(id(end), "") for end in (tie.source, tie.target))
            row = {"type": kind, "source": source, "target": target, "attributes": features}
            try:
                if not (source and target):
                    raise BadRecord("one of its spans is not there")
                yield bodies.link({**row, "layer": self._layer})
            except BadRecord as error:
                self._remark(tie.line, f"a link “{kind[:80]}” was left out: {error}")


def _values(label: Label | None, features: Mapping[str, str], say: Callable[[str], None]) -> dict[str, Any]:
    """Read features as what the scheme says they are; those that it lacks are text."""
    values, others = Features(label.attributes if label else (), OF_SPAN).values(features, say)
    return {**others, **values}


def _taken(features: dict[str, str], names: Iterable[str]) -> str:
    """Take the feature that names what this is, if there is one and it is a name."""
    for name in names:
        value = features.get(name, "")
        if value and len(value) <= _MAX_LABEL and not _NO_NAME.search(value):
            return features.pop(name)
    return ""
