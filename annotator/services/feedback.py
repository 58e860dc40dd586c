"""What an annotator is told of their work: each verdict with its answer, and all of them in a sentence."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from annotator.model.excerpts import original_id
from annotator.model.records import Annotation
from annotator.model.review import GOLD, Decision, Reason, Reply, Verdict
from annotator.model.values import is_empty
from annotator.services.telling import value_words
from annotator.store.project import Project

_ABOUT: dict[Reason, str] = {
    "wrong label": "about labels",
    "boundary": "about boundaries",
    "value": "about values",
    "missed": "about what was missed",
    "over-marked": "about what should not be marked",
    "other": "about other things",
}


@dataclass(frozen=True, slots=True)
class Given:
    """A verdict with what became of it."""

    verdict: Verdict
    reply: Reply | None
    annotation: Annotation | None
    """The annotation as it is now; None when it is gone, or was missed."""
    is_stale: bool
    """The annotation was changed or deleted since the reviewer read it."""

    @property
    def is_open(self) -> bool:
        """Say whether something is asked of the annotator: an acceptance asks for nothing."""
        return self.verdict.decision != "accept" and not (self.reply is not None and self.reply.settled)

    @property
    def words(self) -> str:
        """The words that the verdict is about."""
        if self.annotation is not None:
            return self.annotation.words
        exact = self.verdict.proposed.get("exact")
        return " … ".join(map(str, exact)) if isinstance(exact, list) else ""


@dataclass(frozen=True, slots=True)
class Summary:
    """All verdicts on one annotator's work; `given` stands in the order of articles and places."""

    annotator: str
    given: tuple[Given, ...]

    @property
    def corrections(self) -> tuple[Given, ...]:
        return tuple(g for g in self.given if g.verdict.decision != "accept")

    @property
    def accepted(self) -> int:
        return len(self.given) - len(self.corrections)

    @property
    def open(self) -> int:
        return sum(g.is_open for g in self.given)

    @property
    def by_reason(self) -> tuple[tuple[Reason, int], ...]:
        """Count the corrections by reason, the most frequent first."""
        counts = Counter(g.verdict.reason for g in self.corrections)
        return tuple(sorted(counts.items(), key=lambda item: (-item[1], item[0])))

    @property
    def sentence(self) -> str:
        """Say it in words: "9 corrections, 6 about boundaries, 2 about values; 30 spans accepted"."""
        parts = [_counted(len(self.corrections), "correction")]
        parts += [f"{n} {_ABOUT[reason]}" for reason, n in self.by_reason if reason]
        accepted = f"; {_counted(self.accepted, 'span')} accepted" if self.accepted else ""
        return ", ".join(parts) + accepted


def of_article(project: Project, article: str, layer: str) -> tuple[Given, ...]:
    """Read the verdicts on a layer's work in an article, in the order of places."""
    standing = project.standing(article)
    annotations = {a.id: a for a in project.annotations(article, layer)}
    replies = {(r.verdict, r.annotator): r for r in project.replies(article)}
    found = [
        Given(
            verdict,
            replies.get((verdict.id, verdict.layer)),
            annotations.get(verdict.annotation),
            standing.get(verdict.annotation, "") != verdict.revision and _is_other(project, verdict),
        )
        for verdict in project.verdicts(article, layer)
    ]
    return tuple(sorted(found, key=_place))


def _is_other(project: Project, verdict: Verdict) -> bool:
    """Say whether an annotation is no longer what was read; an undo may have brought that back."""
    steps = project.history(Annotation.KIND, verdict.annotation) if verdict.annotation else ()
    read = next(
        (step.body for step in steps if original_id(step.change.id) == original_id(verdict.revision)), None
    )
    return bool(steps) and project.body(Annotation.KIND, verdict.annotation) != read


def summary(project: Project, annotator: str, articles: Iterable[str] = ()) -> Summary:
    """Read all verdicts on an annotator's work, or those in some articles."""
    wanted = set(articles)
    judged = {v.article for v in project.verdicts(layer=annotator) if not wanted or v.article in wanted}
    order = [article for article in project.article_ids() if article in judged]
    return Summary(annotator, tuple(g for article in order for g in of_article(project, article, annotator)))


def judged(project: Project) -> tuple[str, ...]:
    """List the annotators whose work got a verdict, by name."""
    return tuple(sorted({v.layer for v in project.verdicts()} - {GOLD}))


def decision_words(decision: Decision) -> str:
    """Say a decision as it stands beside a span."""
    return {"accept": "accepted", "reject": "rejected", "change": "change wanted"}[decision]


def _place(given: Given) -> tuple[int, str]:
    if given.annotation is not None:
        return given.annotation.hull.start, given.verdict.id
    match given.verdict.proposed.get("fragments"):
        case [[int() as start, _], *_]:
            return start, given.verdict.id
    return -1, given.verdict.id


def _counted(n: int, one: str) -> str:
    return f"{n:,} {one if n == 1 else one + 's'}"


def open_articles(project: Project, layer: str) -> frozenset[str]:
    """Name the articles in which something is asked of an annotator that they have not settled."""
    settled = {r.verdict for r in project.replies(annotator=layer) if r.settled}
    wanted = (v for v in project.verdicts(layer=layer) if v.decision != "accept" and v.id not in settled)
    return frozenset(verdict.article for verdict in wanted)


def proposal_words(project: Project, given: Given) -> tuple[str, ...]:
    """Say what a verdict proposes, a line each: the label, the words, the values."""
    proposed = given.verdict.proposed
    lines = []
    label = project.scheme.label(str(proposed.get("label", "")))
    if label is not None:
        lines.append(label.title)
    exact = proposed.get("exact")
    if isinstance(exact, list):
        lines.append(f"“{' … '.join(map(str, exact))}”")
    values = proposed.get("attributes")
    kind = label or (project.scheme.label(given.annotation.label) if given.annotation else None)
    for name, value in values.items() if isinstance(values, dict) else ():
        attribute = kind.attribute(name) if kind else None
        lines.append(f"{name}: {'nothing' if is_empty(value) else value_words(project, attribute, value)}")
    return tuple(lines)
