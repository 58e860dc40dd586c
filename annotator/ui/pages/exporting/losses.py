"""What an export loses, as a list: how many, of what, and an example."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from annotator.formats.losses import Loss
from annotator.ui.spelling import sentence_case
from annotator.ui.widgets import words

SHOWN_LOSSES = 12


class LossList(QWidget):
    """The numbers stand under each other, the largest first, each kind of loss beside its own."""

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("What is not kept")
        self._said: list[str] = []
        self._row = 0
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(1)
        self._grid.setColumnStretch(1, 1)

    def show_losses(self, losses: tuple[Loss, ...]) -> None:
        self._clear()
        self._say(words("Not kept", "section") if losses else words("Nothing is lost."))
        for loss in sorted(losses, key=lambda loss: -loss.count)[:SHOWN_LOSSES]:
            self._show(loss)
        if len(losses) > SHOWN_LOSSES:
            more = len(losses) - SHOWN_LOSSES
            self._say(words(f"and {more:,} {'other kind' if more == 1 else 'other kinds'} of loss", "muted"))

    def text(self) -> str:
        """Return what is said, a line for each kind of loss."""
        return "\n".join(self._said)

    def _show(self, loss: Loss) -> None:
        row = self._row
        self._row += 2
        number = words(f"{loss.count:,}", "strong")
        self._grid.addWidget(number, row, 0, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
        self._grid.addWidget(words(sentence_case(loss.what), wrap=True), row, 1)
        said = f"{number.text()} {sentence_case(loss.what)}"
        if loss.example.strip():
            example = loss.example if loss.count == 1 else f"such as {loss.example}"
            below = words(example, "caption", wrap=True)
            below.setContentsMargins(0, 0, 0, 5)
            self._grid.addWidget(below, row + 1, 1)
            said += f": {example}"
        self._said.append(said)

    def _say(self, label: QLabel) -> None:
        self._grid.addWidget(label, self._row, 0, 1, 2)
        self._row += 1
        self._said.append(label.text())

    def _clear(self) -> None:
        self._said.clear()
        self._row = 0
        while (item := self._grid.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
