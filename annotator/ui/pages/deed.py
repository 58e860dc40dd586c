"""A page that does one thing: choices and its button at the left, what comes of them at the right."""

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from annotator.ui.widgets import button, words

SIDE_WIDTH = 430


class DeedPage(QWidget):
    """Ctrl+Enter does it and Esc goes back, wherever on the page the keyboard is."""

    def __init__(self, deed: str, back: str) -> None:
        super().__init__()
        self.deed, self.back = button(deed, "primary"), button(back)
        self.deed.clicked.connect(self.write)
        self.back.clicked.connect(self.leave)

    def write(self) -> None:
        """Do what the page is for."""
        raise NotImplementedError  # Abstract; Qt's metaclass leaves no room for ABC.

    def leave(self) -> None:
        """Go back to the articles."""
        raise NotImplementedError

    def event(self, event: QEvent) -> bool:
        """Keep Ctrl+Enter from the window, where it means another thing: Qt would then do neither."""
        if event.type() == QEvent.Type.ShortcutOverride and _means_do_it(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if _means_do_it(event):
            self.write()
        elif event.key() == Qt.Key.Key_Escape:
            self.leave()
        else:
            super().keyPressEvent(event)

    def assemble(self, title: str, choices: QWidget, right: QWidget, *below: QWidget) -> None:
        """Put the parts in their places; what stands below the choices never scrolls out of sight."""
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        side = QWidget()
        side.setObjectName("side")
        side.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        side.setFixedWidth(SIDE_WIDTH)
        column = QVBoxLayout(side)
        column.setContentsMargins(24, 20, 14, 14)
        column.setSpacing(6)
        column.addWidget(words(title, "page title"))
        column.addWidget(choices, 1)
        for widget in below:
            column.addWidget(widget)
        column.addLayout(self._buttons())
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(side)
        row.addWidget(right, 1)

    def _buttons(self) -> QHBoxLayout:
        buttons = QHBoxLayout()
        buttons.setContentsMargins(0, 0, 10, 0)
        buttons.addWidget(self.back)
        buttons.addStretch(1)
        buttons.addWidget(self.deed)
        return buttons


def _means_do_it(event: QEvent) -> bool:
    """Say whether a key that was pressed is Ctrl+Enter."""
    return (
        isinstance(event, QKeyEvent)
        and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        and event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier == Qt.KeyboardModifier.ControlModifier
    )
