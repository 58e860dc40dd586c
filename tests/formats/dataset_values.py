"""Datasets for the tests of formats: a scheme with every kind of value, and generated work on odd texts."""

from pathlib import Path

from hypothesis import strategies as st

from annotator.formats.dataset import ArticleRecord, Dataset, Header
from annotator.formats.fitting import Fitting, fitted
from annotator.formats.parts.file_names import part_name
from annotator.model.anchor import anchor
from annotator.model.change import to_json
from annotator.model.figure import QUALIFIERS, Figure
from annotator.model.records import Annotation, Article, Entity, Link, Progress
from annotator.model.scheme import Scheme
from annotator.model.span import Span
from annotator.model.text import article_id, canonical, fingerprint, says_nothing

SCHEME = Scheme.from_body(
    {
        "scheme": {"id": "trial", "version": 3, "title": "Trial"},
        "entity": [{"kind": "actor", "attributes": [{"name": "born", "kind": "date"}]}],
        "label": [
            {
                "id": "claim",
                "rule": "It can be true.",
                "attributes": [
                    {"name": "type", "kind": "choice", "values": ["event", "=state", "; odd"]},
                    {"name": "roles", "kind": "choices", "values": ["child", "a;b\\c", " x"]},
                    {"name": "why", "kind": "text"},
                    {"name": "score", "kind": "number"},
                    {"name": "sure", "kind": "flag"},
                    {"name": "as of", "kind": "date"},
                    {"name": "count", "kind": "figure"},
                    {"name": "count.low", "kind": "text"},
                    {"name": "who", "kind": "entity", "entity": "actor"},
                ],
            },
            {"id": "source"},
        ],
        "link": [
            {
                "id": "repeats",
                "from": ["claim"],
                "to": ["claim"],
                "attributes": [{"name": "drift", "kind": "text"}],
            },
            {"id": "contradicts", "from": [], "to": [], "symmetric": True},
        ],
    }
)

# Joined emoji, combining marks, right-to-left words, odd spaces, formulas, line ends of Windows and others.
PIECES = (
    *("Kerry said", "👩‍👩‍👧", "e\u0301", "قُتل تسعة", "\u00a0", "\n\n", " ", "=1+1", "\t", "“no”", " … ", "𝔘"),
    *("\u200f", "\r\n", "\u2028", "\x85", "'", ",", ";", '"', "-5", "@you", "\ufeff", "\x07", "नि", "🇸🇾"),
)

words = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=12)
names = st.sampled_from(["ann", "bob; the second", "Ümit", "gold", "=cmd"])
texts = (
    st.lists(st.sampled_from(PIECES), min_size=1, max_size=30)
    .map(lambda pieces: canonical("".join(pieces)))
    .filter(lambda text: not says_nothing(text))
)
plain = st.none() | st.booleans() | st.integers(-(2**40), 2**40) | st.floats(-1e9, 1e9) | words
unknown = st.dictionaries(
    words.map(lambda word: f"x {word}"), plain | st.lists(plain, max_size=2), max_size=2
)


@st.composite
def figures(draw):
    low, best, high = sorted(draw(st.lists(st.integers(0, 10**6), min_size=3, max_size=3)))
    kept = [n if draw(st.booleans()) else None for n in (low, best, high)]
    return Figure(draw(words), draw(st.sampled_from(QUALIFIERS)), *kept).to_body()


dates = st.sampled_from(["2016-09-20", "2016-09", "2016", "2016-09-20/2016-09-21"])
values = st.fixed_dictionaries(
    {},
    optional={
        "type": st.sampled_from(["event", "=state", "; odd"]) | plain,
        "roles": st.lists(st.sampled_from(["child", "a;b\\c", " x"]), unique=True) | plain,
        "why": words | plain,
        "score": st.integers(-1000, 1000) | st.floats(-1e9, 1e9) | plain,
        "sure": st.booleans() | plain,
        "as of": dates | plain,
        "count": figures() | plain,
        "count.low": words | plain,
        "who": st.sampled_from(["e1", "e2", "e9"]) | plain,
        "no such": plain,
    },
)


