"""A text set for reading: where its code points are on the screen, and what of it is seen."""

from collections.abc import Mapping

from PySide6.QtCore import QPoint, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QResizeEvent, QTextCursor, QTextDocument, QTextLine
from PySide6.QtWidgets import QFrame, QTextEdit, QWidget

from annotator.model.records import Article
from annotator.model.span import Span
from annotator.ui import fonts
from annotator.ui.article import document as documents
from annotator.ui.article.balance import balance_title
from annotator.ui.article.boxes import Box, Boxes, block_origin
from annotator.ui.article.heading import Heading
from annotator.ui.article.painter import Page
from annotator.ui.article.places import Places
from annotator.ui.article.pointing import Pointing
from annotator.ui.theme import LIGHT, Theme

_SIDE, _TOP, _BOTTOM = 44, 30, 96
"""White around the column, in pixels, at least."""
_MEASURED = 200_000
"""Code points of a text up to which all of it is laid out to know where in its height things are."""
_CLEAR = 24
"""Pixels between what is revealed and the edge of the window."""


class Canvas(QTextEdit):
    """A read-only QTextEdit that speaks in code points of the stored text."""

    text_size_changed = Signal(float)
    """The reader chose another size, in points."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        fonts.load()
        self.article: Article | None = None
        self.theme = LIGHT
        self.setting = documents.Setting.at(fonts.READING_PT)
        self._document: QTextDocument | None = None
        self._show_text(None, "")
        self._set_up()

    def _set_up(self) -> None:
        flags = Qt.TextInteractionFlag
        self.setReadOnly(True)
        self.setTextInteractionFlags(flags.TextSelectableByMouse | flags.TextSelectableByKeyboard)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setTabChangesFocus(True)
        self.setCursorWidth(2)
        self.setAcceptDrops(False)
        self.viewport().setAcceptDrops(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName("Article text")
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self._use_palette()

    # --- what is shown -------------------------------------------------------------------------

    @property
    def text(self) -> str:
        return self.places.text

    def _show_text(self, article: Article | None, text: str) -> None:
        self.article = article
        self.places = Places(text)
        self._set_document()

    def _set_document(self) -> None:
        """Build the document anew: the text, its size or the colours are others."""
        self._head = len(documents.Head.of(self.article, self.places))
        self.heading = Heading.of(self.article, self.places, self.setting)
        self._gaps = self._widened()
        new = documents.build(self.places, self.article, self.setting, self.theme, self, self._gaps)
        self.boxes = Boxes(new, self.places)
        self._pointing = Pointing(new, self.places)
        self._tops: list[float] | None = None
        self._fit(new)
        self.setDocument(new)
        # Not asked of old.parent(): the first such call takes PySide 25 ms. Qt's own first one Qt deletes.
        old, self._document = self._document, new
        if old is not None:
            old.deleteLater()

    def _widened(self) -> Mapping[int, float]:
        """Say which blocks need more pixels between their lines than the setting has."""
        return {}

    def _fit(self, document: QTextDocument) -> None:
        """Centre the column."""
        width = self.viewport().width()
        side = max(min(_SIDE, width * 0.07), (width - self.setting.column) / 2)
        column = min(self.setting.column, width - 2 * side)
        top = _TOP + self.heading.height(column)
        documents.set_margins(document, side, top, width - side - column, _BOTTOM)
        if self._head:
            balance_title(document, self.places.words_of(0), self.setting.title_font, column)

    def set_theme(self, theme: Theme) -> None:
        """Use other colours."""
        if theme != self.theme:
            self.theme = theme
            self._use_palette()
            self._rebuild()

    def _use_palette(self) -> None:
        # A style sheet, for the application has one, too, and then palettes don't reach down here. The
        # selection is painted beneath the text, as high as the words; Qt's own would fill the lanes.
        theme = self.theme
        self.setStyleSheet(
            f"QTextEdit {{ background: {theme.surface}; color: {theme.text};"
            f" selection-background-color: transparent; selection-color: {theme.text}; }}"
        )

    @property
    def text_size(self) -> float:
        return self.setting.font.pointSizeF()

    def set_text_size(self, points: float) -> None:
        """Set the text larger or smaller; what was at the top stays there."""
        points = min(fonts.LARGEST_PT, max(fonts.SMALLEST_PT, points))
        if points != self.text_size:
            self.setting = documents.Setting.at(points)
            self._rebuild()

    def zoom(self, steps: int) -> None:
        """Set the text larger or smaller because the reader asks for it."""
        before = self.text_size
        self.set_text_size(before + steps)
        if self.text_size != before:
            self.text_size_changed.emit(self.text_size)

    def _rebuild(self) -> None:
        place, cursor = self.scroll_place(), self.textCursor()
        anchor, position = cursor.anchor(), cursor.position()
        blocked = self.blockSignals(True)
        self._set_document()
        self._put_cursor(anchor, position)
        self.blockSignals(blocked)
        self.scroll_to_place(*place)

    # --- geometry ------------------------------------------------------------------------------

    def to_document(self, point: QPoint | QPointF) -> QPointF:
        """Turn a point of the viewport into one of the document."""
        return QPointF(point) + QPointF(0, self.verticalScrollBar().value())

    def offset_at(self, point: QPointF) -> int:
        """Return the code point nearest to a point of the document."""
        return self._pointing.offset_at(point)

    def page(self, top: float, bottom: float) -> Page:
        """Describe what lies between two heights of the document."""
        first, start, _ = self._line_at(top)
        last, _, stop = self._line_at(bottom)
        rect = QRectF(0, top, self.viewport().width(), bottom - top)
        return Page((first, last), (start, max(stop, start + 1)), rect, self.gap_below)

    def gap_below(self, block: int) -> float:
        """Return the pixels between the lines of a block."""
        return self.setting.head_gap if block < self._head else self._gaps.get(block, self.setting.gap)

    def _line_at(self, y: float) -> tuple[int, int, int]:
        """Return block, start and stop of the lines about a height; a line more on either side."""
        position = max(
            0, self.document().documentLayout().hitTest(QPointF(0, y), Qt.HitTestAccuracy.FuzzyHit)
        )
        block = self.document().findBlock(position)
        layout, base = block.layout(), block.position()
        line = layout.lineForTextPosition(position - base)
        if not line.isValid():
            return block.blockNumber(), *self.places.bounds(block.blockNumber())
        before = layout.lineAt(max(0, line.lineNumber() - 1))
        after = layout.lineAt(min(layout.lineCount() - 1, line.lineNumber() + 1))
        stop = base + after.textStart() + after.textLength()
        return block.blockNumber(), self.places.offset(base + before.textStart()), self.places.offset(stop)

    def visible_page(self) -> Page:
        top = self.verticalScrollBar().value()
        return self.page(top, top + self.viewport().height())

    # --- scrolling -----------------------------------------------------------------------------

    def reveal(self, span: Span) -> None:
        """Bring a span into view; nothing moves when it is there already."""
        ends = (Span(span.start, span.start + 1), Span(span.stop - 1, span.stop))
        first, last = (self._height_of(end.start) for end in ends)
        top, height = self.verticalScrollBar().value(), self.viewport().height()
        below = last[1] + self.setting.gap + _CLEAR
        fits = first[0] >= top + _CLEAR / 2 and below <= top + height
        if not fits and not (first[0] <= top and below >= top + height):
            self._scroll_to(round(first[0] - height * 0.3))

    def bottom_of(self, offset: int) -> float:
        """Return where the line of a code point ends, in the document's coordinates."""
        return self._height_of(offset)[1]

    def _height_of(self, offset: int) -> tuple[float, float]:
        """Return top and bottom of the line of a code point."""
        origin, line = self._line_of(offset)
        return (
            (origin, origin + self.setting.blank)
            if line is None
            else (origin + line.y(), origin + line.rect().bottom())
        )

    def _line_of(self, offset: int) -> tuple[float, QTextLine | None]:
        position = self.places.position(min(offset, len(self.text)))
        block = self.document().findBlock(position)
        origin = block_origin(self.document(), block).y()
        line = block.layout().lineForTextPosition(position - block.position())
        return origin, line if line.isValid() else None

    def _scroll_to(self, y: int) -> None:
        bar = self.verticalScrollBar()
        if y > bar.maximum():
            # Qt lays out long texts bit by bit and doesn't know yet how far there is to scroll.
            layout = self.document().documentLayout()
            layout.documentSizeChanged.emit(layout.documentSize())
        bar.setValue(y)

    def scroll_place(self) -> tuple[int, int]:
        """Return the first code point in view, and how many pixels of its line are above the edge."""
        top = self.verticalScrollBar().value()
        offset = self.offset_at(QPointF(self.viewport().width() / 2, top + 1)) if top else 0
        return offset, round(top - self._height_of(offset)[0]) if top else 0

    def scroll_to_place(self, offset: int, pixels: int) -> None:
        """Scroll to where `scroll_place` was, also when the text is set otherwise since."""
        offset = min(offset, len(self.text))
        self._scroll_to(round(self._height_of(offset)[0] + pixels) if (offset, pixels) != (0, 0) else 0)

    def _put_cursor(self, anchor: int, position: int) -> None:
        """Set the caret, in document positions, without scrolling."""
        place = self.verticalScrollBar().value()
        cursor = QTextCursor(self.document())
        cursor.setPosition(anchor)
        cursor.setPosition(position, QTextCursor.MoveMode.KeepAnchor)
        self.setTextCursor(cursor)
        self.verticalScrollBar().setValue(place)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Centre the column anew, keeping what was at the top."""
        if event.size().width() == event.oldSize().width():
            super().resizeEvent(event)
            return
        place = self.scroll_place()
        super().resizeEvent(event)
        self._fit(self.document())
        self.boxes.forget()
        self._pointing.forget()
        self._tops = None
        self.scroll_to_place(*place)

    def share_of(self, offset: int) -> float:
        """Say how far down the article a code point is, 0 to 1: by height, in long texts by characters."""
        if len(self.text) > _MEASURED or not self.text:
            return offset / max(1, len(self.text))
        if self._tops is None:
            self._tops = self._measured_tops()
        block = self.places.block_at(min(offset, len(self.text) - 1))
        start, stop = self.places.bounds(block)
        top, bottom = self._tops[block], self._tops[block + 1]
        return (top + (bottom - top) * (offset - start) / max(1, stop - start)) / self._height()

    def _measured_tops(self) -> list[float]:
        """Return where each block begins, and where the text ends."""
        document = self.document()
        layout, block, tops = document.documentLayout(), document.begin(), []
        bottom = 0.0
        while block.isValid():
            rect = layout.blockBoundingRect(block)
            tops.append(rect.top())
            bottom = rect.bottom()
            block = block.next()
        return [*tops, bottom]

    def _height(self) -> float:
        """Return how high the article is, at least as high as the view, so that shares fit the eye."""
        height = self.document().documentLayout().documentSize().height()
        return max(height, float(self.viewport().height()))

    def scroll_to_share(self, share: float) -> None:
        """Scroll so that what lies this far down the article is in the middle of the view."""
        self._scroll_to(round(share * self._height() - self.viewport().height() / 2))

    def boxes_of(self, span: Span) -> list[Box]:
        """Return where a span lies, in the viewport's coordinates."""
        top = self.verticalScrollBar().value()
        return [box._replace(top=box.top - top, bottom=box.bottom - top) for box in self.boxes.of(span)]
