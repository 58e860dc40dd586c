"""A banner below the header: one sentence, at most one thing to do about it, never in the way."""

from collections.abc import Callable
from typing import Literal

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy

from annotator.ui.icons import IconButton
from annotator.ui.spelling import sentence_case
from annotator.ui.widgets import button, repolish, words

Tone = Literal["calm", "warning"]
Until = Literal["change", "article", "saved"]
"""What makes a sentence untrue: anything that is changed, another article, or only that all is saved."""


class Notice(QFrame):
    """One sentence with a button that closes it and, if something can be done, one that does it."""

    closed = Signal()

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setProperty("part", "notice")
        self.sentence = words(wrap=True)
        self.sentence.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.action = button("")
        self._deed: Callable[[], None] = lambda: None
        self._until: Until = "article"
        self.action.clicked.connect(lambda: self._deed())
        close = IconButton("close", "Close this message")
        close.clicked.connect(self.close_notice)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 4, 8, 4)
        row.setSpacing(12)
        for widget in (self.sentence, self.action, close):
            row.addWidget(widget)
        self.hide()

    def say(
        self,
        sentence: str,
        tone: Tone = "warning",
        action: str = "",
        deed: Callable[[], None] | None = None,
        until: Until | None = None,
    ) -> None:
        """Show a sentence, and a button when something can be done about it.

        What a calm sentence offers is about the last change ("Undo"), so the next one puts it away.
        """
        self._until = until or ("change" if deed and tone == "calm" else "article")
        self.sentence.setText(_full(sentence))
        self.setProperty("tone", tone)
        self.action.setText(action)
        self.action.setAccessibleName(action)
        self.action.setVisible(deed is not None)
        self._deed = deed or (lambda: None)
        repolish(self)
        self.show()
        if tone == "warning":
            _read_aloud(self)

    def outlive(self, happened: Until) -> None:
        """Put the sentence away if what happened makes it untrue."""
        if happened == self._until or (happened == "article" and self._until == "change"):
            self.close_notice()

    def close_notice(self) -> None:
        """Put the sentence away."""
        if not self.isHidden():
            self.hide()
            self.closed.emit()


def _read_aloud(notice: QFrame) -> None:
    # Loaded here: it takes longer than the rest of this file.
    from PySide6.QtGui import QAccessible, QAccessibleEvent

    QAccessible.updateAccessibility(QAccessibleEvent(notice, QAccessible.Event.Alert))


def _full(sentence: str) -> str:
    """Begin with a capital and end with a full stop."""
    cased = sentence_case(sentence.strip())
    return cased if cased.endswith((".", "!", "?", "…")) else cased + "."
