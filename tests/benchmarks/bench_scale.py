"""A million spans out as JSON Lines, 300,000 in, and near-duplicates told apart, beside their floors.

Out is the whole command: it copies the project, verifies every span, and writes, syncs and hashes the files.
One floor is orjson dumping the same rows, which are in memory already, into a file that is synced. The other
reads them from the project first, article by article by raw sqlite3, and verifies nothing.

In is the whole command: it parses, checks and places every span, and writes journal, projections and search
index with their hashes. The floor is raw sqlite3 inserting the same spans and texts, which are in memory
already, with full-text search.

Each run is a process of its own, and the median of three counts.
"""

import argparse
import gc
import os
import random
import sqlite3
import subprocess
import sys
import tempfile
import time
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from bench_formats import ROOT, Measured, _run
from bench_store import _corpus, _raw_import

from annotator import resources
from annotator.formats.parts.json_lines import line_of
from annotator.model.change import Draft, Revision
from annotator.model.scheme import Scheme
from annotator.services.near_duplicates import NearDuplicates
from annotator.store import Home, Project

EACH = 30
ROUNDS = 3
COPIES = 10_000


def main(out: int = 1_000_000, into: int = 300_000) -> None:
    """Measure with so many spans, thirty an article of four thousand characters."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        os.environ["ANNOTATOR_HOME"] = str(folder / "home")
        _exporting(folder, out)
        _importing(folder, into)
    _splitting()


def _exporting(folder: Path, spans: int) -> None:
    project, out = folder / "out.annotator", folder / "out.jsonl"
    _fill(project, folder, *_corpus(spans // EACH, EACH))
    ours, dumping, reading = _medians(
        lambda: _run("export", project, out, "--format", "jsonl"),
        lambda: _floor("dump", out, folder),
        lambda: _floor("read", project, folder),
    )
    _print(f"export {spans:,} spans as JSON Lines", ours)
    _print("orjson dumping the same rows", dumping, ours)
    _print("raw sqlite3 reading, orjson dumping them", reading, ours)


def _importing(folder: Path, spans: int) -> None:
    _write_lines(folder / "in.jsonl", *_corpus(spans // EACH, EACH))
    ours, inserting = _medians(lambda: _import(folder), lambda: _floor("insert", spans, folder))
    _print(f"import {spans:,} spans from JSON Lines", ours)
    _print("raw sqlite3 with FTS5", inserting, ours)


def _splitting() -> None:
    chance = random.Random(1)
    words = resources.path("samples", "aleppo.txt").read_text("utf-8").split()
    texts = [" ".join(chance.choices(words, k=600)) for _ in range(COPIES * 4 // 5)]
    texts += [f"Another headline\n{chance.choice(texts)[:3000]}" for _ in range(COPIES - len(texts))]
    begun, busy = time.perf_counter(), time.process_time()
    found = NearDuplicates()
    for number, text in enumerate(texts):
        found.add(str(number), text)
    groups = found.groups(lambda number: texts[int(number)])
    spent = time.perf_counter() - begun, time.process_time() - busy, 0.0
    _print(f"{COPIES:,} articles into {len(groups):,} groups", spent)


def _print(what: str, measured: Measured, ours: Measured | None = None) -> None:
    seconds, busy, memory = measured
    beside = f"   ratio {ours[0] / seconds:5.2f} ({ours[1] / busy:5.2f} busy)" if ours else ""
    indented = f"  {what}" if ours else what
    print(f"  {indented:<44} {seconds:7.2f} s  ({busy:6.2f} s busy)  {memory:5.0f} MB{beside}", flush=True)


def _medians(*works: Callable[[], Measured]) -> list[Measured]:
    """Measure works in turns, as the machine is not equally fast all the time."""
    rounds = [[work() for work in works] for _ in range(ROUNDS)]
    return [sorted(measured)[ROUNDS // 2] for measured in zip(*rounds, strict=True)]


def _fill(path: Path, folder: Path, texts: list[str], revisions: list[Revision]) -> None:
    """Write a corpus in changes of some thousand articles, as imports do."""
    scheme = tomllib.loads(resources.path("schemes", "conflict-news.toml").read_text("utf-8"))
    home = Home(folder / "home")
    with Project.create(path, scheme=Scheme.from_body(scheme), title="Bench", home=home) as project:
        for at in range(0, len(texts), 3_000):
            some = revisions[at * (EACH + 1) : (at + 3_000) * (EACH + 1)]
            project.commit(Draft("import", "mina", tuple(some), texts=tuple(texts[at : at + 3_000])))


def _write_lines(path: Path, texts: list[str], revisions: list[Revision]) -> None:
    with path.open("wb") as file:
        file.write(line_of({"format": "annotator", "version": 1}))
        for at, text in enumerate(texts):
            article, *spans = revisions[at * (EACH + 1) : (at + 1) * (EACH + 1)]
            rows = [{**span.body, "id": span.id} for span in spans]
            described = {**article.body, "id": article.id}
            file.write(line_of({"article": described, "text": text, "annotations": rows}))


def _import(folder: Path) -> Measured:
    project = folder / "in.annotator"
    project.unlink(missing_ok=True)
    _run("new", project)
    return _run("import", project, folder / "in.jsonl")


# Floors: each prepares what is not measured, and returns what is.


def _dump(source: str, folder: str) -> Callable[[], None]:
    import orjson

    rows = [orjson.loads(line) for line in Path(source).read_bytes().splitlines()]
    return lambda: _write(folder, map(orjson.dumps, rows))


def _read(project: str, folder: str) -> Callable[[], None]:
    import orjson

    db = sqlite3.connect(f"file:{project}?mode=ro", uri=True)
    return lambda: _write(folder, map(orjson.dumps, _rows(db, orjson.loads)))


def _rows(db: sqlite3.Connection, loads: Callable[[str], Any]) -> Iterator[dict[str, Any]]:
    current = (
        " CROSS JOIN winner w ON w.kind = '{0}' AND w.id = t.id"
        " CROSS JOIN revision r ON r.change = w.change AND r.kind = w.kind AND r.id = w.id"
    )
    articles = (
        f"SELECT t.id, r.body, x.text FROM article t {current.format('article')}"
        " CROSS JOIN article_text x ON x.sha256 = t.sha256 ORDER BY t.id"
    )
    spans = (
        f"SELECT t.id, r.body FROM annotation t {current.format('annotation')}"
        " WHERE t.article = ? ORDER BY t.start, t.stop DESC, t.id"
    )
    for article, body, text in db.execute(articles):
        annotations = [{**loads(span), "id": own_id} for own_id, span in db.execute(spans, (article,))]
        yield {"article": {**loads(body), "id": article}, "text": text, "annotations": annotations}


def _insert(spans: str, folder: str) -> Callable[[], None]:
    texts, revisions = _corpus(int(spans) // EACH, EACH)
    path = Path(folder, "floor.db")
    path.unlink(missing_ok=True)
    return lambda: _raw_import(path, texts, revisions)


def _write(folder: str, lines: Iterator[bytes]) -> None:
    with Path(folder, "floor.jsonl").open("wb") as file:
        for line in lines:
            file.write(line)
            file.write(b"\n")
        file.flush()
        os.fsync(file.fileno())


FLOORS = {"dump": _dump, "read": _read, "insert": _insert}


def _floor(name: str, *words: object) -> Measured:
    """Run a floor in a process of its own."""
    command = [sys.executable, __file__, "--floor", name, *map(str, words)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    seconds, busy, memory = map(float, done.stdout.split())
    return seconds, busy, memory


def _measure(name: str, words: list[str]) -> None:
    """Run a floor in this process and print what it took; the garbage collector rests."""
    gc.disable()
    work = FLOORS[name](*words)
    begun, busy = time.perf_counter(), time.process_time()
    work()
    peak = int(Path("/proc/self/status").read_text().split("VmHWM:")[1].split()[0]) / 1024
    print(time.perf_counter() - begun, time.process_time() - busy, peak)


if __name__ == "__main__":
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    options.add_argument("--out", type=int, default=1_000_000, help="spans that are exported")
    options.add_argument("--into", type=int, default=300_000, help="spans that are imported")
    options.add_argument("--floor", nargs="+", help="only run one floor")
    chosen = options.parse_args()
    if chosen.floor:
        _measure(chosen.floor[0], chosen.floor[1:])
    else:
        main(chosen.out, chosen.into)
