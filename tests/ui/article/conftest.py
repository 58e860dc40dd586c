"""The desk at which the article view is tried."""

from collections.abc import Callable
from typing import Any

import pytest
from article_desk import SIGNALS, Desk

from annotator.model.scheme import Scheme
from annotator.ui.article.view import ArticleView


@pytest.fixture
def desk(qtbot: Any, scheme: Scheme) -> Desk:
    view = ArticleView()
    qtbot.addWidget(view)
    view.resize(820, 850)
    with qtbot.waitExposed(view):
        view.show()
    view.activateWindow()
    view.setFocus()
    found = Desk(view, scheme)
    for name in SIGNALS:
        getattr(view, name).connect(_listener(found, name))
    return found


def _listener(desk: Desk, name: str) -> Callable[..., None]:
    return lambda *arguments: desk.said.append((name, *arguments))
