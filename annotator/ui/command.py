"""What a command is: words, keys, menu, what it does, when it can be done."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QEvent, QKeyCombination, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QApplication

from annotator.ui.context import Context

Menu = Literal["Project", "Edit", "Article", "Span", "Review", "View", "Help"]
MENUS: tuple[Menu, ...] = ("Project", "Edit", "Article", "Span", "Review", "View", "Help")

Scope = Literal["window", "article"]


def always(_: Context) -> bool:
    return True


def has_project(c: Context) -> bool:
    return c.session.project is not None


def has_article(c: Context) -> bool:
    return c.session.article is not None


def has_span(c: Context) -> bool:
    return bool(c.session.selected)


def may_tag(c: Context) -> bool:
    return has_article(c) and bool(c.session.passage or c.session.selected or c.stage.page == "annotate")


@dataclass(frozen=True, slots=True)
class Command:
    """One thing the window can do.

    `keys` are Qt's portable names. Those of scope "article" are answered by the article itself while it
    has the focus. `words_now` says the words as things stand ("Undo tag as Claim"), `checked` whether
    it is one of several choices that is on. Commands with a `group` stand in a submenu of that name.
    """

    id: str
    words: str
    menu: Menu
    run: Callable[[Context], object]
    keys: tuple[str, ...] = ()
    enabled: Callable[[Context], bool] = always
    scope: Scope = "window"
    words_now: Callable[[Context], str] | None = None
    checked: Callable[[Context], bool] | None = None
    group: str = ""
    lead: str = ""
    """What must be said before the words where the menu isn't seen: "Go to"."""
    separate: bool = False
    """Whether a line stands above it in its menu."""

    def worded(self, c: Context) -> str:
        return self.words_now(c) if self.words_now else self.words


def press(keys: str) -> Callable[[Context], None]:
    """Do what keys do in the article: the article alone knows what they mean."""

    def run(c: Context) -> None:
        if c.stage.article_page is None:
            return
        combination: QKeyCombination = QKeySequence(keys)[0]  # type: ignore[index]  # the stubs lack it
        view = c.stage.article_page.view
        view.setFocus(Qt.FocusReason.OtherFocusReason)
        event = QKeyEvent(QEvent.Type.KeyPress, combination.key(), combination.keyboardModifiers())
        QApplication.sendEvent(view, event)

    return run
