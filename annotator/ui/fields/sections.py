"""A column of captioned fields in sections, which scrolls when it is higher than its room."""

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QComboBox,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from annotator.ui.fields.flow import FlowLayout, wrapping
from annotator.ui.widgets import words


class Inside(QWidget):
    """What scrolls: as wide as its room, and as high as its rows are at that width."""

    def __init__(self) -> None:
        super().__init__()
        # Else one wide field would push all of them out of sight to the side.
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    def minimumSizeHint(self) -> QSize:
        """Ask for nothing: the least height of flows is that of one field beneath the other."""
        return QSize(0, 0)


class Sections(QScrollArea):
    """Rows are added from top to bottom; each is a widget of its own, so that it can be hidden."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setObjectName("plain")
        self.setAccessibleName(name)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        inside = Inside()
        self._column = QVBoxLayout(inside)
        self._column.setContentsMargins(0, 0, 8, 8)
        self._column.setSpacing(4)
        self._column.addStretch(1)
        self.setWidget(inside)

    def section(self, title: str) -> QLabel:
        """Begin a section."""
        label = words(title, "section")
        label.setContentsMargins(0, 12, 0, 0)
        self._add(label)
        return label

    def row(self, *fields: QWidget, caption: str = "") -> QWidget:
        """Add fields side by side, the first taking what room there is; return what holds them."""
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 2, 0, 2)
        column.setSpacing(3)
        if caption:
            label = words(caption, "caption")
            label.setBuddy(fields[0])
            fields[0].setAccessibleName(caption)
            column.addWidget(label)
        line = QHBoxLayout()
        line.setSpacing(8)
        for field in fields:
            line.addWidget(field, int(field is fields[0]))
        column.addLayout(line)
        self._add(holder)
        return holder

    def flow(self, *fields: QWidget, name: str) -> QWidget:
        """Add fields in lines, as words are set."""
        holder = wrapping(QWidget())
        holder.setAccessibleName(name)
        flow = FlowLayout(holder)
        for field in fields:
            flow.addWidget(field)
        self._add(holder)
        return holder

    def remark(self, role: str = "caption") -> QLabel:
        """Add a line of words that can be changed."""
        label = words("", role, wrap=True)
        self._add(label)
        return label

    def _add(self, widget: QWidget) -> None:
        self._column.insertWidget(self._column.count() - 1, widget)
        self.watch(widget)

    def watch(self, widget: QWidget) -> None:
        """Keep a widget and what stands in it in view, and its values from the wheel."""
        for one in (widget, *widget.findChildren(QWidget)):
            one.installEventFilter(self)
            if isinstance(one, QComboBox | QAbstractSpinBox):
                one.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Bring a field that gets the keyboard into view; the wheel scrolls and changes no value."""
        if event.type() == QEvent.Type.FocusIn and isinstance(watched, QWidget):
            self.ensureWidgetVisible(watched, 0, 24)
        if event.type() == QEvent.Type.Wheel and isinstance(watched, QComboBox | QAbstractSpinBox):
            event.ignore()
            return True
        return super().eventFilter(watched, event)
