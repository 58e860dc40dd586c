"""The project file: commits, a bulk import, search and lists, beside raw sqlite3 writing the same rows."""

import random
import sqlite3
import statistics
import tempfile
import time
import tomllib
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from annotator import resources
from annotator.model.anchor import anchor
from annotator.model.change import Draft, Revision, new_id, to_json
from annotator.model.records import Annotation, Article
from annotator.model.scheme import Scheme
from annotator.model.span import Span
from annotator.model.text import article_id, fingerprint
from annotator.store import ArticleQuery, Home, Project

ARTICLES = 10_000
SPANS_EACH = 30
WORDS_EACH = 600
LISTED = 50_000
COMMITS = 200
SEARCHES = ("truce", "ultimate military", "medical workers", "trucks rel")

VALUES = {
    "claim": {"type": "event", "voice": "author", "check-worthy": "yes", "certainty": "certain"},
    "quote": {"form": "direct", "medium": "speech"},
    "casualty": {
        "harm": "killed",
        "count": {"words": "at least nine", "qualifier": "at least", "low": 9, "best": 9, "high": None},
        "victims": "civilians",
    },
}

Row = tuple[str, float, float]
"""What was measured, ours and the floor in milliseconds."""


def main() -> None:
    """Print medians and their ratios to the floors."""
    scheme = Scheme.from_body(
        tomllib.loads(resources.path("schemes", "conflict-news.toml").read_text("utf-8"))
    )
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        home = Home(folder / "home")
        with Project.create(folder / "bench.annotator", scheme=scheme, title="Bench", home=home) as project:
            _print(
                [*_importing(project, folder), *_committing(project, folder), *_searching(project, folder)]
            )
            _print(_reading(project))
        with Project.create(folder / "list.annotator", scheme=scheme, title="List", home=home) as project:
            _print(_listing(project, folder))


def _print(rows: Sequence[Row]) -> None:
    for what, ours, floor in rows:
        beside = f"   raw sqlite3 {floor:9.2f} ms   ratio {ours / floor:5.2f}" if floor else ""
        print(f"  {what:<58} {ours:9.2f} ms{beside}")


def _importing(project: Project, folder: Path) -> list[Row]:
    texts, revisions = _corpus(ARTICLES, SPANS_EACH)
    floor = _once(lambda: _raw_import(folder / "raw.db", texts, revisions))
    ours = _once(lambda: project.commit(Draft("import", "mina", tuple(revisions), texts=tuple(texts))))
    return [(f"import {ARTICLES:,} articles, {ARTICLES * SPANS_EACH:,} spans, one change", ours, floor)]


def _corpus(articles: int, spans: int) -> tuple[list[str], list[Revision]]:
    rng = random.Random(1)
    words = resources.path("samples", "aleppo.txt").read_text("utf-8").split()
    texts, revisions = [], []
    for i in range(articles):
        text = f"Article {i}. " + " ".join(rng.choices(words, k=WORDS_EACH))
        sha256 = fingerprint(text)
        article = Article(article_id(sha256), sha256, f"Title {i}", "AP", published="2016-09-21")
        texts.append(text)
        revisions.append(Revision(Article.KIND, article.id, article.to_body()))
        revisions += [_span(rng, article.id, text) for _ in range(spans)]
    return texts, revisions


def _span(rng: random.Random, article: str, text: str) -> Revision:
    start = rng.randrange(len(text) - 80)
    fragments = (Span(start, start + rng.randrange(5, 70)),)
    label = rng.choice(tuple(VALUES))
    annotation = Annotation(
        *(new_id(), article, "mina", label, fragments, anchor(text, fragments), VALUES[label]),
        scheme="conflict-news@1",
    )
    return Revision(Annotation.KIND, annotation.id, annotation.to_body())


def _raw_import(path: Path, texts: Sequence[str], revisions: Sequence[Revision]) -> None:
    """Write the same articles and spans into two plain tables with full-text search."""
    db = _raw(path)
    db.execute("CREATE TABLE article (id TEXT PRIMARY KEY, sha256 TEXT, title TEXT, text TEXT)")
    db.execute(
        "CREATE TABLE span (id TEXT PRIMARY KEY, article TEXT, start INT, stop INT, words TEXT, body TEXT)"
    )
    db.execute("CREATE INDEX span_article ON span (article)")
    db.execute("CREATE VIRTUAL TABLE article_search USING fts5(text, content='article')")
    db.execute("CREATE VIRTUAL TABLE span_search USING fts5(words, content='span')")
    db.execute("BEGIN IMMEDIATE")
    articles = (r for r in revisions if r.kind == Article.KIND)
    db.executemany(
        "INSERT INTO article VALUES (?, ?, ?, ?)",
        ((r.id, r.body["sha256"], r.body["title"], text) for r, text in zip(articles, texts, strict=True)),
    )
    db.executemany(
        "INSERT INTO span VALUES (?, ?, ?, ?, ?, ?)",
        (_raw_span(r) for r in revisions if r.kind == Annotation.KIND),
    )
    db.execute("INSERT INTO article_search (rowid, text) SELECT rowid, text FROM article")
    db.execute("INSERT INTO span_search (rowid, words) SELECT rowid, words FROM span")
    db.execute("COMMIT")
    db.close()


