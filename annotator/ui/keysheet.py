"""The sheet of keys: everything the keyboard and the mouse can do, by subject."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from annotator.ui.actions import all_commands
from annotator.ui.command import MENUS, Command
from annotator.ui.context import Context
from annotator.ui.icons import IconButton
from annotator.ui.overlay import Overlay
from annotator.ui.spelled_keys import spelled
from annotator.ui.widgets import words

GESTURES: tuple[tuple[str, str], ...] = (
    ("Drag", "Select whole words"),
    ("Alt+drag", "Select exact characters"),
    ("Double-click", "Select the word"),
    ("Triple-click", "Select the sentence"),
    ("Shift+click", "Select from the caret to here"),
    ("Arrows", "Move the caret; with Ctrl by words"),
    ("Shift+arrows", "Select by characters; with Ctrl by words"),
    ("Click a span", "Select the smallest span there; again, the one around it"),
    ("Drag a handle", "Move an end of the selected span"),
    ("Ctrl+drag", "Add a fragment to the selected span"),
    ("Label key", "With nothing selected: every drag tags, until Esc"),
    ("Ctrl+wheel", "Larger or smaller text"),
)
"""What the mouse and the caret do in the article: there is no command behind these."""

COLUMNS = 3


class KeySheet(Overlay):
    """Built anew each time it is opened, as the scheme's labels have keys of their own."""

    def __init__(self, context: Context) -> None:
        super().__init__(context.window, "Keys", QSize(1180, 760))
        self._c = context
        column = QVBoxLayout(self.panel)
        column.setContentsMargins(24, 18, 12, 18)
        self._close = IconButton("close", "Close the sheet of keys")
        self._close.clicked.connect(self.leave)
        head = QHBoxLayout()
        head.addWidget(words("Keys", "heading"), 1)
        head.addWidget(self._close)
        column.addLayout(head)
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setAccessibleName("Keys by subject")
        self._area.viewport().setAutoFillBackground(False)
        column.addWidget(self._area)

    def open(self) -> None:
        sheet = _sheet(groups(self._c))
        self._area.setWidget(sheet)
        # A scroll area gives its widget a background of its own.
        sheet.setAutoFillBackground(False)
        super().open()

    def first(self) -> QWidget:
        return self._area


def groups(c: Context) -> list[tuple[str, list[tuple[tuple[str, ...], str]]]]:
    """Return the subjects, each with its keys and what they do."""
    commands = [command for command in all_commands(c) if command.keys]
    listed = [(menu, [_row(command) for command in commands if command.menu == menu]) for menu in MENUS]
    return [*listed, ("In the article", [((gesture,), does) for gesture, does in GESTURES])]


def _row(command: Command) -> tuple[tuple[str, ...], str]:
    return tuple(dict.fromkeys(map(spelled, command.keys))), command.words.rstrip("…")


def _sheet(subjects: list[tuple[str, list[tuple[tuple[str, ...], str]]]]) -> QWidget:
    """Set the subjects in columns of about the same height."""
    sheet = QWidget()
    row = QHBoxLayout(sheet)
    row.setContentsMargins(0, 6, 12, 0)
    row.setSpacing(28)
    total = sum(len(rows) + 2 for _, rows in subjects)
    column, height = _column(row), 0
    for title, rows in subjects:
        if height and height + (len(rows) + 2) / 2 > total / COLUMNS and row.count() < COLUMNS:
            column, height = _column(row), 0
        column.insertWidget(column.count() - 1, _subject(title, rows))
        height += len(rows) + 2
    return sheet


def _column(row: QHBoxLayout) -> QVBoxLayout:
    column = QVBoxLayout()
    column.setSpacing(14)
    column.addStretch(1)
    row.addLayout(column, 1)
    return column


def _subject(title: str, rows: list[tuple[tuple[str, ...], str]]) -> QWidget:
    frame = QFrame()
    grid = QGridLayout(frame)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(12)
    grid.setVerticalSpacing(5)
    grid.setColumnStretch(0, 1)
    grid.addWidget(words(title, "section"), 0, 0, 1, 2)
    for number, (keys, does) in enumerate(rows, 1):
        grid.addWidget(words(does, wrap=True), number, 0)
        grid.addLayout(_caps(keys), number, 1, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
    return frame


def _caps(keys: tuple[str, ...]) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(4)
    for key in keys:
        row.addWidget(words(key, "key"))
    return row
