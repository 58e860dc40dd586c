"""What the mouse means: clicks, drags and handles as a small machine that knows no widget."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from PySide6.QtCore import QPointF

from annotator.model.span import Fragments, Span
from annotator.ui.article.boundaries import sentence_at, snapped, word_at
from annotator.ui.article.edges import Handle, dragged

DRAG_BEGINS = 4.0
"""Pixels the mouse must go before a click is a drag."""


@dataclass(frozen=True, slots=True)
class Held:
    """Which keys are held."""

    shift: bool = False
    ctrl: bool = False
    alt: bool = False


class Reader(Protocol):
    """What the machine asks of the article view, and tells it."""

    @property
    def text(self) -> str: ...
    def offset_at(self, point: QPointF) -> int:
        """Return the code point nearest to a point."""

    def handle_at(self, point: QPointF) -> Handle | None: ...
    def selected_fragments(self) -> Fragments: ...
    def anchor(self) -> int:
        """Return where the text selection began, or the caret."""

    def clicked(self, point: QPointF, ctrl: bool) -> None: ...
    def select_words(self, span: Span | None, *, back: bool, add: bool) -> None:
        """Show words as selected; `back` puts the caret at their start, `add` keeps what was selected."""

    def words_selected(self, *, ctrl: bool) -> None:
        """A drag over words has ended."""

    def preview_fragments(self, fragments: Fragments | None) -> None: ...
    def move_fragments(self, fragments: Fragments) -> None: ...


@dataclass
class _Pressed:
    point: QPointF
    offset: int
    held: Held


@dataclass
class _Dragging:
    anchor: int
    add: bool


@dataclass
class _Moving:
    handle: Handle
    before: Fragments
    after: Fragments


class Mouse:
    """Follows one press of the left button until it is let go."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._state: _Pressed | _Dragging | _Moving | None = None

    @property
    def busy(self) -> bool:
        """Say whether something is being dragged."""
        return isinstance(self._state, _Dragging | _Moving)

    def press(self, point: QPointF, held: Held, clicks: int = 1) -> None:
        reader = self._reader
        self._state = None
        offset = reader.offset_at(point)
        if clicks > 1:
            find: Callable[[str, int], Span | None] = word_at if clicks == 2 else sentence_at
            reader.select_words(find(reader.text, offset), back=False, add=held.ctrl)
            return
        handle = reader.handle_at(point)
        if handle:
            before = reader.selected_fragments()
            self._state = _Moving(handle, before, before)
        elif held.shift:
            self._state = _Dragging(reader.anchor(), add=False)
            self.move(point, held)
        else:
            self._state = _Pressed(point, offset, held)

    def move(self, point: QPointF, held: Held) -> None:
        state = self._state
        if isinstance(state, _Pressed):
            if (point - state.point).manhattanLength() < DRAG_BEGINS:
                return
            state = self._state = _Dragging(state.offset, add=state.held.ctrl)
        if isinstance(state, _Dragging):
            self._select(state, self._reader.offset_at(point), held)
        elif isinstance(state, _Moving):
            offset = self._reader.offset_at(point)
            state.after = dragged(self._reader.text, state.before, state.handle, offset, exact=held.alt)
            self._reader.preview_fragments(state.after)

    def release(self, point: QPointF) -> None:
        state, self._state = self._state, None
        if isinstance(state, _Pressed):
            self._reader.clicked(point, state.held.ctrl)
        elif isinstance(state, _Dragging):
            self._reader.words_selected(ctrl=state.add)
        elif isinstance(state, _Moving):
            self._reader.preview_fragments(None)
            if state.after != state.before:
                self._reader.move_fragments(state.after)

    def cancel(self) -> bool:
        """Let go without doing anything; False when nothing was dragged."""
        busy = self.busy
        self._state = None
        if busy:
            self._reader.preview_fragments(None)
        return busy

    def _select(self, state: _Dragging, offset: int, held: Held) -> None:
        start, stop = sorted((state.anchor, offset))
        span = snapped(self._reader.text, start, stop, exact=held.alt)
        self._reader.select_words(span, back=offset < state.anchor, add=state.add)
