"""A banner at the foot: one sentence, one thing or two to do about it, never in the way."""

from collections.abc import Callable
from functools import partial
from typing import Literal

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QSizePolicy

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
        self.action, self.other = button(""), button("")
        self._deed: Callable[[], None] = lambda: None
        self._other: Callable[[], None] = lambda: None
        self._until: Until = "article"
        self.action.clicked.connect(lambda: self._deed())
        self.other.clicked.connect(lambda: self._other())
        close = IconButton("close", "Close this message")
        close.clicked.connect(self.close_notice)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 4, 8, 4)
        row.setSpacing(12)
        for widget in (self.sentence, self.action, self.other, close):
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
        self._deed = _offer(self.action, action, deed)
        self._other = _offer(self.other, "", None)
        repolish(self)
        self.show()
        if tone == "warning":
            _read_aloud(self)

    def ask(self, sentence: str, *choices: tuple[str, Callable[[], object]]) -> None:
        """Ask what of two things is to be done; either puts the question away."""
        (words_of_one, one), (words_of_other, other) = choices
        self.say(sentence, "calm", words_of_one, partial(self._answer, one), "article")
        self._other = _offer(self.other, words_of_other, partial(self._answer, other))
        self.action.setFocus()

    def _answer(self, deed: Callable[[], object]) -> None:
        self.close_notice()
        deed()

    def outlive(self, happened: Until) -> None:
        """Put the sentence away if what happened makes it untrue."""
        if happened == self._until or (happened == "article" and self._until == "change"):
            self.close_notice()

    def close_notice(self) -> None:
        """Put the sentence away."""
        if not self.isHidden():
            self.hide()
            self.closed.emit()


def _offer(button: QPushButton, words: str, deed: Callable[[], None] | None) -> Callable[[], None]:
    """Show a button if there is something that it does, and return that."""
    button.setText(words)
    button.setAccessibleName(words)
    button.setVisible(deed is not None)
    return deed or (lambda: None)


def _read_aloud(notice: QFrame) -> None:
    # Loaded here: it takes longer than the rest of this file.
    from PySide6.QtGui import QAccessible, QAccessibleEvent

    QAccessible.updateAccessibility(QAccessibleEvent(notice, QAccessible.Event.Alert))


def _full(sentence: str) -> str:
    """Begin with a capital and end with a full stop."""
    cased = sentence_case(sentence.strip())
    return cased if cased.endswith((".", "!", "?", "…")) else cased + "."
