"""The verdicts on a span: who said what, what is proposed, and what the annotator answers."""

import html
from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from annotator.model.review import Decision
from annotator.services.feedback import Given, decision_words
from annotator.services.proposals import Fate, Piece, Proposal, boundary_words
from annotator.services.verdicts import can_take_over
from annotator.ui.lists.lines import is_right_to_left
from annotator.ui.spelling import quoted, sentence_case, shortened
from annotator.ui.theme import Theme
from annotator.ui.widgets import button, words

SIGNS: dict[Decision, str] = {"accept": "✓", "reject": "✗", "change": "✎"}
_DRAWN: dict[Fate, str] = {"kept": "{}", "added": "<u><b>{}</b></u>", "dropped": "<s>{}</s>"}


class VerdictCard(QFrame):
    """One verdict with its answer, and what the person can do about it."""

    taken_over = Signal(str)
    settled = Signal(str, bool)
    answered = Signal(str, str)
    withdrawn = Signal(str)
    sought = Signal(object)

    def __init__(self, given: Given, proposed: Proposal, person: str, theme: Theme) -> None:
        super().__init__()
        self.given = given
        self.setObjectName("verdict")
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(12, 9, 12, 10)
        self._column.setSpacing(5)
        self.set_theme(theme)
        self._say(proposed, person)
        if given.verdict.layer == person:
            self._offer_answer()
        elif given.verdict.reviewer == person:
            self._offer_withdrawal()

    def set_theme(self, theme: Theme) -> None:
        edge = theme.note_border if self.given.is_open else theme.border
        self.setStyleSheet(
            f"QFrame#verdict {{ border: 1px solid {edge}; border-radius: 8px; background: {theme.surface}; }}"
        )

    def _say(self, proposed: Proposal, person: str) -> None:
        verdict, reply = self.given.verdict, self.given.reply
        who = "You" if verdict.reviewer == person else verdict.reviewer
        about = " · ".join(filter(None, (decision_words(verdict.decision), verdict.reason)))
        self._add(words(f"{SIGNS[verdict.decision]}  {who}: {about}", "strong", wrap=True))
        if self.given.annotation is None and self.given.words:
            self._add(words(quoted(self.given.words), wrap=True))
        if verdict.comment:
            self._add(words(verdict.comment, wrap=True))
        for line in proposed.lines:
            self._add(words(line, wrap=True))
        if any(fate != "kept" for _, fate in proposed.pieces):
            self._add(_marked(proposed.pieces))
        if self.given.is_stale:
            gone = self.given.annotation is None
            self._add(words("The span was " + ("deleted since" if gone else "changed since"), "warning"))
        if reply is not None and reply.comment and verdict.layer != person:
            self._add(words(f"{verdict.layer}: {reply.comment}", "muted", wrap=True))
        if reply is not None and reply.settled:
            self._add(words("✓ Settled", "caption"))

    def _offer_answer(self) -> None:
        verdict, reply = self.given.verdict, self.given.reply
        if verdict.decision == "accept":
            return
        self.answer = QLineEdit(reply.comment if reply else "")
        self.answer.setCursorPosition(0)
        self.answer.setPlaceholderText("Answer …")
        self.answer.setAccessibleName(f"Answer to {verdict.reviewer}")
        self.answer.returnPressed.connect(lambda: self.answered.emit(verdict.id, self.answer.text()))
        self._add(self.answer)
        self.settle = button("Settled" if self.given.is_open else "Open again")
        self.settle.clicked.connect(lambda: self.settled.emit(verdict.id, self.given.is_open))
        row = [self.settle]
        if self.given.is_open and can_take_over(verdict):
            self.take = button("Take over", "primary")
            self.take.clicked.connect(lambda: self.taken_over.emit(verdict.id))
            row.insert(0, self.take)
        self._add_row(row)

    def _offer_withdrawal(self) -> None:
        self.withdraw = button("Withdraw", "link")
        self.withdraw.clicked.connect(lambda: self.withdrawn.emit(self.given.verdict.id))
        self._add_row([self.withdraw])

    def _add(self, widget: QWidget) -> None:
        self._column.addWidget(widget)

    def _add_row(self, widgets: Sequence[QWidget]) -> None:
        row = QHBoxLayout()
        row.setSpacing(6)
        for widget in widgets:
            row.addWidget(widget)
        row.addStretch(1)
        self._column.addLayout(row)


class VerdictList(QWidget):
    """The cards of several verdicts."""

    taken_over = Signal(str)
    settled = Signal(str, bool)
    answered = Signal(str, str)
    withdrawn = Signal(str)

    def __init__(self, title: str, theme: Theme) -> None:
        super().__init__()
        self.theme = theme
        self.cards: list[VerdictCard] = []
        self._shown: object = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 4, 0, 0)
        self._column.setSpacing(8)
        self._column.addWidget(words(title, "section"))
        self.hide()

    def show_verdicts(self, given: Sequence[Given], proposed: Sequence[Proposal], person: str) -> None:
        """Show verdicts, with what each proposes."""
        shown = (tuple(given), tuple(proposed), person)
        if shown == self._shown:
            return
        self._shown = shown
        for card in self.cards:
            self._column.removeWidget(card)
            card.hide()
            card.deleteLater()
        self.cards = [
            VerdictCard(one, what, person, self.theme) for one, what in zip(given, proposed, strict=True)
        ]
        for card in self.cards:
            self._column.addWidget(card)
            card.taken_over.connect(self.taken_over)
            card.settled.connect(self.settled)
            card.answered.connect(self.answered)
            card.withdrawn.connect(self.withdrawn)
        self.setVisible(bool(self.cards))

    def begin_answer(self) -> None:
        """Put the keyboard where the first open verdict is answered."""
        card = next((card for card in self.cards if card.given.is_open), None)
        if card is not None:
            card.answer.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def stops(self) -> list[QWidget]:
        """List everything that takes the focus in the order Tab visits it."""
        kinds = Qt.FocusPolicy.TabFocus
        inside = (child for card in self.cards for child in card.findChildren(QWidget))
        return [child for child in inside if child.focusPolicy() & kinds]

    def set_theme(self, theme: Theme) -> None:
        self.theme = theme
        for card in self.cards:
            card.set_theme(theme)


def _marked(pieces: Sequence[Piece]) -> QLabel:
    """Show the words of a span as proposed: what it takes in underlined, what it drops struck out."""
    label = words(wrap=True)
    label.setTextFormat(Qt.TextFormat.RichText)
    label.setText(
        "".join(_DRAWN[fate].format(html.escape(_fitting(said, fate), quote=False)) for said, fate in pieces)
    )
    if is_right_to_left("".join(said for said, _ in pieces)):
        label.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignAbsolute)
    label.setAccessibleName(sentence_case(boundary_words(tuple(pieces))))
    return label


def _fitting(said: str, fate: Fate) -> str:
    """Leave the middle out of long words that stay."""
    return shortened(said) if fate == "kept" else said
