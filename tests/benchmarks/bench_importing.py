"""The Import page on 150,000 spans and 50,000 links: the first look, each choice, the longest pause.

A choice is timed until what is shown follows it. The pause is the longest time in which the window does not
answer meanwhile. The floor is the standard library's JSON reader on the same lines, in the same run.
"""

import json
import os
import random
import tempfile
import time
import tomllib
from collections.abc import Callable
from pathlib import Path

from bench_store import _corpus
from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication, QComboBox

from annotator import resources
from annotator.formats.parts.json_lines import line_of
from annotator.model.change import Revision
from annotator.model.scheme import Scheme
from annotator.services.naming import Name
from annotator.store import Home, Project
from annotator.ui.appearance import Appearance
from annotator.ui.pages.importing import ImportPage
from annotator.ui.session import Session
from annotator.ui.settings import Settings

SPANS = 150_000
EACH = 30


def main(spans: int = SPANS) -> None:
    app = QApplication.instance() or QApplication([])
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        home = Home(folder / "home")
        appearance = Appearance(app, Settings(home))
        _write_lines(folder / "in.jsonl", *_corpus(spans // EACH, EACH))
        floor = _timed(lambda: [json.loads(line) for line in (folder / "in.jsonl").open("rb")])
        scheme = Scheme.from_body(
            tomllib.loads(resources.path("schemes", "conflict-news.toml").read_text("utf-8"))
        )
        session = Session(home, "Ada")
        session.use(Project.create(folder / "p.annotator", scheme=scheme, title="Bench", home=home))
        page = ImportPage(session, appearance.theme)
        page.resize(1440, 850)
        page.show()
        print(f"  reading the lines as JSON{floor:38.2f} s")
        _measure(page, "first look", lambda: session.bring([folder / "in.jsonl"]))
        _measure(page, "a label becomes another", lambda: _pick(page, Name("label", "ORG"), "Source"))
        _measure(page, "a label is left out", lambda: _pick(page, Name("label", "LOC"), "Leave out"))
        mood = Name("attribute", "mood", "claim")
        _measure(page, "an attribute becomes another", lambda: _pick(page, mood, "Type"))
        _measure(page, "a link becomes another", lambda: _pick(page, Name("link", "ref"), "Repeats"))
        _measure(page, "work becomes somebody else's", lambda: _pick_box(page.whose.box, "gold"))
        memory = int(Path("/proc/self/status").read_text().split("VmHWM:")[1].split()[0]) / 1024
        print(f"  memory at most {memory:,.0f} MB")
        session.close()


def _write_lines(path: Path, texts: list[str], revisions: list[Revision]) -> None:
    """Write a corpus in which half of the labels, all links and two attributes are foreign."""
    chance = random.Random(3)
    with path.open("wb") as file:
        file.write(line_of({"format": "annotator", "version": 1}))
        for at, text in enumerate(texts):
            article, *spans = revisions[at * (EACH + 1) : (at + 1) * (EACH + 1)]
            rows = [{**span.body, "id": span.id} for span in spans]
            for row in rows:
                if chance.random() < 0.5:
                    row["label"] = chance.choice(("PER", "ORG", "LOC"))
                row["attributes"] = {
                    **row["attributes"],
                    "mood": chance.choice(("calm", "angry")),
                    "sure": chance.random() < 0.5,
                }
            links = [
                {"type": chance.choice(("ref", "says again")), "source": a["id"], "target": b["id"]}
                for a, b in zip(rows[::3], rows[1::3], strict=True)
            ]
            described = {**article.body, "id": article.id}
            file.write(line_of({"article": described, "text": text, "annotations": rows, "links": links}))


def _pick(page: ImportPage, name: Name, title: str) -> None:
    _pick_box(page.names.boxes[name], title)


def _pick_box(box: QComboBox, title: str) -> None:
    box.setCurrentIndex(box.findText(title))
    box.activated.emit(box.currentIndex())


def _measure(page: ImportPage, what: str, deed: Callable[[], None]) -> None:
    pauses, last = [0.0], [time.perf_counter()]

    def beat() -> None:
        now = time.perf_counter()
        pauses.append(now - last[0])
        last[0] = now

    clock = QTimer(interval=0)
    clock.timeout.connect(beat)
    busy = time.process_time()
    begun = last[0] = time.perf_counter()
    clock.start()
    deed()
    while page.is_busy:
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 5)
    QApplication.processEvents()
    beat()
    seconds = time.perf_counter() - begun
    print(
        f"  {what:<32}{seconds:8.2f} s ({time.process_time() - busy:5.2f} s busy)"
        f"   longest pause {max(pauses) * 1000:5.0f} ms",
        flush=True,
    )


def _timed(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


if __name__ == "__main__":
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    main()
