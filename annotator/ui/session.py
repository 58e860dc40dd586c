"""What the window works on: the project, the person, the article, the selection.

Panels read the session, call its verbs and listen to its signals; they never know each other.
"""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, TypeVar

from PySide6.QtCore import QObject, QTimer, Signal

from annotator.model.change import Change, ObjectKey
from annotator.model.records import Annotation, Article, Progress
from annotator.model.review import Ruling
from annotator.model.scheme import Label
from annotator.model.span import Span
from annotator.services import tagging
from annotator.services.errors import Refused
from annotator.services.suggesting import values_from_words
from annotator.services.undoing import Action, UndoStacks, take_back
from annotator.store.errors import NotSaved, ProjectError
from annotator.store.home import Home
from annotator.store.project import Project

Result = TypeVar("Result")

FEW = 32
"""Up to how many changed annotations are reread one by one."""

LOOK_AROUND_MS = 1000
"""How often another window's changes are looked for, and unsaved ones tried again."""


class Session(QObject):
    """The state behind one window. Every write goes through `do`."""

    project_changed = Signal()
    person_changed = Signal()
    layer_changed = Signal()
    changed = Signal(object)
    """A frozenset of ObjectKey: what was written, by this window or another."""
    article_changed = Signal()
    selection_changed = Signal()
    """Another span is selected, other words are, or another label is armed."""
    hovered_changed = Signal()
    incoming_changed = Signal()
    saved = Signal()
    unsaved = Signal(str)
    """A change couldn't be written; the sentence says why. `saved` follows when it could."""
    said = Signal(str)
    failed = Signal(str)
    sought = Signal(object)
    """A Span of the article is to be brought into sight: a find, a mention."""
    command_wanted = Signal(str)
    """A command of the window is to be carried out, by its id: "page-annotate", "details"."""
    guide_wanted = Signal(str)
    """A page of the guide is to be shown, by its file's name."""
    closing = Signal()
    """The project is about to be let go: what is being typed is to be saved."""
    asked = Signal(str, str, object)
    """One sentence, the words of a button, and what the button does."""

    def __init__(self, home: Home, person: str = "") -> None:
        super().__init__()
        self.home = home
        self.person = person
        self.ask_person: Callable[[], str] = lambda: ""
        """Asks for the annotator's name when the first change is made; "" when they decline."""
        self.listed: Callable[[], tuple[str, ...] | None] = lambda: None
        """Says which articles the list shows, in its order, while a filter leaves some out; else None."""
        self.project: Project | None = None
        self.layer = person
        self.article: Article | None = None
        self.text = ""
        self.annotations: tuple[Annotation, ...] = ()
        self.astray: tuple[Annotation, ...] = ()
        """Annotations whose words don't stand where they say: listed, never shown in a wrong place."""
        self.incoming: tuple[Path, ...] = ()
        """Files and folders that are being looked at, to be imported."""
        self.selected = ""
        self.passage: tuple[Span, ...] = ()
        self.armed = ""
        self.hovered = ""
        self._stacks: UndoStacks | None = None
        self._mark = 0
        self._heard: set[ObjectKey] = set()
        self._newest = ""
        """The annotation written last by this window."""
        self._clock = QTimer(self, interval=LOOK_AROUND_MS)
        self._clock.timeout.connect(self.look_around)

    def bring(self, paths: Iterable[Path]) -> None:
        """Look at files and folders, to import them if the person wants it."""
        self.incoming = tuple(paths)
        self.incoming_changed.emit()

    # --- project -------------------------------------------------------------------------------

    def use(self, project: Project) -> None:
        """Show a project, closing the one before."""
        self.close()
        self.project = project
        self._mark = project.mark()
        self._stacks = None
        self._heard.clear()
        project.heard = self._hear
        self.layer = self._first_layer()
        self._clock.start()
        self.project_changed.emit()
        if project.pending:
            self.unsaved.emit(f"{len(project.pending)} changes are not in the file yet")

    def close(self) -> None:
        """Let the project go."""
        self._clock.stop()
        if self.project is None:
            return
        self.closing.emit()
        project, self.project = self.project, None
        self._forget_article()
        project.close()

    @property
    def path(self) -> Path | None:
        return self.project.path if self.project else None

    def _first_layer(self) -> str:
        """Choose the layer to show: one's own, or the first there is when one has no work here yet.

        In the sample it is one's own at once: the work there is only examples.
        """
        layers = self.project.layers() if self.project else ()
        is_sample = self.path is not None and self.path.parent == self.home.samples
        is_theirs = self.person in layers or is_sample or self._is_assigned()
        return self.person if is_theirs or not layers else layers[0]

    def _is_assigned(self) -> bool:
        return bool(self.project and self.person and self.project.assignments(annotator=self.person))

    # --- person and layer ----------------------------------------------------------------------

    def be(self, person: str) -> None:
        """Work as this annotator from now on, in their layer."""
        self.person = person
        self._stacks = None
        self.person_changed.emit()
        self.show_layer(person)

    def show_layer(self, layer: str) -> None:
        """Show the spans of one annotator."""
        if layer == self.layer:
            return
        self.layer = layer
        self._reread_annotations()
        self.layer_changed.emit()
        self.select("")

    @property
    def own(self) -> bool:
        """Say whether the layer shown is one's own, so that it can be changed."""
        return self.layer == self.person

    # --- article and selection -----------------------------------------------------------------

    def open_article(self, article: str) -> bool:
        """Show an article; False when it isn't in the project."""
        found = self.project.article(article) if self.project else None
        if found is None or self.project is None:
            return False
        self.article, self.text = found, self.project.text(found.sha256)
        self.selected, self.passage = "", ()
        self._reread_annotations()
        self.article_changed.emit()
        self.selection_changed.emit()
        return True

    def _forget_article(self) -> None:
        self.article, self.text, self.annotations, self.astray = None, "", (), ()
        self.selected, self.passage = "", ()
        self.article_changed.emit()
        self.selection_changed.emit()

    def select(self, annotation: str) -> None:
        """Select a span of the article, or none."""
        if annotation != self.selected:
            self.selected = annotation
            self.selection_changed.emit()

    def select_words(self, spans: Iterable[Span]) -> None:
        """Take note of the words that are selected in the article."""
        passage = tuple(spans)
        if passage != self.passage:
            self.passage = passage
            self.selection_changed.emit()

    def arm(self, label: str) -> None:
        """Arm a label: every drag tags with it until it is disarmed ("")."""
        if label != self.armed and (not label or self.may_change()):
            self.armed = label
            self.selection_changed.emit()

    def hover(self, label: str) -> None:
        """Take note of the label under the mouse, whose guideline is shown."""
        if label != self.hovered:
            self.hovered = label
            self.hovered_changed.emit()

    def selected_annotation(self) -> Annotation | None:
        """Return the selected span as it is now."""
        return next((a for a in self.annotations if a.id == self.selected), None)

    def label_of(self, annotation: Annotation) -> Label | None:
        return self.project.scheme.label(annotation.label) if self.project else None

    # --- writing -------------------------------------------------------------------------------

    def do(self, service: Callable[..., Result], /, **arguments: Any) -> Result | None:
        """Run a service as the annotator and tell everybody what it changed.

        None when it was refused or the annotator gave no name; the reason was said.
        """
        if self.project is None or not self._has_name():
            return None
        result = None
        try:
            result = service(self.project, actor=self.person, **arguments)
        except NotSaved as reason:
            self.unsaved.emit(str(reason))
        except (Refused, ProjectError) as reason:
            self.failed.emit(str(reason))
        else:
            self.saved.emit()
        self.publish()
        return result

    def _has_name(self) -> bool:
        if self.person:
            return True
        name = " ".join(self.ask_person().split())
        if name:
            self.be(name)
        return bool(name)

    def tag(self, label: str) -> Annotation | None:
        """Tag the selected words; the new span is selected."""
        if self.article is None or not self.passage or not self.may_change():
            return None
        spans, article, before = self.passage, self.article, self._newest
        self.do(tagging.tag, article=article.id, label=label, spans=spans, attributes=self._stated(label))
        if self._newest != before:
            # Also when it had to be kept aside: it is shown, and must not be tagged again.
            self.passage = ()
            self.selected = self._newest
            self.selection_changed.emit()
        return self.selected_annotation() if self._newest != before else None

    def _stated(self, label: str) -> dict[str, Any]:
        """Return the values that the selected words state themselves: a casualty report's figure."""
        known = self.project.scheme.label(label) if self.project else None
        words = " … ".join(self.text[span.start : span.stop] for span in self.passage)
        return values_from_words(known, words) if known else {}

    def may_change(self) -> bool:
        """Say whether the layer shown can be changed, and tell the person why not."""
        if self.own or not self.person:
            return True
        self.failed.emit(f"This is {self.layer}'s layer, which only they can change; show yours first")
        return False

    def undo(self) -> None:
        """Take back one's last change and show where it was."""
        self._take_back(lambda stacks: stacks.next_undo(), "undo")

    def redo(self) -> None:
        """Bring back what one undid last."""
        self._take_back(lambda stacks: stacks.next_redo(), "redo")

    def _take_back(self, choose: Callable[[UndoStacks], Action | None], verb: str) -> None:
        action = choose(self.stacks) if self.project and self.person else None
        if action is None:
            self.said.emit(f"There is nothing to {verb}")
            return
        change = self.do(take_back, action=action)
        if change:
            self._go_to(change)
            self.said.emit(f"{verb.capitalize()}ne: {action.words}")

    def _go_to(self, change: Change) -> None:
        """Show what a change brought back or altered, opening its article if need be."""
        if len(change.revisions) > FEW:
            return
        bodies = [(r.kind, r.id, r.body) for r in change.revisions if r.body is not None]
        spans = [(str(body["article"]), key) for kind, key, body in bodies if kind == Annotation.KIND]
        shown = [(key, "") for kind, key, _ in bodies if kind == Article.KIND]
        states = [(r.id.partition(":")[0], "") for r in change.revisions if r.kind == Progress.KIND]
        article, annotation = next(iter([*spans, *shown, *states, *self._ruled(change)]), ("", ""))
        if article and (self.article is None or self.article.id != article):
            self.open_article(article)
        self.select(annotation if any(a.id == annotation for a in self.annotations) else "")

    def _ruled(self, change: Change) -> list[tuple[str, str]]:
        """Name the articles of decisions that a change made, or took back."""
        undone = self.project.change(change.undoes) if self.project and change.undoes else None
        revisions = (*change.revisions, *(undone.revisions if undone else ()))
        bodies = [r.body for r in revisions if r.kind == Ruling.KIND and r.body is not None]
        return [(str(body["article"]), "") for body in bodies]

    @property
    def stacks(self) -> UndoStacks:
        """Return what the annotator can undo and redo."""
        if self._stacks is None:
            assert self.project is not None
            self._stacks = UndoStacks(self.project, self.person)
        return self._stacks

    # --- hearing -------------------------------------------------------------------------------

    def look_around(self) -> None:
        """Take in what other windows wrote, and try again what couldn't be saved."""
        if self.project is None:
            return
        try:
            if self.project.pending and self.project.retry_pending():
                self.saved.emit()
        except ProjectError as reason:
            self.unsaved.emit(str(reason))
        self.publish()

    def publish(self) -> None:
        """Tell everybody what this window wrote, and what others did since the last time."""
        if self.project is None:
            return
        keys = self._others_changes() | self._heard
        self._heard.clear()
        if keys:
            self._take_in(keys)
            self.changed.emit(keys)

    def _hear(self, change: Change) -> None:
        """Take note of a change of one's own, when it is written or kept aside."""
        self._heard.update(revision.key for revision in change.revisions)
        made = [r.id for r in change.revisions if r.kind == Annotation.KIND and r.body is not None]
        self._newest = made[-1] if made else self._newest
        if self._stacks is not None:
            self._stacks.record(change.id, change.undoes, change.action)

    def _others_changes(self) -> frozenset[ObjectKey]:
        """Return what other windows wrote; nothing while their program keeps the file locked."""
        assert self.project is not None
        try:
            self._mark, keys = self.project.changed_since(self._mark)
        except ProjectError as reason:
            self.failed.emit(str(reason))
            return frozenset()
        if keys:
            # The same annotator may work in the other window, too.
            self._stacks = None
        return keys

    def _take_in(self, keys: frozenset[ObjectKey]) -> None:
        if self.article is None or self.project is None:
            return
        if ("article", self.article.id) in keys:
            self.article = self.project.article(self.article.id)
            if self.article is None:
                self._forget_article()
                return
            self.article_changed.emit()
        changed = {object_id for kind, object_id in keys if kind == Annotation.KIND}
        if len(changed) > FEW:
            self._reread_annotations()
        elif changed:
            self._reread_only(changed)

    def _reread_annotations(self) -> None:
        if self.article is None or self.project is None:
            return
        self._show_annotations(self.project.annotations(self.article.id, self.layer))

    def _reread_only(self, changed: set[str]) -> None:
        """Reread a few annotations: reading hundreds anew at each key press would be felt."""
        assert self.article is not None
        assert self.project is not None
        kept = [a for a in (*self.annotations, *self.astray) if a.id not in changed]
        found = [a for a in map(self.project.annotation, changed) if a]
        here = [a for a in found if (a.article, a.layer) == (self.article.id, self.layer)]
        self._show_annotations(tuple(sorted([*kept, *here], key=_reading_order)))

    def _show_annotations(self, annotations: tuple[Annotation, ...]) -> None:
        self.annotations = tuple(a for a in annotations if a.stands_in(self.text))
        self.astray = tuple(a for a in annotations if not a.stands_in(self.text))
        if self.selected and self.selected_annotation() is None:
            self.select("")


def _reading_order(annotation: Annotation) -> tuple[int, int, str]:
    """Sort as the project does: by where they start, longer ones first."""
    reach = annotation.hull
    return reach.start, -reach.stop, annotation.id
