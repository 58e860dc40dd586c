"""What is said of an article: title, outlet, author, date, url, language."""

from PySide6.QtWidgets import QLineEdit, QWidget

from annotator.model.dates import date_problem
from annotator.model.records import Article
from annotator.ui.dialogs.form import DATES, Form, dated

_FIELDS = (
    ("title", "Title", ""),
    ("outlet", "Outlet", "Daily Sabah"),
    ("author", "Author", ""),
    ("published", "Published", DATES),
    ("url", "Web address", "https://…"),
    ("language", "Language", "en"),
)


class ArticleDetails(Form):
    """One line for each thing that can be said; the text itself never changes."""

    def __init__(self, parent: QWidget, article: Article) -> None:
        super().__init__(parent, "Article details", "Keep")
        self.lines: dict[str, QLineEdit] = {}
        for name, caption, example in _FIELDS:
            line = self.lines[name] = QLineEdit(getattr(article, name))
            line.setPlaceholderText(example)
            line.setCursorPosition(0)
            self.row(caption, line)
        self.end()

    def description(self) -> dict[str, str]:
        """Return what was typed, by the article's field names."""
        said = {name: " ".join(line.text().split()) for name, line in self.lines.items()}
        return said | {"published": dated(said["published"])}

    def problems(self) -> dict[QWidget, str]:
        said = self.description()
        found: dict[QWidget, str] = {}
        if not said["title"]:
            found[self.lines["title"]] = "a title is missing; the list of articles shows it"
        problem = date_problem(said["published"]) if said["published"] else None
        if problem:
            found[self.lines["published"]] = problem
        return found
