"""Agreement of three annotators on 1,000 articles of 4,000 characters, thirty spans each, beside its floors.

Reading beside raw sqlite3 reading and parsing the same rows; the measures beside scikit-learn's kappa of the
same tokens, one label and pair after the other; the bootstrap beside drawing the articles and adding up one
column a measure. Medians of three runs in turns; what other programs do at the same time counts too, so the
processor's own seconds stand beside.
"""

import json
import random
import sqlite3
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.metrics import cohen_kappa_score

from annotator import resources
from annotator.model.anchor import anchor
from annotator.model.change import Draft, Revision, new_id
from annotator.model.records import Annotation, Article, Progress
from annotator.model.span import Span
from annotator.model.text import article_id, fingerprint
from annotator.services.agreement import Asked, Corpus, gathered, measured
from annotator.services.samples import built_in_scheme
from annotator.store import Home, Project

ARTICLES, EACH, LAYERS, RESAMPLES = 1_000, 30, ("ann", "bob", "eve"), 1_000
ROUNDS = 3


Seconds = tuple[float, float]
"""By the clock, and by the processor."""


def main(articles: int = ARTICLES) -> None:
    """Print seconds, and the ratio to the floor of the same run."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        home = Home(folder / "home")
        with Project.create(
            folder / "p.annotator", scheme=built_in_scheme(), title="B", home=home
        ) as project:
            _fill(project, articles)
            corpus = _gather(project)
            no_intervals = replace(corpus, asked=Asked(resamples=0))
            measured(no_intervals, _quiet)
            rounds = [
                (
                    _seconds(lambda: _gather(project)),
                    _seconds(lambda: _read(project.path)),
                    _seconds(lambda: measured(no_intervals, _quiet)),
                    _seconds(lambda: _kappas(corpus)),
                    _seconds(lambda: measured(corpus, _quiet)),
                    _seconds(lambda: _draws(articles, len(measured(no_intervals, _quiet).measures))),
                )
                for _ in range(ROUNDS)
            ]
    reading, rows, measures, kappas, all_of_it, draws = (
        sorted(of)[ROUNDS // 2] for of in zip(*rounds, strict=True)
    )
    print(f"  {articles:,} articles, {len(LAYERS)} annotators, {EACH} spans each")
    _print("reading the spans and tokens", reading, rows)
    _print("all measures but γ", measures, kappas)
    more = all_of_it[0] - measures[0], all_of_it[1] - measures[1]
    _print(f"bootstrap of {RESAMPLES:,} more", more, draws)


def _print(what: str, ours: Seconds, floor: Seconds) -> None:
    ratio = f"ratio {ours[0] / floor[0]:5.2f} ({ours[1] / floor[1]:5.2f} busy)"
    print(
        f"  {what:<36} {ours[0]:6.2f} s ({ours[1]:6.2f} s busy)   floor {floor[0]:6.2f} s   {ratio}",
        flush=True,
    )


def _seconds(work: Callable[[], object]) -> Seconds:
    began, busy = time.perf_counter(), time.process_time()
    work()
    return time.perf_counter() - began, time.process_time() - busy


def _quiet(_done: int, _total: int) -> None:
    """Tell nobody."""


def _gather(project: Project) -> Corpus:
    with project.snapshot() as still:
        return gathered(still, Asked(resamples=RESAMPLES), _quiet)


def _fill(project: Project, articles: int) -> None:
    chance = random.Random(1)
    words = resources.path("samples", "aleppo.txt").read_text("utf-8").split()
    texts, revisions = [], []
    for i in range(articles):
        text = f"Article {i}. " + " ".join(chance.choices(words, k=680))
        sha256 = fingerprint(text)
        article = Article(article_id(sha256), sha256, f"Title {i}", "AP", published="2016-09-21")
        texts.append(text)
        revisions.append(Revision.of(article))
        revisions += [Revision.of(of) for of in _work(chance, article.id, text)]
    project.commit(Draft("import", "ann", tuple(revisions), texts=tuple(texts)))


def _work(chance: random.Random, article: str, text: str) -> list[Annotation | Progress]:
    """Let the annotators agree on two spans of three, roughly on one of five, and not on the rest."""
    places = [_place(chance, text) for _ in range(EACH)]
    work: list[Annotation | Progress] = [Progress(article, layer, "done") for layer in LAYERS]
    for layer in LAYERS:
        for label, start, stop in places:
            way = chance.random()
            if way > 0.85:
                label, start, stop = _place(chance, text)
            elif way > 0.65:
                start, stop = start + chance.randrange(4), stop + chance.randrange(8)
            fragments = (Span(start, stop),)
            words = anchor(text, fragments)
            values = _values(chance, label)
            work.append(Annotation(new_id(), article, layer, label, fragments, words, values))
    return work


def _place(chance: random.Random, text: str) -> tuple[str, int, int]:
    start = chance.randrange(len(text) - 100)
    label = chance.choices(
        ("claim", "quote", "casualty", "source", "cue", "place", "time"), (6, 5, 3, 4, 4, 2, 2)
    )
    return label[0], start, start + chance.randrange(5, 90)


def _values(chance: random.Random, label: str) -> dict[str, Any]:
    if label == "casualty":
        count = chance.randrange(20)
        figure = {"words": "", "qualifier": "exact", "low": count, "best": count, "high": count}
        return {
            "harm": chance.choice(("killed", "injured")),
            "count": figure,
            "roles": ["child"],
            "victims": "civilians",
        }
    if label == "claim":
        kinds = chance.choice(("event", "state"))
        return {
            "type": kinds,
            "voice": "reported",
            "check-worthy": "yes",
            "claimant": f"e{chance.randrange(50)}",
        }
    return {"form": "direct", "speaker": f"e{chance.randrange(50)}"} if label == "quote" else {}


# Floors


def _read(path: Path) -> int:
    db = sqlite3.connect(path)
    texts = dict(db.execute("SELECT sha256, text FROM article_text").fetchall())
    rows = db.execute("SELECT body FROM revision WHERE kind = 'annotation'").fetchall()
    db.close()
    return len([json.loads(row[0]) for row in rows]) + sum(len(text.split()) for text in texts.values())


def _kappas(corpus: Corpus) -> list[float]:
    """Take Cohen's kappa of the tokens by scikit-learn, for each label and pair."""
    found = []
    for label in ("claim", "quote", "casualty", "source", "cue", "place", "time"):
        marked = {layer: [_marked(article, layer, label) for article in corpus.articles] for layer in LAYERS}
        flat = {layer: np.concatenate(marked[layer]) for layer in LAYERS}
        found += [float(cohen_kappa_score(flat[one], flat[other])) for one, other in corpus.pairs]
    return found


def _marked(article: Any, layer: str, label: str) -> Any:
    starts, stops = np.array(article.tokens).reshape(-1, 2).T
    found = np.zeros(len(starts), bool)
    for mark in article.marks[layer]:
        for fragment in mark.fragments if mark.label == label else ():
            found |= (starts < fragment.stop) & (stops > fragment.start)
    return found


def _draws(articles: int, columns: int) -> Any:
    chance = np.random.default_rng(1)
    drawn = chance.multinomial(articles, np.full(articles, 1 / articles), RESAMPLES)
    return drawn.astype(float) @ np.ones((articles, columns))


if __name__ == "__main__":
    main()
