"""The form made from a scheme: a row for each attribute, with its name, its field and what is wrong."""

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from annotator.model.scheme import Attribute
from annotator.ui.fields.base import Field, Surroundings
from annotator.ui.fields.tabbing import put_in_order
from annotator.ui.spelling import sentence_case
from annotator.ui.theme import Theme
from annotator.ui.widgets import words

MISSING = "needs a value"
_LEAVE = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape)


class Row(QWidget):
    """One attribute: its name with a dot when it is required, its field, and what is wrong with it."""

    def __init__(self, field: Field, parent: QWidget) -> None:
        super().__init__(parent)
        self.field = field
        self.problem = words(role="warning", wrap=True)
        self.aside = words(role="warning")
        self.aside.setAlignment(Qt.AlignmentFlag.AlignTrailing)
        self.understood = words(role="understood")
        self.understood.setAlignment(Qt.AlignmentFlag.AlignTrailing)
        self._remark = self._known = ""
        field.understood.connect(self._show_understood)
        field.remarked.connect(self._show_remark)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(self._head())
        column.addWidget(field)
        column.addWidget(self.problem)
        self.show_problem("")

    def _head(self) -> QHBoxLayout:
        attribute = self.field.attribute
        caption = words(sentence_case(attribute.name), "caption")
        caption.setBuddy(self.field.inputs()[0])
        head = QHBoxLayout()
        head.setSpacing(5)
        head.addWidget(caption)
        if attribute.required:
            head.addWidget(words("•", "required"))
        head.addStretch()
        head.addWidget(self.understood)
        head.addWidget(self.aside)
        return head

    def show_problem(self, problem: str) -> None:
        """Say what is wrong: beside the name that a value is missing, below the field anything longer."""
        self._known = problem
        missing = problem == MISSING
        self.aside.setText(problem if missing else "")
        self.aside.setVisible(missing)
        wrong = self._remark or ("" if missing else problem)
        self.problem.setText(f"⚠ {wrong}" if wrong else "")
        self.problem.setVisible(bool(wrong))
        self._name_inputs(problem)

    def _show_remark(self, remark: str) -> None:
        self._remark = remark
        self.show_problem(self._known)

    def _name_inputs(self, problem: str) -> None:
        attribute = self.field.attribute
        name = sentence_case(attribute.name) + (", required" if attribute.required else "")
        for widget in self.field.inputs():
            piece = widget.property("piece")
            widget.setAccessibleName(f"{name}: {piece}" if piece else name)
            widget.setAccessibleDescription(problem)

    def _show_understood(self, meaning: str) -> None:
        self.understood.setText(f"→ {meaning}" if meaning else "")


class Page(QWidget):
    """The rows for one set of attributes."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.rows: dict[str, Row] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(11)

    def add(self, field: Field) -> None:
        # The row has its place before it is filled: a widget that moves is styled anew with all it holds.
        row = Row(field, self)
        self.rows[field.attribute.name] = row
        self._column.addWidget(row)


class Form(QWidget):
    """Rows for attributes; made once for each set of attributes, else only the values are shown anew."""

    changed = Signal(str, object)
    left = Signal()
    """Enter or Esc in a field: back to the text."""

    def __init__(self, theme: Theme, surroundings: Surroundings) -> None:
        super().__init__()
        self.theme = theme
        self.surroundings = surroundings
        self._pages: list[tuple[Sequence[Attribute], Page]] = []
        self._page = Page(self)
        self._subject = ""
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)

    @property
    def rows(self) -> Mapping[str, Row]:
        """The rows that are shown, by attribute."""
        return self._page.rows

    def show_values(
        self,
        attributes: Sequence[Attribute],
        values: Mapping[str, Any],
        problems: Mapping[str, str],
        subject: str = "",
    ) -> None:
        """Show values and what is wrong with them; what is being typed for the same subject stays."""
        self._turn_to(list(attributes))
        is_another, self._subject = subject != self._subject, subject
        for name, row in self.rows.items():
            if is_another:
                row.field.revert()
            row.field.show_value(values.get(name))
            row.show_problem(problems.get(name, ""))

    def set_read_only(self, read_only: bool) -> None:
        """Let values only be read; the fields lose their frames, and nothing is asked for."""
        look = _FLAT if read_only else ""
        if self.styleSheet() != look:
            self.setStyleSheet(look)
        for row in self.rows.values():
            row.field.set_read_only(read_only)

    def commit(self) -> None:
        """Settle whatever is being typed."""
        for row in self.rows.values():
            row.field.commit()

    def stops(self) -> list[QWidget]:
        """List the widgets of the shown fields in the order Tab visits them."""
        return [widget for row in self.rows.values() for widget in row.field.stops()]

    def begin(self, name: str = "") -> bool:
        """Take the focus in the field of that name, else in the first; False when there is none."""
        row = self.rows.get(name) or next(iter(self.rows.values()), None)
        if row is None:
            return False
        row.field.begin()
        return True

    def set_theme(self, theme: Theme) -> None:
        self.theme = theme
        for _, page in self._pages:
            for row in page.rows.values():
                row.field.set_theme(theme)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Settle on Enter, forget on Esc, and give both back to the text."""
        if event.type() not in (QEvent.Type.KeyPress, QEvent.Type.ShortcutOverride):
            return False
        if not isinstance(event, QKeyEvent) or event.key() not in _LEAVE or event.modifiers() & _HELD:
            return False
        if event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        self._leave(event, self._field_of(watched))
        return True

    def _leave(self, event: QKeyEvent, field: Field | None) -> None:
        if field is None or field.takes(event):
            return
        if event.key() == Qt.Key.Key_Escape:
            field.revert()
        else:
            field.commit()
        self.left.emit()

    def _field_of(self, widget: QObject | None) -> Field | None:
        while isinstance(widget, QWidget) and not isinstance(widget, Field):
            widget = widget.parentWidget()
        return widget if isinstance(widget, Field) else None

    def _turn_to(self, attributes: Sequence[Attribute]) -> None:
        """Show the rows for these attributes, and make them when that is the first time."""
        page = next((page for known, page in self._pages if known == attributes), None)
        if page is None:
            page = Page(self)
            for attribute in attributes:
                page.add(self._field(attribute))
            self._pages.append((attributes, page))
            self._column.addWidget(page)
        if page is not self._page:
            self._page.hide()
            self._page = page
            page.show()
        put_in_order(self.stops())

    def _field(self, attribute: Attribute) -> Field:
        # Loaded with the first form: the window opens without one.
        from annotator.ui.fields.making import make_field

        field = make_field(attribute, self.theme, self.surroundings)
        field.committed.connect(lambda value: self.changed.emit(attribute.name, value))
        for widget in field.inputs():
            widget.installEventFilter(self)
        return field


_FLAT = """
QLineEdit, QComboBox, QComboBox:disabled {
    background: transparent; border-color: transparent; padding-left: 1px;
}
QComboBox::down-arrow { image: none; }
"""
"""How fields look that can only be read."""
_HELD = (
    Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier
)
