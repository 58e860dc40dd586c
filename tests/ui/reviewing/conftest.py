"""The Review page on an article that three annotators have read, and ways to act on it."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from review_values import fill

from annotator.model.span import Span
from annotator.resources import path
from annotator.services.reviewing import Case
from annotator.store import Home, Project
from annotator.ui.pages.reviewing import ReviewPage
from annotator.ui.session import Session
from annotator.ui.theme import LIGHT

Key, Mod, Button = Qt.Key, Qt.KeyboardModifier, Qt.MouseButton
ALEPPO = path("samples", "aleppo.txt").read_text("utf-8")


@pytest.fixture(autouse=True)
def dressed(clothes: None) -> None:
    """Wear the clothes of the window in every test."""


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory, empty_project: Path) -> tuple[Path, list[str]]:
    """A project with the work of Ana, Ben and Cleo on two articles, and their ids; tests get copies of it."""
    folder = tmp_path_factory.mktemp("filled")
    path = Path(shutil.copy(empty_project, folder))
    with Project.open(path, home=Home(folder / "home")) as project:
        ids = fill(project, ALEPPO, repeat=2)
    return path, ids


@pytest.fixture
def project(tmp_path: Path, home: Home, filled: tuple[Path, list[str]]) -> Iterator[Project]:
    with Project.open(Path(shutil.copy(filled[0], tmp_path)), home=home) as project:
        yield project


@pytest.fixture
def ids(filled: tuple[Path, list[str]]) -> list[str]:
    """Two articles with the work of Ana, Ben and Cleo."""
    return filled[1]


@pytest.fixture
def session(project: Project, home: Home, ids: list[str]) -> Iterator[Session]:
    session = Session(home, "Eve")
    session.use(project)
    yield session
    session.close()


class Desk:
    """The page, what was said, and hands to use it."""

    def __init__(self, page: ReviewPage, qtbot: Any) -> None:
        self.page, self.qtbot = page, qtbot
        self.session, self.review = page.session, page.review
        self.said: list[str] = []
        self.failed: list[str] = []
        self.session.said.connect(self.said.append)
        self.session.failed.connect(self.failed.append)

    @property
    def project(self) -> Project:
        assert self.session.project is not None
        return self.session.project

    @property
    def case(self) -> Case:
        assert self.review.case is not None
        return self.review.case

    @property
    def article(self) -> str:
        assert self.session.article is not None
        return self.session.article.id

    def gold(self) -> list[tuple[str, str]]:
        """List label and words of the gold annotations."""
        return [(a.label, a.words) for a in self.project.annotations(self.article, "gold")]

    def key(self, *keys: Qt.Key, held: Qt.KeyboardModifier = Mod.NoModifier) -> None:
        """Press keys in the article."""
        for key in keys:
            QTest.keyClick(self.page.view, key, held)

    def go(self, words: str) -> Case:
        """Look at the case that has these words."""
        found = next(c for c in self.review.cases if any(words in a.words for a in c.annotations))
        self.review.go(found.key)
        return found

    def click(self, widget: Any) -> None:
        assert widget.isVisible()
        QTest.mouseClick(widget, Button.LeftButton)

    def point(self, words: str) -> QPoint:
        start = self.session.text.index(words)
        box = self.page.view.boxes_of(Span(start, start + len(words)))[0]
        return QPoint(round((box.left + box.right) / 2), round((box.top + box.bottom) / 2))

    def click_words(self, words: str) -> None:
        QTest.mouseClick(self.page.view.viewport(), Button.LeftButton, Mod.NoModifier, self.point(words))


@pytest.fixture
def desk(qtbot: Any, session: Session, ids: list[str]) -> Desk:
    page = ReviewPage(session, LIGHT)
    qtbot.addWidget(page)
    page.resize(1440, 850)
    session.open_article(ids[0])
    with qtbot.waitActive(page):
        page.show()
        page.activateWindow()
    page.focus()
    return Desk(page, qtbot)


@pytest.fixture
def counted(desk: Desk) -> Desk:
    """The page once all articles have been counted."""
    desk.qtbot.waitUntil(lambda: desk.page.articles.disputes.is_known)
    return desk


Make = Callable[..., Any]
