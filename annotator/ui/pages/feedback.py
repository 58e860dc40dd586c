"""The page that sums up the verdicts on each annotator's work, with the passages they are about."""

from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from itertools import groupby

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QGridLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from annotator.model.change import ObjectKey
from annotator.model.review import Reason, Reply, Verdict
from annotator.services import feedback
from annotator.services.assigning import hidden_from
from annotator.services.feedback import Given, Summary, decision_words
from annotator.services.proposals import proposal
from annotator.services.verdicts import proposed_fragments
from annotator.store.project import Project
from annotator.ui.asking import Asking
from annotator.ui.fields.buttons import Chip
from annotator.ui.fields.flow import FlowLayout, wrapping
from annotator.ui.fields.span_button import SpanButton
from annotator.ui.fields.tabbing import put_in_order
from annotator.ui.judging import judging_of
from annotator.ui.lists.cards import Emptiness
from annotator.ui.reading_beside import source
from annotator.ui.session import Session
from annotator.ui.spelling import sentence_case
from annotator.ui.theme import Theme
from annotator.ui.widgets import button, words
from annotator.ui.work import Source, Tell

Found = tuple[Summary, Mapping[str, tuple[str, ...]]]
"""The summary, and in words what the verdicts that are listed propose, by their ids."""

MOST = 200
"""Passages listed; of more, the number is told."""
WIDTH = 760
NOBODY = "There are no verdicts yet. Show another annotator’s layer, select a span and press Alt+A, X or C."


class Bar(QWidget):
    """How often something was the reason, as a bar."""

    def __init__(self, share: float, theme: Theme) -> None:
        super().__init__()
        self.share, self.theme = share, theme
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(240, 10)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self.theme.accent))
        painter.drawRoundedRect(QRectF(0, 0, max(4.0, self.width() * self.share), self.height()), 3, 3)


