"""Paint the real window into a picture, without a display and without writing to the project."""

import json
import tempfile
from argparse import Namespace
from pathlib import Path
from typing import Protocol, runtime_checkable

from PySide6.QtCore import QBuffer, QByteArray, QEventLoop, QIODevice, QTimer
from PySide6.QtGui import QCursor, QImage, QImageWriter

from annotator.services import person
from annotator.services.errors import Refused
from annotator.store.home import Home, write_whole
from annotator.store.project import Project
from annotator.ui.appearance import Appearance
from annotator.ui.pages.table import page_row
from annotator.ui.session import Session
from annotator.ui.settings import Place, Settings
from annotator.ui.start import application
from annotator.ui.window import Window

SIGNATURE = b"\x89PNG\r\n\x1a\n"

SETTLED_MS = 150
"""The strip beside the scroll bar and the history are painted after the rest."""
MOST_PAUSES = 200


def take(args: Namespace) -> int:
    """Paint a page of the window on a project, and write the picture whole or not at all."""
    check_place(args.out, args.project)
    if page_row(args.page) is None:
        raise Refused(f"there is no page “{args.page}” yet; choose one that the window has")
    home = Home.default()
    # A memory of its own: the picture must not depend on anybody's habits.
    with tempfile.TemporaryDirectory(prefix="annotator-screenshot-") as folder:
        memory = Home(Path(folder))
        image = paint(_copy(args.project, memory), home, memory, args)
    save(image, args.out)
    # The size of what was painted: a window has a least size, and a dense screen more pixels.
    done = {"file": str(args.out), "width": image.width(), "height": image.height()}
    if args.json:
        print(json.dumps(done, ensure_ascii=False, indent=2))
    else:
        print(f"Painted {args.out}, {image.width()}x{image.height()} pixels.")
    return 0


def check_place(out: Path, project: Path) -> None:
    """Refuse a place where a picture would do harm, before anything is painted."""
    if out.suffix.lower() != ".png":
        raise Refused(f"{out} does not end in .png; name the picture so")
    try:
        if not out.exists():
            return
        if project.exists() and out.samefile(project):
            raise Refused(f"{out} is the project itself; choose another name")
        is_picture = out.is_file() and _begins_as_png(out)
    except OSError as error:
        raise Refused(f"{out} can't be read ({error.strerror}); choose another name") from error
    if not is_picture:
        raise Refused(f"{out} is there and is no PNG picture; choose another name")


def _begins_as_png(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(len(SIGNATURE)) == SIGNATURE


def _copy(path: Path, memory: Home) -> Project:
    """Open a copy of a project, so that the window is as it would be and the project stays as it is."""
    with Project.open(path, home=memory, read_only=True) as original:
        copy = original.backup("for a screenshot")
    return Project.open(copy, home=memory)


def paint(project: Project, home: Home, memory: Home, args: Namespace) -> QImage:
    """Build the window as it would open, and paint it; the project is closed."""
    app = application()
    settings = Settings(memory)
    settings.theme = args.theme
    settings.has_tagged = True
    # A mouse that rests on a button would light it up.
    QCursor.setPos(-100, -100)
    session = Session(home, whose(project, home))
    window = Window(session, settings, Appearance(app, settings))
    window.setMinimumSize(1, 1)
    window.resize(*args.size)
    window.page = args.page
    try:
        session.use(project)
        _open(window, args.article, Settings(home).place(project.id))
        window.status.show_saved()
        window.show()
        _settle(window)
        return window.grab().toImage()
    finally:
        session.close()
        window.deleteLater()


def whose(project: Project, home: Home) -> str:
    """Return who is shown as sitting at the window: oneself, else the first whose work there is."""
    name, layers = person.recall(home), project.layers()
    return name if name in layers or not layers else layers[0]


def _open(window: Window, article: str | None, place: Place) -> None:
    """Open an article: the one named, else where the project was left, else the first."""
    session = window.session
    if article and not session.open_article(article):
        raise Refused(f"the project has no article “{article}”; `annotator export` lists the ids it has")
    if article:
        return
    if place.article and session.open_article(place.article):
        session.select(place.selected)
        page = window.article_page
        if page:
            window.once_shown(lambda: page.view.scroll_to_place(*place.scroll))
    elif session.project and session.project.article_ids():
        session.open_article(session.project.article_ids()[0])


@runtime_checkable
class _Working(Protocol):
    """A page that works things out beside the window."""

    @property
    def is_busy(self) -> bool: ...


def _settle(window: Window) -> None:
    """Let layouts, what is painted a little later, and what a page works out come to rest.

    On a busy machine one layout may follow another for longer than a pause, so the last two pictures of it
    must be alike.
    """
    before = QImage()
    for _ in range(MOST_PAUSES):
        pause = QEventLoop()
        QTimer.singleShot(SETTLED_MS, pause.quit)
        pause.exec()
        page: object = window.stack.currentWidget()
        if not (isinstance(page, _Working) and page.is_busy):
            picture = window.grab().toImage()
            if picture == before:
                return
            before = picture


def save(image: QImage, out: Path) -> None:
    """Write a picture to its place, whole or not at all."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, QByteArray(b"png")).write(image)
    try:
        write_whole(out, bytes(buffer.data().data()))
    except OSError as error:
        raise Refused(
            f"{out} can't be written ({error.strerror}); choose a folder that is there and has room"
        ) from error
