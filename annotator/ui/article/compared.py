"""An article with the spans of several annotators, each in lanes of their own."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QPointF, Signal
from PySide6.QtGui import QColor, QKeyEvent
from PySide6.QtWidgets import QTextEdit, QWidget

from annotator.model.records import Annotation
from annotator.model.span import Fragments
from annotator.ui.article.edges import Handle, stepped
from annotator.ui.article.hits import next_outward
from annotator.ui.article.inks import Inks
from annotator.ui.article.keys import Command, boundary_step, command
from annotator.ui.article.marks import Mark, Marks
from annotator.ui.article.painter import LINE
from annotator.ui.article.view import ArticleView
from annotator.ui.article.voices import Voice, VoiceInks

_WIDEST = 3.0
"""How many times the usual gap between lines deep stacks may take."""
_HERE = (Command.COPY, Command.LARGER, Command.SMALLER)


class ComparedView(ArticleView):
    """Shows who marked what; one span, that of the case being edited, can be moved."""

    clicked_span = Signal(str)
    """A span was clicked: the smallest there, and again the one around it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        self.voices: tuple[Voice, ...] = ()
        self.editing = ""
        """The annotation that can be moved; "" when none can be."""
        self._at = ""
        super().__init__(parent)

    def set_voices(self, voices: Sequence[Voice]) -> None:
        """Say who is compared, in which order, before an article is shown."""
        self.voices = tuple(voices)

    def show_others(self, voices: Sequence[Voice], annotations: Sequence[Annotation]) -> None:
        """Show others' work on the same article; what is in view stays there.

        The gold layer finds its room between the lines as they are: no line moves when it is begun.
        """
        before, self.voices = self.voices, tuple(voices)
        self.inks = self._inked()
        self.set_annotations(annotations)
        if _without_gold(before) != _without_gold(voices):
            self._rebuild()
            self._marks_changed()

    def edit(self, annotation: str) -> None:
        """Let one annotation be moved by keys and handles; "" ends it."""
        self.editing = annotation
        self.clear_selection()
        self.select_annotation(annotation)

    def tint(self, washes: Sequence[tuple[Fragments, QColor]]) -> None:
        """Tint words beneath everything else, the later over the earlier."""
        self.look.washes = tuple(washes)
        self.repaint_page()

    # --- how it is painted ---------------------------------------------------------------------

    def _inked(self) -> Inks:
        return VoiceInks(self.scheme, self.theme, self.voices)

    def _laned(self, annotations: Sequence[Annotation]) -> Marks:
        return Marks(annotations, [voice.layer for voice in _without_gold(self.voices)])

    def _widened(self) -> Mapping[int, float]:
        """Give paragraphs where many spans lie over each other the room that it takes to tell them apart."""
        found = {}
        for block in range(len(self.places)) if self.voices else ():
            bounds = self.places.bounds(block)
            wanted = 2 + (LINE + 1) * self.marks.depth(*bounds) if bounds[0] < bounds[1] else 0.0
            if wanted > self.setting.gap:
                found[block] = round(min(wanted, self.setting.gap * _WIDEST))
        return found

    def _describe(self, mark: Mark | None) -> None:
        self.setAccessibleDescription(f"Editing: {mark.annotation.words}" if mark else "")

    # --- what the reader does ------------------------------------------------------------------

    def handle_at(self, point: QPointF) -> Handle | None:
        return super().handle_at(point) if self.editing else None

    def clicked(self, point: QPointF, ctrl: bool) -> None:
        """Tell which span was clicked; while one is edited, words selected with Ctrl are added to it."""
        offset = self.offset_at(point)
        if self.editing:
            if ctrl and any(s.start <= offset <= s.stop for s in self.look.passage):
                self.add_fragments()
            return
        position = self.places.position(offset)
        self._put_cursor(position, position)
        hits = self.marks_at(point)
        self._at = next_outward(hits, self._at, again=True)
        if self._at:
            self.clicked_span.emit(self._at)

    def words_selected(self, *, ctrl: bool) -> None:
        if ctrl and self.editing:
            self.add_fragments()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move the span that is edited; leave to the page what it answers to itself."""
        step, asked = boundary_step(event), command(event)
        if step and self.editing:
            self.move_fragments(stepped(self.text, self.selected_fragments(), step))
        elif asked in _HERE:
            super().keyPressEvent(event)
        else:
            QTextEdit.keyPressEvent(self, event)


def _without_gold(voices: Sequence[Voice]) -> list[Voice]:
    return [voice for voice in voices if not voice.is_gold]
