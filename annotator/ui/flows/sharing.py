"""Handing work out and in: a copy for a colleague, and one's own work as a file."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from annotator.services import sharing
from annotator.services.part import Shared
from annotator.store.home import Home
from annotator.store.project import Project
from annotator.ui.context import Context
from annotator.ui.flows.projects import usual_folder
from annotator.ui.spelling import counted, sentence_case
from annotator.ui.work import Tell, carry_out

Write = Callable[..., Shared]


def save_mine(c: Context) -> None:
    """Ask where one's own work goes, and write it there."""
    from annotator.ui.dialogs.share import SaveMine

    if c.session.project is None or not _has_name(c):
        return
    dialog = SaveMine(c.window, c.session.project, c.session.person, usual_folder(c.session))
    if dialog.exec():
        _write(c, "Saving your work", partial(sharing.save_mine, actor=c.session.person), dialog.path())


def copy_for_colleague(c: Context) -> None:
    """Ask whom a copy is for and where it goes, and write it there."""
    from annotator.ui.dialogs.share import CopyFor

    if c.session.project is None:
        return
    dialog = CopyFor(c.window, c.session.project, c.session.person, usual_folder(c.session))
    if dialog.exec():
        who = dialog.colleague()
        _write(c, f"Making a copy for {who}", partial(sharing.copy_for, person=who), dialog.path())


def _has_name(c: Context) -> bool:
    """Ask for the annotator's name, whose work is to be saved, unless it is known."""
    if not c.session.person and (name := c.session.ask_person()):
        c.session.be(name)
    return bool(c.session.person)


def _write(c: Context, title: str, write: Write, out: Path) -> None:
    project = c.session.project
    if project is None:
        return
    done = carry_out(c.window, title, partial(_task, project.path, c.session.home, write, out))
    if done.result is not None:
        c.stage.remark(told(done.result))
    elif done.failure:
        c.session.failed.emit(done.failure)
    else:
        c.session.said.emit("Nothing was written")


def _task(path: Path, home: Home, write: Write, out: Path, tell: Tell) -> Shared:
    with Project.open(path, home=home, read_only=True) as project:
        return write(project, out=out, tell=tell)


def told(shared: Shared) -> str:
    """Say what is in a file and what was left out, and why."""
    spans = sum(shared.annotations.values())
    amount = f"{counted(shared.articles, 'article')}, {counted(spans, 'span')}"
    reasons: dict[str, list[str]] = {}
    for left in shared.left_out:
        reasons.setdefault(left.why, []).append(f"{left.count:,} {left.what}")
    parts = [f"{', '.join(what)} ({why})" for why, what in reasons.items()]
    left_out = f" {sentence_case('left out')}: {'; '.join(parts)}." if parts else ""
    return f"Made {shared.file.name} with {amount}.{left_out}"
