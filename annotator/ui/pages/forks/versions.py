"""The versions of one thing side by side, with what differs marked."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from annotator.services.forking import Forked, Version
from annotator.services.word_differences import differing_words
from annotator.ui.marked_words import marked
from annotator.ui.spelling import moment
from annotator.ui.theme import Theme
from annotator.ui.widgets import button, words

LEAST_WIDTH = 250
NOTHING = "–"
WRAPPED = "white-space:pre-wrap"
"""Line breaks of a note stay."""


class Versions(QScrollArea):
    """A card for each version; `chosen` tells its number, from 0."""

    chosen = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("plain")
        self.setAccessibleName("Versions")
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.cards: list[VersionCard] = []
        self._inside = QWidget()
        self._row = QHBoxLayout(self._inside)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(16)
        self.setWidget(self._inside)

    def set_theme(self, theme: Theme) -> None:
        self._inside.setStyleSheet(
            f'QLabel[role="differs"] {{ background: {theme.note}; color: {theme.note_text};'
            f" border: 1px solid {theme.note_border}; border-radius: 6px; padding: 3px 6px; }}"
            f'QFrame[stands="true"] {{ border: 1px solid {theme.accent}; }}'
        )

    def show_fork(self, fork: Forked | None) -> None:
        """Show the versions of a thing, or nothing."""
        for card in self.cards:
            card.hide()
            card.deleteLater()
        self.cards = []
        names = _fields(fork) if fork else []
        for n, version in enumerate(fork.versions if fork else ()):
            others = [other for other in fork.versions if other is not version] if fork else []
            card = VersionCard(n, version, names, others)
            card.deed.clicked.connect(lambda _checked=False, n=n: self.chosen.emit(n))
            self._row.addWidget(card, 1, Qt.AlignmentFlag.AlignTop)
            self.cards.append(card)


class VersionCard(QFrame):
    """One version: whether it stands, who gave it and when, and what it says."""

    def __init__(self, number: int, version: Version, names: list[str], others: list[Version]) -> None:
        super().__init__()
        self.setProperty("part", "card")
        self.setProperty("stands", number == 0)
        self.setMinimumWidth(LEAST_WIDTH)
        self.said: list[str] = []
        self.deed = _choice(number, version)
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 14, 18, 16)
        column.setSpacing(4)
        column.addWidget(words("Stands now" if number == 0 else "The other version", "section"))
        column.addWidget(words(f"{version.who or 'The program'}, {moment(version.at)}", "strong", wrap=True))
        column.addWidget(words(version.action, "caption", wrap=True))
        column.addSpacing(8)
        column.addLayout(self._fields(version, names, others))
        column.addSpacing(12)
        column.addWidget(self.deed, 0, Qt.AlignmentFlag.AlignLeft)

    def _fields(self, version: Version, names: list[str], others: list[Version]) -> QGridLayout:
        """List every field that a version has, so that the rows of all cards stand side by side."""
        grid = QGridLayout()
        grid.setVerticalSpacing(6)
        grid.setHorizontalSpacing(12)
        grid.setColumnStretch(1, 1)
        if version.body is None:
            grid.addWidget(words("Deleted", "differs"), 0, 0, 1, 2)
            self.said.append("Deleted")
            return grid
        values = dict(version.fields)
        for row, name in enumerate(names):
            theirs = [dict(other.fields).get(name, "") for other in others]
            is_other = any(said != values.get(name, "") for said in theirs)
            caption = words(f"≠ {name}" if is_other else name, "strong" if is_other else "caption", wrap=True)
            shown = _value(name, values.get(name, ""), theirs if is_other else [])
            grid.addWidget(caption, row, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(shown, row, 1)
            self.said.append(f"{'≠ ' if is_other else ''}{name}: {values.get(name, NOTHING)}")
        return grid


def _value(name: str, said: str, others: list[str]) -> QLabel:
    """Show what a field says; where others say it in part in the same words, underline the other ones."""
    value = said or NOTHING
    label = words(value, "differs" if others else "", wrap=True)
    spoken = f"{name}{', differs' if others else ''}: {value}"
    stretches = differing_words(said, filter(None, others)) if said and any(others) else ()
    if len(stretches) > 1:
        label.setTextFormat(Qt.TextFormat.RichText)
        label.setText(marked(stretches, WRAPPED))
        other_words = ", ".join(part.strip() for part, differs in stretches if differs)
        spoken += f". Other words: {other_words}" if other_words else ". The other version has more words"
    label.setAccessibleName(spoken)
    return label


def _choice(number: int, version: Version) -> QPushButton:
    verb = "Keep this" if number == 0 else "Take this"
    made = button(f"{number + 1}   {verb}")
    made.setAccessibleName(f"{verb}: {version.who}'s version")
    return made


def _fields(fork: Forked) -> list[str]:
    """List the fields that any version has, in order."""
    return list(dict.fromkeys(name for version in fork.versions for name, _ in version.fields))
