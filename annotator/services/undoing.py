"""Undo and redo: ordinary changes that bring earlier bodies back, per person, across restarts."""

from dataclasses import dataclass

from annotator.model.change import Change, Draft, Revision
from annotator.services.errors import Refused
from annotator.services.forking import NOUNS
from annotator.store.project import Project


@dataclass(frozen=True, slots=True)
class Action:
    """One thing that can be undone or redone: the change to take back and its wording."""

    change: str
    words: str


class UndoStacks:
    """What one annotator can undo and redo, folded from their changes in order."""

    def __init__(self, project: Project, actor: str) -> None:
        self.undo: list[Action] = []
        self.redo: list[Action] = []
        for change, undoes, words in project.own_actions(actor):
            self.record(change, undoes, words)

    def record(self, change: str, undoes: str | None, words: str) -> None:
        """Take in the annotator's next change.

        One that undoes the last undoable change moves it to the redo stack, one that undoes the last undo
        moves it back, and any other clears what could be redone.
        """
        action = Action(change, words)
        if undoes is None:
            self.undo.append(action)
            self.redo.clear()
        elif self.undo and undoes == self.undo[-1].change:
            self.undo.pop()
            self.redo.append(action)
        elif self.redo and undoes == self.redo[-1].change:
            self.redo.pop()
            self.undo.append(action)

    def next_undo(self) -> Action | None:
        return self.undo[-1] if self.undo else None

    def next_redo(self) -> Action | None:
        return self.redo[-1] if self.redo else None


def take_back(project: Project, *, actor: str, action: Action) -> Change:
    """Undo a change, or redo one by taking its undoing back.

    Declined when a later change of the same object stands on top.
    """
    change = project.change(action.change)
    if change is None:
        raise Refused(f"“{action.words}” can't be undone: the project no longer has this change")
    for revision in change.revisions:
        _decline_if_changed(project, actor, action, revision)
    before = project.parent_bodies(change)
    revisions = tuple(Revision(kind, object_id, body) for (kind, object_id), body in before.items())
    return project.commit(Draft(action.words, actor, revisions, undoes=change.id))


def _decline_if_changed(project: Project, actor: str, action: Action, revision: Revision) -> None:
    if project.body(revision.kind, revision.id) == revision.body:
        return
    last = project.history(revision.kind, revision.id)[-1].change
    who = "a later change of yours" if last.actor == actor else last.actor
    raise Refused(
        f"“{action.words}” can't be undone: {who} changed the same {NOUNS.get(revision.kind, 'thing')}"
        f" afterwards ({last.action}); see its history to restore an earlier step"
    )