@st.composite
def fragments(draw, text):
    """One to three fragments, in order and apart, that hold more than white space."""
    edges = draw(st.lists(st.integers(0, len(text)), min_size=2, max_size=6, unique=True))
    pairs = sorted(edges)[: len(edges) // 2 * 2]
    spans = tuple(Span(*pair) for pair in zip(pairs[::2], pairs[1::2], strict=True))
    held = any(text[s.start : s.stop].strip() for s in spans)
    return spans if held else (Span(0, len(text)),)


@st.composite
def annotations(draw, text, article, ids, placed):
    return Annotation(
        next(ids),
        article,
        draw(names),
        draw(st.sampled_from(["claim", "source"])),
        placed,
        anchor(text, placed),
        draw(values),
        draw(words),
        draw(st.sampled_from(["hand", "import: a.txt", "rule: numbers 2", "gold: unanimous"])),
        "trial@3",
        draw(unknown),
        draw(st.lists(st.sampled_from(["id-000", "a;b\\c", "=1", " x"]), max_size=3).map(tuple)),
    )


@st.composite
def records(draw, text, ids):
    sha256 = fingerprint(text)
    url = draw(st.sampled_from(["", "https://example.org/a?b=1,2"]))
    described = {"title": draw(words), "outlet": draw(words), "published": draw(st.just("") | dates)}
    article = Article(article_id(sha256, url), sha256, url=url, extra=draw(unknown), **described)
    places = draw(st.lists(fragments(text), max_size=4))
    places += draw(st.lists(st.sampled_from(places), max_size=2)) if places else []
    marked = tuple(draw(annotations(text, article.id, ids, placed)) for placed in places)
    states = st.dictionaries(names, st.sampled_from(["done", "skipped"]), max_size=3)
    progress = tuple(Progress(article.id, who, state) for who, state in sorted(draw(states).items()))
    return ArticleRecord(article, text, marked, progress=progress)


@st.composite
def datasets(draw):
    """A dataset of several articles: nested, crossing, identical and broken spans, links across articles."""
    ids = iter(f"id-{n:03}" for n in range(1000))
    made = [draw(records(text, ids)) for text in draw(st.lists(texts, min_size=1, max_size=3, unique=True))]
    every = [a.id for record in made for a in record.annotations]
    entities = (
        Entity("e1", "actor", "John Kerry", {"born": "1943"}),
        Entity("e2", "actor", draw(words) + "."),
    )
    linked = [_with_links(draw, record, every) for record in made]
    return Dataset(Header("Trial project", SCHEME, entities=entities), tuple(linked))


def _with_links(draw, record, every):
    from dataclasses import replace

    links = tuple(
        Link(
            f"link-{a.id}", draw(names), "repeats", a.id, draw(st.sampled_from(every)), {"drift": draw(words)}
        )
        for a in record.annotations
        if draw(st.booleans())
    )
    return replace(record, links=links)


def export(how, dataset, main):
    """Write a dataset to a file and those beside it, or to a folder of that name; return all paths."""
    written = []

    def open_part(part):
        path = main / part if how.folder else main.with_name(part_name(main.name, part))
        path.parent.mkdir(parents=True, exist_ok=True)
        written.append(path.open("xb"))
        return written[-1]

    how.write(dataset, open_part)
    for file in written:
        file.close()
    return [Path(file.name) for file in written]


def place(how, folder):
    """Name the file, or the folder, that an export goes to."""
    return folder / ("work" if how.folder else "work" + how.suffixes[0])


def fitting_of(how, dataset):
    """Make a dataset fit a format, as the export does before it is written."""
    if not how.holds_spans:
        return dataset
    records = tuple(fitted(record, how.holds, Fitting())[0] for record in dataset)
    return Dataset(dataset.header, records)


def held(how, records):
    """Reduce records to what the format's flags say it holds, in a form that can be compared.

    Links are held where both ends lie in one article. Identity is by what a span says, as ids may be lost.
    """
    return sorted(_held_of(how.holds, record) for record in records)


def _held_of(holds, record):
    spans = {
        a.id: (
            a.layer if holds.layers else "",
            a.label,
            tuple((f.start, f.stop) for f in a.fragments),
            a.anchor.exact or tuple(record.text[f.start : f.stop] for f in a.fragments),
            to_json(a.attributes) if holds.attributes else "",
        )
        for a in record.annotations
    }
    links = [
        (link.type, link.layer if holds.layers else "", spans[link.source], spans[link.target])
        for link in (record.links if holds.links else ())
        if link.source in spans and link.target in spans
    ]
    return record.text, sorted(spans.values()), sorted(links)


def content(record):
    """Return what a record says, without the lines it stood in."""
    return record.article, record.text, record.annotations, record.links, record.progress


class Remarks(list):
    """Collects remarks as (line, message); `files` holds the file of each, None for the one that was read."""

    def __init__(self):
        super().__init__()
        self.files = []

    def __call__(self, line, message, *, file=None):
        self.append((line, message))
        self.files.append(file)


def no_remark(line, message, *, file=None):
    raise AssertionError(f"line {line}: {message}")
