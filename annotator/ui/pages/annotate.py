"""The Annotate page: articles at the left, the text in the middle, the inspector at the right."""

from PySide6.QtCore import QByteArray
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from annotator.ui.article.view import ArticleView
from annotator.ui.pages.finishing import Finishing
from annotator.ui.pages.reading import Reading
from annotator.ui.pages.three_parts import ThreeParts
from annotator.ui.panels.articles import ArticlesPanel
from annotator.ui.panels.finding import FindBar
from annotator.ui.panels.inspector import InspectorPanel
from annotator.ui.session import Session
from annotator.ui.theme import Theme


class AnnotatePage(QWidget):
    """Puts the three parts side by side and lets them hear each other through the session."""

    def __init__(self, session: Session, theme: Theme) -> None:
        super().__init__()
        self.session = session
        self.articles = ArticlesPanel(session, theme)
        self.view = ArticleView()
        self.finding = FindBar(session, theme)
        self.inspector = InspectorPanel(session, theme)
        self.reading = Reading(session, self.view, self.inspector, self.finding)
        self.finishing = Finishing(
            session, self, unread=lambda: len(self.view.reading.unread()), go_on=self.articles.open_next_to_do
        )
        self.articles.left.connect(self.view.setFocus)
        self.parts = ThreeParts(self, self.articles, self._middle(), self.inspector)
        self.view.set_theme(theme)

    def set_theme(self, theme: Theme) -> None:
        for part in (self.articles, self.view, self.finding, self.inspector):
            part.set_theme(theme)

    def focus(self) -> None:
        """Put the keyboard where the work is."""
        self.view.setFocus()

    def find_in_article(self) -> None:
        """Open the find bar, with the selected words in it; finding begins at what is in view."""
        passage = self.session.passage
        words = self.session.text[passage[0].start : passage[0].stop] if passage else ""
        self.finding.open(words, self.view.visible_page().span[0])

    def find_everywhere(self) -> None:
        """Put the keyboard into the search over all articles and spans."""
        self.articles.begin_search()

    def step_article(self, step: int) -> None:
        """Open the next (1) or previous (-1) article of the list."""
        self.articles.step(step)

    def finish(self) -> None:
        """Mark the article as done, or say what it lacks."""
        self.inspector.commit()
        self.finishing.finish()

    def shape(self) -> QByteArray:
        """Return the widths of the parts, to be remembered."""
        return self.parts.shape()

    def set_shape(self, shape: QByteArray) -> None:
        self.parts.set_shape(shape)

    def _middle(self) -> QFrame:
        middle = QFrame()
        middle.setObjectName("reading")
        column = QVBoxLayout(middle)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.finding)
        column.addWidget(self.view, 1)
        return middle
