"""What an annotator is told of their work: each verdict with its answer, and all of them in a sentence."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass

from annotator.model.records import Annotation
from annotator.model.review import GOLD, Decision, Reason, Reply, Verdict
from annotator.services.staleness import IsStale, Staleness
from annotator.store.project import Project

Tell = Callable[[int, int], None]
"""Is told how many articles are done, of how many; may raise to cancel."""

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
    def place(self) -> int:
        """Where in the article it is, in code points; -1 where that is not known."""
        if self.annotation is not None:
            return self.annotation.hull.start
        match self.verdict.proposed.get("fragments"):
            case [[int() as start, _], *_]:
                return start
        return -1

    @property
    def words(self) -> str:
        """The words that the verdict is about."""
        if self.annotation is not None:
            return self.annotation.words
        exact = self.verdict.proposed.get("exact")
        return " … ".join(map(str, exact)) if isinstance(exact, list) else ""


@dataclass(frozen=True, slots=True)
class Summary:
    """The verdicts on one annotator's work; `given` stands in the order of articles and places."""

    annotator: str
    given: tuple[Given, ...]
    """All of them, or only the corrections."""
    accepted: int

    @property
    def corrections(self) -> tuple[Given, ...]:
        return tuple(g for g in self.given if g.verdict.decision != "accept")

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
        parts += [
            f"{n:,} {_ABOUT.get(reason, f'about “{reason}”')}" for reason, n in self.by_reason if reason
        ]
        accepted = f"; {_counted(self.accepted, 'span')} accepted" if self.accepted else ""
        return ", ".join(parts) + accepted


def of_article(project: Project, article: str, layer: str) -> tuple[Given, ...]:
    """Read the verdicts on a layer's work in an article, in the order of places."""
    verdicts = project.verdicts(article, layer)
    if not verdicts:
        return ()
    annotations = project.annotations(article, layer)
    return told(verdicts, project.replies(article), annotations, Staleness(project).in_article(article))


def told(
    verdicts: Iterable[Verdict],
    replies: Iterable[Reply],
    annotations: Iterable[Annotation],
    is_stale: IsStale,
) -> tuple[Given, ...]:
    """Tell what became of the verdicts on a layer's work in one article, in the order of places."""
    there = {a.id: a for a in annotations}
    answers = {(r.verdict, r.annotator): r for r in replies}
    found = [
        Given(
            verdict,
            answers.get((verdict.id, verdict.layer)),
            there.get(verdict.annotation),
            is_stale(verdict),
        )
        for verdict in verdicts
    ]
    return tuple(sorted(found, key=lambda given: (given.place, given.verdict.id)))


def summary(project: Project, annotator: str, articles: Iterable[str] = ()) -> Summary:
    """Read all verdicts on an annotator's work, or those in some articles."""
    wanted = set(articles)
    order = [article for article in project.article_ids() if not wanted or article in wanted]
    given = tuple(g for article in order for g in of_article(project, article, annotator))
    return Summary(annotator, given, sum(g.verdict.decision == "accept" for g in given))


def corrections(project: Project, annotator: str, hidden: Collection[str], tell: Tell) -> Summary:
    """Read what is asked of an annotator, but in hidden articles; acceptances are only counted."""
    found: dict[str, list[Verdict]] = {}
    for verdict in project.corrections(annotator):
        found.setdefault(verdict.article, []).append(verdict)
    replies: dict[str, list[Reply]] = {}
    for reply in project.replies(annotator=annotator):
        replies.setdefault(reply.article, []).append(reply)
    given: list[Given] = []
    staleness = Staleness(project)
    order = [article for article in project.article_ids() if article in found and article not in hidden]
    for n, article in enumerate(order):
        tell(n, len(order))
        named = (project.annotation(v.annotation) for v in found[article] if v.annotation)
        there = [a for a in named if a and (a.article, a.layer) == (article, annotator)]
        given += told(found[article], replies.get(article, ()), there, staleness.in_article(article))
    return Summary(annotator, tuple(given), project.acceptances(annotator))


def judged(project: Project) -> tuple[str, ...]:
    """List the annotators whose work got a verdict, by name."""
    return tuple(name for name in project.judged() if name != GOLD)


def decision_words(decision: Decision) -> str:
    """Say a decision as it stands beside a span."""
    return {"accept": "accepted", "reject": "rejected", "change": "change wanted"}[decision]


def _counted(n: int, one: str) -> str:
    return f"{n:,} {one if n == 1 else one + 's'}"


def open_verdicts(project: Project, layer: str, article: str | None = None) -> tuple[Verdict, ...]:
    """Read what is asked of an annotator that they have not settled, in one article or all."""
    wanted = project.corrections(layer, article)
    if not wanted:
        return ()
    settled = {r.verdict for r in project.replies(article, layer) if r.settled}
    there = frozenset(project.article_ids()) if article is None else frozenset((article,))
    return tuple(v for v in wanted if v.id not in settled and v.article in there)
