"""What the window asks of its pages."""

from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QByteArray

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


class ArticlePage(Page, Protocol):
    """The page where articles are read and tagged."""

    view: "ArticleView"

    @property
    def reading(self) -> Seen: ...
    def find_in_article(self) -> None: ...
    def find_everywhere(self) -> None:
        """Take the focus to the search over all articles and spans."""

    def step_article(self, step: int) -> None:
        """Open the next (1) or previous (-1) article of the list as it is filtered and sorted."""

    def finish(self) -> None:
        """Mark the article done, or say what is missing, and go on to the next."""

    def shape(self) -> QByteArray:
        """Return the widths of the parts, to be remembered."""

    def set_shape(self, shape: QByteArray) -> None: ...