def _raw_span(revision: Revision) -> tuple[object, ...]:
    body = revision.body
    return revision.id, body["article"], *body["fragments"][0], body["exact"][0], to_json(body)


def _committing(project: Project, folder: Path) -> list[Row]:
    """Commit single spans durably into the large project, and single rows into the large raw file."""
    rng = random.Random(2)
    article = project.article_ids()[0]
    text = project.text(project.article(article).sha256)
    spans = [_span(rng, article, text) for _ in range(COMMITS)]
    ours = _median(lambda span: project.commit(Draft("tag as Claim", "mina", (span,))), spans)
    db = _raw(folder / "raw.db")

    def insert(span: Revision) -> None:
        db.execute("BEGIN IMMEDIATE")
        db.execute("INSERT INTO span VALUES (?, ?, ?, ?, ?, ?)", _raw_span(span))
        words = span.body["exact"][0]
        db.execute("INSERT INTO span_search (rowid, words) VALUES (last_insert_rowid(), ?)", (words,))
        db.execute("COMMIT")

    floor = _median(insert, spans)
    db.close()
    return [("commit one span, durably (median)", ours, floor)]


def _searching(project: Project, folder: Path) -> list[Row]:
    db = _raw(folder / "raw.db")
    query = (
        "SELECT a.id, a.title, snippet(article_search, 0, '[', ']', '…', 16) FROM article_search"
        " JOIN article a ON a.rowid = article_search.rowid WHERE article_search MATCH ? "
        " ORDER BY rank LIMIT 50"
    )
    rows = []
    for words in SEARCHES:
        ours = _median(lambda w: project.search(w), [words] * 15)
        match = " ".join(f'"{word}"' for word in words.split()) + "*"
        floor = _median(lambda m: db.execute(query, (m,)).fetchall(), [match] * 15)
        rows.append((f"search {ARTICLES:,} articles and their spans for “{words}”", ours, floor))
    db.close()
    return rows


def _reading(project: Project) -> list[Row]:
    ids = project.article_ids()[:200]
    return [
        (f"read one article's {SPANS_EACH} annotations", _median(project.annotations, ids), 0.0),
        ("count the whole project", _median(lambda _: project.counts(), range(15)), 0.0),
        ("look for other windows' changes", _median(lambda _: project.changed_since(10**9), range(200)), 0.0),
        (
            "open it",
            _median(lambda _: Project.open(project.path, home=project._home).close(), range(15)),
            0.0,
        ),
    ]


def _listing(project: Project, folder: Path) -> list[Row]:
    revisions = [
        Revision(
            Article.KIND, f"{i:024}", Article(f"{i:024}", "0" * 64, f"Title {i * 7919 % LISTED}").to_body()
        )
        for i in range(LISTED)
    ]
    project.commit(Draft("import", "mina", tuple(revisions)))
    db = _raw(folder / "list.db")
    db.execute(
        "CREATE TABLE article (id TEXT PRIMARY KEY, title TEXT, outlet TEXT, published TEXT, state TEXT)"
    )
    rows = ((r.id, r.body["title"], "AP", "2016", "done") for r in revisions)
    db.execute("BEGIN")
    db.executemany("INSERT INTO article VALUES (?, ?, ?, ?, ?)", rows)
    db.execute("COMMIT")
    query = "SELECT * FROM article ORDER BY title"
    floor = _median(lambda _: db.execute(query).fetchall(), range(7))
    db.close()
    ours = _median(lambda _: project.articles(ArticleQuery(annotator="mina")), range(7))
    return [(f"list {LISTED:,} articles with state and counts, sorted", ours, floor)]


def _raw(path: Path) -> sqlite3.Connection:
    db = sqlite3.connect(path, isolation_level=None)
    db.execute("PRAGMA synchronous=EXTRA")
    return db


def _once(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return (time.perf_counter() - began) * 1000


def _median(work: Callable[[Any], object], items: Sequence[Any]) -> float:
    return statistics.median(_once(lambda item=item: work(item)) for item in items)


if __name__ == "__main__":
    main()
