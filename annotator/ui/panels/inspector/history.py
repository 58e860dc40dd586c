"""The history of the selected span: who did what when, and back to any step."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from annotator.services.telling import Told
from annotator.ui.spelling import counted, moment
from annotator.ui.widgets import button, words

SHORT = 5
"""Steps shown before the rest is asked for."""


class StepRow(QWidget):
    """One step: time, what was done, by whom; and a button that brings the span back to it."""

    restored = Signal(object)

    def __init__(self, step: Told, person: str, restorable: bool) -> None:
        super().__init__()
        self.change = step.change
        time = words(moment(step.at), "muted")
        who = "you" if step.actor == person else step.actor
        told = words(f"{step.words} · {who}", wrap=True)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(time, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(told, 1, Qt.AlignmentFlag.AlignTop)
        self.restore = button("Restore", "link")
        self.restore.setStyleSheet("min-height: 17px; padding: 0 4px;")
        meaning = f"Restore the span as it was at {moment(step.at)}: {step.words}"
        self.restore.setAccessibleName(meaning)
        self.restore.setToolTip(meaning)
        self.restore.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.restore.clicked.connect(lambda: self.restored.emit(step.body))
        row.addWidget(self.restore, 0, Qt.AlignmentFlag.AlignTop)
        self.restore.setVisible(restorable)


class HistoryList(QWidget):
    """The steps of one span, newest first."""

    restored = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[StepRow] = []
        self._steps: tuple[Told, ...] = ()
        self._person = ""
        self._may_restore = True
        self._is_whole = False
        self.more = button("", "link")
        self.more.hide()
        self.more.clicked.connect(self._show_whole)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(6)
        self._column.addWidget(words("History", "section"))
        self._rows = QVBoxLayout()
        self._rows.setSpacing(4)
        self._column.addLayout(self._rows)
        self._column.addWidget(self.more, 0, Qt.AlignmentFlag.AlignLeft)

    def show_steps(self, steps: tuple[Told, ...], person: str, may_restore: bool) -> None:
        """Show a history; that of another span is short again."""
        if (steps, person, may_restore) == (self._steps, self._person, self._may_restore):
            return
        if not self._steps or not steps or self._steps[-1].change != steps[-1].change:
            self._is_whole = False
        self._steps, self._person, self._may_restore = steps, person, may_restore
        self._fill()

    def stops(self) -> list[QWidget]:
        """List the buttons in the order Tab visits them."""
        return [*(row.restore for row in self.rows), self.more]

    def _show_whole(self) -> None:
        self._is_whole = True
        self._fill()

    def _fill(self) -> None:
        """Make the rows anew; the focus stays at its step, or goes to the nearest that can be restored."""
        held = next((i for i, widget in enumerate(self.stops()) if widget.hasFocus()), None)
        gone = self.rows
        shown = self._steps if self._is_whole else self._steps[:SHORT]
        self.rows = [self._row(step) for step in shown]
        self._show_rest(len(self._steps) - len(shown))
        if held is not None:
            self._hold_focus(gone[held].change if held < len(gone) else "", held)
        for row in gone:
            row.hide()
            row.deleteLater()

    def _hold_focus(self, change: str, place: int) -> None:
        open_rows = [i for i, row in enumerate(self.rows) if not row.restore.isHidden()]
        nearest = sorted(open_rows, key=lambda i: (self.rows[i].change != change, abs(i - place)))
        if nearest:
            row = self.rows[nearest[0]]
            row.show()
            row.restore.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.focusNextPrevChild(False)

    def _show_rest(self, rest: int) -> None:
        self.more.setText(f"Show {counted(rest, 'earlier step')}")
        self.more.setAccessibleName(self.more.text())
        self.more.setVisible(rest > 0)

    def _row(self, step: Told) -> StepRow:
        differs = step.body is not None and step.body != self._steps[0].body
        row = StepRow(step, self._person, self._may_restore and differs)
        row.restored.connect(self.restored)
        self._rows.addWidget(row)
        return row
