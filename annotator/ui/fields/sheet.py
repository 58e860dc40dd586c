"""What panels and forms add to the window's style sheet."""

from annotator.ui import fonts
from annotator.ui.theme import Theme


def sheet(theme: Theme) -> str:
    """Return the style sheet of a panel in the colours of a theme."""
    t = theme
    return f"""
    QLabel[role="required"] {{ color: {t.accent}; }}
    QLabel[role="warning"] {{ color: {t.note_text}; font-size: 12px; }}
    QLabel[role="understood"] {{ color: {t.good}; font-size: 12px; font-weight: 500; }}
    QLabel[role="quotation"] {{ color: {t.text}; font-size: 16px;
      font-family: "{fonts.SERIF}", "{fonts.NASKH}"; }}
    QLabel[role="note"] {{ color: {t.note_text}; background: {t.note}; border: 1px solid {t.note_border};
      border-radius: 8px; padding: 7px 10px; font-size: 12px; }}
    QLabel[role="page title"] {{ color: {t.heading}; font-size: 22px; font-weight: 700; }}
    QLineEdit:read-only, QPlainTextEdit:read-only {{ background: {t.window}; border-color: {t.border}; }}
    QComboBox {{ padding-right: 2px; }}
    QScrollBar::handle:disabled {{ background: transparent; }}
    QComboBox[unset="true"] {{ color: {t.muted}; }}
    QPlainTextEdit {{ padding: 3px 5px; border: 1px solid {t.strong_border}; }}
    QPlainTextEdit:focus {{ padding: 2px 4px; border: 2px solid {t.accent}; }}
    QWidget#inspector, QWidget#page {{ background: {t.surface}; }}
    QWidget#side {{ background: {t.window}; border: none; border-right: 1px solid {t.border}; }}
    QLineEdit[role="name"] {{ color: {t.heading}; background: transparent; border: 1px solid transparent;
      border-radius: 7px; font-size: 22px; font-weight: 700; padding: 2px 5px; }}
    QLineEdit[role="name"]:hover {{ border-color: {t.border}; }}
    QLineEdit[role="name"]:focus {{ border: 2px solid {t.accent}; padding: 1px 4px; }}
    QToolButton[role="small"] {{ padding: 0; border-width: 1px; border-radius: 5px; }}
    QWidget#page QListView, QWidget#page QTableView, QWidget#page QHeaderView,
    QWidget#page QHeaderView::section {{ background: transparent; }}
    QWidget#side QListView {{ background: {t.window}; }}
    #completion {{ background: {t.raised}; border: 1px solid {t.strong_border}; border-radius: 8px; }}
    #completion QListWidget {{ background: transparent; }}
    #completion QListWidget::item {{ padding: 3px 6px; }}
    QWidget#plain, QScrollArea#plain, QScrollArea#plain > QWidget > QWidget {{ background: transparent; }}
    """
