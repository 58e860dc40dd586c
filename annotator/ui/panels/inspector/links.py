"""The links of the selected span: where they lead, to jump along or to delete."""

from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from annotator.model.records import Annotation, Link
from annotator.store.project import Project
from annotator.ui.fields.span_button import SpanButton
from annotator.ui.icons import IconButton
from annotator.ui.theme import Theme
from annotator.ui.widgets import button, words


@dataclass(frozen=True, slots=True)
class Tie:
    """One link as it is shown: the span at its other end, and what it says."""

    link: Link
    other: Annotation
    about: str
    colour: str
    own: bool


def ties(project: Project, annotation: Annotation, person: str) -> list[Tie]:
    """Read the links of a span, those that lead away first."""
    found = []
    for link in project.links_of(annotation.id):
        leads_away = link.source == annotation.id
        other = project.annotation(link.target if leads_away else link.source)
        if other is not None:
            about, colour = _about(project, link, annotation, other, leads_away)
            found.append((not leads_away, Tie(link, other, about, colour, link.layer == person)))
    return [tie for _, tie in sorted(found, key=lambda pair: pair[0])]


def _about(
    project: Project, link: Link, annotation: Annotation, other: Annotation, leads_away: bool
) -> tuple[str, str]:
    kind, label = project.scheme.link(link.type), project.scheme.label(other.label)
    title = kind.title if kind else link.type
    arrow = "↔" if kind and kind.symmetric else "→" if leads_away else "←"
    about = f"{title} {arrow} {label.title if label else other.label}"
    if other.article != annotation.article:
        article = project.article(other.article)
        about += f" · {article.title if article else 'another article'}"
    return about, label.colour if label else "#808080"


class LinkRow(QWidget):
    """One link: Enter or a click jumps along it, Delete takes it away."""

    jumped = Signal(str, str)
    deleted = Signal(str)

    def __init__(self, tie: Tie, theme: Theme) -> None:
        super().__init__()
        self.tie = tie
        self.span = SpanButton(tie.other.words, tie.about, tie.colour, theme, self)
        self.span.clicked.connect(lambda: self.jumped.emit(tie.other.article, tie.other.id))
        self.bin = IconButton("close", f"Delete the link “{tie.about}”")
        self.bin.setProperty("role", "small")
        self.bin.setIconSize(QSize(15, 15))
        self.bin.setFixedSize(22, 22)
        self.bin.clicked.connect(lambda: self.deleted.emit(tie.link.id))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(2)
        row.addWidget(self.span)
        row.addWidget(self.bin)
        self.bin.setVisible(tie.own)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace) and self.tie.own:
            self.deleted.emit(self.tie.link.id)
            return
        super().keyPressEvent(event)


class LinkList(QWidget):
    """The links of one span, and the button that makes one."""

    wanted = Signal()
    jumped = Signal(str, str)
    deleted = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme = theme
        self.rows: list[LinkRow] = []
        self._shown: list[Tie] | None = None
        self.make = button("Link to…", "link")
        self.make.setToolTip("Then click the span it leads to (L)")
        self.make.clicked.connect(self.wanted)
        head = QHBoxLayout()
        head.addWidget(words("Links", "section"))
        head.addStretch()
        head.addWidget(self.make)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addLayout(head)

    def stops(self) -> list[QWidget]:
        """List the buttons in the order Tab visits them."""
        return [self.make, *(widget for row in self.rows for widget in (row.span, row.bin))]

    def show_ties(self, shown: list[Tie], may_link: bool) -> None:
        self.make.setVisible(may_link)
        if shown == self._shown:
            return
        self._shown = shown
        for row in self.rows:
            row.hide()
            row.deleteLater()
        self.rows = [self._row(tie) for tie in shown]

    def set_theme(self, theme: Theme) -> None:
        self.theme = theme
        for row in self.rows:
            row.span.set_theme(theme)

    def _row(self, tie: Tie) -> LinkRow:
        row = LinkRow(tie, self.theme)
        row.jumped.connect(self.jumped)
        row.deleted.connect(self.deleted)
        self._column.addWidget(row)
        return row