class FeedbackPage(QWidget):
    """One annotator at a time: the sentence, the reasons, and below them each passage."""

    def __init__(self, session: Session, theme: Theme) -> None:
        super().__init__()
        self.session, self.theme = session, theme
        self.annotator = ""
        self.chips: dict[str, Chip] = {}
        self.passages: list[SpanButton] = []
        self.sentence = words(role="strong", wrap=True)
        self.empty = Emptiness()
        self.back = button("Back to the article")
        self._asking = Asking(self)
        self._is_stale = True
        self._is_to_focus = False
        self._lay_out()
        self.back.clicked.connect(self._leave)
        self._asking.answered.connect(self._show)
        self._asking.failed.connect(session.failed)
        session.closing.connect(self._asking.give_up)
        session.changed.connect(self._hear)
        for signal in (session.project_changed, session.person_changed):
            signal.connect(self._reload_later)

    def focus(self) -> None:
        """Put the keyboard where the work is."""
        self._is_to_focus = self.is_busy
        (self.passages[0] if self.passages else self.back).setFocus()

    @property
    def is_busy(self) -> bool:
        """Say whether verdicts are still being read."""
        return self._asking.is_busy

    def set_theme(self, theme: Theme) -> None:
        self.theme = theme
        self._reload_later()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self._leave()
        elif event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self.focusNextPrevChild(event.key() == Qt.Key.Key_Down)
        else:
            super().keyPressEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        judging = judging_of(self.session)
        if judging.feedback_on:
            self.annotator, judging.feedback_on = judging.feedback_on, ""
            self._is_stale = True
        if self._is_stale:
            self._reload()

    # --- showing -------------------------------------------------------------------------------

    def _hear(self, keys: frozenset[ObjectKey]) -> None:
        if any(kind in (Verdict.KIND, Reply.KIND, "annotation") for kind, _ in keys):
            self._reload_later()

    def _reload_later(self) -> None:
        self._is_stale = True
        if self.isVisible():
            self._reload()

    def _reload(self) -> None:
        project, person, self._is_stale = self.session.project, self.session.person, False
        names = feedback.judged(project) if project else ()
        if self.annotator not in names:
            likely = (person, self.session.layer, *names)
            self.annotator = next((name for name in likely if name in names), "")
        self._show_names(names)
        self.empty.setVisible(not names)
        self.area.setVisible(bool(names))
        self.sentence.setVisible(bool(names))
        if project and self.annotator:
            self._asking.ask(partial(_read, source(project, self.session.home), person, self.annotator))
        else:
            self._asking.drop()

    def _show_names(self, names: Iterable[str]) -> None:
        for chip in self.chips.values():
            self._flow.removeWidget(chip)
            chip.deleteLater()
        self.chips = {name: self._chip(name) for name in names}

    def _chip(self, name: str) -> Chip:
        chip = Chip(f"{name} (you)" if name == self.session.person else name, self.theme, self._names)
        chip.setChecked(name == self.annotator)
        chip.clicked.connect(lambda: self._choose(name))
        self._flow.addWidget(chip)
        chip.show()
        return chip

    def _show(self, found: Found) -> None:
        summary, said = found
        settled = f"; {summary.open:,} open" if summary.corrections else ""
        self.sentence.setText(f"{sentence_case(summary.sentence)}{settled}")
        self.passages = []
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 8, 12, 8)
        column.setSpacing(6)
        column.addWidget(self._bars(summary))
        for (reason, is_open), group in groupby(_listed(summary), key=_group):
            title = sentence_case(reason or "without a reason")
            column.addWidget(words(f"{title}{'' if is_open else ' · settled'}", "section"))
            for given in group:
                self._add_passage(column, given, said.get(given.verdict.id, ()))
        if len(summary.corrections) > MOST:
            column.addWidget(words(f"and {len(summary.corrections) - MOST:,} more", "muted"))
        column.addStretch(1)
        self.area.setWidget(inside)
        put_in_order([self, *self.chips.values(), *self.passages, self.back])
        if self._is_to_focus:
            self.focus()

    def _bars(self, summary: Summary) -> QWidget:
        table = QWidget()
        table.setMaximumWidth(420)
        grid = QGridLayout(table)
        grid.setContentsMargins(0, 0, 0, 10)
        grid.setHorizontalSpacing(12)
        most = max((n for _, n in summary.by_reason), default=1)
        for row, (reason, n) in enumerate(summary.by_reason):
            grid.addWidget(words(sentence_case(reason or "without a reason")), row, 0)
            grid.addWidget(Bar(n / most, self.theme), row, 1)
            grid.addWidget(words(f"{n:,}", "strong"), row, 2)
        grid.setColumnStretch(1, 1)
        return table

    def _add_passage(self, column: QVBoxLayout, given: Given, proposed: Sequence[str]) -> None:
        verdict, project = given.verdict, self.session.project
        label = project.scheme.label(given.annotation.label) if project and given.annotation else None
        about = " · ".join((f"{verdict.reviewer}: {decision_words(verdict.decision)}", *proposed))
        shown = SpanButton(given.words or "…", about, label.colour if label else "#6b7484", self.theme)
        shown.clicked.connect(lambda: self._open(given))
        column.addWidget(shown)
        self.passages.append(shown)
        answer = given.reply.comment if given.reply else ""
        for who, said in ((verdict.reviewer, verdict.comment), (verdict.layer, answer)):
            if said:
                line = words(f"{who}: {said}", "muted", wrap=True)
                line.setContentsMargins(12, 0, 0, 4)
                column.addWidget(line)

    # --- doing ---------------------------------------------------------------------------------

    def _choose(self, annotator: str) -> None:
        self.annotator = annotator
        self._reload()

    def _open(self, given: Given) -> None:
        """Show a passage in its article, in the layer it belongs to."""
        session, fragments = self.session, proposed_fragments(given.verdict)
        if not session.open_article(given.verdict.article):
            return
        session.show_layer(given.verdict.layer)
        session.select(given.annotation.id if given.annotation else "")
        session.command_wanted.emit("page-annotate")
        if given.annotation is not None:
            session.sought.emit(given.annotation.hull)
        elif fragments:
            judging_of(session).words_sought.emit(fragments)

    def _leave(self) -> None:
        self.session.command_wanted.emit("page-annotate")

    # --- putting together ----------------------------------------------------------------------

    def _lay_out(self) -> None:
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._names = wrapping(QWidget())
        self._names.setAccessibleName("Annotators")
        self._flow = FlowLayout(self._names)
        self.empty.say(NOBODY, "")
        self.area = QScrollArea()
        self.area.setObjectName("plain")
        self.area.setWidgetResizable(True)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setMaximumWidth(WIDTH)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        column = QVBoxLayout(self)
        column.setContentsMargins(36, 26, 36, 16)
        column.setSpacing(10)
        column.addWidget(words("Feedback", "page title"))
        for widget in (self._names, self.sentence, self.empty):
            column.addWidget(widget)
        column.addWidget(self.area, 1)
        column.addWidget(self.back, 0, Qt.AlignmentFlag.AlignLeft)


def _read(read: Source, person: str, annotator: str, tell: Tell) -> Found:
    with read() as project:
        # In a blind round the others' passages stay out of sight here too.
        hidden = hidden_from(project, person) if annotator != person else ()
        summary = feedback.corrections(project, annotator, hidden, tell)
        listed = _listed(summary)
        return summary, {g.verdict.id: proposal(project, _text_of(project, g), g).spoken for g in listed}


def _text_of(project: Project, given: Given) -> str:
    article = project.article(given.verdict.article)
    return project.text(article.sha256) if article else ""


def _listed(summary: Summary) -> list[Given]:
    """Choose the passages, open ones first, and put them in the order of the bars."""
    order = [reason for reason, _ in summary.by_reason]
    kept = sorted(summary.corrections, key=lambda g: (not g.is_open, order.index(g.verdict.reason)))[:MOST]
    return sorted(kept, key=lambda g: (order.index(g.verdict.reason), not g.is_open))


def _group(given: Given) -> tuple[Reason, bool]:
    return given.verdict.reason, given.is_open
