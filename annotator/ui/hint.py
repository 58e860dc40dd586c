"""The first line of help: what to do first, until it was done."""

from annotator.model.change import ObjectKey
from annotator.ui.notice import Notice
from annotator.ui.session import Session
from annotator.ui.settings import Settings


class FirstHint(Notice):
    """Stands below the article until the first span was tagged, or it is closed."""

    def __init__(self, session: Session, settings: Settings) -> None:
        super().__init__("hint")
        self._session = session
        self._settings = settings
        self._is_due = self._is_here = False
        session.project_changed.connect(self._show_hint)
        session.changed.connect(self._take_in)
        self.closed.connect(self._done)

    def follow(self, page: str) -> None:
        """Be seen on the page that it speaks of."""
        self._is_here = page == "annotate"
        self.setVisible(self._is_due and self._is_here)

    def _show_hint(self) -> None:
        project = self._session.project
        self._is_due = False
        if project is None or project.read_only or self._settings.has_tagged:
            self.hide()
            return
        labels = [label for label in project.scheme.labels if label.key and not label.helper][:3]
        if labels:
            keys = _or([label.key for label in labels])
            titles = _or([label.title.lower() for label in labels])
            self.say(
                f"Select some words, then press {keys} to tag them as {titles}; F1 opens the guide", "calm"
            )
            self._is_due = True
            self.setVisible(self._is_here)

    def _take_in(self, keys: frozenset[ObjectKey]) -> None:
        if not self.isHidden() and any(kind == "annotation" for kind, _ in keys):
            self.close_notice()

    def _done(self) -> None:
        self._is_due = False
        self._settings.has_tagged = True


def _or(words: list[str]) -> str:
    return " or ".join((", ".join(words[:-1]), words[-1])) if len(words) > 1 else words[0]
