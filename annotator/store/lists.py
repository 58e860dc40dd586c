"""The list of articles, thin and fast, and the counts of the whole project."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, NamedTuple

from annotator.model.records import ArticleState
from annotator.store import search
from annotator.store.bodies import sort_key
from annotator.store.connection import Connection, Row

Sort = Literal["title", "published", "outlet", "added"]

_ORDER: dict[Sort, str] = {
    "title": "a.title_key",
    "published": "a.published",
    "outlet": "a.outlet_key",
    # Change ids begin with their time, so the first revision of an article has the lowest.
    "added": "(SELECT min(r.change) FROM revision r WHERE r.kind = 'article' AND r.id = a.id)",
}
_STATE = (
    "coalesce(p.state, CASE WHEN EXISTS (SELECT 1 FROM tally t WHERE t.layer = :who AND t.article = a.id)"
    " THEN 'reading' ELSE 'to do' END)"
)


@dataclass(frozen=True, slots=True)
class ArticleQuery:
    """Which articles to list, in which order.

    `state` and `counts` are those of `annotator`. `label` asks for articles where the annotator (or, when
    none is named, anybody) used that label; `mine` for those where the annotator marked anything.
    """

    text: str = ""
    state: ArticleState | Literal[""] = ""
    annotator: str = ""
    label: str = ""
    mine: bool = False
    sort: Sort = "title"
    descending: bool = False


class ArticleRow(NamedTuple):
    """One line of the list of articles."""

    id: str
    title: str
    outlet: str
    published: str
    state: ArticleState
    counts: Mapping[str, int]
    """How many annotations of each label stand in the annotator's layer."""


@dataclass(frozen=True, slots=True)
class Counts:
    """How much there is: articles, annotations by layer and label, articles done and skipped by annotator."""

    articles: int
    layers: Mapping[str, Mapping[str, int]]
    done: Mapping[str, int]
    skipped: Mapping[str, int] = field(default_factory=dict)


_NONE: Mapping[str, int] = {}


def articles(db: Connection, query: ArticleQuery) -> list[ArticleRow]:
    """List articles; fifty thousand rows come in a fraction of a second."""
    counts = _counts_by_article(db, query.annotator)
    return [ArticleRow._make((*row, counts.get(row[0], _NONE))) for row in _rows(db, query)]


def _rows(db: Connection, query: ArticleQuery) -> list[Row]:
    wanted, parameters = _conditions(query)
    direction = "DESC" if query.descending else "ASC"
    parameters["who"] = query.annotator
    return db.rows(
        f"SELECT a.id, a.title, a.outlet, a.published, {_STATE} AS state FROM article a"
        " LEFT JOIN progress p ON p.annotator = :who AND p.article = a.id"
        f" {'WHERE ' + ' AND '.join(wanted) if wanted else ''}"
        f" ORDER BY {_ORDER[query.sort]} {direction}, a.title_key, a.id",
        parameters,
    )


def _conditions(query: ArticleQuery) -> tuple[list[str], dict[str, Any]]:
    wanted: list[str] = []
    parameters: dict[str, Any] = {}
    if query.state:
        wanted.append(f"{_STATE} = :state")
        parameters["state"] = query.state
    if query.mine:
        wanted.append("a.id IN (SELECT article FROM tally WHERE layer = :who)")
    if query.label:
        wanted.append(
            "a.id IN (SELECT article FROM tally WHERE label = :label AND (:who = '' OR layer = :who))"
        )
        parameters["label"] = query.label
    if query.text.strip():
        _add_text(query.text, wanted, parameters)
    return wanted, parameters


def _add_text(text: str, wanted: list[str], parameters: dict[str, Any]) -> None:
    """Ask for the words in the title and outlet, in the text, or in the article's annotations."""
    words = {f"word{i}": word for i, word in enumerate(sort_key(text).split()[: search.MOST_WORDS])}
    parameters |= words
    in_head = " AND ".join(f"instr(a.title_key || ' ' || a.outlet_key, :{name})" for name in words)
    ways = [f"({in_head or '1'})"]
    if match := search.match_words(text):
        parameters["match"] = match
        ways.append(
            "a.sha256 IN (SELECT x.sha256 FROM text_search f JOIN article_text x ON x.pos = f.rowid"
            " WHERE text_search MATCH :match)"
        )
        ways.append(
            "a.id IN (SELECT n.article FROM annotation_search f JOIN annotation n ON n.pos = f.rowid"
            " WHERE annotation_search MATCH :match)"
        )
    wanted.append(f"({' OR '.join(ways)})")


