"""Verdicts and answers of an import: those on spans that will be there, and on what was missed."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from annotator.formats.dataset import ArticleRecord
from annotator.formats.parts.derived_ids import derived_id
from annotator.model.anchor import marks
from annotator.model.change import ObjectKey, new_id
from annotator.model.records import Annotation
from annotator.model.review import Reply, Verdict
from annotator.services.homes import Home
from annotator.services.verdicts import proposed_fragments
from annotator.store.project import Project

Say = Callable[[str], None]
LabelOf = Callable[[str], str]
"""Maps a label of the file to that of the project."""
Takes = Callable[[str], bool]
"""Says whether an annotation is new and comes in."""


@dataclass(slots=True)
class IncomingVerdicts:
    """Takes in verdicts, record by record. `layer` is whose all work is to be, if it is not the file's."""

    project: Project
    layer: str | None
    label_of: LabelOf
    change: str = ""
    """What the change is to be called that writes them; "" when none of them names it."""
    new: int = 0
    reviews: dict[ObjectKey, Verdict | Reply] = field(default_factory=dict)
    """What will be written."""

    def take(self, record: ArticleRecord, home: Home, takes: Takes, say: Say) -> None:
        """Take in the verdicts of a record, and the answers to them."""
        claimed = {a.id: a for a in record.annotations}
        for verdict in record.verdicts:
            why = self._why_not(verdict, takes)
            if why:
                say(f"a verdict of {verdict.reviewer} was left out: {why}")
            elif self.project.body(Verdict.KIND, verdict.id or _named(verdict)) is None:
                revision = self._revision(verdict, claimed.get(verdict.annotation), takes)
                new = self._fitted(replace(verdict, revision=revision), home, say)
                self.new += (new.KIND, new.id) not in self.reviews
                self.reviews[new.KIND, new.id] = new
        for reply in record.replies:
            self._take_reply(replace(reply, article=home.article.id), say)

    def _why_not(self, verdict: Verdict, takes: Takes) -> str:
        if self.layer not in (None, verdict.layer):
            return f"it is about {verdict.layer}'s work, and this comes in as {self.layer}'s"
        own_id = verdict.annotation
        if own_id and not takes(own_id) and self.project.annotation(own_id) is None:
            return "its span is not there"
        return ""

    def _revision(self, verdict: Verdict, read: Annotation | None, takes: Takes) -> str:
        """Name the change in which an annotation became what was read: this one, or that which stands here.

        "" when it has been changed since, here or where the verdict comes from.
        """
        if verdict.revision and takes(verdict.annotation):
            self.change = self.change or new_id()
            return self.change
        own = self.project.annotation(verdict.annotation) if verdict.revision else None
        standing = self.project.standing(own.article).get(own.id, "") if own else ""
        is_same = verdict.revision == standing or (
            own is not None and read is not None and self._alike(own, read)
        )
        return standing if is_same else ""

    def _alike(self, own: Annotation, read: Annotation) -> bool:
        said = (self.label_of(read.label), read.fragments, read.attributes, read.note)
        return (own.label, own.fragments, own.attributes, own.note) == said

    def _fitted(self, verdict: Verdict, home: Home, say: Say) -> Verdict:
        """Let a verdict speak of the article and the labels as they are here."""
        return replace(
            verdict,
            id=verdict.id or _named(verdict),
            article=home.article.id,
            proposed=self._proposed(verdict, home.text, say),
        )

    def _proposed(self, verdict: Verdict, text: str, say: Say) -> Mapping[str, Any]:
        proposed = dict(verdict.proposed)
        if isinstance(proposed.get("label"), str):
            proposed["label"] = self.label_of(proposed["label"])
        places, exact = [(s.start, s.stop) for s in proposed_fragments(verdict)], proposed.get("exact")
        if "fragments" in proposed and not (isinstance(exact, list) and marks(text, places, exact)):
            say(f"the words that {verdict.reviewer} proposes were left out: they don't stand there")
            del proposed["fragments"]
        return proposed

    def _take_reply(self, reply: Reply, say: Say) -> None:
        key = (Verdict.KIND, reply.verdict)
        if key not in self.reviews and self.project.body(*key) is None:
            say(f"an answer of {reply.annotator} was left out: its verdict is not there")
        elif self.project.body(reply.KIND, reply.id) is None:
            self.reviews[reply.KIND, reply.id] = reply


def _named(verdict: Verdict) -> str:
    """Make the id of a verdict that came without one: one a reviewer and annotation, or place."""
    if verdict.annotation:
        return f"{verdict.annotation}:{verdict.reviewer}"
    said = (verdict.layer, verdict.reviewer, verdict.proposed.get("fragments"))
    return derived_id(verdict.article, *said)
