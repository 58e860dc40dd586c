"""A project that has a case of everything an export must carry."""

from annotator.model.anchor import anchor
from annotator.model.change import Draft, Revision
from annotator.model.figure import Figure
from annotator.model.records import Annotation, Article, Entity, Link, Progress
from annotator.model.span import Span
from annotator.model.text import article_id, canonical, fingerprint

FIRST = canonical(
    "“The truce”, Kerry said, “is not dead.”\r\n\r\n"
    "An air raid killed at\u00a0least nine 👩‍👩‍👧 قُتل.\u2028End."
)
SECOND = "“The truce”, Kerry said, “is not dead.” A wire copy."


def article(text, **described):
    sha256 = fingerprint(text)
    return Article(article_id(sha256, described.get("url", "")), sha256, **described)


ONE = article(FIRST, title="One", outlet="Daily", published="2016-09-21", extra={"newer": {"key": [1]}})
TWO = article(SECOND, title="Two", url="https://example.org/2")
EMPTY = article("Nothing to mark.", title="Three")


def mark(annotation_id, layer, label, of, text, *words, **more):
    spans, at = [], 0
    for part in words:
        at = text.index(part, at)
        spans.append(Span(at, at + len(part)))
    placed = tuple(spans)
    stamp = "conflict-news@1"
    return Annotation(annotation_id, of.id, layer, label, placed, anchor(text, placed), scheme=stamp, **more)


ANNOTATIONS = (
    mark("q1", "ann", "quote", ONE, FIRST, "“The truce”", "“is not dead.”", attributes={"speaker": "e1"}),
    mark("s1", "ann", "source", ONE, FIRST, "Kerry", attributes={"actor": "e1"}, extra={"newer": True}),
    mark("c1", "bob", "claim", ONE, FIRST, "truce", note="=1+1"),
    mark("c2", "bob", "claim", ONE, FIRST, "truce”, Kerry"),
    mark(
        "n1",
        "ann",
        "casualty",
        ONE,
        FIRST,
        "at\u00a0least nine 👩‍👩‍👧 قُتل",
        attributes={
            "count": Figure("at least nine", "at least", 9, 9, None).to_body(),
            "roles": ["child", "woman"],
            "incident": "e3",
            "as of": "2016-09-20/2016-09-21",
        },
    ),
    mark("g1", "gold", "quote", ONE, FIRST, FIRST, origin="rule: whole 1"),
    mark("q2", "ann", "quote", TWO, SECOND, "“The truce”"),
)
LINKS = (
    Link("l1", "ann", "attributed-to", "q1", "s1"),
    Link("l2", "ann", "repeats", "q2", "q1", {"drift": "shorter"}, extra={"newer": 0}),
)
ENTITIES = (
    Entity("e1", "actor", "John Kerry", {"type": "official"}, merged_into="e2"),
    Entity("e2", "actor", "Kerry", note="Secretary"),
    Entity("e3", "incident", "Raid of Tuesday", {"date": "2016-09-20", "place": "Aleppo"}),
    Entity("e4", "actor", "never used"),
    Entity("e5", "actor", "nor this", merged_into="e4"),
)
PROGRESS = (
    Progress(ONE.id, "ann", "done"),
    Progress(EMPTY.id, "ann", "done"),
    Progress(EMPTY.id, "eve", "skipped", extra={"newer": "key"}),
)


TEXTS = (FIRST, SECOND, "Nothing to mark.")


def fill(project, texts=TEXTS):
    """Write everything into a project as one change."""
    things = (ONE, TWO, EMPTY, *ANNOTATIONS, *LINKS, *ENTITIES, *PROGRESS)
    revisions = tuple(Revision(thing.KIND, thing.id, thing.to_body()) for thing in things)
    project.commit(Draft("fill", "ann", revisions, texts=texts))
