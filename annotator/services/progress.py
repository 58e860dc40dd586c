"""How far an annotator is, and what an article still lacks before it is done."""

from dataclasses import dataclass

from annotator.model.change import Change, Draft, Revision
from annotator.model.records import ArticleState, Progress, progress_id
from annotator.model.values import problems
from annotator.store.project import Project

_ACTIONS: dict[ArticleState, str] = {
    "done": "mark as done",
    "skipped": "skip the article",
    "to do": "mark as to do",
    "reading": "mark as being read",
}


@dataclass(frozen=True, slots=True)
class Gap:
    """One thing an article lacks: a span with a missing or illegal value."""

    annotation: str
    words: str
    attribute: str
    problem: str


def gaps(project: Project, *, actor: str, article: str) -> list[Gap]:
    """List the missing and illegal values of the actor's spans in an article."""
    found = []
    for annotation in project.annotations(article, actor):
        label = project.scheme.label(annotation.label)
        for attribute, problem in problems(label, annotation.attributes).items() if label else ():
            found.append(Gap(annotation.id, annotation.words, attribute, problem))
    return found


def state(project: Project, *, actor: str, article: str) -> ArticleState:
    """Return the state of an article for an annotator; work of one's own means "reading"."""
    recorded = project.progress(article, actor)
    if recorded:
        return recorded.state
    return "reading" if project.annotations(article, actor) else "to do"


def mark(project: Project, *, actor: str, article: str, state: ArticleState) -> Change | None:
    """Record a state; "done" without spans is the fact "read, nothing here". "to do" takes it back."""
    recorded = project.progress(article, actor)
    if state in ("to do", "reading"):
        if not recorded:
            return None
        gone = Revision("progress", progress_id(article, actor), None)
        return project.commit(Draft(_ACTIONS[state], actor, (gone,)))
    new = Progress(article, actor, state)
    if recorded and recorded.state == state:
        return None
    action = _ACTIONS[state]
    if state == "done" and not project.annotations(article, actor):
        action = "mark as read, nothing here"
    return project.commit(Draft(action, actor, (Revision.of(new),)))
