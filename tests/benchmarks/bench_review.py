"""The Review page: open the next article and decide a case, against a bare QTextEdit with the same text."""

import random
import statistics
import tempfile
import time
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path

from PySide6.QtGui import QTextDocument
from PySide6.QtWidgets import QApplication, QTextEdit

from annotator import resources
from annotator.model.anchor import anchor
from annotator.model.change import Draft, Revision, new_id
from annotator.model.records import Annotation
from annotator.model.scheme import Scheme
from annotator.model.span import Fragments, Span, joined
from annotator.services import articles
from annotator.store import Home, Project
from annotator.ui.appearance import Appearance
from annotator.ui.pages.reviewing import ReviewPage
from annotator.ui.session import Session
from annotator.ui.settings import Settings

LONG, SPANS = 34_000, 300
"""Characters of a long article of news, and spans of each of three annotators in it."""
ROUNDS = 9
LENGTHS = (8, 20, 60, 120, 200)


def main() -> None:
    app = QApplication.instance() or QApplication([])
    aleppo = resources.path("samples", "aleppo.txt").read_text("utf-8")
    with tempfile.TemporaryDirectory() as folder:
        home = Home(Path(folder) / "home")
        theme = Appearance(app, Settings(home)).theme
        for name, text, spans in (
            ("4,000 characters, 3 annotators with 30 spans", _long(aleppo, 4_000), 30),
            (f"{LONG:,} characters, 3 annotators with {SPANS} spans", _long(aleppo, LONG), SPANS),
        ):
            session = _session(home, Path(folder) / f"{spans}.annotator", text, spans)
            page = ReviewPage(session, theme)
            page.resize(1440, 850)
            page.show()
            _measure(app, page, session, name, text)
            page.close()
            session.close()


def _measure(app: QApplication, page: ReviewPage, session: Session, name: str, text: str) -> None:
    floor = _floor(app, page, text)
    turns = list(session.project.article_ids())

    def open_next() -> None:
        turns.append(turns.pop(0))
        session.open_article(turns[0])
        page.repaint()
        page.view.viewport().repaint()

    ours = _median(app, open_next)
    print(f"{name}\n  open the next article, painted: median {ours:.1f} ms (wanted: under 150);", end=" ")
    print(f"bare QTextEdit {floor:.1f} ms; ratio {ours / floor:.1f}")
    deciding = _median(app, page.review.accept)
    print(f"  accept a version, saved and gone on: median {deciding:.1f} ms")


def _session(home: Home, path: Path, text: str, spans: int) -> Session:
    """Make a project with two articles that three annotators have read, and open it."""
    scheme = tomllib.loads(resources.path("schemes", "conflict-news.toml").read_text("utf-8"))
    project = Project.create(path, scheme=Scheme.from_body(scheme), title="Bench", home=home)
    for number in range(2):
        article = articles.add(
            project, actor="Ana", raw=text, title="News", url=f"https://x.example/{number}"
        )
        for seed, annotator in enumerate(("Ana", "Ben", "Cleo")):
            made = _marked(article.id, annotator, text, spans, seed)
            project.commit(Draft("tag", annotator, tuple(made)))
    session = Session(home, "Eve")
    session.use(project)
    return session


def _marked(article: str, annotator: str, text: str, spans: int, seed: int) -> Iterator[Revision]:
    """Mark about the same places as the others do, with other ends, labels and values now and then."""
    same, own = random.Random(7), random.Random(seed)
    for _ in range(spans):
        start, length = same.randrange(len(text) - 400), same.choice(LENGTHS)
        fragments = _fragments(start + own.choice((0, 0, 0, 9)), length + own.choice((0, 0, 12)), same)
        label = same.choice(("claim", "quote", "casualty"))
        made = Annotation(
            new_id(),
            article,
            annotator,
            label if own.random() < 0.9 else "claim",
            fragments,
            anchor(text, fragments),
            {"note": own.choice(("a", "a", "a", "b"))},
        )
        yield Revision(made.KIND, made.id, made.to_body())


def _fragments(start: int, length: int, chance: random.Random) -> Fragments:
    first = Span(start, start + length)
    return joined([first, *([Span(first.stop + 10, first.stop + 30)] if chance.random() < 0.15 else [])])


def _floor(app: QApplication, page: ReviewPage, text: str) -> float:
    """Time a bare QTextEdit that is shown the same text with the same font, and paints it."""
    edit = QTextEdit(readOnly=True)
    edit.resize(820, 850)
    edit.show()

    def show() -> None:
        document = QTextDocument(edit)
        document.setDefaultFont(page.view.setting.font)
        document.setPlainText(text)
        edit.setDocument(document)
        edit.viewport().repaint()

    found = _median(app, show)
    edit.close()
    return found


def _median(app: QApplication, work: Callable[[], None]) -> float:
    times = []
    for _ in range(ROUNDS):
        _settle(app)
        began = time.perf_counter()
        work()
        times.append((time.perf_counter() - began) * 1000)
    return statistics.median(times)


def _settle(app: QApplication) -> None:
    until = time.perf_counter() + 0.2
    while time.perf_counter() < until:
        app.processEvents()


def _long(text: str, length: int) -> str:
    return (text * (length // len(text) + 1))[:length]


if __name__ == "__main__":
    main()
