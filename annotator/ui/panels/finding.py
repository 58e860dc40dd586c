"""The find bar: words in the article, one after the other."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit

from annotator.model.span import Span
from annotator.ui.article.finding import find
from annotator.ui.icons import IconButton
from annotator.ui.session import Session
from annotator.ui.theme import Theme
from annotator.ui.widgets import button, words

LONGEST = 200
"""Code points of selected words that are taken over into the bar."""


class FindBar(QFrame):
    """Finds as one types; Enter and Shift+Enter go on and back, Esc closes."""

    found = Signal(object, int)
    """The finds as a tuple of Span (code points) and which one is current; -1 when there is none."""
    left = Signal()

    def __init__(self, session: Session, theme: Theme) -> None:
        super().__init__()
        self.session = session
        self.matches: tuple[Span, ...] = ()
        self._start = 0
        self.current = -1
        self.setObjectName("finding")
        self.setAccessibleName("Find in the article")
        self.line = QLineEdit()
        self.line.setAccessibleName("Find in the article")
        self.line.setPlaceholderText("Find in the article")
        self.line.setClearButtonEnabled(True)
        self.line.textEdited.connect(self._find)
        self.count = words(role="muted")
        self._lay_out()
        self.set_theme(theme)
        session.article_changed.connect(self._find_anew)
        self.hide()

    def open(self, wanted: str = "", start: int = 0) -> None:
        """Show the bar with words to look for; without any, with those looked for last.

        The first find is the one at or after `start`, a code point of the text.
        """
        self._start = start
        self.matches = ()
        if 0 < len(wanted) <= LONGEST:
            self.line.setText(wanted)
        self.show()
        self.line.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.line.selectAll()
        self._find()

    def close_bar(self) -> None:
        """Hide the bar and give the keyboard back to the text."""
        self.hide()
        self._tell((), -1)
        self.left.emit()

    def step(self, step: int) -> None:
        """Go to the next find (1) or the one before (-1), going round."""
        if self.matches:
            self._tell(self.matches, (self.current + step) % len(self.matches))

    def set_theme(self, theme: Theme) -> None:
        """Nothing here is painted by hand."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close_bar()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.step(-1 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1)
        else:
            super().keyPressEvent(event)

    def _find(self) -> None:
        """Find anew, staying at the find there was, or at the first after it."""
        here = self.matches[self.current].start if self.matches else self._start
        matches = find(self.session.text, self.line.text())
        after = (i for i, span in enumerate(matches) if span.start >= here)
        self._tell(matches, next(after, 0) if matches else -1)

    def _find_anew(self) -> None:
        """Look in another article."""
        if self.isVisible():
            self.matches, self.current, self._start = (), -1, 0
            self._find()

    def _tell(self, matches: tuple[Span, ...], current: int) -> None:
        self.matches, self.current = matches, current
        if matches:
            self.count.setText(f"{current + 1:,} of {len(matches):,}")
        else:
            self.count.setText("not found" if self.line.text().strip() else "")
        self.found.emit(matches, current)

    def _lay_out(self) -> None:
        buttons = [button("Previous", "link"), button("Next", "link")]
        for widget, step, key in zip(buttons, (-1, 1), ("Shift+Enter", "Enter"), strict=True):
            widget.setToolTip(key)
            widget.clicked.connect(lambda _=False, s=step: self.step(s))
        close = IconButton("close", "Close the find bar (Esc)")
        close.clicked.connect(self.close_bar)
        self.line.setMinimumWidth(120)
        self.line.setMaximumWidth(340)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 7, 10, 7)
        row.setSpacing(8)
        row.addWidget(self.line, 1)
        row.addWidget(self.count)
        row.addStretch()
        for one in (*buttons, close):
            row.addWidget(one)
