"""What commands may use: handed to each when it is carried out, so that nothing is global."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from PySide6.QtWidgets import QMainWindow

from annotator.ui.appearance import Appearance
from annotator.ui.pages.protocol import ArticlePage, ReadingPage, ReviewingPage
from annotator.ui.session import Session
from annotator.ui.settings import Settings

Deed = Callable[[], None]


class Stage(Protocol):
    """What commands ask of the window."""

    page: str
    pages: tuple[tuple[str, str], ...]
    """Id and title of each page."""

    @property
    def article_page(self) -> ArticlePage | None:
        """The page where articles are read, once it has been shown."""

    @property
    def reading_page(self) -> ReadingPage | None:
        """The page shown if an article is read on it, else the one where articles are tagged."""

    @property
    def review_page(self) -> ReviewingPage | None:
        """The page where annotators are compared, once it has been shown."""

    def show_page(self, page: str) -> None: ...
    def show_welcome(self) -> None: ...
    def show_palette(self) -> None: ...
    def show_keys(self) -> None: ...
    def show_guide(self, page: str = "") -> None: ...
    def open_menu(self) -> None: ...
    def zoom(self, steps: int) -> None: ...
    def warn(self, sentence: str, action: str = "", deed: Deed | None = None) -> None:
        """Say what went wrong and, if there is something, what can be done."""

    def remark(self, sentence: str, action: str = "", deed: Deed | None = None) -> None:
        """Say what was done or is asked."""

    def ask(self, sentence: str, *choices: tuple[str, Callable[[], object]]) -> None:
        """Ask what of two things is to be done, each with the words of its button."""

    def hush(self) -> None:
        """Put away what was said."""

    def once_shown(self, deed: Deed) -> None:
        """Do something now, or when the window is about to be seen."""

    def close(self) -> bool: ...


@dataclass(frozen=True, slots=True)
class Context:
    """The session, what is remembered, how it looks, and the window twice over."""

    session: Session
    settings: Settings
    appearance: Appearance
    window: QMainWindow
    """The window, for dialogs to stand before."""
    stage: Stage
    """The same window, as far as commands know it."""
