"""The words that are selected but not tagged yet, and what they would be understood to say."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from annotator.model.scheme import Label
from annotator.services.suggesting import understood
from annotator.ui.spelling import quoted
from annotator.ui.widgets import words

LONGEST = 400
"""Code points of a selection in which a figure is looked for."""


class PassageView(QWidget):
    """Selected words in quotation marks, with the figure they state."""

    def __init__(self) -> None:
        super().__init__()
        self.quotation = words(role="quotation", wrap=True)
        self.meaning = words(role="understood", wrap=True)
        self.hint = words("Press a label’s key or button to tag these words.", "muted", wrap=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        for widget in (self.quotation, self.meaning, self.hint):
            column.addWidget(widget)
        column.addStretch(1)

    def show_words(self, passage: str, labels: tuple[Label, ...]) -> None:
        """Show the words, and the figure in them if a label asks for one."""
        self.quotation.setText(quoted(passage))
        figure = understood(labels, passage) if len(passage) <= LONGEST else None
        self.meaning.setText(f"“{figure.words or passage}” → {figure.spelled()}" if figure else "")
        self.meaning.setVisible(figure is not None)
