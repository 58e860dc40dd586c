"""The one dataset that the golden files hold, with a case of everything."""

import incidents_dataset
from dataset_values import SCHEME

from annotator.formats.dataset import ArticleRecord, Dataset, Header
from annotator.model.anchor import anchor
from annotator.model.figure import Figure
from annotator.model.records import Annotation, Article, Entity, Link, Progress
from annotator.model.span import Span
from annotator.model.text import article_id, canonical, fingerprint

TEXT = canonical(
    "Truce buried 👩‍👩‍👧\r\n\r\n“The truce”, Kerry said, “is not dead.” قُتل تسعة. Cafe\u0301 shelled:"
    " at\u00a0least nine dead.\u2028=SUM(A1) is no formula."
)
URL = "https://example.org/truce?id=1,2"
ARTICLE = Article(
    article_id(fingerprint(TEXT), URL),
    fingerprint(TEXT),
    title="Truce “buried”, again",
    outlet="Daily; News",
    author="-",
    published="2016-09-21",
    url=URL,
    language="en",
    extra={"wire": ["AFP"], "newer key": {"kept": True}},
)
SECOND_TEXT = "Nothing to mark here."
SECOND = Article(article_id(fingerprint(SECOND_TEXT)), fingerprint(SECOND_TEXT), title="Nothing")


def mark(annotation_id, layer, label, *words, **more):
    """Mark each of some words, in the order they stand, as one annotation."""
    spans, at = [], 0
    for part in words:
        at = TEXT.index(part, at)
        spans.append(Span(at, at + len(part)))
    placed = tuple(spans)
    return Annotation(
        annotation_id, ARTICLE.id, layer, label, placed, anchor(TEXT, placed), scheme="trial@3", **more
    )


ANNOTATIONS = (
    mark("a-source", "ann", "source", "Kerry", attributes={}),
    mark(
        *("a-quote", "ann", "claim", "“The truce”", "“is not dead.”"),
        attributes={"type": "=state", "who": "e-john", "roles": ["child", "a;b\\c"], "sure": False},
        note="=HYPERLINK(1)\nsecond line, with a comma",
    ),
    mark("b-nested", "bob", "claim", "truce”", attributes={"why": "'quoted'", "score": -2.5}),
    mark("b-same", "bob", "source", "truce”", origin="import: brat.ann"),
    mark(
        *("a-count", "ann", "claim", "at\u00a0least nine dead"),
        attributes={
            "count": Figure("at least nine", "at least", 9, 9, None).to_body(),
            "as of": "2016-09-20/2016-09-21",
            "unknown": [1, {"deep": None}],
        },
        extra={"confidence": 0.75},
    ),
    mark(
        *("g-over", "gold", "claim", "Truce buried 👩‍👩‍👧\n\n“The"),
        attributes={"score": 3},
        origin="gold: adjudicated",
        sources=("a-quote", "b-nested"),
    ),
    mark("a-arabic", "ann", "source", "قُتل تسعة"),
    mark("a-formula", "ann", "claim", "=SUM(A1)"),
)
LINKS = (
    Link("l-1", "ann", "repeats", "a-quote", "b-nested", {"drift": "+1"}),
    Link("l-2", "bob", "contradicts", "b-nested", "a-count", extra={"newer": 1}),
)
ENTITIES = (
    Entity("e-john", "actor", "John Kerry", {"born": "1943"}, merged_into="e-kerry"),
    Entity("e-kerry", "actor", "@Kerry", note="Secretary of State"),
)
PROGRESS = (Progress(ARTICLE.id, "ann", "done"), Progress(ARTICLE.id, "bob", "skipped"))
DATASET = Dataset(
    Header("Golden", SCHEME, entities=ENTITIES),
    (
        ArticleRecord(ARTICLE, TEXT, ANNOTATIONS, LINKS, PROGRESS),
        ArticleRecord(SECOND, SECOND_TEXT, progress=(Progress(SECOND.id, "ann", "done"),)),
    ),
)


def golden_dataset(how):
    """Return what the golden files of a format hold: incidents, where it holds nothing else."""
    return incidents_dataset.DATASET if how.incidents_only else DATASET
