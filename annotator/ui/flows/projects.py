"""Projects: make, open, open again, come back to where one was."""

import logging
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QFileDialog

from annotator.store.errors import ProjectError
from annotator.store.lists import ArticleQuery
from annotator.store.project import Project
from annotator.ui.context import Context
from annotator.ui.session import Session

log = logging.getLogger(__name__)

SUFFIX = ".annotator"
FILTER = f"Annotator projects (*{SUFFIX})"


def new(c: Context) -> None:
    """Ask what the project is to be, make it and open it where articles are read."""
    from annotator.ui.dialogs.new_project import NewProject

    dialog = NewProject(c.window, c.session.home, usual_folder(c.session))
    if dialog.exec() and dialog.made:
        use(c, dialog.made)
        c.stage.show_page("annotate")


def choose(c: Context) -> None:
    """Ask which project to open."""
    name, _ = QFileDialog.getOpenFileName(c.window, "Open a project", str(usual_folder(c.session)), FILTER)
    if name:
        open_path(c, Path(name))


def open_path(c: Context, path: Path) -> bool:
    """Open a project; when it can't be opened, the one shown stays and the window says why."""
    path = path.absolute()
    if c.session.path == path:
        return True
    why = _refused(c, path)
    if why:
        _say_refused(c, why)
    return not why


def _refused(c: Context, path: Path) -> str:
    """Open a project, or return why it can't be."""
    try:
        use(c, Project.open(path, home=c.session.home))
    except ProjectError as reason:
        log.warning("%s can't be opened: %s", path, reason)
        return str(reason)
    return ""


def _say_refused(c: Context, why: str) -> None:
    c.stage.warn(why, "Open another …", lambda: choose(c))


def open_sample(c: Context) -> bool:
    """Open one's own copy of the sample project."""
    from annotator.services.samples import sample

    try:
        return open_path(c, sample(c.session.home))
    except (ProjectError, OSError) as reason:
        why = reason.strerror if isinstance(reason, OSError) else str(reason)
        c.stage.warn(
            f"The sample project can't be made in {c.session.home.samples} ({why});"
            " free some space or allow writing there, or open a project of your own"
        )
        return False


def open_first(c: Context) -> bool:
    """Open the project opened last, else the sample; when neither can be, show where to begin."""
    recent = c.settings.recent()
    why = _refused(c, recent[0]) if recent else ""
    opened = (bool(recent) and not why) or open_sample(c)
    if not opened:
        c.stage.show_welcome()
    elif why:
        # Only now: what is said of the project before goes when another is shown.
        _say_refused(c, why)
    return opened


def use(c: Context, project: Project) -> None:
    """Show a project where it was left, letting go of the one before."""
    c.stage.hush()
    c.session.use(project)
    c.settings.keep_recent(project.path)
    come_back(c)
    if project.read_only:
        c.stage.remark(f"“{project.path.name}” {project.read_only_reason}, so nothing can be changed in it")


def come_back(c: Context) -> None:
    """Return to the article and the place where the project was left, or to its first article."""
    project = c.session.project
    if project is None:
        return
    place = c.settings.place(project.id)
    if c.stage.article_page:
        c.stage.article_page.reading.seen = {a: frozenset(starts) for a, starts in place.read.items()}
    if not (place.article and c.session.open_article(place.article)):
        first = next(iter(_first_articles(project, c.session.person)), "")
        if first:
            c.session.open_article(first)
    elif c.stage.article_page:
        view = c.stage.article_page.view
        c.session.select(place.selected)
        c.stage.once_shown(lambda: view.scroll_to_place(*place.scroll))


def _first_articles(project: Project, person: str) -> Sequence[str]:
    """List the articles to begin with: those that the person was given, else all."""
    given = project.articles(ArticleQuery(annotator=person, assigned=True)) if person else []
    return [row.id for row in given] or project.article_ids()


def keep_place(c: Context) -> None:
    """Remember the article and the place in it."""
    project, article = c.session.project, c.session.article
    if project is None:
        return
    place = c.settings.place(project.id)
    place.page = c.stage.page
    page = c.stage.article_page
    if article is not None and page is not None:
        place.article, place.selected = article.id, c.session.selected
        place.scroll = page.view.scroll_place()
        for read, starts in page.reading.seen.items():
            place.keep_read(read, sorted(starts))
    c.settings.keep_place(project.id, place)


def save(c: Context) -> None:
    """Say how things stand: everything is saved at once, or waits for the file."""
    project = c.session.project
    if project is None:
        return
    c.session.look_around()
    if not project.pending:
        c.session.said.emit("Saved")


def usual_folder(session: Session) -> Path:
    """Return the folder of the project that is open, the sample's excepted; else that of documents."""
    path = session.path
    if path and path.parent != session.home.samples:
        return path.parent
    documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    return Path(documents) if documents and Path(documents).is_dir() else Path.home()
