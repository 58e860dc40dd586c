"""The document that shows a text: built from the stored text, never read back."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from PySide6.QtCore import QObject
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
)

from annotator.model.records import Article
from annotator.ui import fonts
from annotator.ui.article.places import Places
from annotator.ui.theme import Theme

MEASURE = 78
"""Characters that fit on a line; as words aren't broken, about 75 stand on it."""
_SAMPLE = "the fighting was focused in areas that control access to the city, where many live"
_LINE_HEIGHT = QTextBlockFormat.LineHeightTypes
_DATELINES, _DATELINE_LENGTH = 3, 600


@dataclass(frozen=True)
class Setting:
    """How the text is set: the font, and lengths in pixels that follow from it."""

    font: QFont
    gap: float
    """Between the lines, where underlines lie."""
    column: float
    blank: float
    """What a blank line takes."""

    @classmethod
    def at(cls, points: float) -> "Setting":
        font = fonts.reading(points)
        metrics = QFontMetricsF(font)
        character = metrics.horizontalAdvance(_SAMPLE) / len(_SAMPLE)
        return cls(
            font, round(metrics.height() * 0.52), round(character * MEASURE), round(metrics.height() * 0.4)
        )

    @property
    def head_gap(self) -> float:
        """Between the lines of title and dateline."""
        return round(self.gap * 0.6)

    @property
    def title_font(self) -> QFont:
        font = QFont(self.font)
        font.setPointSizeF(self.font.pointSizeF() * 1.5)
        font.setBold(True)
        return font

    @property
    def dateline_font(self) -> QFont:
        font = QFont(self.font)
        font.setPointSizeF(self.font.pointSizeF() * 0.86)
        font.setItalic(True)
        return font


@dataclass(frozen=True)
class Head:
    """Which blocks at the beginning of a text are its title and its dateline."""

    title: int = 0
    datelines: int = 0

    @classmethod
    def of(cls, article: Article | None, places: Places) -> "Head":
        """Take the first line as the title when it says the same, and what follows up to a blank line."""
        title = " ".join(article.title.split()) if article else ""
        if not title or " ".join(places.words_of(0).split()) != title:
            return cls()
        following = range(1, min(len(places), 2 + _DATELINES))
        blank = next((n for n in following if not places.words_of(n).strip()), 1)
        length = sum(len(places.words_of(n)) for n in range(1, blank))
        return cls(1, blank - 1 if length <= _DATELINE_LENGTH else 0)

    def __len__(self) -> int:
        """Count the blocks of the head."""
        return self.title + self.datelines


def build(
    places: Places,
    article: Article | None,
    setting: Setting,
    theme: Theme,
    parent: QObject,
    gaps: Mapping[int, float] = MappingProxyType({}),
) -> QTextDocument:
    """Make the document of a text; `gaps` are the pixels between the lines of blocks that need more."""
    document = QTextDocument(parent)
    document.setUndoRedoEnabled(False)
    document.setDocumentMargin(0)
    document.setDefaultFont(setting.font)
    cursor = QTextCursor(document)
    cursor.setBlockFormat(_body(setting.gap))
    cursor.insertText(places.shown)
    cursor.beginEditBlock()
    for block, gap in gaps.items():
        _format(cursor, places, block, block + 1, _body(gap))
    _set_blanks(document, places, setting)
    _set_head(document, Head.of(article, places), setting, theme)
    cursor.endEditBlock()
    return document


def set_margins(document: QTextDocument, left: float, top: float, right: float, bottom: float) -> None:
    """Set the white around the text, unless it is so already: it is laid out anew each time."""
    frame = document.rootFrame()
    form = frame.frameFormat()
    if (form.leftMargin(), form.topMargin(), form.rightMargin()) == (left, top, right):
        return
    form.setLeftMargin(left)
    form.setTopMargin(top)
    form.setRightMargin(right)
    form.setBottomMargin(bottom)
    frame.setFrameFormat(form)


def _body(gap: float) -> QTextBlockFormat:
    form = QTextBlockFormat()
    form.setLineHeight(gap, _LINE_HEIGHT.LineDistanceHeight.value)
    return form


def _set_blanks(document: QTextDocument, places: Places, setting: Setting) -> None:
    """Draw blank lines as paragraph space; further ones in a row add little."""
    first, more = QTextBlockFormat(), QTextBlockFormat()
    first.setLineHeight(setting.blank, _LINE_HEIGHT.FixedHeight.value)
    more.setLineHeight(round(setting.blank / 3), _LINE_HEIGHT.FixedHeight.value)
    cursor = QTextCursor(document)
    for start, stop in _blank_runs(places):
        _format(cursor, places, start, start + 1, first)
        if stop > start + 1:
            _format(cursor, places, start + 1, stop, more)


def _blank_runs(places: Places) -> list[tuple[int, int]]:
    """List the runs of blank blocks, as numbers of blocks, end-exclusive."""
    runs: list[tuple[int, int]] = []
    for block in range(len(places)):
        if places.words_of(block).strip():
            continue
        if runs and runs[-1][1] == block:
            runs[-1] = (runs[-1][0], block + 1)
        else:
            runs.append((block, block + 1))
    return runs


def _format(cursor: QTextCursor, places: Places, start: int, stop: int, form: QTextBlockFormat) -> None:
    cursor.setPosition(places.position(places.bounds(start)[0]))
    cursor.setPosition(places.position(places.bounds(stop - 1)[1]), QTextCursor.MoveMode.KeepAnchor)
    cursor.setBlockFormat(form)


def _set_head(document: QTextDocument, head: Head, setting: Setting, theme: Theme) -> None:
    cursor = QTextCursor(document)
    cursor.movePosition(QTextCursor.MoveOperation.Start)
    for number in range(len(head)):
        is_title = number == 0
        form = QTextCharFormat()
        form.setFont(setting.title_font if is_title else setting.dateline_font)
        form.setForeground(QColor(theme.heading if is_title else theme.muted))
        cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock, QTextCursor.MoveMode.KeepAnchor)
        cursor.mergeCharFormat(form)
        cursor.mergeBlockFormat(_spaced(setting, number == len(head) - 1))
        cursor.movePosition(QTextCursor.MoveOperation.NextBlock)


def _spaced(setting: Setting, last: bool) -> Any:
    form = QTextBlockFormat()
    form.setLineHeight(setting.head_gap, _LINE_HEIGHT.LineDistanceHeight.value)
    form.setBottomMargin(setting.blank if last else setting.blank * 0.6)
    return form
