"""The style sheet: how widgets look, from the colours of a theme.

Widgets say what they are with the properties `role` (labels, buttons) and `part` (frames).
"""

from dataclasses import asdict
from string import Template

from annotator.resources import path
from annotator.ui import fonts
from annotator.ui.theme import Theme


def stylesheet(theme: Theme) -> str:
    """Return the style sheet of a theme."""
    pictures = {
        name: path("icons", f"{name}-{theme.name}.svg").as_posix().replace('"', '\\"')
        for name in ("chevron", "tick")
    }
    faces = {"serif": fonts.SERIF, "naskh": fonts.NASKH}
    return _SHEET.substitute({**asdict(theme), **pictures, **faces})


_SHEET = Template("""
QMainWindow, QDialog { background: $window; }
QToolTip { background: $raised; color: $text; border: 1px solid $border; padding: 4px 6px; }

QAbstractScrollArea { border: none; }
QLabel { background: transparent; }
QLabel[role="title"] { font-size: 15px; font-weight: 600; color: $heading; }
QLabel[role="heading"] { font-size: 17px; font-weight: 600; color: $heading; }
QLabel[role="strong"] { font-weight: 600; color: $heading; }
QLabel[role="section"] { font-size: 12px; font-weight: 600; color: $muted; }
QLabel[role="muted"] { color: $muted; }
QLabel[role="caption"] { font-size: 12px; color: $muted; }
QLabel[role="problem"] { font-size: 12px; color: $bad; }
QLabel[role="key"] {
    font-size: 12px; color: $text; background: $surface; padding: 1px 6px;
    border: 1px solid $strong_border; border-radius: 5px;
}
QLabel[role="page title"] { font-size: 22px; font-weight: 700; color: $heading; }
QLabel[role="required"] { color: $accent; }
QLabel[role="warning"] { font-size: 12px; color: $note_text; }
QLabel[role="understood"] { font-size: 12px; font-weight: 500; color: $good; }
QLabel[role="quotation"] { font-size: 16px; color: $text; font-family: "$serif", "$naskh"; }
QLabel[role="note"] {
    font-size: 12px; color: $note_text; background: $note; border: 1px solid $note_border;
    border-radius: 8px; padding: 7px 10px;
}
QFrame[role="rule"] { background: $border; border: none; }

#header { background: $window; border: none; border-bottom: 1px solid $border; }
#status { background: $window; border: none; border-top: 1px solid $border; }
#status QLabel { font-size: 12px; color: $muted; }
#status QLabel[state="unsaved"] { color: $bad; font-weight: 600; }
#status QLabel[state="said"] { color: $text; }

QFrame[part="notice"] { border: none; border-top: 1px solid $border; background: $accent_soft; }
QFrame[part="notice"][tone="warning"] { background: $note; border-top-color: $note_border; }
QFrame[part="notice"] QLabel { color: $text; }
QFrame[part="notice"][tone="warning"] QLabel { color: $note_text; }
QFrame[part="overlay"] { background: $raised; border: 1px solid $border; border-radius: 12px; }
QFrame[part="card"] { background: $surface; border: 1px solid $border; border-radius: 8px; }

#articles, #side { background: $window; border: none; }
#side { border-right: 1px solid $border; }
#inspector, #page { background: $surface; }
#finding { background: $window; border: none; border-bottom: 1px solid $border; }
#completion { background: $raised; border: 1px solid $strong_border; border-radius: 8px; }
#plain, QScrollArea#plain > QWidget > QWidget { background: transparent; }

QPushButton {
    background: $surface; color: $text; border: 1px solid $strong_border; border-radius: 7px;
    padding: 5px 13px; font-weight: 500; min-height: 17px;
}
QPushButton:hover { background: $hover; }
QPushButton:pressed { background: $faint; }
QPushButton:focus { border: 2px solid $accent; padding: 4px 12px; }
QPushButton:disabled { color: $muted; background: $window; border-color: $border; }
QPushButton[role="primary"] {
    background: $accent; color: $on_accent; border-color: $accent; font-weight: 600;
}
QPushButton[role="primary"]:focus { border: 2px solid $text; }
QPushButton[role="primary"]:disabled { background: $faint; color: $muted; border-color: $faint; }
QPushButton[role="link"] {
    background: transparent; border: 1px solid transparent; color: $accent; padding: 3px 5px;
}
QPushButton[role="link"]:hover { background: $hover; }
QPushButton[role="link"]:focus { border: 1px solid $accent; }
QPushButton[role="row"] {
    background: transparent; border: 1px solid transparent; text-align: left;
    font-weight: 400; padding: 6px 10px;
}
QPushButton[role="row"]:hover { background: $hover; }
QPushButton[role="row"]:focus { border: 1px solid $accent; }
QPushButton[role="tab"] {
    background: transparent; border: 2px solid transparent; border-radius: 7px;
    color: $muted; padding: 4px 12px; font-weight: 600;
}
QPushButton[role="tab"]:hover { background: $hover; color: $text; }
QPushButton[role="tab"]:checked { background: $accent_soft; color: $accent; }
QPushButton[role="tab"]:focus { border-color: $accent; }

QToolButton {
    background: transparent; color: $text; border: 2px solid transparent; border-radius: 7px; padding: 3px;
}
QToolButton:hover, QToolButton:pressed, QToolButton:open { background: $hover; }
QToolButton:focus { border-color: $accent; }
QToolButton::menu-indicator { image: none; }
QToolButton[role="title"] { font-size: 15px; font-weight: 600; color: $heading; padding: 3px 6px; }
QToolButton[role="small"] { padding: 0; border-width: 1px; border-radius: 5px; }
QToolButton[role="person"] { font-weight: 500; padding: 3px 6px; }

QLineEdit, QPlainTextEdit, QComboBox, QAbstractSpinBox {
    background: $surface; color: $text; border: 1px solid $strong_border; border-radius: 7px;
    padding: 4px 8px; min-height: 19px; selection-background-color: $selection; selection-color: $text;
}
QLineEdit:focus, QPlainTextEdit:focus, QComboBox:focus, QAbstractSpinBox:focus {
    border: 2px solid $accent; padding: 3px 7px;
}
QLineEdit:disabled, QPlainTextEdit:disabled, QComboBox:disabled { color: $muted; background: $window; }
QLineEdit[problem="true"], QPlainTextEdit[problem="true"], QComboBox[problem="true"] { border-color: $bad; }
QLineEdit[role="bare"], QLineEdit[role="bare"]:focus { border: none; background: transparent; padding: 6px; }
QLineEdit[role="name"] {
    color: $heading; background: transparent; border: 1px solid transparent;
    font-size: 22px; font-weight: 700; padding: 2px 5px;
}
QLineEdit[role="name"]:hover { border-color: $border; }
QLineEdit[role="name"]:focus { border: 2px solid $accent; padding: 1px 4px; }
QLineEdit:read-only, QPlainTextEdit:read-only { background: $window; border-color: $border; }
QPlainTextEdit { padding: 3px 5px; }
QPlainTextEdit:focus { padding: 2px 4px; }
QComboBox { padding-right: 2px; combobox-popup: 0; }
QComboBox[unset="true"] { color: $muted; }
QComboBox::drop-down { border: none; width: 26px; }
QComboBox::down-arrow { image: url("$chevron"); width: 12px; height: 12px; }
QComboBox QAbstractItemView {
    background: $raised; border: 1px solid $strong_border; padding: 4px; outline: none;
    selection-background-color: $accent_soft; selection-color: $text;
}
QAbstractSpinBox QLineEdit, QAbstractSpinBox QLineEdit:focus, QComboBox QLineEdit, QComboBox QLineEdit:focus {
    border: none; background: transparent; padding: 0 6px; min-height: 0;
}
QAbstractSpinBox:disabled { color: $muted; background: $window; border-color: $border; }
QAbstractSpinBox::up-button, QAbstractSpinBox::down-button { width: 0; border: none; }

QCheckBox, QRadioButton { spacing: 8px; padding: 2px; border: 2px solid transparent; border-radius: 5px; }
QCheckBox:focus, QRadioButton:focus { border-color: $accent; outline: none; }
QCheckBox::indicator, QRadioButton::indicator, QTableView::indicator {
    width: 16px; height: 16px; border: 1px solid $strong_border; border-radius: 5px; background: $surface;
}
QRadioButton::indicator { border-radius: 9px; }
QCheckBox::indicator:checked, QTableView::indicator:checked {
    background: $accent; border-color: $accent; image: url("$tick");
}
QRadioButton::indicator:checked { background: $surface; border: 5px solid $accent; width: 8px; height: 8px; }

QMenuBar { background: $window; color: $text; }
QMenuBar::item { padding: 4px 8px; border-radius: 5px; background: transparent; }
QMenuBar::item:selected { background: $hover; }
QMenu { background: $raised; color: $text; border: 1px solid $strong_border; padding: 5px; }
QMenu::item { padding: 5px 22px 5px 26px; border-radius: 5px; }
QMenu::item:selected { background: $accent_soft; color: $text; }
QMenu::item:disabled { color: $muted; }
QMenu::separator { height: 1px; background: $border; margin: 5px 8px; }
QMenu::indicator { width: 12px; height: 12px; left: 7px; }

QListView, QTreeView, QTableView {
    background: $window; border: none; outline: none;
    selection-background-color: $accent_soft; selection-color: $text; alternate-background-color: $surface;
}
QListView:focus, QTreeView:focus, QTableView:focus { outline: none; }
QFrame[part="overlay"] QListView, QFrame[part="overlay"] QTextBrowser { background: transparent; }
QListView::item { padding: 5px 8px; border-radius: 6px; color: $text; }
QListView::item:hover { background: $hover; }
QListView::item:selected { background: $accent_soft; color: $text; }
#page QListView, #page QTableView, #completion QListView { background: transparent; }
#side QListView { background: $window; }
#completion QListView::item { padding: 3px 6px; }
QHeaderView { background: $window; border: none; }
QHeaderView::section {
    background: $window; color: $muted; border: none; border-bottom: 1px solid $border; padding: 5px 8px;
    font-size: 12px; font-weight: 500;
}
#page QHeaderView, #page QHeaderView::section { background: transparent; }
QTableView { gridline-color: $border; }
QTableView[part="remarks"]::item { padding: 5px; } /* Qt adds 3 px that heads lack. */

QScrollBar { background: transparent; border: none; margin: 0; }
QScrollBar:vertical { width: 10px; }
QScrollBar:horizontal { height: 10px; }
QScrollBar::handle { background: $strong_border; border-radius: 3px; margin: 2px; }
QScrollBar::handle:vertical { min-height: 36px; }
QScrollBar::handle:horizontal { min-width: 36px; }
QScrollBar::handle:hover { background: $muted; }
QScrollBar::handle:disabled { background: transparent; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; border: none; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }

QSplitter::handle { background: $border; }
QSplitter::handle:horizontal { width: 1px; }
QSplitter::handle:vertical { height: 1px; }
QSplitter::handle:hover { background: $accent; }

QProgressBar { background: $faint; border: none; border-radius: 3px; max-height: 6px; min-height: 6px; }
QProgressBar::chunk { background: $accent; border-radius: 3px; }
""")
