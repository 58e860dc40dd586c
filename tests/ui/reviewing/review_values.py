"""Three annotators' work on one article, with every kind of difference between them."""

from typing import Any

from annotator.model.anchor import anchor
from annotator.model.change import Draft, Revision, new_id
from annotator.model.records import Annotation, Progress
from annotator.model.span import Span
from annotator.model.values import defaults
from annotator.services import articles
from annotator.store import Project

Work = tuple[str, tuple[str, ...], dict[str, Any]]

TITLE = "Fighting in Aleppo further buries hopes for Syria truce"
DOZEN = {"words": "a dozen", "qualifier": "exact", "low": 12, "best": 12, "high": 12}
ABOUT = {"words": "a dozen", "qualifier": "about", "low": 10, "best": 12, "high": None}
NINE = {"words": "at least nine", "qualifier": "at least", "low": 9, "best": 9, "high": None}
DEAD = {"words": "at least 13", "qualifier": "at least", "low": 13, "best": 13, "high": None}
RAID = "a dozen people including four medical workers were reportedly killed"
STATED = 'efforts to salvage the truce are "not dead"'
VICTORY = (
    '"There is no ultimate military victory to be won, we are going to have to pursue the hard work of the'
    ' diplomacy that aims to stop the violence and deliver aid to those in need,"'
)

ANNOTATORS: dict[str, tuple[Work, ...]] = {
    "Ana": (
        ("casualty", ("at least 13 people dead",), {"harm": "killed", "count": DEAD, "victims": "unknown"}),
        ("quote", (STATED,), {"form": "partial"}),
        ("casualty", (f"{RAID} by the intense air raids",), {"harm": "killed", "count": DOZEN}),
        ("quote", ('efforts to salvage the truce were "not dead."',), {"form": "partial"}),
        ("casualty", ("four medical workers and at least nine opposition fighters",), {"harm": "killed"}),
        ("casualty", ("at least nine opposition fighters",), {"harm": "killed", "count": NINE}),
        ("claim", ("The raid hit the town of Khan Touman southwest of Aleppo city",), {"type": "event"}),
        ("quote", (VICTORY,), {"form": "direct"}),
        ("quote", ('"The ceasefire is not dead"',), {"form": "direct"}),
        ("claim", ("opposition groups still have a strong presence in the area",), {"type": "state"}),
    ),
    "Ben": (
        ("casualty", ("leaving at least 13 people dead",), {"harm": "killed", "count": DEAD}),
        ("quote", ('"not dead"',), {"form": "partial"}),
        ("casualty", (RAID,), {"harm": "killed", "count": ABOUT}),
        ("quote", ('"not dead."',), {"form": "partial"}),
        ("casualty", ("at least nine opposition fighters",), {"harm": "killed", "count": NINE}),
        ("claim", ("The raid hit the town of Khan Touman southwest of Aleppo city",), {"type": "event"}),
        (
            "quote",
            (
                '"There is no ultimate military victory to be won',
                "the hard work of the diplomacy that aims to stop the violence and deliver aid",
            ),
            {"form": "direct"},
        ),
        ("quote", ('"The ceasefire is not dead"',), {"form": "direct"}),
    ),
    "Cleo": (
        ("casualty", ("at least 13 people dead",), {"harm": "killed", "count": DEAD, "victims": "unknown"}),
        ("claim", ('the U.S. insists that efforts to salvage the truce are "not dead"',), {}),
        ("quote", (STATED,), {"form": "partial"}),
        ("claim", ('efforts to salvage the truce were "not dead."',), {"voice": "reported"}),
        ("casualty", ("at least nine opposition fighters",), {"harm": "killed", "count": NINE}),
        ("claim", ("The raid hit the town of Khan Touman southwest of Aleppo city",), {"type": "state"}),
        ("quote", ('"The ceasefire is not dead"',), {"form": "direct"}),
    ),
}


def fill(project: Project, text: str, *, title: str = TITLE, repeat: int = 1) -> list[str]:
    """Write articles with the work of three annotators; return their ids."""
    ids = []
    for number in range(repeat):
        article = articles.add(
            project,
            actor="Ana",
            raw=text,
            title=f"{title} {number + 1}" if number else title,
            outlet="Daily Sabah",
            published="2016-09-21",
            url=f"https://news.example/{number}",
        )
        for annotator, work in ANNOTATORS.items():
            tag(project, article.id, text, annotator, work, done=True)
        ids.append(article.id)
    return ids


def tag(
    project: Project,
    article: str,
    text: str,
    annotator: str,
    work: tuple[Work, ...],
    *,
    done: bool = False,
) -> None:
    """Mark words as an annotator, in one change."""
    made: list[Annotation | Progress] = []
    for label, words, attributes in work:
        spans = tuple(span_of(text, part) for part in words)
        kind = project.scheme.label(label)
        values = {**(defaults(kind) if kind else {}), **attributes}
        made.append(Annotation(new_id(), article, annotator, label, spans, anchor(text, spans), values))
    made += [Progress(article, annotator, "done")] if done else []
    revisions = tuple(Revision(one.KIND, one.id, one.to_body()) for one in made)
    project.commit(Draft("tag", annotator, revisions))


def span_of(text: str, words: str) -> Span:
    start = text.index(words)
    return Span(start, start + len(words))
