"""Which articles are whose: rounds, assignments by hand and dealt out, and how far each is."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from annotator.model.change import Change, Draft, Revision, new_id
from annotator.model.records import STATES, Annotation, ArticleState
from annotator.model.review import Assignment, Round
from annotator.services.dealing import Deal, Overlap, deal
from annotator.services.errors import Refused
from annotator.services.person import checked
from annotator.store.lists import ArticleQuery
from annotator.store.project import Project

MAX_TITLE = 100

Hands = Collection[tuple[str, str]]
"""Pairs of an article and an annotator."""


@dataclass(frozen=True, slots=True)
class Share:
    """What one annotator has, and how far they are with it."""

    annotator: str
    states: Mapping[ArticleState, int]

    @property
    def articles(self) -> int:
        return sum(self.states.values())


def make_round(project: Project, *, actor: str, title: str, blind: bool = False) -> Round:
    """Make a round of work that articles can be dealt out for."""
    new = new_round(project, title, blind)
    project.commit(Draft(f"make the round “{new.title}”", actor, (Revision.of(new),)))
    return new


def new_round(project: Project, title: str, blind: bool) -> Round:
    """Think up a round that isn't in the project yet, or refuse its title."""
    title = " ".join(title.split())
    if not title:
        raise Refused("the round has no title; type one, such as Pilot")
    if len(title) > MAX_TITLE:
        raise Refused(f"the title is longer than {MAX_TITLE} characters; choose a shorter one")
    if any(a_round.title.casefold() == title.casefold() for a_round in project.rounds()):
        raise Refused(f"there is a round “{title}” already; choose another title")
    return Round(new_id(), title, blind)


def round_of_title(project: Project, title: str) -> Round | None:
    """Return the round of a title, whatever its capitals."""
    wanted = " ".join(title.split()).casefold()
    return next((a_round for a_round in project.rounds() if a_round.title.casefold() == wanted), None)


def end_round(project: Project, *, actor: str, a_round: str) -> Round:
    """End a round; what was blind in it may be seen from now on."""
    old = _round(project, a_round)
    if old.ended:
        raise Refused(f"the round “{old.title}” has ended already")
    new = replace(old, ended=True)
    project.commit(Draft(f"end the round “{old.title}”", actor, (Revision.of(new),)))
    return new


def assign(
    project: Project, *, actor: str, articles: Sequence[str], annotators: Sequence[str], a_round: str = ""
) -> Change | None:
    """Give articles to annotators, each to all of them; None when they have them so already."""
    hands = tuple((article, who) for article in articles for who in annotators)
    return give(project, actor=actor, hands=hands, a_round=a_round)


def give(project: Project, *, actor: str, hands: Hands, a_round: str = "") -> Change | None:
    """Give articles to annotators as told; None when they have them so already."""
    if a_round:
        must_go_on(_round(project, a_round))
    _check_articles(project, (article for article, _ in hands))
    wanted = [Assignment(article, checked(who), a_round) for article, who in hands]
    new = [a for a in wanted if project.body(Assignment.KIND, a.id) != a.to_body()]
    if not new:
        return None
    action = _action("assign", {a.article for a in new})
    return project.commit(Draft(action, actor, tuple(map(Revision.of, new))))


def unassign(
    project: Project, *, actor: str, articles: Sequence[str], annotators: Sequence[str]
) -> Change | None:
    """Take articles from annotators; their work on them stays. None when they hadn't been given any."""
    return take(project, actor=actor, hands=tuple((a, checked(who)) for a in articles for who in annotators))


def take(project: Project, *, actor: str, hands: Hands) -> Change | None:
    """Take articles from annotators as told."""
    ids = {Assignment(article, who).id: article for article, who in hands}
    there = [own_id for own_id in ids if project.body(Assignment.KIND, own_id) is not None]
    if not there:
        return None
    gone = tuple(Revision(Assignment.KIND, own_id, None) for own_id in there)
    return project.commit(Draft(_action("take back", {ids[own_id] for own_id in there}), actor, gone))


def planned(
    project: Project, *, articles: Sequence[str], annotators: Sequence[str], overlap: Overlap, seed: int = 0
) -> Deal:
    """Deal articles out without writing anything; who has one already keeps it."""
    _check_articles(project, articles)
    return deal(articles, _names(annotators), overlap, seed, hands(project))


