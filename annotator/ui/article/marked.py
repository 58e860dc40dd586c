"""A text with its annotations painted beneath it, and the words that are selected."""

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QMimeData, QPointF, Signal
from PySide6.QtGui import QColor, QGuiApplication, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from annotator.model.records import Annotation, Article
from annotator.model.scheme import Scheme
from annotator.model.span import Fragments, Span, joined
from annotator.ui.article.boundaries import snapped
from annotator.ui.article.canvas import Canvas
from annotator.ui.article.hits import marks_at
from annotator.ui.article.inks import Inks
from annotator.ui.article.linklines import paint_links
from annotator.ui.article.marks import Mark, Marks
from annotator.ui.article.painter import Look, Painter
from annotator.ui.article.strip import WIDTH as STRIP_WIDTH
from annotator.ui.article.strip import Strip
from annotator.ui.theme import Theme

_NO_SCHEME = Scheme("", 0, "")


class MarkedText(Canvas):
    """Shows annotations; `look` holds what the reader is doing as far as it is seen."""

    selection_changed = Signal(object)
    """Which words are selected, as a tuple of spans; () when none."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.look = Look()
        self.marks = Marks()
        self.scheme = _NO_SCHEME
        self.inks = Inks(self.scheme, self.theme)
        self._passage_parts: tuple[Span, ...] = ()
        self._strip = Strip(self)
        self._strip.asked_for.connect(self.scroll_to_share)
        self.setViewportMargins(0, 0, STRIP_WIDTH, 0)
        self.selectionChanged.connect(self._caret_moved)
        self.cursorPositionChanged.connect(self._caret_moved)

    # --- what is shown -------------------------------------------------------------------------

    def show_article(
        self, article: Article | None, text: str, annotations: Sequence[Annotation], scheme: Scheme
    ) -> None:
        """Show an article from its beginning; None shows an empty page."""
        self.scheme = scheme
        self.inks, self.marks = self._inked(), self._laned(annotations)
        self._forget()
        self._show_text(article, text)
        self.verticalScrollBar().setValue(0)
        self._marks_changed()

    def _forget(self) -> None:
        """Drop what the reader was doing with the article before."""
        self.look = Look(armed=self.look.armed, flagged=self.look.flagged, missing=self.look.missing)
        self._passage_parts = ()

    def set_annotations(self, annotations: Sequence[Annotation]) -> None:
        """Show other annotations of the same article; nothing else moves."""
        self.marks = self._laned(annotations)
        if self.marks.get(self.look.selected) is None:
            self.look.selected = ""
        self._marks_changed()

    def set_scheme(self, scheme: Scheme) -> None:
        """Use other labels."""
        self.scheme = scheme
        self.inks = self._inked()
        self._marks_changed()

    def set_theme(self, theme: Theme) -> None:
        super().set_theme(theme)
        self.inks = self._inked()
        self._marks_changed()

    def _inked(self) -> Inks:
        """Say in which colours annotations are painted: those of their labels."""
        return Inks(self.scheme, self.theme)

    def _laned(self, annotations: Sequence[Annotation]) -> Marks:
        """Say in which lanes annotations lie: as they fit."""
        return Marks(annotations)

    def _marks_changed(self) -> None:
        self._strip.show_marks(self.marks, self.inks, self.share_of)
        self.repaint_page()

    def set_armed(self, label: str) -> None:
        """Arm a label: every drag asks for a span of it; "" for none."""
        self.look.armed = label
        self.repaint_page()

    def set_links(self, pairs: Iterable[tuple[str, str]]) -> None:
        """Show links, as pairs of annotations, of the selected span."""
        self.look.links = tuple(pairs)
        self.repaint_page()

    def flag(self, annotations: frozenset[str], missing: tuple[Fragments, ...] = ()) -> None:
        """Show a sign on spans that somebody gave a verdict on, and on words that should be marked."""
        if (annotations, missing) != (self.look.flagged, self.look.missing):
            self.look.flagged, self.look.missing = annotations, missing
            self.repaint_page()

    def highlight_matches(self, spans: Sequence[Span], current: int = -1) -> None:
        """Show what was found; the current one is brought into view."""
        self.look.matches, self.look.match = tuple(spans), current
        if 0 <= current < len(spans):
            self.reveal(spans[current])
        self.repaint_page()

    def select_annotation(self, annotation: str, *, reveal: bool = False) -> None:
        """Show a span as selected, without saying so to anyone; "" for none."""
        mark = self.marks.get(annotation)
        self.look.selected = mark.id if mark else ""
        self._describe(mark)
        if mark and reveal:
            self.reveal(mark.fragments[0])
        self.repaint_page()

    def _describe(self, mark: Mark | None) -> None:
        label = self.scheme.label(mark.annotation.label) if mark else None
        title = label.title if label else mark.annotation.label if mark else ""
        self.setAccessibleDescription(f"{title}: {mark.annotation.words}" if mark else "No span selected")

    def selected_mark(self) -> Mark | None:
        return self.marks.get(self.look.selected)

    def selected_fragments(self) -> Fragments:
        mark = self.selected_mark()
        return mark.fragments if mark else ()

    def marks_at(self, point: QPointF) -> list[Mark]:
        """List the annotations under a point of the document, the smallest first."""
        offset = self.offset_at(point)
        gap = max(self.setting.gap, self.gap_below(self.boxes.block_at(offset)))
        return marks_at(point, offset, self.marks, self.boxes, gap)

    def repaint_page(self) -> None:
        theme, look = self.theme, self.look
        special = [(span, QColor(theme.match_current)) for span in look.matches]
        special += [(span, QColor(theme.accent)) for span in self.selected_fragments()]
        flagged = filter(None, map(self.marks.get, self.look.flagged))
        places = [*(mark.fragments for mark in flagged), *self.look.missing]
        self._strip.show_special(special, [fragments[0] for fragments in places])
        self.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        inside = self.viewport().geometry()
        self._strip.setGeometry(inside.right() + 1, inside.top(), STRIP_WIDTH, inside.height())
        self._strip.show_marks(self.marks, self.inks, self.share_of)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        top = self.verticalScrollBar().value()
        painter.translate(0, -top)
        area = event.rect()
        page = self.page(top + area.top() - 1, top + area.bottom() + 1)
        self._paint_heading(painter, top + area.top())
        brush = Painter(painter, page, self.boxes, self.inks, self.marks)
        brush.paint(self.look)
        left = self.document().rootFrame().frameFormat().leftMargin()
        paint_links(brush, self.marks, self.boxes, self.look, left)
        painter.end()
        super().paintEvent(event)

    def _paint_heading(self, painter: QPainter, top: int) -> None:
        frame = self.document().rootFrame().frameFormat()
        if top < frame.topMargin():
            width = self.viewport().width() - frame.leftMargin() - frame.rightMargin()
            self.heading.paint(painter, frame.leftMargin(), 30, width, self.theme)

    # --- words selected ------------------------------------------------------------------------

    def selection(self) -> tuple[Span, ...]:
        """Return the selected words without the white space around them; () when there are none."""
        return self.look.passage

    def clear_selection(self) -> None:
        """Deselect the words; the caret stays where it is."""
        position = self.textCursor().position()
        self._passage_parts = ()
        self._put_cursor(position, position)
        self._caret_moved()

    def _caret_moved(self) -> None:
        cursor = self.textCursor()
        if not cursor.hasSelection():
            self._passage_parts = ()
        ends = (self.places.offset(at) for at in (cursor.selectionStart(), cursor.selectionEnd()))
        span = snapped(self.text, *ends, exact=True)
        passage = joined([*self._passage_parts, *([span] if span else [])])
        if passage != self.look.passage:
            self.look.passage = passage
            self.selection_changed.emit(passage)
            self.repaint_page()

    def createMimeDataFromSelection(self) -> QMimeData:
        """Copy the stored characters: Qt would turn some of them into others."""
        # Made by Qt: one made here would be asked for its text after Python has gone.
        mime = super().createMimeDataFromSelection()
        mime.text()  # Qt fills it in when it is first asked, over what was set before.
        mime.clear()
        mime.setText(self._copied())
        return mime

    def copy(self) -> None:
        """Copy the selected words, or else those of the selected span."""
        words = self._copied()
        if words:
            QGuiApplication.clipboard().setText(words)

    def _copied(self) -> str:
        spans = self.look.passage or self.selected_fragments()
        return " … ".join(self.text[span.start : span.stop] for span in spans)

    def select_words(self, span: Span | None, *, back: bool, add: bool) -> None:
        if not add or self.look.selected:
            self._passage_parts = ()
        elif not self._passage_parts:
            self._passage_parts = self.look.passage
        if span is None:
            at = self.textCursor().anchor()
            self._put_cursor(at, at)
        else:
            ends = [self.places.position(span.start), self.places.position(span.stop)]
            self._put_cursor(*(reversed(ends) if back else ends))
        self._caret_moved()
