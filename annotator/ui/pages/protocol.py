"""What the window asks of its pages."""

from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QByteArray, SignalInstance

from annotator.ui.theme import Theme

if TYPE_CHECKING:
    from annotator.ui.article.view import ArticleView


class Page(Protocol):
    """Every page: a widget built from the session and the theme when it is first shown."""

    def set_theme(self, theme: Theme) -> None: ...
    def focus(self) -> None:
        """Put the keyboard where the work is."""


class Seen(Protocol):
    """What has been read."""

    seen: dict[str, frozenset[int]]
    """For each article, where the paragraphs begin that have been on the screen."""


class ReadingPage(Page, Protocol):
    """A page with the list of articles and the text of one."""

    view: "ArticleView"

    def find_everywhere(self) -> None:
        """Take the focus to the search over all articles and spans."""

    def step_article(self, step: int) -> None:
        """Open the next (1) or previous (-1) article of the list as it is filtered and sorted."""

    def shape(self) -> QByteArray:
        """Return the widths of the parts, to be remembered."""

    def set_shape(self, shape: QByteArray) -> None: ...


class ArticlePage(ReadingPage, Protocol):
    """The page where articles are read and tagged."""

    @property
    def reading(self) -> Seen: ...
    def find_in_article(self) -> None: ...
    def finish(self) -> None:
        """Mark the article done, or say what is missing, and go on to the next."""


class ReviewingPage(ReadingPage, Protocol):
    """The page where annotators are compared and the gold layer is built."""

    status_changed: SignalInstance
    names_hidden_changed: SignalInstance

    @property
    def are_names_hidden(self) -> bool: ...
    def hide_names(self, hidden: bool) -> None:
        """Call annotators A, B, C, or by their names."""

    def toggle_names(self) -> None: ...
    def hints(self) -> str:
        """Name the keys that matter now, where they are not the page's usual ones."""

    def status(self) -> str:
        """Say where decisions go and how far the article is."""

    def press(self, key: str) -> bool:
        """Do what a key means on the page; False when it means nothing."""

    def accept(self) -> None: ...
    def edit(self) -> None: ...
