"""kill -9 at any moment keeps every acknowledged change, and the file opens without questions."""

import random
import time
from pathlib import Path

from committing import commit
from killing import rest, running
from store_values import add_article

from annotator.model.scheme import Scheme
from annotator.store import Home, Project

KILLS = 50
"""In each of two projects."""


def killed_writer(path: Path, home: Home, article: str, saved: int, moment: float) -> list[str]:
    """Start a writer, kill it once it saved some spans and a moment passed; return the ids it had said."""
    with running(commit, path, home.folder, article) as (process, heard):
        said = [heard.recv_bytes() for _ in range(1 + saved)]
        # Not waiting for anything: this is the random moment within a commit at which the process dies.
        time.sleep(moment)
        process.kill()
        said += rest(heard)
    assert process.exitcode == -9
    return [one.decode() for one in said[1:]]


def kill_again_and_again(path: Path, home: Home, article: str, seed: int) -> tuple[set[str], int]:
    """Kill writers at random moments; return the acknowledged ids and how often a journal was left hot."""
    rng = random.Random(seed)
    journal = path.with_name(path.name + "-journal")
    acknowledged: set[str] = set()
    hot = 0
    for _ in range(KILLS):
        said = killed_writer(path, home, article, rng.randrange(4), rng.random() * 0.012)
        hot += journal.exists() and journal.stat().st_size > 512
        with Project.open(path, home=home) as project:
            assert not project.read_only
            assert all(project.annotation(span) for span in said)
        acknowledged.update(said)
    return acknowledged, hot


def test_no_acknowledged_change_is_lost_in_a_hundred_kills(
    tmp_path: Path, home: Home, scheme: Scheme
) -> None:
    def run(seed: int) -> tuple[set[str], int]:
        path = tmp_path / f"{seed}.annotator"
        with Project.create(path, scheme=scheme, title="Killed", home=home) as project:
            article = add_article(project).id
        acknowledged, hot = kill_again_and_again(path, home, article, seed)
        with Project.open(path, home=home) as project:
            found = {a.id for a in project.annotations(article)}
            assert acknowledged <= found
            # One change at most for each kill was saved and not yet said.
            assert len(found - acknowledged) <= KILLS
            assert project.problems() == []
            assert not any(home.aside.rglob("*"))
        return acknowledged, hot

    results = [run(seed) for seed in (1, 2)]
    assert sum(len(acknowledged) for acknowledged, _ in results) > 2 * KILLS
    assert sum(hot for _, hot in results) > 0, "no kill fell into a transaction, so nothing was proved"