def deal_out(project: Project, *, actor: str, dealt: Deal, a_round: Round | None = None) -> Change | None:
    """Write what was dealt as one change, with its round if that is new; None when nothing is new."""
    a_round_id = a_round.id if a_round else ""
    if a_round:
        must_go_on(a_round)
    revisions = [Revision.of(Assignment(article, who, a_round_id)) for article, who in dealt.new]
    if not revisions:
        return None
    if a_round and project.body(Round.KIND, a_round_id) is None:
        revisions.append(Revision.of(a_round))
    return project.commit(
        Draft(_action("deal out", {article for article, _ in dealt.new}), actor, tuple(revisions))
    )


def hands(project: Project) -> dict[str, list[str]]:
    """Map each article that anybody was given to those who were, by name."""
    found: dict[str, list[str]] = {}
    for assignment in project.assignments():
        found.setdefault(assignment.article, []).append(assignment.annotator)
    return found


def shares(project: Project, a_round: str | None = None) -> list[Share]:
    """Count what everybody has of a round ("": of none) or at all, and how far they are, by name."""
    articles: dict[str, set[str]] = {}
    for assignment in project.assignments():
        if a_round is None or assignment.round == a_round:
            articles.setdefault(assignment.annotator, set()).add(assignment.article)
    return [_share(project, who, articles[who]) for who in sorted(articles, key=lambda n: (n.casefold(), n))]


def _share(project: Project, annotator: str, articles: Collection[str]) -> Share:
    rows = project.articles(ArticleQuery(annotator=annotator, assigned=True))
    states = dict.fromkeys(STATES, 0)
    for row in rows:
        states[row.state] += row.id in articles
    return Share(annotator, states)


def blind_articles(project: Project) -> frozenset[str]:
    """Collect the articles of the blind rounds that haven't ended."""
    blind = _blind_rounds(project)
    return frozenset(a.article for a in project.assignments() if a.round in blind) if blind else frozenset()


def _blind_rounds(project: Project) -> frozenset[str]:
    return frozenset(a_round.id for a_round in project.rounds() if a_round.blind and not a_round.ended)


def hidden_from(project: Project, person: str) -> frozenset[str]:
    """Collect the articles that a person reads in a blind round, where the others' work is hidden."""
    blind = _blind_rounds(project)
    own = project.assignments(annotator=person) if blind and person else ()
    return frozenset(assignment.article for assignment in own if assignment.round in blind)


def seen_by(project: Project, person: str, annotations: Iterable[Annotation]) -> list[Annotation]:
    """Leave out the others' work on articles that a person reads in a blind round."""
    hidden = hidden_from(project, person)
    return [a for a in annotations if a.article not in hidden or a.layer == person]


def blind_round(project: Project, *, article: str, person: str) -> Round | None:
    """Return the blind round that keeps a person from seeing the others' work on an article, if any does."""
    given = project.body(Assignment.KIND, Assignment(article, person).id)
    body = project.body(Round.KIND, given.get("round", "")) if given else None
    found = Round.from_body(given.get("round", ""), body) if given and body else None
    return found if found and found.blind and not found.ended else None


def preview(dealt: Deal) -> str:
    """Say who has how many then: "ann 14, bob 14, 6 by both"."""
    told = [f"{who} {n:,}" for who, n in dealt.loads.items()]
    if dealt.shared:
        told.append(f"{dealt.shared:,} by {'both' if len(told) == 2 else 'two or more'}")
    return ", ".join(told)


def _names(annotators: Iterable[str]) -> list[str]:
    return [checked(name) for name in annotators]


def _round(project: Project, a_round: str) -> Round:
    found = next((known for known in project.rounds() if known.id == a_round), None)
    if found is None:
        raise Refused("this round is no longer in the project; undo brings it back")
    return found


def must_go_on(a_round: Round) -> None:
    """Refuse a round that has ended."""
    if a_round.ended:
        raise Refused(f"the round “{a_round.title}” has ended; make a new one to deal out more articles")


def _check_articles(project: Project, articles: Iterable[str]) -> None:
    there = frozenset(project.article_ids())
    for article in articles:
        if article not in there:
            raise Refused(f"no article has the id “{article}”; choose articles that are in the project")


def _action(verb: str, articles: Collection[str]) -> str:
    return f"{verb} 1 article" if len(articles) == 1 else f"{verb} {len(articles):,} articles"
