"""Whether an annotation is still what a reviewer read."""

from collections.abc import Callable

from annotator.model.excerpts import original_id
from annotator.model.records import Annotation
from annotator.model.review import Verdict
from annotator.store.project import Project

IsStale = Callable[[Verdict], bool]
"""Says of a verdict whether its annotation was changed or deleted since the reviewer read it."""


class Staleness:
    """Remembers what it found, for what a change wrote stays what it is."""

    def __init__(self, project: Project) -> None:
        self._project = project
        self._found: dict[tuple[str, str, str], bool] = {}

    def in_article(self, article: str) -> IsStale:
        """Return what tells the stale verdicts of an article, as it stands now."""
        standing = self._project.standing(article)
        return lambda verdict: self._is_stale(verdict, standing.get(verdict.annotation, ""))

    def _is_stale(self, verdict: Verdict, now: str) -> bool:
        if not verdict.annotation or (now and now == verdict.revision):
            return False
        if not now:
            return self._is_other(verdict)
        key = (verdict.annotation, verdict.revision, now)
        if key not in self._found:
            self._found[key] = self._is_other(verdict)
        return self._found[key]

    def _is_other(self, verdict: Verdict) -> bool:
        """Compare what is there with what was read; an undo may have brought that back."""
        steps = self._project.history(Annotation.KIND, verdict.annotation)
        wanted = original_id(verdict.revision)
        read = next((step.body for step in steps if original_id(step.change.id) == wanted), None)
        now = self._project.body(Annotation.KIND, verdict.annotation)
        return bool(steps) and (read is None or now != read)
