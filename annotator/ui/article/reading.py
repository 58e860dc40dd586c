"""Which paragraphs of an article have been on the screen."""

from PySide6.QtCore import QObject, QTimer, Signal

from annotator.model.span import Span
from annotator.ui.article.canvas import Canvas

_READ_MS = 250
"""How long a paragraph must stay in view to count: longer than it takes to scroll past it."""


class Reading(QObject):
    """Takes note of paragraphs whose last line came into view."""

    progressed = Signal()

    def __init__(self, canvas: Canvas) -> None:
        super().__init__(canvas)
        self._canvas = canvas
        self._seen: set[int] = set()
        self._clock = QTimer(self, interval=_READ_MS, singleShot=True)
        self._clock.timeout.connect(self.look)

    @property
    def seen(self) -> frozenset[int]:
        """The offsets at which the paragraphs that were seen begin."""
        return frozenset(self._seen)

    def begin(self, seen: frozenset[int] = frozenset()) -> None:
        """Start with an article of which some paragraphs were seen before."""
        self._seen = set(seen)
        self.moved()

    def moved(self) -> None:
        """Take another look when the page has come to rest."""
        self._clock.start()

    def unread(self) -> tuple[Span, ...]:
        """List the paragraphs that have not been seen."""
        places = self._canvas.places
        paragraphs = (places.paragraph(block) for block in range(len(places)))
        return tuple(span for span in paragraphs if span and span.start not in self._seen)

    def look(self) -> None:
        """Take note of what is in view now."""
        if not self._canvas.isVisible():
            return
        bottom = self._canvas.verticalScrollBar().value() + self._canvas.viewport().height()
        page, places = self._canvas.visible_page(), self._canvas.places
        if page.blocks[0] > page.blocks[1]:
            # Not laid out yet: nothing has been painted since the article was opened.
            self.moved()
            return
        spans = [places.paragraph(block) for block in range(page.blocks[0], page.blocks[1] + 1)]
        ended = {span.start for span in spans if span and self._canvas.bottom_of(span.stop - 1) <= bottom}
        if not ended <= self._seen:
            self._seen |= ended
            self.progressed.emit()
