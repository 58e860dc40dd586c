"""The inspector at the right: labels, and below them the span, the words or the guideline."""

from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from annotator.model.change import ObjectKey
from annotator.model.records import Annotation
from annotator.model.review import Decision
from annotator.model.scheme import Label
from annotator.services import linking, tagging, verdicts
from annotator.services.feedback import Given
from annotator.services.proposals import proposal
from annotator.services.telling import told
from annotator.ui.fields.knowing import ProjectKnowledge
from annotator.ui.fields.tabbing import put_in_order
from annotator.ui.judging import judging_of
from annotator.ui.panels.inspector.guideline import GuidelineView
from annotator.ui.panels.inspector.labels import LabelBar
from annotator.ui.panels.inspector.links import ties
from annotator.ui.panels.inspector.overview import Overview
from annotator.ui.panels.inspector.passage import PassageView
from annotator.ui.panels.inspector.span_view import SpanView
from annotator.ui.panels.inspector.verdicts import VerdictList
from annotator.ui.session import Session
from annotator.ui.theme import Theme

_HELD = (
    Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier
)
MARGIN = 16
SCROLL_BAR = 10
"""Room that is kept for the scroll bar, so that forms don't change their width."""


class InspectorPanel(QWidget):
    """Shows what is selected and lets it be changed; every change goes through the session."""

    left = Signal()
    """Back to the text: Enter or Esc in a field."""
    link_wanted = Signal()
    jumped = Signal(str, str)
    """An article and a span to show, chosen here; the session has them already."""

    def __init__(self, session: Session, theme: Theme) -> None:
        super().__init__()
        self.session = session
        self.theme = theme
        self.shown = ""
        self._later = QTimer(self, singleShot=True, interval=0)
        self._later.timeout.connect(self._show_surroundings)
        # Cards with long words get their height only when all layouts have been asked.
        self._settled = QTimer(self, singleShot=True, interval=0)
        self._settled.timeout.connect(self._reveal_focus)
        self.labels = LabelBar(theme)
        self.span = SpanView(theme, ProjectKnowledge(session, self).surroundings())
        self.passage = PassageView()
        self.guideline = GuidelineView(theme)
        self.overview = Overview(theme)
        self.judging = judging_of(session)
        self.missed = VerdictList("Not marked", theme)
        self._empty = QWidget()
        self._lay_out()
        self.set_theme(theme)
        self._connect_parts()
        self._connect_session()
        self._rebuild()

    # --- outside -------------------------------------------------------------------------------

    def begin(self, attribute: str = "") -> None:
        """Take the focus in the first field of the selected span, or in the one named."""
        self._refresh()
        if not self.shown:
            return
        self.span.begin(attribute)
        self._reveal_focus()

    def _reveal_focus(self) -> None:
        """Scroll to the field that has the keyboard."""
        here, inside = self.focusWidget(), self.area.widget()
        if here is not None and inside is not None and inside.isAncestorOf(here):
            self._column.activate()
            self.area.ensureWidgetVisible(here, 0, MARGIN)

    def _begin_verdict(self, decision: str) -> None:
        """Ask for what a verdict needs, as soon as the span's form is there."""
        self._show_surroundings()
        self.span.begin_verdict(decision)
        self._settled.start()

    def _begin_answer(self) -> None:
        """Put the keyboard where the first open verdict at hand is answered."""
        self._show_surroundings()
        cards = self.span.verdicts if self.shown else self.missed
        cards.begin_answer()
        self._settled.start()

    def commit(self) -> None:
        """Save what is being typed, as before the window closes."""
        if self.shown:
            self.span.commit()

    def set_theme(self, theme: Theme) -> None:
        self.theme = theme
        for part in (self.labels, self.span, self.guideline, self.overview, self.missed):
            part.set_theme(theme)
        if self.session.project:
            self._refresh()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go back to the text on Esc, and let labels be given by their keys from any choice."""
        project = self.session.project
        label = project.scheme.label_by_key(event.text()) if project and event.text() else None
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif label is not None and not event.modifiers() & _HELD:
            self.press(label.id)
        else:
            super().keyPressEvent(event)

    # --- showing -------------------------------------------------------------------------------

    def _rebuild(self) -> None:
        """Show another project's labels."""
        project = self.session.project
        self.labels.build(project.scheme.labels if project else ())
        self._refresh()

    def _hear(self, keys: frozenset[ObjectKey]) -> None:
        if any(kind == "scheme" for kind, _ in keys):
            self._rebuild()
        else:
            self._refresh()

    def _refresh(self) -> None:
        """Show what is selected now; what was being typed for another span is saved first."""
        if self.shown and self.shown != self.session.selected:
            self.commit()
        annotation = self.session.selected_annotation()
        self.shown = annotation.id if annotation else ""
        self.labels.mark(annotation.label if annotation else "", self.session.armed)
        if annotation:
            self._show_span(annotation)
        elif self.session.passage:
            self._show_passage()
        else:
            self._show_rest()

    def _show_span(self, annotation: Annotation) -> None:
        self.span.show_span(annotation, self.session.label_of(annotation), self._locked())
        self._turn_to(self.span)
        self._put_in_order()
        self._later.start()

    def _show_surroundings(self) -> None:
        """Show links and history, which cost reads, after the span has been painted."""
        project, annotation = self.session.project, self.session.selected_annotation()
        if project is None or annotation is None or annotation.id != self.shown:
            return
        free = not self._locked()
        self._show_verdicts(annotation)
        self.span.show_links(ties(project, annotation, self.session.person), free)
        self.span.show_history(told(project, annotation.id), self.session.person, free)
        self._put_in_order()

    def _show_verdicts(self, annotation: Annotation) -> None:
        project = self.session.project
        if project is not None:
            self._fill(self.span.verdicts, self.judging.of(annotation.id))
            self.span.show_judge(annotation if self.judging.may_judge else None, project.scheme)

    def _fill(self, cards: VerdictList, given: tuple[Given, ...]) -> None:
        project = self.session.project
        shown = [proposal(project, self.session.text, one) for one in given] if project else []
        cards.show_verdicts(given, shown, self.session.person)

    def _show_missed(self) -> None:
        """Show the verdicts that no span stands for, beside the article as a whole."""
        given = self.judging.missed if self.overview.isVisibleTo(self) else ()
        self._fill(self.missed, self.judging.at_hand if self.passage.isVisibleTo(self) else given)

    def _put_in_order(self) -> None:
        """Let Tab enter the panel at the first field; the labels, which have keys, come round last."""
        put_in_order([self, *self.span.stops(), *self.labels.stops()])

    def _show_passage(self) -> None:
        project = self.session.project
        if project is None:
            return
        text = self.session.text
        words = " … ".join(text[span.start : span.stop] for span in self.session.passage)
        missed_by = self.session.layer if self.judging.may_judge else ""
        self.passage.show_words(words, project.scheme.labels, missed_by)
        self._turn_to(self.passage)

    def _show_rest(self) -> None:
        label = self._guided()
        if label:
            self.guideline.show_label(label)
            self._turn_to(self.guideline)
        elif self.session.article:
            self._show_overview()
            self._turn_to(self.overview)
        else:
            self._turn_to(self._empty)

    def _guided(self) -> Label | None:
        project = self.session.project
        return project.scheme.label(self.session.hovered or self.session.armed) if project else None

    def _show_overview(self) -> None:
        project, article = self.session.project, self.session.article
        if project is None or article is None:
            return
        self.overview.show_article(project.scheme, self.session.annotations)

    def _locked(self) -> str:
        """Say why the span can't be changed; "" when it can."""
        project = self.session.project
        if project is not None and project.read_only:
            return f"This project {project.read_only_reason}."
        if self.session.own or not self.session.person:
            return ""
        return f"{self.session.layer}’s span: only {self.session.layer} can change it."

    def _turn_to(self, part: QWidget) -> None:
        for page in self._parts:
            page.setVisible(page is part)
        self._show_missed()

    # --- doing ---------------------------------------------------------------------------------

    def press(self, label: str) -> None:
        """Tag the selected words, else relabel the selected span, else arm the label or disarm it.

        In somebody else's layer the words are what they missed.
        """
        session = self.session
        if session.passage and self.shown and self.span.asks_for_change:
            session.failed.emit(
                "Press “Use the selected words” to propose them for this span, or Esc and select words that"
                f" {session.layer} missed"
            )
        elif session.passage and self.judging.may_judge:
            self.judging.miss(label, self.passage.comment.text())
            self.passage.comment.clear()
        elif session.passage:
            session.tag(label)
        elif self.shown:
            session.do(tagging.relabel, annotation=self.shown, label=label)
        else:
            session.arm("" if session.armed == label else label)

    def _set_value(self, name: str, value: object) -> None:
        self.session.do(tagging.set_value, annotation=self.shown, name=name, value=value)

    def _set_note(self, note: str) -> None:
        self.session.do(tagging.set_note, annotation=self.shown, note=note)

    def _restore(self, body: object) -> None:
        self.session.do(tagging.restore, annotation=self.shown, body=body)

    def _judge(self, decision: Decision, more: dict[str, Any]) -> None:
        self.judging.give(decision, **more)
        self.left.emit()

    def _use_words(self) -> None:
        """Propose the selected words as the boundaries of the selected span."""
        passage, text = self.session.passage, self.session.text
        if passage and self.span.judge is not None:
            selected = " … ".join(text[s.start : s.stop] for s in passage)
            self.span.judge.use_words([(s.start, s.stop) for s in passage], selected)
        else:
            self.session.failed.emit("Select the right words in the article first")

    def _take_answer(self, verdict: str, comment: str) -> None:
        self.session.do(verdicts.answer, verdict=verdict, comment=comment)
        self.left.emit()

    def _answer(self, cards: VerdictList) -> None:
        """Let cards be answered, settled, taken over and withdrawn."""
        do = self.session.do
        cards.taken_over.connect(lambda verdict: do(verdicts.take_over, verdict=verdict))
        cards.withdrawn.connect(lambda verdict: do(verdicts.withdraw, verdict=verdict))
        cards.settled.connect(lambda verdict, settled: do(verdicts.answer, verdict=verdict, settled=settled))
        cards.answered.connect(self._take_answer)

    def _unlink(self, link: str) -> None:
        self.session.do(linking.unlink, link=link)

    def _jump(self, article: str, annotation: str) -> None:
        """Go to a span, in another article if need be."""
        here = self.session.article
        if (here and here.id == article) or self.session.open_article(article):
            self.session.select(annotation)
            self.jumped.emit(article, annotation)

    def _fill_gap(self, annotation: str, attribute: str) -> None:
        if self.session.article:
            self._jump(self.session.article.id, annotation)
            self.begin(attribute)

    # --- putting together ----------------------------------------------------------------------

    def _lay_out(self) -> None:
        self.setAccessibleName("Inspector")
        self.setObjectName("inspector")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._parts = (self.span, self.passage, self.guideline, self.overview, self._empty)
        inside = QWidget()
        column = self._column = QVBoxLayout(inside)
        column.setContentsMargins(MARGIN, 2, MARGIN - SCROLL_BAR, MARGIN)
        self.area = QScrollArea()
        self.area.setObjectName("plain")
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.area.setWidget(inside)
        self.area.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        bar = self.area.verticalScrollBar()
        bar.rangeChanged.connect(lambda _low, high: bar.setEnabled(high > 0))
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(10)
        top = QVBoxLayout()
        top.setContentsMargins(MARGIN, 16, MARGIN, 0)
        top.addWidget(self.labels)
        whole.addLayout(top)
        whole.addWidget(self.area, 1)
        for part in self._parts:  # Last, as what is moved is styled anew with all that it holds.
            column.addWidget(part)
        column.addWidget(self.missed)
        column.addStretch(1)

    def _connect_parts(self) -> None:
        self.labels.pressed.connect(self.press)
        self.labels.hovered.connect(self.session.hover)
        self.span.value_changed.connect(self._set_value)
        self.span.note_changed.connect(self._set_note)
        self.span.left.connect(self.left)
        self.span.links.wanted.connect(self.link_wanted)
        self.span.links.jumped.connect(self._jump)
        self.span.links.deleted.connect(self._unlink)
        self.span.history.restored.connect(self._restore)
        self.overview.jumped.connect(self._fill_gap)
        self.span.judged.connect(self._judge)
        self.span.words_wanted.connect(self._use_words)
        for cards in (self.span.verdicts, self.missed):
            self._answer(cards)
        self.judging.changed.connect(self._refresh)
        self.judging.change_wanted.connect(self._begin_verdict)
        self.judging.answer_wanted.connect(self._begin_answer)

    def _connect_session(self) -> None:
        session = self.session
        session.project_changed.connect(self._rebuild)
        session.changed.connect(self._hear)
        session.closing.connect(self.commit)
        session.hovered_changed.connect(self._refresh_rest)
        for signal in (
            session.article_changed,
            session.selection_changed,
            session.layer_changed,
            session.person_changed,
        ):
            signal.connect(self._refresh)

    def _refresh_rest(self) -> None:
        """Show another guideline, when no span and no words are."""
        if not self.shown and not self.session.passage:
            self._show_rest()
