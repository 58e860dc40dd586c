"""The user guide inside the window: Markdown pages that come with the program."""

from pathlib import Path

from PySide6.QtCore import QSize, Qt, QUrl
from PySide6.QtGui import (
    QFont,
    QTextBlockFormat,
    QTextCursor,
    QTextDocument,
    QTextLength,
    QTextList,
    QTextListFormat,
    QTextOption,
    QTextTable,
)
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from annotator import resources
from annotator.ui.context import Context
from annotator.ui.icons import IconButton
from annotator.ui.overlay import Overlay
from annotator.ui.widgets import words

FIRST = ("index", "start", "annotate", "inspector", "projects", "undo-history", "keyboard")
"""Order of the contents; pages that aren't named follow by name."""

PIXELS, LEADING = 14, 135
"""Height of the letters in pixels, and of the lines in percent."""
MOST_NARROW = 5
"""Columns of a table, else of figures only, that leave a part of the width free."""


class Browser(QTextBrowser):
    """Shows one page; loads nothing but the guide's own pages and pictures."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self._folder = folder.resolve()
        self.setOpenLinks(False)
        self.setOpenExternalLinks(False)
        self.setAccessibleName("Page of the guide")
        self.setWordWrapMode(QTextOption.WrapMode.WordWrap)
        self.document().setDocumentMargin(8)
        font = QFont(self.font())
        font.setPixelSize(PIXELS)
        self.document().setDefaultFont(font)

    def loadResource(self, _kind: int, name: QUrl | str) -> object:
        """Load a file of the guide's folder; what lies elsewhere is left out."""
        url = QUrl(name)
        path = (self._folder / url.path()).resolve()
        if url.scheme() or not path.is_relative_to(self._folder.parent) or not path.is_file():
            return None
        return path.read_bytes()

    def show_text(self, markdown: str) -> None:
        """Set a page for reading."""
        features = QTextDocument.MarkdownFeature
        self.document().setMarkdown(markdown, features.MarkdownDialectGitHub | features.MarkdownNoHTML)
        _space_out(self.document())
        self.moveCursor(QTextCursor.MoveOperation.Start)


class Guide(Overlay):
    """Contents and search at the left, the page at the right."""

    def __init__(self, context: Context) -> None:
        super().__init__(context.window, "User guide", QSize(1000, 760))
        self._folder = resources.path("guide")
        self.texts = {
            name: (self._folder / f"{name}.md").read_text(encoding="utf-8") for name in self._names()
        }
        self.search = QLineEdit()
        self.search.setPlaceholderText("Search the guide")
        self.search.setAccessibleName("Search the guide")
        self.search.setClearButtonEnabled(True)
        self.contents = QListWidget()
        self.contents.setAccessibleName("Contents")
        self.page = Browser(self._folder)
        self.nothing = words("No page has all these words.", "muted", wrap=True)
        self._lay_out()
        self.search.textChanged.connect(self._narrow)
        self.contents.currentItemChanged.connect(self._turn)
        self.page.anchorClicked.connect(self._follow)
        self._narrow("")

    def _names(self) -> list[str]:
        there = sorted(path.stem for path in self._folder.glob("*.md"))
        return [*(n for n in FIRST if n in there), *(n for n in there if n not in FIRST)]

    def _lay_out(self) -> None:
        close = IconButton("close", "Close the guide")
        close.clicked.connect(self.leave)
        head = QHBoxLayout()
        head.addWidget(words("User guide", "heading"), 1)
        head.addWidget(close)
        side = QVBoxLayout()
        side.setSpacing(8)
        for widget in (self.search, self.nothing, self.contents):
            side.addWidget(widget)
        self.contents.setFixedWidth(230)
        self.search.setFixedWidth(230)
        row = QHBoxLayout()
        row.setSpacing(20)
        row.addLayout(side)
        row.addWidget(self.page, 1)
        column = QVBoxLayout(self.panel)
        column.setContentsMargins(20, 14, 12, 14)
        column.addLayout(head)
        column.addLayout(row)

    def first(self) -> QWidget:
        return self.search

    def show_page(self, name: str) -> None:
        """Show a page by its file's name, whatever was searched for."""
        self.search.clear()
        for row in range(self.contents.count()):
            if self.contents.item(row).data(Qt.ItemDataRole.UserRole) == name:
                self.contents.setCurrentRow(row)

    def _narrow(self, typed: str) -> None:
        """List the pages that hold every word."""
        wanted = typed.casefold().split()
        found = [n for n, text in self.texts.items() if all(word in text.casefold() for word in wanted)]
        self.contents.clear()
        for name in found:
            item = QListWidgetItem(title_of(self.texts[name]))
            item.setData(Qt.ItemDataRole.UserRole, name)
            self.contents.addItem(item)
        self.nothing.setVisible(not found)
        if found:
            self.contents.setCurrentRow(0)

    def _turn(self, item: QListWidgetItem | None) -> None:
        if item is None:
            return
        self.page.show_text(self.texts[item.data(Qt.ItemDataRole.UserRole)])
        words_typed = self.search.text().split()
        if words_typed:
            self.page.find(words_typed[0])

    def _follow(self, url: QUrl) -> None:
        """Follow a link to another page of the guide; others lead nowhere."""
        name = Path(url.path()).stem
        if not url.scheme() and name in self.texts:
            self.show_page(name)


def title_of(markdown: str) -> str:
    """Return a page's first heading."""
    heading = next((line for line in markdown.splitlines() if line.startswith("# ")), "# ?")
    return heading[2:].strip()


def _space_out(document: QTextDocument) -> None:
    """Give paragraphs, lists and tables the room that makes them easy to read."""
    cursor = QTextCursor(document)
    cursor.beginEditBlock()  # Else a long table is laid out anew for each of its cells.
    block = document.begin()
    while block.isValid():
        cursor.setPosition(block.position())
        form = block.blockFormat()
        form.setLineHeight(LEADING, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        if form.headingLevel():
            form.setTopMargin(22 if form.headingLevel() > 1 else 0)
        form.setBottomMargin(0 if cursor.currentTable() else 4 if block.textList() else 9)
        cursor.setBlockFormat(form)
        if block.textList():
            _set_list(block.textList())
        block = block.next()
    for frame in document.rootFrame().childFrames():
        if isinstance(frame, QTextTable):
            _set_table(frame)
    cursor.endEditBlock()


def _set_list(items: QTextList) -> None:
    form = items.format()
    if form.style() == QTextListFormat.Style.ListCircle:
        form.setStyle(QTextListFormat.Style.ListDisc)
    items.setFormat(form)


def _set_table(table: QTextTable) -> None:
    form = table.format()
    form.setBorder(0)
    form.setCellPadding(3)
    form.setBottomMargin(9)
    first = QTextLength(QTextLength.Type.PercentageLength, 34)
    form.setColumnWidthConstraints([first] if table.columns() == 2 else [])
    is_wide = table.columns() == 2 or table.columns() > MOST_NARROW
    form.setWidth(QTextLength(QTextLength.Type.PercentageLength, 100 if is_wide else 70))
    table.setFormat(form)
