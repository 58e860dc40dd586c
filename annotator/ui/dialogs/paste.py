"""Makes an article from text that is pasted or typed."""

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from annotator.model.dates import date_problem
from annotator.services import articles
from annotator.services.errors import Refused
from annotator.ui.dialogs.form import DATES, Form, dated


class _Text(QPlainTextEdit):
    """Takes plain text only, and no file that is dropped on it."""

    def __init__(self) -> None:
        super().__init__()
        self.setTabChangesFocus(True)
        self.setUndoRedoEnabled(True)

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        return source.hasText() and not source.hasUrls()


class PasteArticle(Form):
    """The text, a title that is its first line unless another is typed, and where it is from."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, "Paste an article", "Add the article", 640)
        self.text = _Text()
        self.text.setMinimumHeight(260)
        self.title, self.outlet, self.published = QLineEdit(), QLineEdit(), QLineEdit()
        self.title.setPlaceholderText("The first line of the text")
        self.published.setPlaceholderText(DATES)
        self.row("Text", self.text, stretch=1)
        self.row("Title", self.title)
        self.row("Outlet", self.outlet)
        self.row("Published", self.published)
        self.end()
        clipboard = QGuiApplication.clipboard().mimeData()
        if clipboard and clipboard.hasText() and not clipboard.hasUrls():
            self.text.setPlainText(clipboard.text())
        self.text.textChanged.connect(self._suggest)
        self._suggest()

    def raw(self) -> str:
        """Return the text as it was put in: toPlainText() would turn no-break spaces into others."""
        return self.text.document().toRawText()

    def description(self) -> dict[str, str]:
        lines = {"title": self.title, "outlet": self.outlet, "published": self.published}
        said = {name: " ".join(line.text().split()) for name, line in lines.items()}
        said["published"] = dated(said["published"])
        return {name: value for name, value in said.items() if value}

    def problems(self) -> dict[QWidget, str]:
        found: dict[QWidget, str] = {}
        try:
            articles.described(self.raw())
        except Refused as reason:
            found[self.text] = str(reason)
        published = self.description().get("published", "")
        problem = date_problem(published) if published else None
        if problem:
            found[self.published] = problem
        return found

    def _suggest(self) -> None:
        first = articles.heading(self.text.document().firstBlock().text()) or "The first line of the text"
        self.title.setPlaceholderText(first)
