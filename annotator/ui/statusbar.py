"""The bar at the bottom: whether everything is saved, what the article holds, which keys do what."""

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy

from annotator.model.change import ObjectKey
from annotator.ui.session import Session
from annotator.ui.spelling import sentence_case
from annotator.ui.widgets import repolish, words

HEIGHT = 30
SAID_MS = 4000


class StatusBar(QFrame):
    """Follows the session; a remark stands for a few seconds in place of the counts."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.setObjectName("status")
        self.setFixedHeight(HEIGHT)
        self._session = session
        self.saved = words("All changes saved")
        self.saved.setAccessibleName("Saving")
        self.counts = words()
        self.counts.setAccessibleName("Spans in this article")
        self.counts.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.hints = words()
        self.hints.setAccessibleName("Keys")
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 0, 16, 0)
        row.setSpacing(8)
        row.addWidget(self.saved)
        row.addWidget(self.counts, 1)
        row.addWidget(self.hints)
        self._quiet = QTimer(self, singleShot=True, interval=SAID_MS)
        self._quiet.timeout.connect(self._show_counts)
        self._armed = ""
        self._is_reading = True
        self._place = ""
        self._follow()

    def show_reading(self, reading: bool) -> None:
        """Show what the article holds, or not, on a page where it isn't seen."""
        if reading != self._is_reading:
            self._is_reading = reading
            if not self._quiet.isActive():
                self._show_counts()

    def show_place(self, words: str) -> None:
        """Say where one is on a page that has something to say of it, or nothing."""
        if words != self._place:
            self._place = words
            if not self._quiet.isActive():
                self._show_counts()

    def _show_armed(self) -> None:
        if self._session.armed != self._armed:
            self._armed = self._session.armed
            self._show_counts()

    def _follow(self) -> None:
        session = self._session
        session.changed.connect(self._take_in)
        session.article_changed.connect(self._show_counts)
        session.layer_changed.connect(self._show_counts)
        session.selection_changed.connect(self._show_armed)
        session.project_changed.connect(self._show_all)
        session.said.connect(self.say)
        session.saved.connect(lambda: self._show_saved(True))
        session.unsaved.connect(lambda _: self._show_saved(False))

    def say(self, remark: str) -> None:
        """Show a remark for a few seconds."""
        self.counts.setText(f"·  {sentence_case(remark)}")
        self._mark(self.counts, "said")
        self._quiet.start()

    def show_hints(self, hints: str) -> None:
        self.hints.setText(hints)

    def _show_all(self) -> None:
        self._show_saved(True)
        self._show_counts()

    def show_saved(self) -> None:
        """Say that everything is saved, as a picture of the window does."""
        self._say_state("All changes saved")

    def _show_saved(self, saved: bool) -> None:
        project = self._session.project
        if project is None:
            self._say_state("")
        elif project.read_only:
            self._say_state("Read only")
        elif saved and not project.pending:
            self._say_state("All changes saved")
        else:
            self._say_state("Not saved yet", "unsaved")

    def _say_state(self, words: str, state: str = "") -> None:
        if words != self.saved.text():
            self.saved.setText(words)
            self._mark(self.saved, state)

    def _take_in(self, keys: frozenset[ObjectKey]) -> None:
        if not self._quiet.isActive() and any(kind == "annotation" for kind, _ in keys):
            self._show_counts()

    def _show_counts(self) -> None:
        self._quiet.stop()
        self._mark(self.counts, "")
        self.counts.setText(self._counted())

    def _counted(self) -> str:
        """Count the spans of each label in the article and layer shown; helpers only when there are some."""
        session = self._session
        if self._place and session.project is not None:
            return f"·  {self._place}"
        if session.project is None or session.article is None or not self._is_reading:
            return ""
        armed = session.project.scheme.label(session.armed) if session.armed else None
        if armed:
            return f"·  {armed.title} armed: every drag tags, Esc stops"
        numbers: dict[str, int] = {}
        for annotation in session.annotations:
            numbers[annotation.label] = numbers.get(annotation.label, 0) + 1
        parts = [
            f"{label.title} {numbers.get(label.id, 0)}"
            for label in session.project.scheme.labels
            if label.id in numbers or not label.helper
        ]
        whose = "" if session.own or not session.layer else f"{session.layer}'s layer   "
        return f"·  {whose}{'   '.join(parts)}"

    def _mark(self, label: QLabel, state: str) -> None:
        if label.property("state") != state:
            label.setProperty("state", state)
            repolish(label)