def _counts_by_article(db: Connection, layer: str) -> dict[str, dict[str, int]]:
    counts: dict[str, dict[str, int]] = {}
    for article, label, n in db.rows("SELECT article, label, n FROM tally WHERE layer = ?", (layer,)):
        counts.setdefault(article, {})[label] = n
    return counts


def counts(db: Connection) -> Counts:
    """Count articles, annotations, finished and skipped articles of the whole project."""
    layers: dict[str, dict[str, int]] = {}
    for layer, label, n in db.rows(
        "SELECT t.layer, t.label, sum(t.n) FROM tally t JOIN article a ON a.id = t.article"
        " GROUP BY t.layer, t.label ORDER BY t.layer, t.label"
    ):
        layers.setdefault(layer, {})[label] = n
    done: dict[str, int] = dict(db.rows(_RECORDED, ("done",)))
    skipped: dict[str, int] = dict(db.rows(_RECORDED, ("skipped",)))
    return Counts(db.value("SELECT count(*) FROM article"), layers, done, skipped)


_RECORDED = (
    "SELECT p.annotator, count(*) FROM progress p JOIN article a ON a.id = p.article"
    " WHERE p.state = ? GROUP BY p.annotator ORDER BY p.annotator"
)


def finished(db: Connection) -> list[tuple[str, str, str]]:
    """List who has done which article, and when that was recorded (UTC): article, annotator, time."""
    return db.rows(
        "SELECT p.article, p.annotator, c.at FROM progress p JOIN article a ON a.id = p.article"
        " CROSS JOIN winner w ON w.kind = 'progress' AND w.id = p.id JOIN change c ON c.id = w.change"
        " WHERE p.state = 'done' ORDER BY c.seq, c.id, p.id"
    )


def outlets(db: Connection) -> tuple[str, ...]:
    """List the outlets that articles name, by name."""
    rows = db.rows("SELECT DISTINCT outlet FROM article WHERE outlet <> '' ORDER BY outlet_key, outlet")
    return tuple(row[0] for row in rows)


def layers(db: Connection) -> tuple[str, ...]:
    """List whose work there is: everybody who marked something or finished an article."""
    rows = db.rows(
        "SELECT t.layer FROM tally t JOIN article a ON a.id = t.article"
        " UNION SELECT p.annotator FROM progress p JOIN article a ON a.id = p.article ORDER BY 1"
    )
    return tuple(row[0] for row in rows)


def readers(db: Connection, article: str) -> tuple[str, ...]:
    """List whose reading of an article is known: everybody who marked something in it or finished it."""
    rows = db.rows(
        "SELECT layer FROM tally WHERE article = :article UNION SELECT annotator FROM progress"
        # The id begins with the article, and there is no other index by article.
        " WHERE id >= :article || ':' AND id < :article || ';' AND article = :article AND state = 'done'"
        " ORDER BY 1",
        {"article": article},
    )
    return tuple(row[0] for row in rows)


def all_readers(db: Connection) -> dict[str, tuple[str, ...]]:
    """Map each article to its readers, leaving out those that nobody has read."""
    found: dict[str, list[str]] = {}
    for article, annotator in db.rows(
        "SELECT t.article, t.layer FROM tally t JOIN article a ON a.id = t.article"
        " UNION SELECT p.article, p.annotator FROM progress p JOIN article a ON a.id = p.article"
        " WHERE p.state = 'done' ORDER BY 1, 2"
    ):
        found.setdefault(article, []).append(annotator)
    return {article: tuple(names) for article, names in found.items()}


def titles(db: Connection, words: str, limit: int) -> list[tuple[str, str]]:
    """List ids and titles of articles whose title holds every word, those that begin with them first."""
    keys = sort_key(words).split()[: search.MOST_WORDS]
    wanted = " AND ".join("instr(a.title_key, ?)" for _ in keys) or "1"
    return db.rows(
        f"SELECT a.id, a.title FROM article a WHERE {wanted}"
        " ORDER BY instr(a.title_key, ?) != 1, a.title_key, a.id LIMIT ?",
        (*keys, " ".join(keys), limit),
    )
