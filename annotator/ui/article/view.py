"""The article with its spans: shows model values, says what the reader does, writes nothing."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QElapsedTimer, QEvent, QPoint, QPointF, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QWheelEvent,
)
from PySide6.QtWidgets import QApplication, QWidget

from annotator.model.records import Annotation, Article
from annotator.model.scheme import Scheme
from annotator.model.span import Fragments
from annotator.ui.article.edges import Handle, stepped
from annotator.ui.article.gestures import Held, Mouse
from annotator.ui.article.hits import handle_at, next_outward
from annotator.ui.article.keys import Command, boundary_step, command, label_key
from annotator.ui.article.marked import MarkedText
from annotator.ui.article.marks import Mark
from annotator.ui.article.reading import Reading

_DRIFT_MS = 30


class ArticleView(MarkedText):
    """One article to read and mark. Offsets are code points of its text."""

    annotation_selected = Signal(str)
    """The reader selected a span; "" when none is selected any more."""
    hovered_label = Signal(str)
    label_key = Signal(str)
    """The key of this label was pressed."""
    tag_wanted = Signal(object, str)
    """Words were dragged over while a label is armed: a tuple of spans, and the label."""
    fragment_wanted = Signal(str, object)
    """A span to be added to an annotation."""
    fragments_moved = Signal(str, object)
    """An annotation is to have these fragments."""
    delete_wanted = Signal(str)
    inspect_wanted = Signal(str)
    link_wanted = Signal(str, str)
    """From one annotation to another."""
    linking_changed = Signal(str)
    """A target is being chosen for a link from this annotation; "" when no longer."""
    disarmed = Signal()
    reading_progressed = Signal()
    """Paragraphs came into view that had not been; `reading` knows which."""
    escaped = Signal()
    """Esc was pressed and there was nothing left to back out of."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._clicked = ""
        """The span that the last click selected."""
        self._link_from: Annotation | None = None
        """What is being linked; its target may be in another article."""
        self._mouse = Mouse(self)
        self._since_double = QElapsedTimer()
        self._double_at = QPoint()
        self._last = (QPointF(), Held())
        """Where a drag was last, and the keys held with it."""
        self._drift = QTimer(self, interval=_DRIFT_MS)
        self._drift.timeout.connect(self._drift_on)
        self._ring = False
        self.reading = Reading(self)
        self.reading.progressed.connect(self.reading_progressed)
        self.verticalScrollBar().valueChanged.connect(self.reading.moved)
        self.viewport().setMouseTracking(True)

    def show_article(
        self,
        article: Article | None,
        text: str,
        annotations: Sequence[Annotation],
        scheme: Scheme,
        seen: frozenset[int] = frozenset(),
    ) -> None:
        """Show an article from its beginning; None shows an empty page.

        `seen` is what `reading.seen` was when it was shown before.
        """
        self._let_go()
        super().show_article(article, text, annotations, scheme)
        self.look.linking = self._link_from.id if self._link_from else ""
        self._clicked = ""
        self.reading.begin(seen)

    def set_annotations(self, annotations: Sequence[Annotation]) -> None:
        super().set_annotations(annotations)
        source = self._link_from
        is_here = bool(source and self.article and source.article == self.article.id)
        if source and is_here and self.marks.get(source.id) is None:
            self.end_link()

    def select_annotation(self, annotation: str, *, reveal: bool = False) -> None:
        if annotation != self.look.selected:
            self._clicked = ""
        super().select_annotation(annotation, reveal=reveal)

    # --- what the mouse machine asks and tells -------------------------------------------------

    def handle_at(self, point: QPointF) -> Handle | None:
        fragments = self.selected_fragments()
        if not fragments:
            return None
        return handle_at(point, fragments, self.boxes, self.page(point.y() - 40, point.y() + 40).blocks)

    def anchor(self) -> int:
        return self.places.offset(self.textCursor().anchor())

    def words_selected(self, *, ctrl: bool) -> None:
        spans = self.look.passage
        if ctrl and self.look.selected:
            self.add_fragments()
        elif spans and self.look.armed and not ctrl:
            self.tag_wanted.emit(spans, self.look.armed)

    def add_fragments(self) -> None:
        """Ask for the selected words to be added to the selected span."""
        spans, selected = self.look.passage, self.look.selected
        if selected and spans:
            self.clear_selection()
            for span in spans:
                self.fragment_wanted.emit(selected, span)

    def preview_fragments(self, fragments: Fragments | None) -> None:
        self.look.preview = fragments
        self.repaint_page()

    def move_fragments(self, fragments: Fragments) -> None:
        if self.look.selected and fragments != self.selected_fragments():
            self.fragments_moved.emit(self.look.selected, fragments)

    def clicked(self, point: QPointF, ctrl: bool) -> None:
        offset = self.offset_at(point)
        if ctrl and self.look.selected and any(s.start <= offset <= s.stop for s in self.look.passage):
            self.add_fragments()
            return
        if self.look.linking:
            self._link_to(self._target_at(point))
            return
        position = self.places.position(offset)
        self._put_cursor(position, position)
        hits = self.marks_at(point)
        chosen = next_outward(hits, self.look.selected, again=self._clicked == self.look.selected)
        self._select(chosen)
        self._clicked = chosen

    def _select(self, annotation: str) -> None:
        if annotation != self.look.selected:
            self.select_annotation(annotation)
            self.annotation_selected.emit(annotation)

    # --- links ---------------------------------------------------------------------------------

    def begin_link(self, source: str = "") -> None:
        """Let the reader choose what to link a span to: the one given, or the one selected."""
        mark = self.marks.get(source or self.look.selected)
        if mark:
            self._link_from = mark.annotation
            self.look.linking, self.look.target = mark.id, ""
            self.linking_changed.emit(mark.id)
            self.repaint_page()

    def end_link(self) -> None:
        """Choose no target."""
        self._link_from = None
        self.look.linking = self.look.target = ""
        self.linking_changed.emit("")
        self.repaint_page()

    def _may_link(self, mark: Mark) -> bool:
        source = self._link_from
        return (
            source is not None
            and mark.id != source.id
            and bool(self.scheme.links_between(source.label, mark.annotation.label))
        )

    def _target_at(self, point: QPointF) -> str:
        return next((mark.id for mark in self.marks_at(point) if self._may_link(mark)), "")

    def _link_to(self, target: str) -> None:
        if target:
            source = self.look.linking
            self.end_link()
            self.link_wanted.emit(source, target)

    # --- events --------------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton:
            return
        near = (event.position().toPoint() - self._double_at).manhattanLength() < 8
        quick = (
            self._since_double.isValid() and self._since_double.elapsed() < QApplication.doubleClickInterval()
        )
        self._since_double.invalidate()
        self._mouse.press(self.to_document(event.position()), _held(event), 3 if near and quick else 1)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._since_double.start()
            self._double_at = event.position().toPoint()
            self._mouse.press(self.to_document(event.position()), _held(event), 2)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        point = event.position()
        if not event.buttons() & Qt.MouseButton.LeftButton:
            self._hover(self.to_document(point))
            return
        self._last = (point, _held(event))
        self._mouse.move(self.to_document(point), _held(event))
        outside = not 0 <= point.y() < self.viewport().height()
        if not (self._mouse.busy and outside):
            self._drift.stop()
        elif not self._drift.isActive():
            self._drift.start()

    def _drift_on(self) -> None:
        """Scroll while something is dragged beyond the edge, faster the further away."""
        point, held = self._last
        beyond = min(point.y(), 0) or max(0, point.y() - self.viewport().height())
        bar = self.verticalScrollBar()
        bar.setValue(bar.value() + round(beyond / 3))
        self._mouse.move(self.to_document(point), held)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._drift.stop()
            self._mouse.release(self.to_document(event.position()))

    def _let_go(self) -> bool:
        """Give up what is being dragged; False when nothing is."""
        self._drift.stop()
        return self._mouse.cancel()

    def _hover(self, point: QPointF | None) -> None:
        hits = self.marks_at(point) if point else []
        hovered = hits[0] if hits else None
        if self.look.linking and point:
            self.look.target = self._target_at(point)
        if (hovered.id if hovered else "") != self.look.hovered:
            self.look.hovered = hovered.id if hovered else ""
            self.hovered_label.emit(hovered.annotation.label if hovered else "")
            self.repaint_page()
        over_handle = point is not None and self.handle_at(point) is not None
        self.viewport().setCursor(Qt.CursorShape.SizeHorCursor if over_handle else Qt.CursorShape.IBeamCursor)

    def leaveEvent(self, event: QEvent) -> None:
        self._hover(None)
        super().leaveEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoom(1 if event.angleDelta().y() > 0 else -1)
            event.accept()
        else:
            super().wheelEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step, asked = boundary_step(event), command(event)
        label = self.scheme.label_by_key(label_key(event)) if label_key(event) else None
        if asked:
            self._commands[asked](self)
        elif step and self.look.selected:
            self.move_fragments(stepped(self.text, self.selected_fragments(), step))
        elif label:
            self.label_key.emit(label.id)
        else:
            super().keyPressEvent(event)
            return
        event.accept()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        reasons = Qt.FocusReason
        by_key = (reasons.TabFocusReason, reasons.BacktabFocusReason, reasons.ShortcutFocusReason)
        self._ring = event.reason() in by_key
        self.repaint_page()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._ring = False
        self.repaint_page()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._ring:
            painter = QPainter(self.viewport())
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(QColor(self.theme.accent), 2))
            painter.drawRoundedRect(QRectF(self.viewport().rect()).adjusted(2, 2, -2, -2), 6, 6)

    # --- what keys do --------------------------------------------------------------------------

    def go(self, step: int) -> None:
        """Select the next (1) or previous (-1) span and bring it into view."""
        caret = self.places.offset(self.textCursor().position())
        if self.look.linking:
            self._next_target(step)
            return
        mark = self.marks.following(self.look.selected, caret, step)
        if mark:
            at = self.places.position(mark.start)
            self._put_cursor(at, at)
            self._select(mark.id)
            self.reveal(mark.fragments[0])

    def _next_target(self, step: int) -> None:
        at = self.look.target or self.look.linking
        for _ in range(len(self.marks)):
            mark = self.marks.following(at, 0, step)
            if mark is None:
                return
            if self._may_link(mark):
                self.look.target = mark.id
                self.reveal(mark.fragments[0])
                self.repaint_page()
                return
            at = mark.id

    def _inspect(self) -> None:
        if self.look.linking:
            self._link_to(self.look.target)
        else:
            self.inspect_wanted.emit(self.look.selected)

    def _delete(self) -> None:
        if self.look.selected:
            self.delete_wanted.emit(self.look.selected)

    def back_out(self) -> None:
        """Undo the last step of a gesture: drag, link, words, span, armed label."""
        if self._let_go():
            self.clear_selection()
        elif self.look.linking:
            self.end_link()
        elif self.look.passage:
            self.clear_selection()
        elif self.look.selected:
            self._select("")
        elif self.look.armed:
            self.set_armed("")
            self.disarmed.emit()
        else:
            self.escaped.emit()

    _commands: dict[Command, Callable[["ArticleView"], None]] = {
        Command.NEXT: lambda view: view.go(1),
        Command.PREVIOUS: lambda view: view.go(-1),
        Command.INSPECT: _inspect,
        Command.DELETE: _delete,
        Command.LINK: begin_link,
        Command.BACK_OUT: back_out,
        Command.COPY: lambda view: view.copy(),
        Command.LARGER: lambda view: view.zoom(1),
        Command.SMALLER: lambda view: view.zoom(-1),
    }


def _held(event: QMouseEvent) -> Held:
    keys, names = event.modifiers(), Qt.KeyboardModifier
    return Held(
        shift=bool(keys & names.ShiftModifier),
        ctrl=bool(keys & names.ControlModifier),
        alt=bool(keys & names.AltModifier),
    )
