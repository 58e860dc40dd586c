"""A session on a small project, and widgets shown as a person meets them."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

from annotator.model.records import Annotation
from annotator.model.span import Span
from annotator.services import articles, tagging
from annotator.ui.session import Session

TEXT = (
    "Truce in doubt\n\n"
    'Kerry said: "The truce is not dead", he added. The raid killed at least nine people in Hama on Tuesday, '
    "the observatory said, and 12 were hurt.\n\nقُتل تسعة أشخاص 👩‍👩‍👧 there."
)


@pytest.fixture(autouse=True)
def dressed(clothes: None) -> None:
    """Wear the clothes of the window in every test."""


@pytest.fixture
def session(project, home) -> Iterator[Session]:
    session = Session(home, "Ada")
    session.use(project)
    yield session
    session.close()


@pytest.fixture
def article(project, session) -> str:
    """The open article."""
    made = articles.add(
        project, actor="Ada", raw=TEXT, title="Truce in doubt", outlet="Wire", published="2016-09-21"
    )
    session.publish()
    session.open_article(made.id)
    return made.id


@pytest.fixture
def mark(session, article) -> Callable[..., Annotation]:
    """Tag words of the article as the window does."""

    def tag(words: str, label: str = "claim") -> Annotation:
        session.select_words([span_of(words)])
        made = session.tag(label)
        assert made is not None
        QApplication.processEvents()
        return made

    return tag


@pytest.fixture
def shown(qtbot: Any) -> Callable[[QWidget], QWidget]:
    """Show a widget as an active window."""

    def show(widget: QWidget, width: int = 320, height: int = 850) -> QWidget:
        qtbot.addWidget(widget)
        widget.resize(width, height)
        with qtbot.waitActive(widget):
            widget.show()
            widget.activateWindow()
        return widget

    return show


@pytest.fixture
def ben(project, session, article) -> Annotation:
    """A span in somebody else's layer."""
    made = tagging.tag(
        project, actor="Ben", article=article, label="claim", spans=[span_of("The truce is not dead")]
    )
    session.publish()
    return made


@pytest.fixture
def span_at() -> Callable[[str], Span]:
    return span_of


def span_of(words: str) -> Span:
    start = TEXT.index(words)
    return Span(start, start + len(words))


@pytest.fixture
def click(qtbot: Any) -> Callable[[QWidget], None]:
    return lambda widget: qtbot.mouseClick(widget, Qt.MouseButton.LeftButton)
