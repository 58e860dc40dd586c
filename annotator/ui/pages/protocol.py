"""What the window asks of its pages."""

from typing import Protocol

from annotator.ui.article.view import ArticleView
from annotator.ui.theme import Theme


class Page(Protocol):
    """Every page: built from the session when it is first shown."""

    def set_theme(self, theme: Theme) -> None: ...


class Reading(Page, Protocol):
    """The page where articles are read and tagged."""

    view: ArticleView

    def find_in_article(self) -> None: ...
    def find_everywhere(self) -> None:
        """Take the focus to the search over all articles and spans."""

    def step_article(self, step: int) -> None:
        """Open the next (1) or previous (-1) article of the list as it is filtered and sorted."""

    def finish(self) -> None:
        """Mark the article done, or say what is missing, and go on to the next."""
