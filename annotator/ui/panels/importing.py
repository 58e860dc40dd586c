"""What an import will bring, shown before anything is written."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QFont, QPainter, QPalette
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QHBoxLayout,
    QListView,
    QPlainTextEdit,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from annotator.services import importing
from annotator.services.errors import Refused
from annotator.services.importing import Plan, Preview
from annotator.services.remarks import Remark
from annotator.store.home import Home
from annotator.store.project import Project
from annotator.ui import fonts
from annotator.ui.lists.lines import draw_words
from annotator.ui.models.previews import PREVIEW_ROLE, Index, PreviewModel
from annotator.ui.session import Session
from annotator.ui.spelling import counted, date_in_words, sentence_case
from annotator.ui.widgets import button, words
from annotator.ui.work import Tell, carry_out

ROW_HEIGHT = 84
SHOWN = 400
"""Code points of an article from which its first lines are drawn."""


def preview(session: Session, window: QWidget, paths: Sequence[Path]) -> None:
    """Show what importing files and folders would do, and do it if the person wants it."""
    actor = session.do(_actor)
    if session.project is None or actor is None:
        return
    path, home = session.project.path, session.home
    read = carry_out(window, "Reading files", partial(_plan, path, home, paths, actor))
    if read.result is None:
        _tell_failure(session, read.failure)
        return
    dialog = ImportPreview(window, read.result)
    if dialog.exec() and not read.result.is_empty:
        _apply(session, window, read.result)
    dialog.deleteLater()


def _apply(session: Session, window: QWidget, plan: Plan) -> None:
    """Write a plan beside the window, then show its first article."""
    if session.project is None:
        return
    write = partial(_write, session.project.path, session.home, plan)
    written = carry_out(window, "Importing", write)
    session.publish()
    if written.result is None:
        _tell_failure(session, written.failure)
        return
    session.saved.emit()
    if plan.articles:
        session.open_article(plan.articles[0].article.id)
    session.said.emit(f"Imported {_amount(plan)}")


def _actor(project: Project, *, actor: str) -> str:
    """Return who imports, once the project can be written."""
    if project.read_only:
        raise Refused(f"nothing can be imported: this project {project.read_only_reason}")
    if project.pending:
        raise Refused("some changes are not in the file yet; import when they are saved")
    return actor


def _plan(path: Path, home: Home, paths: Sequence[Path], actor: str, tell: Tell) -> Plan:
    with Project.open(path, home=home, read_only=True) as project:
        return importing.plan(project, paths, actor=actor, tell=tell)


def _write(path: Path, home: Home, plan: Plan, _tell: Tell) -> bool:
    with Project.open(path, home=home) as project:
        importing.apply(project, plan)
    return True


def _tell_failure(session: Session, failure: str) -> None:
    if failure:
        session.failed.emit(failure)
    else:
        session.said.emit("Nothing was imported")


class ImportPreview(QDialog):
    """The articles to come, what is left out, and the button that brings them in."""

    def __init__(self, parent: QWidget, plan: Plan) -> None:
        super().__init__(parent)
        self.setWindowTitle("Import")
        self.setModal(True)
        self.resize(620, 560)
        self.list = QListView()
        self.remarks = QPlainTextEdit("\n".join(said(remark) for remark in plan.remarks))
        self.deed = button(f"Import {_amount(plan)}", "primary")
        self.cancel = button("Cancel" if not plan.is_empty else "Close")
        self.deed.clicked.connect(self.accept)
        self.deed.setVisible(not plan.is_empty)
        self.deed.setDefault(True)
        self.cancel.clicked.connect(self.reject)
        self._fill(plan)
        self._lay_out(plan)

    def _fill(self, plan: Plan) -> None:
        self._model = PreviewModel(plan.articles)
        self.list.setModel(self._model)
        self.list.setItemDelegate(PreviewDelegate(self.list))
        self.list.setUniformItemSizes(True)
        self.list.setAccessibleName("Articles to import")
        self.list.setProperty("part", "card")
        self.list.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.remarks.setReadOnly(True)
        self.remarks.setTabChangesFocus(True)
        self.remarks.setAccessibleName("Remarks")
        lines = 2 * len(plan.remarks) + 1
        self.remarks.setFixedHeight(min(150, self.remarks.fontMetrics().lineSpacing() * lines))

    def _lay_out(self, plan: Plan) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(22, 18, 22, 18)
        column.setSpacing(8)
        title = "Nothing new to import" if plan.is_empty else f"Import {_amount(plan)}?"
        column.addWidget(words(title, "heading"))
        for sentence in summary(plan):
            column.addWidget(words(sentence, "muted", wrap=True))
        if plan.articles:
            column.addWidget(self.list, 1)
        if plan.remarks:
            column.addWidget(words(f"⚠ {counted(len(plan.remarks), 'remark')}", "section"))
            column.addWidget(self.remarks)
        if not plan.articles:
            column.addStretch(1)
        row = QHBoxLayout()
        row.addStretch()
        row.addWidget(self.cancel)
        row.addWidget(self.deed)
        column.addLayout(row)


class PreviewDelegate(QStyledItemDelegate):
    """Title, where it is from, first lines."""

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        return QSize(200, ROW_HEIGHT)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        shown: Preview | None = index.data(PREVIEW_ROLE)
        if shown is None:
            return
        painter.save()
        colours = QPalette(option.palette)
        text = colours.color(QPalette.ColorRole.Text).name()
        muted = colours.color(QPalette.ColorRole.PlaceholderText).name()
        room = QRect(option.rect).adjusted(6, 6, -6, -4)
        title = fonts.interface(weight=QFont.Weight.DemiBold)
        small, serif = fonts.interface(), fonts.reading()
        for font, pixels in ((title, 13), (small, 11), (serif, 14)):
            font.setPixelSize(pixels)
        bottom = draw_words(painter, " ".join(shown.article.title.split()), title, text, room, 1)
        bottom = draw_words(painter, _about(shown), small, muted, _below(room, bottom + 1), 1)
        draw_words(painter, _beginning(shown), serif, text, _below(room, bottom + 2), 2)
        painter.restore()


def _below(room: QRect, top: int) -> QRect:
    return QRect(room.left(), top, room.width(), room.bottom() - top)


def _about(shown: Preview) -> str:
    spans = counted(shown.annotations, "span") if shown.annotations else ""
    parts = (shown.article.outlet, date_in_words(shown.article.published), spans, Path(shown.file).name)
    return " · ".join(part for part in parts if part)


def _beginning(shown: Preview) -> str:
    """Return the first words of the text, without the title they may begin with."""
    flat = " ".join(shown.text[:SHOWN].split())
    return flat.removeprefix(" ".join(shown.article.title.split())).lstrip()


def _amount(plan: Plan) -> str:
    """Say how much will come: articles, or spans when there are no new articles."""
    if plan.articles or not plan.annotations:
        return counted(len(plan.articles), "article")
    return counted(plan.annotations, "span")


def summary(plan: Plan) -> list[str]:
    """Say in sentences what comes along, what is left out as known, and what the scheme gets."""
    along = [
        counted(number, thing)
        for number, thing in ((plan.annotations, "span"), (plan.links, "link"))
        if number and (plan.articles or thing == "link")
    ]
    known = [
        counted(number, thing)
        for number, thing in ((plan.skipped, "article"), (plan.known, "span"))
        if number
    ]
    sentences = [f"With {' and '.join(along)}."] if along else []
    if known:
        sentences.append(f"{sentence_case(' and '.join(known))} known already, skipped.")
    if plan.scheme:
        sentences.append(f"The scheme gets {', '.join(plan.scheme)}.")
    return sentences


def said(remark: Remark) -> str:
    """Write a remark as one line, which names the file once."""
    if remark.line is None and Path(remark.file).name in remark.message:
        return sentence_case(remark.message)
    line = "" if remark.line is None else f", line {remark.line:,}"
    return f"{Path(remark.file).name}{line}: {remark.message}"
