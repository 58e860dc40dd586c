"""The Review page: articles at the left, everybody's spans in the middle, the case at the right."""

from collections.abc import Callable

from PySide6.QtCore import QByteArray, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QAbstractButton, QFrame, QVBoxLayout, QWidget

from annotator.model.change import ObjectKey
from annotator.model.records import Annotation
from annotator.model.review import GOLD
from annotator.model.span import Span, joined
from annotator.ui.article.compared import ComparedView
from annotator.ui.article.voices import gold
from annotator.ui.lists.cards import Emptiness
from annotator.ui.pages.reviewing import showing
from annotator.ui.pages.reviewing.agreed import AgreedBar
from annotator.ui.pages.reviewing.bar import Legend
from annotator.ui.pages.reviewing.cards import VersionCard
from annotator.ui.pages.reviewing.panel import CasePanel
from annotator.ui.pages.reviewing.state import Review
from annotator.ui.pages.three_parts import ThreeParts
from annotator.ui.panels.articles import ArticlesPanel
from annotator.ui.session import Session
from annotator.ui.theme import Theme

LATER_MS = 40
_HELD = (
    Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier
)


class ReviewPage(QWidget):
    """Puts the parts side by side; what they show is the state of the review."""

    status_changed = Signal(str)
    """How far the adjudication of the article is, in words."""
    names_hidden_changed = Signal(bool)

    def __init__(self, session: Session, theme: Theme) -> None:
        super().__init__()
        self.session, self.theme = session, theme
        self.review = Review(session)
        self.articles = ArticlesPanel(session, theme, adjudicating=True)
        self.view = ComparedView()
        self.legend = Legend(self.review, theme)
        self.agreed = AgreedBar(session, self.review, theme)
        self.panel = CasePanel(session, self.review, theme)
        self.empty = Emptiness()
        self.parts = ThreeParts(self, self.articles, self._middle(), self.panel)
        self._is_stale = True
        self._shown: tuple[object, ...] = ()
        """What the article view shows: an article, its text, the scheme."""
        self._opened = ""
        """The article that is shown, by its id."""
        self._matched = 0
        self._later = QTimer(self, singleShot=True, interval=LATER_MS)
        """What costs time and isn't looked at first is worked out after the page was painted."""
        self._later.timeout.connect(self.panel.show_agreement)
        self._revealed = ""
        """The case that was brought into view."""
        self._followed = ""
        """The span selected elsewhere that was gone to last."""
        self._connect()
        self.set_theme(theme)

    def set_theme(self, theme: Theme) -> None:
        self.theme = theme
        for part in (self.articles, self.view, self.legend, self.agreed, self.panel):
            part.set_theme(theme)
        self._tint()

    def focus(self) -> None:
        """Put the keyboard where the work is."""
        self.view.setFocus()

    def step_article(self, step: int) -> None:
        """Open the next (1) or previous (-1) article of the list."""
        self.articles.step(step)

    def find_everywhere(self) -> None:
        """Put the keyboard into the search over all articles and spans."""
        self.articles.begin_search()

    def shape(self) -> QByteArray:
        """Return the widths of the parts, to be remembered."""
        return self.parts.shape()

    def set_shape(self, shape: QByteArray) -> None:
        self.parts.set_shape(shape)

    @property
    def are_names_hidden(self) -> bool:
        return self.review.names_hidden

    def hide_names(self, hidden: bool) -> None:
        """Call annotators A, B, C everywhere on the page, or by their names."""
        self.review.hide_names(hidden)

    def toggle_names(self) -> None:
        self.review.hide_names(not self.review.names_hidden)

    def hints(self) -> str:
        """Name the keys that matter now, where they are not the page's usual ones."""
        return showing.hints(self.review, self.session.project)

    def status(self) -> str:
        """Say where decisions go, and how far the article is."""
        return f"Adjudicating into “{GOLD}”  ·  {showing.progress(self.review)}"

    # --- showing -------------------------------------------------------------------------------

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._is_stale:
            self._open()
        self._follow_selection()
        self.articles.disputes.hurry()

    def _open(self) -> None:
        """Show another article, at once or when the page is next shown."""
        self._is_stale = not self.isVisible()
        if self._is_stale:
            return
        here = self.session.article.id if self.session.article else ""
        if here and here == self._opened:
            self.review.again()
        else:
            self._opened = here
            self.review.open()
        self.agreed.refresh()

    def _follow_selection(self) -> None:
        """Go to the case of a span that was selected elsewhere: on another page, in a list of mentions."""
        selected = self.session.selected
        if self.isVisible() and selected != self._followed:
            self._followed = selected
            self._go_to_span(selected)

    def _hear(self, keys: frozenset[ObjectKey]) -> None:
        if self.isVisible():
            self.review.hear(keys)
            self.agreed.refresh()
        else:
            self._is_stale = True

    def _reread(self) -> None:
        self.legend.refresh()
        self._show_article()
        if self.review.matched != self._matched:
            self._matched = self.review.matched
            self._later.start()
        self._turn()

    def _turn(self) -> None:
        self.panel.refresh()
        self._tint()
        case = self.review.case
        if case is not None and case.key != self._revealed:
            self._revealed = case.key
            self.view.reveal(case.fragments[0])
        self.status_changed.emit(self.status())

    def _show_article(self) -> None:
        """Show the spans of everybody who is compared, and of gold if there are some."""
        session, project, review = self.session, self.session.project, self.review
        if project is None:
            return
        compared = set(review.compared)
        found = [a for a in self._annotations() if a.stands_in(session.text)]
        spans = [a for a in found if a.layer in compared or a.layer == GOLD]
        voices = tuple(voice for voice in review.voices if voice.layer in compared)
        if any(a.layer == GOLD for a in spans):
            voices = (*voices, gold())
        self.empty.setVisible(session.article is None)
        if self._shown == (session.article, session.text, project.scheme):
            self.view.show_others(voices, spans)
            return
        self._shown = (session.article, session.text, project.scheme)
        self._revealed = ""
        self.view.set_voices(voices)
        self.view.show_article(session.article, session.text, spans, project.scheme)

    def _annotations(self) -> list[Annotation]:
        """List what is painted: everybody's spans, and the draft in the place of the gold it will be."""
        draft, case = self.review.draft, self.review.case
        found = list(self.review.annotations)
        if draft and case:
            found = [a for a in found if not (case.gold and a.id == case.gold.id)]
            found.append(draft.annotation)
        return found

    def _show_draft(self) -> None:
        draft = self.review.draft
        was_editing = bool(self.view.editing)
        self.legend.refresh()
        self._show_article()
        self.view.edit(draft.annotation.id if draft else "")
        self._turn()
        if bool(draft) != was_editing:
            self.view.setFocus()

    def _tint(self) -> None:
        case = self.review.case
        self.view.tint(showing.washes(None if self.review.draft else case, self.theme))

    # --- doing ---------------------------------------------------------------------------------

    def accept(self) -> None:
        """Take the chosen version, or what was edited, into the gold layer."""
        if self.review.draft:
            self.panel.editor.commit()
            self.review.accept_edited()
        else:
            self.review.accept()

    def edit(self) -> None:
        """Begin to edit the chosen version; asked again, go to its first field."""
        if self.review.draft:
            self.panel.editor.begin()
        else:
            self.review.edit()

    def undo(self) -> None:
        """Take back one's last change."""
        self.session.command_wanted.emit("undo")

    def toggle_agreed(self) -> None:
        """Open the bar that accepts by a rule, or put it away."""
        if self.agreed.isHidden():
            self.agreed.open()
        else:
            self.agreed.shut()
        self.legend.show_accepting(not self.agreed.isHidden())

    def back_out(self) -> None:
        """Leave the bar, or the edit."""
        if not self.agreed.isHidden():
            self.agreed.shut()
        elif self.review.draft:
            self.review.give_up()

    def _go_beyond(self, step: int) -> None:
        """Go on to the next disputed article, or say that there is none."""
        disputes = self.articles.disputes
        if not disputes.is_known:
            self.session.said.emit("Disagreements of the other articles are still being counted")
        elif not self.articles.open_disputed(step):
            self.session.said.emit("No other article has an open disagreement")

    def _go_to_span(self, annotation: str) -> None:
        case = self.review.case_of(annotation)
        if case is not None:
            self.review.go(case.key)

    # --- keys ----------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Answer to the keys of reviewing, wherever on the page they are pressed and nothing is typed."""
        if event.modifiers() & _HELD or not self._answer(event):
            super().keyPressEvent(event)

    def _answer(self, event: QKeyEvent) -> bool:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._press_enter()
            return True
        if event.key() == Qt.Key.Key_Escape:
            self.back_out()
            return True
        return self.press(event.text())

    def _press_enter(self) -> None:
        """Press the button that has the keyboard, else accept."""
        focused = self.focusWidget()
        if isinstance(focused, QAbstractButton) and not isinstance(focused, VersionCard):
            focused.click()
        else:
            self.accept()

    def press(self, key: str) -> bool:
        """Do what a key means; False when it means nothing here."""
        letter = key.upper()
        if self.review.draft and letter != "E":
            return self._relabel(key)
        if letter in _KEYS:
            _KEYS[letter](self)
        elif key.isdigit():
            self._choose(int(key))
        else:
            return False
        return True

    def _relabel(self, key: str) -> bool:
        """Give what is edited the label of a key, if it is one of those offered."""
        project = self.session.project
        label = project.scheme.label_by_key(key) if project and key else None
        if label is None or label.id not in self.panel.editor.labels.buttons:
            return False
        self.review.relabel(label.id)
        return True

    def _choose(self, number: int) -> None:
        """Choose a version by its number; those that have nothing are not counted."""
        case = self.review.case
        there = [i for i, version in enumerate(case.versions) if version.annotation] if case else []
        if number <= len(there):
            self.review.choose(there[number - 1])

    # --- putting together ----------------------------------------------------------------------

    def _middle(self) -> QFrame:
        middle = QFrame()
        middle.setObjectName("reading")
        column = QVBoxLayout(middle)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for part in (self.legend, self.agreed, self.view):
            column.addWidget(part, int(part is self.view))
        self.empty.say("Choose an article to review.", "")
        QVBoxLayout(self.view.viewport()).addWidget(self.empty)
        return middle

    def _connect(self) -> None:
        session, review, view = self.session, self.review, self.view
        session.article_changed.connect(self._open)
        session.project_changed.connect(self._open)
        session.person_changed.connect(self._open)
        session.changed.connect(self._hear)
        session.selection_changed.connect(self._follow_selection)
        session.sought.connect(self._seek)
        review.reread.connect(self._reread)
        review.turned.connect(self._turn)
        review.drafted.connect(self._show_draft)
        review.names_hidden_changed.connect(self.names_hidden_changed)
        review.ended.connect(self._go_beyond)
        view.clicked_span.connect(self._go_to_span)
        view.fragments_moved.connect(lambda _annotation, fragments: review.move(fragments))
        view.fragment_wanted.connect(lambda _annotation, span: self._add_fragment(span))
        for accept in (self.panel.accept, self.panel.editor.accept):
            accept.clicked.connect(self.accept)
        self.panel.left.connect(view.setFocus)
        self.panel.list.typed.connect(self.press)
        self.articles.left.connect(view.setFocus)
        self.legend.accept_wanted.connect(self.toggle_agreed)
        self.legend.toggled.connect(self.agreed.compare_others)
        self.agreed.closed.connect(self._leave_agreed)

    def _seek(self, span: Span) -> None:
        if self.isVisible():
            self.view.reveal(span)

    def _add_fragment(self, span: Span) -> None:
        draft = self.review.draft
        if draft:
            self.review.move(joined([*draft.annotation.fragments, span]))

    def _leave_agreed(self) -> None:
        self.legend.show_accepting(False)
        self.view.setFocus()


_KEYS: dict[str, Callable[[ReviewPage], None]] = {
    "E": ReviewPage.edit,
    "U": ReviewPage.undo,
    "J": lambda page: page.review.step(1),
    "K": lambda page: page.review.step(-1),
    "0": lambda page: page.review.reject_all(),
    "R": lambda page: page.review.reopen(),
    "A": ReviewPage.toggle_agreed,
}
