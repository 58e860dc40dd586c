"""Reports of incidents in three articles, for the formats that make one row of them."""

from annotator import resources
from annotator.formats import scheme_toml
from annotator.formats.dataset import ArticleRecord, Dataset, Header
from annotator.model.anchor import anchor
from annotator.model.figure import Figure
from annotator.model.records import Annotation, Article, Entity, Link
from annotator.model.span import Span
from annotator.model.text import article_id, fingerprint

SCHEME = scheme_toml.read(resources.path("schemes", "conflict-news.toml").read_bytes())
CONVOY, MARKET = "e-convoy", "e-market"


def figure(qualifier, *bounds):
    """Write a figure: one number, or its low, best and high."""
    low, best, high = (
        bounds if len(bounds) == 3 else (*bounds * 2, *(bounds if qualifier == "exact" else [None]))
    )
    return Figure("", qualifier, low, best, high).to_body()


def count(own_id, words, count, layer="ann", harm="killed", victims="unknown", incident=CONVOY, **more):
    """Say what a count is; its place is found when it stands in an article."""
    values = {"harm": harm, "count": count, "victims": victims, "incident": incident, **more}
    return own_id, layer, words, {name: value for name, value in values.items() if value is not None}


def article(text, *counts, links=(), **described):
    """Make a record of a text and the counts in it."""
    sha256 = fingerprint(text)
    made = Article(article_id(sha256), sha256, **described)
    return ArticleRecord(made, text, tuple(_placed(made, text, *c) for c in counts), tuple(links))


def part(own_id, source, target):
    """Link a count to the one that it is a part of."""
    return Link(own_id, "ann", "part-of", source, target)


def dataset(*records, entities=None):
    """Put articles under the scheme and the entities of this module."""
    return Dataset(Header("Incidents", SCHEME, entities=ENTITIES if entities is None else entities), records)


def _placed(made, text, own_id, layer, words, values):
    at = text.index(words)
    span = (Span(at, at + len(words)),)
    return Annotation(own_id, made.id, layer, "casualty", span, anchor(text, span), values)


ENTITIES = (
    Entity("e-monitor", "actor", "Syrian Observatory", {"type": "monitoring group"}),
    Entity(
        CONVOY,
        "incident",
        "Aid convoy at Urum al-Kubra",
        {
            "place": "Urum al-Kubra",
            "place precision": "exact",
            "date": "2016-09-19/2016-09-20",
            "type": "air strike",
        },
    ),
    Entity("e-convoy-2", "incident", "Convoy", merged_into=CONVOY),
    Entity(
        MARKET, "incident", "=Market", {"place": "Idlib", "place precision": "province", "date": "2016-09"}
    ),
    Entity("e-nothing", "incident", "Never reported"),
)
DATASET = dataset(
    article(
        "At least 12 people, eight of them civilians, died. Some 18 were hurt, dozens are feared dead.",
        count("a1", "At least 12 people", figure("at least", 12), source="e-monitor", victims="mixed"),
        count("a2", "eight of them civilians", figure("exact", 8), victims="civilians"),
        count("a3", "Some 18", figure("about", 18), harm="injured"),
        count("a4", "dozens", figure("vague", 24, None, None)),
        links=[part("l1", "a2", "a1")],
        title="Convoy hit; many dead",
        outlet="Daily News",
        published="2016-09-20",
    ),
    article(
        "The Red Crescent counted 12 dead. Others say 14 to 20 died.",
        count("b1", "12 dead", figure("exact", 12), incident="e-convoy-2"),
        count("b2", "12 dead", figure("exact", 12), layer="bob"),
        count("b3", "14 to 20", figure("range", 14, 17, 20)),
        title="Twelve dead",
        outlet="Wire",
        published="2016-09-21",
    ),
    article(
        "Five fighters of the rebels were killed at the market.",
        count("c1", "Five fighters", figure("exact", 5), victims="side B", incident=MARKET),
        count("c2", "Five fighters", figure("exact", 6), layer="gold", victims="side B", incident=MARKET),
        title="Market",
    ),
)
