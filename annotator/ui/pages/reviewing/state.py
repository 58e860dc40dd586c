"""What the Review page works on: the cases of the article, the one looked at, the version chosen."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QObject, Signal

from annotator.model.change import ObjectKey
from annotator.model.records import Annotation, Body
from annotator.model.review import GOLD, Round
from annotator.model.span import Fragments
from annotator.model.values import is_empty
from annotator.services import reviewing, tagging
from annotator.services.reviewing import Case, Version
from annotator.ui.article.voices import Voice, gold, voices
from annotator.ui.blindness import round_of
from annotator.ui.pages.reviewing.reading import ArticleReading
from annotator.ui.pages.reviewing.values import SHOWS, Draft, Only, Show
from annotator.ui.session import Session

NOBODY = ("",)
"""In the place of layers: no annotator has this name."""

TOO_FEW = "Nothing is decided while fewer than two annotators are compared"

TOUCHING = frozenset(
    ("annotation", "ruling", "progress", "scheme", "entity", "article", "round", "assignment")
)
"""Kinds of objects that can change what is to be seen."""


class Review(QObject):
    """The state behind the page; what it decides goes through the session."""

    reread = Signal()
    """The cases were read anew, or other annotators are compared, or names are shown otherwise."""
    turned = Signal()
    """Another case is looked at, another version is chosen, or other cases are listed."""
    drafted = Signal()
    """An edit was begun, went on, or ended."""
    names_hidden_changed = Signal(bool)
    ended = Signal(int)
    """There is no case after (1) or before (-1) this one in the article."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self.cases: tuple[Case, ...] = ()
        self.readers: tuple[str, ...] = ()
        """Who has read the article, gold left out."""
        self.blind: Round | None = None
        """The round that keeps the others' work on the article from who sits here, if there is one."""
        self.left_out: frozenset[str] = frozenset()
        """Annotators who are not compared, in any article."""
        self.names_hidden = False
        self.show: Show = "open"
        self.only: Only | None = None
        """Further than `show`: only cases of one label and pair of annotators are listed."""
        self.at = ""
        """The key of the case looked at."""
        self.chosen = 0
        """Which of its versions is chosen."""
        self.draft: Draft | None = None
        self._kept: dict[str, Draft] = {}
        """Edits that were left unfinished, by case."""
        self._voices: tuple[Voice, ...] = ()
        self._reading: ArticleReading | None = None
        self.matched = 0
        """How often annotators' work was matched: what depends on it alone is worked out as often."""

    # --- what there is -------------------------------------------------------------------------

    @property
    def compared(self) -> tuple[str, ...]:
        return tuple(layer for layer in self.readers if layer not in self.left_out)

    @property
    def voices(self) -> tuple[Voice, ...]:
        """Everybody who has read the article, as they are shown."""
        return self._voices

    def voice(self, layer: str) -> Voice:
        return next((voice for voice in self._voices if voice.layer == layer), gold())

    @property
    def case(self) -> Case | None:
        return next((case for case in self.cases if case.key == self.at), None)

    @property
    def version(self) -> Version | None:
        """The version that is chosen: one that has something."""
        case = self.case
        return case.versions[self.chosen] if case and self.chosen < len(case.versions) else None

    @property
    def may_decide(self) -> bool:
        """Say whether enough is seen to decide: two annotators are compared, if two have read the article."""
        return len(self.compared) > 1 or len(self.readers) < 2

    @property
    def disputed(self) -> list[Case]:
        return [case for case in self.cases if case.differences]

    @property
    def resolved(self) -> int:
        return sum(not case.is_open for case in self.disputed)

    def listed(self) -> list[Case]:
        """List the cases that fit what is shown."""
        return [case for case in self.cases if self._fits(case)]

    def _fits(self, case: Case) -> bool:
        return SHOWS[self.show](case) and (self.only is None or self.only.fits(case))

    def count(self, show: Show) -> int:
        return sum(map(SHOWS[show], self.cases))

    # --- reading -------------------------------------------------------------------------------

    def open(self) -> None:
        """Read another article's cases and go to the first that is open."""
        self._set_aside()
        self.at, self.chosen, self.only = "", 0, None
        self._read()
        first = next((case for case in self.cases if case.is_open), None)
        self._go(first or next(iter(self.listed()), None) or next(iter(self.cases), None))
        self.reread.emit()

    def hear(self, keys: frozenset[ObjectKey]) -> None:
        """Read anew when something changed that can be seen, and stay where one is."""
        if any(kind in TOUCHING for kind, _ in keys):
            self.again(keys)

    def again(self, keys: frozenset[ObjectKey] | None = None) -> None:
        """Read the article anew, or only what changed in it, and stay where one is."""
        before = {case.key: case.is_open for case in self.cases}
        place = next((i for i, case in enumerate(self.cases) if case.key == self.at), 0)
        if keys is not None and self._reading is not None and self._reading.take_in(keys):
            self.cases = self._reading.cases
        else:
            self._read()
        back = self._undone(before)
        if back is not None:
            self._go(back)
        elif self.case is None:
            self.give_up()
            self._go(self.cases[min(place, len(self.cases) - 1)] if self.cases else None)
        self.reread.emit()

    def compare(self, layers: Sequence[str]) -> None:
        """Compare these annotators, here and in other articles."""
        self.left_out = (self.left_out | set(self.readers)) - set(layers)
        self._set_aside()
        self.again()

    def hide_names(self, hidden: bool) -> None:
        """Show annotators as A, B, C, or by their names."""
        if hidden != self.names_hidden:
            self.names_hidden = hidden
            at = self.at
            self._read()
            self._go(next((case for case in self.cases if case.key == at), None))
            self.names_hidden_changed.emit(hidden)
            self.reread.emit()

    def _read(self) -> None:
        project, article = self.session.project, self.session.article
        self._reading, self.readers, self.blind = None, (), None
        if project is not None and article is not None:
            self.blind = round_of(self.session)
        if project is not None and article is not None and self.blind is None:
            readers = [name for name in project.readers(article.id) if name != GOLD]
            self.readers = tuple(sorted(readers, key=self._hidden_name) if self.names_hidden else readers)
            self._reading = ArticleReading(project, article.id, self.compared or NOBODY)
        self.cases = self._reading.cases if self._reading else ()
        self._voices = voices(self.readers, [self.name_of(layer) for layer in self.readers])
        self.matched += 1

    @property
    def annotations(self) -> Sequence[Annotation]:
        """Everybody's annotations of the article, gold too, whoever is compared."""
        return self._reading.annotations if self._reading else ()

    def name_of(self, layer: str) -> str:
        """Return the name that an annotator is shown under."""
        return self._hidden_name(layer) if self.names_hidden else layer

    def _hidden_name(self, layer: str) -> str:
        project = self.session.project
        if project is None:
            return layer
        everybody = (name for name in project.layers() if name != GOLD)
        return reviewing.aliases(everybody, project.id).get(layer, layer)

    def _undone(self, before: dict[str, bool]) -> Case | None:
        """Return the case that one's own undoing has opened again."""
        project = self.session.project
        opened = [case for case in self.cases if case.is_open and before.get(case.key) is False]
        if not opened or project is None:
            return None
        newest = next(iter(project.changes(1)), None)
        return opened[0] if newest and newest.undoes and newest.actor == self.session.person else None

    # --- going about ---------------------------------------------------------------------------

    def go(self, key: str) -> None:
        """Look at a case."""
        found = next((case for case in self.cases if case.key == key), None)
        if found and key != self.at:
            self._set_aside()
            self._go(found)
            self.turned.emit()

    def step(self, step: int) -> None:
        """Look at the next (1) or previous (-1) of the cases listed."""
        keys = [case.key for case in self.cases]
        here = keys.index(self.at) if self.at in keys else -1
        ahead = self.cases[here + 1 :] if step > 0 else self.cases[: max(here, 0)][::-1]
        found = next((case for case in ahead if self._fits(case)), None)
        if found:
            self.go(found.key)
        else:
            self.ended.emit(step)

    def choose(self, number: int) -> None:
        """Choose a version, by its place."""
        case = self.case
        if case and 0 <= number < len(case.versions) and case.versions[number].annotation is not None:
            self.chosen = number
            self.turned.emit()

    def list_only(self, show: Show) -> None:
        """List only cases that stand so."""
        self.show, self.only = show, None
        self.turned.emit()

    def list_behind(self, only: Only) -> None:
        """List the cases of a label and a pair of annotators, however they stand."""
        self.show, self.only = "all", only
        first = next(iter(self.listed()), None)
        if first and first.key != self.at:
            self.go(first.key)
        else:
            self.turned.emit()

    def case_of(self, annotation: str) -> Case | None:
        """Return the case that an annotation belongs to, gold too."""
        return next((c for c in self.cases if annotation in c.sources or _is_gold(c, annotation)), None)

    def _go(self, case: Case | None) -> None:
        self.at = case.key if case else ""
        there = [i for i, version in enumerate(case.versions) if version.annotation] if case else []
        taken = case.gold.sources[:1] if case and case.gold else ()
        into_gold = (i for i in there if case and _id_of(case.versions[i]) in taken)
        self.chosen = next(into_gold, next(iter(there), 0))

    # --- deciding ------------------------------------------------------------------------------

    def accept(self) -> None:
        """Take the chosen version into the gold layer and go on."""
        case, version = self.case, self.version
        if case and version and version.annotation and self._sees_enough():
            self._decide(case, reviewing.accept, layer=version.layer)

    def reject_all(self) -> None:
        """Decide that nothing of this goes into the gold layer, and go on."""
        if self.case and self._sees_enough():
            self._decide(self.case, reviewing.reject_all)

    def reopen(self) -> None:
        """Take back what was decided of the case."""
        if self.case and self.case.ruling and self._sees_enough():
            self.session.do(reviewing.reopen, case=self.case)

    def _sees_enough(self) -> bool:
        """Say whether a decision may be made, and tell the person why not."""
        if not self.may_decide:
            self.session.said.emit(TOO_FEW)
        return self.may_decide

    def _decide(self, case: Case, service: Callable[..., object], **how: Any) -> bool:
        made = self.session.do(service, case=case, **how)
        if made is not None:
            self._kept.pop(case.key, None)
            self._go_on()
        return made is not None

    def _go_on(self) -> None:
        """Go to the next open case, or say that there is none."""
        keys = [case.key for case in self.cases]
        here = keys.index(self.at) if self.at in keys else -1
        ahead = [*self.cases[here + 1 :], *self.cases[: here + 1]]
        found = next((case for case in ahead if case.is_open), None)
        if found:
            self._go(found)
        elif any(case.is_agreed and not case.is_decided for case in self.cases):
            self.session.said.emit(
                "Every disagreement here is resolved; A accepts what all agree on, J goes on"
            )
        elif self.disputed:
            self.session.said.emit("Every disagreement in this article is resolved; J goes on to the next")
        self.turned.emit()

    # --- editing -------------------------------------------------------------------------------

    def edit(self) -> None:
        """Begin to edit the chosen version, or go on with what was begun."""
        case, version = self.case, self.version
        source = version.annotation if version else None
        if case is None or self.draft or source is None or not self._sees_enough():
            return
        mine = case.gold if case.gold and case.is_decided else source
        fresh = replace(mine, id=f"draft of {case.key}", layer=GOLD)
        self.draft = self._kept.pop(case.key, None) or Draft(fresh, fresh)
        self.drafted.emit()

    def revise(self, **changes: Any) -> None:
        """Change the label, a value or the note of what is edited."""
        if self.draft:
            self.draft = replace(self.draft, annotation=replace(self.draft.annotation, **changes))
            self.drafted.emit()

    def relabel(self, label: str) -> None:
        """Give what is edited another label; values that both labels know are kept."""
        if self.draft and self.session.project:
            new = tagging.relabelled(self.session.project, self.draft.annotation, label)
            self.revise(label=new.label, attributes=new.attributes)

    def move(self, fragments: Fragments) -> None:
        """Move the boundaries of what is edited."""
        if self.draft and fragments:
            moved = self.draft.annotation.placed(self.session.text, fragments)
            self.draft = replace(self.draft, annotation=moved)
            self.drafted.emit()

    def set_value(self, name: str, value: Any) -> None:
        """Set one attribute of what is edited; an empty value takes it away."""
        if self.draft:
            kept: Body = {k: v for k, v in self.draft.annotation.attributes.items() if k != name}
            self.revise(attributes=kept if is_empty(value) else {**kept, name: value})

    def accept_edited(self) -> None:
        """Take what was edited into the gold layer and go on."""
        case, version, draft = self.case, self.version, self.draft
        if case is None or version is None or draft is None:
            return
        made, self.draft = draft.annotation, None
        how = {"label": made.label, "fragments": made.fragments, "attributes": made.attributes}
        base = GOLD if case.gold and case.is_decided else version.layer
        if not self._decide(case, reviewing.accept_edited, layer=base, note=made.note, **how):
            self.draft = draft
        self.drafted.emit()

    def give_up(self) -> None:
        """End editing; nothing of it is kept."""
        if self.draft:
            self.draft = None
            self.drafted.emit()

    def _set_aside(self) -> None:
        """Keep an unfinished edit for when its case is edited again."""
        if self.draft and self.draft.is_changed:
            self._kept[self.at] = self.draft
            self.session.said.emit("Your edit is kept; E on this case takes it up again")
        if self.draft:
            self.draft = None
            self.drafted.emit()


def _id_of(version: Version) -> str:
    return version.annotation.id if version.annotation else ""


def _is_gold(case: Case, annotation: str) -> bool:
    return case.gold is not None and case.gold.id == annotation
