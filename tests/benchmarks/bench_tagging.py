"""From the key to the painted, durable span: the whole way through the window, against its floors."""

import random
import sqlite3
import statistics
import tempfile
import time
import tomllib
from pathlib import Path

from PySide6.QtWidgets import QApplication, QTextEdit

from annotator import resources
from annotator.model.anchor import anchor
from annotator.model.change import Draft, Revision, new_id
from annotator.model.records import Annotation
from annotator.model.scheme import Scheme
from annotator.model.span import Span
from annotator.services import articles
from annotator.store import Home, Project
from annotator.ui.appearance import Appearance
from annotator.ui.pages.annotate import AnnotatePage
from annotator.ui.session import Session
from annotator.ui.settings import Settings

ROUNDS = 40


def main() -> None:
    app = QApplication.instance() or QApplication([])
    aleppo = resources.path("samples", "aleppo.txt").read_text("utf-8")
    with tempfile.TemporaryDirectory() as folder:
        home = Home(Path(folder) / "home")
        appearance = Appearance(app, Settings(home))
        for name, text, spans in (
            ("Aleppo, 30 spans", aleppo, 30),
            ("34,000 characters, 624 spans", _long(aleppo, 34_000), 624),
        ):
            floor = _write_floor(Path(folder)) + _paint_floor(app, text)
            ours = _tagging(app, home, Path(folder) / f"{spans}.annotator", appearance, text, spans)
            print(
                f"tag to painted and durable, {name}: median {ours:.1f} ms;"
                f" raw sqlite3 insert plus bare QTextEdit repaint {floor:.1f} ms; ratio {ours / floor:.1f}"
            )


def _tagging(app, home, path, appearance, text, spans) -> float:
    scheme = Scheme.from_body(
        tomllib.loads(resources.path("schemes", "conflict-news.toml").read_text("utf-8"))
    )
    session = Session(home, "Ada")
    session.use(Project.create(path, scheme=scheme, title="Bench", home=home))
    article = articles.add(session.project, actor="Ada", raw=text)
    session.project.commit(Draft("import", "Ada", tuple(_revisions(article.id, text, spans))))
    page = AnnotatePage(session, appearance.theme)
    page.resize(1440, 850)
    page.show()
    session.open_article(article.id)
    _settle(app)
    times = []
    for number in range(ROUNDS):
        start = 60 + number * 7
        session.select_words([Span(start, start + 20)])
        _settle(app)
        began = time.perf_counter()
        page.inspector.press("claim")
        page.view.viewport().repaint()
        times.append(time.perf_counter() - began)
        _settle(app)
    page.close()
    session.close()
    return statistics.median(times) * 1000


def _settle(app) -> None:
    until = time.perf_counter() + 0.06
    while time.perf_counter() < until:
        app.processEvents()


def _revisions(article, text, spans):
    chance = random.Random(7)
    for _ in range(spans):
        start = chance.randrange(len(text) - 120)
        fragments = (Span(start, start + chance.randrange(8, 120)),)
        body = Annotation(
            new_id(),
            article,
            "Ada",
            chance.choice(("claim", "quote", "casualty")),
            fragments,
            anchor(text, fragments),
        ).to_body()
        yield Revision("annotation", new_id(), body)


def _write_floor(folder: Path) -> float:
    """Time one durable insert of about the same bytes with plain sqlite3 and the same pragmas."""
    db = sqlite3.connect(folder / "floor.db", isolation_level=None)
    db.execute("PRAGMA journal_mode=DELETE")
    db.execute("PRAGMA synchronous=EXTRA")
    db.execute("CREATE TABLE IF NOT EXISTS t (a TEXT, b TEXT)")
    times = []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        db.execute("INSERT INTO t VALUES (?, ?)", ("x" * 36, "y" * 900))
        times.append(time.perf_counter() - began)
    db.close()
    return statistics.median(times) * 1000


def _paint_floor(app, text: str) -> float:
    """Time a repaint of the same text in a bare QTextEdit of the same size."""
    edit = QTextEdit()
    edit.setPlainText(text)
    edit.resize(840, 850)
    edit.show()
    _settle(app)
    times = []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        edit.viewport().repaint()
        times.append(time.perf_counter() - began)
    edit.close()
    return statistics.median(times) * 1000


def _long(text: str, length: int) -> str:
    return (text * (length // len(text) + 1))[:length]


if __name__ == "__main__":
    main()
