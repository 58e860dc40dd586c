"""The words that are selected but not tagged yet, and what they would be understood to say."""

from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from annotator.model.scheme import Label
from annotator.services.suggesting import understood
from annotator.ui.spelling import quoted
from annotator.ui.widgets import words

HINT = "Press a label’s key or button to tag these words."
LONGEST = 400
"""Code points of a selection in which a figure is looked for."""


class PassageView(QWidget):
    """Selected words in quotation marks, with the figure they state."""

    def __init__(self) -> None:
        super().__init__()
        self.quotation = words(role="quotation", wrap=True)
        self.meaning = words(role="understood", wrap=True)
        self.hint = words(HINT, "muted", wrap=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        self.comment = QLineEdit()
        self.comment.setPlaceholderText("Comment …")
        self.comment.setAccessibleName("Comment on what was missed")
        self.comment.hide()
        for widget in (self.quotation, self.meaning, self.hint, self.comment):
            column.addWidget(widget)
        column.addStretch(1)

    def show_words(self, passage: str, labels: tuple[Label, ...], missed_by: str = "") -> None:
        """Show the words, and the figure in them if a label asks for one.

        Where `missed_by` names an annotator, a label says what they missed, and a comment may go with it.
        """
        self.hint.setText(
            f"Press a label’s key or button to say that {missed_by} missed this." if missed_by else HINT
        )
        self.comment.setVisible(bool(missed_by))
        self.quotation.setText(quoted(passage))
        figure = understood(labels, passage) if len(passage) <= LONGEST else None
        self.meaning.setText(f"“{figure.words or passage}” → {figure.spelled()}" if figure else "")
        self.meaning.setVisible(figure is not None)
