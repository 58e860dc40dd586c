"""Break a title into lines of about the same length, so that no word stands alone on the last."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QTextBlockFormat, QTextCursor, QTextDocument, QTextLayout

_STEPS = 6
"""Halvings of the column's width: enough to come within a few pixels."""
_MOST_LINES = 4


def balance_title(document: QTextDocument, title: str, font: QFont, column: float) -> None:
    """Narrow the first block, which shows the title, as far as it takes no more lines."""
    block = document.begin()
    spare = column - _narrowest(title, font, column)
    rightward = block.textDirection() != Qt.LayoutDirection.RightToLeft
    left, right = (0.0, spare) if rightward else (spare, 0.0)
    old = block.blockFormat()
    if (old.leftMargin(), old.rightMargin()) != (left, right):
        form = QTextBlockFormat()
        form.setLeftMargin(left)
        form.setRightMargin(right)
        QTextCursor(block).mergeBlockFormat(form)


def _narrowest(title: str, font: QFont, column: float) -> float:
    """Return about the least width at which a title takes no more lines than in the column."""
    wanted = _lines(title, font, column)
    if not 1 < wanted <= _MOST_LINES:
        return column
    too_narrow, enough = column / 2, column
    for _ in range(_STEPS):
        middle = (too_narrow + enough) / 2
        if _lines(title, font, middle) <= wanted:
            enough = middle
        else:
            too_narrow = middle
    return round(enough)


def _lines(title: str, font: QFont, width: float) -> int:
    layout = QTextLayout(title, font)
    layout.beginLayout()
    count = 0
    while count <= _MOST_LINES:
        line = layout.createLine()
        if not line.isValid():
            break
        line.setLineWidth(width)
        count += 1
    layout.endLayout()
    return count
