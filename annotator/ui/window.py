"""The main window: puts header, notices, pages and status bar together, and says what goes where."""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import cast

from PySide6.QtCore import QMimeData, QSize
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QMainWindow, QMenu, QStackedWidget, QVBoxLayout, QWidget

from annotator.ui import fonts
from annotator.ui.appearance import Appearance
from annotator.ui.blindness import Blindness
from annotator.ui.context import Context
from annotator.ui.flows import articles, astray, people, projects
from annotator.ui.header import Header
from annotator.ui.hint import FirstHint
from annotator.ui.menus import Menus
from annotator.ui.notice import Notice
from annotator.ui.overlay import Overlay
from annotator.ui.pages.protocol import ArticlePage, Page, ReadingPage, ReviewingPage
from annotator.ui.pages.table import PAGES, page_row
from annotator.ui.session import Session
from annotator.ui.settings import Settings
from annotator.ui.statusbar import StatusBar
from annotator.ui.theme import Theme

SIZE = QSize(1440, 900)
SMALLEST = QSize(800, 520)
READING = ("annotate", "review")
"""Pages on which an article is read."""


class Window(QMainWindow):
    """Assembly only: commands are in `actions`, what they do in `flows`."""

    def __init__(self, session: Session, settings: Settings, appearance: Appearance) -> None:
        super().__init__()
        self.session = session
        self.settings = settings
        self.context = Context(session, settings, appearance, self, self)
        self.pages = tuple((row.id, row.title) for row in PAGES if row.tab)
        self.page = ""
        self._built: dict[str, QWidget] = {}
        self._overlays: dict[str, Overlay] = {}
        self._waiting: list[Callable[[], None]] = []
        self.header = Header(self.pages)
        self.notice = Notice("notice")
        self.hint = FirstHint(session, settings)
        self.stack = QStackedWidget()
        self.status = StatusBar(session)
        self.menus = Menus(self.context)
        self._lay_out()
        self._add_menus()
        self._listen()
        self._restore()

    # --- assembly ------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        middle = QWidget()
        column = QVBoxLayout(middle)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        # Messages come and go at the foot, so that the text above never jumps.
        for part in (self.header, self.stack, self.notice, self.hint, self.status):
            column.addWidget(part, int(part is self.stack))
        self.setCentralWidget(middle)
        self.setMinimumSize(SMALLEST)
        self.setAcceptDrops(True)

    def _add_menus(self) -> None:
        menu = QMenu("Menu", self.header.menu)
        for submenu in self.menus.submenus(menu):
            menu.addMenu(submenu)
        self.header.menu.setMenu(menu)
        self.header.project.setMenu(self.menus.project_menu(self.header.project))
        self.header.person.setMenu(self.menus.person_menu(self.header.person))
        if sys.platform in ("darwin", "win32"):
            for submenu in self.menus.submenus(self):
                self.menuBar().addMenu(submenu)
            self.header.menu.hide()

    def _listen(self) -> None:
        session = self.session
        self._blindness = Blindness(session)
        session.ask_person = lambda: people.ask(session.home, self)
        session.project_changed.connect(self._show_project)
        session.person_changed.connect(self._show_names)
        session.layer_changed.connect(self._show_names)
        session.failed.connect(self.warn)
        session.unsaved.connect(self._warn_unsaved)
        session.asked.connect(self.remark)
        session.closing.connect(lambda: projects.keep_place(self.context))
        session.command_wanted.connect(self.run)
        session.guide_wanted.connect(self.show_guide)
        self._put_away_notices()
        session.article_changed.connect(lambda: astray.tell(self.context))
        self.header.page_chosen.connect(self.show_page)
        self.header.search_wanted.connect(lambda: self.run("find-everywhere"))
        self.header.export_wanted.connect(lambda: self.run("export"))
        self.context.appearance.changed.connect(self._use_theme)

    def _put_away_notices(self) -> None:
        """Close what is said when it is no longer so."""
        session, notice = self.session, self.notice
        session.changed.connect(lambda _keys: notice.outlive("change"))
        session.saved.connect(lambda: notice.outlive("saved"))
        for signal in (session.article_changed, session.project_changed, session.person_changed):
            signal.connect(lambda: notice.outlive("article"))
        session.project_changed.connect(lambda: notice.outlive("saved"))

    def run(self, command: str) -> None:
        """Carry out a command by its id."""
        self.menus.refresh()  # What was disabled a moment ago may be possible now.
        self.menus.actions[command].trigger()

    # --- pages ---------------------------------------------------------------------------------

    @property
    def article_page(self) -> ArticlePage | None:
        """The page where articles are read, once it has been shown."""
        return cast(ArticlePage | None, self._built.get("annotate"))

    @property
    def review_page(self) -> ReviewingPage | None:
        """The page where annotators are compared, once it has been shown."""
        return cast(ReviewingPage | None, self._built.get("review"))

    @property
    def reading_page(self) -> ReadingPage | None:
        """The page shown if an article is read on it, else the one where articles are tagged."""
        return self.review_page if self.page == "review" else self.article_page

    def show_page(self, page: str) -> None:
        """Show a page, building it when it is first shown."""
        row = page_row(page)
        if self.session.project is None or row is None:
            self.show_welcome()
            return
        if page not in self._built:
            self._built[page] = row.build(self.session, self.context.appearance.theme)
            self.stack.addWidget(self._built[page])
            self._prepare(page)
        self._keep_widths()
        self.page = page
        if page in READING and self.reading_page:
            self.reading_page.set_shape(self.settings.shape("reading"))
            self.reading_page.view.set_text_size(self.settings.text_size)
        self.stack.setCurrentWidget(self._built[page])
        self.header.show_page(page)
        self._show_names()
        self.status.show_hints(self._hints())
        self.hint.follow(page)
        self.status.show_reading(page == "annotate")
        self.status.show_place(self.review_page.status() if page == "review" and self.review_page else "")
        cast(Page, self._built[page]).focus()

    def show_welcome(self) -> None:
        """Show where to begin when no project is open."""
        from annotator.ui.pages.welcome import WelcomePage

        welcome = WelcomePage(self.context)
        old = self._built.pop("welcome", None)
        if old is not None:
            self.stack.removeWidget(old)
            old.deleteLater()
        self._built["welcome"] = welcome
        self.stack.addWidget(welcome)
        self.stack.setCurrentWidget(welcome)
        self.status.show_hints("")
        self.hint.follow("")
        self._show_names()

    def _prepare(self, page: str) -> None:
        """Give a page what is remembered for it, and remember what is chosen there."""
        if page in READING:
            reading = cast(ReadingPage, self._built[page])
            reading.view.set_text_size(self.settings.text_size)
            reading.view.text_size_changed.connect(self._keep_text_size)
        if page == "review" and self.review_page:
            self.review_page.hide_names(self.settings.names_hidden)
            self.review_page.names_hidden_changed.connect(self._keep_names_hidden)
            self.review_page.status_changed.connect(self._show_place)

    def _show_place(self, words: str) -> None:
        if self.page == "review":
            self.status.show_place(words)
            self.status.show_hints(self._hints())

    def _keep_names_hidden(self, hidden: bool) -> None:
        self.settings.names_hidden = hidden

    def _keep_widths(self) -> None:
        """Remember how wide the parts of the page are, for all pages where an article is read."""
        if self.page in READING and self.reading_page and not self.reading_page.shape().isEmpty():
            self.settings.keep_shape("reading", self.reading_page.shape())

    def _hints(self) -> str:
        """Name the keys that matter on the page as it is now."""
        row, project = page_row(self.page), self.session.project
        now = self.review_page.hints() if self.page == "review" and self.review_page else ""
        labels = project.scheme.labels if project and self.page == "annotate" else ()
        keys = " ".join([label.key for label in labels if label.key and not label.helper][:5])
        return now or (f"{keys} label  ·  " if keys else "") + (row.hints if row else "")

    def _keep_text_size(self, points: float) -> None:
        self.settings.text_size = points

    def zoom(self, steps: int) -> None:
        """Set the article's text larger (1), smaller (-1) or as at first (0)."""
        if self.reading_page and steps:
            self.reading_page.view.zoom(steps)
        elif self.reading_page:
            self.reading_page.view.set_text_size(fonts.READING_PT)
            self.settings.text_size = fonts.READING_PT

    def _use_theme(self, theme: Theme) -> None:
        for page in self._built.values():
            cast(Page, page).set_theme(theme)

    def _show_project(self) -> None:
        self._show_names()
        self.show_page(self.page or "annotate")

    def _show_names(self) -> None:
        project, session = self.session.project, self.session
        self.setWindowTitle(f"{project.title} – Annotator" if project else "Annotator")
        self.header.show_project(project.title if project else "")
        # Where work is compared no layer is shown, and its name may be hidden.
        is_own = session.own or not session.layer or self.page == "review"
        whose = session.person if is_own else f"{session.layer}'s layer"
        self.header.show_person(whose)
        self.header.set_usable(project is not None)

    # --- words to the person -------------------------------------------------------------------

    def warn(self, sentence: str, action: str = "", deed: Callable[[], None] | None = None) -> None:
        """Say in the window what went wrong and, if there is something, what can be done."""
        project = self.session.project
        waits = bool(project and project.pending and deed is None)
        self.notice.say(sentence, "warning", action, deed, "saved" if waits else None)

    def remark(self, sentence: str, action: str = "", deed: Callable[[], None] | None = None) -> None:
        """Say in the window what was done or is asked."""
        self.notice.say(sentence, "calm", action, deed)

    def ask(self, sentence: str, *choices: tuple[str, Callable[[], object]]) -> None:
        """Ask in the window what of two things is to be done."""
        self.notice.ask(sentence, *choices)

    def hush(self) -> None:
        """Put away what was said."""
        self.notice.close_notice()

    def _warn_unsaved(self, sentence: str) -> None:
        self.notice.say(sentence, "warning", "Try again", self.session.look_around, "saved")

    # --- over the window -----------------------------------------------------------------------

    def open_menu(self) -> None:
        """Open the menu of all commands, as F10 does everywhere."""
        if self.header.menu.isVisible():
            self.header.menu.showMenu()
        elif not self.menuBar().isNativeMenuBar():
            self.menuBar().setActiveAction(self.menuBar().actions()[0])

    def show_palette(self) -> None:
        from annotator.ui.palette import Palette

        self._over("palette", Palette)

    def show_keys(self) -> None:
        from annotator.ui.keysheet import KeySheet

        self._over("keys", KeySheet)

    def show_guide(self, page: str = "") -> None:
        """Open the guide, at one of its pages if one is named."""
        from annotator.ui.guide import Guide

        self._over("guide", Guide)
        guide = self._overlays["guide"]
        if page and isinstance(guide, Guide):
            guide.show_page(page)

    def _over(self, name: str, build: Callable[[Context], Overlay]) -> None:
        """Open one panel over the window, closing another; opening it again closes it."""
        for other, overlay in self._overlays.items():
            if overlay.isVisible():
                overlay.leave()
                if other == name:
                    return
        if name not in self._overlays:
            self._overlays[name] = build(self.context)
        self._overlays[name].open()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Show the keys on a question mark that nobody else took, wherever the keyboard has it."""
        if event.text() == "?":
            self.show_keys()
        else:
            super().keyPressEvent(event)

    # --- files dropped on it -------------------------------------------------------------------

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if _files(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        paths = _files(event.mimeData())
        if paths:
            event.acceptProposedAction()
            articles.take_dropped(self.context, paths)

    # --- remembering ---------------------------------------------------------------------------

    def _restore(self) -> None:
        self.resize(SIZE.boundedTo(self.screen().availableSize()))
        geometry = self.settings.shape("window")
        if not geometry.isEmpty():
            self.restoreGeometry(geometry)

    def once_shown(self, deed: Callable[[], None]) -> None:
        """Do something now, or when the window is about to be seen and everything has its size."""
        if self.isVisible():
            deed()
        else:
            self._waiting.append(deed)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        waiting, self._waiting = self._waiting, []
        for deed in waiting:
            deed()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Remember everything and let the project go."""
        self.settings.keep_shape("window", self.saveGeometry())
        self._keep_widths()
        self.session.close()
        self.settings.save()
        super().closeEvent(event)


def _files(data: QMimeData) -> list[Path]:
    return [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
