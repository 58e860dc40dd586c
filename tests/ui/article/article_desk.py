"""An article view driven as a reader would: by points over words, buttons and keys."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QImage, QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from annotator.model.anchor import anchor
from annotator.model.records import Annotation, Article
from annotator.model.scheme import Scheme
from annotator.model.span import Fragments, Span
from annotator.ui.article.view import ArticleView

SIGNALS = (
    *("selection_changed", "annotation_selected", "hovered_label", "label_key", "tag_wanted"),
    *("fragment_wanted", "fragments_moved", "delete_wanted", "inspect_wanted", "link_wanted"),
    *("linking_changed", "disarmed", "escaped", "text_size_changed"),
)
NO_KEYS, LEFT = Qt.KeyboardModifier.NoModifier, Qt.MouseButton.LeftButton


NEWS = (
    "The monitoring group said that an air raid killed four medical workers."
    ' "The truce," he said, "is not dead."'
    "\n\nA second paragraph tells of at least nine opposition fighters near Aleppo."
)
CLAIM = ("claim", "an air raid killed four medical workers")
CASUALTY = ("casualty", "four medical workers")
FIGHTERS = ("casualty", "at least nine opposition fighters")


@dataclass
class Desk:
    """A view, what it says, and hands to use it."""

    view: ArticleView
    scheme: Scheme
    said: list[tuple[Any, ...]] = field(default_factory=list)
    text: str = ""
    annotations: list[Annotation] = field(default_factory=list)
    _numbers: Iterator[int] = field(default_factory=lambda: count(1))

    def show(self, text: str, *marked: tuple[str, ...], title: str = "") -> list[str]:
        """Show a text with annotations, each its label and the words of its fragments; return ids."""
        self.text = text
        self.annotations = [self.annotation(label, *words) for label, *words in marked]
        self.view.show_article(Article("a", "0", title), text, self.annotations, self.scheme)
        self.said.clear()
        return [annotation.id for annotation in self.annotations]

    def annotation(self, label: str, *words: str) -> Annotation:
        fragments, at = [], 0
        for part in words:
            fragments.append(self.span(part, at))
            at = fragments[-1].stop
        marked = tuple(fragments)
        return Annotation(f"n{next(self._numbers)}", "a", "me", label, marked, anchor(self.text, marked))

    def span(self, words: str, at: int = 0) -> Span:
        start = self.text.index(words, at)
        return Span(start, start + len(words))

    def words(self, spans: Fragments) -> list[str]:
        return [self.text[span.start : span.stop] for span in spans]

    def selected_words(self) -> list[str]:
        return self.words(self.view.selection())

    def heard(self, name: str) -> list[tuple[Any, ...]]:
        """Return what a signal said, each time."""
        return [arguments for signal, *arguments in self.said if signal == name]

    # --- the mouse

    def point(self, words: str, share: float = 0.5, at: int = 0) -> QPoint:
        """Return a point over words: at 0 their beginning, at 1 their end, on their first line."""
        box = self.view.boxes_of(self.span(words, at))[0]
        begin = box.left if box.start_x is None else box.start_x
        end = box.right if begin == box.left else box.left
        inset = 1 if end > begin else -1
        return QPoint(
            round(begin + inset + (end - begin - 2 * inset) * share), round((box.top + box.bottom) / 2)
        )

    def click(self, words: str, keys: Qt.KeyboardModifier = NO_KEYS, share: float = 0.5) -> None:
        QTest.mouseClick(self.view.viewport(), LEFT, keys, self.point(words, share))

    def drag(self, start: QPoint, stop: QPoint, keys: Qt.KeyboardModifier = NO_KEYS) -> None:
        self.press(start, keys)
        self.move((start + stop) / 2, keys)
        self.move(stop, keys)
        self.release(stop, keys)

    def drag_over(self, words: str, keys: Qt.KeyboardModifier = NO_KEYS) -> None:
        """Drag from inside the first of these words to inside the last."""
        first, last = words.split()[0], words.split()[-1]
        start = self.span(words).start
        self.drag(self.point(first, 0.4, start), self.point(last, 0.6, start + len(words) - len(last)), keys)

    def press(self, point: QPoint, keys: Qt.KeyboardModifier = NO_KEYS) -> None:
        QTest.mousePress(self.view.viewport(), LEFT, keys, point)

    def move(self, point: QPoint, keys: Qt.KeyboardModifier = NO_KEYS, *, held: bool = True) -> None:
        viewport = self.view.viewport()
        buttons = LEFT if held else Qt.MouseButton.NoButton
        where = QPointF(point)
        event = QMouseEvent(
            QEvent.Type.MouseMove, where, viewport.mapToGlobal(where), Qt.MouseButton.NoButton, buttons, keys
        )
        QApplication.sendEvent(viewport, event)

    def release(self, point: QPoint, keys: Qt.KeyboardModifier = NO_KEYS) -> None:
        QTest.mouseRelease(self.view.viewport(), LEFT, keys, point)

    # --- keys and eyes

    def key(self, key: Any, keys: Qt.KeyboardModifier = NO_KEYS) -> None:
        QTest.keyClick(self.view, key, keys)

    def picture(self) -> QImage:
        return self.view.viewport().grab().toImage()


def near(a: QColor, b: QColor, reach: int = 12) -> bool:
    """Say whether two colours look the same."""
    pairs = ((a.red(), b.red()), (a.green(), b.green()), (a.blue(), b.blue()))
    return all(abs(x - y) <= reach for x, y in pairs)
