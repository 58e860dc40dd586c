"""Open, tag, scroll: the article view against a bare QTextEdit that paints the same text."""

import random
import re
import statistics
import time
import tomllib
from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtGui import QTextDocument
from PySide6.QtWidgets import QApplication, QTextEdit

from annotator import resources
from annotator.model.anchor import anchor
from annotator.model.records import Annotation, Article
from annotator.model.scheme import Scheme
from annotator.model.span import Fragments, Span, joined
from annotator.ui.article.view import ArticleView

SIZE = (820, 850)
ROUNDS = 9
LENGTHS = (8, 20, 60, 120, 200)
"""Characters of the spans, in equal shares; 15 % of them have a second fragment, as in real news."""


@dataclass(frozen=True)
class Case:
    name: str
    text: str
    annotations: list[Annotation]
    open_within: float
    """Milliseconds."""


def main() -> None:
    app = QApplication.instance() or QApplication([])
    scheme = Scheme.from_body(tomllib.loads(_resource("schemes", "conflict-news.toml")))
    view = ArticleView()
    view.resize(*SIZE)
    view.show()
    _settle(app)
    for case in _cases(scheme):
        _measure(app, view, case, scheme)
    view.close()


def _cases(scheme: Scheme) -> list[Case]:
    news = _resource("samples", "aleppo.txt").split("\n\n", 1)[1] + "\n\n"
    sizes = ((4_000, 300, 15), (34_000, 624, 40), (60_000, 3_000, 60), (1_000_000, 10_000, 400))
    cases = []
    for characters, spans, limit in sizes:
        text = (news * (characters // len(news) + 1))[:characters]
        cases.append(
            Case(f"{characters:,} characters, {spans:,} spans", text, _marked(text, spans, scheme), limit)
        )
    line = "x" * 1_000_000
    cases.append(Case("one unbroken line of 1,000,000 characters", line, [], 400))
    return cases


def _measure(app: QApplication, view: ArticleView, case: Case, scheme: Scheme) -> None:
    article = Article("a", "0", "Title", "Outlet", published="2016-09-21")

    def open_it() -> None:
        view.show_article(article, case.text, case.annotations, scheme)
        view.viewport().repaint()

    print(case.name)
    _say("open and paint", _median(open_it), case.open_within, _floor(app, case.text))
    _settle(app)
    if case.annotations:
        _say("one more span, painted", _median(_tagging(view, case)), 5)
    _say("scroll frame", _median(_scrolling(view, app), 40), 8)


def _tagging(view: ArticleView, case: Case) -> Callable[[], None]:
    span = next(Span(*match.span()) for match in re.finditer(r"\w+ \w+", case.text))
    more = [_annotation(case.text, "new", "claim", (span,)), *case.annotations]
    turns = [more, case.annotations]

    def tag() -> None:
        turns.reverse()
        view.set_annotations(turns[1])
        view.viewport().repaint()

    return tag


def _scrolling(view: ArticleView, app: QApplication) -> Callable[[], None]:
    bar = view.verticalScrollBar()
    bar.setValue(0)
    _settle(app)

    def scroll() -> None:
        bar.setValue((bar.value() + 130) % max(1, bar.maximum()))
        view.viewport().repaint()

    return scroll


def _floor(app: QApplication, text: str) -> float:
    """Time a bare QTextEdit that is shown the same text with the same font, and paints it."""
    edit = QTextEdit(readOnly=True)
    edit.resize(*SIZE)
    edit.show()
    _settle(app)
    font = ArticleView().setting.font

    def show() -> None:
        document = QTextDocument(edit)
        document.setDefaultFont(font)
        document.setPlainText(text)
        edit.setDocument(document)
        edit.viewport().repaint()

    # Bare Qt takes 17 seconds and more over the line that is never broken: nothing to wait for.
    if len(text.split("\n", 1)[0]) > 100_000:
        return 0
    found = _median(show, 3)
    edit.close()
    app.processEvents()
    return found


def _say(what: str, milliseconds: float, limit: float, floor: float = 0) -> None:
    beside = f"; bare QTextEdit {floor:.1f} ms; ratio {milliseconds / floor:.1f}" if floor else ""
    print(f"  {what}: median {milliseconds:.1f} ms (wanted: under {limit:g}){beside}")


def _median(work: Callable[[], None], rounds: int = ROUNDS) -> float:
    times = []
    for _ in range(rounds):
        began = time.perf_counter()
        work()
        times.append((time.perf_counter() - began) * 1000)
    return statistics.median(times)


def _settle(app: QApplication) -> None:
    until = time.perf_counter() + 0.1
    while time.perf_counter() < until:
        app.processEvents()


def _marked(text: str, spans: int, scheme: Scheme) -> list[Annotation]:
    chance = random.Random(7)
    words = [match.start() for match in re.finditer(r"\b\w", text[:-300])]
    labels = [label.id for label in scheme.labels]
    found = [
        _annotation(text, f"n{number}", chance.choice(labels), _fragments(text, chance, words))
        for number in range(spans)
    ]
    return sorted(found, key=lambda a: (a.hull.start, -a.hull.stop, a.id))


def _fragments(text: str, chance: random.Random, words: list[int]) -> Fragments:
    start = chance.choice(words)
    stop = start + len(text[start : start + chance.choice(LENGTHS)].rstrip())
    return joined([Span(start, stop), *([Span(stop + 10, stop + 30)] if chance.random() < 0.15 else [])])


def _annotation(text: str, number: str, label: str, fragments: Fragments) -> Annotation:
    return Annotation(number, "a", "me", label, fragments, anchor(text, fragments))


def _resource(*parts: str) -> str:
    return resources.path(*parts).read_text("utf-8")


if __name__ == "__main__":
    main()
