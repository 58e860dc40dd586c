"""Compare annotators: one long article, as the Review page opens it, and a tally of many."""

import random
import tempfile
import time
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path

from annotator import resources
from annotator.model.anchor import anchor
from annotator.model.change import Draft, Revision, new_id
from annotator.model.records import Annotation
from annotator.model.scheme import Scheme
from annotator.model.span import Span
from annotator.services import articles, reviewing
from annotator.store import Home, Project

WHO = ("Ada", "Ben", "Cem")
ROUNDS = 7


def main() -> None:
    scheme = Scheme.from_body(
        tomllib.loads(resources.path("schemes", "conflict-news.toml").read_text("utf-8"))
    )
    with tempfile.TemporaryDirectory() as folder:
        home = Home(Path(folder, "home"))
        for n, characters, spans in ((1, 34_000, 300), (200, 3_600, 30)):
            path = Path(folder, f"{n}.annotator")
            with Project.create(path, scheme=scheme, title="Bench", home=home) as project:
                for number in range(n):
                    _add(project, number, characters, spans)
                _measure(project, f"{n} × {characters:,} characters, 3 × {spans} spans")


def _measure(project: Project, name: str) -> None:
    ids = project.article_ids()

    def read() -> None:
        for own_id in ids:
            project.annotations(own_id)

    floor = _best(read)
    compared = _best(lambda: [reviewing.cases(project, own_id) for own_id in ids])
    print(f"cases, {name}: {compared:.0f} ms; only reading the spans {floor:.0f} ms")
    began = time.perf_counter()
    change = reviewing.accept_agreed(project, actor="Eve", articles=ids, rule=reviewing.Majority())
    took = (time.perf_counter() - began) * 1000
    print(f"accept by majority, {name}: {took:.0f} ms for {len(change.revisions):,} objects")


def _best(work: Callable[[], object]) -> float:
    times = []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        work()
        times.append(time.perf_counter() - began)
    return min(times) * 1000


def _add(project: Project, number: int, characters: int, spans: int) -> None:
    text = f"Article {number}. " + "Nine people were killed in the raid, officials said. " * (
        characters // 53
    )
    article = articles.add(project, actor="Ada", raw=text).id
    revisions = tuple(map(Revision.of, _marked(article, text, spans, random.Random(number))))
    project.commit(Draft("import", "Ada", revisions))


def _marked(article: str, text: str, spans: int, chance: random.Random) -> Iterator[Annotation]:
    """Mark the same places three times; one in ten is missed, and a third begins elsewhere."""
    labels = ("claim", "quote", "casualty")
    for _ in range(spans):
        start, length = chance.randrange(len(text) - 200), chance.randrange(5, 180)
        label = chance.choice(labels)
        for who in WHO:
            at = start + chance.choice((0, 0, 0, 0, 3, 7))
            fragments = (Span(at, at + length),)
            values = {"harm": chance.choice(("killed", "killed", "injured"))}
            if chance.random() >= 0.1:
                place = anchor(text, fragments)
                yield Annotation(new_id(), article, who, label, fragments, place, values)


if __name__ == "__main__":
    main()
