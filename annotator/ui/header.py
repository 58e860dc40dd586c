"""The bar at the top: project, pages, search, export, annotator."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QPushButton,
    QToolButton,
    QWidget,
)

from annotator.ui.icons import IconButton
from annotator.ui.widgets import button

HEIGHT = 48
TITLE_WIDTH, NAME_WIDTH = 260, 160


class MenuButton(IconButton):
    """An icon, with words beside it or without, that opens a menu."""

    def __init__(self, icon: str, words: str, role: str = "", *, icon_first: bool = True) -> None:
        super().__init__(icon, words)
        self.setProperty("role", role)
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        if role:
            self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        if not icon_first:
            self.setLayoutDirection(Qt.LayoutDirection.RightToLeft)

    def show_words(self, text: str, width: int) -> None:
        """Show words beside the icon, cut to a width; read aloud whole."""
        room = self.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, width)
        self.setText(f" {room}".replace("&", "&&"))
        self.setToolTip(text)


class Header(QFrame):
    """Assembles the bar; what its buttons do is the window's to say."""

    page_chosen = Signal(str)
    search_wanted = Signal()
    export_wanted = Signal()

    def __init__(self, pages: Sequence[tuple[str, str]]) -> None:
        super().__init__()
        self.setObjectName("header")
        self.setFixedHeight(HEIGHT)
        self.menu = MenuButton("menu", "Menu")
        self.project = MenuButton("keyboard_arrow_down", "Project", "title", icon_first=False)
        self.project.setIconSize(QSize(16, 16))
        self.person = MenuButton("account_circle", "Annotator", "person")
        self.search = IconButton("search", "Search all articles and spans")
        self.export = IconButton("ios_share", "Export")
        self.search.clicked.connect(self.search_wanted)
        self.export.clicked.connect(self.export_wanted)
        self._tabs = QButtonGroup(self)
        self._by_page = {page: self._tab(page, title) for page, title in pages}
        self._lay_out()

    def _tab(self, page: str, title: str) -> QPushButton:
        tab = button(title, "tab")
        tab.setCheckable(True)
        tab.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        tab.setAccessibleDescription("Page of the window")
        tab.clicked.connect(lambda: self.page_chosen.emit(page))
        self._tabs.addButton(tab)
        return tab

    def _lay_out(self) -> None:
        # Equal stretches on both sides keep the tabs in the middle of the window.
        grid = QGridLayout(self)
        grid.setContentsMargins(8, 0, 8, 0)
        for column, stretch in ((0, 1), (1, 0), (2, 1)):
            grid.setColumnStretch(column, stretch)
        grid.addLayout(_row(self.menu, self.project), 0, 0, Qt.AlignmentFlag.AlignLeft)
        grid.addLayout(_row(*self._by_page.values(), gap=6), 0, 1)
        grid.addLayout(_row(self.search, self.export, self.person), 0, 2, Qt.AlignmentFlag.AlignRight)

    def show_page(self, page: str) -> None:
        """Mark the tab of the page that is shown, if it has one."""
        self._tabs.setExclusive(page in self._by_page)
        for name, tab in self._by_page.items():
            tab.setChecked(name == page)

    def show_project(self, title: str) -> None:
        self.project.show_words(title or "No project", TITLE_WIDTH)

    def show_person(self, name: str) -> None:
        self.person.show_words(name or "Annotator", NAME_WIDTH)

    def set_usable(self, has_project: bool) -> None:
        """Offer pages, search and export only while a project is open."""
        for widget in (*self._by_page.values(), self.search, self.export):
            widget.setEnabled(has_project)


def _row(*widgets: QWidget, gap: int = 4) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(gap)
    for widget in widgets:
        row.addWidget(widget)
    return row
