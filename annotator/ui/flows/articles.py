"""Articles: bring in, describe, mark, remove."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QFileDialog

from annotator.model.records import Article, ArticleState
from annotator.services import articles, progress
from annotator.services.errors import Refused
from annotator.services.undoing import Action
from annotator.store.project import Project
from annotator.ui.context import Context
from annotator.ui.flows import merging, projects


def import_files(c: Context) -> None:
    """Ask for files and show what importing them would do."""
    folder = str(projects.usual_folder(c.session))
    names, _ = QFileDialog.getOpenFileNames(c.window, "Import articles or an export", folder)
    if names:
        import_paths(c, [Path(name) for name in names])


def import_folder(c: Context) -> None:
    """Ask for a folder and show what importing everything in it would do."""
    name = QFileDialog.getExistingDirectory(
        c.window, "Import every article in a folder", str(projects.usual_folder(c.session))
    )
    if name:
        import_paths(c, [Path(name)])


def import_paths(c: Context, paths: list[Path]) -> None:
    """Show what importing files and folders would do, for the person to go on or not."""
    if c.session.do(_may_import):
        c.stage.show_page("import")
        c.session.bring(paths)


def _may_import(project: Project, *, actor: str) -> str:
    """Return who imports, once the project can be written."""
    if project.read_only:
        raise Refused(f"nothing can be imported: this project {project.read_only_reason}")
    if project.pending:
        raise Refused("some changes are not in the file yet; import when they are saved")
    return actor


def take_dropped(c: Context, paths: list[Path]) -> None:
    """Open or merge projects that were dropped on the window, or import what else was."""
    dropped = [path for path in paths if path.suffix.lower() == projects.SUFFIX]
    if dropped:
        merging.take_dropped(c, dropped)
    elif c.session.project is None:
        c.stage.warn("There is no project to import into; open one or make a new one first")
    elif paths:
        import_paths(c, paths)


def paste(c: Context) -> None:
    """Make an article from pasted text."""
    from annotator.ui.dialogs.paste import PasteArticle

    project = c.session.project
    dialog = PasteArticle(c.window)
    if project is None or not dialog.exec():
        return
    article, _ = articles.described(dialog.raw(), **dialog.description())
    is_known = project.article(article.id) is not None
    made = c.session.do(articles.add, raw=dialog.raw(), **dialog.description())
    if made:
        c.session.open_article(made.id)
        c.session.said.emit("The project has this article already" if is_known else "Article added")


def details(c: Context) -> None:
    """Change what is said of the article: title, outlet, author, date, url, language."""
    from annotator.ui.dialogs.article_details import ArticleDetails

    article = c.session.article
    if article is None:
        return
    dialog = ArticleDetails(c.window, article)
    if dialog.exec():
        c.session.do(articles.describe, article=article.id, **dialog.description())


def remove(c: Context) -> None:
    """Remove the article; the next one is shown, and undo brings it back."""
    article = c.session.article
    if article is None:
        return
    after = _neighbour(c, article.id)
    if c.session.do(articles.remove, article=article.id):
        if after:
            c.session.open_article(after)
        c.stage.remark(f"“{article.title}” was removed", "Undo", lambda: undo(c))


def undo(c: Context) -> None:
    """Take back one's last change; an article that comes back is shown."""
    _showing_what_returns(c, lambda: c.session.stacks.next_undo(), c.session.undo)


def redo(c: Context) -> None:
    """Bring back what one undid last; an article that comes back is shown."""
    _showing_what_returns(c, lambda: c.session.stacks.next_redo(), c.session.redo)


def _showing_what_returns(c: Context, choose: Callable[[], Action | None], deed: Callable[[], None]) -> None:
    project = c.session.project
    action = choose() if project and c.session.person else None
    change = project.change(action.change) if project and action else None
    gone = [
        revision.id
        for revision in (change.revisions if change else ())
        if revision.kind == Article.KIND and project and project.article(revision.id) is None
    ]
    deed()
    next((article for article in gone if c.session.open_article(article)), None)


def _neighbour(c: Context, article: str) -> str:
    """Return the article after one, else the one before, by title."""
    ids = c.session.project.article_ids() if c.session.project else ()
    if article not in ids or len(ids) < 2:
        return ""
    at = ids.index(article)
    return ids[at + 1] if at + 1 < len(ids) else ids[at - 1]


def mark(c: Context, state: ArticleState) -> None:
    """Record a state of the article for the annotator."""
    if c.session.article is None:
        return
    title = c.session.article.title
    if c.session.do(progress.mark, article=c.session.article.id, state=state):
        c.session.said.emit(f"“{title}” marked as {state}")


def nothing_here(c: Context) -> None:
    """Record that the article was read and holds nothing to tag."""
    article, session = c.session.article, c.session
    if article is None or session.project is None:
        return
    if session.person and session.project.annotations(article.id, session.person):
        session.failed.emit("You tagged spans in this article; delete them first, or mark it as done")
    elif session.do(progress.mark, article=article.id, state="done"):
        session.said.emit(f"“{article.title}” marked as read, nothing here")
