"""Corpora for the tests of agreement: small, generated, and those of textbooks."""

from itertools import accumulate

from hypothesis import strategies as st

from annotator.model.scheme import Scheme
from annotator.model.span import Span, joined
from annotator.services.agreement import Asked, Corpus, measured
from annotator.services.agreement.corpus import ArticleMarks, Mark

SCHEME = Scheme.from_body(
    {
        "scheme": {"id": "test"},
        "entity": [{"kind": "actor"}],
        "label": [
            {
                "id": "claim",
                "attributes": [
                    {"name": "type", "kind": "choice", "values": ["1", "2", "3", "4", "5"]},
                    {"name": "tone", "kind": "choice", "values": list("012345"), "ordered": True},
                    {"name": "degree", "kind": "number"},
                    {"name": "words", "kind": "text"},
                    {"name": "sure", "kind": "flag"},
                    {"name": "day", "kind": "date"},
                    {"name": "count", "kind": "figure"},
                    {"name": "who", "kind": "entity", "entity": "actor"},
                    {"name": "roles", "kind": "choices", "values": ["a", "b", "c"]},
                ],
            },
            {"id": "quote"},
            {"id": "cue", "helper": True},
        ],
    }
)
LABELS = tuple(label.id for label in SCHEME.labels)


def mark(own, label, *places, **attributes):
    return Mark(own, label, joined(Span(*place) for place in places), attributes, f"words of {own}")


def article(own, size, marks, tokens=None, done=None):
    """An article of so many characters, each a token unless they are given as pairs of offsets."""
    edges = tokens if tokens is not None else [(at, at + 1) for at in range(size)]
    return ArticleMarks(own, size, marks, [offset for token in edges for offset in token], done or {})


def corpus(*articles, layers=None, labels=LABELS, **asked):
    read = dict.fromkeys(layer for one in articles for layer in one.marks)
    layers = tuple(sorted(read)) if layers is None else layers
    return Corpus(Asked(**{"resamples": 0, **asked}), layers, labels, SCHEME, articles, {"old": "new"})


def quiet(_done, _total):
    """Tell nobody."""


def value(of, measure, label=None, pair=None, attribute=None):
    return measured(of, quiet).cell(measure, label, pair, attribute).value


def decided(rows, label="claim"):
    """One article in which every token is a unit, marked by each layer or not: rows of 0 and 1 by layer."""
    size = len(next(iter(rows.values())))
    marks = {
        layer: [mark(f"{layer}{at}", label, (at, at + 1)) for at, yes in enumerate(row) if yes]
        for layer, row in rows.items()
    }
    return corpus(article("a", size, marks))


def valued(rows, attribute, **asked):
    """One article in which every unit is a span that layers gave a value, None where they have no span."""
    size = 10 * len(rows[0])
    marks = {
        f"obs{who}": [
            mark(f"{who}-{at}", "claim", (10 * at, 10 * at + 5), **{attribute: said})
            for at, said in enumerate(row)
            if said is not None
        ]
        for who, row in enumerate(rows)
    }
    return corpus(article("a", size, marks), **asked)


_places = st.lists(
    st.tuples(st.integers(0, 35), st.integers(1, 12)).map(lambda p: (p[0], min(40, p[0] + p[1]))),
    min_size=1,
    max_size=2,
)
_marks = st.lists(st.tuples(st.sampled_from(LABELS), _places), max_size=7)
_tokens = st.lists(st.integers(1, 4), min_size=0, max_size=14).map(
    lambda widths: [
        (stop - width, stop) for stop, width in zip(accumulate(widths), widths, strict=True) if stop <= 40
    ]
)


@st.composite
def corpora(draw, layers=("ann", "bob", "eve"), everybody=False, articles=3):
    """Articles that some of the layers have read, with nested, crossing, identical and fragmented spans."""
    made = []
    for number in range(draw(st.integers(1, articles))):
        readers = layers if everybody else draw(st.lists(st.sampled_from(layers), unique=True))
        marks = {
            layer: [
                mark(f"{number}{layer}{at}", label, *places)
                for at, (label, places) in enumerate(draw(_marks))
            ]
            for layer in readers
        }
        made.append(article(str(number), 40, marks, draw(_tokens)))
    return corpus(*made, layers=layers)


def tokens_of(of, layer, label, unit="tokens"):
    """Say of every token (or character) of the articles whether a layer marked it; None where unread."""
    decisions = []
    for one in of.articles:
        edges = list(zip(one.tokens[::2], one.tokens[1::2], strict=True))
        places = edges if unit == "tokens" else [(at, at + 1) for at in range(one.size)]
        for start, stop in places:
            decisions.append(
                any(
                    f.start < stop and f.stop > start
                    for m in one.marks[layer]
                    if m.label == label
                    for f in m.fragments
                )
                if layer in one.marks
                else None
            )
    return decisions
