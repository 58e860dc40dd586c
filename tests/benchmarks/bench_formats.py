"""Import and export: seconds and peak memory beside floors of the same run.

Floors: the same lines written and parsed by `json` alone.
"""

import argparse
import json
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

# ru_maxrss of a child counts the memory of the parent it was forked from.
PEAK = "print(open('/proc/self/status').read().split('VmHWM:')[1].split()[0], file=sys.stderr)"
ROOT = Path(__file__).parents[2]
SENTENCE = "The Syrian Observatory said on Wednesday that an air raid killed at least nine people near Hama. "


def main(spans: int = 300_000) -> None:
    """Import and export a corpus of so many spans, thirty an article of four thousand characters."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        os.environ["ANNOTATOR_HOME"] = str(folder / "home")
        _write_corpus(folder / "corpus.jsonl", spans // 30)
        project = folder / "p.annotator"
        _run("new", project)
        floor = _seconds(lambda: _parse(folder / "corpus.jsonl"))
        _row(f"import {spans:,} spans (jsonl)", _run("import", project, folder / "corpus.jsonl"), floor)
        floor = _seconds(lambda: _copy(folder / "corpus.jsonl", folder / "floor.jsonl"))
        for form in ("jsonl", "csv"):
            out = folder / f"out.{form}"
            _row(f"export {spans:,} spans ({form})", _run("export", project, out, "--format", form), floor)
        _row("stats", _run("stats", project), 0)
        _row("formats (start-up)", _run("formats"), _run_python("pass")[0])


def _write_corpus(path: Path, articles: int) -> None:
    chance = random.Random(1)
    with path.open("w", encoding="utf-8") as file:
        print(json.dumps({"format": "annotator", "version": 1}), file=file)
        for number in range(articles):
            text = f"Article {number}. " + SENTENCE * 40
            print(json.dumps({"text": text, "annotations": _annotations(chance, text)}), file=file)


def _annotations(chance: random.Random, text: str) -> list[dict[str, object]]:
    starts = (chance.randrange(len(text) - 200) for _ in range(30))
    spans = [(start, start + chance.randrange(20, 200)) for start in starts]
    return [
        {
            "label": chance.choice(["claim", "quote", "casualty"]),
            "layer": chance.choice(["ann", "bob"]),
            "fragments": [list(span)],
            "exact": [text[slice(*span)]],
            "attributes": {"type": "event", "certainty": "certain"},
        }
        for span in spans
    ]


def _parse(path: Path) -> list[object]:
    with path.open(encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def _copy(source: Path, target: Path) -> None:
    rows = _parse(source)
    with target.open("w", encoding="utf-8") as file:
        file.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


def _seconds(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


Measured = tuple[float, float, float]
"""Seconds on the clock, seconds of the processor, peak memory in MB."""


def _run(*words: object) -> Measured:
    """Run a command in a process of its own and measure it."""
    return _run_python("from annotator import cli; status = cli.main()", *words)


def _run_python(code: str, *words: object) -> Measured:
    begun, busy = time.perf_counter(), _processor_seconds()
    done = subprocess.run(
        [sys.executable, "-c", f"import sys; status = 0; {code}; {PEAK}; sys.exit(status)", *map(str, words)],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )
    if done.returncode:
        raise RuntimeError(f"{words} failed: {done.stderr}")
    memory = int(done.stderr.split()[-1]) / 1024
    return time.perf_counter() - begun, _processor_seconds() - busy, memory


def _processor_seconds() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _row(name: str, measured: Measured, floor: float) -> None:
    seconds, busy, memory = measured
    print(f"  {name:<32} {seconds:7.2f} s  ({busy:6.2f} s busy)  {memory:5.0f} MB   floor {floor:5.2f} s")


if __name__ == "__main__":
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--spans", type=int, default=300_000)
    main(options.parse_args().spans)
